"""Every way in which a command can end, with its exit code and message."""

import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from cpdkit.cli.exits import exit_code_of
from cpdkit.errors import CannotWrite, NoJournal, ToolFailed, UsageError
from tests.tools import needs

FULL = "the disk is full\n     free some space and try again\n"


def raising(error: BaseException) -> Callable[[], int]:
    def work() -> int:
        raise error

    return work


@pytest.mark.parametrize(
    ("error", "code", "message"),
    [
        (UsageError("1/2 is not clear", "write 2026-02-01"), 2, "cpd: 1/2 is not clear\n     write 2026-02-01\n"),
        (CannotWrite(Path("a.pdf"), "the disk is full"), 1, "cpd: cannot write a.pdf: the disk is full\n"),
        (ToolFailed("pandoc", -9, ""), 4, "cpd: pandoc was killed by signal 9\n"),
        (ToolFailed("x", 1, "Traceback:\n  a\nValueError: b"), 4, "cpd: x failed with code 1: ValueError: b\n"),
        (OSError(28, "full"), 1, f"cpd: cannot write standard output: {FULL}"),
        (OSError(28, "full", "a.tmp"), 1, f"cpd: cannot write a.tmp: {FULL}"),
        (MemoryError(), 1, "cpd: not enough memory\n"),
        (click.UsageError("Missing argument."), 2, "cpd: missing argument\n"),
        (click.exceptions.Exit(0), 0, ""),
    ],
)  # fmt: skip
def test_what_stops_a_command_has_a_code_and_a_sentence(
    error: BaseException, code: int, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert exit_code_of(raising(error), []) == code
    shown = capsys.readouterr()
    assert (shown.out, shown.err) == ("", message)


def test_without_a_journal_the_hint_is_how_to_create_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code_of(raising(NoJournal(Path("here"))), []) == 2
    assert "cpd.yaml" in capsys.readouterr().err


def test_a_command_gives_its_own_code() -> None:
    assert exit_code_of(lambda: 1, []) == 1


def caused(error: Exception, cause: BaseException) -> Exception:
    error.__cause__ = cause
    return error


def met(error: Exception, earlier: BaseException) -> Exception:
    error.__context__ = earlier
    return error


@pytest.mark.parametrize(
    "error",
    [
        KeyboardInterrupt(),
        click.Abort(),
        caused(RuntimeError("Error calling __set_name__ on a field"), KeyboardInterrupt()),
        met(CannotWrite(Path("a.pdf"), "its folder is gone"), KeyboardInterrupt()),
    ],
)
def test_an_interruption_goes_on_to_the_start(error: BaseException) -> None:
    with pytest.raises(KeyboardInterrupt):
        exit_code_of(raising(error), [])


def test_an_error_that_is_its_own_cause_ends_too(capsys: pytest.CaptureFixture[str]) -> None:
    error = ToolFailed("typst", 1, "")
    assert exit_code_of(raising(caused(error, error)), []) == 4
    assert capsys.readouterr().err.startswith("cpd: typst")


def test_a_bug_is_reported_shortly_and_pasteably(capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code_of(raising(KeyError("x")), ["report", "two words"]) == 3
    lines = capsys.readouterr().err.splitlines()
    assert lines[0].endswith("Please report it with these lines:")
    assert lines[1].startswith("    cpdkit ")
    assert lines[2:4] == ["    $ cpd report 'two words'", "    KeyError: 'x'"]
    assert lines[4].startswith("      cli/exits.py:")
    assert lines[-1].strip().endswith("in work")


def test_a_bug_keeps_only_the_last_places(capsys: pytest.CaptureFixture[str]) -> None:
    exit_code_of(lambda: exit_code_of_deep(60), [])
    assert len(capsys.readouterr().err.splitlines()) < 15


def exit_code_of_deep(depth: int) -> int:
    return 1 // 0 if not depth else exit_code_of_deep(depth - 1)


def test_a_maintainer_can_see_the_traceback(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CPD_DEBUG", "1")
    assert exit_code_of(raising(KeyError("x")), []) == 3
    assert "Traceback (most recent call last)" in capsys.readouterr().err


LONG_SPEECH = """
import sys
from cpdkit.cli.console import Console
from cpdkit.cli.exits import exit_code_of
def work():
    for _ in range(100_000):
        Console().show("a line of a long result")
    return 0
sys.exit(exit_code_of(work, []))
"""


def test_a_reader_that_goes_away_is_no_error() -> None:
    writer = subprocess.Popen([sys.executable, "-c", LONG_SPEECH], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert writer.stdout is not None
    writer.stdout.readline()
    writer.stdout.close()
    assert writer.stderr is not None
    errors = writer.stderr.read()
    writer.stderr.close()
    assert (writer.wait(30), errors) == (141, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device here that is always full")
def test_a_full_disk_under_stdout_is_reported() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run([sys.executable, "-c", LONG_SPEECH], stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 1
    assert done.stderr.startswith(b"cpd: cannot write standard output: ")
    assert b"Traceback" not in done.stderr


def test_stdout_may_be_closed() -> None:
    shell = needs("sh")
    done = subprocess.run([shell, "-c", f"{shlex.quote(sys.executable)} -m cpdkit --version >&-"], capture_output=True)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_thread_that_cannot_start_is_no_bug(capsys: pytest.CaptureFixture[str]) -> None:
    def work() -> int:
        raise RuntimeError("can't start new thread")

    assert exit_code_of(work, ["report"]) == 1
    assert "not enough memory" in capsys.readouterr().err
