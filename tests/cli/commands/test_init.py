"""`cpd init`: existing files stay, and a second run is refused."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cpdkit.cli.main import run

Captured = pytest.CaptureFixture[str]


def test_nothing_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "Makefile").write_text("mine\n")
    assert run(["init", str(tmp_path), "--name", "A"]) == 0
    assert (tmp_path / "Makefile").read_text() == "mine\n"
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert run(["init", str(tmp_path), "--name", "B"]) == 2
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    assert run(["init", str(tmp_path / "new"), "--name", "A", "--git", "--dry-run"]) == 0
    assert not (tmp_path / "new").exists()


def test_no_repository_inside_another(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    assert run(["init", str(tmp_path / "new"), "--name", "A", "--git"]) == 0
    assert (tmp_path / "new/cpd.yaml").exists()
    assert not (tmp_path / "new/.git").exists()


def test_a_new_journal_is_clean_and_takes_a_record(tmp_path: Path, capsys: Captured) -> None:
    folder = tmp_path / "my cpd"
    assert run(["init", str(folder), "--name", "Angharad Llywelyn", "--body", "IET", "--git"]) == 0
    shown = capsys.readouterr()
    assert shown.out.splitlines()[0].endswith("cpd.yaml")
    assert (folder / ".git").is_dir()
    assert (
        run(["new", "Relays", "--hours", "1", "--type", "event", "--template", "none", "--journal", str(folder)]) == 0
    )
    assert run(["check", "--journal", str(folder), "--exit-zero"]) == 0
    assert "scheme" in (folder / "cpd.yaml").read_text() and "- iet" in (folder / "cpd.yaml").read_text()


@pytest.mark.skipif(sys.platform == "win32", reason="make and a shell")
def test_make_report_works_in_it(tmp_path: Path) -> None:
    folder = tmp_path / "cpd"
    assert run(["init", str(folder), "--name", "A"]) == 0
    program = tmp_path / "bin" / "cpd"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -P -m cpdkit "$@" --format md\n')
    program.chmod(0o755)
    path = f"{program.parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(["make", "report"], cwd=folder, env={**os.environ, "PATH": path}, capture_output=True)
    assert done.returncode == 0, done.stderr
    assert len(list((folder / "build").glob("*.md"))) == 2


@pytest.mark.parametrize("args", [(), ("--name", "A", "--scheme", "nothing"), ("--name", "A", "--year-start", "13-01")])
def test_what_stops_it_leaves_nothing(tmp_path: Path, args: tuple[str, ...]) -> None:
    assert run(["init", str(tmp_path / "new"), *args]) == 2
    assert not (tmp_path / "new").exists()
