"""Names of evidence, and files with the same content."""

from datetime import date
from pathlib import Path

import pytest

from cpdkit.journal.evidence import EvidenceFolder, evidence_name
from tests.journal.folders import write


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("Scan 1.JPG", "2026-03-14-scan-1.jpg"),
        ("2026-03-15 certificate.pdf", "2026-03-15-certificate.pdf"),
        ("Prüfung 5.tar.gz", "2026-03-14-prufung-5-tar.gz"),
        ("…", "2026-03-14-activity"),
        (".hidden", "2026-03-14-hidden"),
        ("a.pdf; rm -rf", "2026-03-14-a-pdf-rm-rf"),
    ],
)
def test_good_names(name: str, made: str) -> None:
    assert evidence_name(date(2026, 3, 14), name) == made


@pytest.mark.parametrize("name", ["a.pdf", "a", "Grüße.tar.gz"])
def test_a_name_in_use_gets_a_number(name: str) -> None:
    folder = EvidenceFolder(Path("nowhere"), frozenset([name.upper()]))
    stem, dot, suffix = name.rpartition(".") if "." in name else (name, "", "")
    assert folder.free(name) == f"{stem}-2{dot}{suffix}"
    folder.add(f"{stem}-2{dot}{suffix}", b"a")
    assert folder.free(name) == f"{stem}-3{dot}{suffix}"


def test_a_file_that_the_journal_ignores_keeps_its_name(tmp_path: Path) -> None:
    write(tmp_path, "evidence/a.pdf", "a")
    write(tmp_path, "evidence/a-2.pdf", "a")
    assert EvidenceFolder(tmp_path, frozenset()).free("a.pdf") == "a-3.pdf"


def test_the_same_content_has_one_name(tmp_path: Path) -> None:
    write(tmp_path, "evidence/old.pdf", "old")
    folder = EvidenceFolder(tmp_path, frozenset(["old.pdf"]))
    folder.add("new.pdf", b"new")
    assert [folder.name_of(data) for data in (b"old", b"new", b"odd")] == ["old.pdf", "new.pdf", ""]
