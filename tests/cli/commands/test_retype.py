"""What `cpd retype` plans."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from cpdkit.cli.commands.retype import retyped
from cpdkit.cli.main import run
from cpdkit.journal.load import load
from cpdkit.journal.selection import Choice
from tests.journal.folders import FIELDS, GOOD, journal_of, record
from tests.program import cpd, environment


def test_what_can_not_be_read_is_told_and_stays(tmp_path: Path) -> None:
    journal_of(tmp_path, {"activities/a.md": GOOD, "activities/b.md": "no front matter"})
    root, patches, remarks = retyped(tmp_path, "training", "event", Choice(folders=("2013",)))
    assert (root, patches) == (tmp_path.resolve(), ())
    assert "2013" in remarks[0]
    assert remarks[1] == "activities that could not be read and stay as they are: 1; cpd check says why"
    assert [each.path for each in retyped(tmp_path, "training", "event", Choice())[1]] == ["activities/a.md"]


Captured = pytest.CaptureFixture[str]
MANY = 500
# The program, which kills itself at the Nth time that it opens, replaces or takes away a file.
DIES = """
import os, signal, sys
from cpdkit.cli.main import run
left = int(sys.argv[1])
def hook(event, args):
    global left
    if event in ("os.rename", "os.remove") or (event == "open" and ".cpdkit-" in str(args[0])):
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(hook)
sys.exit(run(sys.argv[2:]))
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    files = {f"activities/{number:03}.md": record() for number in range(5)}
    files["activities/event.md"] = record(FIELDS.replace("training", "event"))
    files["activities/old.md"] = record(
        FIELDS.replace("2026", "2013").replace("type: training", "type: 'training' # x")
    )
    files["activities/draft.md"] = record(FIELDS + "status: draft\nconfidential: true\n")
    journal_of(tmp_path, files)
    return tmp_path


def test_the_word_alone_changes(root: Path, capsys: Captured) -> None:
    before = {path: path.read_bytes() for path in root.rglob("*.md")}
    assert run(["retype", "training", "event", "--journal", str(root), "--dry-run"]) == 0
    assert "7 activities would be retyped" in capsys.readouterr().err
    assert {path: path.read_bytes() for path in root.rglob("*.md")} == before
    assert run(["retype", "Training", "event", "--journal", str(root)]) == 0
    for path, data in before.items():
        now = path.read_bytes()
        assert now == data.replace(b"type: training", b"type: event").replace(b"'training'", b"event")
    assert run(["retype", "training", "event", "--journal", str(root)]) == 0
    assert "nothing to change" in capsys.readouterr().err


def test_a_period_chooses(root: Path, capsys: Captured) -> None:
    assert run(["retype", "training", "event", "--period", "2013", "--journal", str(root)]) == 0
    assert "1 activity retyped" in capsys.readouterr().err
    assert [each.id for each in load(root).activities if each.type == "event"] == ["old", "event"]


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("training", "party"), 'there is no type "party"'),
        (("event", "event"), "the same type"),
        (("training", "event", "--type", "event"), "both say the type"),
    ],
)
def test_what_makes_no_sense_is_said(root: Path, capsys: Captured, args: tuple[str, ...], message: str) -> None:
    assert run(["retype", *args, "--journal", str(root)]) == 2
    assert message in capsys.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")
def test_killed_at_any_step_every_file_is_old_or_new(tmp_path: Path) -> None:
    old, new = record().encode(), record(FIELDS.replace("training", "event")).encode()
    journal_of(tmp_path, {f"activities/{number:03}.md": old for number in range(MANY)})
    args = ["retype", "training", "event", "--journal", str(tmp_path)]
    counts = []
    for step in (0, 1, 250, 499, 500, 501, 700, 998, 999, 1000):
        # The files before are retyped back, so that every run has all of them before it.
        for path in tmp_path.glob("activities/*.md"):
            path.write_bytes(old)
        done = subprocess.run([sys.executable, "-c", DIES, str(step), *args], env=environment(), capture_output=True)
        assert done.returncode == -signal.SIGKILL
        states = [path.read_bytes() for path in tmp_path.glob("activities/*.md")]
        assert len(states) == MANY
        assert set(states) <= {old, new}
        counts.append(states.count(new))
    # The first is replaced when all are on the disk.
    assert counts[:5] == [0] * 5
    assert counts == sorted(counts)
    assert 0 < counts[5] < counts[-1] < MANY
    assert cpd(*args).code == 0
    assert {path.read_bytes() for path in tmp_path.glob("activities/*.md")} == {new}
    assert cpd("check", "--journal", tmp_path, "--exit-zero").code == 0
