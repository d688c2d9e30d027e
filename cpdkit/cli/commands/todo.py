"""`cpd todo`: list what needs attention."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cpdkit.cli.console import Console
from cpdkit.cli.options import (
    confidential_omitted,
    format_option,
    journal_option,
    option,
    output_options,
    selection_options,
)
from cpdkit.cli.tables import BOLD, FAINT, hand_out, json_text, styled
from cpdkit.errors import UsageError
from cpdkit.text.terminal import cut, limited, pad, printable, width
from cpdkit.text.wording import counted, plural

if TYPE_CHECKING:
    from cpdkit.actions.todo import Item, Section, Todo
    from cpdkit.journal.load import Journal
    from cpdkit.journal.prompts import Model
    from cpdkit.journal.selection import SelectionOptions

SHOWN = 5
"""How many items of one kind are shown without `--all`."""
LEAST_NOTE = 24
"""Minimum columns for a note next to its command; with fewer it goes on the next line."""


@click.command()
@option("--all", "every", is_flag=True, help="Show all items, not only the first few of each kind.")
@format_option
@journal_option
@selection_options("all years", "all")
@output_options
def todo(every: bool, output_format: str, journal: Path | None, choice: SelectionOptions, console: Console) -> int:
    """List what needs your attention.

    Each line gives the command that deals with it. The most urgent come first:

    \b
    - files that cannot be read
    - missing evidence
    - planned activities whose date has passed
    - activities in progress whose end has passed
    - overdue objectives and actions
    - entries in the inbox
    - drafts
    - missing reflections
    - the review of the year
    - follow-ups

    By default, it covers all years and every status.

    A follow-up is due on its date, such as 2027-01-31 or January 2027. Without a date, it is due after 90 days. Set
    the field x-followed-up when you have done it.

    Problems that a file accepts or that cpd.yaml turns off are not listed.

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
        console.page("\n".join(lines_of(todo, every, console.columns, console.colour)))
        items = f"{counted(todo.count, 'item')} {plural(todo.count, 'needs', 'need')} your attention"
        console.say(items if todo.count else "nothing needs your attention")
    if todo.confidential:
        console.say(confidential_omitted(todo.confidential))
    return FINE


def data_of(todo: Todo) -> dict[str, object]:
    """Return the items as plain data with ISO dates: `today`, `count`, and `sections` of `kind`, `title`, `items`."""
    return {
        "today": todo.day.isoformat(),
        "count": todo.count,
        "sections": [_section_data(each) for each in todo.sections],
        "confidential": todo.confidential,
    }


def lines_of(todo: Todo, every: bool, columns: int, colour: bool) -> list[str]:
    """Return the items as lines: the first few of each kind, or with `every` all."""
    from cpdkit.actions.todo import HEADINGS

    lines: list[str] = []
    for section in todo.sections:
        head = limited(f"{HEADINGS[section.cause]} ({len(section.items)})", columns)
        shown = section.items if every else section.items[:SHOWN]
        rest = len(section.items) - len(shown)
        lines += [*([""] if lines else []), styled(head, BOLD, enabled=colour), *_item_lines(shown, columns, colour)]
        lines += [f"  and {rest} more (show all with cpd todo --all)"] if rest else []
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
    """Return one line for each item, or two if the commands are long. Commands are never cut.

    `columns` is the width of the terminal (0: not limited).
    """
    commands = [printable(each.command) for each in items]
    command_columns = max(map(width, commands))
    room = columns - command_columns - 4 if columns else 0
    lines = []
    for command, item in zip(commands, items, strict=True):
        note = printable(" · ".join(part for part in (item.note, item.title) if part))
        if not columns or room >= LEAST_NOTE:
            lines.append(f"  {pad(command, command_columns)}  {styled(limited(note, room), FAINT, enabled=colour)}")
        else:
            lines += [f"  {command}", f"    {styled(cut(note, columns - 4), FAINT, enabled=colour)}"]
    return lines


def _model(records: Journal, console: Console) -> Model:
    """Return the questions of the journal's own template; if it cannot be read, those of the first model."""
    from cpdkit.actions.reflect import reflection_model
    from cpdkit.journal.prompts import MODELS
    from cpdkit.text.files import Disk

    try:
        return reflection_model(Disk(str(records.root)))
    except UsageError as error:
        console.say(f"cpd: {printable(str(error))}; using the default questions")
        return next(iter(MODELS.values()))
