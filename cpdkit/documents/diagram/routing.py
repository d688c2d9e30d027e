"""Find a way for a line around boxes, with few bends, along other lines only if there is no other way."""

import heapq
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

Point = tuple[float, float]
Rectangle = tuple[float, float, float, float]
"""Left, top, right, bottom."""

BEND, CROSSING, ALONG = 40.0, 25.0, 400.0
"""What a bend, crossing another line, and a part along another line cost, as points of length."""
CLEAR = 6.0
"""The space between a line and a box that it passes."""
_NEAR = 0.1


def routed(
    starts: Sequence[tuple[Point, Point]],
    stops: Sequence[tuple[Point, Point]],
    boxes: Sequence[Rectangle],
    lines: Sequence[Sequence[Point]],
    size: tuple[float, float],
) -> tuple[Point, ...]:
    """Return the points of the cheapest way from one box to another.

    `starts` and `stops` are places at the edge of the two boxes, each with the next point outside. `lines` are those
    already drawn. The way leads through a grid of lines close to the boxes and the edges of the drawing.
    """
    outside = [each for _, each in (*starts, *stops)]
    xs = sorted({x for left, _, right, _ in boxes for x in (left - CLEAR, right + CLEAR)} | {x for x, _ in outside})
    ys = sorted({y for _, top, _, bottom in boxes for y in (top - CLEAR, bottom + CLEAR)} | {y for _, y in outside})
    xs = sorted({2.0, *(x for x in xs if 0 < x < size[0]), size[0] - 2})
    ys = sorted({2.0, *(y for y in ys if 0 < y < size[1]), size[1] - 2})
    drawn = [part for line in lines for part in pairwise(line)]
    grid = _Grid(xs, ys, boxes, drawn)
    goals = {grid.nearest(after): edge for edge, after in stops if _is_free(edge, after, boxes)}
    begins = {grid.nearest(after): edge for edge, after in starts if _is_free(edge, after, boxes)}
    way = grid.way(begins, goals)
    if way is None:  # every side of a box is closed in
        (start, _), (stop, _) = starts[0], stops[0]
        return start, (stop[0], start[1]), stop
    points = [begins[way[0]], *(grid.point(place) for place in way), goals[way[-1]]]
    return tuple(_straightened(points))


Place = tuple[int, int]


def _is_free(edge: Point, outside: Point, boxes: Iterable[Rectangle]) -> bool:
    """Return whether a line from a box crosses no other one."""
    left, right = sorted((edge[0], outside[0]))
    top, bottom = sorted((edge[1], outside[1]))
    return not any(
        left < box[2] - _NEAR and right > box[0] + _NEAR and top < box[3] - _NEAR and bottom > box[1] + _NEAR
        for box in boxes
    )


class _Grid:
    """The places that a line can pass: where a column (an x) and a row (a y) meet."""

    def __init__(
        self, xs: Sequence[float], ys: Sequence[float], boxes: Sequence[Rectangle], drawn: Sequence[tuple[Point, Point]]
    ) -> None:
        self.xs = xs
        self.ys = ys
        self.columns = [_Lane(x, [(top, left, bottom, right) for left, top, right, bottom in boxes], _swapped(drawn))
                        for x in xs]  # fmt: skip
        self.rows = [_Lane(y, boxes, drawn) for y in ys]

    def point(self, place: Place) -> Point:
        return self.xs[place[0]], self.ys[place[1]]

    def nearest(self, point: Point) -> Place:
        """Return the place of a point of the grid."""
        return (
            min(range(len(self.xs)), key=lambda n: abs(self.xs[n] - point[0])),
            min(range(len(self.ys)), key=lambda n: abs(self.ys[n] - point[1])),
        )

    def cost(self, place: Place, following: Place) -> float | None:
        """Return the cost of the step to a neighbour, or None if it crosses a box."""
        (x, y), (other_x, other_y) = self.point(place), self.point(following)
        return self.columns[place[0]].cost(y, other_y) if x == other_x else self.rows[place[1]].cost(x, other_x)

    def way(self, begins: Mapping[Place, object], goals: Mapping[Place, object]) -> list[Place] | None:
        """Return the places of the cheapest way from one of some places to another."""
        waiting: list[tuple[float, Place, int]] = []
        best: dict[tuple[Place, int], float] = {}
        before: dict[tuple[Place, int], tuple[Place, int]] = {}
        for place in begins:
            for turn in (0, 1):
                best[place, turn] = 0.0
                heapq.heappush(waiting, (0.0, place, turn))
        while waiting:
            cost, place, turn = heapq.heappop(waiting)
            if cost > best[place, turn]:
                continue
            if place in goals:
                return _back((place, turn), before)
            for following, way in self.neighbours(place):
                step = self.cost(place, following)
                if step is None:
                    continue
                total = cost + step + (BEND if way != turn else 0.0)
                if total < best.get((following, way), float("inf")):
                    best[following, way] = total
                    before[following, way] = (place, turn)
                    heapq.heappush(waiting, (total, following, way))
        return None

    def neighbours(self, place: Place) -> Iterable[tuple[Place, int]]:
        x, y = place
        for step in (-1, 1):
            if 0 <= x + step < len(self.xs):
                yield (x + step, y), 0
            if 0 <= y + step < len(self.ys):
                yield (x, y + step), 1


def _back(state: tuple[Place, int], before: Mapping[tuple[Place, int], tuple[Place, int]]) -> list[Place]:
    way = [state[0]]
    while state in before:
        state = before[state]
        if state[0] != way[-1]:
            way.append(state[0])
    return way[::-1]


class _Lane:
    """A row of the grid; a column is one with x and y swapped."""

    def __init__(self, at: float, boxes: Iterable[Rectangle], drawn: Iterable[tuple[Point, Point]]) -> None:
        self.closed = [
            (left - _NEAR, right + _NEAR) for left, top, right, bottom in boxes if top - _NEAR < at < bottom + _NEAR
        ]
        self.along: list[tuple[float, float]] = []
        self.across: list[float] = []
        for one, other in drawn:
            left, right = sorted((one[0], other[0]))
            top, bottom = sorted((one[1], other[1]))
            if bottom - top < _NEAR:
                if abs(top - at) <= CLEAR / 2:
                    self.along.append((left, right))
            elif top - _NEAR <= at <= bottom + _NEAR:
                self.across.append(left)

    def cost(self, start: float, stop: float) -> float | None:
        low, high = sorted((start, stop))
        if any(low < right and high > left for left, right in self.closed):
            return None
        shared = sum(low < right - _NEAR and high > left + _NEAR for left, right in self.along)
        crossed = sum(low - _NEAR <= x <= high + _NEAR for x in self.across)
        return high - low + ALONG * shared + CROSSING * crossed


def _swapped(drawn: Iterable[tuple[Point, Point]]) -> list[tuple[Point, Point]]:
    return [((one[1], one[0]), (other[1], other[0])) for one, other in drawn]


def _straightened(points: Sequence[Point]) -> Iterable[Point]:
    """Yield the points without those in the middle of a straight part."""
    kept: list[Point] = []
    for point in points:
        if kept and abs(kept[-1][0] - point[0]) < _NEAR and abs(kept[-1][1] - point[1]) < _NEAR:
            continue
        if len(kept) > 1 and _is_between(kept[-2], kept[-1], point):
            kept[-1] = point
        else:
            kept.append(point)
    return kept


def _is_between(one: Point, middle: Point, other: Point) -> bool:
    same_x = abs(one[0] - middle[0]) < _NEAR and abs(middle[0] - other[0]) < _NEAR
    same_y = abs(one[1] - middle[1]) < _NEAR and abs(middle[1] - other[1]) < _NEAR
    return same_x or same_y
