import sys
import unicodedata
from pathlib import Path

import pytest

from cpdkit.checks.rules.file_names import LONGEST_NAME, LONGEST_PATH, RULES
from tests.checks.checking import diagnostics
from tests.journal.folders import FIELDS, GOOD, record

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only some disks hold names that others can't")
OF_NAMES = {each.code for each in RULES}


def told(root: Path, *paths: str) -> list[tuple[str, str, str, str]]:
    """Path, code, message and hint of what is wrong with the names of these files."""
    files = {path: record(FIELDS.replace("Relay", path.replace(":", "")), "") for path in paths}
    found = diagnostics(root, {**files, "activities/good.md": GOOD})
    return [(each.path, each.code, each.message, each.hint) for each in found if each.code in OF_NAMES]


CASE = "is the same name where case makes no difference"
FORM = "is the same name but for how Unicode writes it"
COMPOSED, APART = (unicodedata.normalize(form, "é.md") for form in ("NFC", "NFD"))


@pytest.mark.parametrize(
    ("first", "second", "path", "message"),
    [
        ("activities/A.md", "activities/a.md", "activities/a.md", f"activities/A.md {CASE}"),
        ("evidence/a.PDF", "evidence/a.pdf", "evidence/a.pdf", f"evidence/a.PDF {CASE}"),
        ("templates/A.j2", "templates/a.j2", "templates/a.j2", f"templates/A.j2 {CASE}"),
        ("activities/É.md", "activities/é.md", "activities/é.md", f"activities/É.md {CASE}"),
        ("activities/straße.md", "activities/STRASSE.md", "activities/straße.md", f"activities/STRASSE.md {CASE}"),
        (f"activities/{COMPOSED}", f"activities/{APART}", f"activities/{COMPOSED}", f"activities/{APART} {FORM}"),
        ("activities/CPD/a.md", "activities/cpd/b.md", "activities/cpd", f"activities/CPD {CASE}"),
        ("activities/CPD/a.md", "activities/cpd/a.md", "activities/cpd", f"activities/CPD {CASE}"),
        ("Activities/a.md", "activities/b.md", "activities", f"Activities {CASE}"),
        ("activities/a.txt", "activities/A.txt", "activities/a.txt", f"activities/A.txt {CASE}"),
    ],
)
def test_names_that_are_one_elsewhere(tmp_path: Path, first: str, second: str, path: str, message: str) -> None:
    assert told(tmp_path, first, second) == [(path, "CPD810", message, "rename one of the two")]


@pytest.mark.parametrize(
    ("first", "second"), [("activities/a.md", "activities/b/A.md"), ("activities/1/a.md", "activities/2/a.md")]
)
def test_names_in_different_folders(tmp_path: Path, first: str, second: str) -> None:
    assert told(tmp_path, first, second) == []


@pytest.mark.parametrize(
    ("path", "place", "message", "better"),
    [
        ("activities/con.md", "", "Windows keeps the name CON for itself, with any suffix", "con-1.md"),
        ("activities/NUL", "", "Windows keeps the name NUL for itself, with any suffix", "NUL-1"),
        ("evidence/Com1.tar.gz", "", "Windows keeps the name COM1 for itself, with any suffix", "Com1-1.tar.gz"),
        ("evidence/lpt².pdf", "", "Windows keeps the name LPT² for itself, with any suffix", "lpt²-1.pdf"),
        ("evidence/aux /a.pdf", "evidence/aux ", "Windows keeps the name AUX for itself, with any suffix", "aux-1"),
        ("activities/IET: storage.md", "", "the name holds :, which Windows forbids in names", "IET-storage.md"),
        ("activities/why?.md", "", "the name holds ?, which Windows forbids in names", "why.md"),
        ("activities/a\\b.md", "", "the name holds \\, which Windows forbids in names", "a-b.md"),
        ("activities/???", "", "the name holds ?, which Windows forbids in names", ""),
        ("activities/etc./a.md", "activities/etc.", "the name ends in a full stop, which Windows drops", "etc"),
        ("activities/more /a.md", "activities/more ", "the name ends in a space, which Windows drops", "more"),
        ("evidence/a.", "", "the name ends in a full stop, which Windows drops", "a"),
    ],
)
def test_names_that_windows_can_not_have(tmp_path: Path, path: str, place: str, message: str, better: str) -> None:
    hint = f"rename it to {better}" if better else "rename it"
    assert told(tmp_path, path) == [(place or path, "CPD811", message, hint)]


@pytest.mark.parametrize(
    "path",
    ["activities/Conferences/a.md", "evidence/com.pdf", "evidence/com10.pdf", "activities/auxiliary.md",
     "activities/console/nullable.md", "activities/a .md", "activities/v1.2 a..b.md", "activities/lpt.md"],
)  # fmt: skip
def test_names_that_windows_takes(tmp_path: Path, path: str) -> None:
    assert told(tmp_path, path) == []


def test_a_folder_is_told_of_once(tmp_path: Path) -> None:
    assert [path for path, *_ in told(tmp_path, "activities/a:b/c.md", "activities/a:b/d.md")] == ["activities/a:b"]


@pytest.mark.parametrize(
    ("path", "message"),
    [
        (f"activities/{'a' * (LONGEST_NAME - 3)}.md", ""),
        (f"activities/{'a' * (LONGEST_NAME - 2)}.md", "the name has 144 bytes, and some disks take no more than 143"),
        (f"evidence/{'é' * 71}.pdf", "the name has 146 bytes, and some disks take no more than 143"),
        ("activities/" + "a/" * 92 + "bcde.md"[-(LONGEST_PATH - 195) :], ""),
        ("activities/" + "a/" * 93 + "b.md", "the path has 201 characters, and Windows takes hardly more than 200"),
    ],
)
def test_names_and_paths_that_are_long(tmp_path: Path, path: str, message: str) -> None:
    assert [(code, said) for _, code, said, _ in told(tmp_path, path)] == [("CPD812", message)] * bool(message)
