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
from cpdkit.text.wording import counted, plural

if TYPE_CHECKING:
    from cpdkit.actions.todo import Item, Section, Todo
    from cpdkit.journal.load import Journal
    from cpdkit.journal.prompts import Model
    from cpdkit.journal.selection import SelectionOptions

SHOWN = 5
"""How many of one kind are shown without `--all`."""
COLUMNS = 80
LEAST_NOTE = 24
"""Columns that a note beside its command has at least; with fewer it goes below it."""


@click.command()
@option("--all", "every", is_flag=True, help="All that waits, not only the first few of each kind.")
@form_option
@journal_option
@selection_options("all years", "all")
@output_options
def todo(every: bool, output_format: str, journal: Path | None, choice: SelectionOptions, console: Console) -> int:
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
    from cpdkit.actions.todo import waiting
    from cpdkit.cli.exits import FINE
    from cpdkit.journal.load import load
    from cpdkit.journal.paths import find
    from cpdkit.journal.selection import ALL_TIME, resolve, unmatched
    from cpdkit.text.clock import today

    records = load(find(journal))
    period, filters = resolve(records, choice.within(ALL_TIME))
    for sentence in unmatched(filters, records.activities):
        console.say(f"cpd: {printable(sentence)}")
    todo = waiting(records, _model(records, console), today(), period, filters)
    if output_format == "json":
        hand_out(console, json_text(data_of(todo)))
    else:
        console.show("\n".join(lines_of(todo, every, console.columns or COLUMNS, console.colour)))
        things = f"{counted(todo.count, 'thing')} {plural(todo.count, 'waits', 'wait')} for you"
        console.say(things if todo.count else "nothing waits for you")
    if todo.confidential:
        console.say(f"confidential and left out: {todo.confidential}; --confidential takes them in")
    return FINE


def data_of(todo: Todo) -> dict[str, object]:
    """Return what waits as plain data, days ISO: `today`, `count`, and `sections` of `kind`, `title` and `items`."""
    return {
        "today": todo.day.isoformat(),
        "count": todo.count,
        "sections": [_section_data(each) for each in todo.sections],
        "confidential": todo.confidential,
    }


def lines_of(todo: Todo, every: bool, columns: int, colour: bool) -> list[str]:
    """Return what waits for a terminal, the first few of each kind or with `every` all; no lines for nothing."""
    from cpdkit.actions.todo import HEADINGS

    lines: list[str] = []
    for section in todo.sections:
        head = cut(f"{HEADINGS[section.cause]} ({len(section.items)})", columns)
        shown = section.items if every else section.items[:SHOWN]
        rest = len(section.items) - len(shown)
        lines += [*([""] if lines else []), styled(head, BOLD, enabled=colour), *_item_lines(shown, columns, colour)]
        lines += [f"  and {rest} more: cpd todo --all"] if rest else []
    return lines


def _section_data(section: Section) -> dict[str, object]:
    from cpdkit.actions.todo import HEADINGS

    items = [_item_data(each) for each in section.items]
    return {"kind": section.cause, "title": HEADINGS[section.cause], "count": len(items), "items": items}


def _item_data(item: Item) -> dict[str, object]:
    return {
        "id": item.id,
        "path": item.path,
        "title": item.title,
        "day": item.day.isoformat() if item.day else None,
        "note": item.note,
        "command": item.command,
    }


def _item_lines(items: Sequence[Item], columns: int, colour: bool) -> list[str]:
    """A line each, the command first, or two where the commands leave no room. No command is ever cut."""
    commands = [printable(each.command) for each in items]
    command_columns = max(map(width, commands))
    beside = columns - command_columns - 4
    lines = []
    for command, item in zip(commands, items, strict=True):
        note = printable(" · ".join(part for part in (item.note, item.title) if part))
        if beside >= LEAST_NOTE:
            lines.append(f"  {pad(command, command_columns)}  {styled(cut(note, beside), FAINT, enabled=colour)}")
        else:
            lines += [f"  {command}", f"    {styled(cut(note, columns - 4), FAINT, enabled=colour)}"]
    return lines


def _model(records: Journal, console: Console) -> Model:
    """The questions of the journal's own template, else the first model's where that can't be had."""
    from cpdkit.actions.reflect import reflection_model
    from cpdkit.journal.prompts import MODELS
    from cpdkit.text.files import Disk

    try:
        return reflection_model(Disk(str(records.root)))
    except UsageError as error:
        console.say(f"cpd: {printable(str(error))}, so the usual questions are taken")
        return next(iter(MODELS.values()))
