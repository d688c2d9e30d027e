"""The commands give the same files and words on Windows, as far as another system can show it (tests/as_windows.py)."""

import json
import os
import shutil
import subprocess
import sys
from base64 import b64decode
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from cpdkit.documents.pandoc import binary
from tests.program import GIVEN

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="shows another system what this one does anyway")

ROOT = Path(__file__).resolve().parents[1]
SCRIPT = ROOT / "tests" / "as_windows.py"
LOG = "Title,Date,Hours,Key learning\r\nCourse on relays,2026-03-14,1.5,Much.\r\n"
PIXEL = "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
"""A GIF, which is decoded in a child process."""
NOTE = "---\ntitle: Photo\ntype: event\nstart: 2026-05-01\nhours: 1\n---\n\n![a dot](../../evidence/dot.gif)\n"

Command = tuple[str, ...]
WORK: tuple[Command, ...] = (
    ("--version",),
    ("--help",),
    ("list", "--period", "all"),
    ("show", r"activities\2026\2026-11-01-con.md"),
    ("show", r".\2026-11-01-con"),
    ("check",),
    ("check", "--format", "sarif"),
    ("status",),
    ("status", "--explain"),
    ("todo",),
    ("totals",),
    ("search", "relay"),
    ("plan",),
    ("competences",),
    ("explain", "CPD204"),
    ("scheme", "show", "iet"),
    ("report", "detailed", "--period", "2026", "--format", "docx,pdf,html,odt,md", "--out", "../reports"),
    ("report", "summary", "--eject"),
    ("report", "summary", "--period", "2026", "--format", "html,pdf", "--out", "../own template"),
    ("export", "--format", "csv"),
    ("export", "--format", "json"),
    ("export", "--out", "../cpd.xlsx"),
    ("export", "--out", "../cpd.ics"),
    ("import", "../log.csv", "--dry-run"),
    ("import", "../log.csv"),
    ("set", "course-on-relays", "topics+=safety"),
    ("attach", "course-on-relays", "../scan.pdf"),
    ("rename", r"evidence\dot.gif", "aux"),
    ("rename", "course-on-relays", "relays"),
    ("move", "relays", r"2026\courses"),
    ("move", "relays", "nul"),
    ("new", "Planned talk", "--type", "event", "--date", "2027-01-05", "--planned", "--no-edit"),
    ("done", "planned-talk", "--date", "2026-11-20", "--hours", "1"),
    ("plan", "new", "Con", "--no-edit"),
    ("plan", "new", "Learn about earthing", "--no-edit"),
    ("plan", "done", "learn-about"),
    ("retype", "event", "training", "--dry-run"),
    ("schema", "--all"),
    ("check", "--fix"),
    ("list",),
)


@pytest.fixture
def python(tmp_path: Path) -> Path:
    """A Python that runs as on Windows: the children of cpdkit start it."""
    place = tmp_path / "python.exe"
    place.write_text(f'#!/bin/sh\nCPD_PYTHON="$0" exec "{sys.executable}" "{SCRIPT}" "$@"\n', encoding="utf-8")
    place.chmod(0o755)
    return place


def run(folder: Path, commands: Sequence[Command], *options: str, stdin: str = "", **variables: str) -> list[Any]:
    """Run command lines one after the other in a process; return what each did."""
    empty = folder.parent / "no programs"
    empty.mkdir(exist_ok=True)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("CPD_", "GIT_", "LC_", "LANG"))}
    given = {"PATH": str(empty), "SYSTEMROOT": r"C:\Windows", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-X", "warn_default_encoding", str(SCRIPT), *options]
    done = subprocess.run(
        command, input=json.dumps([(each, stdin) for each in commands]).encode(), cwd=folder,
        env={**kept, **GIVEN, **given, **variables}, capture_output=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)


def example(folder: Path) -> Path:
    """The example journal as a checkout of Windows has it, with a picture and things to import."""
    journal = folder / "work" / "my journal"
    shutil.copytree(ROOT / "journal", journal)
    for path in (*journal.rglob("*.md"), *journal.rglob("*.yaml")):
        path.write_bytes(path.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
    (journal / "evidence").mkdir(exist_ok=True)
    (journal / "evidence" / "dot.gif").write_bytes(b64decode(PIXEL))
    (journal / "activities" / "2026").mkdir(exist_ok=True)
    (journal / "activities" / "2026" / "2026-11-01-con.md").write_text(NOTE, encoding="utf-8")
    (folder / "work" / "log.csv").write_text(LOG, encoding="utf-8", newline="")
    (folder / "work" / "scan.pdf").write_bytes(b"%PDF-1.4\n")
    return journal


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.slow
def test_every_command_gives_the_same_files_and_words(tmp_path: Path, python: Path) -> None:
    here, there = example(tmp_path / "here"), example(tmp_path / "there")
    pandoc = str(binary())
    expected = run(here, WORK, CPD_PANDOC=pandoc)
    done = run(there, WORK, "--python", str(python), CPD_PANDOC=pandoc)
    for one, other in zip(expected, done, strict=True):
        assert "Traceback" not in other["err"] and "bug in cpdkit" not in other["err"], other
        same = {name: other[name].replace(str(tmp_path / "there"), str(tmp_path / "here")) for name in ("out", "err")}
        assert (other["code"], same["err"].replace("\r\n", "\n")) == (one["code"], one["err"]), one["args"]
        # Data for programs arrives as it is; lines for people end as on the system.
        assert same["out"] in (one["out"], one["out"].replace("\n", "\r\n")), one["args"]
    assert {one["args"][0]: one["code"] for one in expected if one["code"] > 1} == {"move": 2}
    made = tree(tmp_path / "here")
    assert {Path(name).suffix for name in made} > {".docx", ".pdf", ".html", ".odt", ".xlsx", ".ics", ".json"}
    assert {name for name, data in tree(tmp_path / "there").items() if data != made[name]} == set()
    assert tree(tmp_path / "there").keys() == made.keys()
