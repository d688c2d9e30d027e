"""Evaluate a member's records against a scheme's rules, with the amounts carried over from earlier periods."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from cpdkit.dates.period import Period
from cpdkit.dates.period_words import months_later
from cpdkit.errors import UsageError
from cpdkit.journal.load import Journal
from cpdkit.journal.member import SchemeMembership
from cpdkit.journal.records import Activity, Objective, Review
from cpdkit.schemes.requirements import Figures, Terms, state_of
from cpdkit.schemes.rules import Anchor, Measure, Requirement, Rules, Scheme
from cpdkit.schemes.standing import Figure, Standing, State
from cpdkit.schemes.vocabulary import Vocabulary
from cpdkit.schemes.windows import period_of, rules_on

_ZERO = Fraction(0)
MOST_PERIODS = 80
"""The most earlier periods that carry-over is followed through."""


@dataclass(frozen=True, slots=True)
class Records:
    """The records that schemes count. `activities` may be in any order."""

    activities: Sequence[Activity]
    objectives: Sequence[Objective] = ()
    reviews: Sequence[Review] = ()


def standings_in(journal: Journal, vocabulary: Vocabulary, on: date, ids: Sequence[str] = ()) -> tuple[Standing, ...]:
    """Return the owner's progress in the schemes of `ids`, by default those of cpd.yaml.

    Raise UsageError for an unknown ID in `ids`; an unknown one in cpd.yaml is ignored.
    """
    followed = {each.scheme: each for each in (journal.member.schemes if journal.member else ())}
    records = Records(journal.activities, tuple(journal.objectives.values()), journal.reviews)
    standings = []
    for name in ids or followed:
        scheme = vocabulary.scheme(name)
        if scheme is None:
            if name in ids:
                raise UsageError(f'unknown scheme "{name}"', f"available schemes: {', '.join(vocabulary.scheme_ids)}")
            continue
        membership = followed.get(name, SchemeMembership(name))
        if standing := standing_of(scheme, membership, records, on):
            standings.append(standing)
    return tuple(standings)


def was_member(membership: SchemeMembership, day: date) -> bool:
    """Whether somebody followed a scheme before a date, as far as cpd.yaml shows it: by a start, or by declarations."""
    return membership.start < day if membership.start else bool(membership.declarations)


def standing_of(scheme: Scheme, membership: SchemeMembership, records: Records, on: date) -> Standing | None:
    """Return a member's progress on a date, with the declarations of the period before that are still to be made.

    They are due at its end or later, so they are overdue when the next period has begun.
    """
    standing = evaluate(scheme, membership, records, on)
    if standing is None:
        return None
    start = standing.period.start
    declared = [each for each in standing.figures if each.requirement.measure is Measure.DECLARED]
    if not start or not declared or standing.rules.period.starts is Anchor.ROLLING:
        return standing
    if not was_member(membership, start):
        return standing
    before = evaluate(standing.scheme, membership, records, standing.on, period_on=start - timedelta(1))
    figures = []
    for figure in standing.figures:
        earlier = before.figure(figure.requirement.id) if before and figure in declared else None
        is_open = earlier and earlier.due and earlier.due >= start - timedelta(1) and earlier.state is not State.MET
        figures.append(earlier if earlier and is_open and earlier.state is not State.EXEMPT else figure)
    return replace(standing, figures=tuple(figures))


def evaluate(
    scheme: Scheme,
    membership: SchemeMembership | None,
    records: Records,
    on: date,
    *,
    period_on: date | None = None,
) -> Standing | None:
    """Return a member's progress on a date, in the period that contains it; None for a scheme without rules for it.

    `period_on` is a date of another period, which has ended.

    Amounts are fractions of the scheme's unit. The order of the records makes no difference. Activities that began
    after the date are ignored; reviews and objectives count as they are.
    """
    since = membership.start if membership else None
    scheme = _for_member(scheme, membership)
    rules = rules_on(scheme.rules, period_on or on, since)
    if rules is None:
        return None
    period = period_of(rules.period, period_on or on, since)
    terms = Terms(rules, membership)
    history = _History(scheme, membership, records, on)
    figures = history.figures(rules, period)
    found = [figures.figure(each, period, terms, on) for each in rules.requirements]
    if carried := history.carried_into(period):
        names = _carried_for(rules)
        found = [_with_carried(each, carried) if each.requirement.id in names else each for each in found]
    return Standing(scheme, rules, period, on, terms.status_on(on), terms.unknown_status, tuple(found), since)


def _with_carried(figure: Figure, carried: Fraction) -> Figure:
    recorded = figure.recorded + carried
    is_met = figure.state is not State.EXEMPT and state_of(figure.requirement, recorded, figure.target) is State.MET
    return replace(figure, recorded=recorded, carried=carried, state=State.MET if is_met else figure.state)


def _for_member(scheme: Scheme, membership: SchemeMembership | None) -> Scheme:
    """Return a scheme with periods from the member's own first day, where it lets them choose."""
    if membership is None or not membership.first_day:
        return scheme
    month, day = map(int, membership.first_day.split("-"))
    rules = tuple(
        replace(each, period=replace(each.period, starts=(month, day))) if each.period.own_day else each
        for each in scheme.rules
    )
    return replace(scheme, rules=rules)


def _carried_for(rules: Rules) -> tuple[str, ...]:
    """Return the IDs of the requirements to which carried-over amounts count."""
    names = rules.carry_over.counts_for if rules.carry_over else ()
    total = _total(rules)
    return names or ((total.id,) if total else ())


def _total(rules: Rules) -> Requirement | None:
    """Return the requirement whose surplus is carried over: the first for all activities, or else the first amount."""
    amounts = [each for each in rules.requirements if _is_of_period(each)]
    return next((each for each in amounts if not each.of), amounts[0] if amounts else None)


def _is_of_period(each: Requirement) -> bool:
    """Whether a requirement is for an amount in the period itself."""
    return each.measure is Measure.AMOUNT and not (each.each_of or each.window or each.in_each_year or each.in_every)


@dataclass(slots=True)
class _Left:
    """The surplus of a period, and for how many more periods it counts."""

    amount: Fraction
    periods: int


class _History:
    """One member's records in one scheme, by period, as they were on a date."""

    def __init__(self, scheme: Scheme, membership: SchemeMembership | None, records: Records, on: date) -> None:
        self.scheme = scheme
        self.membership = membership
        self.since = membership.start if membership else None
        self.records = records
        declarations = membership.declarations if membership else ()
        self.declarations = [each for each in declarations if each.on is None or each.on <= on]
        # Activities that had begun by the date, and planned ones.
        known = (one for one in records.activities if one.start <= on or not one.status.counts)
        self.ordered = sorted(known, key=lambda one: (one.start, one.path))
        self.starts = [one.start for one in self.ordered]
        self.longest = max((one.end - one.start for one in self.ordered), default=timedelta(0))

    def figures(self, rules: Rules, period: Period) -> Figures:
        """Return the figures of the records that any window ending with a period can include."""
        assert period.start and period.stop
        years = [each.window.years for each in rules.requirements if each.window]
        years += [each.alternative.years for each in rules.requirements if each.alternative]
        starts = [months_later(period.stop, -12 * each) for each in years]
        starts += [
            months_later(period.start, -12 * (each.in_every - 1)) for each in rules.requirements if each.in_every
        ]
        activities = self._between(min([period.start, *starts]), period.stop)
        return Figures(rules, activities, self.records.objectives, self.records.reviews, self.declarations)

    def carried_into(self, period: Period) -> Fraction:
        """Return the amount that earlier periods carry over into a period."""
        if not any(each.carry_over for each in self.scheme.rules) or not self.ordered:
            return _ZERO
        left: list[_Left] = []
        for number, earlier in enumerate(self._periods_before(period)):
            left = self._left_by(earlier, left, first=not number)
        return sum((each.amount for each in left), _ZERO)

    def _left_by(self, period: Period, before: Iterable[_Left], *, first: bool) -> list[_Left]:
        """Return the surpluses at the end of a period. Older surpluses are used up first."""
        assert period.start and period.stop and period.last
        rules = rules_on(self.scheme.rules, period.start, self.since)
        total = _total(rules) if rules else None
        if rules is None or total is None:
            return []
        figures = self.figures(rules, period)
        recorded = figures.amount(total.of, period)
        needed = Terms(rules, self.membership).target(total, period, period.last)[0] or _ZERO
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
        in_scope = figures.amount(carry.of, window) if carry.of or months else recorded
        new = min(carry.most, max(recorded - needed, _ZERO), in_scope)
        return [*kept, _Left(new, carry.periods)] if new else kept

    def _periods_before(self, period: Period) -> list[Period]:
        """Return the periods before a period, from the first with a record, or the member's first if later."""
        first = max(self.starts[0], self.since or self.starts[0])
        periods: list[Period] = []
        day = period.start
        while day and day > first and len(periods) < MOST_PERIODS:
            rules = rules_on(self.scheme.rules, day - timedelta(1), self.since)
            if rules is None:
                break
            earlier = period_of(rules.period, day - timedelta(1), self.since)
            periods.append(earlier)
            day = earlier.start
        return periods[::-1]

    def _between(self, first: date, stop: date) -> Sequence[Activity]:
        """Return the activities that may have a day from `first` to before `stop`, so that others need not be read."""
        return self.ordered[bisect_left(self.starts, first - self.longest) : bisect_left(self.starts, stop)]
