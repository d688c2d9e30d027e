"""Placeholders, conflict copies and unfinished downloads: reported, counted, and never a second record."""

from pathlib import Path

import pytest

from cpdkit.cli.main import run
from cpdkit.documents.templating.labels import Labels
from cpdkit.errors import CannotWrite
from cpdkit.text.synced import copy_name, is_unfinished, placeholder_of, placeholders
from cpdkit.text.write import write_new
from tests.journal.folders import GOOD, MEMBER, journal_of, problems_of, write

EDITED = GOOD.replace("hours: 2", "hours: 3")
OTHER = GOOD.replace("Relay course", "Storage course")
COPIES = ("course (Ann's conflicted copy 2026-03-15).md", "course (conflicted copy 2026-03-15 101010).md",
          "course (Kopie in Konflikt von Ann 2026-03-15).md", "course (copie en conflit de Ann 2026-03-15).md",
          "course (Copia en conflicto de Ann 2026-03-15).md", "course (Ann の競合コピー 2026-03-15).md",
          "course.sync-conflict-20260315-101010-ABCDEFG.md", "course.sync-conflict-20260315-101010.md",
          "course (SFConflict ann@x.org 2026-03-15-10-10-10).md", "course (Case Conflict).md",
          "course (Conflicted copy laptop 202603151010).md", "course_conflict-20260315-101010.md",
          "course (conflict).md", "course.Conflict.md", "course_conf(1).md", "course~HEAD.md",
          "course (conflicted copy 2026-03-15) (1).md")  # fmt: skip
DUPLICATES = ("course (1).md", "course 2.md", "course copy.md", "course - Copy.md", "course - Copy (2).md",
              "course-PC.md", "course-DESKTOP-A1B2C3D.md", "course-Anns-MacBook-Pro.md", "course-Ann’s MacBook.md",
              "course-laptop.md")  # fmt: skip
INCOMPLETE = {
    ".course.md.icloud": "CPD813", "course.md.nextcloud": "CPD813", "course.md.cloud": "CPD813",
    "course.gdoc": "CPD813", "course.md.crdownload": "CPD815", "Unconfirmed 12345.crdownload": "CPD815",
    "course.md.part": "CPD815", "course.md.download/course.md": "CPD815", "course.tmp": "CPD815",
    "~syncthing~course.md.tmp": "CPD815", "course.md.opdownload": "CPD815",
}  # fmt: skip


@pytest.mark.parametrize("name", (*COPIES, *DUPLICATES))
@pytest.mark.parametrize("text", [GOOD, EDITED])
def test_a_copy_is_reported_and_not_read(tmp_path: Path, name: str, text: str) -> None:
    journal = journal_of(tmp_path, {"activities/course.md": GOOD, f"activities/{name}": text})
    assert [(each.path, each.minutes) for each in journal.activities] == [("activities/course.md", 120)]
    assert problems_of(journal) == [(f"activities/{name}", "CPD814")]
    assert journal.unread == (f"activities/{name}",)


@pytest.mark.parametrize("name", DUPLICATES)
def test_another_activity_is_read(tmp_path: Path, name: str) -> None:
    journal = journal_of(tmp_path, {"activities/course.md": GOOD, f"activities/{name}": OTHER})
    assert len(journal.activities) == 2
    assert problems_of(journal) == []


@pytest.mark.parametrize("name", ["course-2.md", "course-part-two.md", "2026-03-14-course.md", "courses.md"])
def test_names_that_cpdkit_or_the_owner_gives(tmp_path: Path, name: str) -> None:
    journal = journal_of(tmp_path, {"activities/course.md": GOOD, f"activities/{name}": GOOD})
    assert len(journal.activities) == 2


@pytest.mark.parametrize("name", [*COPIES, *DUPLICATES])
def test_the_only_copy_is_read(tmp_path: Path, name: str) -> None:
    journal = journal_of(tmp_path, {f"activities/{name}": GOOD})
    assert len(journal.activities) == 1
    assert [code for _, code in problems_of(journal)] == (["CPD816"] if name in COPIES else [])


def test_several_copies_without_an_original_are_one_record(tmp_path: Path) -> None:
    journal = journal_of(tmp_path, {f"activities/{name}": GOOD for name in COPIES})
    assert len(journal.activities) == 1
    assert sorted({code for _, code in problems_of(journal)}) == ["CPD814", "CPD816"]


@pytest.mark.parametrize("folder", ["plan", "career", "reviews"])
def test_copies_of_other_records(tmp_path: Path, folder: str) -> None:
    text = {
        "plan": "---\ntitle: Storage\nstatus: open\n---\n",
        "career": "---\nrole: Engineer\nemployer: Grid\nstart: 2020-01-01\n---\n",
        "reviews": "---\nyear: 2025\n---\n",
    }[folder]
    journal = journal_of(tmp_path, {f"{folder}/one.md": text, f"{folder}/one (1).md": text})
    assert journal.unread == (f"{folder}/one (1).md",)


@pytest.mark.parametrize(("name", "code"), INCOMPLETE.items())
def test_incomplete_files_count_as_omitted(tmp_path: Path, name: str, code: str) -> None:
    journal = journal_of(tmp_path, {"activities/other.md": OTHER, f"activities/{name}": GOOD})
    assert problems_of(journal) == [(f"activities/{name}", code)]
    assert journal.unread == (f"activities/{name}",)
    assert len(journal.activities) == 1


@pytest.mark.parametrize(("name", "code"), INCOMPLETE.items())
def test_incomplete_evidence_is_reported_and_not_evidence(tmp_path: Path, name: str, code: str) -> None:
    journal = journal_of(tmp_path, {f"evidence/{name}": b"x", "evidence/other.pdf": b"x"})
    assert problems_of(journal) == [(f"evidence/{name}", code)]
    assert journal.evidence == {"other.pdf"}


@pytest.mark.parametrize("kind", ["summary", "detailed", "competences", "annual-review"])
def test_the_face_of_a_report_counts_them(tmp_path: Path, kind: str, english: Labels) -> None:
    names = (*COPIES, *INCOMPLETE)
    write(tmp_path, "cpd.yaml", MEMBER)
    for name in ("course.md", *names):
        write(tmp_path, f"activities/{name}", GOOD)
    made = tmp_path / "made.md"
    run(["report", kind, "--period", "2026", "-o", str(made), "--journal", str(tmp_path)])
    text = made.read_text(encoding="utf-8")
    assert english.count("notices.unread", len(INCOMPLETE)) in text
    assert english.count("notices.copies", len(COPIES)) in text


def test_no_file_is_written_beside_its_placeholder(tmp_path: Path) -> None:
    for name in placeholders("course.md"):
        place = tmp_path / name
        place.write_bytes(b"")
        with pytest.raises(CannotWrite):
            write_new({tmp_path / "new.md": b"", tmp_path / "course.md": b""})
        place.unlink()
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["2026-03-14-relay-course.md", "Ann’s notes.md", "C++ (basics).md", "IET-lecture",
                                  "part.md", "download.md", "icloud.md", "copy.md", ".md"])  # fmt: skip
def test_usual_names(name: str) -> None:
    assert not placeholder_of(name)
    assert not is_unfinished(name)
    copy = copy_name(name)
    assert copy is None or not copy.sure
