"""`cpd init`: create a journal."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cpdkit.cli.console import Console
from cpdkit.cli.global_options import is_typed
from cpdkit.cli.options import dry_write_option, option, output_options
from cpdkit.errors import UsageError
from cpdkit.text.shell import quote
from cpdkit.text.terminal import printable

if TYPE_CHECKING:
    from cpdkit.cli.conversation import Conversation
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
@option("--body", metavar="NAME", help="Your professional body, such as IET or Institution of Civil Engineers.")
@option("--grade", metavar="GRADE", help="Your membership grade, such as Member.")
@option("--number", metavar="NUMBER", help="Your membership number.")
@option("--scheme", metavar="ID", help="CPD scheme that you follow, such as iet. Default: that of your body.")
@option("--year-start", metavar="MM-DD", default="01-01", show_default=True, help="First day of your CPD year.")
@option(
    "--git/--no-git", default=None, help="Create a git repository, or not. Default: ask, if it asks for your details."
)
@dry_write_option
@output_options
def init(folder: Path, git: bool | None, dry_run: bool, console: Console, **member: Any) -> int:
    """Create a journal.

    DIR is the folder of the journal. Without it, the journal is created in the current folder. Without --name, it asks
    for your details on a terminal, with a list of professional bodies. Existing files are not changed.

    A body that cpdkit knows sets your CPD scheme: cpd scheme list shows them. You can write its full or short name.

    \b
    cpd init my-cpd
    cpd init my-cpd --name "Your Name" --body IET --grade Member
    """
    from cpdkit.cli.conversation import Stop, conversation
    from cpdkit.cli.exits import FINE
    from cpdkit.journal.new_journal import journal_files
    from cpdkit.journal.paths import MEMBER_FILE
    from cpdkit.text.clock import today
    from cpdkit.text.write import write_new

    if is_typed(click.get_current_context().find_root(), "journal"):
        raise UsageError("--journal and init cannot be combined", "name the folder of the new journal: cpd init DIR")
    options = MemberOptions(**member)
    if os.path.lexists(folder / MEMBER_FILE):
        raise UsageError(f"{folder} is already a journal", "choose another folder: cpd init my-cpd")
    terminal = None if options.name else conversation(console)
    if terminal:
        try:
            options, git = _asked_for(options, git, terminal)
        except (Stop, KeyboardInterrupt, click.Abort):
            console.say("\nnothing was created")
            raise click.Abort from None
    if not (options.name and options.name.strip()):
        raise UsageError("your name is missing", 'add it: cpd init my-cpd --name "Your Name"')
    owner = _about(options)
    files = journal_files(owner, today())
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
    if not owner.scheme:
        _warn_of_unknown(owner.body, console)
    console.say("dry run: nothing written" if dry_run else _next_steps(folder, owner))
    return FINE


def _about(options: MemberOptions) -> Owner:
    """Return the member, with tidy texts and the usual short name of the body. Raises UsageError for an unknown scheme.

    A known body sets its scheme, unless an option does.
    """
    from cpdkit.journal.new_journal import Owner
    from cpdkit.schemes.bodies import body_named
    from cpdkit.schemes.scheme_file import shipped_schemes

    texts = (options.name, options.body, options.grade, options.number)
    name, body, grade, number = (re.sub(r"\s+", " ", text or "").strip() for text in texts)
    known = body_named(body) if body else None
    scheme = (known.scheme if known else "") if options.scheme is None else options.scheme
    if scheme and scheme not in shipped_schemes():
        raise UsageError(f'unknown scheme "{scheme}"', f"available schemes: {', '.join(sorted(shipped_schemes()))}")
    return Owner(name, known.short if known else body, grade, number, scheme, options.year_start)


def _warn_of_unknown(body: str, console: Console) -> None:
    """Print a warning if cpdkit has no rules of a body, with the bodies that it knows."""
    from cpdkit.schemes.bodies import bodies, body_named, nearest_body

    if not body or body_named(body):
        return
    near = nearest_body(body)
    known = f"did you mean {near.short}?" if near else f"known bodies: {'; '.join(each.short for each in bodies())}"
    console.warn(f'cpd: unknown body "{printable(body)}", so no CPD scheme is set\n     {known}')
    console.say("     to follow a scheme, add its ID to cpd.yaml under schemes; cpd scheme list shows all")


def _refuse_unreadable(data: bytes) -> None:
    """Raise UsageError for a problem in the new cpd.yaml, before anything is written."""
    from cpdkit.journal.member import read_member
    from cpdkit.journal.paths import MEMBER_FILE
    from cpdkit.text.source import decode

    member, _, diagnostics = read_member(decode(MEMBER_FILE, data))
    if member is None:
        raise UsageError(diagnostics[0].message, diagnostics[0].hint)


def _asked_for(options: MemberOptions, git: bool | None, terminal: Conversation) -> tuple[MemberOptions, bool]:
    """Ask for what the options do not give, and whether to use git; only the name is required. Raises Stop."""

    def ask(value: str | None, question: str) -> str:
        return terminal.ask_line(question, "", str, optional=True) if value is None else value

    name = options.name or terminal.ask_line("Your name:", "", str)
    body = _asked_body(terminal) if options.body is None else options.body
    grade = ask(options.grade, "Your membership grade, such as Member (optional)") if body else options.grade
    number = ask(options.number, "Your membership number (optional)") if body else options.number
    git = click.confirm("Create a git repository?", default=True, err=True) if git is None else git
    return replace(options, name=name, body=body, grade=grade, number=number), git


def _asked_body(terminal: Conversation) -> str:
    """Ask for the professional body: a number of the list, or any name. An empty answer means none. Raises Stop."""
    from cpdkit.schemes.bodies import bodies, body_named, nearest_body

    known = bodies()

    def read(text: str) -> str:
        if text.isdecimal():
            raise UsageError(f"type a number from 1 to {len(known)}, a name, or nothing")
        near = None if body_named(text) else nearest_body(text)
        return near.short if near and terminal.agrees(f"Do you mean {near.name}?") else text

    # Without the full names, so that the list fits a screen.
    choices = dict.fromkeys((each.short for each in known), "")
    return terminal.ask_choice("Your professional body: a number or a name (optional)", choices, "", read,
                               optional=True)  # fmt: skip


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


def _next_steps(folder: Path, owner: Owner) -> str:
    there = "" if folder.resolve() == Path.cwd() else f"cd {printable(quote(str(folder)))}\n  "
    standing = "cpd status" if owner.scheme else "cpd list"
    return (
        f'next steps:\n  {there}cpd new "What you did last" --date yesterday --hours 1h30\n  {standing}\n'
        "  cpd report detailed"
    )
