from pathlib import Path

import pytest

from cpdkit.checks.rules.plan import RULES
from tests.checks.checking import diagnostics, figures
from tests.journal.folders import FIELDS, GOOD, record

OF_PLAN = {each.code for each in RULES}
SERVED = {"activities/a.md": record(FIELDS + "objectives: [x]\n")}


def reported(root: Path, files: dict[str, str]) -> list[tuple[str, str, str]]:
    """Place, code and the figures of the message of what is found in plan, career and reviews."""
    return [
        (each.location, each.code, figures(each.message)) for each in diagnostics(root, files) if each.code in OF_PLAN
    ]


def objective(fields: str = "") -> str:
    return record(f"title: Storage\n{fields}", "")


@pytest.mark.parametrize(
    ("fields", "is_reported"),
    [
        ("", True),
        ("status: dropped\n", False),
        ("status: achieved\n", True),
        ("status: achieved\nstart: 2026-11-01\n", True),
        ("start: 2026-08-23\n", True),
        ("start: 2026-08-24\n", False),
        ("start: 2027-01-01\n", False),
        ("by: 2027-12-31\n", False),
        ("by: 2026-12-31\n", True),
        ("start: 2026-11-01\nby: 2026-12-31\n", False),
    ],
)
def test_an_objective_is_served(tmp_path: Path, fields: str, is_reported: bool) -> None:
    files = {"activities/a.md": GOOD, "plan/x.md": objective(fields)}
    assert reported(tmp_path, files) == [("plan/x.md:2:8", "CPD601", "")] * is_reported


@pytest.mark.parametrize(
    "files",
    [
        SERVED,
        {"activities/a.md": record(FIELDS + "status: draft\nobjectives: [x]\n")},
        {"activities/a.md": GOOD, "activities/broken.md": ""},
        {},
    ],
)
def test_an_objective_that_may_be_served(tmp_path: Path, files: dict[str, str]) -> None:
    assert reported(tmp_path, {"plan/x.md": objective(), **files}) == []


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ("by: 2026-11-23\n", ""),
        ("by: 2026-11-22\n", "plan/x.md:3:5"),
        ("by: 2026-11-22\nstatus: achieved\n", ""),
        ("by: 2026-11-22\nstatus: dropped\n", ""),
        ("by: 2026-11-22\nactions: [{action: Read, by: 2026-05-01}]\n", "plan/x.md:3:5"),
    ],
)
def test_an_open_objective_is_not_overdue(tmp_path: Path, fields: str, place: str) -> None:
    expected = reported(tmp_path, {**SERVED, "plan/x.md": objective(fields)})
    assert [(where, code) for where, code, _ in expected] == [(place, "CPD602")] * bool(place)


def test_a_year_has_one_review(tmp_path: Path) -> None:
    files = {
        f"reviews/{name}.md": record(f"year: {year}\n") for name, year in {"a": 2025, "b": 2024, "c": 2025}.items()
    }
    assert reported(tmp_path, files) == [("reviews/c.md:2:7", "CPD603", "reviews/a.md 2025")]


@pytest.mark.parametrize(
    ("files", "place"),
    [
        ({"reviews/a.md": record("year: 2025\nwritten: 2026-11-23\n")}, ""),
        ({"reviews/a.md": record("year: 2025\nwritten: 2026-11-24\n")}, "reviews/a.md:3:10"),
        ({"plan/x.md": objective("actions: [{action: Read, done: 2026-11-23}]\n")}, ""),
        ({"plan/x.md": objective("actions: [{action: Read, done: 2026-11-24}]\n")}, "plan/x.md:3:32"),
        (
            {"plan/x.md": objective("actions:\n  - by: 2027-11-24\n    action: Read\n    done: 2027-11-24\n")},
            "plan/x.md:6:11",
        ),
    ],
)
def test_what_is_done_is_not_to_come(tmp_path: Path, files: dict[str, str], place: str) -> None:
    expected = reported(tmp_path, SERVED | files)
    assert [(where, code) for where, code, _ in expected] == [(place, "CPD604")] * bool(place)


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ("actions: [{action: Read, by: 2026-11-23}]\n", ""),
        ("actions: [{action: Read}, {action: Write, by: 2026-11-22}]\n", "plan/x.md:3:47"),
        ("actions: [{action: Read, by: 2026-11-22, done: 2026-11-23}]\n", ""),
        ("status: dropped\nactions: [{action: Read, by: 2026-11-22}]\n", ""),
    ],
)
def test_an_action_is_not_overdue(tmp_path: Path, fields: str, place: str) -> None:
    expected = reported(tmp_path, {**SERVED, "plan/x.md": objective(fields)})
    assert [(where, code) for where, code, _ in expected] == [(place, "CPD605")] * bool(place)


def test_an_achieved_objective_has_no_open_action(tmp_path: Path) -> None:
    fields = "status: achieved\nactions:\n  - {action: Read, done: 2026-05-01}\n  - {action: Write, by: 2026-06-01}\n"
    message = ""
    assert reported(tmp_path, {**SERVED, "plan/x.md": objective(fields)}) == [("plan/x.md:6:5", "CPD606", message)]
    assert reported(tmp_path, {"plan/x.md": objective(fields.replace("by:", "done:"))}) == []


@pytest.mark.parametrize(
    ("first", "second", "is_reported"),
    [
        ("start: 2018-09-03\n", "start: 2023-05-02\n", True),
        ("start: 2018-09-03\nend: 2023-04-28\n", "start: 2023-05-02\n", False),
        ("start: 2018-09-03\n", "start: 2023-05-02\nend: 2024-01-31\n", True),
        ("start: 2018-09-03\n", "start: 2018-09-03\n", False),
        ("start: 2018-09-03\n", "start: 2027-01-04\n", False),
        ("start: 2018-09-03\naccepted: {CPD607: both are held}\n", "start: 2023-05-02\n", False),
    ],
)
def test_a_post_ends_before_the_next(tmp_path: Path, first: str, second: str, is_reported: bool) -> None:
    posts = {
        f"career/{number}.md": f"role: Engineer\nemployer: E{number}\n{start}"
        for number, start in ((1, first), (2, second))
    }
    message = "career/2.md 2023-05-02"
    expected = reported(tmp_path, {path: record(fields) for path, fields in posts.items()})
    assert expected == [("career/1.md:4:8", "CPD607", message)] * is_reported


@pytest.mark.parametrize(
    ("fields", "places"),
    [
        ("start: 2021-09-01\nx-start: Sep 2021\nx-imported: a\n", [4]),
        ("start: 2021-01-01\nend: 2021-12-31\nx-start: '2021'\nx-end: '2021'\nx-imported: a\n", [4, 5]),
        ("start: 2021-09-01\nx-start: Sep 2021\n", []),
        ("start: 2021-09-06\nx-imported: a\n", []),
    ],
)
def test_an_imported_post_without_a_day(tmp_path: Path, fields: str, places: list[int]) -> None:
    expected = reported(tmp_path, {"career/1.md": record(f"role: Engineer\nemployer: E\n{fields}")})
    lines = [int(where.split(":")[1]) for where, code, _ in expected if code == "CPD609"]
    assert lines == places
    assert len(lines) == len(expected)


SCHEME = "name: Angharad Llywelyn\nschemes: [firm]\n"
FIRM_RULES = """id: firm
requirements:
  - {id: total, title: hours, at-least: 3}
  - {id: talks, title: talks, weight: should, at-least: 9}
"""


@pytest.mark.parametrize(
    ("checks", "hours", "expected"),
    [
        ("checks: {CPD608: advice}\n", "2", "2 3 1 31 2026"),
        ("checks: {CPD608: advice}\n", "3", ""),
        ("checks: {CPD6: advice}\n", "2", ""),
        ("checks: {CPD608: off}\n", "2", ""),
        ("", "2", ""),
    ],
)
def test_schemes_are_looked_at_where_that_is_asked_for(tmp_path: Path, checks: str, hours: str, expected: str) -> None:
    files = {
        "cpd.yaml": SCHEME + checks,
        "schemes/firm.yaml": FIRM_RULES,
        "activities/a.md": record(FIELDS.replace("hours: 2", f"hours: {hours}")),
    }
    found = [each for each in diagnostics(tmp_path, files) if each.code == "CPD608"]
    assert [(each.path, figures(each.message)) for each in found] == [("cpd.yaml", expected)] * bool(expected)
