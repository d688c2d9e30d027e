"""Failures of external programs, and Ctrl-C: the error names the program, and no temporary file remains."""

import os
import shlex
import signal
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from cpdkit.documents import pandoc
from tests.program import Done, ended, environment, make_journal, names, refused, report, wanted

NAME = "angharad-llywelyn-detailed-2026.html"
ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def journal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_journal(tmp_path_factory.mktemp("here") / "journal")


def script(path: Path, lines: str) -> Path:
    path.write_text(f"#!/bin/sh\n{lines}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


# --- programs that are missing, broken or of another version ---


def test_a_missing_pandoc(journal: Path, tmp_path: Path) -> None:
    done = report(journal, tmp_path, env={"CPD_PANDOC": "/nowhere/pandoc"})
    refused(done, 4, "pandoc", "/nowhere/pandoc")
    assert "set CPD_PANDOC" in done.err
    assert names(tmp_path) == []


def test_a_broken_pandoc(journal: Path, tmp_path: Path) -> None:
    broken = script(tmp_path / "pandoc", "echo 'cannot open shared object' >&2\necho more >&2\nexit 127")
    done = report(journal, tmp_path / "out", env={"CPD_PANDOC": str(broken)})
    assert (done.code, names(tmp_path / "out")) == (4, [])
    assert all(word in done.error for word in ("pandoc", "127", "cannot open shared object"))
    assert "more" not in done.error


def test_a_pandoc_of_another_version_is_named_and_the_report_is_made(journal: Path, tmp_path: Path) -> None:
    real = shlex.quote(str(pandoc.binary()))
    other = script(tmp_path / "pandoc", f'if [ "$1" = --version ]; then echo "pandoc 3.1.2"; else exec {real} "$@"; fi')
    done = report(journal, tmp_path / "out", env={"CPD_PANDOC": str(other)})
    assert (done.code, names(tmp_path / "out")) == (0, [NAME])
    assert "3.1.2" in done.error
    assert pandoc.TESTED in done.error


def python_without(place: Path, package: str, version: str = "") -> Path:
    """Return an interpreter that finds all packages but one, or that one as another version."""
    venv.create(place / "env", with_pip=False, symlinks=True)
    found = place / "packages"
    found.mkdir()
    for entry in Path(sysconfig.get_path("purelib")).iterdir():
        name = entry.name.replace("-", "_").lower()
        of_package = name.startswith(f"{package}_") or name == package
        if entry.suffix == ".pth" or (of_package and not version):
            continue
        renamed = f"{package}-{version}.dist-info" if of_package and entry.suffix == ".dist-info" else entry.name
        (found / renamed).symlink_to(entry)
    packages = Path(sysconfig.get_path("purelib", vars={"base": str(place / "env")}))
    (packages / "ours.pth").write_text(f"{ROOT}\n{found}\n", encoding="utf-8")
    return place / "env" / "bin" / "python"


def with_python(python: Path, journal: Path, out: Path, formats: str) -> Done:
    command = [str(python), "-P", "-m", "cpdkit", *wanted(journal, out, formats)]
    done = subprocess.run(command, env=environment(), capture_output=True, timeout=60)
    return ended(done.returncode, done.stdout, done.stderr)


def test_without_typst_there_is_no_pdf_but_html(journal: Path, tmp_path: Path) -> None:
    python = python_without(tmp_path, "typst")
    done = with_python(python, journal, tmp_path / "out", "html,pdf")
    refused(done, 4, "typst")
    assert f"pip install typst=={pandoc.TYPST_PACKAGE}" in done.err
    assert names(tmp_path / "out") == []
    assert with_python(python, journal, tmp_path / "out", "html").code == 0


def test_without_the_pandoc_package(journal: Path, tmp_path: Path) -> None:
    done = with_python(python_without(tmp_path, "pypandoc"), journal, tmp_path / "out", "html")
    refused(done, 4, "pypandoc_binary")


def test_a_typst_of_another_version_is_named_and_the_report_is_made(journal: Path, tmp_path: Path) -> None:
    done = with_python(python_without(tmp_path, "typst", "0.99.1"), journal, tmp_path / "out", "pdf")
    assert done.code == 0
    assert "0.99.1" in done.error
    assert pandoc.TYPST_PACKAGE in done.error


# --- Ctrl-C and other signals ---

# Sends itself a signal at the first audit event of a kind: immediately, or after a delay in seconds.
STOPPED_AT = """
import os, signal, sys, threading
signal.signal(signal.SIGINT, signal.default_int_handler)
_, number, event, marker, delay, *sys.argv[1:] = sys.argv
moments = []
def watch(happening, details):
    if happening == event and marker in str(details) and not moments:
        moments.append(happening)
        stop = lambda: os.kill(os.getpid(), int(number))
        threading.Timer(float(delay), stop).start() if float(delay) else stop()
sys.addaudithook(watch)
from cpdkit.__main__ import start
start()
"""
READING = ("open", ".md", 0.0)
A_CHILD_RUNS = ("subprocess.Popen", "pandoc", 0.1)
WRITING = ("open", ".cpdkit-", 0.0)
ALL_IS_WRITTEN = ("os.rename", ".cpdkit-", 0.0)


def stopped(number: signal.Signals, moment: tuple[str, str, float], env: Mapping[str, str], *args: str) -> Done:
    event, marker, delay = moment
    child = subprocess.Popen(
        [sys.executable, "-P", "-c", STOPPED_AT, str(number.value), event, marker, str(delay), *args],
        env=environment(env),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    out, err = child.communicate(timeout=60)
    return ended(child.returncode, out, err)


def command_lines() -> Iterator[bytes]:
    """Return the command line of every process, followed by its environment."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            yield (folder / "cmdline").read_bytes() + (folder / "environ").read_bytes()
        except OSError:
            continue


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX's")
@pytest.mark.parametrize(
    ("name", "moment"),
    [("SIGINT", READING), ("SIGINT", A_CHILD_RUNS), ("SIGTERM", A_CHILD_RUNS), ("SIGHUP", A_CHILD_RUNS),
     ("SIGINT", WRITING), ("SIGTERM", WRITING), ("SIGINT", ALL_IS_WRITTEN), ("SIGTERM", ALL_IS_WRITTEN)],
)  # fmt: skip
def test_an_interrupted_report_writes_nothing(
    journal: Path, tmp_path: Path, name: str, moment: tuple[str, str, float]
) -> None:
    out, temporary = tmp_path / "out", tmp_path / "temporary"
    for folder in (out, temporary):
        folder.mkdir()
    suffixes = ("docx", "html", "pdf")
    old = {f"angharad-llywelyn-detailed-2026.{suffix}": b"old" for suffix in suffixes}
    for file, data in old.items():
        (out / file).write_bytes(data)
    slow = script(tmp_path / "pandoc", "exec sleep 62") if moment is A_CHILD_RUNS else pandoc.binary()
    env = {"TMPDIR": str(temporary), "CPD_PANDOC": str(slow)}
    done = stopped(signal.Signals[name], moment, env, *wanted(journal, out, ",".join(suffixes)))
    assert (done.code, done.err) == (130, "cpd: interrupted\n")
    assert {path.name: path.read_bytes() for path in out.iterdir()} == old
    assert names(temporary) == []
    assert not any(str(temporary).encode() in line or b"sleep\x0062\x00" in line for line in command_lines())


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX's")
def test_a_check_that_is_interrupted(journal: Path) -> None:
    done = stopped(signal.SIGINT, READING, {}, "check", "--journal", str(journal))
    assert (done.code, done.out, done.err) == (130, "", "cpd: interrupted\n")
