"""`cpd config`: the settings that apply here, and where each comes from."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cpdkit.cli.console import Console, warn_of_errors
from cpdkit.cli.global_options import is_typed
from cpdkit.cli.options import format_option, journal_option, output_options
from cpdkit.cli.tables import FAINT, hand_out, in_line, json_text, styled
from cpdkit.errors import NoJournal, UsageError
from cpdkit.text.terminal import pad, printable, width, wrap

if TYPE_CHECKING:
    from cpdkit.journal.paths import Listing

DEFAULT = "default"
LEAST = 24
"""Minimum columns for a value next to its name; with fewer, lines are not wrapped."""
VARIABLES = {
    "CPD_JOURNAL": "folder of the journal",
    "CPD_TODAY": "today's date",
    "CPD_PANDOC": "program for documents",
    "CPD_DEBUG": "full report of a bug",
    "CPD_PAGER": "pager for long results",
    "CPD_INBOX": "file or folder of the inbox",
    "NO_COLOR": "no colour",
    "SOURCE_DATE_EPOCH": "date of documents",
}
"""The environment variables that are not defaults of options, and what they set."""


@dataclasses.dataclass(frozen=True, slots=True)
class Setting:
    """A setting in words: its name, its value, and where the value comes from."""

    name: str
    value: str
    source: str


@click.command()
@click.argument("name", metavar="[NAME]", default="")
@format_option
@journal_option
@output_options
def config(name: str, output_format: str, journal: Path | None, console: Console) -> int:
    """Show your settings, and where each comes from.

    It shows the folder of the journal, the fields of cpd.yaml with their lines or defaults, environment variables, and
    the editor. With a NAME, it prints only that value. To change a setting, edit the place that it comes from.

    \b
    cpd config
    cpd config journal
    cpd edit cpd.yaml
    """
    from cpdkit.cli.exits import FINE, PROBLEMS

    listing = _listing(journal)
    typed = journal if is_typed(click.get_current_context(), "journal") else None
    settings = list(settings_of(listing, typed, os.environ))
    if listing:
        warn_of_errors(console, Path(listing.root), [each for each in listing.diagnostics if each.path == "cpd.yaml"])
    if name:
        console.show(printable(_named(settings, name).value))
    elif output_format == "json":
        hand_out(console, json_text([dataclasses.asdict(each) for each in settings]))
    else:
        console.show("\n".join(lines_of(settings, console.columns, colour=console.colour)))
        if not listing:
            missing = NoJournal(Path.cwd())
            console.say(f"cpd: {missing}\n     {missing.hint}")
    return PROBLEMS if listing and listing.member is None else FINE


def settings_of(listing: Listing | None, journal: Path | None, environment: Mapping[str, str]) -> Iterator[Setting]:
    """Yield the journal, the fields of cpd.yaml, the environment variables, and the editor.

    `journal` is the folder on the command line.
    """
    from cpdkit.actions.doctor import why_this_journal
    from cpdkit.cli.editor import NoEditor, editor_of

    if listing:
        root = Path(listing.root)
        yield Setting("journal", listing.root, why_this_journal(journal, root, environment))
        yield from _of_member(listing)
    yield from _of_environment(environment)
    try:
        yield Setting("editor", editor_of(environment), _source_of_editor(environment))
    except NoEditor as error:
        yield Setting("editor", "", str(error))


def lines_of(settings: list[Setting], columns: int, *, colour: bool) -> list[str]:
    """Return each setting as `name  value (source)`; long ones are wrapped to `columns` columns (0: not wrapped)."""
    names = max(width(each.name) for each in settings) + 2
    lines = []
    for each in settings:
        text = printable(f"{each.value} ({each.source})".lstrip())
        first, *rest = wrap(text, columns - names) if columns - names >= LEAST else [text]
        lines.append(styled(pad(each.name, names), FAINT, enabled=colour) + first)
        lines += [" " * names + line for line in rest]
    return lines


def _listing(journal: Path | None) -> Listing | None:
    """Return the file names of the journal; None without a journal. Raises NoJournal if `journal` is not one."""
    from cpdkit.journal.paths import find, list_journal
    from cpdkit.text.files import Disk

    try:
        return list_journal(Disk(os.path.realpath(find(journal))), ["cpd.yaml"])
    except NoJournal:
        if journal is not None:
            raise
        return None


def _of_member(listing: Listing) -> Iterator[Setting]:
    """Yield the fields of cpd.yaml that are set or have a default."""
    from cpdkit.exchange.exports.json import member_data
    from cpdkit.journal.member import MEMBER, Member

    member = listing.member
    if member is None:
        return
    given = member_data(member)
    usual = {each.name: each.default for each in dataclasses.fields(Member)}
    for field in MEMBER.fields:
        if field.name in given:
            yield Setting(field.name, in_line(given[field.name]), f"cpd.yaml:{member.spans[field.name].line}")
        elif text := _default_text(usual[field.target]):
            yield Setting(field.name, text, DEFAULT)


def _default_text(value: object) -> str:
    """Return the default of a field as cpd.yaml would write it; empty for none."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return "-".join(f"{number:02}" for number in value)  # the first day of the CPD year
    return value if isinstance(value, str) else ""


def _of_environment(environment: Mapping[str, str]) -> Iterator[Setting]:
    """Yield the environment variables that cpdkit reads, and those that only look like it."""
    options = _variables_of_options() if any(name.startswith("CPD_") for name in environment) else {}
    for name in sorted(environment):
        if name in VARIABLES:
            yield Setting(f"${name}", environment[name], VARIABLES[name])
        elif name.startswith("CPD_"):
            yield Setting(f"${name}", environment[name], options.get(name, "not used: no option has this name"))


def _variables_of_options() -> dict[str, str]:
    """Return what each environment variable of an option sets: for one command, or for all that have the option."""
    from cpdkit.cli.global_options import variable_name

    found: dict[str, str] = {}
    for ctx in _contexts(click.get_current_context().find_root()):
        for each in ctx.command.params:
            if isinstance(each, click.Option):
                own = f"{ctx.command_path.upper().replace(' ', '_').replace('-', '_')}_{variable_name(each)}"
                found[own] = f"{max(each.opts, key=len)} of {ctx.command_path}"
                found.setdefault(f"CPD_{variable_name(each)}", f"{max(each.opts, key=len)} of all commands")
    return found


def _contexts(ctx: click.Context) -> Iterator[click.Context]:
    """Yield the contexts of all commands below a group."""
    if isinstance(ctx.command, click.Group):
        for name in ctx.command.list_commands(ctx):
            if command := ctx.command.get_command(ctx, name):
                below = click.Context(command, parent=ctx, info_name=name)
                yield below
                yield from _contexts(below)


def _source_of_editor(environment: Mapping[str, str]) -> str:
    from cpdkit.history.git import user_setting

    if environment.get("GIT_EDITOR"):
        return "$GIT_EDITOR"
    if user_setting("core.editor", environment):
        return "core.editor in your git configuration"
    return "$VISUAL" if environment.get("VISUAL") else "$EDITOR" if environment.get("EDITOR") else DEFAULT


def _named(settings: list[Setting], name: str) -> Setting:
    for each in settings:
        if each.name.lstrip("$") == name.lstrip("$"):
            return each
    from difflib import get_close_matches

    near = get_close_matches(name, [each.name.lstrip("$") for each in settings], n=1)
    hint = f"did you mean {near[0]}?" if near else "list all settings that have a value with cpd config"
    raise UsageError(f'unknown setting "{name}"', hint)
