"""docs/tutorial/first-year.md, followed from top to bottom in an empty folder.

The page is run as a reader would run it:

* a block of `console` has commands after `$ `, each followed by what it prints. A command that ends in a backslash
  goes on in the next line. `…` on a line of its own stands for output that the page omits;
* a block below a line such as `` `cpd.yaml`: `` is a file, which is written as it is shown.

`pytest --update-golden` writes the output into the page.
"""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import patch

import pytest

from cpdkit.cli.main import run
from tests.tools import needs
from tests.transcripts import ENVIRONMENT, Stream

pytestmark = pytest.mark.slow

PAGE = Path(__file__).resolve().parents[1] / "docs" / "tutorial" / "first-year.md"
BLOCK = re.compile(r"(?:^`(?P<name>[^`\n]+)`:\n\n)?^```(?P<kind>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
# Installing is not repeated here: tests/test_wheel.py installs the package for real.
INSTALLING = ("git clone ", "uv tool install ")
# `cpd check` exits with 1 when the page shows a mistake.
MAY_FAIL = ("cpd check",)
OMITTED = "…"
# A line of progress, which the terminal erases.
ERASED = re.compile(r"[^\n]*\r\x1b\[2K")


@dataclass
class Shell:
    """A terminal of 80 columns: the folder where the reader is, and the variables that the page exports."""

    folder: Path
    variables: dict[str, str] = field(default_factory=dict)

    def enter(self, line: str) -> str:
        """Run one command and return all that it prints, as a terminal shows it."""
        program, *args = shlex.split(line)
        match program:
            case "cd":
                self.folder = self.folder / args[0]
            case "export":
                name, _, value = args[0].partition("=")
                self.variables[name] = value
            case "unset":
                del self.variables[args[0]]
            case "rm":
                (self.folder / args[0]).unlink()
            case "cat":
                return (self.folder / args[0]).read_text("utf-8")
            case "ls":
                return "".join(f"{path.name}\n" for path in sorted((self.folder / args[0]).iterdir()))
            case "git":
                return self.git(args)
            case "cpd":
                return self.cpd(args, may_fail=line.startswith(MAY_FAIL))
            case _:
                raise AssertionError(f"the page uses a command that this test does not have: {line}")
        return ""

    def cpd(self, args: Sequence[str], *, may_fail: bool) -> str:
        """Run `cpd` in this process. Nobody types: a command that asks a question fails."""
        screen = Stream(terminal=True)
        here = Path.cwd()
        os.chdir(self.folder)
        try:
            with (
                patch.dict(os.environ, {**ENVIRONMENT, "NO_COLOR": "1", **self.variables}),
                patch.object(sys, "stdin", Stream(terminal=True)),
                patch.object(sys, "stdout", screen),
                patch.object(sys, "stderr", screen),
            ):
                code = run(args)
        finally:
            os.chdir(here)
        assert code == 0 or (code == 1 and may_fail), screen.text
        return ERASED.sub("", screen.text)

    def git(self, args: Sequence[str]) -> str:
        person = {f"GIT_{role}_{what}": "Tamsin" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
        environment = {**os.environ, **person, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
        done = subprocess.run(
            [needs("git"), *args],
            cwd=self.folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=True,
        )
        return done.stdout


def follow(page: str, folder: Path) -> str:
    """Return the page with the output that its commands have now."""
    shell = Shell(folder)

    def performed(match: re.Match[str]) -> str:
        if match["kind"] == "console":
            return match[0].replace(match["text"], "".join(played(match["text"], shell)))
        if match["name"]:
            path = shell.folder / match["name"]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(match["text"], encoding="utf-8")
        return match[0]

    return BLOCK.sub(performed, page)


def played(block: str, shell: Shell) -> Iterator[str]:
    """Yield each command of a block, and what it prints now."""
    for entry in re.split(r"^(?=\$ )", block, flags=re.MULTILINE):
        if not entry:
            continue
        match = re.match(r"\$ ((?:.*\\\n)*.*\n)", entry)
        assert match, f"a block starts with output: {entry}"
        yield match[0]
        command = match[1].replace("\\\n", " ").strip()
        printed = entry[match.end() :]
        yield printed if command.startswith(INSTALLING) else shortened(shell.enter(command), printed)


def shortened(output: str, shown: str) -> str:
    """Return the output without the lines that the page omits."""
    lines = [line.rstrip() + "\n" for line in output.splitlines()]
    before, omitted, after = shown.partition(f"{OMITTED}\n") if f"\n{OMITTED}\n" in f"\n{shown}" else (shown, "", "")
    if not omitted:
        return "".join(lines)
    first, last = before.count("\n"), after.count("\n")
    assert first + last < len(lines), f"nothing is omitted in:\n{shown}"
    return "".join([*lines[:first], omitted, *lines[len(lines) - last :]])


def test_a_reader_sees_what_the_page_shows(pytestconfig: pytest.Config, tmp_path: Path) -> None:
    text = PAGE.read_text("utf-8")
    now = follow(text, tmp_path)
    if pytestconfig.getoption("--update-golden"):
        PAGE.write_text(now, encoding="utf-8")
        return
    assert now == text, "pytest --update-golden writes the output into the page"


def test_what_the_page_omits_is_marked() -> None:
    assert shortened("a\nb\nc\nd\n", "x\n…\ny\n") == "a\n…\nd\n"
    assert shortened("a\nb\n", "x\n") == "a\nb\n"
    with pytest.raises(AssertionError, match="nothing is omitted"):
        shortened("a\nb\n", "x\n…\ny\n")


def test_a_command_that_fails_fails_the_page(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="cpd: "):
        follow("```console\n$ cpd list\n```\n", tmp_path)
