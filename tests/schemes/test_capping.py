"""As much counts as caps allow: checked against trying everything."""

from fractions import Fraction
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from cpdkit.schemes.capping import counted, most

AMOUNTS = st.lists(st.integers(0, 4), min_size=1, max_size=4)
CAPS = st.dictionaries(st.integers(0, 2), st.integers(0, 6), max_size=3)
KINDS = st.frozensets(st.integers(0, 2))


@given(st.data(), AMOUNTS, CAPS)
def test_the_sum_is_the_largest_that_there_is(data: st.DataObject, amounts: list[int], caps: dict[int, int]) -> None:
    kinds = [frozenset(data.draw(KINDS) & caps.keys()) for _ in amounts]
    limits = {cap: Fraction(limit) for cap, limit in caps.items()}
    made = counted([Fraction(each) for each in amounts], kinds, limits)
    assert all(0 <= one <= whole for one, whole in zip(made, amounts, strict=True))
    for cap, limit in limits.items():
        assert sum(one for one, kind in zip(made, kinds, strict=True) if cap in kind) <= limit
    # Halves are enough: with three caps every corner of what is possible lies on them.
    best = max(
        (sum(tried) for tried in product(*(range(0, 2 * each + 1) for each in amounts))
         if all(sum(one for one, kind in zip(tried, kinds, strict=True) if cap in kind) <= 2 * limit
                for cap, limit in caps.items())),
        default=0,
    )  # fmt: skip
    assert sum(made) == Fraction(best, 2)


def test_what_is_left_out_is_the_latest() -> None:
    kind = frozenset({0})
    assert counted([Fraction(3)] * 3, [kind] * 3, {0: Fraction(4)}) == [3, 1, 0]


def test_caps_that_cross_are_solved_exactly() -> None:
    a, b, both = frozenset({0}), frozenset({1}), frozenset({0, 1})
    whole = {a: Fraction(5), b: Fraction(5), both: Fraction(5)}
    assert most(whole, {0: Fraction(6), 1: Fraction(6)}) == {a: 5, b: 5, both: 1}
    assert most(whole, {0: Fraction(50)}) == whole
