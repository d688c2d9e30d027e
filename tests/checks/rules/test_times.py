from pathlib import Path

import pytest

from tests.checks.checking import diagnostics, figures, located_codes
from tests.journal.folders import MEMBER, record

TITLE = "title: Relay course\ntype: event\n"


def reported(
    root: Path, fields: str, path: str = "activities/a.md", member: str = MEMBER
) -> list[tuple[str, str, str]]:
    """Place, code and the figures of the message of all that is found in one activity."""
    files = {"cpd.yaml": member, path: record(TITLE + fields)}
    return [
        (each.location.removeprefix(f"{path}:"), each.code, figures(each.message)) for each in diagnostics(root, files)
    ]


def codes(root: Path, fields: str, path: str = "activities/a.md", member: str = MEMBER) -> list[str]:
    return [code for _, code, _ in reported(root, fields, path, member)]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ("start: 2026-11-23\n", ""),
        ("start: 2026-11-24\n", "CPD310"),
        ("start: 2026-11-20\nend: 2026-11-24\n", "CPD310"),
        ("start: 2026-11-20\nend: 2026-11-24\nstatus: in-progress\n", ""),
        ("start: 2026-11-24\nstatus: in-progress\n", "CPD310"),
        ("start: 2026-11-24\nstatus: planned\n", ""),
        ("start: 2026-11-23\nstatus: planned\n", ""),
        ("start: 2026-11-22\nstatus: planned\n", "CPD311"),
        ("start: 2026-11-22\nend: 2026-11-23\nstatus: planned\n", ""),
        ("start: 2027-11-22\nstatus: draft\n", ""),
    ],
)
def test_the_status_fits_the_day(tmp_path: Path, fields: str, code: str) -> None:
    assert codes(tmp_path, "hours: 2\n" + fields) == [code] * bool(code)


@pytest.mark.parametrize(
    ("status", "dates", "place"),
    [
        ("done", ("2026-11-20", "2026-11-23"), ""),
        ("done", ("2026-11-20", "2026-11-24", "2026-11-30"), "8:5"),
        ("in-progress", ("2026-11-20", "2026-11-24"), "8:5"),
        ("in-progress", ("2026-11-30", "2026-11-20"), "7:5"),
        ("planned", ("2026-11-24",), ""),
    ],
)
def test_sessions_that_count_are_over(tmp_path: Path, status: str, dates: tuple[str, ...], place: str) -> None:
    sessions = "".join(f"  - {{date: {day}, hours: 1}}\n" for day in dates)
    expected = reported(tmp_path, f"start: {min(dates)}\nstatus: {status}\nsessions:\n{sessions}")
    assert [(where, code) for where, code, _ in expected] == [(place, "CPD310")] * bool(place)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ("start: 2026-03-14\nhours: 16\n", ""),
        ("start: 2026-03-14\nhours: 16.1\n", "CPD313"),
        ("start: 2026-03-14\nhours: 24\n", "CPD313"),
        ("start: 2026-03-14\nhours: 25\n", "CPD306"),
        ("start: 2026-03-02\nend: 2026-03-22\nhours: 60\n", ""),
        ("start: 2026-03-02\nend: 2026-03-04\nhours: 48\n", ""),
        ("start: 2026-03-02\nend: 2026-03-04\nhours: 49\n", "CPD313"),
        ("start: 2026-03-02\nend: 2026-03-08\nhours: 84\n", ""),
        ("start: 2026-03-02\nend: 2026-03-08\nhours: 85\n", "CPD313"),
        ("start: 2025-09-05\nend: 2026-09-04\nhours: 2\n", ""),
        ("start: 2024-03-14\nend: 2026-03-14\nhours: 2\n", "CPD313"),
        ("start: 2024-03-14\nend: 2026-03-14\nhours: 20\n", ""),
        ("start: 2024-03-14\nend: 2026-03-14\nstatus: planned\n", "CPD311"),
        ("start: 2024-03-14\nend: 2026-03-14\nsessions: [{date: 2024-03-14, hours: 2}]\n", ""),
        ("start: 2026-03-14\nsessions: [{date: 2026-03-14, hours: 9}, {date: 2026-03-15, hours: 9}]\n", ""),
        ("start: 2026-03-14\nsessions: [{date: 2026-03-14, hours: 9}, {date: 2026-03-14, hours: 9}]\n", "CPD313"),
    ],
)
def test_the_hours_fit_the_length(tmp_path: Path, fields: str, code: str) -> None:
    assert codes(tmp_path, fields) == [code] * bool(code)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("start: 2026-03-14\nhours: 20\n", ("5:8", "CPD313", "20")),
        ("start: 2026-03-14\nend: 2026-03-16\nhours: 50\n", ("6:8", "CPD313", "50 3")),
        ("start: 2016-03-14\nend: 2026-03-14\nhours: 2\n", ("5:6", "CPD313", "2 10")),
        (
            "start: 2026-03-14\nsessions:\n  - {date: 2026-03-14, hours: 1}\n  - {date: 2026-03-15, hours: 17}\n",
            ("7:5", "CPD313", "17 2026-03-15"),
        ),
    ],
)
def test_what_is_said_of_hours_that_do_not_fit(tmp_path: Path, fields: str, expected: tuple[str, str, str]) -> None:
    assert reported(tmp_path, fields) == [expected]


@pytest.mark.parametrize(
    ("name", "fields", "wrong"),
    [
        ("2026-03-14-relays", "start: 2026-03-14\n", ""),
        ("2026-03-14", "start: 2026-03-14\n", ""),
        ("2026-03-14-relays", "start: 2026-03-16\n", "2026-03-14"),
        ("2026-03-14-relays", "start: 2026-03-12\nend: 2026-03-16\n", ""),
        ("2026-03-17-relays", "start: 2026-03-12\nend: 2026-03-16\n", "2026-03-17"),
        ("2026_03_14 relays", "start: 2026-03-16\n", "2026-03-14"),
        ("20260314-relays", "start: 2026-03-16\n", "2026-03-14"),
        ("20260314-relays", "start: 2026-03-14\n", ""),
        ("20261399-report", "start: 2026-03-16\n", ""),
        ("202603145-report", "start: 2026-03-16\n", ""),
        ("2026-02-30-relays", "start: 2026-03-02\n", "2026-02-30"),
        ("2026-03-relays", "start: 2026-03-16\n", ""),
        ("2026-03-relays", "start: 2026-04-16\n", "2026-03"),
        ("2026-03-relays", "start: 2026-02-16\nend: 2026-05-01\n", ""),
        ("2025-26-season", "start: 2026-04-16\n", ""),
        ("2010-11-season", "start: 2011-04-16\n", ""),
        ("2030-agenda", "start: 2026-03-16\n", ""),
        ("1584-ieee", "start: 2026-03-16\n", ""),
        ("relays-2025-01-01", "start: 2026-03-16\n", ""),
    ],
)
def test_the_name_of_the_file_fits_the_date(tmp_path: Path, name: str, fields: str, wrong: str) -> None:
    expected = reported(tmp_path, "hours: 2\n" + fields, f"activities/{name}.md")
    assert [code for _, code, _ in expected] == ["CPD315"] * bool(wrong)
    assert all(numbers.split()[0] == wrong for _, _, numbers in expected)


@pytest.mark.parametrize(
    ("name", "better"),
    [
        ("2026-03-14-relays", "2026-03-16-relays.md"),
        ("20260314 relays", "20260316 relays.md"),
        ("2026_03_14", "2026_03_16.md"),
        ("2026-04-relays", "2026-03-relays.md"),
    ],
)
def test_the_hint_is_the_name_with_the_right_date(tmp_path: Path, name: str, better: str) -> None:
    files = {f"activities/{name}.md": record(TITLE + "start: 2026-03-16\nhours: 2\n")}
    (expected,) = diagnostics(tmp_path, files)
    assert better in expected.hint


@pytest.mark.parametrize(
    ("name", "year", "code"),
    [
        ("2025", 2025, ""),
        ("2025", 2024, "CPD315"),
        ("2025-26", 2025, ""),
        ("2025-2026", 2025, ""),
        ("2025-26", 2024, "CPD315"),
        ("2026-01-09-looking-back", 2025, ""),
        ("2026-01", 2025, ""),
        ("2026 on 2025", 2025, ""),
        ("looking-back", 2025, ""),
        ("2025-storage", 2024, "CPD315"),
    ],
)
def test_the_name_of_a_review_fits_its_year(tmp_path: Path, name: str, year: int, code: str) -> None:
    files = {f"reviews/{name}.md": record(f"year: {year}\n", "Two of three things were done.\n")}
    assert [each for _, each in located_codes(tmp_path, files)] == [code] * bool(code)


APRIL = MEMBER + 'cpd-year: "04-01"\n'


@pytest.mark.parametrize(
    ("folder", "start", "member", "right"),
    [
        ("2026", "2026-03-14", MEMBER, ""),
        ("2025", "2026-03-14", MEMBER, "2026"),
        ("2025", "2026-03-14", APRIL, ""),
        ("2025", "2026-04-01", APRIL, "2026"),
        ("2025", "2025-01-01", APRIL, ""),
        ("2025-26", "2026-03-14", MEMBER, ""),
        ("2025-26", "2026-03-14", APRIL, ""),
        ("2025-26", "2026-04-14", APRIL, "2026-27"),
        ("2025-2026", "2025-03-14", APRIL, "2024-2025"),
        ("2025_26", "2024-03-14", MEMBER, "2024_25"),
        ("Courses/2025/Relays", "2026-03-14", MEMBER, "Courses/2026/Relays"),
        ("2025/Courses", "2026-03-14", MEMBER, "2026/Courses"),
        ("2020-2025", "2023-03-14", MEMBER, ""),
        ("2020-2025", "2026-03-14", MEMBER, "2026"),
        ("2025-03", "2026-03-14", MEMBER, ""),
        ("CPD Activities 2013", "2026-03-14", MEMBER, ""),
        ("1999 revisited", "2026-03-14", MEMBER, ""),
        ("3000", "2026-03-14", MEMBER, ""),
    ],
)
def test_the_folder_of_a_year_fits_the_date(tmp_path: Path, folder: str, start: str, member: str, right: str) -> None:
    files = {"cpd.yaml": member, f"activities/{folder}/a.md": record(f"{TITLE}start: {start}\nhours: 2\n")}
    found = diagnostics(tmp_path, files)
    assert [each.code for each in found] == ["CPD316"] * bool(right)
    assert all(f" activities/{right}/" in each.hint for each in found)


def test_the_folder_of_the_last_day_s_year_is_right_too(tmp_path: Path) -> None:
    assert codes(tmp_path, "start: 2025-12-20\nend: 2026-01-10\nhours: 5\n", "activities/2026/a.md") == []


def test_a_wrong_year_is_told_once(tmp_path: Path) -> None:
    expected = codes(tmp_path, "start: 2025-03-14\nhours: 2\n", "activities/2026/2026-03-14-relays.md")
    assert expected == ["CPD315"]


def test_a_folder_is_judged_without_a_member(tmp_path: Path) -> None:
    assert codes(tmp_path, "start: 2025-03-14\nhours: 2\n", "activities/2026/a.md", "name: [\n")[0] == "CPD316"


@pytest.mark.parametrize(
    ("signed", "place"),
    [
        (" {by: J. Evans}", ""),
        (" {by: J. Evans, on: 2026-03-14}", ""),
        (" {by: J. Evans, on: 2026-11-23}", ""),
        (" {by: J. Evans, on: 2025-03-20}", "6:32"),
        (' {on: "2027-03-20", by: J. Evans}', "6:19"),
        ("\n  by: J. Evans\n  on: 2025-03-20", "8:7"),
    ],
)
def test_a_sign_off_has_a_possible_date(tmp_path: Path, signed: str, place: str) -> None:
    expected = reported(tmp_path, f"start: 2026-03-14\nhours: 2\nsigned-off:{signed}\n")
    assert [(where, code) for where, code, _ in expected] == [(place, "CPD317")] * bool(place)
