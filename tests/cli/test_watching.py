"""`cpd check --watch` as a person has it: in a pipe, on a terminal, until Ctrl-C."""

import os
import signal
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from cpdkit.checks.engine import Checked
from cpdkit.cli.watching import LINES_BELOW, fitted, of_paths, worst_first
from cpdkit.diagnostics import Diagnostic, Severity
from tests.journal.folders import GOOD, MEMBER, write
from tests.program import PROGRAM, environment

WRONG = GOOD.replace("2026-03-14", "2026-02-30")
SECONDS = 30


class Watching:
    """A watch whose lines are read as they come."""

    def __init__(self, root: Path) -> None:
        self.process = subprocess.Popen(
            [*PROGRAM, "check", "--watch", "--journal", str(root)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env={**environment(), "CPD_TODAY": "2026-11-23"},
            text=True,
            encoding="utf-8",
        )
        self.lines: list[str] = []
        self.news = threading.Condition()
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()

    def read(self) -> None:
        for line in self.process.stdout or ():
            with self.news:
                self.lines.append(line.rstrip("\n"))
                self.news.notify_all()

    def until(self, word: str) -> list[str]:
        """The lines so far, once one holds the word; they are forgotten then."""
        with self.news:
            assert self.news.wait_for(lambda: any(word in line for line in self.lines), SECONDS), self.lines
            said, self.lines[:] = list(self.lines), []
        return said

    def ended(self) -> int:
        """The exit code after Ctrl-C."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(SECONDS)


@pytest.fixture
def watching(tmp_path: Path) -> Iterator[Watching]:
    write(tmp_path, "cpd.yaml", MEMBER)
    write(tmp_path, "activities/good.md", GOOD)
    watching = Watching(tmp_path)
    yield watching
    watching.process.kill()
    watching.process.wait()
    watching.reader.join(SECONDS)
    if watching.process.stdout:
        watching.process.stdout.close()


@pytest.mark.skipif(os.name != "posix", reason="sends Ctrl-C as a signal")
def test_a_new_error_is_told_and_its_end_too(watching: Watching, tmp_path: Path) -> None:
    assert watching.until("checked")[-1] == "1 activity checked: no problems"
    write(tmp_path, "activities/wrong.md", WRONG.replace("Relay", "Second"))
    # A check may come in the middle of the writing; the last one counts.
    said = watching.until("activities/wrong.md:4:8: error CPD204")
    assert any(line and set(line) == {"─"} for line in said)
    (tmp_path / "activities/wrong.md").unlink()
    watching.until("1 activity checked: no problems")
    assert watching.ended() == 130


def problem(path: str, severity: Severity) -> Diagnostic:
    return Diagnostic(path, None, "CPD204", severity, "so")


ALL = (problem("a/x.md", Severity.ADVICE), problem("b.md", Severity.ERROR), problem("ab.md", Severity.WARNING))


@pytest.mark.parametrize(
    ("wanted", "paths"),
    [((), ["a/x.md", "b.md", "ab.md"]), (("a",), ["a/x.md"]), (("b.md", "a/x.md"), ["a/x.md", "b.md"]), (("c",), [])],
)
def test_only_the_wanted_is_told(wanted: tuple[str, ...], paths: list[str]) -> None:
    assert [each.path for each in of_paths(Checked(Path(), ALL, 3, 3), wanted).diagnostics] == paths


def test_errors_come_first() -> None:
    assert [each.path for each in worst_first(Checked(Path(), ALL, 3, 3))] == ["b.md", "ab.md", "a/x.md"]


@pytest.mark.parametrize(
    ("room", "lines", "left"),
    [(10, ["a", "b", "c", "d"], 0), (3, ["a", "b", "c"], 1), (1, ["a", "b"], 2), (-LINES_BELOW, ["a", "b"], 2)],
)
def test_as_many_are_shown_as_there_is_room_for(room: int, lines: list[str], left: int) -> None:
    assert fitted([["a", "b"], ["c"], ["d"]], room) == (lines, left)
