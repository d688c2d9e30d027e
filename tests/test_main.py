"""The program's very start: Ctrl-C has its one line at any moment, also while Python still imports."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from cpdkit import __main__


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


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX's")
def test_an_interruption_that_python_drops_comes_again() -> None:
    code = """
import signal, time
from cpdkit.cli import main
from cpdkit.__main__ import start
class Dropping:
    def __del__(self):
        signal.raise_signal(signal.SIGINT)
signal.signal(signal.SIGINT, signal.default_int_handler)
main.perform = lambda args: Dropping() and time.sleep(30)
start()
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=20)
    assert (done.returncode, done.stderr) == (130, b"cpd: interrupted\n")


@pytest.mark.parametrize("where", ["main", "atexit._run_exitfuncs"])
def test_an_interruption_beside_the_work_is_one_line(where: str) -> None:
    code = f"""
import atexit
from cpdkit import __main__
def stopped():
    raise KeyboardInterrupt
{where.replace("main", "__main__.main")} = stopped
__main__.start()
"""
    done = subprocess.run([sys.executable, "-c", code, "--version"], capture_output=True)
    assert (done.returncode, done.stderr) == (130, b"cpd: interrupted\n")


def test_another_error_beside_the_work_is_python_s_own_to_tell() -> None:
    code = "from cpdkit import __main__; __main__.main = lambda: 1 / 0; __main__.start()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True)
    assert (done.returncode, done.stderr.splitlines()[-1]) == (1, b"ZeroDivisionError: division by zero")


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX's")
def test_an_interruption_while_working_is_one_line() -> None:
    code = """
import sys, time
from cpdkit.cli import main
from cpdkit.__main__ import start
main.perform = lambda args: print("working", flush=True) or time.sleep(30)
start()
"""
    child = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert child.stdout is not None
    child.stdout.readline()
    child.send_signal(signal.SIGINT)
    _, said = child.communicate(timeout=20)
    assert (child.returncode, said) == (130, b"cpd: interrupted\n")


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
