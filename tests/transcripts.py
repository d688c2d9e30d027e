"""Transcripts: what commands print, in files that a person can read.

A transcript starts each of its parts with a fresh journal, so a command sees only what the lines above it in its part
have done:

    == small journal: what the part is about
    # A note.
    + activities/new.md          a file is written; its lines follow after "|"
    | ---
    $ cpd list --period 2026     a command; `cat FILE`, `ls FOLDER` and `rm FILE` show and delete; `| from WORD`
                                 drops what is printed above the line WORD
    < 1h30                       a line typed at a terminal
    << text                      a line on standard input that is not a terminal
        what it prints
      ! what it prints on standard error
    [exit code 2]

Everything but the output is written by hand; `pytest --update-golden` writes the output.
"""

import io
import os
import re
import shlex
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import patch

from cpdkit.cli.main import run

ROOT = Path(__file__).resolve().parents[1]
JOURNALS = {
    "example journal": ROOT / "journal",
    "small journal": ROOT / "tests" / "golden" / "small",
    "empty folder": None,
}
ENVIRONMENT = {
    "CPD_TODAY": "2026-11-23",
    "SOURCE_DATE_EPOCH": "1767225600",
    "COLUMNS": "80",
    "GIT_EDITOR": "true",
    "TZ": "Europe/London",
}
LONG_NAME = "a-journal-whose-path-takes-a-line-of-its-own-wherever-lines-are-broken"
_HEADING = re.compile(rf"== ({'|'.join(JOURNALS)}): .+")
_ASSIGNMENT = re.compile(r"[A-Z_]+=")
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@dataclass
class Step:
    """A line written by hand, with the lines that belong to it: a heading, a note, a file, or a command."""

    line: str
    more: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Ended:
    code: int
    out: str = ""
    err: str = ""


class Stream(io.TextIOWrapper):
    """Standard input, output or error in memory, as a terminal or not."""

    def __init__(self, text: str = "", *, terminal: bool = False) -> None:
        super().__init__(io.BytesIO(text.encode()), encoding="utf-8", newline="" if text else "\n", write_through=True)
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal

    @property
    def text(self) -> str:
        assert isinstance(self.buffer, io.BytesIO)
        data = self.buffer.getvalue()
        try:
            return data.decode()
        except UnicodeDecodeError:
            return f"[{data[:2].decode('ascii', 'replace')} …, not text]\n"


def parse(text: str) -> list[Step]:
    """Return the lines written by hand. Raises AssertionError for a line that belongs nowhere."""
    steps: list[Step] = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith(("$ ", "+ ", "#", "== ")):
            steps.append(Step(line))
        elif line.startswith(("|", "< ", "<< ", "<")):
            steps[-1].more.append(line)
        else:
            assert not line or line[0] in " [", f"line {number}: {line}"
    return steps


def perform(text: str, folder: Path) -> str:
    """Run a transcript in `folder`, and return it with the output that its commands have now."""
    lines: list[str] = []
    previous = ""
    home = folder
    for number, step in enumerate(parse(text)):
        mark = step.line[:2]
        if mark == "==":
            match = _HEADING.fullmatch(step.line)
            assert match, step.line
            home = prepared(folder / str(number) / LONG_NAME, JOURNALS[match[1]])
        if previous and previous != "==" and (previous != "# " or mark == "=="):
            lines.append("")
        lines += [step.line, *step.more]
        if mark == "+ ":
            path = home / step.line[2:].partition("  ")[0]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("".join(re.sub(r"^\| ?", "", line) + "\n" for line in step.more), encoding="utf-8")
        elif mark == "$ ":
            lines += shown(performed(step, home), home)
        previous = mark
    return "\n".join(lines) + "\n"


def prepared(home: Path, journal: Path | None) -> Path:
    """Return a new folder, a copy of the journal if there is one."""
    if journal:
        shutil.copytree(journal, home)
    else:
        home.mkdir(parents=True)
    return home.resolve()


def performed(step: Step, home: Path) -> Ended:
    line, _, first = step.line[2:].partition(" | from ")
    words = shlex.split(line)
    settings = dict(ENVIRONMENT)
    while _ASSIGNMENT.match(words[0]):
        name, _, value = words.pop(0).partition("=")
        settings[name] = value
    program, *args = words
    if program == "cpd":
        ended = ran(args, home, settings, step.more)
        return Ended(ended.code, from_line(first, ended.out), ended.err) if first else ended
    (name,) = args
    if program == "cat":
        if not (home / name).is_file():
            return Ended(1, err=f"{name}: no such file\n")
        return Ended(0, (home / name).read_text("utf-8"))
    if program == "ls":
        return Ended(0, "".join(f"{path}\n" for path in files_in(home / name)))
    assert program == "rm", step.line
    (home / name).unlink()
    return Ended(0)


def from_line(first: str, text: str) -> str:
    """Return the text from a line on. Raises ValueError where there is no such line."""
    lines = text.splitlines(keepends=True)
    return "".join(lines[lines.index(f"{first}\n") :])


def files_in(folder: Path) -> Iterator[str]:
    """Yield the files below a folder, except those in the trash, whose names have the time."""
    paths = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    yield from (path for path in paths if not path.startswith(".trash/"))


def ran(args: Sequence[str], home: Path, settings: Mapping[str, str], lines: Sequence[str]) -> Ended:
    """Run `cpd` in this process, in the folder `home`."""
    typed = [line.partition("< ")[2] for line in lines if not line.startswith("<<")]
    given = [line.partition("<< ")[2] for line in lines if line.startswith("<<")]
    stdin = Stream("".join(f"{line}\n" for line in typed or given), terminal=bool(typed))
    out, err = Stream(), Stream(terminal=bool(typed))
    here = Path.cwd()
    os.chdir(home)
    try:
        with (
            patch.dict(os.environ, settings),
            patch.object(sys, "stdin", stdin),
            patch.object(sys, "stdout", out),
            patch.object(sys, "stderr", err),
        ):
            code = run(args)
    finally:
        os.chdir(here)
    return Ended(code, out.text, err.text)


def shown(ended: Ended, home: Path) -> Iterator[str]:
    """Yield what a command printed as a transcript shows it, its folder as `/here`."""
    for text, margin in ((ended.out, "    "), (ended.err, "  ! ")):
        visible = _UNSEEN.sub(
            lambda match: repr(match[0])[1:-1],
            text.replace(str(home), "/here").replace(ROOT.as_uri(), "file:///cpdkit"),
        )
        yield from (f"{margin}{line}".rstrip() for line in visible.removesuffix("\n").split("\n") if text)
    if ended.code:
        yield f"[exit code {ended.code}]"
