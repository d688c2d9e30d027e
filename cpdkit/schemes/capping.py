"""As much as several caps let count: exact, and independent of the order of entries.

Activities in the same caps are alike, so that there are only a few kinds of them. Where caps lie inside each other or
apart, filling the smallest first is best. Where they cross, a small linear program over the kinds is solved exactly.
What is left out is taken from the latest activities, as their owner would expect.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction

Kind = frozenset[int]
"""The numbers of the caps that an entry lies in."""
_ZERO = Fraction(0)


def counted(amounts: Sequence[Fraction], kinds: Sequence[Kind], caps: Mapping[int, Fraction]) -> list[Fraction]:
    """How much of each amount counts, the earliest first; the sum is the largest that the caps allow."""
    whole: dict[Kind, Fraction] = {}
    for amount, kind in zip(amounts, kinds, strict=True):
        whole[kind] = whole.get(kind, _ZERO) + amount
    left = most(whole, caps)
    cut = {kind for kind, have in whole.items() if left[kind] != have}
    found = []
    for amount, kind in zip(amounts, kinds, strict=True):
        if kind not in cut:
            found.append(amount)
            continue
        taken = min(amount, left[kind])
        left[kind] -= taken
        found.append(taken)
    return found


def most(whole: Mapping[Kind, Fraction], caps: Mapping[int, Fraction]) -> dict[Kind, Fraction]:
    """How much of each kind counts, so that the sum is as large as can be."""
    bound = {cap for cap, limit in caps.items() if sum(have for kind, have in whole.items() if cap in kind) > limit}
    if not bound:
        return dict(whole)
    members = {cap: frozenset(kind for kind in whole if cap in kind) for cap in bound}
    if _are_nested(list(members.values())):
        return _nested(whole, members, caps)
    return _solved(whole, members, caps)


def _are_nested(groups: Sequence[frozenset[Kind]]) -> bool:
    return all(a <= b or b <= a or not a & b for a in groups for b in groups)


def _nested(
    whole: Mapping[Kind, Fraction], members: Mapping[int, frozenset[Kind]], caps: Mapping[int, Fraction]
) -> dict[Kind, Fraction]:
    """Cut by the smallest groups first: what they leave, a larger one cuts again."""
    found = dict(whole)
    for cap in sorted(members, key=lambda each: (len(members[each]), each)):
        over = sum((found[kind] for kind in members[cap]), _ZERO) - caps[cap]
        for kind in sorted(members[cap], key=sorted, reverse=True):
            if over > 0:
                taken = min(over, found[kind])
                found[kind] -= taken
                over -= taken
    return found


def _solved(
    whole: Mapping[Kind, Fraction], members: Mapping[int, frozenset[Kind]], caps: Mapping[int, Fraction]
) -> dict[Kind, Fraction]:
    """The simplex method with Bland's rule: maximise the sum, each kind at most what there is, each cap kept."""
    kinds = sorted(whole, key=sorted)
    rows = [([Fraction(kind in group) for kind in kinds], caps[cap]) for cap, group in sorted(members.items())]
    rows += [([Fraction(one == kind) for one in kinds], whole[kind]) for kind in kinds]
    size = len(kinds)
    table = [
        [*row, *(Fraction(at == number) for at in range(len(rows))), limit] for number, (row, limit) in enumerate(rows)
    ]
    goal = [Fraction(-1)] * size + [_ZERO] * (len(rows) + 1)
    basis = [size + number for number in range(len(rows))]
    while (column := next((at for at, value in enumerate(goal[:-1]) if value < 0), None)) is not None:
        ratios = [(row[-1] / row[column], basis[at], at) for at, row in enumerate(table) if row[column] > 0]
        _, _, pivot = min(ratios)
        basis[pivot] = column
        table[pivot] = [value / table[pivot][column] for value in table[pivot]]
        for at, row in enumerate(table):
            if at != pivot and row[column]:
                table[at] = _less(row, table[pivot], row[column])
        goal = _less(goal, table[pivot], goal[column])
    values = {column: table[at][-1] for at, column in enumerate(basis)}
    return {kind: values.get(number, _ZERO) for number, kind in enumerate(kinds)}


def _less(row: Sequence[Fraction], other: Sequence[Fraction], times: Fraction) -> list[Fraction]:
    return [value - times * one for value, one in zip(row, other, strict=True)]
