"""CPD610 to CPD615: reporting lines, qualifications that expire, and the registration of supporters."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.checks.checking import diagnostics, figures
from tests.journal.folders import record

POST = "career/gridwise.md"
DEGREE = "qualifications/degree.md"


def reported(root: Path, people: str, post: str = "", files: Mapping[str, str] | None = None) -> list[str]:
    """Place and code of all that is found in people with these lines, and a post with these fields on line 5."""
    texts = {"people.yaml": f"people:\n{people}", **(files or {})}
    if post:
        texts[POST] = record(f"role: Engineer\nemployer: Gridwise Ltd\nstart: 2023-05-02\n{post}\n")
    return [f"{each.location} {each.code}" for each in diagnostics(root, texts)]


def people_of(**lines: str) -> str:
    """Return a line for each person, with these lines of reporting."""
    return "".join(f"  - {{id: {name}, name: {name.title()}, reports-to: {line}}}\n" for name, line in lines.items())


# --- CPD610: unknown person ---


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        ("helen", []),
        ("me", []),
        ("helne", ["people.yaml:3:44 CPD610"]),
        ("HELEN", ["people.yaml:3:44 CPD610"]),
        ("[helen, {to: helne, dotted: true}]", ["people.yaml:3:57 CPD610"]),
        ("{to: helne, end: 2001-01-01}", ["people.yaml:3:49 CPD610"]),
        ("[helne, {to: hlen, dotted: true}]", ["people.yaml:3:45 CPD610", "people.yaml:3:57 CPD610"]),
        ('"helen, me"', ["people.yaml:3:45 CPD610"]),
    ],
)
def test_somebody_unknown_in_the_line_of_a_person(tmp_path: Path, lines: str, found: list[str]) -> None:
    assert reported(tmp_path, people_of(helen="", thomas=lines)) == found


@pytest.mark.parametrize(
    ("post", "found"),
    [
        ("reports-to: helen", []),
        ("reports-to: helne", [f"{POST}:5:13 CPD610"]),
        ("reports-to: [helen, {to: helne, dotted: true}]", [f"{POST}:5:26 CPD610"]),
        ("reports-to:\n  - helen\n  - to: helne\n    dotted: true", [f"{POST}:7:9 CPD610"]),
    ],
)
def test_somebody_unknown_in_the_line_of_a_post(tmp_path: Path, post: str, found: list[str]) -> None:
    assert reported(tmp_path, people_of(helen=""), post) == found


def test_a_post_without_people(tmp_path: Path) -> None:
    files = {POST: record("role: Engineer\nemployer: Gridwise Ltd\nstart: 2023-05-02\nreports-to: helen\n")}
    assert [(each.location, each.code) for each in diagnostics(tmp_path, files)] == [(f"{POST}:5:13", "CPD610")]


def test_the_nearest_id_is_suggested(tmp_path: Path) -> None:
    notes = [
        each.note
        for name in ("helne", "zebedee")
        for each in diagnostics(tmp_path, {"people.yaml": f"people:\n{people_of(helen='', ben=name)}"})
    ]
    assert ["helen" in note for note in notes] == [True, False]


# --- CPD611: circles ---


@pytest.mark.parametrize(
    ("people", "numbers"),
    [
        (people_of(a="b", b="c", c=""), ""),
        (people_of(a="b", b="a"), "23"),
        (people_of(a="b", b="c", c="a"), "234"),
        (people_of(d="a", a="b", b="a"), "34"),
        (people_of(a="b", b="{to: a, dotted: true}"), ""),
        (people_of(a="{to: b, dotted: true}", b="{to: a, dotted: true}"), ""),
        (people_of(a="{to: b, end: 2020-12-31}", b="{to: a, start: 2021-01-01}"), ""),
        (people_of(a="{to: b, end: 2021-01-01}", b="{to: a, start: 2021-01-01}"), "23"),
        (people_of(a="{to: b, start: 2022-01-01}", b="{to: a, start: 2021-01-01}"), "23"),
        (people_of(a="{to: b, end: 2020-12-31}", b="a"), "23"),
        (people_of(a="nobody"), None),
        (people_of(a="me"), ""),
        (people_of(a="a"), "2"),
    ],
)
def test_circles(tmp_path: Path, people: str, numbers: str | None) -> None:
    found = reported(tmp_path, people)
    circles = [each for each in found if "CPD611" in each]
    assert [each.split(":")[1] for each in circles] == [*(numbers or "")]
    assert numbers is None or found == circles


@pytest.mark.parametrize(
    ("people", "post", "found"),
    [
        (people_of(a="me"), "reports-to: a", [f"{POST}:5:13 CPD611"]),
        (people_of(a="b", b="me"), "reports-to: a", [f"{POST}:5:13 CPD611"]),
        (people_of(a="{to: me, dotted: true}"), "reports-to: a", []),
        (people_of(a="{to: me, end: 2020-12-31}"), "reports-to: {to: a, start: 2024-01-01}", []),
        (people_of(a=""), "reports-to: me", [f"{POST}:5:13 CPD611"]),
    ],
)
def test_circles_through_the_owner(tmp_path: Path, people: str, post: str, found: list[str]) -> None:
    assert reported(tmp_path, people, post) == found


@pytest.mark.parametrize(
    ("dates", "post", "found"),
    [
        ("end: 2025-12-31", "reports-to: a", [f"{POST}:5:13 CPD616"]),
        ("end: 2026-11-22", "reports-to: a", [f"{POST}:5:13 CPD616"]),
        ("end: 2026-11-23", "reports-to: a", []),
        ("end: 2025-12-31", "reports-to: a\nend: 2025-12-31", []),
        ("end: 2025-12-31", "reports-to: [a, b]", []),
        ("end: 2025-12-31", "reports-to: {to: a, dotted: true}", []),
    ],
)
def test_a_manager_who_left(tmp_path: Path, dates: str, post: str, found: list[str]) -> None:
    people = f"  - {{id: a, name: A, {dates}}}\n  - {{id: b, name: B, start: 2026-01-01}}\n"
    assert reported(tmp_path, people, post) == found


def test_an_error_in_the_people_causes_no_other_problem(tmp_path: Path) -> None:
    found = reported(tmp_path, "  - {id: a, name: A, start: soon}\n", "reports-to: a")
    assert [each.split()[1] for each in found] == ["CPD205"]


def test_the_date_of_a_circle(tmp_path: Path) -> None:
    people = people_of(a="{to: b, end: 2021-06-30}", b="{to: a, start: 2021-01-01}")
    found = diagnostics(tmp_path, {"people.yaml": f"people:\n{people}"})
    assert [(each.code, figures(each.note)) for each in found] == [("CPD611", "2021-01-01")] * 2
    assert [each.span.line for each in found if each.span] == [2, 3]


# --- CPD612: two managers ---


@pytest.mark.parametrize(
    ("lines", "is_found"),
    [
        ("h", False),
        ("[h, t]", True),
        ("[h, {to: t, dotted: true}]", False),
        ("[{to: h, dotted: true}, {to: t, dotted: true}]", False),
        ("[{to: h, end: 2025-01-31}, {to: t, start: 2025-02-01}]", False),
        ("[{to: h, end: 2025-01-31}, {to: t, start: 2025-01-31}]", True),
        ("[{to: h, end: 2025-01-31}, t]", True),
        ("[{to: t, start: 2025-02-01}, {to: h, end: 2025-01-31}]", False),
        ("[{to: h, end: 2020-12-31}, {to: t, start: 2021-01-01, end: 2021-12-31}, {to: h, start: 2022-01-01}]", False),
        ("[{to: h, end: 2020-12-31}, {to: t, start: 2021-01-01}, {to: h, start: 2022-01-01}]", True),
    ],
)
def test_two_managers_at_the_same_time(tmp_path: Path, lines: str, is_found: bool) -> None:
    people = people_of(h="", t="", bo=lines)
    found = reported(tmp_path, people)
    assert [(each[:14], each[-6:]) for each in found] == [("people.yaml:4:", "CPD612")] * is_found
    people = people_of(h="", t="")
    shift = len("  - {id: bo, name: Bo, ")
    column = int(found[0].split()[0].split(":")[2]) - shift if found else 0
    assert reported(tmp_path, people, f"reports-to: {lines}") == [f"{POST}:5:{column} CPD612"] * is_found


def test_the_two_managers_are_named(tmp_path: Path) -> None:
    people = people_of(helen="", tomasz="", rhodri="", bo="[helen, {to: rhodri, dotted: true}, tomasz]")
    [found] = diagnostics(tmp_path, {"people.yaml": f"people:\n{people}"})
    assert ("helen" in found.message, "tomasz" in found.message, "rhodri" in found.message) == (True, True, False)


# --- CPD613, CPD614: qualifications ---


@pytest.mark.parametrize(
    ("expires", "code", "facts"),
    [
        ("", "", ""),
        ("expires: 2025", "CPD613", "2025-12-31"),
        ("expires: 2026-10", "CPD613", "2026-10-31"),
        ("expires: 2026-11-22", "CPD613", "2026-11-22"),
        ("expires: 2026-11-23", "CPD614", ""),
        ("expires: 2026-11", "CPD614", "2026-11-30 7"),
        ("expires: 2026", "CPD614", "2026-12-31 38"),
        ("expires: 2027-02-21", "CPD614", "2027-02-21 90"),
        ("expires: 2027-02-22", "", ""),
        ("expires: 2027-02", "", ""),
        ("expires: 2027", "", ""),
    ],
)
def test_a_qualification_that_expires(tmp_path: Path, expires: str, code: str, facts: str) -> None:
    files = {DEGREE: record(f"title: Authorised person\nawarded: 2020-01\n{expires}\n", "")}
    found = [(each.location, each.code, figures(each.message)) for each in diagnostics(tmp_path, files)]
    assert found == ([(f"{DEGREE}:4:10", code, facts)] if code else [])


def test_an_expired_qualification_is_accepted(tmp_path: Path) -> None:
    fields = "title: Authorised person\nexpires: 2020-01-31\naccepted: {CPD613: I no longer work on site}\n"
    assert diagnostics(tmp_path, {DEGREE: record(fields, "")}) == []


# --- CPD615: supporters ---


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ("registered-until: 2026-11-22, supporter: true", "2:50"),
        ("registered-until: 2026-11-23, supporter: true", ""),
        ("supporter: true", ""),
        ("registered-until: 2020-01-01", ""),
        ("registered-until: 2020-01-01, referee: true", ""),
        ("registered-until: 2020-01-01, supporter: false", ""),
        ('supporter: true, registered-until: "2020-01-01"', "2:68"),
        ("supporter: true, start: 2020-01-01, registered-until: 2020-01-01", "2:86"),
    ],
)
def test_the_registration_of_a_supporter(tmp_path: Path, fields: str, place: str) -> None:
    people = f"  - {{id: helen, name: Siôn 山田, {fields}}}\n"
    assert reported(tmp_path, people) == [f"people.yaml:{place} CPD615"] * bool(place)


def test_the_supporter_of_several_lines(tmp_path: Path) -> None:
    people = """\
  - {id: a, name: A, supporter: true, registered-until: 2030-12-31}
  - id: b
    name: B
    supporter: true
    registered-until: 2025-12-31
"""
    assert reported(tmp_path, people) == ["people.yaml:6:23 CPD615"]
