"""Each requirement's figure in a window, with the activities behind it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from cpdkit.dates.period import Period
from cpdkit.journal.records import Activity, ActivityType, Objective, Review
from cpdkit.journal.selection import is_within, minutes_within
from cpdkit.schemes.asking import Asking
from cpdkit.schemes.fitting import Fits, Fitting, everything
from cpdkit.schemes.rules import Measure, Of, Requirement, Rules
from cpdkit.schemes.standing import Entry, Figure, Lost, Part, State
from cpdkit.schemes.windows import whole_months, years_before, years_in
from cpdkit.schemes.worth import Scale

_ZERO, _ONE = Fraction(0), Fraction(1)
_UNITS = {Measure.TYPES: "types", Measure.GAP: "months", Measure.OBJECTIVES: "objectives", Measure.REVIEW: "",
          Measure.PARTICIPATORY: "h"}  # fmt: skip
_LACKS = {
    Measure.REFLECTED: "without a reflection",
    Measure.EVIDENCED: "without evidence",
    Measure.LINKED: "without an objective",
}


class Measuring:
    """One member's records under one set of rules."""

    def __init__(
        self, rules: Rules, activities: Sequence[Activity], objectives: Iterable[Objective], reviews: Iterable[Review]
    ) -> None:
        """`activities` are in the order of their dates and ids."""
        self.rules = rules
        self.activities = activities
        self.objectives = tuple(objectives)
        self.reviews = tuple(reviews)
        self.fitting = Fitting(rules)
        self.scale = Scale(rules, self.fitting)

    def figure(self, requirement: Requirement, period: Period, asking: Asking, on: date) -> Figure:
        """A requirement's figure in a period, without what was carried over into it."""
        window = years_before(period, requirement.window.years) if requirement.window else period
        asked, exempt = asking.asked(requirement, window, on)
        figure = self._measured(requirement, window, asked, on)
        if exempt:
            return replace(figure, asked=None, state=State.EXEMPT)
        return self._instead(figure, period)

    def amount(self, of: Of, window: Period) -> Fraction:
        """What activities of a kind are worth together in a window."""
        return _sum(self.scale.entries(self.activities, window, self.fitting.of(of)))

    def _measured(self, requirement: Requirement, window: Period, asked: Fraction | None, on: date) -> Figure:
        if requirement.each_of:
            return self._each(requirement, window, asked or _ONE)
        if requirement.in_each_year:
            return self._yearly(requirement, window, asked or _ONE, on)
        if requirement.measure is Measure.AMOUNT:
            return self._amounted(requirement, window, asked)
        if requirement.measure in _LACKS:
            return self._having(requirement, window, asked)
        return self._counted(requirement, window, asked, on)

    def _amounted(self, requirement: Requirement, window: Period, asked: Fraction | None) -> Figure:
        fits = self.fitting.of(requirement.of)
        entries = self.scale.entries(self.activities, window, fits)
        if requirement.share is not None and asked is None:
            asked = requirement.share * self.amount((), window)
        planned = _sum(self.scale.entries(self.activities, window, fits, planned=True))
        return _figure(requirement, window, _sum(entries), asked, self.rules.unit, entries, planned=planned)

    def _having(self, requirement: Requirement, window: Period, asked: Fraction | None) -> Figure:
        """How many activities have a reflection, evidence, an objective."""
        has: dict[Measure, Callable[[Activity], bool]] = {
            Measure.REFLECTED: self.fitting.reflected,
            Measure.EVIDENCED: lambda one: bool(one.evidence),
            Measure.LINKED: lambda one: bool(one.objectives),
        }
        entries = self._ones(requirement, window, has[requirement.measure], _LACKS[requirement.measure])
        wanted = Fraction(len(entries)) if requirement.every else asked
        return _figure(requirement, window, _sum(entries), wanted, "activities", entries)

    def _ones(self, requirement: Requirement, window: Period, has: Fits, lacks: str) -> list[Entry]:
        """The activities that it is of, each counting 1 if it has what is asked."""
        fits = self.fitting.of(requirement.of)
        some = (one for one in self.activities if one.status.counts and is_within(one, window) and fits(one))
        return [
            Entry(one, minutes_within(one, window), _ONE, Fraction(has(one)), () if has(one) else (Lost(lacks, _ONE),))
            for one in some
        ]

    def _counted(self, requirement: Requirement, window: Period, asked: Fraction | None, on: date) -> Figure:
        measure = requirement.measure
        unit = requirement.claimed or _UNITS.get(measure, "activities")
        entries = self._ones(requirement, window, everything, "")
        note = ""
        if measure is Measure.ENTRIES:
            recorded = Fraction(len(entries))
        elif measure is Measure.TYPES:
            used = {entry.activity.type for entry in entries}
            recorded = Fraction(len(used))
            missing = [each.value for each in ActivityType if each not in used]
            note = f"none under {', '.join(missing)}" if missing else ""
        elif measure is Measure.GAP:
            recorded = Fraction(_longest_gap([entry.activity for entry in entries], window, on))
        elif measure is Measure.CLAIMED:
            entries = _valued(entries, window, lambda one: Fraction(one.units.get(requirement.claimed) or 0))
            recorded = _sum(entries)
        elif measure is Measure.PARTICIPATORY:
            entries = _valued(entries, window, lambda one: Fraction(one.participatory or 0) / self.rules.hour)
            recorded = _sum(entries)
        elif measure is Measure.OBJECTIVES:
            recorded, asked = Fraction(sum(is_planned_in(each, window) for each in self.objectives)), asked or _ONE
        else:
            year = window.start.year if window.start else 0
            recorded, asked = Fraction(any(each.year == year for each in self.reviews)), asked or _ONE
        return _figure(requirement, window, recorded, asked, unit, entries, note=note)

    def _each(self, requirement: Requirement, window: Period, asked: Fraction) -> Figure:
        """The same of every category."""
        parts, entries = [], dict[str, Entry]()
        for name in requirement.each_of:
            alone = replace(requirement, of=(name,), each_of=())
            figure = self._measured(alone, window, asked, window.last or date.max)
            parts.append(Part(name, figure.recorded, asked))
            entries |= {entry.activity.path: entry for entry in figure.entries}
        met = Fraction(sum(part.met for part in parts))
        told = sorted(entries.values(), key=lambda entry: (entry.activity.start, entry.activity.path))
        return replace(_figure(requirement, window, met, Fraction(len(parts)), "", told), parts=tuple(parts))

    def _yearly(self, requirement: Requirement, window: Period, asked: Fraction, on: date) -> Figure:
        """The same in every year that has begun."""
        alone = replace(requirement, in_each_year=False)
        years = [year for year in years_in(window) if year.start and year.start <= on]
        figures = [self._measured(alone, year, asked, on) for year in years]
        parts = tuple(Part(year.short_title, each.recorded, asked) for year, each in zip(years, figures, strict=True))
        entries = [entry for each in figures for entry in each.entries]
        least = min((part.recorded for part in parts), default=_ZERO)
        unit = figures[0].unit if figures else self.rules.unit
        return replace(_figure(requirement, window, least, asked, unit, entries), parts=parts)

    def _instead(self, figure: Figure, period: Period) -> Figure:
        """The alternative, where that is met and the rule itself is not."""
        instead = figure.requirement.instead
        if instead is None or figure.state is not State.SHORT:
            return figure
        least, window = instead
        other = self._measured(figure.requirement, years_before(period, window.years), least, period.last or date.max)
        return replace(other, note=f"over {window.years} years") if other.state is State.MET else figure


def _figure(
    requirement: Requirement,
    window: Period,
    recorded: Fraction,
    asked: Fraction | None,
    unit: str,
    entries: Sequence[Entry],
    *,
    planned: Fraction = _ZERO,
    note: str = "",
) -> Figure:
    figure = Figure(requirement, window, recorded, asked, State.TOLD, unit, _ZERO, planned, tuple(entries), (), note)
    return replace(figure, state=state_of(requirement, recorded, asked))


def state_of(requirement: Requirement, recorded: Fraction, asked: Fraction | None) -> State:
    """Whether what was recorded is enough; of a gap, whether it is short enough."""
    if asked is None:
        return State.TOLD
    enough = recorded <= asked if requirement.measure is Measure.GAP else recorded >= asked
    return State.MET if enough else State.SHORT


def _sum(entries: Iterable[Entry]) -> Fraction:
    """Whole numbers are added as such, by denominator: of these there are few, and fractions are slow."""
    parts: dict[int, int] = {}
    for entry in entries:
        counted = entry.counted
        parts[counted.denominator] = parts.get(counted.denominator, 0) + counted.numerator
    return sum((Fraction(above, below) for below, above in parts.items()), _ZERO)


def _valued(entries: Iterable[Entry], window: Period, value: Callable[[Activity], Fraction]) -> list[Entry]:
    """The entries that are worth something, each on its last day."""
    some = ((entry, value(entry.activity)) for entry in entries if window.contains(entry.activity.end))
    return [replace(entry, worth=worth, counted=worth) for entry, worth in some if worth]


def _longest_gap(activities: Iterable[Activity], window: Period, on: date) -> int:
    """The most whole months without an activity, from the window's start to its end or the day asked."""
    assert window.start and window.stop
    until = min(on + timedelta(1), window.stop)
    at, longest = window.start, 0
    for one in activities:
        longest = max(longest, whole_months(at, one.start)) if one.start > at else longest
        at = max(at, one.end + timedelta(1))
    return max(longest, whole_months(at, until)) if until > at else longest


def is_planned_in(objective: Objective, window: Period) -> bool:
    """Whether an objective is there in a window: begun before its end, and due in it, later, or still open."""
    begun = objective.start is None or window.stop is None or objective.start < window.stop
    lasts = objective.by is None or window.start is None or objective.by >= window.start or objective.status == "open"
    return begun and lasts and objective.status != "dropped"
