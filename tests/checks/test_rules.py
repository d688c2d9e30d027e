import unicodedata
from datetime import date
from pathlib import Path

import pytest

from cpdkit.checks.rules import RULES, check_journal
from cpdkit.journal.codes import CODES
from cpdkit.journal.partial import load_some
from tests.journal.folders import FIELDS, GOOD, journal_of, record

TODAY = date(2026, 11, 23)


def told(root: Path, files: dict[str, str | bytes]) -> list[tuple[str, str, str]]:
    """Place, code and note of each diagnostic."""
    found = check_journal(journal_of(root, files), day=TODAY)
    return [(each.location, each.code, each.note) for each in found]


def one(fields: str) -> str:
    return record(FIELDS + fields)


@pytest.mark.parametrize(
    ("named", "there"),
    [
        ("[a.pdf]", "a.pdf"),
        ("[evidence/a.pdf]", "a.pdf"),
        ("[2026/a.pdf]", "2026/a.pdf"),
        ("[2026/]", "2026/deep/a.pdf"),
        (f"[{unicodedata.normalize('NFD', 'é.pdf')}]", unicodedata.normalize("NFC", "é.pdf")),
    ],
)
def test_evidence_that_is_there(tmp_path: Path, named: str, there: str) -> None:
    assert told(tmp_path, {"activities/a.md": one(f"evidence: {named}\n"), f"evidence/{there}": b""}) == []


def test_evidence_that_is_not_there(tmp_path: Path) -> None:
    files = {
        "activities/a.md": one("evidence: [b.pdf, https://example.org, Cert.pdf]\n"),
        "evidence/b.pdf": b"",
        "evidence/cert.PDF": b"",
    }
    assert told(tmp_path, files) == [
        ("activities/a.md:6:40", "CPD501", "did you mean cert.PDF?"),
        ("evidence/cert.PDF", "CPD504", ""),
    ]


def test_evidence_of_what_can_not_be_read_is_not_called_unused(tmp_path: Path) -> None:
    assert [code for _, code, _ in told(tmp_path, {"activities/a.md": b"", "evidence/b.pdf": b""})] == ["CPD108"]


def test_objectives(tmp_path: Path) -> None:
    files = {
        "activities/a.md": one("objectives: [storage, storge, broken]\n"),
        "plan/storage.md": record("title: A\n"),
        "plan/broken.md": b"",
    }
    assert told(tmp_path, files) == [
        ("activities/a.md:6:23", "CPD503", "did you mean storage?"),
        ("plan/broken.md", "CPD108", ""),
    ]


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
    text = record("title: A\ntype: event\nhours: 2\n" + fields)
    assert [each for _, each, _ in told(tmp_path, {"activities/a.md": text})] == [code] * bool(code)


def test_a_problem_shows_its_line(tmp_path: Path) -> None:
    journal = journal_of(tmp_path, {"activities/a.md": one("evidence: [b.pdf]\n")})
    (each,) = check_journal(journal, day=TODAY)
    assert (each.source, each.severity) == ("evidence: [b.pdf]", CODES["CPD501"].severity)


def test_problems_stand_in_the_order_of_files_and_places(tmp_path: Path) -> None:
    files = {"b.txt": "x", "activities/b.md": b"", "activities/a.md": one("objectives: [x]\nevidence: [y]\n")}
    places = [place for place, _, _ in told(tmp_path, files)]
    assert places == ["activities/a.md:6:14", "activities/a.md:7:12", "activities/b.md", "b.txt"]


def test_of_a_part_only_what_it_can_show_is_judged(tmp_path: Path) -> None:
    journal_of(tmp_path, {"activities/a.md": one("evidence: [x]\n"), "activities/b.md": GOOD, "evidence/y": b""})
    wanted = ("activities/a.md",)
    found = check_journal(load_some(tmp_path, wanted), wanted, TODAY)
    assert [each.code for each in found] == ["CPD501"]


def test_today_is_taken_where_no_day_is_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = journal_of(tmp_path, {"activities/a.md": GOOD})
    monkeypatch.setenv("CPD_TODAY", "2026-03-13")
    assert [each.code for each in check_journal(journal)] == ["CPD310"]


def test_every_rule_says_why() -> None:
    assert all(rule.find.__doc__ for rule in RULES)
