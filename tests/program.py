"""The real program in a process of its own, small journals for it, and what every bad day must look like."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PROGRAM = (sys.executable, "-P", "-m", "cpdkit")
GIVEN: dict[str, str] = {"CPD_TODAY": "2026-11-23", "SOURCE_DATE_EPOCH": "1767225600"}


@dataclass(frozen=True)
class Done:
    """How a run ended, and what it said where."""

    code: int
    out: str
    err: str

    @property
    def error(self) -> str:
        """The one sentence that stopped the command; the line below it is the way out."""
        (line,) = (line for line in self.err.splitlines() if line.startswith("cpd: "))
        return line.removeprefix("cpd: ")


def cpd(*args: str | Path, env: Mapping[str, str | None] | None = None, **options: Any) -> Done:
    """Runs `cpd`; a variable that is None is unset. No run of it may end in a traceback or be a bug."""
    options = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "timeout": 120} | options
    done = subprocess.run([*PROGRAM, *map(str, args)], env=environment(env), **options)
    return ended(done.returncode, done.stdout or b"", done.stderr or b"")


def start(*args: str | Path, env: Mapping[str, str | None] | None = None) -> "subprocess.Popen[bytes]":
    """Starts `cpd` and lets it run."""
    pipe = subprocess.PIPE
    return subprocess.Popen([*PROGRAM, *map(str, args)], env=environment(env), stdout=pipe, stderr=pipe)


def ended(code: int, out: bytes, err: bytes) -> Done:
    done = Done(code, out.decode(), err.decode())
    assert "Traceback" not in done.err + done.out, done.err
    assert "bug in cpdkit" not in done.err, done.err
    assert "Exception ignored" not in done.err, done.err
    return done


def environment(changes: Mapping[str, str | None] | None = None) -> dict[str, str]:
    wanted = os.environ | GIVEN | (changes or {})
    return {name: said for name, said in wanted.items() if said is not None}


def activity(title: str, body: str = "Plain words.", start: str = "2026-03-14", **fields: str) -> str:
    """An activity of one hour as text."""
    given = {"title": title, "type": "event", "start": start, "hours": "1"} | fields
    front = "".join(f"{name}: {said}\n" for name, said in given.items())
    return f"---\n{front}---\n\n{body}\n"


def make_journal(root: Path, files: Mapping[str, str | bytes] | None = None) -> Path:
    """A journal of `files` (paths in it) beside one good activity."""
    good = {"cpd.yaml": "name: Angharad Llywelyn\n", "activities/good.md": activity("A good lecture")}
    for name, content in (good | dict(files or {})).items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return root


def report(journal: Path, out: Path, *args: str | Path, kind: str = "detailed", formats: str = "html", **options: Any) -> Done:
    """`cpd report` of one year in one format, the quickest."""
    return cpd("report", kind, "--journal", journal, "--period", "2026", "--format", formats, "--out", out, *args, **options)


def names(folder: Path) -> Sequence[str]:
    """All that is in a folder, hidden or not."""
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
