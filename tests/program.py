"""The real program in a process of its own, small journals for it, and what every bad day must look like."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PROGRAM = (sys.executable, "-P", "-m", "cpdkit")
THEN = "; import os, sys; os.execv(sys.executable, [sys.executable, *sys.argv[1:]])"
GIVEN: dict[str, str] = {"CPD_TODAY": "2026-11-23", "SOURCE_DATE_EPOCH": "1767225600"}

# Where a process has limits, or its memory is measured, what measures coverage would be a part of it.
UNMEASURED: dict[str, str | None] = {"COVERAGE_PROCESS_CONFIG": None, "COVERAGE_PROCESS_START": None}


@dataclass(frozen=True)
class Done:
    """The end of a run: its exit code and its output."""

    code: int
    out: str
    err: str

    @property
    def error(self) -> str:
        """The sentence that stopped the command. The next line is the hint."""
        (line,) = (line for line in self.err.splitlines() if line.startswith("cpd: "))
        return line.removeprefix("cpd: ")


def cpd(*args: str | Path, env: Mapping[str, str | None] | None = None, before: str = "", **options: Any) -> Done:
    """Runs `cpd`; a variable that is None is unset. No run of it may end in a traceback or be a bug.

    `before` is Python that the process does first, as `preexec_fn` would, which is unsafe where there are threads.
    """
    if before:
        env = {**UNMEASURED, **(env or {})}
    pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    done = subprocess.run([*prepared(before), *map(str, args)], env=environment(env), timeout=120, **(pipes | options))
    return ended(done.returncode, done.stdout or b"", done.stderr or b"")


def prepared(before: str) -> Sequence[str]:
    return [sys.executable, "-c", before + THEN, *PROGRAM[1:]] if before else PROGRAM


# A process counts the memory of its parent as its own, so a small process starts the program.
NOTE_PEAK = """
import resource, subprocess, sys
code = subprocess.call(sys.argv[2:])
used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
open(sys.argv[1], "w").write(str(used * (1 if sys.platform == "darwin" else 1024)))
sys.exit(code)
"""


def peak_of(*args: str | Path, folder: Path) -> tuple[int, str, int]:
    """Runs `cpd`: its exit code, the talk, and the peak of its resident memory or its children's (bytes)."""
    noted, messages = folder / "peak", folder / "err"
    command = [sys.executable, "-c", NOTE_PEAK, str(noted), *PROGRAM, *map(str, args)]
    with messages.open("wb") as err:
        done = subprocess.run(
            command,
            env=environment(UNMEASURED),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=err,
            timeout=120,
        )
    return done.returncode, messages.read_text("utf-8"), int(noted.read_text())


def start(*args: str, env: Mapping[str, str | None] | None = None) -> "subprocess.Popen[bytes]":
    """Starts `cpd` and lets it run."""
    pipe = subprocess.PIPE
    return subprocess.Popen([*PROGRAM, *args], env=environment(env), stdout=pipe, stderr=pipe)


# The program, which kills itself at the Nth time that it opens, replaces or takes away a file.
_DIES = """
import os, signal, sys
from cpdkit.cli.main import run
left = int(sys.argv[1])
def hook(event, args):
    global left
    if event in ("os.rename", "os.remove") or (event == "open" and ".cpdkit-" in str(args[0])):
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(hook)
sys.exit(run(sys.argv[2:]))
"""


def killed_at(step: int, *args: str | Path) -> int:
    """Run `cpd`, killed when it has written `step` times; return its exit code."""
    command = [sys.executable, "-c", _DIES, str(step), *map(str, args)]
    return subprocess.run(command, env=environment(), capture_output=True).returncode


def ended(code: int, out: bytes, err: bytes) -> Done:
    done = Done(code, out.decode(), err.decode())
    assert "Traceback" not in done.err + done.out, done.err
    assert "bug in cpdkit" not in done.err, done.err
    assert "Exception ignored" not in done.err, done.err
    return done


def refused(done: Done, code: int, *words: object) -> None:
    """Check that a command ended with a code and one sentence with these words, with a hint below it."""
    lines = done.err.splitlines()
    at = lines.index(f"cpd: {done.error}")
    assert (done.code, done.out) == (code, "")
    assert all(str(word) in done.error for word in words), done.error
    assert lines[at + 1].startswith("     ")


def environment(changes: Mapping[str, str | None] | None = None) -> dict[str, str]:
    all_of_it = os.environ | GIVEN | (changes or {})
    return {name: value for name, value in all_of_it.items() if value is not None}


def activity(title: str, body: str = "Plain words.", start: str = "2026-03-14", **fields: str) -> str:
    """An activity of one hour as text."""
    given = {"title": title, "type": "event", "start": start, "hours": "1"} | fields
    front = "".join(f"{name}: {value}\n" for name, value in given.items())
    return f"---\n{front}---\n\n{body}\n"


def make_journal(root: Path, files: Mapping[str, str | bytes] | None = None) -> Path:
    """Make a journal of `files` (paths in it) and one good activity."""
    good = {"cpd.yaml": "name: Angharad Llywelyn\n", "activities/good.md": activity("A good lecture")}
    for name, content in (good | dict(files or {})).items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return root


def report(
    journal: Path, out: Path, *args: str | Path, kind: str = "detailed", formats: str = "html", **options: Any
) -> Done:
    """Run `cpd report` for one year, in the quickest format by default."""
    return cpd(*wanted(journal, out, formats, kind), *args, **options)


def wanted(journal: Path, out: Path, formats: str, kind: str = "detailed") -> list[str]:
    """The arguments that make the report of 2026."""
    named = ["--journal", journal, "--period", "2026", "--format", formats, "--out", out]
    return ["report", kind, *map(str, named)]


def names(folder: Path) -> Sequence[str]:
    """All that is in a folder, hidden or not."""
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
