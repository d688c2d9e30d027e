"""The program's start and end: Ctrl-C and similar signals end it in one line, and its clean-up runs."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from cpdkit import __main__

posix = pytest.mark.skipif(os.name != "posix", reason="signals are POSIX's")
# A program that runs tests in the background makes its children ignore Ctrl-C.
HEARS_ALL = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"


def test_main_gives_the_exit_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["cpd", "--version"])
    assert __main__.main() == 0


def test_an_interruption_while_importing_is_one_line() -> None:
    code = """
import builtins, sys
from cpdkit.__main__ import main
real = builtins.__import__
def slow(name, *rest):
    if name == "click":
        raise KeyboardInterrupt
    return real(name, *rest)
builtins.__import__ = slow
sys.exit(main())
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True)
    assert (done.returncode, done.stderr) == (130, b"cpd: interrupted\n")


WORKING = """
import os, sys, time
from cpdkit.cli import main
from cpdkit.__main__ import start
main.perform = lambda args: print("working", flush=True) or time.sleep(30)
start()
"""


def stopped(number: signal.Signals, before: str = HEARS_ALL, code: str = WORKING) -> tuple[int, bytes]:
    """Send a signal to a program after its first output; return its exit code and its output."""
    child = subprocess.Popen(
        [sys.executable, "-c", before + code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert child.stdout is not None
    child.stdout.readline()
    child.send_signal(number)
    child.wait(20)
    return child.returncode, child.communicate()[1]


@posix
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_an_interruption_while_working_is_one_line(name: str) -> None:
    assert stopped(signal.Signals[name]) == (130, b"cpd: interrupted\n")


@posix
def test_a_closed_terminal_does_not_end_what_nohup_started() -> None:
    ignoring = "import signal; signal.signal(signal.SIGHUP, signal.SIG_IGN)\n"
    assert stopped(signal.SIGHUP, ignoring, WORKING.replace("time.sleep(30)", "time.sleep(1) or 7")) == (7, b"")


@posix
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_language_server_ends_at_once_though_its_editor_is_still_there(name: str) -> None:
    code = """
import sys
from cpdkit.cli.main import cpd
from cpdkit.editor import server
from cpdkit.__main__ import start
serve = server.serve
server.serve = lambda stdin, stdout: stdout.write(b"up\\n") and stdout.flush() or serve(stdin, stdout)
sys.argv = ["cpd", "lsp"]
start()
"""
    number = signal.Signals[name]
    assert stopped(number, code=code) == (-number, b"")


def test_the_end_runs_what_waits_for_it_and_writes_all_out(tmp_path: Path) -> None:
    code = """
import atexit, sys
from cpdkit import __main__
__main__.main = lambda: print("x" * 100_000) or 7
atexit.register(print, "at the end")
__main__.start()
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=tmp_path)
    assert (done.returncode, len(done.stdout), done.stdout[-11:]) == (7, 100_012, b"at the end\n")
