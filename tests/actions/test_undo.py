"""Undo through the commands: byte for byte over any sequence, with failures at each step, and on hostile steps."""

import errno
import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cpdkit.actions import undo_steps
from cpdkit.actions.undo_steps import UNDO, steps
from cpdkit.cli.main import run
from tests.actions.test_move_fails import failing_at
from tests.journal.folders import FIELDS, journal_of, record, write
from tests.program import cpd, killed_at, start

A, B, PLAN = "activities/2026/2026-03-14-a.md", "activities/2026/b.md", "plan/relays.md"
FILES: Mapping[str, str | bytes] = {
    A: record(FIELDS + "objectives: [relays]\nevidence: [x.pdf]\n", "\n[b](b.md) and [[b]]\n"),
    B: record(FIELDS.replace("hours: 2", "hours: 3 \nstatus: planned"), "\r\n[a](2026-03-14-a.md)\r\n"),
    "activities/c.md": b"\xef\xbb\xbf" + record().encode().replace(b"\n", b"\r\n"),
    "activities/d.md": record(FIELDS.replace("title: ", "titel: ") + "evidence: [x.pdf]\n"),
    PLAN: record("title: Relays\nstart: 2026-01-01\n", ""),
    "evidence/x.pdf": bytes(range(256)),
    "evidence/unused.pdf": b"unused",
}


def make(root: Path) -> Path:
    journal_of(root, FILES)
    return root


@pytest.fixture
def journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = make(tmp_path / "journal")
    monkeypatch.chdir(root)
    monkeypatch.setenv("CPD_TODAY", "2026-11-24")
    return root


def state(root: Path) -> dict[str, bytes | None]:
    """Return all files and folders of a journal but its trash, and temporary files that could not be removed."""
    paths = (path for path in root.rglob("*") if ".trash" not in path.parts and not path.name.startswith(".cpdkit-"))
    return {str(path.relative_to(root)): path.read_bytes() if path.is_file() else None for path in paths}


COMMANDS = (
    ("set", "2026-03-14-a", "hours=1h30", "topics+=grid"),
    ("set", "b", "title=Another title"),
    ("rename", "2026-03-14-a", "relays"),
    ("rename", "evidence/x.pdf", "certificate"),
    ("rename", PLAN, "protection"),
    ("move", "b", "Courses/2026"),
    ("move", "b", "."),
    ("retype", "training", "event"),
    ("merge", "2026-03-14-a", "c", "--prefer", "first"),
    ("done", "b"),
    ("attach", "c", "evidence/unused.pdf"),
    ("check", "--fix"),
    ("check", "--unsafe-fix"),
    ("new", "A lecture", "--type", "event", "--hours", "1", "--date", "2025-02-01", "--no-edit"),
    ("plan", "new", "Welsh", "--no-edit"),
    ("delete", "2026-03-14-a", "--evidence", "--yes"),
    ("delete", "b", "--yes"),
    ("delete", "relays", "c", "--yes"),
    ("delete", "evidence/unused.pdf", "--yes"),
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(COMMANDS), min_size=1, max_size=6))
def test_any_commands_are_undone_and_repeated_byte_for_byte(
    tmp_path_factory: pytest.TempPathFactory, commands: list[Sequence[str]]
) -> None:
    root = make(tmp_path_factory.mktemp("journal"))
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        patch.setenv("CPD_TODAY", "2026-11-24")
        states = [state(root)]
        for command in commands:
            run(command)  # some of them are refused, after the others
            if state(root) != states[-1]:
                states.append(state(root))
        assert len(steps(root)) == len(states) - 1
        for before in reversed(states[:-1]):
            assert run(["undo", "--yes"]) == 0
            assert state(root) == before
        assert run(["undo", "--yes"]) == 2
        for after in states[1:]:
            assert run(["undo", "--redo", "--yes"]) == 0
            assert state(root) == after
        assert run(["undo", "--redo", "--yes"]) == 2


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_dry_run_and_a_look_change_nothing(journal: Path, command: Sequence[str]) -> None:
    before = state(journal)
    if command[0] not in ("check",) and command[-1] != "--yes":
        run([*command, "--dry-run"])
        assert not (journal / ".trash").exists()
    run(command)
    after = state(journal)
    assert run(["undo", "--list"]) == 0
    run(["undo", "--dry-run"])
    assert state(journal) == after
    assert bool(steps(journal)) == (after != before)


@pytest.mark.parametrize("command", [each for each in COMMANDS if each[0] in ("rename", "delete", "merge", "new")])
def test_one_edited_file_stops_all_of_it(
    journal: Path, command: Sequence[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(command) == 0
    (step,) = steps(journal)
    present = [each.path for each in step.files if each.after and not each.path.startswith(".trash/")]
    gone = [each.path for each in step.files if each.after is None]
    for path in present:
        place = journal / path
        data = place.read_bytes()
        place.write_bytes(data + b"my own words\n")
        refused_with(path, journal, capsys)
        if command[0] != "new":  # a new file that is gone is as it was before
            place.unlink()
            refused_with(path, journal, capsys)
        place.write_bytes(data)
    for path in gone:
        write(journal, path, "my own words\n")
        refused_with(path, journal, capsys)
        (journal / path).unlink()
    assert run(["undo", "--yes"]) == 0


def refused_with(path: str, journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = state(journal)
    assert run(["undo", "--yes"]) == 1
    assert path in capsys.readouterr().err
    assert state(journal) == before


def test_what_the_editor_of_a_command_saved_belongs_to_the_change(
    journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = state(journal)
    monkeypatch.setenv("GIT_EDITOR", "echo 'My own words.' >>")
    assert run(["new", "A lecture", "--type", "event", "--hours", "1", "--date", "2026-11-20", "--edit"]) == 0
    (new,) = set(state(journal)) - set(before)
    words = (journal / new).read_bytes()
    assert b"My own words." in words
    assert run(["undo", "--yes"]) == 0
    assert state(journal) == before
    (kept,) = (journal / ".trash").rglob(Path(new).name)
    assert kept.read_bytes() == words
    assert run(["undo", "--redo", "--yes"]) == 0
    assert (journal / new).read_bytes() == words
    assert not list((journal / ".trash").rglob(Path(new).name))


def test_a_removed_file_gets_its_permissions_back(journal: Path) -> None:
    (journal / B).chmod(0o640)
    assert run(["delete", "b", "--yes"]) == 0
    (there,) = (journal / ".trash").rglob("b.md")
    assert there.stat().st_mode & 0o777 == 0o640
    assert run(["undo", "--yes"]) == 0
    assert (journal / B).stat().st_mode & 0o777 == 0o640


def test_the_steps_are_private_and_ignored(journal: Path) -> None:
    assert run(["set", "b", "hours=1"]) == 0
    (path,) = (journal / UNDO).iterdir()
    assert path.stat().st_mode & 0o777 == 0o600
    assert (journal / ".trash/.gitignore").read_text().splitlines()[-1] == "*"
    assert run(["check", "--severity", "error", "activities/c.md"]) == 0


@pytest.mark.parametrize("name", ["a: b.pdf", "naïve.pdf", "nai\u0308ve.pdf", "-x.pdf", "it's.pdf", "名.pdf"])
def test_files_of_any_name_come_back(journal: Path, name: str) -> None:
    write(journal, f"evidence/{name}", b"paper")
    before = state(journal)
    assert run(["delete", f"evidence/{name}", "--yes"]) == 0
    assert state(journal) != before
    assert run(["undo", "--yes"]) == 0
    assert state(journal) == before


def test_two_commands_at_once_are_two_steps(journal: Path) -> None:
    running = [start("set", name, "hours=1", "--journal", str(journal)) for name in ("b", "c", "2026-03-14-a")]
    assert [each.communicate(timeout=60) for each in running] == [(b"", b"changed 1 file\n")] * 3
    assert len(steps(journal)) == 3


def test_a_new_journal_is_not_a_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["init", "mine", "--name", "Angharad", "--no-git"]) == 0
    assert not (tmp_path / "mine/.trash").exists()


def test_reports_and_exports_are_not_changes(journal: Path) -> None:
    (journal / "activities/d.md").unlink()
    assert run(["export", "--format", "csv", "--out", "build/out.csv"]) == 0
    assert run(["schema", "--all"]) == 0
    assert not (journal / ".trash").exists()


def test_a_command_of_many_files_is_one_step(journal: Path, tmp_path: Path) -> None:
    table = write(tmp_path, "in.csv", "title,type,date,hours\nOne,event,2026-01-02,1\nTwo,event,2026-01-03,2\n")
    before = state(journal)
    assert run(["import", str(table)]) == 0
    assert len(state(journal)) > len(before)
    assert run(["undo", "--yes"]) == 0
    assert state(journal) == before


LINE = "2h IET lecture on fault levels, 14/3/2026, learned: why the offset decays"


@pytest.mark.parametrize("args", [[], ["inbox.md"], ["inbox/note.md"]])
def test_an_inbox_in_the_journal_is_undone_too(journal: Path, args: list[str]) -> None:
    for path in ("inbox.md", "inbox/note.md"):
        write(journal, path, f"# Inbox\n\n- {LINE}\n")
    before = state(journal)
    assert run(["inbox", *args, "--yes"]) == 0
    after = state(journal)
    assert after != before
    assert run(["undo", "--yes"]) == 0
    assert state(journal) == before
    assert run(["undo", "--redo", "--yes"]) == 0
    assert state(journal) == after


def test_a_change_outside_the_journal_cannot_be_undone_in_part(
    journal: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = write(tmp_path, "notes/inbox.md", f"- {LINE}\n")
    assert run(["inbox", str(place), "--yes"]) == 0
    before = state(tmp_path)
    assert run(["undo", "--yes"]) == 1
    assert "outside the journal" in capsys.readouterr().err
    assert state(tmp_path) == before


# --- Limits ---


def test_the_oldest_steps_go_first(journal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(undo_steps, "MOST_STEPS", 3)
    for hours in range(1, 6):
        assert run(["set", "b", f"hours={hours}"]) == 0
    assert len(steps(journal)) == 3
    assert len(list((journal / UNDO).iterdir())) == 3
    for hours in (4, 3, 2):
        assert run(["undo", "--yes"]) == 0
        assert f"hours: {hours}" in (journal / B).read_text()
    assert run(["undo", "--yes"]) == 2


def test_the_bytes_of_all_steps_are_limited(journal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(undo_steps, "MOST_BYTES", 1500)
    for hours in range(1, 6):
        assert run(["set", "b", f"hours={hours}"]) == 0
    assert 1 <= len(steps(journal)) < 5


def test_a_change_that_is_too_large_is_not_skipped(
    journal: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["set", "c", "hours=1"]) == 0
    monkeypatch.setattr(undo_steps, "MOST_STEP_BYTES", 10)
    assert run(["set", "b", "hours=1"]) == 0
    before = state(journal)
    assert run(["undo", "--yes"]) == 1
    assert "cannot undo cpd set" in capsys.readouterr().err
    assert state(journal) == before


def test_moving_large_evidence_keeps_no_copy(journal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(undo_steps, "MOST_STEP_BYTES", 1000)
    before = state(journal)
    (journal / "evidence/x.pdf").write_bytes(bytes(100_000))
    before = state(journal)
    assert run(["delete", "evidence/x.pdf", "--yes"]) == 0
    assert sum(path.stat().st_size for path in (journal / UNDO).iterdir()) < 5_000
    assert run(["undo", "--yes"]) == 0
    assert state(journal) == before


# --- Failures ---


def as_file(trash: Path, _outside: Path) -> None:
    trash.write_text("")


def as_link(trash: Path, outside: Path) -> None:
    trash.symlink_to(outside)


def with_linked_steps(trash: Path, outside: Path) -> None:
    trash.mkdir()
    (trash / "undo").symlink_to(outside)


@pytest.mark.parametrize("arrange", [as_file, as_link, with_linked_steps])
def test_a_change_that_cannot_be_kept_is_made_all_the_same(
    journal: Path, tmp_path: Path, arrange: Callable[[Path, Path], None], capsys: pytest.CaptureFixture[str]
) -> None:
    (outside := tmp_path / "outside").mkdir()
    arrange(journal / ".trash", outside)
    assert run(["set", "b", "hours=1"]) == 0
    assert "hours: 1" in (journal / B).read_text()
    assert "cpd undo cannot undo this change" in capsys.readouterr().err
    assert not list(outside.iterdir())
    assert run(["undo", "--yes"]) in (1, 2)
    if arrange is not with_linked_steps:
        before = state(journal)
        assert run(["delete", "b", "--yes"]) == 1
        assert state(journal) == before


def test_a_full_disk_while_the_step_is_written(
    journal: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*_args: object, **_kwargs: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(undo_steps, "write_new", full)
    assert run(["set", "b", "hours=1"]) == 0
    assert "cpd undo cannot undo this change" in capsys.readouterr().err


STEPS = 80


@pytest.mark.parametrize("command", [COMMANDS[2], COMMANDS[8], COMMANDS[13], COMMANDS[15]], ids=" ".join)
def test_an_undo_that_fails_anywhere_is_finished_by_the_next(journal: Path, command: Sequence[str]) -> None:
    before = state(journal)
    finished = False
    for number in range(1, STEPS):
        assert run(command) == 0
        after = state(journal)
        with failing_at(number, OSError(errno.EIO, "broken")) as count:
            run(["undo", "--yes"])
        if state(journal) != before:
            assert all(data in (before.get(path), after.get(path)) for path, data in state(journal).items())
            assert run(["undo", "--yes"]) == 0
        assert state(journal) == before
        shutil.rmtree(journal / ".trash")
        if finished := count[0] < number:
            break
    assert finished


@pytest.mark.parametrize("command", [("delete", "2026-03-14-a", "b", "--evidence", "--yes"), ("undo", "--yes")])
def test_a_killed_command_loses_no_words(journal: Path, tmp_path: Path, command: Sequence[str]) -> None:
    assert run(["set", "b", "hours=1"]) == 0
    words = {path.read_bytes() for path in journal.rglob("*") if path.is_file() and ".trash" not in path.parts}
    for number in range(0, 40, 3):
        copy = tmp_path / f"copy{number}"
        shutil.copytree(journal, copy)
        shutil.rmtree(copy / ".trash")
        if command[0] == "undo":
            assert cpd("set", "b", "title=Another", "--journal", copy).code == 0
            words |= {(copy / B).read_bytes()}
        ended = killed_at(number, *command, "--journal", str(copy))
        left = {path.read_bytes() for path in copy.rglob("*") if path.is_file()}
        if command[0] == "delete":
            assert words <= left
        else:
            assert (copy / B).read_bytes() in words
            if (copy / B).read_bytes() != (journal / B).read_bytes():
                assert cpd("undo", "--yes", "--journal", copy).code == 0
            assert (copy / B).read_bytes() == (journal / B).read_bytes()
        if ended == 0:
            return
    raise AssertionError("the command never finished")


# --- A step that somebody else wrote ---


def forged(journal: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Make a step, and change what is in it."""
    assert run(["set", "b", "hours=1"]) == 0
    (path,) = (journal / UNDO).iterdir()
    values = json.loads(path.read_text())
    changed = change(values)
    path.write_text(json.dumps(values if changed is None else changed))


PLACES = (
    "../outside.md", "/etc/passwd", "activities/../../outside.md", ".git/config", "activities/.hidden/x.md",
    ".trash/undo/000001-1.json", ".trash/../../x", "a\0b", "", ".", "activities//b.md", "x/" * 200 + "x",
    7, None, ["a"],
)  # fmt: skip


@pytest.mark.parametrize("place", PLACES, ids=repr)
@pytest.mark.parametrize("field", ["path", "folders", "renamed"])
def test_a_step_names_only_files_of_the_journal(
    journal: Path, place: Any, field: str, capsys: pytest.CaptureFixture[str]
) -> None:
    def change(values: dict[str, Any]) -> None:
        if field == "path":
            values["files"][0]["path"] = place
        elif field == "folders":
            values["folders"] = [place]
        else:
            values["renamed"] = {B: place}

    forged(journal, change)
    write(journal, ".git/config", "[core]\n")
    before = state(journal.parent)
    assert run(["undo", "--yes"]) == 2
    assert state(journal.parent) == before
    assert UNDO in capsys.readouterr().err


@pytest.mark.parametrize(
    "change",
    [
        lambda values: [values],
        lambda values: 7,
        lambda values: values.clear(),
        lambda values: values.update(files=7),
        lambda values: values.update(files=[7]),
        lambda values: values.update(files=values["files"] * 2),
        lambda values: values.update(command=7),
        lambda values: values.update(time="now"),
        lambda values: values.update({"cpdkit-undo": 2}),
        lambda values: values["files"][0].update(data="?"),
        lambda values: values["files"][0].update(data="bXkgb3du"),
        lambda values: values["files"][0].update(data=7),
        lambda values: values["files"][0].update(before="0" * 63),
        lambda values: values["files"][0].update(after=7),
        lambda values: values["files"][0].update(mode="x"),
    ],
)
def test_a_damaged_step_is_refused(journal: Path, change: Callable[[dict[str, Any]], object]) -> None:
    forged(journal, change)
    before = state(journal)
    assert run(["undo", "--yes"]) == 2
    assert run(["undo", "--list"]) == 2
    assert state(journal) == before


@pytest.mark.parametrize("data", [b"", b"\xff", b"[" * 100_000, b"{", b"1" * 10_000, b"null"])
def test_a_step_of_any_bytes_is_refused(journal: Path, data: bytes) -> None:
    assert run(["set", "b", "hours=1"]) == 0
    (path,) = (journal / UNDO).iterdir()
    path.write_bytes(data)
    assert run(["undo", "--yes"]) == 2


def test_a_copied_journal_brings_no_steps(
    journal: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["set", "b", "hours=1"]) == 0
    shutil.copytree(journal, tmp_path / "copy")
    monkeypatch.chdir(tmp_path / "copy")
    before = state(tmp_path / "copy")
    assert run(["undo", "--yes"]) == 2
    assert "another copy" in capsys.readouterr().err
    assert run(["set", "c", "hours=1"]) == 0
    assert run(["undo", "--yes"]) == 0
    assert run(["undo", "--yes"]) == 2
    assert state(tmp_path / "copy") == before


@pytest.mark.parametrize("linked", [B, "activities/2026", "activities"])
def test_no_link_is_followed(journal: Path, tmp_path: Path, linked: str) -> None:
    assert run(["delete", "b", "--yes"]) == 0
    outside = tmp_path / "outside"
    place = journal / linked
    if place.exists():
        shutil.move(place, outside)
    else:
        outside.write_text("outside")
    place.symlink_to(outside)
    before = state(outside) if outside.is_dir() else outside.read_bytes()
    assert run(["undo", "--yes"]) == 1
    assert (state(outside) if outside.is_dir() else outside.read_bytes()) == before


def test_control_characters_in_a_step_reach_no_terminal(journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    forged(journal, lambda values: values.update(command="cpd \x1b[2Jset"))
    assert run(["undo", "--list"]) == 0
    assert run(["undo", "--yes"]) == 0
    captured = capsys.readouterr()
    assert "\x1b" not in captured.out + captured.err


def test_a_step_gives_no_permission_to_run(journal: Path) -> None:
    assert run(["delete", "b", "--yes"]) == 0
    (path,) = (journal / UNDO).iterdir()
    path.write_text(path.read_text().replace('"mode": 420', '"mode": 4095'))
    assert run(["undo", "--yes"]) == 0
    assert (journal / B).stat().st_mode & 0o7111 == 0
