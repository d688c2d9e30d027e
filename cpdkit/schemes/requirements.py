"""The figure of each requirement: its target for a member, the amount recorded, and the activities that count."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from cpdkit.dates.period import Period
from cpdkit.journal.member import SchemeMembership
from cpdkit.journal.records import Activity, Objective, Review
from cpdkit.journal.selection import is_within, minutes_within
from cpdkit.journal.values import ActivityType
from cpdkit.schemes.filters import Matcher, Matchers, any_activity
from cpdkit.schemes.rules import Measure, Of, Requirement, Rules, Status
from cpdkit.schemes.standing import Entry, Figure, Lost, Part, State
from cpdkit.schemes.windows import months_in, whole_months, years_before, years_in
from cpdkit.schemes.worth import Scale

_ZERO, _ONE = Fraction(0), Fraction(1)
_BY_TIME = (Measure.AMOUNT, Measure.CLAIMED, Measure.PARTICIPATORY)
"""Measures whose targets can be pro rata: half the amount for half a year."""


class Terms:
    """What a scheme requires of one member, by status; pro rata, by the months of each status."""

    def __init__(self, rules: Rules, membership: SchemeMembership | None) -> None:
        self.rules = rules
        self.since = membership.start if membership else None
        self._statuses = membership.statuses if membership else ()

    def status_on(self, day: date) -> str:
        """Return the member's status on a date: the latest one that has begun and not ended."""
        current = [each for each in self._statuses if (each.start or date.min) <= day <= (each.end or date.max)]
        by_start = sorted(current, key=lambda each: each.start or date.min)
        return by_start[-1].status if by_start else self.rules.default_status

    @property
    def unknown_status(self) -> str:
        """A status of the member that the scheme does not define; otherwise empty."""
        return next((each.status for each in self._statuses if each.status not in self.rules.statuses), "")

    def target(self, requirement: Requirement, period: Period, on: date) -> tuple[Fraction | None, bool]:
        """Return a requirement's target in a period (None if it has none), and whether the member is exempt from it."""
        if requirement.target is None:
            return None, self._on(on).exempt
        if not self.rules.pro_rata or requirement.measure not in _BY_TIME:
            status = self._on(min(on, period.last or on))
            return (None, True) if status.exempt else (_amount(requirement, status), False)
        months = list(months_in(period))
        amounts = [self._month(requirement, month) for month in months]
        if not any(amount is not None for amount in amounts):
            return None, True
        return sum((amount or _ZERO for amount in amounts), _ZERO) / len(months), False

    def _on(self, day: date) -> Status:
        return self.rules.statuses.get(self.status_on(day), Status())

    def _month(self, requirement: Requirement, month: date) -> Fraction | None:
        """Return a whole period's target under a month's status; None for an exempt month or before membership."""
        status = self._on(month)
        if status.exempt or (self.since and month < self.since.replace(day=1)):
            return None
        return _amount(requirement, status)


def _amount(requirement: Requirement, status: Status) -> Fraction | None:
    return status.amounts.get(requirement.id, requirement.target)


class Figures:
    """The figures of one member's records under one set of rules."""

    def __init__(
        self, rules: Rules, activities: Sequence[Activity], objectives: Iterable[Objective], reviews: Iterable[Review]
    ) -> None:
        """`activities` are sorted by date and ID."""
        self.rules = rules
        self.activities = activities
        self.objectives = tuple(objectives)
        self.reviews = tuple(reviews)
        self.matchers = Matchers(rules)
        self.scale = Scale(rules, self.matchers)

    def figure(self, requirement: Requirement, period: Period, terms: Terms, on: date) -> Figure:
        """Return a requirement's figure in a period, without the amount carried over into it."""
        window = years_before(period, requirement.window.years) if requirement.window else period
        target, exempt = terms.target(requirement, window, on)
        figure = self._in_window(requirement, window, target, on)
        if exempt:
            return replace(figure, target=None, state=State.EXEMPT)
        if (other := requirement.alternative) and figure.state is State.SHORT:
            longer = years_before(period, other.years)
            instead = self._in_window(requirement, longer, other.least, period.last or date.max)
            if instead.state is State.MET:
                return replace(instead, years=other.years)
        return figure

    def amount(self, of: Of, window: Period) -> Fraction:
        """Return the total worth of some activities in a window."""
        return _sum(self.scale.entries(self.activities, window, self.matchers.of(of)))

    def _in_window(self, requirement: Requirement, window: Period, target: Fraction | None, on: date) -> Figure:
        if requirement.each_of:
            return self._of_each(requirement, window, target or _ONE)
        if requirement.in_each_year:
            return self._of_each_year(requirement, window, target or _ONE, on)
        if requirement.measure is Measure.AMOUNT:
            return self._of_amount(requirement, window, target)
        if requirement.measure.having:
            return self._of_having(requirement, window, target)
        return self._of_count(requirement, window, target, on)

    def _of_amount(self, requirement: Requirement, window: Period, target: Fraction | None) -> Figure:
        matches = self.matchers.of(requirement.of)
        entries = self.scale.entries(self.activities, window, matches)
        if requirement.share is not None and target is None:
            target = requirement.share * self.amount((), window)
        planned = _sum(self.scale.entries(self.activities, window, matches, planned=True))
        return _figure(requirement, window, _sum(entries), target, self.rules.unit, entries, planned=planned)

    def _of_having(self, requirement: Requirement, window: Period, target: Fraction | None) -> Figure:
        """Count the activities with a reflection, with evidence or with an objective."""
        measure = requirement.measure
        has: dict[Measure, Matcher] = {
            Measure.REFLECTED: self.matchers.is_reflected,
            Measure.EVIDENCED: lambda one: bool(one.evidence),
            Measure.LINKED: lambda one: bool(one.objectives),
        }
        entries = self._ones(requirement, window, has[measure], f"No {measure.having.split()[-1]}")
        needed = Fraction(len(entries)) if requirement.every else target
        return _figure(requirement, window, _sum(entries), needed, measure.unit, entries)

    def _ones(self, requirement: Requirement, window: Period, has: Matcher, lacks: str) -> list[Entry]:
        """Return the activities in a requirement's scope; each counts as 1 if `has` is true for it."""
        matches = self.matchers.of(requirement.of)
        some = (one for one in self.activities if one.status.counts and is_within(one, window) and matches(one))
        return [
            Entry(one, minutes_within(one, window), _ONE, Fraction(has(one)), () if has(one) else (Lost(lacks, _ONE),))
            for one in some
        ]

    def _of_count(self, requirement: Requirement, window: Period, target: Fraction | None, on: date) -> Figure:
        measure = requirement.measure
        entries = self._ones(requirement, window, any_activity, "")
        unused: tuple[ActivityType, ...] = ()
        if measure is Measure.ENTRIES:
            recorded = Fraction(len(entries))
        elif measure is Measure.TYPES:
            used = {entry.activity.type for entry in entries}
            recorded = Fraction(len(used))
            unused = tuple(each for each in ActivityType if each not in used)
        elif measure is Measure.GAP:
            recorded = Fraction(_longest_gap([entry.activity for entry in entries], window, on))
        elif measure is Measure.CLAIMED:
            entries = _valued(entries, window, lambda one: Fraction(one.units.get(requirement.claimed) or 0))
            recorded = _sum(entries)
        elif measure is Measure.PARTICIPATORY:
            entries = _valued(entries, window, lambda one: Fraction(one.participatory or 0) / self.rules.hour)
            recorded = _sum(entries)
        elif measure is Measure.OBJECTIVES:
            entries = []
            recorded, target = Fraction(sum(is_planned_in(each, window) for each in self.objectives)), target or _ONE
        else:
            entries = []
            year = window.start.year if window.start else 0
            recorded, target = Fraction(any(each.year == year for each in self.reviews)), target or _ONE
        unit = requirement.claimed or measure.unit
        return replace(_figure(requirement, window, recorded, target, unit, entries), unused=unused)

    def _of_each(self, requirement: Requirement, window: Period, target: Fraction) -> Figure:
        """Return how many categories reach the target."""
        parts, entries = [], dict[str, Entry]()
        for name in requirement.each_of:
            alone = replace(requirement, of=(name,), each_of=())
            figure = self._in_window(alone, window, target, window.last or date.max)
            parts.append(Part(name, figure.recorded, target))
            entries |= {entry.activity.path: entry for entry in figure.entries}
        met = Fraction(sum(part.met for part in parts))
        by_day = sorted(entries.values(), key=lambda entry: (entry.activity.start, entry.activity.path))
        return replace(_figure(requirement, window, met, Fraction(len(parts)), "", by_day), parts=tuple(parts))

    def _of_each_year(self, requirement: Requirement, window: Period, target: Fraction, on: date) -> Figure:
        """Return the smallest amount of any year that has begun; each year has to reach the target."""
        alone = replace(requirement, in_each_year=False)
        years = [year for year in years_in(window) if year.start and year.start <= on]
        figures = [self._in_window(alone, year, target, on) for year in years]
        parts = tuple(Part(year.short_title, each.recorded, target) for year, each in zip(years, figures, strict=True))
        entries = [entry for each in figures for entry in each.entries]
        least = min((part.recorded for part in parts), default=_ZERO)
        unit = figures[0].unit if figures else self.rules.unit
        return replace(_figure(requirement, window, least, target, unit, entries), parts=parts)


def _figure(
    requirement: Requirement,
    window: Period,
    recorded: Fraction,
    target: Fraction | None,
    unit: str,
    entries: Sequence[Entry],
    *,
    planned: Fraction = _ZERO,
) -> Figure:
    state = state_of(requirement, recorded, target)
    return Figure(requirement, window, recorded, target, state, unit, _ZERO, planned, tuple(entries))


def state_of(requirement: Requirement, recorded: Fraction, target: Fraction | None) -> State:
    """Return whether the recorded amount is enough; for a gap, whether it is short enough."""
    if target is None:
        return State.COUNTED
    enough = recorded <= target if requirement.measure is Measure.GAP else recorded >= target
    return State.MET if enough else State.SHORT


def _sum(entries: Iterable[Entry]) -> Fraction:
    """Add up by denominator, of which there are few: whole numbers are faster than fractions."""
    parts: dict[int, int] = {}
    for entry in entries:
        counted = entry.counted
        parts[counted.denominator] = parts.get(counted.denominator, 0) + counted.numerator
    return sum((Fraction(above, below) for below, above in parts.items()), _ZERO)


def _valued(entries: Iterable[Entry], window: Period, value: Callable[[Activity], Fraction]) -> list[Entry]:
    """Return the entries that are worth something, each on its last day."""
    some = ((entry, value(entry.activity)) for entry in entries if window.contains(entry.activity.end))
    return [replace(entry, worth=worth, counted=worth) for entry, worth in some if worth]


def _longest_gap(activities: Iterable[Activity], window: Period, on: date) -> int:
    """Return the longest run of whole months without an activity in a window, up to `on`."""
    assert window.start and window.stop
    until = min(on + timedelta(1), window.stop)
    at, longest = window.start, 0
    for one in activities:
        longest = max(longest, whole_months(at, one.start)) if one.start > at else longest
        at = max(at, one.end + timedelta(1))
    return max(longest, whole_months(at, until)) if until > at else longest


def is_planned_in(objective: Objective, window: Period) -> bool:
    """Whether an objective belongs to a window: started before its end, and due in it or later, or still open."""
    begun = objective.start is None or window.stop is None or objective.start < window.stop
    lasts = objective.by is None or window.start is None or objective.by >= window.start or objective.status == "open"
    return begun and lasts and objective.status != "dropped"
