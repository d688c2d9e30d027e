"""The options that commands share, each declared once, and what the selecting ones select.

Every decorator hands the command plain values: `journal` (a path or None), `choice` (what the selection options
say, resolved when the journal is known) and `console`. Any option's default can be set for one command
(`$CPD_REPORT_PERIOD`) or for all (`$CPD_PERIOD`).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields
from functools import reduce, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cpdkit.cli.complete import STATUSES, TYPES, Completer, complete_objectives, complete_words
from cpdkit.cli.console import make_console
from cpdkit.documents.report_files import FORMATS
from cpdkit.errors import UsageError

if TYPE_CHECKING:
    from cpdkit.journal.load import Journal
    from cpdkit.journal.selection import Selection, SelectionOptions

Command = Callable[..., int]
Decorator = Callable[[Command], Command]


class Option(click.Option):
    """An option whose default the environment can set: for one command first, then for every command."""

    def resolve_envvar_value(self, ctx: click.Context) -> str | None:
        name = variable_name(self)
        own = os.environ.get(f"{ctx.auto_envvar_prefix}_{name}")
        return own or super().resolve_envvar_value(ctx) or os.environ.get(f"CPD_{name}") or None

    def value_from_envvar(self, ctx: click.Context) -> str | Sequence[str] | None:
        if not self.multiple:
            value: str | Sequence[str] | None = super().value_from_envvar(ctx)
            return value
        values = self.resolve_envvar_value(ctx)
        return None if values is None else [part.strip() for part in values.split(",") if part.strip()]


def variable_name(option: click.Option) -> str:
    """Return the option's long name as an environment variable has it: `--follow-up` → `FOLLOW_UP`."""
    return max(option.opts, key=len).lstrip("-").replace("-", "_").upper()


def option(*declaration: str, **settings: Any) -> Decorator:
    """`click.option` with this program's defaults from the environment."""
    return click.option(*declaration, cls=Option, **settings)


form_option = option(
    "--format",
    "output_format",
    type=click.Choice(("text", "json")),
    default="text",
    show_default=True,
    help="How to print it.",
)
dry_change_option = option("--dry-run", is_flag=True, help="Show what would change, and change nothing.")
dry_write_option = option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
edit_option = option("--edit/--no-edit", default=None, help="Open your editor, or don't; else it opens on a terminal.")
model_option = option(
    "--model", metavar="NAME", default="", help="Whose questions: iet, gibbs, kolb …; else as cpd.yaml says."
)
journal_option = option(
    "--journal",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="The folder that holds cpd.yaml.",
)


def output_options(command: Command) -> Command:
    """`--color` and `--quiet`; the command gets `console`."""

    @wraps(command)
    def wrapped(*args: Any, color: str, quiet: bool, **rest: Any) -> int:
        return command(*args, console=make_console(color, quiet), **rest)

    return decorated(wrapped, _OUTPUT)


def selection_options(
    without_period: str = "cpd.yaml's period, else the CPD year of the newest done activity",
    without_status: str = "done and in-progress",
    *,
    confidential: bool = True,
) -> Decorator:
    """The period and the filters; the command gets `choice`. The texts say what it takes where none is given.

    `confidential` is whether it has an option for them; a command without it decides by itself.
    """

    def decorate(command: Command) -> Command:
        @wraps(command)
        def wrapped(*args: Any, **values: Any) -> int:
            from cpdkit.journal.selection import SelectionOptions

            values["last"] = "".join(values["last"][-1:])
            choice = SelectionOptions(
                **{each.name: values.pop(each.name) for each in fields(SelectionOptions) if each.name in values}
            )
            return command(*args, choice=choice, **values)

        options = _selection(without_period, without_status)
        return decorated(wrapped, (*options, _CONFIDENTIAL) if confidential else options)

    return decorate


def format_options(command: Command) -> Command:
    """`--format`, above `selection_options`; the command gets `formats`, empty where none is given.

    `--to docx,pdf` says the same: the word tells it from a day, which is what `--to` is on every selecting command.
    """

    @wraps(command)
    def wrapped(*args: Any, formats: tuple[str, ...], last: tuple[str, ...], **rest: Any) -> int:
        words = [*formats, *filter(names_formats, last)]
        days = tuple(word for word in last if not names_formats(word))
        return command(*args, formats=formats_in(words), last=days, **rest)

    return decorated(wrapped, (_FORMATS,))


def names_formats(word: str) -> bool:
    """Whether a word is `docx,pdf`, also with one that there isn't; a period's end has a digit, a space or a dash."""
    return word != "all" and word.replace(",", "").isalpha()


def formats_in(words: Sequence[str]) -> tuple[str, ...]:
    """Return the formats named, each once, in the order given. Raises UsageError for one that there isn't."""
    names = [name.strip().lower() for word in words for name in word.split(",") if name.strip()]
    for name in names:
        if name not in FORMATS:
            raise UsageError(f'there is no format "{name}"', f"there are: {', '.join(FORMATS)}")
    return tuple(dict.fromkeys(names))


def decorated(command: Command, options: Sequence[Decorator]) -> Command:
    """Return the command under all the options, in the order that `--help` lists them."""
    return reduce(lambda inner, outer: outer(inner), reversed(options), command)


def repeatable(name: str, field: str, metavar: str, text: str, completer: Completer | None = None) -> Decorator:
    """Return an option that may be given several times; `text` is its help."""
    return option(
        f"--{name}", field, metavar=metavar, multiple=True, help=f"{text} Repeatable.", shell_complete=completer
    )


def select_from(place: Path | None, choice: SelectionOptions) -> tuple[Journal, Selection, list[str]]:
    """Return the journal at `place` (None: the nearest), the activities chosen, and remarks on the choice.

    A remark is a sentence on a filter that nothing in the journal matches. Raises UsageError, NoJournal.
    """
    from cpdkit.journal.load import find, load
    from cpdkit.journal.selection import resolve, select, unmatched
    from cpdkit.text.terminal import printable

    journal = load(find(place))
    period, filters = resolve(journal, choice)
    unread = sum(path.startswith("activities/") for path in journal.unread)
    selection = select(journal.activities, unread, period, filters)
    return journal, selection, list(map(printable, unmatched(filters, journal.activities)))


def omissions(selection: Selection, unread: int) -> Iterator[str]:
    """Yield a sentence on confidential activities that are not in a selection, and one on files that can't be read."""
    if selection.left_out.confidential:
        yield f"confidential and left out: {selection.left_out.confidential}; --confidential takes them in"
    if unread:
        yield f"files that could not be read: {unread}; cpd check says why"


_OUTPUT = (
    option(
        "--color",
        type=click.Choice(["auto", "always", "never"]),
        default="auto",
        show_default=True,
        help="When to colour; auto is on a terminal, unless NO_COLOR is set.",
    ),
    option("-q", "--quiet", is_flag=True, help="Only results and errors, no talk."),
)

_FORMATS = option(
    "--format",
    "formats",
    metavar="FORMATS",
    multiple=True,
    help=f"What to write, parted by commas: {', '.join(FORMATS)}. --to docx,pdf says the same.",
)

_CONFIDENTIAL = option(
    "--confidential", is_flag=True, help="Confidential activities too; else they are left out and counted."
)


def _selection(without_period: str, without_status: str) -> Sequence[Decorator]:
    return (
        option(
            "--period",
            metavar="WHEN",
            default="",
            help="2026, 2026-03, 2026-Q1, 2025-04..2026-03, 2024.., all, 'last 12 months', cpd-year …  "
            f"Without it: {without_period}.",
        ),
        option(
            "--from", "first", metavar="DAY", default="", help="The period's first day, or the period it starts with."
        ),
        option("--to", "last", metavar="DAY", multiple=True, help="The period's last day, or the period it ends with."),
        repeatable("folder", "folders", "NAME", "Only this folder below activities/ and those in it."),
        repeatable(
            "type", "types", "TYPE", "Only activities of this type, such as training or event.", complete_words(TYPES)
        ),
        repeatable("topic", "topics", "TEXT", "Only activities with this topic."),
        repeatable("competence", "competences", "CODE", "Only activities that claim this competence, such as A1."),
        repeatable("objective", "objectives", "ID", "Only activities towards this objective.", complete_objectives),
        repeatable(
            "status",
            "statuses",
            "STATUS",
            f"Only done, in-progress, planned or draft; else {without_status}.",
            complete_words(STATUSES),
        ),
        repeatable("text", "text", "WORDS", "Only activities that hold these words."),
        option("--highlights", is_flag=True, help="Only activities marked as highlights."),
    )
