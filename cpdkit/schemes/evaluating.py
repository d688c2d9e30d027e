"""From a journal's records and a scheme's rules to where their owner stands, with what earlier periods left over."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from cpdkit.dates.period import Period
from cpdkit.dates.period_words import months_later
from cpdkit.journal.records import Activity, Objective, Review, SchemeMembership
from cpdkit.schemes.asking import Asking
from cpdkit.schemes.measuring import Measuring, state_of
from cpdkit.schemes.rules import Measure, Requirement, Rules, Scheme
from cpdkit.schemes.standing import Figure, Standing, State
from cpdkit.schemes.windows import period_of, rules_on

_ZERO = Fraction(0)
MOST_PERIODS = 80
"""So many periods back what is left over is followed."""


@dataclass(frozen=True, slots=True)
class Records:
    """What schemes look at. `activities` may come in any order."""

    activities: Sequence[Activity]
    objectives: Sequence[Objective] = ()
    reviews: Sequence[Review] = ()


def evaluate(scheme: Scheme, membership: SchemeMembership | None, records: Records, on: date) -> Standing | None:
    """Where a member stands on a day, in the period that holds it; None for a scheme without rules for it.

    Amounts are fractions of the scheme's unit. The order of the records makes no difference. What was begun after the
    day had not happened; reviews and objectives are taken as they are.
    """
    since = membership.start if membership else None
    rules = rules_on(scheme.rules, on, since)
    if rules is None:
        return None
    period = period_of(rules.period, on, since)
    ordered = sorted(_by_then(records.activities, on), key=lambda one: (one.start, one.path))
    asking = Asking(rules, membership)
    work = _Work(scheme, membership, records, ordered)
    measuring = work.measuring(rules, period)
    figures = [measuring.figure(each, period, asking, on) for each in rules.requirements]
    carried = work.carried_into(period)
    if carried:
        names = _carried_for(rules)
        figures = [_with_carried(each, carried) if each.requirement.id in names else each for each in figures]
    return Standing(scheme, rules, period, on, asking.status_on(on), asking.unknown(), tuple(figures), since)


def _by_then(activities: Iterable[Activity], on: date) -> Iterator[Activity]:
    """What had begun by a day, and what was only planned."""
    return (one for one in activities if one.start <= on or not one.status.counts)


def _with_carried(figure: Figure, carried: Fraction) -> Figure:
    recorded = figure.recorded + carried
    state = figure.state if figure.state is State.EXEMPT else state_of(figure.requirement, recorded, figure.asked)
    return replace(figure, recorded=recorded, carried=carried, state=state)


def _carried_for(rules: Rules) -> tuple[str, ...]:
    """The requirements that what is left over counts for."""
    said = rules.carry_over.counts_for if rules.carry_over else ()
    total = _total(rules)
    return said or ((total.id,) if total else ())


def _total(rules: Rules) -> Requirement | None:
    """The requirement whose surplus is left over: the first amount of all activities, else the first amount."""
    amounts = [each for each in rules.requirements if _is_of_period(each)]
    return next((each for each in amounts if not each.of), amounts[0] if amounts else None)


def _is_of_period(each: Requirement) -> bool:
    """Whether it asks for an amount of the period itself."""
    return each.measure is Measure.AMOUNT and not (each.each_of or each.window or each.in_each_year)


@dataclass(slots=True)
class _Left:
    """What a period left over, and for how many periods more it counts."""

    amount: Fraction
    periods: int


class _Work:
    """One scheme and one member's records, looked at period after period."""

    def __init__(
        self, scheme: Scheme, membership: SchemeMembership | None, records: Records, ordered: Sequence[Activity]
    ) -> None:
        self.scheme = scheme
        self.membership = membership
        self.records = records
        self.ordered = ordered
        self.starts = [one.start for one in ordered]
        self.longest = max((one.end - one.start for one in ordered), default=timedelta(0))

    def measuring(self, rules: Rules, period: Period) -> Measuring:
        """The rules on the records that can lie in any window that ends with a period."""
        assert period.start and period.stop
        years = [each.window.years for each in rules.requirements if each.window]
        years += [each.instead[1].years for each in rules.requirements if each.instead]
        first = min([period.start, *(months_later(period.stop, -12 * each) for each in years)])
        return Measuring(rules, self._between(first, period.stop), self.records.objectives, self.records.reviews)

    def carried_into(self, period: Period) -> Fraction:
        """What the periods before a period left over for it."""
        if not any(each.carry_over for each in self.scheme.rules) or not self.ordered:
            return _ZERO
        left: list[_Left] = []
        for number, earlier in enumerate(self._periods_before(period)):
            left = self._left_by(earlier, left, first=not number)
        return sum((each.amount for each in left), _ZERO)

    def _left_by(self, period: Period, before: Iterable[_Left], *, first: bool) -> list[_Left]:
        """What is left over when a period ends: older leftovers are used up first."""
        assert period.start and period.stop and period.last
        rules = rules_on(self.scheme.rules, period.start, self._since)
        total = _total(rules) if rules else None
        if rules is None or total is None:
            return []
        measuring = self.measuring(rules, period)
        recorded = measuring.amount(total.of, period)
        needed = Asking(rules, self.membership).asked(total, period, period.last)[0] or _ZERO
        kept = []
        for each in before:
            used = min(each.amount, needed)
            needed -= used
            if each.amount > used and each.periods > 1:
                kept.append(_Left(each.amount - used, each.periods - 1))
        carry = rules.carry_over
        if carry is None or (carry.not_first and first):
            return kept
        months = carry.last_months
        window = Period(max(period.start, months_later(period.stop, -months)), period.stop) if months else period
        of_kind = measuring.amount(carry.of, window) if carry.of or months else recorded
        new = min(carry.most, max(recorded - needed, _ZERO), of_kind)
        return [*kept, _Left(new, carry.periods)] if new else kept

    @property
    def _since(self) -> date | None:
        return self.membership.start if self.membership else None

    def _periods_before(self, period: Period) -> list[Period]:
        """The periods from the first with a record, or the member's first, to before a period."""
        first = max(self.starts[0], self._since or self.starts[0])
        found: list[Period] = []
        day = period.start
        while day and day > first and len(found) < MOST_PERIODS:
            rules = rules_on(self.scheme.rules, day - timedelta(1), self._since)
            if rules is None:
                break
            earlier = period_of(rules.period, day - timedelta(1), self._since)
            found.append(earlier)
            day = earlier.start
        return found[::-1]

    def _between(self, first: date, stop: date) -> Sequence[Activity]:
        """The activities that may have a day from the first to before the last: all others are passed over at once."""
        return self.ordered[bisect_left(self.starts, first - self.longest) : bisect_left(self.starts, stop)]
