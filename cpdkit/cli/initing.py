"""What `cpd init` does once its options are read: ask, write what is missing, and say what comes next."""

import os
import re
import shutil
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import click

from cpdkit.cli.console import Console, is_terminal
from cpdkit.errors import UsageError
from cpdkit.journal.beginning import About, begun
from cpdkit.journal.listing import MEMBER_FILE
from cpdkit.journal.member import read_member
from cpdkit.schemes.known import shipped_schemes
from cpdkit.text.cells import printable
from cpdkit.text.clock import today
from cpdkit.text.processes import minimal_env, run
from cpdkit.text.source import decode
from cpdkit.text.writing import write_new

_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class Asked:
    """What the options of `cpd init` say; None where they say nothing."""

    name: str | None = None
    body: str | None = None
    grade: str | None = None
    number: str | None = None
    scheme: str | None = None
    year_start: str = "01-01"
    git: bool | None = None


def started(folder: Path, asked: Asked, dry_run: bool, console: Console) -> int:
    """Start a journal. Raises UsageError where one is there, or nobody says whose it is, CannotWrite, ToolError."""
    if os.path.lexists(folder / MEMBER_FILE):
        raise UsageError(f"there is a journal at {folder} already", "name another folder: cpd init my-cpd")
    if is_terminal(sys.stdin) and is_terminal(sys.stderr):
        asked = _asked_for(asked)
    if not (asked.name and asked.name.strip()):
        raise UsageError("say whose journal it is", 'cpd init my-cpd --name "Your Name"')
    files = begun(_about(asked), today())
    _judge(files[MEMBER_FILE])
    kept = [path for path in files if os.path.lexists(folder / path)]
    new = {folder / path: data for path, data in files.items() if path not in kept}
    if not dry_run:
        # cpd.yaml comes last: it makes a folder a journal, so one that was interrupted can be started again.
        write_new(dict(sorted(new.items(), key=lambda item: item[0].name == MEMBER_FILE)))
        if asked.git:
            _repository(folder, console)
    console.show("\n".join(printable(str(path)) for path in new))
    for path in kept:
        console.say(f"{printable(path)} is there already, and was left as it is")
    console.say("nothing was written" if dry_run else _next(folder))
    return 0


def _about(asked: Asked) -> About:
    scheme = asked.scheme
    if scheme is None:
        scheme = next((name for name in shipped_schemes() if name == (asked.body or "").strip().casefold()), "")
    if scheme and scheme not in shipped_schemes():
        raise UsageError(f'there is no scheme "{scheme}"', f"there are: {', '.join(sorted(shipped_schemes()))}")
    name, body, grade, number = map(_tidy, (asked.name, asked.body, asked.grade, asked.number))
    return About(name, body, grade, number, scheme, asked.year_start)


def _tidy(said: str | None) -> str:
    return re.sub(r"\s+", " ", said or "").strip()


def _judge(data: bytes) -> None:
    """Raise what is wrong with the member's file, before anything is written."""
    member, _, found = read_member(decode(MEMBER_FILE, data))
    if member is None:
        raise UsageError(found[0].message, found[0].hint)


def _asked_for(asked: Asked) -> Asked:
    """The questions that no option answers; all but the name may be left empty."""

    def ask(said: str | None, question: str) -> str:
        return click.prompt(question, default="", show_default=False, err=True) if said is None else said

    name = asked.name or click.prompt("Your name", err=True)
    body = ask(asked.body, "Your professional body, such as IET (may be empty)")
    grade = ask(asked.grade, "Your grade there, such as Member (may be empty)") if body else asked.grade
    number = ask(asked.number, "Your membership number (may be empty)") if body else asked.number
    git = click.confirm("Make a git repository", default=True, err=True) if asked.git is None else asked.git
    return replace(asked, name=name, body=body, grade=grade, number=number, git=git)


def _repository(folder: Path, console: Console) -> None:
    """Make a git repository, unless the folder lies in one already."""
    if any((place / ".git").exists() for place in (folder.resolve(), *folder.resolve().parents)):
        console.say("the folder lies in a git repository already")
        return
    git = shutil.which("git")
    if git is None:
        console.warn("cpd: git was not found, so there is no repository; install it, then: git init")
        return
    run("git", [git, "init", "--quiet", "--", folder.resolve()], env=minimal_env(), timeout=_SECONDS)
    console.say("a git repository was made; nothing is committed yet")


def _next(folder: Path) -> str:
    there = "" if folder.resolve() == Path.cwd() else f"cd {printable(str(folder))}\n  "
    return (
        f'next:\n  {there}cpd new "What you did last" --date yesterday --hours 1h30\n  cpd check\n  make report\n'
        "  cpd schema --all   (completion of cpd.yaml in your editor)"
    )
