from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdkit.checks.rules.tidiness import RULES, Stay, gaps_between
from tests.checks.checking import TODAY, diagnostics, figures
from tests.journal.folders import MEMBER, record

OF_TIDINESS = {each.code for each in RULES}


def reported(root: Path, files: dict[str, str], day: date = TODAY) -> list[tuple[str, str, str]]:
    """Place, code and the figures of the message of what is untidy."""
    return [
        (each.location, each.code, figures(each.message))
        for each in diagnostics(root, files, day)
        if each.code in OF_TIDINESS
    ]


def one(title: str = "Relay course", start: str = "2026-03-14", more: str = "hours: 2\n") -> str:
    return record(f"title: {title}\ntype: training\nstart: {start}\n{more}")


def test_two_activities_of_one_name(tmp_path: Path) -> None:
    files = {"activities/2025/a.md": one("A", "2025-03-14"), "activities/2026/a.md": one("B"), "plan/a.md": "---\n"}
    message = "activities/2025/a.md"
    assert reported(tmp_path, files) == [("activities/2026/a.md", "CPD805", message)]


@pytest.mark.parametrize(
    ("first", "second", "is_reported"),
    [
        ("Relay course", "Relay course", True),
        ("Relay course", "relay  Course.", True),
        ("Relay-course (Leeds)", "Relay course Leeds", True),
        ("Café talk", "Cafe talk", True),
        ("継電器", "継電器", True),
        ("継電器", "変圧器", False),
        ("Relay course", "Relay course 2", False),
        ("'!'", "'?'", False),
        ("C course", "C++ course", True),
    ],
)
def test_the_same_title_on_the_same_day(tmp_path: Path, first: str, second: str, is_reported: bool) -> None:
    files = {"activities/a.md": one(first), "activities/b.md": one(second)}
    message = "activities/a.md"
    assert reported(tmp_path, files) == [("activities/b.md:2:8", "CPD807", message)] * is_reported


def test_the_same_title_on_another_day(tmp_path: Path) -> None:
    assert reported(tmp_path, {"activities/a.md": one(), "activities/b.md": one(start="2026-03-15")}) == []


def months(*starts: str, more: str = "") -> dict[str, str]:
    """Activities a.md, b.md … with these first days."""
    return {
        f"activities/{chr(97 + number)}.md": one(f"Course {number}", start, f"hours: 2\n{more}")
        for number, start in enumerate(starts)
    }


SESSIONS = "sessions: [{date: 2026-05-14, hours: 1}, {date: 2026-10-01, hours: 1}]\n"
REGULAR = ("2026-01-14", "2026-03-14", "2026-05-14", "2026-07-14", "2026-09-14")


@pytest.mark.parametrize(
    ("starts", "expected"),
    [
        (REGULAR, []),
        (REGULAR[:4], []),
        (("2025-12-14", *REGULAR[:3], "2026-08-23", "2026-10-01"), [("d", "3")]),
        (("2025-12-14", *REGULAR[:3], "2026-08-14", "2026-10-01"), []),
        (("2025-12-14", *REGULAR[:3], "2026-08-15", "2026-10-01"), [("d", "3")]),
        (("2025-11-14", *REGULAR[:4]), [("e", "4")]),
        (("2025-04-01", *REGULAR), [("a", "9")]),
        (("2020-04-01", *REGULAR), [("a", "69")]),
        (
            ("2010-04-01", "2015-04-01", "2023-10-01", "2023-11-01", "2023-12-01", "2024-01-01"),
            [("f", "34")],
        ),
    ],
)
def test_three_months_without_an_activity(
    tmp_path: Path, starts: tuple[str, ...], expected: list[tuple[str, str]]
) -> None:
    gaps = reported(tmp_path, months(*starts))
    assert [(place.partition(":")[0], code, numbers) for place, code, numbers in gaps] == [
        (f"activities/{name}.md", "CPD809", numbers) for name, numbers in expected
    ]


@pytest.mark.parametrize(
    "more",
    [
        {"activities/z.md": one("Z", "2026-07-14", "end: 2026-10-10\nhours: 9\n")},
        {"activities/z.md": one("Z", "2026-08-30", "hours: 2\nstatus: draft\n")},
        {"activities/z.md": one("Z", "2026-05-14", SESSIONS), "activities/y.md": one("Y", "2026-07-20")},
        {"activities/z.md": one("Z", "2026-07-14", "hours: 2\nstatus: in-progress\n")},
        {"activities/z.md": ""},
    ],
)
def test_what_fills_a_gap(tmp_path: Path, more: dict[str, str]) -> None:
    starts = ("2025-11-14", "2026-01-14", "2026-03-14", "2026-05-14", "2026-06-01")
    assert [code for _, code, _ in reported(tmp_path, months(*starts))] == ["CPD809"]
    assert reported(tmp_path, more) == []


def test_what_is_planned_fills_nothing(tmp_path: Path) -> None:
    starts = ("2025-11-14", "2026-01-14", "2026-03-14", "2026-05-14", "2026-06-01")
    planned = {"activities/z.md": one("Z", "2026-09-14", "status: planned\n")}
    assert reported(tmp_path, months(*starts) | planned) == [("activities/e.md:4:8", "CPD809", "5")]


def test_the_last_day_of_what_lies_before_is_marked(tmp_path: Path) -> None:
    files = months(*REGULAR[:4], "2025-11-14") | {
        "activities/x.md": one("X", "2026-07-10", "end: 2026-07-20\nhours: 9\n"),
    }
    assert [place for place, _, _ in reported(tmp_path, files)] == ["activities/x.md:5:6"]
    sessions = "sessions: [{date: 2026-07-21, hours: 1}, {date: 2026-07-12, hours: 1}]\n"
    files["activities/x.md"] = one("X", "2026-07-10", sessions)
    assert [place for place, _, _ in reported(tmp_path, files)] == ["activities/x.md:5:12"]


@pytest.mark.parametrize(
    ("statuses", "is_reported"),
    [
        ("[{status: active, start: 2018-09-01}]", True),
        ("[{status: parental-leave, start: 2026-06-01, end: 2026-12-31}]", False),
        ("[{status: Parental leave, start: 2026-07-01, end: 2026-10-31}]", False),
        ("[{status: parental-leave, start: 2026-07-15, end: 2026-08-01}]", True),
        ("[]", True),
        ("[{status: active, start: 2018-09-01}, {status: career-break, start: 2026-07-01}]", False),
        ("[{status: retired, start: 2018-09-01}, {status: active, start: 2026-05-01}]", True),
        ("[{status: active, start: 2026-05-01}, {status: retired}]", True),
        ("[{status: resigned, start: 2026-05-01}]", True),
        ("[{status: retired}]", False),
    ],
)
def test_a_leave_explains_a_gap(tmp_path: Path, statuses: str, is_reported: bool) -> None:
    member = MEMBER + f"schemes: [{{scheme: iet, statuses: {statuses}}}]\n"
    expected = reported(tmp_path, {"cpd.yaml": member, **months("2025-11-14", *REGULAR[:4])})
    assert [code for _, code, _ in expected] == ["CPD809"] * is_reported


def test_a_scheme_may_say_nothing_of_the_standing(tmp_path: Path) -> None:
    member = MEMBER + "schemes: [iet, {scheme: rics, start: 2020-01-01}]\n"
    assert reported(tmp_path, {"cpd.yaml": member, "activities/a.md": one()}) == []


def test_a_gap_up_to_a_leave(tmp_path: Path) -> None:
    member = MEMBER + "schemes: [{scheme: iet, statuses: [{status: illness, start: 2026-10-20}]}]\n"
    expected = reported(tmp_path, {"cpd.yaml": member, **months("2025-11-14", *REGULAR[:4])})
    assert [message for _, _, message in expected] == ["3"]


def test_a_gap_can_be_accepted(tmp_path: Path) -> None:
    files = months("2025-11-14", *REGULAR[:4])
    files["activities/e.md"] = one("E", REGULAR[3], "hours: 2\naccepted: {CPD809: four months at sea}\n")
    assert reported(tmp_path, files) == []


STAYS = st.lists(st.tuples(st.integers(-60, 20), st.integers(0, 15), st.booleans()), max_size=8)


@given(STAYS)
def test_gaps_are_the_days_that_nothing_covers(parts: list[tuple[int, int, bool]]) -> None:
    """From the first activity to today, each day is covered or in exactly one gap."""
    stays = sorted(
        Stay(TODAY + timedelta(first), TODAY + timedelta(first + length), "a.md" if is_activity else "")
        for first, length, is_activity in parts
    )
    begun = min((each.first for each in stays if each.path), default=TODAY + timedelta(1))
    wanted = {
        day
        for after in range(-80, 1)
        if (day := TODAY + timedelta(after)) > begun and not any(each.first <= day <= each.last for each in stays)
    }
    found = [
        gap.first + timedelta(number)
        for gap in gaps_between(stays, TODAY)
        for number in range((gap.stop - gap.first).days)
    ]
    assert sorted(found) == sorted(wanted)
