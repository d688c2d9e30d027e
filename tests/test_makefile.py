"""The Makefile, in a checkout whose path is as awkward as paths get. Nothing here installs or needs a network."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tools import needs

ROOT = Path(__file__).resolve().parents[1]
AWKWARD = 'it\'s a "new" $folder (copy)'
SPEAKING_CPD = '#!/bin/sh\nfor word in "$@"; do printf "<%s>" "$word"; done; echo; exit ${EXIT:-0}\n'


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with an environment that is ready, and a `cpd` in it that prints what it is given."""
    folder = tmp_path / AWKWARD
    scripts = folder / ".venv" / "bin"
    scripts.mkdir(parents=True)
    shutil.copy(ROOT / "Makefile", folder)
    shutil.copy(ROOT / "pyproject.toml", folder)
    (scripts / "python").symlink_to(sys.executable)
    (scripts / "cpd").write_text(SPEAKING_CPD, encoding="utf-8")
    (scripts / "cpd").chmod(0o755)
    for stamp in ("run", "dev"):
        (folder / ".venv" / stamp).write_text(f"{sys.version_info[0]}.{sys.version_info[1]}\n", encoding="utf-8")
    return folder


def make(folder: Path, *args: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    clean = {name: said for name, said in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    command = [needs("make"), "--no-print-directory", *args]
    return subprocess.run(command, cwd=folder, env={**clean, **environment}, capture_output=True, text=True, timeout=60)


def test_help_is_the_default_and_lists_every_goal(checkout: Path) -> None:
    done = make(checkout)
    assert done.returncode == 0
    for goal in ("report", "check", "test", "docs", "bench", "dist", "fuzz", "clean"):
        assert f"make {goal} " in done.stdout
    assert make(checkout, "help").stdout == done.stdout


def test_report_makes_both_kinds_by_default(checkout: Path) -> None:
    rest = "<--format><docx,pdf><--into><build>\n"
    assert make(checkout, "report").stdout == f"<report><summary>{rest}<report><detailed>{rest}"


@pytest.mark.parametrize("value", ["a b", "it's", 'say "hi"', "a$b", "`id`", "*", "$(shell id)", "-x; exit 1"])
def test_values_arrive_as_typed(checkout: Path, value: str) -> None:
    done = make(checkout, "report", "KIND=summary", f"JOURNAL={value}", f"PERIOD={value}", f"OUT={value}", "FORMATS=md")
    expected = f"<report><summary><--journal><{value}><--period><{value}><--format><md><--into><{value}>\n"
    assert (done.stdout, done.returncode) == (expected, 0)


def test_values_come_from_the_environment_too(checkout: Path) -> None:
    assert "<--period><last 12 months>" in make(checkout, "report", PERIOD="last 12 months").stdout


@pytest.mark.parametrize(("code", "made"), [("1", 2), ("2", 1), ("4", 1)])
def test_problems_do_not_stop_the_second_report_but_failures_do(checkout: Path, code: str, made: int) -> None:
    done = make(checkout, "report", EXIT=code)
    assert done.stdout.count("<report>") == made
    assert done.returncode != 0


def test_a_python_too_old_is_told_before_anything_is_made(checkout: Path) -> None:
    shutil.rmtree(checkout / ".venv")
    old = checkout / "old python"
    old.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    old.chmod(0o755)
    done = make(checkout, "report", f"PYTHON={old}")
    assert done.stderr.startswith("cpdkit needs Python 3.11 or newer. Name one: make PYTHON=")
    assert not (checkout / ".venv").exists()


@pytest.mark.parametrize("damage", ["no stamp", "another Python", "Python gone"])
def test_an_environment_that_is_half_made_or_stale_is_made_anew(checkout: Path, damage: str) -> None:
    if damage == "no stamp":
        (checkout / ".venv" / "run").unlink()
    elif damage == "another Python":
        (checkout / ".venv" / "run").write_text("3.1\n", encoding="utf-8")
    else:
        (checkout / ".venv" / "bin" / "python").unlink()
        (checkout / ".venv" / "bin" / "python").symlink_to("/nowhere/python3")
    done = make(checkout, "--dry-run", "report", PYTHON=sys.executable)
    assert "-m venv --clear .venv" in done.stdout


def test_an_environment_that_is_ready_is_left_alone(checkout: Path) -> None:
    assert "venv --clear" not in make(checkout, "--dry-run", "report").stdout


def test_clean_removes_what_was_made_and_nothing_else(checkout: Path) -> None:
    (checkout / "build").mkdir()
    (checkout / "journal").mkdir()
    assert make(checkout, "clean").returncode == 0
    assert sorted(path.name for path in checkout.iterdir()) == ["Makefile", "journal", "pyproject.toml"]


def test_what_make_runs_is_valid_shell() -> None:
    """A comma in a sentence inside `$(if …)` once cut a command in two."""
    for goal, setting in (
        ("test", "COVERAGE=1"),
        ("test", ""),
        ("check", ""),
        ("bench", ""),
        ("docs", ""),
        ("dist", ""),
    ):
        printed = subprocess.run(
            [needs("make"), "--dry-run", "--always-make", goal, *filter(None, [setting])],
            cwd=ROOT, capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip
        checked = subprocess.run(["sh", "-n"], input=printed, capture_output=True, text=True, check=False)
        assert checked.returncode == 0, (goal, checked.stderr)
