"""`cpd attach`: the file is copied and linked, and a dry run does nothing."""

from pathlib import Path

import pytest

from cpdkit.cli.main import run
from tests.journal.folders import GOOD, MEMBER, write

PATH = "activities/2026-03-14-relay-course.md"
NAME = "2026-03-14-scan.pdf"


def test_files_and_addresses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for path, text in {"j/cpd.yaml": MEMBER, f"j/{PATH}": GOOD, "Scan.PDF": "scanned"}.items():
        write(tmp_path, path, text)
    monkeypatch.chdir(tmp_path)
    words = ["attach", "relay", "Scan.PDF", "https://example.org/x", "--journal", "j"]
    assert run([*words, "--dry-run"]) == 0
    shown = capsys.readouterr()
    assert f'+evidence: [{NAME}, "https://example.org/x"]\n' in shown.out
    assert ((tmp_path / "j" / PATH).read_text(), (tmp_path / "j/evidence").exists()) == (GOOD, False)
    assert run(words) == 0
    assert (tmp_path / "j/evidence" / NAME).read_text() == "scanned"


@pytest.mark.parametrize(
    ("word", "is_file"),
    [("Downloads/scan.pdf", True), ("scan.PDF", True), ("nothing", False), ("activities/x.md", True)],
)
def test_one_word_that_is_nothing_is_named_as_what_it_looks_like(
    word: str, is_file: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for path, text in {"j/cpd.yaml": MEMBER, f"j/{PATH}": GOOD}.items():
        write(tmp_path, path, text)
    assert run(["attach", word, "--journal", str(tmp_path / "j")]) == 2
    shown = capsys.readouterr().err
    assert (f'"{word}"' in shown, "file" in shown.splitlines()[0]) == (True, is_file)
