"""Activities divided among categories: properties, compared with every possible division, and real cases."""

import time
from collections.abc import Sequence
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cpdkit.schemes.evaluate import Records, evaluate
from cpdkit.schemes.rules import Filter, Measure, PeriodRule, Requirement, Rules, Scheme
from cpdkit.schemes.split import MOST_PARTS, Group, split
from cpdkit.schemes.standing import Figure, State
from tests.schemes.records import activity

ON = date(2026, 12, 31)
Items = list[tuple[Fraction, Group]]
Case = tuple[Items, list[Fraction]]


@st.composite
def cases(draw: st.DrawFn, most: int = 4, count: int = 6, steps: int = 60) -> Case:
    """Items and targets: at most so many categories and items, in whole steps."""
    size = draw(st.integers(1, most))
    amounts = st.integers(0, 4 * steps).map(lambda number: Fraction(number, steps))
    groups = st.frozensets(st.integers(0, size - 1))
    items = draw(st.lists(st.tuples(amounts, groups), max_size=count))
    return items, draw(st.lists(amounts, min_size=size, max_size=size))


WHOLE = cases(3, 4, 1)
"""Cases in whole hours, few enough to try every division."""


def given_to(case: Case) -> list[Fraction]:
    """What each category gets."""
    items, targets = case
    shares = split(items, targets)
    return [sum((each.get(number, Fraction(0)) for each in shares), Fraction(0)) for number in range(len(targets))]


def divisions(case: Case) -> set[tuple[int, ...]]:
    """What each category gets in every division of whole hours."""
    items, targets = case
    every = {(0,) * len(targets)}
    for amount, group in items:
        for _ in range(int(amount) if group else 0):
            every = {tuple(have + (number == to) for number, have in enumerate(each)) for each in every for to in group}
    return every


def reached(amounts: Sequence[Fraction | int], targets: list[Fraction]) -> int:
    return sum(amount >= target for amount, target in zip(amounts, targets, strict=True))


def missing(amounts: Sequence[Fraction | int], targets: list[Fraction]) -> Fraction:
    pairs = zip(amounts, targets, strict=True)
    return sum((max(target - amount, Fraction(0)) for amount, target in pairs), Fraction(0))


@given(cases())
def test_nothing_is_created_or_lost_and_each_share_is_in_a_category_of_its_item(case: Case) -> None:
    items, targets = case
    shares = split(items, targets)
    assert len(shares) == len(items)
    for (amount, group), each in zip(items, shares, strict=True):
        assert sum(each.values(), Fraction(0)) == (amount if group else 0)
        assert each.keys() <= group
        assert all(share > 0 for share in each.values())


@settings(max_examples=300)
@given(WHOLE)
def test_no_division_reaches_more_categories_or_leaves_less_missing(case: Case) -> None:
    """The least that is missing in any division is also the least among those that reach most categories."""
    targets = case[1]
    every = divisions(case)
    amounts = given_to(case)
    assert reached(amounts, targets) == max(reached(each, targets) for each in every)
    assert missing(amounts, targets) == min(missing(each, targets) for each in every)


@given(cases(), st.integers(1, 60))
def test_one_item_in_two_parts_gives_the_same(case: Case, number: int) -> None:
    items, targets = case
    share = Fraction(number, 61)
    parts = [(amount * part, group) for amount, group in items for part in (share, 1 - share)]
    assert given_to((parts, targets)) == given_to(case)


@given(cases(), st.randoms())
def test_the_order_of_items_changes_neither_what_is_reached_nor_what_is_missing(case: Case, random: object) -> None:
    items, targets = case
    shuffled = list(items)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = given_to(case), given_to((shuffled, targets))
    assert (reached(one, targets), missing(one, targets)) == (reached(other, targets), missing(other, targets))


@given(cases(), st.randoms())
def test_items_in_the_same_categories_can_change_places(case: Case, random: object) -> None:
    items, targets = case
    amounts = sorted(items, key=lambda item: sorted(item[1]))
    random.shuffle(amounts)  # type: ignore[attr-defined]
    left = {group: [amount for amount, other in amounts if other == group] for _, group in items}
    assert given_to(([(left[group].pop(), group) for _, group in items], targets)) == given_to(case)


@given(cases(), st.integers(0, 3), st.integers(1, 120))
def test_more_hours_never_reach_fewer_categories(case: Case, number: int, more: int) -> None:
    items, targets = case
    group = frozenset({number % len(targets)})
    assert reached(given_to(([*items, (Fraction(more, 60), group)], targets)), targets) >= (
        reached(given_to(case), targets)
    )


@pytest.mark.parametrize(
    ("items", "targets", "amounts"),
    [
        ([], [1, 1], [0, 0]),
        ([(2, "")], [1], [0]),
        ([(2, "ab"), (2, "bc"), (2, "ca")], [2, 2, 2], [2, 2, 2]),
        ([(2, "ab"), (2, "a")], [2, 2], [2, 2]),
        ([(2, "ab"), (2, "b")], [2, 2], [2, 2]),
        ([(3, "ab")], [2, 2], [2, 1]),
        ([(5, "abc")], [4, 2, 2], [1, 2, 2]),
        ([(5, "ab")], [1, 1], [4, 1]),
        ([(2, "ab")], [0, 2], [0, 2]),
        ([(1, "a"), (10**30, "ab")], [1, 10**30], [1, 10**30]),
    ],
)
def test_hours_divided_by_hand(items: list[tuple[int, str]], targets: list[int], amounts: list[int]) -> None:
    some = [(Fraction(amount), frozenset("abc".index(each) for each in group)) for amount, group in items]
    assert given_to((some, [Fraction(each) for each in targets])) == amounts


NAMES = tuple(f"topic {number}" for number in range(MOST_PARTS))
TOPICS = {name: Filter(topics=(name,)) for name in NAMES}


def figure_of(requirement: Requirement, records: Records, years: int = 1, on: date = ON) -> Figure:
    rules = Rules(requirements=(requirement,), categories=TOPICS, period=PeriodRule(years, cycle=2025))
    standing = evaluate(Scheme("x", rules=(rules,)), None, records, on)
    assert standing
    return standing.figures[0]


TEN = Requirement("topics", "topics", each_of=NAMES, split=True, least=Fraction(2))
SEMINAR = activity("2026-03-14", 120, topics=NAMES)


def test_one_seminar_of_two_hours_with_ten_topics_reaches_one_topic() -> None:
    figure = figure_of(TEN, Records([SEMINAR]))
    assert (figure.recorded, figure.target, figure.state) == (1, 10, State.SHORT)
    assert sum(part.recorded for part in figure.parts) == 2
    assert figure.entries[0].shares == ((NAMES[0], 2),)
    assert (
        figure_of(Requirement("topics", "topics", each_of=NAMES, least=Fraction(2)), Records([SEMINAR])).recorded == 10
    )


def test_an_hour_is_divided_between_the_topics_that_lack_it() -> None:
    two = Requirement("topics", "topics", each_of=NAMES[:2], split=True, least=Fraction(1))
    figure = figure_of(two, Records([SEMINAR]))
    assert figure.entries[0].shares == ((NAMES[0], 1), (NAMES[1], 1))
    assert figure.state is State.MET


@pytest.mark.parametrize(("enough", "state"), [(1, State.MET), (2, State.SHORT), (0, State.SHORT)])
def test_some_of_the_categories_can_be_enough(enough: int, state: State) -> None:
    some = Requirement("topics", "topics", each_of=NAMES, split=True, enough=enough, least=Fraction(2))
    figure = figure_of(some, Records([SEMINAR]))
    assert (figure.target, figure.state) == (enough or 10, state)


def test_without_an_amount_one_hour_in_each_category_is_needed() -> None:
    two = Requirement("topics", "topics", each_of=NAMES[:2], split=True)
    assert figure_of(two, Records([SEMINAR])).state is State.MET


def test_activities_are_counted_in_one_category_each() -> None:
    """A whole activity counts as one, so ten categories need ten activities."""
    each = Requirement("topics", "topics", Measure.ENTRIES, each_of=NAMES, split=True, least=Fraction(1))
    done = [activity("2026-03-14", 60, number, topics=NAMES) for number in range(9)]
    assert figure_of(each, Records(done)).recorded == 9
    assert figure_of(each, Records([*done, SEMINAR])).state is State.MET


def test_an_activity_without_a_category_is_not_divided() -> None:
    figure = figure_of(TEN, Records([activity("2026-03-14", 600)]))
    assert (figure.recorded, figure.entries) == (0, ())


@pytest.mark.parametrize(("on", "years", "recorded"), [("2025-06-30", 2, 2), ("2026-06-30", 2, 0)])
def test_in_each_year_the_hours_are_divided_anew(on: str, years: int, recorded: int) -> None:
    two = Requirement("topics", "topics", each_of=NAMES[:2], split=True, in_each_year=True, least=Fraction(1))
    done = [activity("2025-03-14", 120, topics=NAMES)]
    figure = figure_of(two, Records(done), years, date.fromisoformat(on))
    assert (figure.recorded, figure.target) == (recorded, 2)


def test_the_order_of_records_does_not_change_the_shares() -> None:
    done = [activity("2026-03-14", 30 + number, number, topics=NAMES[number % 3 :]) for number in range(12)]
    assert figure_of(TEN, Records(done)) == figure_of(TEN, Records(done[::-1]))


@pytest.mark.slow
@pytest.mark.parametrize("target", [1, 600, 10**6])
def test_many_activities_in_every_combination_of_ten_categories_take_no_time(target: int) -> None:
    """Both many hours and too few: without care, each selection searches each combination."""
    groups = [frozenset(number for number in range(MOST_PARTS) if some >> number & 1) for some in range(1, 1024)]
    items = [(Fraction(1 + number % 600, 60), groups[number % 1023]) for number in range(10_000)]
    start = time.process_time()
    shares = split(items, [Fraction(target)] * MOST_PARTS)
    assert time.process_time() - start < 2
    assert sum(sum(each.values()) for each in shares) == sum(amount for amount, _ in items)
