"""The evaluation as a whole: properties, and a second evaluator that knows no shortcuts."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import combinations, pairwise, permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cpdkit.errors import UsageError
from cpdkit.journal.load import load
from cpdkit.journal.member import Declaration, SchemeMembership, SchemeStatus
from cpdkit.journal.records import Activity
from cpdkit.journal.values import ActivityType, Status
from cpdkit.schemes.evaluate import Records, evaluate, standings_in
from cpdkit.schemes.rules import (
    Cap,
    CarryOver,
    Filter,
    Measure,
    Of,
    Outcome,
    Per,
    PeriodRule,
    Requirement,
    Rules,
    Scheme,
    Window,
    Worth,
)
from cpdkit.schemes.rules import Status as SchemeRule
from cpdkit.schemes.scheme_file import shipped_scheme, shipped_schemes
from cpdkit.schemes.vocabulary import vocabulary_in
from tests.journal.folders import FIELDS, journal_of, record
from tests.schemes.records import activity

ON = date(2026, 12, 31)
KINDS = ("a", "b", "c")
CATEGORIES = {name: Filter(own_fields=(("x-kind", name),)) for name in KINDS}
NESTED = [("a",), ("b",), ("a", "b"), ("c",), ()]
"""Scopes that are nested or do not overlap, as the scopes of caps must be."""


@st.composite
def journals(draw: st.DrawFn) -> list[Activity]:
    count = draw(st.integers(0, 6))
    found = []
    for number in range(count):
        start = date(2024, 1, 1) + timedelta(draw(st.integers(0, 1095)))
        found.append(
            activity(
                start.isoformat(),
                draw(st.sampled_from([0, 20, 60, 90, 600, 3000])),
                number,
                type=draw(st.sampled_from([ActivityType.EVENT, ActivityType.TRAINING])),
                status=draw(st.sampled_from([Status.DONE, Status.DONE, Status.DRAFT])),
                structured=draw(st.booleans()),
                verifiable=draw(st.booleans()),
                own={
                    "x-kind": draw(st.sampled_from(["", *KINDS])),
                    "x-pmi": draw(st.sampled_from(["", "giving back", "practitioner"])),
                    "x-ea": draw(st.sampled_from(["", "III", "IV", "V"])),
                },
            )
        )
    return found


@st.composite
def schemes(draw: st.DrawFn) -> Scheme:
    scopes = st.sampled_from(NESTED)
    limits, pers = st.integers(0, 40).map(Fraction), st.sampled_from([Per.WINDOW, Per.WINDOW, Per.ENTRY])
    caps = tuple(
        Cap(f"cap {number}", draw(limits), of=draw(scopes), per=draw(pers)) for number in range(draw(st.integers(0, 4)))
    )
    carry = draw(st.none() | st.builds(CarryOver, most=st.integers(0, 30).map(Fraction), periods=st.integers(1, 2)))
    worth = draw(st.sampled_from([(), (Worth(("a",), Fraction(1, 2)),), (Worth(("b",), per_entry=Fraction(5)),)]))
    total = Requirement("total", "total", least=Fraction(draw(st.integers(0, 40))))
    part = Requirement("part", "part", of=("a",), least=Fraction(5))
    rules = Rules(requirements=(total, part), caps=caps, worth=worth, carry_over=carry, categories=CATEGORIES,
                  period=PeriodRule(1, draw(st.sampled_from([(1, 1), (7, 1)]))))  # fmt: skip
    return Scheme("x", rules=(rules,))


def recorded(scheme: Scheme, activities: list[Activity]) -> dict[str, Fraction]:
    standing = evaluate(scheme, None, Records(activities), ON)
    assert standing
    return {each.requirement.id: each.recorded for each in standing.figures}


def naive(scheme: Scheme, activities: list[Activity]) -> dict[str, Fraction]:
    """Year by year from the first, whole days alone, every way to share out what caps allow."""
    rules = scheme.rules[0]
    month, day = rules.period.starts  # type: ignore[misc]
    years = [date(year, month, day) for year in range(2023, 2028)]
    left: list[tuple[Fraction, int]] = []
    answer: dict[str, Fraction] = {}
    for start, stop in pairwise(years):
        inside = sorted(
            (one for one in activities if start <= one.start < stop and one.status is Status.DONE),
            key=lambda one: one.id,
        )
        total, part = naive_sum(rules, inside), naive_sum(rules, [one for one in inside if one.own["x-kind"] == "a"])
        answer = {"total": total + sum((amount for amount, _ in left), Fraction(0)), "part": part}
        if start <= ON < stop:
            return answer
        need = rules.requirements[0].least or Fraction(0)
        rest = []
        for amount, periods in left:
            used = min(amount, need)
            need -= used
            if periods > 1:
                rest.append((amount - used, periods - 1))
        if rules.carry_over:
            rest.append((min(rules.carry_over.most, max(total - need, Fraction(0))), rules.carry_over.periods))
        # Before the first record nothing is required, and nothing is carried over.
        left = rest if any(one.start < stop for one in activities) else []
    return answer


def naive_sum(rules: Rules, inside: list[Activity]) -> Fraction:
    amounts = []
    for one in inside:
        amount = Fraction(one.minutes, 60)
        for worth in rules.worth:
            if in_scope(worth.of, one):
                amount = worth.per_entry if worth.per_entry is not None else amount * (worth.per_hour or 0)
                break
        for cap in rules.caps:
            if cap.per is Per.ENTRY and in_scope(cap.of, one):
                amount = min(amount, cap.most)
        amounts.append(amount)
    whole = [cap for cap in rules.caps if cap.per is Per.WINDOW]
    # Activities under the same caps are alike; the kinds fill the available room in any order.
    lies_in = [frozenset(number for number, cap in enumerate(whole) if in_scope(cap.of, one)) for one in inside]
    kinds = sorted(set(lies_in), key=sorted)
    pairs = list(zip(amounts, lies_in, strict=True))
    have = [sum((amount for amount, other in pairs if other == kind), Fraction(0)) for kind in kinds]
    best = Fraction(0)
    for order in permutations(range(len(kinds))):
        room = [cap.most for cap in whole]
        taken = Fraction(0)
        for at in order:
            amount = min([have[at], *(room[n] for n in kinds[at])])
            taken += amount
            for n in kinds[at]:
                room[n] -= amount
        best = max(best, taken)
    return best


def in_scope(of: Of, one: Activity) -> bool:
    assert isinstance(of, tuple)
    return not of or one.own["x-kind"] in of


@pytest.mark.slow
@settings(max_examples=400, deadline=None)
@given(schemes(), journals())
def test_a_second_evaluator_agrees(scheme: Scheme, activities: list[Activity]) -> None:
    assert recorded(scheme, activities) == naive(scheme, activities)


@dataclass(frozen=True)
class Case:
    """One member's records under one set of rules, on a date."""

    scheme: Scheme
    membership: SchemeMembership
    activities: list[Activity]
    on: date


TOPICS = {name: Filter(topics=(name,)) for name in ("p", "q", "r")}
SMALL = st.integers(1, 6).map(Fraction)
LATER = [date(2020, 1, 1), date(2024, 4, 1), date(2025, 3, 1), date(2026, 7, 1), date(2027, 1, 1)]
WHOLE = frozenset(("", *KINDS))


def scope_of(cap: Cap) -> frozenset[str]:
    """The kinds of activity under a cap."""
    assert isinstance(cap.of, tuple)
    return frozenset(cap.of) or WHOLE


def are_clear(caps: list[Cap]) -> bool:
    """Whether each cap on years is inside the caps on the window that it touches."""
    years, whole = ([cap for cap in caps if cap.per is per] for per in (Per.YEAR, Per.WINDOW))
    return all(
        scope_of(year) <= scope_of(other) or not scope_of(year) & scope_of(other) for year in years for other in whole
    )


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Schemes with each newer part of the language, and journals whose activities cross the ends of years."""
    per = draw(st.sampled_from([Per.ENTRY, Per.YEAR, Per.WINDOW]))
    pers = [Per.ENTRY] if per is Per.ENTRY else [Per.YEAR, Per.WINDOW, Per.ENTRY]
    caps = draw(st.lists(st.builds(Cap, st.just("cap"), SMALL, of=st.sampled_from(NESTED),
                                   per=st.sampled_from(pers)), max_size=3).filter(are_clear))  # fmt: skip
    outcome = draw(st.sampled_from([None, *Outcome]))
    requirements = [
        Requirement("run", "run", least=draw(SMALL), in_every=draw(st.integers(1, 3)), otherwise=outcome),
        Requirement("years", "years", of=("a",), least=draw(SMALL), in_each_year=True),
        Requirement("window", "window", least=draw(SMALL),
                    window=Window(draw(st.integers(1, 3)), draw(st.sampled_from([None, *LATER])))),
        Requirement("declared", "declared", Measure.DECLARED, otherwise=outcome,
                    by=draw(st.sampled_from([None, (1, 31), (7, 1), (12, 31)]))),
        Requirement("own", "own", least=draw(SMALL | st.none()), personal=draw(st.booleans()), otherwise=outcome),
    ]  # fmt: skip
    measure = draw(st.sampled_from([Measure.AMOUNT, Measure.ENTRIES]))
    if per is Per.ENTRY or measure is Measure.ENTRIES:
        # A cap on the window decides by date what is divided. The brute force does not.
        requirements.append(Requirement(
            "split", "split", measure, least=draw(SMALL), each_of=tuple(TOPICS), split=True,
            enough=draw(st.integers(0, 3)), in_each_year=draw(st.booleans()),
        ))  # fmt: skip
    period = PeriodRule(
        years=draw(st.integers(1, 2)), starts=draw(st.sampled_from([(1, 1), (7, 1)])), cycle=2024,
        record_by=draw(st.sampled_from([None, (1, 31), (6, 30)])), own_day=draw(st.booleans()),
    )  # fmt: skip
    amounts = draw(st.dictionaries(st.sampled_from(["run", "own", "years"]), st.integers(0, 4).map(Fraction)))
    statuses = {"active": SchemeRule(), "other": SchemeRule(draw(st.booleans()), amounts)}
    worth = draw(st.sampled_from([(), (Worth(("a",), Fraction(1, 2)),), (Worth(("b",), per_entry=Fraction(2)),)]))
    rules = Rules(period=period, requirements=tuple(requirements), categories=CATEGORIES | TOPICS, caps=tuple(caps),
                  worth=worth, statuses=statuses)  # fmt: skip
    membership = SchemeMembership(
        "x",
        start=draw(st.sampled_from([None, *LATER])),
        statuses=draw(st.sampled_from([(), (SchemeStatus("other", date(2026, 3, 1)),)])),
        first_day=draw(st.sampled_from(["", "04-01"])),
        targets=draw(st.sampled_from([{}, {"own": "2"}, {"own": "0", "run": "1"}])),
        declarations=tuple(
            Declaration("declared", year, on)
            for year, on in draw(st.dictionaries(st.integers(2024, 2027), DAYS | st.none(), max_size=3)).items()
        ),
    )
    return Case(Scheme("x", rules=(rules,)), membership, draw(long_activities()), draw(DAYS))


DAYS = st.integers(0, 900).map(lambda days: date(2025, 1, 1) + timedelta(days))


@st.composite
def long_activities(draw: st.DrawFn) -> list[Activity]:
    found = []
    for number in range(draw(st.integers(0, 5))):
        start = draw(DAYS | st.sampled_from([date(2025, 12, 20), date(2026, 6, 25), date(2026, 12, 31)]))
        found.append(
            activity(
                start.isoformat(),
                draw(st.sampled_from([20, 60, 90, 365])),
                number,
                end=start + timedelta(draw(st.sampled_from([0, 0, 1, 11, 400]))),
                topics=draw(st.lists(st.sampled_from(list(TOPICS)), unique=True).map(tuple)),
                own={"x-kind": draw(st.sampled_from(["", *KINDS]))},
            )
        )
    return found


class Brute:
    """The second evaluator of a case. It scans days, and compares every selection."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.rules = case.scheme.rules[0]
        self.known = [one for one in case.activities if one.start <= case.on]
        first_day = case.membership.first_day if self.rules.period.own_day else ""
        self.day = tuple(map(int, first_day.split("-"))) if first_day else self.rules.period.starts
        self.starts = [date(year, *self.day) for year in range(2000, 2050)]
        periods = [day for day in self.starts if (day.year - 2024) % self.rules.period.years == 0]
        self.start, self.stop = next(pair for pair in pairwise(periods) if pair[0] <= case.on < pair[1])

    def answers(self) -> dict[str, tuple[Fraction, str]]:
        return {each.id: self.answer(each) for each in self.rules.requirements}

    def answer(self, requirement: Requirement) -> tuple[Fraction, str]:
        recorded, needed, due = self.figure(requirement)
        if self.is_exempt(requirement):
            return recorded, "exempt"
        if needed is None:
            return recorded, "counted"
        if recorded >= needed:
            return recorded, "met"
        if due and self.case.on <= due:
            return recorded, "not-due"
        usual = Outcome.EXPLAIN if requirement.measure is Measure.DECLARED else Outcome.SHORT
        is_over = self.case.on + timedelta(1) >= self.stop or requirement.measure is Measure.DECLARED
        explains = (requirement.otherwise or usual) is Outcome.EXPLAIN and is_over
        return recorded, "explain" if explains else "short"

    def status(self) -> SchemeRule:
        is_other = any(each.start and each.start <= self.case.on for each in self.case.membership.statuses)
        return self.rules.statuses["other" if is_other else "active"]

    def is_exempt(self, requirement: Requirement) -> bool:
        status = self.status()
        return status.exempt or (requirement.id in status.amounts and self.needed(requirement) == 0)

    def needed(self, requirement: Requirement) -> Fraction | None:
        targets = self.case.membership.targets
        if requirement.personal and requirement.id in targets:
            return Fraction(targets[requirement.id])
        return self.status().amounts.get(requirement.id, requirement.least)

    def figure(self, requirement: Requirement) -> tuple[Fraction, Fraction | None, date | None]:
        """The amount recorded, the amount needed, and the day by which it is due."""
        needed = self.needed(requirement)
        if requirement.measure is Measure.DECLARED:
            return self.declared(requirement)
        if requirement.split:
            parts = [self.reached(requirement, *year) for year in self.begun(requirement)]
            return min(parts), Fraction(requirement.enough or 3), None
        if requirement.in_every:
            runs, first = self.runs(requirement.in_every)
            return min((self.amount(requirement, *run) for run in runs), default=Fraction(0)), needed, first
        if requirement.in_each_year:
            return min(self.amount(requirement, *year) for year in self.begun(requirement)), needed, None
        start, stop, due = self.start, self.stop, None
        if window := requirement.window:
            start = self.stop.replace(year=self.stop.year - window.years)
            if window.start:
                start = max(start, window.start)
                end = window.start.replace(year=window.start.year + window.years)
                stop, due = end if window.start >= stop else stop, end - timedelta(1)
            if since := self.case.membership.start:
                own = since.replace(year=since.year + window.years) - timedelta(1)
                due = max(due or own, own)
        return self.amount(requirement, start, stop), needed, due

    def declared(self, requirement: Requirement) -> tuple[Fraction, Fraction, date]:
        made = [one for one in self.case.membership.declarations if one.year == self.start.year]
        day, wanted = self.start, requirement.by
        if wanted is None:
            day, wanted = (self.stop, self.rules.period.record_by) if self.rules.period.record_by else (self.stop, None)
        while wanted and (day.month, day.day) != wanted:
            day += timedelta(1)
        day -= timedelta(0 if wanted else 1)
        return Fraction(sum(one.on is None or one.on <= self.case.on for one in made)), Fraction(1), day

    def begun(self, requirement: Requirement) -> list[tuple[date, date]]:
        """The years of the period that have begun; the whole period without `in-each-year`."""
        years = [pair for pair in pairwise(self.starts) if self.start <= pair[0] < self.stop]
        return [pair for pair in years if pair[0] <= self.case.on] if requirement.in_each_year else [
            (self.start, self.stop)]  # fmt: skip

    def runs(self, years: int) -> tuple[list[tuple[date, date]], date | None]:
        """The runs that count on the date, and the last day of the first one if none does yet."""
        since = self.case.membership.start or date.min
        every = [(first, self.starts[number + years], self.starts[number + years - 1])
                 for number, first in enumerate(self.starts[:-years]) if first >= since]  # fmt: skip
        here = [(first, stop) for first, stop, last in every if self.start <= last < self.stop and last <= self.case.on]
        return here, None if here else next(stop for _, stop, _ in every) - timedelta(1)

    def reached(self, requirement: Requirement, start: date, stop: date) -> Fraction:
        """The most categories of which every selection has enough activities."""
        # A member who is exempt has no amount, and one hour shows what is done.
        least = Fraction(1) if self.status().exempt else requirement.least or Fraction(0)
        items = [(self.counts(requirement, one, start, stop), {*one.topics}) for one in self.known]
        possible = [
            some
            for count in range(4)
            for some in combinations(TOPICS, count)
            if all(
                sum(amount for amount, topics in items if topics & {*selection}) >= len(selection) * least
                for size in range(1, count + 1)
                for selection in combinations(some, size)
            )
        ]
        return Fraction(max(map(len, possible)))

    def counts(self, requirement: Requirement, one: Activity, start: date, stop: date) -> Fraction:
        """What one activity counts between two days, where only caps on each activity apply."""
        if requirement.measure is Measure.ENTRIES:
            return Fraction(one.start < stop and one.end >= start)
        return sum(self.by_day(one, start, stop).values(), Fraction(0))

    def by_day(self, one: Activity, start: date, stop: date) -> dict[date, Fraction]:
        """What one activity is worth on each of its days from `start` to before `stop`."""
        days = [one.start + timedelta(number) for number in range((one.end - one.start).days + 1)]
        each, more = divmod(one.minutes, len(days))
        amounts = {day: Fraction(each + (number < more), 60) for number, day in enumerate(days)}
        for worth in self.rules.worth:
            if in_scope(worth.of, one) and worth.per_entry is not None:
                amounts = {one.end: worth.per_entry}
            elif in_scope(worth.of, one):
                amounts = {day: amount * (worth.per_hour or 0) for day, amount in amounts.items()}
        amounts = {day: amount for day, amount in amounts.items() if start <= day < stop}
        total = sum(amounts.values(), Fraction(0))
        most = min([total, *(cap.most for cap in self.rules.caps if cap.per is Per.ENTRY and in_scope(cap.of, one))])
        return {day: amount * most / total for day, amount in amounts.items()} if total else {}

    def amount(self, requirement: Requirement, start: date, stop: date) -> Fraction:
        """What counts between two days: for nested caps, the least of what any selection of them and the rest allow."""
        inside = [one for one in self.known if in_scope(requirement.of, one)]
        years = [start, *(day for day in self.cuts(start, stop) if start < day < stop), stop]
        wide = [cap for cap in self.rules.caps if cap.per is not Per.ENTRY]
        places = [(cap, first, last) for cap in wide for first, last in
                  (pairwise(years) if cap.per is Per.YEAR else [(start, stop)])]  # fmt: skip
        amounts = [(one, day, amount) for one in inside for day, amount in self.by_day(one, start, stop).items()]
        lies_in: dict[frozenset[int], Fraction] = {}
        for one, day, amount in amounts:
            key = frozenset(number for number, (cap, first, last) in enumerate(places)
                            if in_scope(cap.of, one) and first <= day < last)  # fmt: skip
            lies_in[key] = lies_in.get(key, Fraction(0)) + amount
        return min(
            sum((places[number][0].most for number in some), Fraction(0))
            + sum((amount for key, amount in lies_in.items() if not key & {*some}), Fraction(0))
            for size in range(len(places) + 1)
            for some in combinations(range(len(places)), size)
        )

    def cuts(self, start: date, stop: date) -> list[date]:
        """The first days of the years of a window, counted from its own first day."""
        return [start.replace(year=year) for year in range(start.year, stop.year + 1)]


@pytest.mark.slow
@settings(max_examples=400, deadline=None)
@given(cases())
def test_a_second_evaluator_agrees_about_splits_runs_declarations_and_caps_a_year(case: Case) -> None:
    standing = evaluate(case.scheme, case.membership, Records(case.activities), case.on)
    assert standing
    found = {each.requirement.id: (each.recorded, each.state.value) for each in standing.figures}
    assert found == Brute(case).answers()


@given(schemes(), journals(), st.randoms())
def test_the_order_of_records_makes_no_difference(scheme: Scheme, activities: list[Activity], random: object) -> None:
    shuffled = list(activities)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert evaluate(scheme, None, Records(activities), ON) == evaluate(scheme, None, Records(shuffled), ON)


NAMES = st.sampled_from(shipped_schemes())


@given(NAMES, journals(), st.integers(1, 600))
def test_more_never_lowers_an_amount(name: str, activities: list[Activity], minutes: int) -> None:
    scheme = shipped_scheme(name)
    assert scheme
    more = [*activities, activity("2026-05-01", minutes, 99, type=ActivityType.EVENT)]
    for membership in (None, SchemeMembership(name, date(2020, 2, 29))):
        before = evaluate(scheme, membership, Records(activities), ON)
        after = evaluate(scheme, membership, Records(more), ON)
        assert before and after
        for one, other in zip(before.figures, after.figures, strict=True):
            if one.requirement.measure == "amount":
                assert other.recorded >= one.recorded


@given(journals(), st.integers(1, 59))
def test_one_activity_in_two_parts_is_the_same(activities: list[Activity], minutes: int) -> None:
    scheme = shipped_scheme("acca")
    assert scheme
    whole = activity("2026-05-01", 60, 98, verifiable=True)
    parts = [replace(whole, minutes=minutes), replace(whole, id="z", path="activities/z.md", minutes=60 - minutes)]
    assert recorded(scheme, [*activities, whole]) == recorded(scheme, [*activities, *parts])


@given(NAMES, journals())
def test_the_parts_add_up(name: str, activities: list[Activity]) -> None:
    scheme = shipped_scheme(name)
    assert scheme
    standing = evaluate(scheme, None, Records(activities), ON)
    assert standing
    for figure in standing.figures:
        if figure.requirement.measure == "amount" and not figure.parts:
            assert figure.recorded == figure.carried + sum(each.counted for each in figure.entries)
        for each in figure.entries:
            assert each.counted + sum(lost.amount for lost in each.lost) == each.worth


def test_a_scheme_without_rules_says_nothing() -> None:
    assert evaluate(Scheme("x"), None, Records([]), ON) is None


def test_on_an_earlier_day_what_began_later_had_not_happened() -> None:
    scheme = shipped_scheme("iet")
    assert scheme
    before, after = activity("2026-02-01", 120, 1), activity("2026-03-01", 600, 2)
    planned = replace(activity("2026-04-01", 60, 3), status=Status.PLANNED)
    for on, recorded in ((date(2026, 2, 28), 2), (date(2026, 3, 1), 12)):
        standing = evaluate(scheme, None, Records([after, planned, before]), on)
        figure = standing and standing.figure("total")
        assert figure
        assert (figure.recorded, figure.planned) == (recorded, 1)


def test_one_journal_two_anchors(tmp_path: Path) -> None:
    """A calendar year and years from the member's start date: each has its own edge, and an activity is in both."""
    own = "id: own\nperiod: {years: 3, starts: member}\nrequirements: [{id: total, title: hours, at-least: 35}]\n"
    day = FIELDS.replace("start: 2026-03-14", "start: {}").format
    files = {
        "cpd.yaml": "name: A\nschemes: [iet, {scheme: own, start: 2024-02-29}, gone]\n",
        "schemes/own.yaml": own,
        "activities/a.md": record(day("2025-12-31")),
        "activities/b.md": record(day("2026-01-01")),
        "activities/c.md": record(day("2024-02-28")),
        "activities/d.md": record(day("2024-02-28").replace("hours: 2", "end: 2024-02-29\nhours: 1 min")),
    }
    journal_of(tmp_path, files)
    journal = load(tmp_path)
    vocabulary = vocabulary_in(journal)
    iet, owns = standings_in(journal, vocabulary, date(2026, 6, 30))
    total = [standing.figure("total") for standing in (iet, owns)]
    assert [figure.recorded for figure in total if figure] == [2, 4]
    assert [len(figure.entries) for figure in total if figure] == [1, 3]
    assert (owns.period.start, owns.period.last) == (date(2024, 2, 29), date(2027, 2, 28))
    assert [each.scheme.id for each in standings_in(journal, vocabulary, date(2026, 6, 30), ("rics",))] == ["rics"]
    with pytest.raises(UsageError):
        standings_in(journal, vocabulary, date(2026, 6, 30), ("gone",))
