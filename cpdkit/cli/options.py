"""The options that commands share, each declared once, and the activities that they select.

The decorators pass plain values to the command: `journal` (a path or None), `choice` (the selection options as typed,
resolved when the journal is loaded) and `console`. An environment variable can set the default of any option for one
command (`$CPD_REPORT_PERIOD`) or for all (`$CPD_PERIOD`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from functools import reduce, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cpdkit.cli.complete import STATUSES, TYPES, Completer, complete_objectives, complete_words
from cpdkit.cli.console import make_console
from cpdkit.cli.global_options import (
    Command,
    Decorator,
    Option,
    color_option,
    is_typed,
    journal_option,
    option,
    quiet_option,
)
from cpdkit.documents.report_files import DRAWINGS, FORMATS
from cpdkit.errors import UsageError
from cpdkit.text.shell import quote
from cpdkit.text.wording import counted, plural

if TYPE_CHECKING:
    from cpdkit.journal.load import Journal
    from cpdkit.journal.selection import Selection, SelectionOptions

__all__ = ["Command", "journal_option", "option"]


class RenamedOption(Option):
    """An option that also has the name of an earlier version. Help and environment variables use the new name."""

    def __init__(self, *args: Any, old: str, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.opts.remove(old)
        self.old = old

    def add_to_parser(self, parser: Any, ctx: click.Context) -> None:
        self.opts.append(self.old)
        super().add_to_parser(parser, ctx)
        self.opts.remove(self.old)


def renamed_option(*declaration: str, old: str, **settings: Any) -> Decorator:
    """Return an option that the command line also takes under its `old` name."""
    return click.option(*declaration, old, cls=RenamedOption, old=old, **settings)


format_option = option(
    "--format",
    "output_format",
    type=click.Choice(("text", "json")),
    default="text",
    show_default=True,
    help="Output format.",
)
dry_change_option = option("--dry-run", is_flag=True, help="Show what would change, without changing it.")
dry_write_option = option("--dry-run", is_flag=True, help="Show what would be written, without writing it.")
yes_option = option("--yes", is_flag=True, help="Do not ask for confirmation.")
edit_option = option(
    "--edit/--no-edit", default=None, help="Open the file in your editor, or not. Default: open it on a terminal."
)
model_option = option(
    "--model",
    metavar="NAME",
    default="",
    help="Questions to use: iet, gibbs, kolb and others. Default: as set in cpd.yaml.",
)


def output_options(command: Command) -> Command:
    """Add `--color` and `--quiet`; the command gets `console`. What it changes is kept for `cpd undo`."""

    @wraps(command)
    def wrapped(*args: Any, color: str, quiet: bool, **rest: Any) -> int:
        from cpdkit.cli.changes import changes_kept

        console = make_console(color, quiet)
        with changes_kept(console):
            return command(*args, console=console, **rest)

    return decorated(wrapped, (color_option, quiet_option))


def selection_options(
    without_period: str = "the period in cpd.yaml, or the CPD year of your newest done activity",
    without_status: str = "done and in-progress",
    *,
    confidential: bool = True,
    period_words: str = "[PERIOD]",
) -> Decorator:
    """Add the period and the filters; the command gets `choice`. The texts are the defaults that its help shows.

    `confidential` is whether to add `--confidential`; a command without it decides for itself. `period_words` is
    how the usage shows the words after the command, which are a period as in `cpd list 2024`; empty for none.
    """

    def decorate(command: Command) -> Command:
        @wraps(command)
        def wrapped(*args: Any, **values: Any) -> int:
            from cpdkit.journal.selection import SelectionOptions

            values["last"] = "".join(values["last"][-1:])
            if words := values.pop("period_words", ()):
                values |= {"period": _period_in(words, values), "first": "", "last": ""}
            choice = SelectionOptions(
                **{each.name: values.pop(each.name) for each in fields(SelectionOptions) if each.name in values}
            )
            return command(*args, choice=choice, **values)

        options = _selection(without_period, without_status)
        after = (_CONFIDENTIAL,) if confidential else ()
        return decorated(wrapped, (*_words_argument(period_words), *options, *after))

    return decorate


def bulk_options(without_status: str = "all") -> Decorator:
    """Add the selection of the activities to change, and `--yes`; the command gets `choice` and `yes`.

    See `selected.py` for what becomes of them.
    """
    select = selection_options("all years", without_status, confidential=False, period_words="")
    return lambda command: decorated(command, (select, yes_option))


def period_argument(command: Command) -> Command:
    """Let the words after a command with its own `--period` be that period; goes above it."""

    @wraps(command)
    def wrapped(*args: Any, period_words: tuple[str, ...], period: str, **values: Any) -> int:
        return command(*args, period=_period_in(period_words, {"period": period}) if period_words else period, **values)

    return decorated(wrapped, _words_argument("[PERIOD]"))


def _words_argument(metavar: str) -> tuple[Decorator, ...]:
    return (click.argument("period_words", metavar=metavar, nargs=-1),) if metavar else ()


def _period_in(words: Sequence[str], values: Mapping[str, Any]) -> str:
    """Return the period that the words after a command are, as text.

    Raises UsageError if they are not a period, or if one of the `values` of options on the same line is one.
    """
    from cpdkit.dates.period import parse_period
    from cpdkit.text.clock import today

    refuse_two_periods(click.get_current_context(), values)
    text = " ".join(words)
    if any(letter.isdigit() for letter in text):  # read later, with the settings of the journal
        return text
    try:
        parse_period(text, today())
    except UsageError as error:
        if error.hint.startswith("did you mean"):
            raise
        hint = f"write a period such as 2026-03 or last year, or find words with cpd search {quote(text)}"
        raise UsageError(str(error), hint) from None
    return text


def refuse_two_periods(ctx: click.Context, values: Mapping[str, Any]) -> None:
    """Raise UsageError if `--period`, `--from` or `--to` is on a command line with a period after the command."""
    for name, typed in {"period": "--period", "first": "--from", "last": "--to"}.items():
        if values.get(name) and is_typed(ctx, name):
            raise UsageError(f"a period after the command and {typed} cannot be combined", "remove one of them")


def format_options(command: Command) -> Command:
    """Add `--format`; goes above `selection_options`. The command gets `formats`, which may be empty.

    `--to docx,pdf` means the same. On every command with a selection `--to` takes a date; words are formats instead.
    """

    @wraps(command)
    def wrapped(*args: Any, formats: tuple[str, ...], last: tuple[str, ...], **rest: Any) -> int:
        words = [*formats, *filter(names_formats, last)]
        days = tuple(word for word in last if not names_formats(word))
        return command(*args, formats=formats_in(words), last=days, **rest)

    return decorated(wrapped, (_FORMATS,))


def names_formats(word: str) -> bool:
    """Return whether a word looks like `docx,pdf`, known or not; a date has a digit, a space or a dash."""
    return word != "all" and word.replace(",", "").isalpha()


def formats_in(words: Sequence[str]) -> tuple[str, ...]:
    """Return the formats, each once, in their order. Raises UsageError for an unknown one."""
    names = [name.strip().lower() for word in words for name in word.split(",") if name.strip()]
    for name in names:
        if name not in (*FORMATS, *DRAWINGS):
            raise UsageError(f'unknown format "{name}"', f"available formats: {', '.join(FORMATS)}")
    return tuple(dict.fromkeys(names))


def decorated(command: Command, options: Sequence[Decorator]) -> Command:
    """Return the command with the options, in the order that `--help` lists them."""
    return reduce(lambda inner, outer: outer(inner), reversed(options), command)


def repeatable(name: str, field: str, metavar: str, text: str, completer: Completer | None = None) -> Decorator:
    """Return an option that can be given several times; `text` is its help."""
    return option(
        f"--{name}", field, metavar=metavar, multiple=True, help=f"{text} Repeatable.", shell_complete=completer
    )


def select_from(place: Path | None, choice: SelectionOptions) -> tuple[Journal, Selection, list[str]]:
    """Return the journal at `place` (None: the nearest), the selected activities, and remarks on the filters.

    A remark is a sentence about a filter that nothing in the journal matches. Raises UsageError, NoJournal.
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
    """Yield a sentence on omitted confidential activities, and one on files that cannot be read."""
    if selection.omitted.confidential:
        yield confidential_omitted(selection.omitted.confidential)
    if unread:
        yield f"cannot read {counted(unread, 'file')}; run cpd check to see why"


def confidential_omitted(count: int) -> str:
    """Return `2 confidential activities omitted`, and the option that includes them."""
    activities = counted(count, "confidential activity", "confidential activities")
    return f"{activities} omitted (include {plural(count, 'it', 'them')} with --confidential)"


_FORMATS = option(
    "--format",
    "formats",
    metavar="FORMATS",
    multiple=True,
    help=f"Formats to write, comma-separated: {', '.join(FORMATS)}; of the accountability diagram also svg, png.",
)

_CONFIDENTIAL = option(
    "--confidential", is_flag=True, help="Include confidential activities. By default they are omitted and counted."
)


def _selection(without_period: str, without_status: str) -> Sequence[Decorator]:
    return (
        option(
            "--period",
            metavar="PERIOD",
            default="",
            help="2026, 2026-03, 2026-Q1, 2025-04..2026-03, 2024.., all, 'last 12 months', cpd-year and more. "
            f"Default: {without_period}.",
        ),
        option("--from", "first", metavar="DATE", default="", help="First date, or a period to start with."),
        option("--to", "last", metavar="DATE", multiple=True, help="Last date, or a period to end with."),
        repeatable("folder", "folders", "NAME", "Only this folder under activities/, and the folders in it."),
        repeatable("type", "types", "TYPE", "Only this type, such as training or event.", complete_words(TYPES)),
        repeatable("topic", "topics", "TEXT", "Only this topic."),
        repeatable("competence", "competences", "CODE", "Only activities that claim this competence, such as A1."),
        repeatable("objective", "objectives", "ID", "Only activities towards this objective.", complete_objectives),
        repeatable(
            "status",
            "statuses",
            "STATUS",
            f"Only this status: done, in-progress, planned or draft. Default: {without_status}.",
            complete_words(STATUSES),
        ),
        repeatable("text", "text", "WORDS", "Only activities that contain these words."),
        option("--highlights", is_flag=True, help="Only activities marked as highlights."),
    )
