"""Divide activities among categories so that each hour counts once, in the way that is best for the member.

Best is: as many categories as possible reach their target; then, as little as possible is missing in the others.
"""

from collections import defaultdict
from collections.abc import Sequence
from fractions import Fraction
from typing import TypeAlias

Group: TypeAlias = frozenset[int]
"""The numbers of the categories that some activities are in."""
MOST_PARTS = 10
"""The most categories: every selection of them is compared."""
_ZERO = Fraction(0)


def split(items: Sequence[tuple[Fraction, Group]], targets: Sequence[Fraction]) -> list[dict[int, Fraction]]:
    """Return what each item gives to each category. `items` are amounts with their categories, in order of date.

    What no category needs goes to the item's first one.
    """
    groups: dict[Group, Fraction] = defaultdict(Fraction)
    for amount, group in items:
        groups[group] += amount
    chosen = _most_reached(groups, targets)
    flow = _Flow(groups)
    for category in sorted(range(len(targets)), key=lambda one: one not in chosen):
        flow.fill(category, targets[category])
    for group, spare in flow.spare.items():
        if group:
            flow.given[group][min(group)] += spare
    return [_share(amount, flow.given[group]) for amount, group in items]


def _most_reached(groups: dict[Group, Fraction], targets: Sequence[Fraction]) -> Group:
    """Return a largest set of categories that can all reach their targets together.

    By Hall's theorem they can if every selection of them needs at most the total of the activities in any of it.
    """
    within = _within(groups, len(targets))
    every = len(within) - 1
    best: Group = frozenset()
    possible = {best}
    layer = [best]
    while layer:
        larger = {one | {number} for one in layer for number in range(len(targets)) if number not in one}
        layer = []
        for one in sorted(larger, key=sorted):
            if all(one - {number} in possible for number in one):
                there = within[every] - within[every & ~_bits(one)]
                if sum(targets[number] for number in one) <= there:
                    layer.append(one)
        possible.update(layer)
        best = layer[0] if layer else best
    return best


def _within(groups: dict[Group, Fraction], count: int) -> list[Fraction]:
    """Return the activities of the groups within each selection of categories; a selection is a number of bits.

    One category after the other is added, so that the groups are not searched for each selection.
    """
    within = [_ZERO] * (1 << count)
    for group, amount in groups.items():
        within[_bits(group)] += amount
    for number in range(count):
        for selection in range(1 << count):
            if selection >> number & 1:
                within[selection] += within[selection ^ 1 << number]
    return within


def _bits(group: Group) -> int:
    return sum(1 << number for number in group)


class _Flow:
    """What groups of activities give to categories, filled one category after the other."""

    def __init__(self, groups: dict[Group, Fraction]) -> None:
        self.spare = dict(groups)
        self.given: dict[Group, dict[int, Fraction]] = {group: defaultdict(Fraction) for group in groups}

    def fill(self, category: int, target: Fraction) -> None:
        """Raise a category to its target as far as possible; the categories before it keep what they have."""
        missing = target
        for group, given in self.given.items():
            if category in group and (amount := min(missing, self.spare[group])) > 0:
                self.spare[group] -= amount
                given[category] += amount
                missing -= amount
        while missing > 0 and (way := self._way(category)):
            amount = min(missing, self.spare[way[0][0]], *(self.given[group][other] for group, other in way[1:]))
            self.spare[way[0][0]] -= amount
            for at, (group, other) in enumerate(way):
                to = way[at + 1][1] if at + 1 < len(way) else category
                if at:
                    self.given[group][other] -= amount
                self.given[group][to] += amount
            missing -= amount

    def _way(self, category: int) -> list[tuple[Group, int]]:
        """Return the shortest way to give more to a category; empty if there is none.

        The first group has something spare. It gives that to the category of the next pair, whose group moves as much
        on; the last group gives to the category itself.
        """
        came: dict[int, list[tuple[Group, int]]] = {category: []}
        waiting = [category]
        for at in waiting:
            for group in self.given:
                if at not in group:
                    continue
                if self.spare[group] > 0:
                    return [(group, at), *came[at]]
                for other, amount in self.given[group].items():
                    if amount > 0 and other not in came:
                        came[other] = [(group, other), *came[at]]
                        waiting.append(other)
        return []


def _share(amount: Fraction, left: dict[int, Fraction]) -> dict[int, Fraction]:
    """Return what one item gives, and take it from what its group gives."""
    shares = {}
    for category in sorted(left):
        if (part := min(amount, left[category])) > 0:
            shares[category] = part
            left[category] -= part
            amount -= part
    return shares
