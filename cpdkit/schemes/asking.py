"""What a rule asks of a member, by standing and, where the scheme says so, by the months of each."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from cpdkit.dates.period import Period
from cpdkit.journal.records import SchemeMembership
from cpdkit.schemes.rules import Measure, Requirement, Rules, Status
from cpdkit.schemes.windows import months_in

_BY_TIME = (Measure.AMOUNT, Measure.CLAIMED, Measure.PARTICIPATORY)
"""What half a year asks half of."""


class Asking:
    """A member's standing in one scheme over time."""

    def __init__(self, rules: Rules, membership: SchemeMembership | None) -> None:
        self.rules = rules
        self.since = membership.start if membership else None
        self._said = membership.statuses if membership else ()

    def status_on(self, day: date) -> str:
        """The scheme's word for the member's standing on a day: the last that began by then and has not ended."""
        fitting = [each for each in self._said if (each.start or date.min) <= day <= (each.end or date.max)]
        newest: Sequence[str] = [each.status for each in sorted(fitting, key=lambda one: one.start or date.min)]
        return newest[-1] if newest else self.rules.default_status

    def unknown(self) -> str:
        """A standing that the member has and the scheme has no word for; empty for none."""
        return next((each.status for each in self._said if each.status not in self.rules.statuses), "")

    def asked(self, requirement: Requirement, period: Period, on: date) -> tuple[Fraction | None, bool]:
        """What is asked in a period (None for nothing), and whether the member is exempt from it."""
        if requirement.least is None:
            return None, self._on(on).exempt
        if not self.rules.pro_rata or requirement.measure not in _BY_TIME:
            status = self._on(min(on, period.last or on))
            return (None, True) if status.exempt else (self._amount(requirement, status), False)
        months = list(months_in(period))
        amounts = [self._month(requirement, month) for month in months]
        if not any(amount is not None for amount in amounts):
            return None, True
        return sum((amount or Fraction(0) for amount in amounts), Fraction(0)) / len(months), False

    def _on(self, day: date) -> Status:
        return self.rules.statuses.get(self.status_on(day), Status())

    def _amount(self, requirement: Requirement, status: Status) -> Fraction | None:
        return status.amounts.get(requirement.id, requirement.least)

    def _month(self, requirement: Requirement, month: date) -> Fraction | None:
        """What a whole period of a month's standing would ask; None where the member was exempt, or no member yet."""
        status = self._on(month)
        if status.exempt or (self.since and month < self.since.replace(day=1)):
            return None
        return self._amount(requirement, status)
