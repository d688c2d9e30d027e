import sys
import unicodedata
from pathlib import Path

import pytest

from cpdkit.checks.rules.file_names import LONGEST_NAME, LONGEST_PATH, RULES
from cpdkit.diagnostics import Diagnostic
from tests.checks.checking import diagnostics, figures
from tests.journal.folders import FIELDS, GOOD, record

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only some disks hold names that others can't")
OF_NAMES = {each.code for each in RULES}


def problems(root: Path, *paths: str) -> list[Diagnostic]:
    """What is wrong with the names of these files."""
    files = {path: record(FIELDS.replace("Relay", path.replace(":", "")), "") for path in paths}
    return [each for each in diagnostics(root, {**files, "activities/good.md": GOOD}) if each.code in OF_NAMES]


COMPOSED, APART = (unicodedata.normalize(form, "é.md") for form in ("NFC", "NFD"))


@pytest.mark.parametrize(
    ("first", "second", "path", "word"),
    [
        ("activities/A.md", "activities/a.md", "activities/a.md", "case"),
        ("evidence/a.PDF", "evidence/a.pdf", "evidence/a.pdf", "case"),
        ("templates/A.j2", "templates/a.j2", "templates/a.j2", "case"),
        ("activities/É.md", "activities/é.md", "activities/é.md", "case"),
        ("activities/straße.md", "activities/STRASSE.md", "activities/straße.md", "case"),
        (f"activities/{COMPOSED}", f"activities/{APART}", f"activities/{COMPOSED}", "Unicode"),
        ("activities/CPD/a.md", "activities/cpd/b.md", "activities/cpd", "case"),
        ("activities/CPD/a.md", "activities/cpd/a.md", "activities/cpd", "case"),
        ("Activities/a.md", "activities/b.md", "activities", "case"),
        ("activities/a.txt", "activities/A.txt", "activities/a.txt", "case"),
    ],
)
def test_names_that_are_one_elsewhere(tmp_path: Path, first: str, second: str, path: str, word: str) -> None:
    (problem,) = problems(tmp_path, first, second)
    assert (problem.location, problem.code) == (path, "CPD810")
    other = next(name for name in (first, second) if not name.startswith(path))
    assert problem.message.split()[0] in (other, other.rpartition("/")[0])
    assert word in problem.message


@pytest.mark.parametrize(
    ("first", "second"), [("activities/a.md", "activities/b/A.md"), ("activities/1/a.md", "activities/2/a.md")]
)
def test_names_in_different_folders(tmp_path: Path, first: str, second: str) -> None:
    assert problems(tmp_path, first, second) == []


@pytest.mark.parametrize(
    ("path", "place", "word", "better"),
    [
        ("activities/con.md", "", "CON", "con-1.md"),
        ("activities/NUL", "", "NUL", "NUL-1"),
        ("evidence/Com1.tar.gz", "", "COM1", "Com1-1.tar.gz"),
        ("evidence/lpt².pdf", "", "LPT²", "lpt²-1.pdf"),
        ("evidence/aux /a.pdf", "evidence/aux ", "AUX", "aux-1"),
        ("activities/IET: storage.md", "", " :,", "IET-storage.md"),
        ("activities/why?.md", "", " ?,", "why.md"),
        ("activities/a\\b.md", "", " \\,", "a-b.md"),
        ("activities/???", "", " ?,", ""),
        ("activities/etc./a.md", "activities/etc.", "full stop", "etc"),
        ("activities/more /a.md", "activities/more ", "space", "more"),
        ("evidence/a.", "", "full stop", "a"),
    ],
)
def test_names_that_windows_cannot_have(tmp_path: Path, path: str, place: str, word: str, better: str) -> None:
    (problem,) = problems(tmp_path, path)
    assert (problem.path, problem.code) == (place or path, "CPD811")
    assert word in problem.message
    assert problem.hint.endswith(better)


@pytest.mark.parametrize(
    "path",
    ["activities/Conferences/a.md", "evidence/com.pdf", "evidence/com10.pdf", "activities/auxiliary.md",
     "activities/console/nullable.md", "activities/a .md", "activities/v1.2 a..b.md", "activities/lpt.md"],
)  # fmt: skip
def test_names_that_windows_takes(tmp_path: Path, path: str) -> None:
    assert problems(tmp_path, path) == []


def test_a_folder_is_told_of_once(tmp_path: Path) -> None:
    assert [each.path for each in problems(tmp_path, "activities/a:b/c.md", "activities/a:b/d.md")] == [
        "activities/a:b"
    ]


@pytest.mark.parametrize(
    ("path", "numbers"),
    [
        (f"activities/{'a' * (LONGEST_NAME - 3)}.md", ""),
        (f"activities/{'a' * (LONGEST_NAME - 2)}.md", "144 143"),
        (f"evidence/{'é' * 71}.pdf", "146 143"),
        ("activities/" + "a/" * 92 + "bcde.md"[-(LONGEST_PATH - 195) :], ""),
        ("activities/" + "a/" * 93 + "b.md", "201 200"),
    ],
)
def test_names_and_paths_that_are_long(tmp_path: Path, path: str, numbers: str) -> None:
    found = [(each.code, figures(each.message)) for each in problems(tmp_path, path)]
    assert found == [("CPD812", numbers)] * bool(numbers)
