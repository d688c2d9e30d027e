import unicodedata
from pathlib import Path

import pytest

from tests.checks.checking import diagnostics, found
from tests.journal.folders import FIELDS, record


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
    assert found(tmp_path, {"activities/a.md": one(f"evidence: {named}\n"), f"evidence/{there}": b""}) == []


def test_evidence_that_is_not_there(tmp_path: Path) -> None:
    files = {
        "activities/a.md": one("evidence: [b.pdf, https://example.org, Certificates.pdf]\n"),
        "evidence/b.pdf": b"",
        "evidence/Certificate.pdf": b"",
    }
    assert found(tmp_path, files) == [
        ("activities/a.md:6:40", "CPD501", "did you mean Certificate.pdf?"),
        ("evidence/Certificate.pdf", "CPD504", ""),
    ]


def test_evidence_of_what_can_not_be_read_is_not_called_unused(tmp_path: Path) -> None:
    assert [code for _, code, _ in found(tmp_path, {"activities/a.md": b"", "evidence/b.pdf": b""})] == ["CPD108"]


def test_objectives(tmp_path: Path) -> None:
    files = {
        "activities/a.md": one("objectives: [storage, storge, broken]\n"),
        "plan/storage.md": record("title: A\n", ""),
        "plan/broken.md": b"",
    }
    assert found(tmp_path, files) == [
        ("activities/a.md:6:23", "CPD503", "did you mean storage?"),
        ("plan/broken.md", "CPD108", ""),
    ]


def test_a_problem_shows_its_line(tmp_path: Path) -> None:
    (each,) = diagnostics(tmp_path, {"activities/a.md": one("evidence: [b.pdf]\n")})
    assert (each.source, str(each.severity)) == ("evidence: [b.pdf]", "error")


@pytest.mark.parametrize(
    ("named", "place", "fixed"),
    [
        ("[A.PDF]", "6:12", "evidence: [a.pdf]"),
        ('["A.PDF"]', "6:12", 'evidence: ["a.pdf"]'),
        ("[{path: A.pdf, title: Certificate}]", "6:12", "evidence: [{path: a.pdf, title: Certificate}]"),
        ("[{path: A.pdf, title: A.pdf}]", "6:12", ""),
        ('["\\x41.pdf"]', "6:12", ""),
    ],
)
def test_evidence_in_another_case(tmp_path: Path, named: str, place: str, fixed: str) -> None:
    files = {"activities/a.md": one(f"evidence: {named}\n"), "evidence/a.pdf": b""}
    (each,) = diagnostics(tmp_path, files)
    assert (each.location, each.code) == (f"activities/a.md:{place}", "CPD509")
    if not fixed:
        assert each.fix is None and each.hint == "write a.pdf"
        return
    assert each.fix is not None and each.fix.safe
    (edit,) = each.fix.edits
    line = each.source
    assert line[: edit.span.column - 1] + edit.new + line[edit.span.end_column - 1 :] == fixed
