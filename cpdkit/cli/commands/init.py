"""`cpd init`: create a journal."""

from __future__ import annotations

import os
import re
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cpdkit.cli.console import Console, is_terminal
from cpdkit.cli.options import dry_write_option, option, output_options
from cpdkit.errors import UsageError
from cpdkit.text.shell import quote
from cpdkit.text.terminal import printable

if TYPE_CHECKING:
    from cpdkit.journal.new_journal import Owner

_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class MemberOptions:
    """The member, as the options of `cpd init` describe them; None for what is not given."""

    name: str | None
    body: str | None
    grade: str | None
    number: str | None
    scheme: str | None
    year_start: str


@click.command()
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path(path_type=Path))
@option("--name", metavar="NAME", help="Your name, as it appears in reports.")
@option("--body", metavar="NAME", help="Your professional body, such as IET.")
@option("--grade", metavar="GRADE", help="Your membership grade, such as Member.")
@option("--number", metavar="NUMBER", help="Your membership number.")
@option("--scheme", metavar="ID", help="CPD scheme that you follow, such as iet.")
@option("--year-start", metavar="MM-DD", default="01-01", show_default=True, help="First day of your CPD year.")
@option(
    "--git/--no-git", default=None, help="Create a git repository, or not. Default: ask, if it asks for your details."
)
@dry_write_option
@output_options
def init(folder: Path, git: bool | None, dry_run: bool, console: Console, **member: Any) -> int:
    """Create a journal.

    DIR is the folder of the journal. Without it, the journal is created in the current folder. Without --name, it asks
    for your details on a terminal. Existing files are not changed.

    \b
    cpd init my-cpd
    cpd init my-cpd --name "Your Name" --body IET --scheme iet
    """
    from cpdkit.cli.exits import FINE
    from cpdkit.journal.new_journal import journal_files
    from cpdkit.journal.paths import MEMBER_FILE
    from cpdkit.text.clock import today
    from cpdkit.text.write import write_new

    options = MemberOptions(**member)
    if os.path.lexists(folder / MEMBER_FILE):
        raise UsageError(f"{folder} is already a journal", "choose another folder: cpd init my-cpd")
    if not options.name and is_terminal(sys.stdin) and is_terminal(sys.stderr):
        options = _asked_for(options)
        git = click.confirm("Create a git repository?", default=True, err=True) if git is None else git
    if not (options.name and options.name.strip()):
        raise UsageError("your name is missing", 'add it: cpd init my-cpd --name "Your Name"')
    files = journal_files(_about(options), today())
    _refuse_unreadable(files[MEMBER_FILE])
    kept = [path for path in files if os.path.lexists(folder / path)]
    new = {folder / path: data for path, data in files.items() if path not in kept}
    if not dry_run:
        # cpd.yaml comes last: it makes the folder a journal, so an interrupted command can run again.
        write_new(dict(sorted(new.items(), key=lambda item: item[0].name == MEMBER_FILE)), folder)
        if git:
            _make_repository(folder, console)
    console.show("\n".join(printable(str(path)) for path in new))
    for path in kept:
        console.say(f"kept {printable(path)}, which already exists")
    console.say("dry run: nothing written" if dry_run else _next_steps(folder))
    return FINE


def _about(options: MemberOptions) -> Owner:
    """Return the member, with tidy texts. Raises UsageError for an unknown scheme."""
    from cpdkit.journal.new_journal import Owner
    from cpdkit.schemes.scheme_file import shipped_schemes

    scheme = options.scheme
    if scheme is None:
        scheme = next((name for name in shipped_schemes() if name == (options.body or "").strip().casefold()), "")
    if scheme and scheme not in shipped_schemes():
        raise UsageError(f'unknown scheme "{scheme}"', f"available schemes: {', '.join(sorted(shipped_schemes()))}")
    texts = (options.name, options.body, options.grade, options.number)
    name, body, grade, number = (re.sub(r"\s+", " ", text or "").strip() for text in texts)
    return Owner(name, body, grade, number, scheme, options.year_start)


def _refuse_unreadable(data: bytes) -> None:
    """Raise UsageError for a problem in the new cpd.yaml, before anything is written."""
    from cpdkit.journal.member import read_member
    from cpdkit.journal.paths import MEMBER_FILE
    from cpdkit.text.source import decode

    member, _, diagnostics = read_member(decode(MEMBER_FILE, data))
    if member is None:
        raise UsageError(diagnostics[0].message, diagnostics[0].hint)


def _asked_for(options: MemberOptions) -> MemberOptions:
    """Ask for what the options do not give; only the name is required."""

    def ask(value: str | None, question: str) -> str:
        return click.prompt(question, default="", show_default=False, err=True) if value is None else value

    name = options.name or click.prompt("Your name", err=True)
    body = ask(options.body, "Your professional body, such as IET (optional)")
    grade = ask(options.grade, "Your membership grade, such as Member (optional)") if body else options.grade
    number = ask(options.number, "Your membership number (optional)") if body else options.number
    return replace(options, name=name, body=body, grade=grade, number=number)


def _make_repository(folder: Path, console: Console) -> None:
    """Create a git repository, unless the folder is already in one."""
    from cpdkit.history.git import has_repository
    from cpdkit.text.process import find_program, minimal_env, run

    if has_repository(folder):
        console.say("the folder is already in a git repository")
        return
    git = find_program("git")
    if git is None:
        console.warn("cpd: git is not installed, so no git repository was created; the journal needs none")
        return
    run("git", [git, "init", "--quiet", "--", folder.resolve()], env=minimal_env(), timeout=_SECONDS)
    console.say("created a git repository; nothing is committed yet")


def _next_steps(folder: Path) -> str:
    there = "" if folder.resolve() == Path.cwd() else f"cd {printable(quote(str(folder)))}\n  "
    return (
        f'next steps:\n  {there}cpd new "What you did last" --date yesterday --hours 1h30\n  cpd check\n'
        "  cpd report detailed\n"
        "  cpd schema --all   (for completion in your editor)"
    )
