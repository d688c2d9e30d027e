"""Qualifications: their fields, partial dates with the days that they mean, and problems at their places."""

from datetime import date
from pathlib import Path

import pytest

from cpdkit.journal.records import Qualification
from cpdkit.journal.values import Competence, Evidence
from tests.checks.checking import located_codes
from tests.journal.folders import journal_of, record, write
from tests.journal.reader import record_of

TODAY = date(2026, 11, 24)


def qualification(fields: str) -> Qualification:
    found, problems = record_of(record(f"title: T\n{fields}", ""), "qualifications")
    assert problems == []
    assert isinstance(found, Qualification)
    return found


def test_every_field_is_read() -> None:
    found = qualification(
        "kind: licence\ninstitution: University of Leeds\nstart: 2012-09\nawarded: 2016-07-08\nexpires: 2031\n"
        "grade: First class\naccreditation: by the IET\nnumber: 007\ncompetences: {A1: P}\ntopics: [relays]\n"
        "evidence: [degree.pdf, https://example.org/badge]\nconfidential: true\naccepted: {CPD613: reason}\nx-fee: 3\n"
    )
    assert (found.kind, found.institution, found.grade, found.accreditation, found.number) == (
        "licence", "University of Leeds", "First class", "by the IET", "007",
    )  # fmt: skip
    assert (found.start, found.awarded, found.expires) == ("2012-09", "2016-07-08", "2031")
    assert found.competences == (Competence("A1", "P"),)
    assert found.evidence == (Evidence("degree.pdf"), Evidence("", "https://example.org/badge"))
    assert (found.topics, found.confidential, found.accepted, found.own) == (
        ("relays",), True, {"CPD613": "reason"}, {"x-fee": "3"},
    )  # fmt: skip


def test_only_a_title_is_required() -> None:
    found = qualification("")
    assert (found.id, found.title, found.awarded, found.last_day, found.day) == ("course", "T", "", None, date.max)


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("2027", date(2027, 12, 31)),
        ("2027-02", date(2027, 2, 28)),
        ("2028-02", date(2028, 2, 29)),
        ("2027-12", date(2027, 12, 31)),
        ("2027-03-14", date(2027, 3, 14)),
        ("2027-3-4", None),
    ],
)
def test_a_part_of_a_date_means_its_last_day(text: str, last: date | None) -> None:
    found, problems = record_of(record(f"title: T\nexpires: {text}\nawarded: 2016\n", ""), "qualifications")
    if last is None:
        assert [(each.location.partition(":")[2], each.code) for each in problems] == [("3:10", "CPD205")]
        return
    assert isinstance(found, Qualification)
    assert (found.last_day, found.day) == (last, date(2016, 12, 31))
    assert [found.is_valid_on(date.fromordinal(last.toordinal() + each)) for each in (-1, 0, 1)] == [True, True, False]


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ("awarded: 2016-13\n", ("3:10", "CPD205")),
        ("awarded: 2016-02-30\n", ("3:10", "CPD204")),
        ("awarded: July 2016\n", ("3:10", "CPD205")),
        ("awarded: '٢٠١٦'\n", ("3:10", "CPD222")),
        ("awarded: [2016]\n", ("3:10", "CPD203")),
        ("start: 2017\nawarded: 2016\n", ("4:10", "CPD214")),
        ("awarded: 2016\nexpires: 2015\n", ("4:10", "CPD214")),
        ("kind: phd\n", ("3:7", "CPD208")),
        ("evidence: [../x.pdf]\n", ("3:12", "CPD502")),
        ("issued: 2016\n", ("3:1", "CPD212")),
        ("title: U\n", ("3:1", "CPD134")),
        ("confidential: perhaps\n", ("3:15", "CPD209")),
    ],
)
def test_problems_at_their_places(fields: str, found: tuple[str, str]) -> None:
    value, problems = record_of(record(f"title: T\n{fields}", ""), "qualifications")
    assert value is None
    assert [(each.location.partition(":")[2], each.code) for each in problems] == [found]


@pytest.mark.parametrize(
    "fields", ["start: 2016\nawarded: 2016\n", "start: 2016-09\nawarded: 2016\n", "awarded: 2016-07\nexpires: 2016\n"]
)
def test_dates_that_overlap_are_in_order(fields: str) -> None:
    assert qualification(fields)


def test_positions_with_windows_line_ends_and_wide_characters() -> None:
    data = b"\xef\xbb\xbf" + '---\r\ntitle: 電気\r\nkind: "電"\r\n---\r\n'.encode()
    _, problems = record_of(data, "qualifications")
    assert [(each.location.partition(":")[2], each.code) for each in problems] == [
        ("1:1", "CPD117"),
        ("3:7", "CPD208"),
    ]


@pytest.mark.parametrize(
    ("expires", "code"),
    [
        ("2026-11-23", "CPD613"),
        ("2026-11-24", "CPD614"),
        ("2026-11", "CPD614"),
        ("2026", "CPD614"),
        ("2027-02-22", "CPD614"),
        ("2027-02-23", ""),
        ("2027", ""),
        ("2026-10", "CPD613"),
    ],
)
def test_an_expiry_is_reported_in_time(tmp_path: Path, expires: str, code: str) -> None:
    files = {"qualifications/x.md": record(f"title: T\nawarded: 2016\nexpires: {expires}\n", "")}
    assert located_codes(tmp_path, files, TODAY) == [("qualifications/x.md:4:10", code)] * bool(code)


def test_evidence_that_is_missing(tmp_path: Path) -> None:
    write(tmp_path, "evidence/a.pdf", b"%PDF-1.7")
    files = {"qualifications/x.md": record("title: T\nawarded: 2016\nevidence: [a.pdf, b.pdf]\n", "")}
    assert located_codes(tmp_path, files, TODAY) == [("qualifications/x.md:4:19", "CPD501")]


def test_files_in_folders_below_are_read(tmp_path: Path) -> None:
    journal = journal_of(tmp_path, {"qualifications/Leeds/x.md": record("title: T\n", "\nText.\n")})
    assert [(each.id, each.path, each.body.strip()) for each in journal.qualifications] == [
        ("x", "qualifications/Leeds/x.md", "Text.")
    ]
