"""`cpd todo`: what waits for the owner."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cpdkit.cli.console import Console
from cpdkit.cli.options import form_option, journal_option, option, output_options, selection_options
from cpdkit.cli.tables import BOLD, FAINT, hand_out, json_text, styled
from cpdkit.errors import UsageError
from cpdkit.text.terminal import cut, pad, printable, width

if TYPE_CHECKING:
    from cpdkit.actions.todo import Item, Section, Todo
    from cpdkit.journal.load import Journal
    from cpdkit.journal.prompts import Model
    from cpdkit.journal.selection import Choice


SHOWN = 5
"""How many of one kind are shown without `--all`."""
COLUMNS = 80
LEAST_NOTE = 24
"""Columns that a note beside its command has at least; with fewer it goes below it."""


def show_todo(place: Path | None, choice: Choice, every: bool, form: str, console: Console) -> None:
    """Print what waits in the journal at `place` (None: the nearest). Raises UsageError, NoJournal."""

    from cpdkit.actions.todo import waiting
    from cpdkit.journal.load import find, load
    from cpdkit.journal.selection import ALL_TIME, resolve, unmatched
    from cpdkit.text.clock import today

    journal = load(find(place))
    period, filters = resolve(journal, choice.within(ALL_TIME))
    for sentence in unmatched(filters, journal.activities):
        console.say(f"cpd: {printable(sentence)}")
    todo = waiting(journal, _model(journal, console), today(), period, filters)
    if form == "json":
        hand_out(console, json_text(data_of(todo)))
    else:
        console.show("\n".join(lines_of(todo, every, console.columns or COLUMNS, console.colour)))
        console.say(_summary(todo))
    if todo.confidential:
        console.say(f"confidential and left out: {todo.confidential}; --confidential takes them in")


def data_of(todo: Todo) -> dict[str, object]:
    """What waits as plain data, days ISO: `today`, `count`, and `sections` of `kind`, `title`, `count` and `items`."""
    return {
        "today": todo.day.isoformat(),
        "count": todo.count,
        "sections": [_section_data(each) for each in todo.sections],
        "confidential": todo.confidential,
    }


def lines_of(todo: Todo, every: bool, columns: int, colour: bool) -> list[str]:
    """What waits for a terminal, the first few of each kind or with `every` all; no lines where nothing does."""
    lines: list[str] = []
    for section in todo.sections:
        lines += [""] if lines else []
        lines += _section_lines(section, len(section.items) if every else SHOWN, columns, colour)
    return lines


def _section_data(section: Section) -> dict[str, object]:
    from cpdkit.actions.todo import HEADINGS

    items = [_item_data(each) for each in section.items]
    return {"kind": section.kind, "title": HEADINGS[section.kind], "count": len(items), "items": items}


def _item_data(item: Item) -> dict[str, object]:
    return {
        "id": item.id,
        "path": item.path,
        "title": item.title,
        "day": item.day.isoformat() if item.day else None,
        "note": item.note,
        "command": item.command,
    }


def _section_lines(section: Section, most: int, columns: int, colour: bool) -> list[str]:
    from cpdkit.actions.todo import HEADINGS

    head = cut(f"{HEADINGS[section.kind]} ({len(section.items)})", columns)
    shown = section.items[:most]
    rest = len(section.items) - len(shown)
    lines = [styled(head, BOLD, wanted=colour), *_item_lines(shown, columns, colour)]
    return [*lines, f"  and {rest} more: cpd todo --all"] if rest else lines


def _item_lines(items: Sequence[Item], columns: int, colour: bool) -> list[str]:
    """A line each, the command first, or two where the commands leave no room. No command is ever cut."""
    commands = [printable(each.command) for each in items]
    wide = max(map(width, commands))
    beside = columns - wide - 4
    lines = []
    for command, item in zip(commands, items, strict=True):
        note = printable(" · ".join(part for part in (item.note, item.title) if part))
        if beside >= LEAST_NOTE:
            lines.append(f"  {pad(command, wide)}  {styled(cut(note, beside), FAINT, wanted=colour)}")
        else:
            lines += [f"  {command}", f"    {styled(cut(note, columns - 4), FAINT, wanted=colour)}"]
    return lines


def _summary(todo: Todo) -> str:
    if not todo.count:
        return "nothing waits for you"
    return f"{todo.count} {'thing waits' if todo.count == 1 else 'things wait'} for you"


def _model(journal: Journal, console: Console) -> Model:
    """The questions of the journal's own template, else the first model's where that can't be had."""

    from cpdkit.actions.reflect import model_of
    from cpdkit.journal.prompts import MODELS
    from cpdkit.text.files import Disk

    try:
        return model_of(Disk(str(journal.root)))
    except UsageError as error:
        console.say(f"cpd: {printable(str(error))}, so the usual questions are taken")
        return next(iter(MODELS.values()))


@click.command()
@option("--all", "every", is_flag=True, help="All that waits, not only the first few of each kind.")
@form_option
@journal_option
@selection_options("all years", "all")
@output_options
def todo(every: bool, form: str, journal: Path | None, choice: Choice, console: Console) -> int:
    """Show what waits for you, the most urgent first, and the command that settles each.

    Files that can't be read, evidence that is missing, what was planned and is past, what is in progress and should
    have ended, overdue objectives and actions, drafts, reflections to write, the year's review, follow-ups.

    Without a period it looks at all years, and without --status at activities of every status. A follow-up is due on
    the day it names, such as 2027-01-31 or January 2027; one that names none is told after 90 days. The field
    x-followed-up says that it is done. What a file accepts, and what cpd.yaml turns off, doesn't wait.

    \b
    cpd todo
    cpd todo --period 2026 --type training
    cpd todo --all --format json
    """
    from cpdkit.cli.exits import FINE

    show_todo(journal, choice, every, form, console)
    return FINE
