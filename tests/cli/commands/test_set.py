"""`cpd set`: the named fields change, byte for byte, in every file or in none."""

from pathlib import Path

import pytest

from cpdkit.actions import set as set_action
from cpdkit.cli.main import run
from tests.journal.folders import FIELDS, GOOD, MEMBER, record, write

ONE, TWO = "activities/2026/2026-03-14-relay-course.md", "activities/2026/2026-04-02-storage.md"
OTHER = record(FIELDS.replace("Relay course", "Storage  # mine"), "Text.\n").replace("\n", "\r\n")


@pytest.fixture
def journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for path, text in {"cpd.yaml": MEMBER, ONE: GOOD, TWO: OTHER}.items():
        write(tmp_path, path, text)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_fields_of_several_are_changed_and_nothing_else(journal: Path) -> None:
    assert run(["set", "relay", "storage", "hours=1h30", "topics+=safety"]) == 0
    new = "hours: 1h30\ntopics: [safety]\n"
    assert (journal / ONE).read_bytes() == GOOD.replace("hours: 2\n", new).encode()
    new = new.replace("\n", "\r\n")
    assert (journal / TWO).read_bytes() == OTHER.replace("hours: 2\r\n", new).encode()


def test_a_dry_run_shows_and_leaves(journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["set", "relay", "type=event", "--dry-run"]) == 0
    shown = capsys.readouterr()
    assert f"--- a/{ONE}\n+++ b/{ONE}\n" in shown.out
    assert "-type: training\n+type: event\n" in shown.out
    assert (journal / ONE).read_text() == GOOD


def test_what_is_so_already_is_not_written(journal: Path) -> None:
    before = (journal / ONE).stat()
    assert run(["set", "relay", "hours=2"]) == 0
    assert (journal / ONE).stat() == before


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["relay", "storage", "start=2026-02-30"], 1),
        (["relay", "storage", "titel=x"], 2),
        (["2026", "hours=1"], 2),
        (["nothing", "hours=1"], 2),
        (["relay"], 2),
        (["hours=1"], 2),
    ],
)
def test_what_cannot_be_done_changes_nothing(journal: Path, words: list[str], code: int) -> None:
    assert run(["set", *words]) == code
    assert ((journal / ONE).read_text(), (journal / TWO).read_bytes()) == (GOOD, OTHER.encode())


def test_each_file_is_changed_once(journal: Path) -> None:
    assert run(["set", "hours=1", "relay", ONE, "location=Leeds"]) == 0
    assert (journal / ONE).read_text() == GOOD.replace("hours: 2\n", "hours: 1\nlocation: Leeds\n")


def test_a_record_that_cannot_be_read_stops_all(journal: Path) -> None:
    write(journal, TWO, b"\xff")
    assert run(["set", "relay", "storage", "hours=1"]) == 1
    assert (journal / ONE).read_text() == GOOD


def test_a_file_that_changes_meanwhile_is_left(journal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tried = set_action.field_changes

    def edited_meanwhile(root: Path, names: list[str], changes: list[str]) -> object:
        patches = tried(root, names, changes)
        write(root, ONE, OTHER)
        return patches

    monkeypatch.setattr(set_action, "field_changes", edited_meanwhile)
    assert run(["set", "relay", "storage", "hours=1"]) == 1
    assert ((journal / ONE).read_bytes(), (journal / TWO).read_bytes()) == (OTHER.encode(), OTHER.encode())


def test_new_names_that_the_journal_does_not_have_are_refused_or_reported(
    journal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for change in ("objectives+=typo", "competences+=A9"):
        assert run(["set", "relay", change]) == 2
    assert (journal / ONE).read_text() == GOOD
    write(journal, ONE, GOOD.replace("hours: 2\n", "hours: 2\nobjectives: [gone]\n"))
    assert run(["set", "relay", "competences+=Z9", "location=Leeds"]) == 0
    assert "Z9" in capsys.readouterr().err
    assert run(["set", "relay", "topics+=safety"]) == 0
    assert "objectives: [gone]\n" in (journal / ONE).read_text()
