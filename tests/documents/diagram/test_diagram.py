"""The accountability diagram: no box overlaps another, no line crosses a box, and all of it is black on white."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import combinations, pairwise
from typing import Any

import pytest
from lxml import etree

from cpdkit.documents.diagram.layout import ARROW, PAGE, Chart, Line, scale_of, segments
from cpdkit.documents.diagram.svg import MOST_LINES, Captioned, drawn, drawn_together, is_legible, laid_out
from cpdkit.journal.reporting import Colleague, Organisation
from tests.documents.diagram.organisations import generated, organisation_of

SVG = "{http://www.w3.org/2000/svg}"
NEAR = 0.01
ALL = [
    *((shape, seed) for shape in ("star", "peers", "chain", "tree", "forest") for seed in range(7)),
    *(("matrix", seed) for seed in range(15)),
]
LARGE = [(shape, 100) for shape in ("star", "peers", "chain", "tree", "forest", "matrix")]
Rectangle = tuple[float, float, float, float]


@cache
def made(shape: str, seed: int) -> tuple[Organisation, Chart]:
    """Return a generated organisation of up to 40 people, and its chart."""
    organisation = generated(shape, seed, 40 if seed == 100 else 0)
    return organisation, laid_out(organisation)[0]


def rectangles(chart: Chart) -> dict[str, Rectangle]:
    """Return the left, top, right and bottom of the boxes and of the arrow."""
    places = {box.id: (box.x, box.y, box.right, box.bottom) for box in chart.boxes}
    _, top, right, bottom = places["me"]
    middle = (top + bottom) / 2
    return places | {"arrow": (right, middle - 5, right + ARROW - 3, middle + 5)}


def overlap(one: Rectangle, other: Rectangle) -> bool:
    return all(one[low] < other[low + 2] - NEAR and other[low] < one[low + 2] - NEAR for low in (0, 1))


def of_line(start: tuple[float, float], stop: tuple[float, float]) -> Rectangle:
    """Return the rectangle of a straight part of a line; it has a small width, so that an edge is outside."""
    (left, right), (top, bottom) = (sorted(each) for each in zip(start, stop, strict=True))
    return left - NEAR, top - NEAR, right + NEAR, bottom + NEAR


def at_edge(chart: Chart, point: tuple[float, float]) -> set[str]:
    """Return the boxes whose edge has a point."""
    x, y = point
    return {
        name
        for name, (left, top, right, bottom) in rectangles(chart).items()
        if left - NEAR <= x <= right + NEAR
        and top - NEAR <= y <= bottom + NEAR
        and min(abs(x - left), abs(x - right), abs(y - top), abs(y - bottom)) < NEAR
    }


def joined(chart: Chart, dotted: bool) -> list[set[str]]:
    """Return the groups of boxes that the solid or the dotted lines of a chart connect."""
    groups: list[tuple[set[str], list[Line]]] = []
    for line in (each for each in chart.lines if each.dotted is dotted):
        boxes = at_edge(chart, line.points[0]) | at_edge(chart, line.points[-1])
        touching = [each for each in groups if any(touch(line, other) for other in each[1])]
        groups = [each for each in groups if each not in touching]
        groups.append(
            (boxes.union(*(each[0] for each in touching)), [line, *(x for each in touching for x in each[1])])
        )
    return [boxes for boxes, _ in groups]


def touch(one: Line, other: Line) -> bool:
    return any(
        overlap(widened(of_line(*part)), widened(of_line(*another)))
        for part in pairwise(one.points)
        for another in pairwise(other.points)
    )


def widened(part: Rectangle) -> Rectangle:
    return part[0] - NEAR, part[1] - NEAR, part[2] + NEAR, part[3] + NEAR


@pytest.mark.parametrize(("shape", "seed"), [*ALL, *LARGE])
def test_no_two_boxes_overlap(shape: str, seed: int) -> None:
    organisation, chart = made(shape, seed)
    places = rectangles(chart)
    assert sorted(places) == sorted(["arrow", *(each.id for each in organisation.colleagues)])
    assert [pair for pair in combinations(places, 2) if overlap(places[pair[0]], places[pair[1]])] == []
    left, top = (min(each[side] for each in places.values()) for side in (0, 1))
    right, bottom = (max(each[side] for each in places.values()) for side in (2, 3))
    assert left >= -NEAR and top >= -NEAR
    assert right <= chart.width + NEAR and bottom <= chart.height + NEAR


@pytest.mark.parametrize(("shape", "seed"), [*ALL, *LARGE])
def test_no_line_crosses_a_box(shape: str, seed: int) -> None:
    _, chart = made(shape, seed)
    for start, stop in segments(chart.lines):
        assert abs(start[0] - stop[0]) < NEAR or abs(start[1] - stop[1]) < NEAR
        crossed = [name for name, place in rectangles(chart).items() if overlap(shrunk(place), of_line(start, stop))]
        assert crossed == []
        assert min(start[0], stop[0]) >= -NEAR and max(start[0], stop[0]) <= chart.width + NEAR
        assert min(start[1], stop[1]) >= -NEAR and max(start[1], stop[1]) <= chart.height + NEAR


def shrunk(place: Rectangle) -> Rectangle:
    """Return what is inside a box: a line may begin and end at the edge."""
    return place[0] + 3 * NEAR, place[1] + 3 * NEAR, place[2] - 3 * NEAR, place[3] - 3 * NEAR


@pytest.mark.parametrize(("shape", "seed"), [each for each in [*ALL, *LARGE] if each[0] != "matrix"])
def test_the_lines_of_a_tree_do_not_cross(shape: str, seed: int) -> None:
    _, chart = made(shape, seed)
    for one, other in combinations(chart.lines, 2):
        parts = ((of_line(*a), of_line(*b)) for a in pairwise(one.points) for b in pairwise(other.points))
        assert not [pair for pair in parts if crosses(*pair) or crosses(*reversed(pair))]


def crosses(flat: Rectangle, upright: Rectangle) -> bool:
    """Return whether a level part and an upright one cross; one that ends at the other does not."""
    return (
        flat[0] + 1 < upright[0] and upright[2] < flat[2] - 1 and upright[1] + 1 < flat[1] and flat[3] < upright[3] - 1
    )


@pytest.mark.parametrize(
    "lines",
    [
        "me > a",
        "a > me / b > me / c > me",
        "me > a / b > a / c > b / d > b",
        "me > a / a > r / b > me / c : me",
        "me > a / b > me / c > me / d : me / e : me",
        "me > a / a > r / p > r / b > me / c > b / d > b",
    ],
)  # fmt: skip
def test_the_lines_connect_those_who_report_to_each_other(lines: str) -> None:
    organisation = organisation_of(lines.split(" / "))
    chart, _ = laid_out(organisation)
    for dotted in (False, True):
        teams: dict[str, set[str]] = {}
        for report in organisation.reports:
            if report.dotted is dotted:
                teams.setdefault(report.to, {report.to}).add(report.person)
        assert sorted(map(sorted, joined(chart, dotted))) == sorted(map(sorted, teams.values()))


@pytest.mark.parametrize("lines", ["me > a / me : b", "me > a / me > b", "b > me / b : a / me > a", "me > a / a > me"])
def test_a_second_line_begins_and_ends_at_a_box(lines: str) -> None:
    organisation = organisation_of(lines.split(" / "))
    chart, _ = laid_out(organisation)
    ends = [(at_edge(chart, line.points[0]) | at_edge(chart, line.points[-1]), line.dotted) for line in chart.lines]
    for report in organisation.reports:
        assert ({report.person, report.to}, report.dotted) in [(names - {"arrow"}, dotted) for names, dotted in ends]


def test_the_manager_is_above() -> None:
    chart, _ = laid_out(organisation_of(["me > a", "b > me", "c : me", "p > a"]))
    top = {box.id: box.y for box in chart.boxes}
    assert top["a"] < top["me"] == top["p"] < top["b"] == top["c"]


@pytest.mark.parametrize(
    ("lines", "is_reduced"),
    [
        (["me > a"], False),
        ([f"p{number} > me" for number in range(8)], False),
        ([f"p{number} > me" for number in range(39)], False),
        (["me > p0", *(f"p{number} > p{number - 1}" for number in range(1, 9))], False),
        (["me > p0", *(f"p{number} > p{number - 1}" for number in range(1, 39))], True),
    ],
)
def test_a_chart_that_is_too_large_is_reduced(lines: list[str], is_reduced: bool) -> None:
    organisation = organisation_of(lines)
    chart, _ = laid_out(organisation)
    assert (scale_of(chart) < 1) is is_reduced
    assert (chart.width > PAGE[0] or chart.height > PAGE[1]) is is_reduced
    assert is_legible(organisation) is not is_reduced


# --- the drawing ---


def svg_of(organisation: Organisation, words: str = "Words.") -> Any:
    return etree.fromstring(drawn(organisation, words).svg.encode())


def texts(svg: Any) -> list[str]:
    return [each.text for each in svg.iter(SVG + "text")]


def one(**fields: Any) -> Organisation:
    """Return the organisation of the owner and one person with these fields."""
    return organisation_of(["me > a"], [Colleague("a", **fields)])


def of_a(organisation: Organisation) -> list[str]:
    """Return the lines in the box of a."""
    return [line for line, _ in laid_out(organisation)[1]["a"]]


@pytest.mark.parametrize(("shape", "seed"), LARGE)
def test_only_black_and_white(shape: str, seed: int) -> None:
    organisation, chart = made(shape, seed)
    svg = svg_of(organisation)
    colours = {each.get(name) for each in svg.iter() for name in ("fill", "stroke") if each.get(name)}
    assert colours == {"black", "white", "none"}
    assert {each.tag.removeprefix(SVG) for each in svg.iter()} <= {
        "svg",
        "title",
        "rect",
        "g",
        "path",
        "text",
        "polygon",
    }
    assert not {name for each in svg.iter() for name in each.attrib} & {"opacity", "fill-opacity", "style", "filter"}
    dashed = [each for each in svg.iter(SVG + "path") if each.get("stroke-dasharray")]
    assert len(dashed) == sum(line.dotted for line in chart.lines)


@pytest.mark.parametrize(("shape", "seed"), LARGE)
def test_the_owner_has_the_heavier_line_and_the_arrow(shape: str, seed: int) -> None:
    organisation, chart = made(shape, seed)
    svg = svg_of(organisation)
    boxes = [each for each in svg.iter(SVG + "rect") if each.get("stroke")]
    widths = sorted(float(each.get("stroke-width")) for each in boxes)
    [owner] = [each for each in boxes if float(each.get("stroke-width")) == widths[-1]]
    assert widths[-1] >= 2 * widths[-2] and len(boxes) == len(organisation.colleagues)
    me = chart.box("me")
    assert (float(owner.get("x")), float(owner.get("y"))) == pytest.approx((me.x, me.y), abs=0.06)
    [arrow] = svg.iter(SVG + "polygon")
    points = [tuple(map(float, point.split(","))) for point in arrow.get("points").split()]
    assert min(points)[0] == pytest.approx(me.right + 3, abs=0.06)
    assert min(points)[1] == pytest.approx(me.y + me.height / 2, abs=0.06)
    assert max(points)[0] < float(svg.get("viewBox").split()[2])


def test_the_names_of_the_owner_are_in_the_box_of_the_owner() -> None:
    organisation = organisation_of(["me > a"], [Colleague("me", "Angharad Llywelyn", "Engineer", "", "MEng MIET")])
    assert [line for line, _ in laid_out(organisation)[1]["me"]] == ["Angharad Llywelyn", "Engineer", "MEng MIET"]
    assert texts(svg_of(organisation)).count("MEng MIET") == 1


@pytest.mark.parametrize(
    ("fields", "lines"),
    [
        ({"name": "Bo Li"}, ["Bo Li"]),
        ({"name": "Bo Li", "role": "Engineer", "organisation": "Gridwise", "registration": "CEng FIET"},
         ["Bo Li", "Engineer", "Gridwise", "CEng FIET"]),
        ({"name": "Test team", "count": 6}, ["Test team (6)"]),
        ({"name": "Bo", "role": "<Head> & \"co\" 'of' ]]> &amp;"}, ["Bo", "<Head> & \"co\" 'of' ]]>", "&amp;"]),
        ({"name": "山田太郎", "role": "保護制御技術部長兼設計長"}, ["山田太郎", "保護制御技術部長兼設計", "長"]),
        ({"name": "فاطمة الزهراء", "role": "مهندسة"}, ["فاطمة الزهراء", "مهندسة"]),
        ({"name": "Đỗ Thị Ánh", "registration": "Жук"}, ["Đỗ Thị Ánh", "Жук"]),
        ({"name": "A\u0000\u0007\u202eB\tC\nD"}, None),
        ({"name": "👩‍🔧 Zoë"}, ["👩‍🔧 Zoë"]),
    ],
)  # fmt: skip
def test_the_words_in_a_box(fields: dict[str, Any], lines: list[str] | None) -> None:
    organisation = one(**fields)
    svg = svg_of(organisation)
    assert lines is None or of_a(organisation) == lines
    assert [line for line in texts(svg) if line in of_a(organisation)] == of_a(organisation)


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("Rhosllannerchwenvoelanfairtregaronuwch", ""),
        ("M" * 40, ""),
        ("Helen Ostrowska-Featherstonehaugh", "Head of protection and control systems, North"),
        ("保護" * 25, ""),
    ],
)
def test_a_long_name_is_whole_and_on_several_lines(name: str, role: str) -> None:
    organisation = one(name=name, role=role)
    lines = of_a(organisation)
    assert 1 < len(lines) <= MOST_LINES
    assert re.sub(r"\s", "", "".join(lines)) == re.sub(r"\s", "", name + role)
    chart, _ = laid_out(organisation)
    assert chart.box("a").height > chart.box("me").height


def test_what_is_longer_than_a_box_ends_with_dots() -> None:
    organisation = one(name="Bo", role="Head of many things " * 30, registration="CEng")
    lines = of_a(organisation)
    assert len(lines) == MOST_LINES and lines[0] == "Bo" and lines[-1] == "CEng"
    assert lines[-2].endswith("…")


@pytest.mark.parametrize(("shape", "seed"), LARGE)
def test_each_line_is_inside_its_box(shape: str, seed: int) -> None:
    organisation, chart = made(shape, seed)
    svg = svg_of(organisation)
    for element in svg.iter(SVG + "text"):
        x, y, size = (float(element.get(name)) for name in ("x", "y", "font-size"))
        boxes = [box for box in chart.boxes if box.x < x < box.right and box.y <= y - 0.75 * size and y <= box.bottom]
        assert len(boxes) == 1
        assert x == pytest.approx(boxes[0].centre, abs=0.06)


def test_the_text_alternative() -> None:
    words = 'Diagram of "A" & <B>.\nA manages: B.'
    svg = svg_of(one(name="Bo"), words)
    expected = 'Diagram of "A" & <B>. A manages: B.'
    assert (svg.get("role"), svg.get("aria-label"), svg.find(SVG + "title").text) == ("img", expected, expected)


def test_the_size_of_a_drawing() -> None:
    drawing = drawn(one(name="Bo"), "")
    svg = etree.fromstring(drawing.svg.encode())
    assert svg.get("viewBox") == f"0 0 {drawing.width:.1f} {drawing.height:.1f}"
    assert (svg.get("width"), svg.get("height")) == (f"{drawing.width:.1f}pt", f"{drawing.height:.1f}pt")
    assert drawing.printed_width == drawing.width
    large = drawn(made("tree", 100)[0], "")
    scale = large.printed_width / large.width
    assert scale < 1 and large.printed_width <= PAGE[0] + NEAR and large.height * scale <= PAGE[1] + NEAR


def test_several_charts_are_below_each_other() -> None:
    shapes = enumerate(("star", "tree", "peers"))
    charts = [Captioned(f"Post {number} & <more>", made(shape, 1)[0]) for number, shape in shapes]
    drawing = drawn_together(charts, "Words.")
    svg: Any = etree.fromstring(drawing.svg.encode())
    captions = [each for each in svg.iter(SVG + "text") if each.get("text-anchor") == "start"]
    assert [each.text for each in captions] == [chart.caption for chart in charts]
    places = [*groups(svg)]
    for caption, (top, _), (_, before) in zip(captions, places, [(0.0, 0.0), *places], strict=False):
        assert before < float(caption.get("y")) - 10 and float(caption.get("y")) < top
    assert places[-1][1] < drawing.height


def groups(svg: Any) -> Iterator[tuple[float, float]]:
    """Yield the top and the bottom of the boxes of each chart."""
    for group in svg.iter(SVG + "g"):
        if move := re.fullmatch(r"translate\(\S+ (\S+)\)", group.get("transform") or ""):
            tops = [float(each.get("y")) for each in group.iter(SVG + "rect")]
            bottoms = [float(each.get("y")) + float(each.get("height")) for each in group.iter(SVG + "rect")]
            yield float(move[1]) + min(tops), float(move[1]) + max(bottoms)
