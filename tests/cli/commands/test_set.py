from pathlib import Path

import pytest

from cpdkit.cli.commands import set as set_command
from cpdkit.cli.commands.set import patches_of
from cpdkit.cli.main import run
from cpdkit.errors import NoJournal
from tests.journal.folders import FIELDS, GOOD, MEMBER, record, write


def test_each_file_is_patched_once(tmp_path: Path) -> None:
    write(tmp_path, "cpd.yaml", MEMBER)
    write(tmp_path, "activities/relay.md", GOOD)
    (patch,) = patches_of(tmp_path, ("hours=1", "relay", "activities/relay.md", "location=Leeds"))
    assert (patch.path, patch.before) == ("activities/relay.md", GOOD.encode())
    assert patch.after == GOOD.replace("hours: 2\n", "hours: 1\nlocation: Leeds\n").encode()


def test_there_has_to_be_a_journal(tmp_path: Path) -> None:
    with pytest.raises(NoJournal):
        patches_of(tmp_path, ("relay", "hours=1"))


ONE, TWO = "activities/2026/2026-03-14-relay-course.md", "activities/2026/2026-04-02-storage.md"
OTHER = record(FIELDS.replace("Relay course", "Storage  # mine"), "Text.\n").replace("\n", "\r\n")


@pytest.fixture
def journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for path, text in {"cpd.yaml": MEMBER, ONE: GOOD, TWO: OTHER}.items():
        write(tmp_path, path, text)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_fields_of_several_are_changed_and_nothing_else(journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["set", "relay", "storage", "hours=1h30", "topics+=safety"]) == 0
    assert capsys.readouterr() == ("", "2 files changed\n")
    new = "hours: 1h30\ntopics: [safety]\n"
    assert (journal / ONE).read_bytes() == GOOD.replace("hours: 2\n", new).encode()
    new = new.replace("\n", "\r\n")
    assert (journal / TWO).read_bytes() == OTHER.replace("hours: 2\r\n", new).encode()


def test_a_dry_run_shows_and_leaves(journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["set", "relay", "type=event", "--dry-run"]) == 0
    shown = capsys.readouterr()
    assert f"--- a/{ONE}\n+++ b/{ONE}\n" in shown.out
    assert "-type: training\n+type: event\n" in shown.out
    assert (shown.err, (journal / ONE).read_text()) == ("1 file would change\n", GOOD)


def test_what_is_so_already_is_not_written(journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (journal / ONE).stat()
    assert run(["set", "relay", "hours=2"]) == 0
    assert capsys.readouterr().err == "nothing to change\n"
    assert (journal / ONE).stat() == before


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["relay", "storage", "start=2026-02-30"], 1, "was not changed: 2026-02-30 is not a day"),
        (["relay", "storage", "titel=x"], 2, "did you mean title?"),
        (["2026", "hours=1"], 2, "is a part of 2 names"),
        (["nothing", "hours=1"], 2, 'there is no activity "nothing"'),
        (["relay"], 2, "it is not said what to change"),
        (["hours=1"], 2, "it is not said which activity to change"),
    ],
)
def test_what_can_not_be_done_changes_nothing(
    journal: Path, words: list[str], code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["set", *words]) == code
    assert said in capsys.readouterr().err
    assert ((journal / ONE).read_text(), (journal / TWO).read_bytes()) == (GOOD, OTHER.encode())


def test_a_record_that_can_not_be_read_stops_all(journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(journal, TWO, b"\xff")
    assert run(["set", "relay", "storage", "hours=1"]) == 1
    assert "storage.md was not changed: the file is not UTF-8" in capsys.readouterr().err
    assert (journal / ONE).read_text() == GOOD


def test_a_file_that_changes_meanwhile_is_left(
    journal: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    tried = set_command.patches_of

    def edited_behind(root: Path, said: tuple[str, ...]) -> object:
        patches = tried(root, said)
        write(root, ONE, OTHER)
        return patches

    monkeypatch.setattr(set_command, "patches_of", edited_behind)
    assert run(["set", "relay", "storage", "hours=1"]) == 1
    assert "changed on disk since it was read" in capsys.readouterr().err
    assert ((journal / ONE).read_bytes(), (journal / TWO).read_bytes()) == (OTHER.encode(), OTHER.encode())
