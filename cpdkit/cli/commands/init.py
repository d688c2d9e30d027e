"""`cpd init`: a journal to start with."""

from __future__ import annotations

import os
import re
import shutil
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cpdkit.cli.console import Console, is_terminal
from cpdkit.cli.options import dry_write_option, option, output_options
from cpdkit.errors import UsageError
from cpdkit.text.terminal import printable

if TYPE_CHECKING:
    from cpdkit.journal.new_journal import Owner

_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class MemberOptions:
    """What the options of `cpd init` say of the member; None where they say nothing."""

    name: str | None
    body: str | None
    grade: str | None
    number: str | None
    scheme: str | None
    year_start: str


@click.command()
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path(path_type=Path))
@option("--name", metavar="NAME", help="Your name, as reports print it.")
@option("--body", metavar="NAME", help="Your professional body, such as IET.")
@option("--grade", metavar="GRADE", help="Your grade there, such as Member.")
@option("--number", metavar="NUMBER", help="Your membership number.")
@option("--scheme", metavar="ID", help="The CPD scheme to be measured by, such as iet.")
@option("--year-start", metavar="MM-DD", default="01-01", show_default=True, help="The CPD year's first day.")
@option("--git/--no-git", default=None, help="Make a git repository, or don't.")
@dry_write_option
@output_options
def init(folder: Path, git: bool | None, dry_run: bool, console: Console, **member: Any) -> int:
    """Start a journal in DIR, the current folder where none is named.

    On a terminal it asks what it needs to know: cpd init my-cpd. Options answer beforehand. Nothing that is there
    already is written over.
    """
    from cpdkit.cli.exits import FINE
    from cpdkit.journal.new_journal import journal_files
    from cpdkit.journal.paths import MEMBER_FILE
    from cpdkit.text.clock import today
    from cpdkit.text.write import write_new

    options = MemberOptions(**member)
    if os.path.lexists(folder / MEMBER_FILE):
        raise UsageError(f"there is a journal at {folder} already", "name another folder: cpd init my-cpd")
    if is_terminal(sys.stdin) and is_terminal(sys.stderr):
        options = _asked_for(options)
        git = click.confirm("Make a git repository", default=True, err=True) if git is None else git
    if not (options.name and options.name.strip()):
        raise UsageError("say whose journal it is", 'cpd init my-cpd --name "Your Name"')
    files = journal_files(_about(options), today())
    _refuse_unreadable(files[MEMBER_FILE])
    kept = [path for path in files if os.path.lexists(folder / path)]
    new = {folder / path: data for path, data in files.items() if path not in kept}
    if not dry_run:
        # cpd.yaml comes last: it makes a folder a journal, so one that was interrupted can be started again.
        write_new(dict(sorted(new.items(), key=lambda item: item[0].name == MEMBER_FILE)))
        if git:
            _make_repository(folder, console)
    console.show("\n".join(printable(str(path)) for path in new))
    for path in kept:
        console.say(f"{printable(path)} is there already, and was left as it is")
    console.say("nothing was written" if dry_run else _next_steps(folder))
    return FINE


def _about(options: MemberOptions) -> Owner:
    """What the options say, tidied. Raises UsageError for a scheme that there is not."""
    from cpdkit.journal.new_journal import Owner
    from cpdkit.schemes.scheme_file import shipped_schemes

    scheme = options.scheme
    if scheme is None:
        scheme = next((name for name in shipped_schemes() if name == (options.body or "").strip().casefold()), "")
    if scheme and scheme not in shipped_schemes():
        raise UsageError(f'there is no scheme "{scheme}"', f"there are: {', '.join(sorted(shipped_schemes()))}")
    texts = (options.name, options.body, options.grade, options.number)
    name, body, grade, number = (re.sub(r"\s+", " ", text or "").strip() for text in texts)
    return Owner(name, body, grade, number, scheme, options.year_start)


def _refuse_unreadable(data: bytes) -> None:
    """Raise UsageError for what is wrong with the member's file, before anything is written."""
    from cpdkit.journal.member import read_member
    from cpdkit.journal.paths import MEMBER_FILE
    from cpdkit.text.source import decode

    member, _, diagnostics = read_member(decode(MEMBER_FILE, data))
    if member is None:
        raise UsageError(diagnostics[0].message, diagnostics[0].hint)


def _asked_for(options: MemberOptions) -> MemberOptions:
    """The questions that no option answers; all but the name may be left empty."""

    def ask(value: str | None, question: str) -> str:
        return click.prompt(question, default="", show_default=False, err=True) if value is None else value

    name = options.name or click.prompt("Your name", err=True)
    body = ask(options.body, "Your professional body, such as IET (may be empty)")
    grade = ask(options.grade, "Your grade there, such as Member (may be empty)") if body else options.grade
    number = ask(options.number, "Your membership number (may be empty)") if body else options.number
    return replace(options, name=name, body=body, grade=grade, number=number)


def _make_repository(folder: Path, console: Console) -> None:
    """Make a git repository, unless the folder lies in one already."""
    from cpdkit.text.process import minimal_env, run

    if any((place / ".git").exists() for place in (folder.resolve(), *folder.resolve().parents)):
        console.say("the folder lies in a git repository already")
        return
    git = shutil.which("git")
    if git is None:
        console.warn("cpd: git was not found, so there is no repository; install it, then: git init")
        return
    run("git", [git, "init", "--quiet", "--", folder.resolve()], env=minimal_env(), timeout=_SECONDS)
    console.say("a git repository was made; nothing is committed yet")


def _next_steps(folder: Path) -> str:
    there = "" if folder.resolve() == Path.cwd() else f"cd {printable(str(folder))}\n  "
    return (
        f'next:\n  {there}cpd new "What you did last" --date yesterday --hours 1h30\n  cpd check\n  make report\n'
        "  cpd schema --all   (completion of cpd.yaml in your editor)"
    )
