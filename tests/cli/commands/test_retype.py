"""`cpd retype`: one word changes, in every file or in none."""

import signal
import sys
from pathlib import Path

import pytest

from cpdkit.cli.main import run
from cpdkit.journal.load import load
from tests.journal.folders import FIELDS, GOOD, journal_of, record
from tests.program import cpd, killed_at

Captured = pytest.CaptureFixture[str]
MANY = 100


def test_what_cannot_be_read_is_named_and_stays(tmp_path: Path, capsys: Captured) -> None:
    journal_of(tmp_path, {"activities/a.md": GOOD, "activities/b.md": "no front matter"})
    words = ["retype", "training", "event", "--journal", str(tmp_path)]
    assert run([*words, "--folder", "2013"]) == 0
    remarks = capsys.readouterr().err.splitlines()
    assert "2013" in remarks[0]
    assert "1 activity" in remarks[1]
    assert (tmp_path / "activities/a.md").read_text() == GOOD
    assert run(words) == 0
    assert (tmp_path / "activities/a.md").read_text() == GOOD.replace("training", "event")


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


def test_the_word_alone_changes(root: Path) -> None:
    before = {path: path.read_bytes() for path in root.rglob("*.md")}
    assert run(["retype", "training", "event", "--journal", str(root), "--dry-run"]) == 0
    assert {path: path.read_bytes() for path in root.rglob("*.md")} == before
    assert run(["retype", "Training", "event", "--journal", str(root)]) == 0
    for path, data in before.items():
        now = path.read_bytes()
        assert now == data.replace(b"type: training", b"type: event").replace(b"'training'", b"event")


def test_a_period_chooses(root: Path) -> None:
    assert run(["retype", "training", "event", "--period", "2013", "--journal", str(root)]) == 0
    assert [each.id for each in load(root).activities if each.type == "event"] == ["old", "event"]


@pytest.mark.parametrize("args", [("training", "party"), ("event", "event"), ("training", "event", "--type", "event")])
def test_what_makes_no_sense_is_refused(root: Path, args: tuple[str, ...]) -> None:
    assert run(["retype", *args, "--journal", str(root)]) == 2


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")
def test_killed_at_any_step_every_file_is_old_or_new(tmp_path: Path) -> None:
    old, new = record().encode(), record(FIELDS.replace("training", "event")).encode()
    journal_of(tmp_path, {f"activities/{number:03}.md": old for number in range(MANY)})
    args = ["retype", "training", "event", "--journal", str(tmp_path)]
    counts = []
    for step in (0, 1, 50, 99, 100, 101, 140, 198, 199):
        # Restore the files, so that every run starts with all of them.
        for path in tmp_path.glob("activities/*.md"):
            path.write_bytes(old)
        assert killed_at(step, *args) == -signal.SIGKILL
        states = [path.read_bytes() for path in tmp_path.glob("activities/*.md")]
        assert len(states) == MANY
        assert set(states) <= {old, new}
        counts.append(states.count(new))
    # The first file is replaced when all new ones are on disk.
    assert counts[:5] == [0] * 5
    assert counts == sorted(counts)
    assert 0 < counts[5] < counts[-1] < MANY
    assert cpd(*args).code == 0
    assert {path.read_bytes() for path in tmp_path.glob("activities/*.md")} == {new}
    assert cpd("check", "--journal", tmp_path, "--exit-zero").code == 0
