"""Place the boxes of an organisation chart and its lines: no two boxes overlap, and no line crosses a box.

A manager with everybody below is a block: the manager above, and the blocks of the reports in columns, in each column
one below the other at a trunk. Each block has its own rectangle, so what is drawn inside one never reaches another.
There are several ways to make a block, some wide and some high. The chart is the one that needs the least reduction to
fit on the page. Lines between blocks (somebody with two managers) are routed around the boxes afterwards.

All lengths are points.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from cpdkit.documents.diagram.routing import routed
from cpdkit.journal.records import ME
from cpdkit.journal.reporting import Organisation

WIDTH = 116.0
"""The width of each box."""
GAP, DROP, RISE = 14.0, 30.0, 10.0
"""The space between boxes side by side, between levels, and between boxes at a trunk."""
ARM = 11.0
"""From a trunk to a box at its side."""
TRUNK = 12.0
"""From the middle of a manager to the beginning of a dotted line."""
HIGH, LOW = 8.0, 17.0
"""From a manager down to the dotted and to the solid line across."""
ARROW = 30.0
"""Room for the arrow at the right of the owner's box."""
PAGE = (481.0, 560.0)
"""The width and height of the room on a page, below a title."""
MOST_COLUMNS = 6
MOST_WAYS = 10
"""How many ways to make a block are compared."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """The rectangle of a colleague."""

    id: str
    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def centre(self) -> float:
        return self.x + self.width / 2


@dataclass(frozen=True, slots=True)
class Line:
    """A line through points, each level with or straight above the next."""

    points: tuple[Point, ...]
    dotted: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart that has been laid out: its size, its boxes and its lines."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]

    def box(self, name: str) -> Box:
        """Return the box of a colleague."""
        return next(each for each in self.boxes if each.id == name)


@dataclass(slots=True)
class _Block:
    """A part of the chart, at the origin. `attach` is where a line from above meets its top, `left` its first box."""

    width: float
    height: float
    attach: float
    boxes: list[Box] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)

    def moved(self, x: float, y: float) -> "_Block":
        boxes = [Box(box.id, box.x + x, box.y + y, box.width, box.height) for box in self.boxes]
        lines = [Line(tuple((px + x, py + y) for px, py in line.points), line.dotted) for line in self.lines]
        return _Block(self.width, self.height, self.attach + x, boxes, lines)


@dataclass(slots=True)
class _Tree:
    """Who is below whom, by ID: the first line of each person. `others` are further lines."""

    roots: list[str]
    solid: Mapping[str, list[str]]
    dotted: Mapping[str, list[str]]
    others: list[tuple[str, str, bool]]


def chart_of(organisation: Organisation, heights: Mapping[str, float]) -> Chart:
    """Return the chart of an organisation; `heights` are those of the boxes, by ID."""
    tree = _tree(organisation)
    arranging = _Arranging(tree, heights)
    ways = _side_by_side([arranging.ways(root) for root in tree.roots], 2 * GAP)
    charts = [Chart(block.width, block.height, tuple(block.boxes), tuple(block.lines)) for block in ways]
    best = max(charts, key=lambda chart: (round(scale_of(chart), 2), -chart.height))
    return _with_other_lines(best, tree.others)


def scale_of(chart: Chart) -> float:
    """Return by how much a chart must be reduced to fit on a page, at most 1."""
    return min(1.0, PAGE[0] / chart.width, PAGE[1] / chart.height)


def _tree(organisation: Organisation) -> _Tree:
    """Return the people in the order of the organisation, each below the first person that they report to."""
    names = [each.id for each in organisation.colleagues]
    above: dict[str, tuple[str, bool]] = {}
    others: list[tuple[str, str, bool]] = []
    # A solid line decides before a dotted one where a person is drawn.
    for report in sorted(organisation.reports, key=lambda each: each.dotted):
        if report.person in above or _is_above(report.person, report.to, above):
            others.append((report.person, report.to, report.dotted))
        else:
            above[report.person] = (report.to, report.dotted)
    solid: dict[str, list[str]] = {name: [] for name in names}
    dotted: dict[str, list[str]] = {name: [] for name in names}
    for name in names:
        if name in above:
            (dotted if above[name][1] else solid)[above[name][0]].append(name)
    return _Tree([name for name in names if name not in above], solid, dotted, others)


def _is_above(person: str, other: str, above: Mapping[str, tuple[str, bool]]) -> bool:
    """Return whether a person is already above another one, so that a line would make a circle."""
    name: str | None = other
    while name is not None:
        if name == person:
            return True
        name = above[name][0] if name in above else None
    return False


class _Arranging:
    """Arranges the blocks of a tree. A list of blocks has several ways to make the same one, the widest first."""

    def __init__(self, tree: _Tree, heights: Mapping[str, float]) -> None:
        self.tree = tree
        self.heights = heights
        self.known: dict[str, list[_Block]] = {}

    def ways(self, name: str) -> list[_Block]:
        """Return the ways to arrange a person with everybody below."""
        if name not in self.known:
            self.known[name] = self.arranged(name)
        return self.known[name]

    def arranged(self, name: str) -> list[_Block]:
        solid, dotted = self.tree.solid[name], self.tree.dotted[name]
        height = self.heights[name]
        ways = [_Block(WIDTH, height, WIDTH / 2, [Box(name, 0, 0, WIDTH, height)])]
        if solid or dotted:
            ways = [way for columns in range(1, MOST_COLUMNS + 1) for way in self.below(name, solid, dotted, columns)]
        if name == ME:
            for way in ways:
                right = next(box.right for box in way.boxes if box.id == ME)
                way.width = max(way.width, right + ARROW)
        return _best(ways)

    def below(self, name: str, solid: Sequence[str], dotted: Sequence[str], columns: int) -> Iterator[_Block]:
        """Yield a person above the reports, those with solid lines in so many columns."""
        if columns > max(len(solid), len(dotted)):
            return
        groups = [(group, False) for group in self.groups(solid, columns)]
        groups += [(group, True) for group in self.groups(dotted, columns)]
        parts = [self.column(group, is_dotted) for group, is_dotted in groups]
        for way in _choices(parts, lambda block: block.height, lambda block: block.width):
            yield self.with_manager(name, way, [is_dotted for _, is_dotted in groups])

    def groups(self, names: Sequence[str], columns: int) -> Iterator[Sequence[str]]:
        """Yield the reports in so many groups, in their order, of about the same number of people."""
        if not names:
            return
        columns = min(columns, len(names))
        sizes = [self.size(name) for name in names]
        whole = sum(sizes)
        start = 0
        for column in range(columns):
            stop, least = start + 1, whole * (column + 1) / columns
            while stop < len(names) - (columns - column - 1) and sum(sizes[:stop]) + sizes[stop] / 2 <= least:
                stop += 1
            if column == columns - 1:
                stop = len(names)
            yield names[start:stop]
            start = stop

    def size(self, name: str) -> int:
        return 1 + sum(map(self.size, (*self.tree.solid[name], *self.tree.dotted[name])))

    def column(self, names: Sequence[str], is_dotted: bool) -> list[_Block]:
        """Return the ways to arrange reports below each other at a trunk; a single one needs no trunk."""
        if len(names) == 1:
            return self.ways(names[0])
        parts = [self.ways(name) for name in names]
        ways = [
            self.at_trunk(names, way, is_dotted)
            for way in _choices(parts, lambda block: block.width, lambda block: block.height)
        ]
        if all(map(self.is_leaf, names)):
            ways.append(self.on_both_sides(names, is_dotted))
        return _best(ways)

    def is_leaf(self, name: str) -> bool:
        return name != ME and not self.tree.solid[name] and not self.tree.dotted[name]

    def at_trunk(self, names: Sequence[str], blocks: Sequence[_Block], is_dotted: bool) -> _Block:
        made = _Block(0, 0, 1)
        y = middle = RISE
        for name, block in zip(names, blocks, strict=True):
            placed = block.moved(1 + ARM, y)
            box = next(box for box in placed.boxes if box.id == name)
            middle = box.y + box.height / 2
            made.boxes += placed.boxes
            made.lines += [*placed.lines, Line(((1, middle), (box.x, middle)), is_dotted)]
            made.width = max(made.width, 1 + ARM + block.width)
            y += block.height + RISE
        made.lines.append(Line(((1, 0), (1, middle)), is_dotted))
        made.height = y - RISE
        return made

    def on_both_sides(self, names: Sequence[str], is_dotted: bool) -> _Block:
        """Return people without reports on both sides of a trunk."""
        trunk = WIDTH + ARM
        made = _Block(2 * trunk, 0, trunk)
        y = middle = RISE
        for start in range(0, len(names), 2):
            row = names[start : start + 2]
            # Both lines of a row meet the trunk at the same height.
            middle = y + max(self.heights[name] for name in row) / 2
            for side, name in enumerate(row):
                height = self.heights[name]
                made.boxes.append(Box(name, side * (trunk + ARM), middle - height / 2, WIDTH, height))
                edge = trunk + ARM if side else WIDTH
                made.lines.append(Line(((trunk, middle), (edge, middle)), is_dotted))
            made.height = y + max(self.heights[name] for name in row)
            y = made.height + RISE
        made.lines.append(Line(((trunk, 0), (trunk, middle)), is_dotted))
        return made

    def with_manager(self, name: str, columns: Sequence[_Block], dotted: Sequence[bool]) -> _Block:
        """Return a person above the columns of the reports."""
        height = self.heights[name]
        top = height + DROP
        x = 0.0
        blocks: list[_Block] = []
        for block in columns:
            blocks.append(block.moved(x, top))
            x += block.width + GAP
        solid = [block for block, is_dotted in zip(blocks, dotted, strict=True) if not is_dotted]
        first = solid or blocks
        centre = (first[0].attach + first[-1].attach) / 2
        # A box wider than the columns begins left of them.
        shift = max(0.0, WIDTH / 2 - centre)
        centre += shift
        box = Box(name, centre - WIDTH / 2, 0, WIDTH, height)
        made = _Block(max(x - GAP + shift, box.right), top + max(block.height for block in blocks), centre, [box])
        for block, is_dotted in zip(blocks, dotted, strict=True):
            placed = block.moved(shift, 0)
            made.boxes += placed.boxes
            made.lines += [
                *placed.lines,
                _down(height, centre, placed.attach, dotted_too=is_dotted and bool(solid), dotted=is_dotted),
            ]
        return made


def _down(top: float, start: float, stop: float, *, dotted_too: bool, dotted: bool) -> Line:
    """Return the line from the bottom of a manager down to a column, straight or with a step.

    `dotted_too`: it is a dotted line next to solid ones, so it has a way of its own.
    """
    bottom = top + DROP
    if dotted_too:
        begin, across = start + TRUNK, top + HIGH
        return Line(((begin, top), (begin, across), (stop, across), (stop, bottom)), dotted=True)
    if abs(start - stop) < 0.5:
        return Line(((start, top), (start, bottom)), dotted)
    across = top + LOW
    return Line(((start, top), (start, across), (stop, across), (stop, bottom)), dotted)


def _choices(
    parts: Sequence[Sequence[_Block]], limited: Callable[[_Block], float], least: Callable[[_Block], float]
) -> Iterator[list[_Block]]:
    """Yield one way of each part together: for each limit of one length, those with the least of the other."""
    for limit in sorted({limited(way) for ways in parts for way in ways}):
        chosen = [min((way for way in ways if limited(way) <= limit), key=least, default=None) for ways in parts]
        if all(chosen):
            yield [way for way in chosen if way]


def _best(ways: Iterable[_Block]) -> list[_Block]:
    """Return the ways that no other one beats in both width and height; a few, from wide to high."""
    kept: list[_Block] = []
    for way in sorted(ways, key=lambda block: (block.height, block.width)):
        if not kept or way.width < kept[-1].width - 0.5:
            kept.append(way)
    if len(kept) <= MOST_WAYS:
        return kept
    step = (len(kept) - 1) / (MOST_WAYS - 1)
    return [kept[round(number * step)] for number in range(MOST_WAYS)]


def _side_by_side(parts: Sequence[Sequence[_Block]], gap: float) -> Iterator[_Block]:
    """Yield the ways to place trees without a common root next to each other."""
    for blocks in _choices(parts, lambda block: block.height, lambda block: block.width):
        made = _Block(0, max(block.height for block in blocks), 0)
        x = 0.0
        for block in blocks:
            placed = block.moved(x, 0)
            made.boxes += placed.boxes
            made.lines += placed.lines
            made.width = x + block.width
            x = made.width + gap
        yield made


def _with_other_lines(chart: Chart, others: Sequence[tuple[str, str, bool]]) -> Chart:
    """Return the chart with the lines that are not those of the tree, around the boxes. It becomes a little larger."""
    if not others:
        return chart
    edge = 2 * GAP
    boxes = tuple(Box(box.id, box.x + edge, box.y + edge, box.width, box.height) for box in chart.boxes)
    lines = [Line(tuple((x + edge, y + edge) for x, y in line.points), line.dotted) for line in chart.lines]
    made = Chart(chart.width + 2 * edge, chart.height + 2 * edge, boxes, tuple(lines))
    obstacles = [(box.x, box.y, box.right, box.bottom) for box in boxes]
    owner = next((box for box in boxes if box.id == ME), None)
    if owner:
        obstacles.append(
            (owner.right, owner.y + owner.height / 2 - 5, owner.right + ARROW, owner.bottom - owner.height / 2 + 5)
        )
    for person, to, dotted in others:
        ends = (made.box(person), made.box(to))
        ports = [_ports(box) for box in ends]
        points = routed(ports[0], ports[1], obstacles, [each.points for each in lines], (made.width, made.height))
        lines.append(Line(points, dotted))
    return _cropped(boxes, lines)


def _cropped(boxes: Sequence[Box], lines: Sequence[Line]) -> Chart:
    """Return the chart without white edges."""
    owner = [box.right + ARROW for box in boxes if box.id == ME]
    xs = [*(x for box in boxes for x in (box.x, box.right)), *(x for line in lines for x, _ in line.points), *owner]
    ys = [*(y for box in boxes for y in (box.y, box.bottom)), *(y for line in lines for _, y in line.points)]
    left, top = min(xs), min(ys)
    return Chart(
        max(xs) - left,
        max(ys) - top,
        tuple(Box(box.id, box.x - left, box.y - top, box.width, box.height) for box in boxes),
        tuple(Line(tuple((x - left, y - top) for x, y in line.points), line.dotted) for line in lines),
    )


def _ports(box: Box) -> list[tuple[Point, Point]]:
    """Return where a line can leave a box, and the next point outside it; not in the middle, where other lines are."""
    out = GAP / 2
    high, low = box.y + box.height / 4, box.y + box.height * 3 / 4
    above, below = box.x + box.width / 4, box.x + box.width * 3 / 4
    return [
        *(((x, y), (x + step, y)) for x, step in ((box.x, -out), (box.right, out)) for y in (high, low)),
        *(((x, y), (x, y + step)) for y, step in ((box.y, -out), (box.bottom, out)) for x in (above, below)),
    ]


def segments(lines: Iterable[Line]) -> Iterator[tuple[Point, Point]]:
    """Yield the straight parts of lines."""
    for line in lines:
        yield from pairwise(line.points)
