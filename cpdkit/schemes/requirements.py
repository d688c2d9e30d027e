"""The figure of each requirement: its target for a member, the amount recorded, and the activities that count."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from cpdkit.dates.period import Period
from cpdkit.dates.period_words import months_later
from cpdkit.journal.member import Declaration, SchemeMembership
from cpdkit.journal.records import Activity, Objective, Review
from cpdkit.journal.selection import is_within, minutes_within
from cpdkit.journal.values import ActivityType
from cpdkit.schemes.filters import Matcher, Matchers, any_activity
from cpdkit.schemes.rules import Measure, Of, Outcome, Requirement, Rules, Status
from cpdkit.schemes.split import split
from cpdkit.schemes.standing import Entry, Figure, Lost, Part, State
from cpdkit.schemes.windows import (
    due_in,
    first_run,
    months_in,
    runs_in,
    whole_months,
    window_of,
    years_before,
    years_in,
)
from cpdkit.schemes.worth import Scale

_ZERO, _ONE = Fraction(0), Fraction(1)
_BY_TIME = (Measure.AMOUNT, Measure.CLAIMED, Measure.PARTICIPATORY)
"""Measures whose targets can be pro rata: half the amount for half a year."""
_AT_ONCE = (Measure.GAP, Measure.DECLARED)
"""Measures to explain as soon as they are not reached; others once the period is over."""


class Terms:
    """What a scheme requires of one member, by status; pro rata, by the months of each status."""

    def __init__(self, rules: Rules, membership: SchemeMembership | None) -> None:
        self.rules = rules
        self.since = membership.start if membership else None
        self._statuses = membership.statuses if membership else ()
        targets = membership.targets if membership else {}
        self._targets = {name: Fraction(amount) for name, amount in targets.items() if amount}

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
        if not self.rules.pro_rata or requirement.measure not in _BY_TIME:
            status = self._on(min(on, period.last or on))
            is_exempt = status.exempt or self._is_exempt(requirement, status)
            return (None, True) if is_exempt else (self._amount(requirement, status), False)
        months = list(months_in(period))
        counting = [each for month in months if (each := self._month(month))]
        amounts = [self._amount(requirement, status) for status in counting]
        if all(self._is_exempt(requirement, status) for status in counting):
            return None, True
        if all(amount is None for amount in amounts):
            return None, False
        return sum((amount or _ZERO for amount in amounts), _ZERO) / len(months), False

    def _on(self, day: date) -> Status:
        return self.rules.statuses.get(self.status_on(day), Status())

    def _month(self, month: date) -> Status | None:
        """Return a month's status; None for an exempt month or before membership."""
        status = self._on(month)
        is_before = self.since is not None and month < self.since.replace(day=1)
        return None if status.exempt or is_before else status

    def _is_exempt(self, requirement: Requirement, status: Status) -> bool:
        """Whether a status exempts from this requirement alone, with an amount of 0."""
        return requirement.id in status.amounts and self._amount(requirement, status) == 0

    def _amount(self, requirement: Requirement, status: Status) -> Fraction | None:
        """Return a whole period's target: the member's own where they may have one, or the one of a status."""
        if requirement.personal and requirement.id in self._targets:
            return self._targets[requirement.id]
        return status.amounts.get(requirement.id, requirement.target)


class Figures:
    """The figures of one member's records under one set of rules."""

    def __init__(
        self,
        rules: Rules,
        activities: Sequence[Activity],
        objectives: Iterable[Objective],
        reviews: Iterable[Review],
        declarations: Iterable[Declaration] = (),
    ) -> None:
        """`activities` are sorted by date and ID; `declarations` are those made so far."""
        self.rules = rules
        self.activities = activities
        self.objectives = tuple(objectives)
        self.reviews = tuple(reviews)
        self.declarations = tuple(declarations)
        self.matchers = Matchers(rules)
        self.scale = Scale(rules, self.matchers)

    def figure(self, requirement: Requirement, period: Period, terms: Terms, on: date) -> Figure:
        """Return a requirement's figure in a period, without the amount carried over into it."""
        window = window_of(requirement.window, period) if requirement.window else period
        target, exempt = terms.target(requirement, window, on)
        if requirement.in_every:
            figure = self._of_runs(requirement, period, _at_least_one(target), terms.since, on)
        else:
            figure = self._in_window(requirement, window, target, on)
        if exempt:
            return replace(figure, target=None, state=State.EXEMPT)
        if (other := requirement.alternative) and figure.state is State.SHORT:
            longer = years_before(period, other.years)
            instead = self._in_window(requirement, longer, other.least, period.last or date.max)
            if instead.state is State.MET:
                return replace(instead, years=other.years)
        return self._with_outcome(figure, period, on, terms.since) if figure.state is State.SHORT else figure

    def _with_outcome(self, figure: Figure, period: Period, on: date, since: date | None) -> Figure:
        """Return a figure that is not reached with its outcome: not due, short, or to be explained."""
        assert period.start
        requirement, due = figure.requirement, figure.due
        windows = [*years_in(period)] if requirement.in_each_year else [period]
        if requirement.measure is Measure.DECLARED:
            most = figure.target or _ONE
            due = min((due_in(requirement, self.rules.period, each) for each in windows if len(self._declared(
                requirement, each)) < most), default=None)  # fmt: skip
        elif requirement.window:
            due = requirement.window.first_due(since)
        if due and on <= due:
            return replace(figure, state=State.NOT_DUE, due=due)
        figure = replace(figure, due=due)
        is_over = period.last is not None and on >= period.last
        if requirement.outcome is Outcome.EXPLAIN and (is_over or requirement.measure in _AT_ONCE):
            declared = (each for window in windows for each in self._declared(requirement, window))
            # An explanation from before a gap is that of another one.
            begun = figure.gap.start if figure.gap else None
            notes = (each.note for each in declared if each.on is None or begun is None or each.on >= begun)
            return replace(figure, state=State.EXPLAIN, explanation="; ".join(filter(None, notes)))
        return figure

    def _declared(self, requirement: Requirement, window: Period) -> list[Declaration]:
        """Return what was declared or explained for a requirement and the year in which a window begins."""
        year = window.start.year if window.start else 0
        return [each for each in self.declarations if each.requirement == requirement.id and each.year == year]

    def amount(self, of: Of, window: Period) -> Fraction:
        """Return the total worth of some activities in a window."""
        return _sum(self.scale.entries(self.activities, window, self.matchers.of(of)))

    def _in_window(self, requirement: Requirement, window: Period, target: Fraction | None, on: date) -> Figure:
        # An activity is divided in each year separately.
        if requirement.in_each_year and (requirement.split or not requirement.each_of):
            return self._of_each_year(requirement, window, _at_least_one(target), on)
        if requirement.each_of:
            return self._of_each(requirement, window, _at_least_one(target), on)
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
        gap = None
        if measure is Measure.ENTRIES:
            recorded = Fraction(len(entries))
        elif measure is Measure.TYPES:
            used = {entry.activity.type for entry in entries}
            recorded = Fraction(len(used))
            unused = tuple(each for each in ActivityType if each not in used)
        elif measure is Measure.GAP:
            months, gap = _longest_gap([entry.activity for entry in entries], window, on)
            recorded = Fraction(months)
        elif measure is Measure.CLAIMED:
            entries = _valued(entries, window, lambda one: Fraction(one.units.get(requirement.claimed) or 0))
            recorded = _sum(entries)
        elif measure is Measure.PARTICIPATORY:
            entries = _valued(entries, window, lambda one: Fraction(one.participatory or 0) / self.rules.hour)
            recorded = _sum(entries)
        elif measure is Measure.OBJECTIVES:
            entries = []
            recorded, target = (
                Fraction(sum(is_planned_in(each, window) for each in self.objectives)),
                _at_least_one(target),
            )
        elif measure is Measure.DECLARED:
            entries = []
            recorded, target = Fraction(len(self._declared(requirement, window))), _at_least_one(target)
        else:
            entries = []
            year = window.start.year if window.start else 0
            recorded, target = Fraction(any(each.year == year for each in self.reviews)), _at_least_one(target)
        unit = requirement.claimed or measure.unit
        return replace(_figure(requirement, window, recorded, target, unit, entries), unused=unused, gap=gap)

    def _of_each(self, requirement: Requirement, window: Period, target: Fraction, on: date) -> Figure:
        """Return how many categories reach the target."""
        if requirement.split:
            return self._of_split(requirement, window, target)
        parts, entries = [], dict[str, Entry]()
        for name in requirement.each_of:
            alone = replace(requirement, of=(name,), each_of=())
            figure = self._in_window(alone, window, target, on)
            parts.append(Part(name, figure.recorded, target))
            entries |= {entry.activity.path: entry for entry in figure.entries}
        by_day = sorted(entries.values(), key=lambda entry: (entry.activity.start, entry.activity.path))
        return _of_parts(requirement, window, parts, by_day)

    def _of_split(self, requirement: Requirement, window: Period, target: Fraction) -> Figure:
        """Return how many categories reach the target if each activity is divided among its categories."""
        matchers = [self.matchers.of((name,)) for name in requirement.each_of]
        if requirement.measure is Measure.ENTRIES:
            every = self._ones(replace(requirement, of=requirement.each_of), window, any_activity, "")
        else:
            every = self.scale.entries(self.activities, window, self.matchers.of(requirement.each_of))
        groups = [frozenset(number for number, fits in enumerate(matchers) if fits(one.activity)) for one in every]
        amounts = [one.counted for one in every]
        divided = split(list(zip(amounts, groups, strict=True)), [target] * len(matchers))
        names = requirement.each_of
        entries = [
            replace(one, shares=tuple((names[number], amount) for number, amount in shares.items()))
            for one, shares in zip(every, divided, strict=True)
        ]
        parts = [
            Part(name, sum((shares.get(number, _ZERO) for shares in divided), _ZERO), target)
            for number, name in enumerate(names)
        ]
        return _of_parts(requirement, window, parts, entries)

    def _of_each_year(self, requirement: Requirement, window: Period, target: Fraction, on: date) -> Figure:
        """Return the smallest amount of any year that has begun; each year has to reach the target."""
        alone = replace(requirement, in_each_year=False)
        years = [year for year in years_in(window) if year.start and year.start <= on]
        figures = [self._in_window(alone, year, target, on) for year in years]
        needed = Fraction(requirement.enough or len(requirement.each_of)) if requirement.each_of else target
        return self._of_least(requirement, window, needed, figures)

    def _of_runs(
        self, requirement: Requirement, period: Period, target: Fraction, since: date | None, on: date
    ) -> Figure:
        """Return the smallest amount of any so many consecutive years, the last of which is in the period."""
        alone = replace(requirement, in_every=0)
        runs = runs_in(period, requirement.in_every, since)
        begun = [run for run in runs if run.stop and months_later(run.stop, -12) <= on]
        figure = self._of_least(requirement, period, target, [self._in_window(alone, run, target, on) for run in begun])
        if begun:
            return figure
        # A member who has just joined has no run yet.
        first = runs[0] if runs else first_run(period, requirement.in_every, since or on)
        return replace(figure, due=first.last)

    def _of_least(self, requirement: Requirement, window: Period, target: Fraction, alone: Sequence[Figure]) -> Figure:
        """Return the smallest of the figures of several windows, each of which has to reach the target."""
        parts = tuple(Part(each.window.short_title, each.recorded, target) for each in alone)
        entries = {entry.activity.path: entry for each in alone for entry in each.entries}
        least = min((part.recorded for part in parts), default=_ZERO)
        unit = alone[0].unit if alone else self.rules.unit
        return replace(_figure(requirement, window, least, target, unit, [*entries.values()]), parts=parts)


def _at_least_one(target: Fraction | None) -> Fraction:
    return _ONE if target is None else target


def _of_parts(requirement: Requirement, window: Period, parts: Sequence[Part], entries: Sequence[Entry]) -> Figure:
    """Return how many of some categories reach their target."""
    met = Fraction(sum(part.met for part in parts))
    enough = Fraction(requirement.enough or len(parts))
    return replace(_figure(requirement, window, met, enough, "", entries), parts=tuple(parts))


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


def _longest_gap(activities: Iterable[Activity], window: Period, on: date) -> tuple[int, Period | None]:
    """Return the longest run of whole months without an activity in a window, up to `on`, and its days."""
    assert window.start and window.stop
    until = min(on + timedelta(1), window.stop)
    gaps = []
    at = window.start
    for one in activities:
        gaps.append((at, one.start))
        at = max(at, one.end + timedelta(1))
    gaps.append((at, until))
    lengths = [(whole_months(first, stop), Period(first, stop)) for first, stop in gaps if stop > first]
    return max(lengths, key=lambda one: one[0], default=(0, None))


def is_planned_in(objective: Objective, window: Period) -> bool:
    """Whether an objective belongs to a window: started before its end, and due in it or later, or still open."""
    begun = objective.start is None or window.stop is None or objective.start < window.stop
    lasts = objective.by is None or window.start is None or objective.by >= window.start or objective.status == "open"
    return begun and lasts and objective.status != "dropped"
