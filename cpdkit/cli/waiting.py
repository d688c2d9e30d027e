"""What `cpd todo` says."""

from collections.abc import Sequence
from pathlib import Path

from cpdkit.cli.console import Console
from cpdkit.cli.tables import BOLD, FAINT, hand_out, json_text, styled
from cpdkit.errors import UsageError
from cpdkit.journal.choice import ALL_TIME, Choice, resolve
from cpdkit.journal.loading import Journal, find, load
from cpdkit.journal.prompts import MODELS, Model
from cpdkit.journal.selection import unmatched
from cpdkit.text.cells import cut, pad, printable, width
from cpdkit.text.clock import today
from cpdkit.text.files import Disk
from cpdkit.upkeep.reflecting import model_of
from cpdkit.upkeep.waiting import HEADINGS, Item, Section, Todo, waiting

SHOWN = 5
"""How many of one kind are shown without `--all`."""
COLUMNS = 80
LEAST_NOTE = 24
"""Columns that a note beside its command has at least; with fewer it goes below it."""


def show_todo(place: Path | None, choice: Choice, every: bool, form: str, console: Console) -> None:
    """Print what waits in the journal at `place` (None: the nearest). Raises UsageError, NoJournal."""
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
    try:
        return model_of(Disk(str(journal.root)))
    except UsageError as error:
        console.say(f"cpd: {printable(str(error))}, so the usual questions are taken")
        return next(iter(MODELS.values()))
