from pathlib import Path

import pytest

from cpdkit.checks.engine import check_journal
from tests.checks.checking import TODAY, diagnostics, located_codes
from tests.journal.folders import FIELDS, GOOD, MEMBER, record, write

FUTURE = FIELDS.replace("2026-03-14", "2026-12-14")
RECORDS = {
    "activities/x.md": record(FIELDS + "ACCEPTED"),
    "plan/x.md": record("title: Storage\nACCEPTED", ""),
    "career/x.md": record("role: Engineer\nemployer: A\nstart: 2020-01-01\nACCEPTED", ""),
    "reviews/2025.md": record("year: 2025\nACCEPTED", ""),
}


def of_settings(root: Path, files: dict[str, str]) -> list[tuple[str, str]]:
    return [(where, code) for where, code in located_codes(root, files) if code in ("CPD704", "CPD705")]


@pytest.mark.parametrize("path", RECORDS)
@pytest.mark.parametrize(("code", "reported"), [("CPD499", "CPD704"), ("CPD902", "CPD704"), ("CPD310", "CPD705")])
def test_any_record_may_accept_and_is_told_of_what_it_cannot(
    tmp_path: Path, path: str, code: str, reported: str
) -> None:
    text = RECORDS[path].replace("ACCEPTED", f"accepted: {{{code}: so it is}}\n")
    [(where, found_code)] = of_settings(tmp_path, {path: text})
    line, column = where.removeprefix(f"{path}:").split(":")
    assert found_code == reported
    assert text.split("\n")[int(line) - 1][int(column) - 1 :].startswith(code)


@pytest.mark.parametrize(
    ("checks", "place"),
    [
        ("{CPD3: off, CPD31: off, CPD310: advice}", ""),
        ("{CPD310: off, CPD47: off}", "2:23"),
        ("{CPD9: off}", "2:10"),
        ("{CPD399: off}", "2:10"),
    ],
)
def test_checks_of_cpd_yaml(tmp_path: Path, checks: str, place: str) -> None:
    reported = of_settings(tmp_path, {"cpd.yaml": f"{MEMBER}checks: {checks}\n"})
    assert reported == [(f"cpd.yaml:{place}", "CPD704")] * bool(place)


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ("accepted: {CPD310: booked}\n", []),
        ("accepted: {CPD310: booked, CPD311: once}\n", ["CPD705"]),
        ("accepted: {CPD310: booked, CPD311: once, CPD705: let it be}\n", []),
        ("accepted: {CPD310: booked, CPD705: let it be}\n", []),
        ("accepted: {CPD310: booked, CPD805: one a year}\n", []),
        ("accepted: {CPD310: booked, CPD504: so}\n", ["CPD705"]),
    ],
)
def test_what_a_file_accepts_and_has(tmp_path: Path, fields: str, codes: list[str]) -> None:
    files = {
        "activities/1/a.md": record(FIELDS.replace("Relay", "Cable")),
        "activities/2/a.md": record(FUTURE + fields),
    }
    assert [code for _, code in of_settings(tmp_path, files)] == codes


def test_what_is_turned_off_is_had_all_the_same(tmp_path: Path) -> None:
    files = {
        "cpd.yaml": MEMBER + "checks: {CPD310: off}\n",
        "activities/a.md": record(FUTURE + "accepted: {CPD310: x}\n"),
    }
    assert of_settings(tmp_path, files) == []


def test_a_part_of_a_journal_cannot_tell(tmp_path: Path) -> None:
    write(tmp_path, "cpd.yaml", MEMBER)
    write(tmp_path, "activities/a.md", record(FIELDS + "accepted: {CPD311: once}\n"))
    assert check_journal(tmp_path, ("activities/a.md",), TODAY).diagnostics == ()
    assert [each.code for each in check_journal(tmp_path, (), TODAY).diagnostics] == ["CPD705"]


def test_a_code_of_the_whole_is_not_stale_while_something_cannot_be_read(tmp_path: Path) -> None:
    files = {"activities/a.md": record(FIELDS + "accepted: {CPD805: one a year}\n"), "activities/b.md": ""}
    assert of_settings(tmp_path, files) == []
    assert of_settings(tmp_path, {**files, "activities/b.md": GOOD.replace("Relay", "Cable")}) != []


def test_what_the_listing_tells_of_a_record_can_be_accepted(tmp_path: Path) -> None:
    path = "activities/relay\u2028course.md"
    files = {path: record(FIELDS + "accepted: {CPD803: a name from an old disk}\n")}
    assert "CPD803" not in {each.code for each in diagnostics(tmp_path, files)}
    assert of_settings(tmp_path, files) == []
