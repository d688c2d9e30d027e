"""`cpd totals`: hours by type, month, topic and the like, with bars."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cpdkit.cli.console import Console
from cpdkit.cli.options import form_option, journal_option, option, output_options, selection_options
from cpdkit.text.terminal import cut, pad, printable, width

if TYPE_CHECKING:
    from cpdkit.dates.period import Period
    from cpdkit.journal.selection import Choice, LeftOut
    from cpdkit.journal.totals import Breakdown, By


MOST_OF_NAME = 36
"""The columns of the longest name; a longer one is cut."""
LEAST_BAR = 10
BAR, HALF = "█", "▌"
NONE = {"folder": "(no folder)", "provider": "(no provider)"}


def totalled(place: Path | None, choice: Choice, by: str) -> tuple[Breakdown, Period, tuple[str, ...]]:
    """The hours of a journal's selection, its period, and sentences about what is not in it."""

    from cpdkit.journal.load import find, load
    from cpdkit.journal.selection import resolve, select, unmatched
    from cpdkit.journal.totals import By, breakdown_of

    journal = load(find(place))
    period, filters = resolve(journal, choice)
    unread = [path for path in journal.unread if path.startswith("activities/")]
    selection = select(journal.activities, len(unread), period, filters)
    remarks = [printable(sentence) for sentence in unmatched(filters, journal.activities)]
    found = breakdown_of(selection, By(by))
    if found.overlaps:
        remarks.append("an activity with several counts in full for each, so the lines add up to more than the whole")
    if said := _left_out(selection.left_out):
        remarks.append(f"left out: {said}")
    return found, period, tuple(remarks)


def as_text(found: Breakdown, period: Period, columns: int) -> str:
    """A line for each part, with a bar, and the whole below."""

    from cpdkit.dates.hours import format_hours

    names = [cut(_name(part.key, found.by), MOST_OF_NAME) for part in found.parts]
    total = f"{period.short_title}: all"
    room = max(map(width, [*names, total]), default=0)
    hours = [format_hours(part.minutes) for part in found.parts]
    figures = max(map(len, [*hours, format_hours(found.minutes)]), default=1)
    counts = len(str(found.count))
    bar = max(columns - room - figures - counts - 8, LEAST_BAR)
    most = max((part.minutes for part in found.parts), default=0)
    lines = []
    for name, said, part in zip(names, hours, found.parts, strict=True):
        line = f"{pad(name, room)}  {said:>{figures}} h  {part.count:>{counts}}  {_bar(part.minutes, most, bar)}"
        lines.append(line.rstrip())
    lines.append(f"{pad(total, room)}  {format_hours(found.minutes):>{figures}} h  {found.count:>{counts}}")
    return "\n".join(lines)


def as_json(found: Breakdown, period: Period) -> str:
    """The parts as plain data: minutes are whole, days ISO, an empty key stands for none."""
    data = {
        "by": found.by.value,
        "from": period.start.isoformat() if period.start else None,
        "to": period.last.isoformat() if period.last else None,
        "minutes": found.minutes,
        "count": found.count,
        "parts": [{"key": part.key, "minutes": part.minutes, "count": part.count} for part in found.parts],
    }
    return json.dumps(data, ensure_ascii=False, indent=2)


def _name(key: str, by: By) -> str:
    return printable(key) if key else NONE.get(by.value, f"(no {by.value})")


def _bar(minutes: int, most: int, room: int) -> str:
    """A bar to the half of a column; what is not nothing has at least that."""
    halves = -(-2 * room * minutes // most) if most else 0
    return BAR * (halves // 2) + HALF * (halves % 2)


def _left_out(left_out: LeftOut) -> str:
    counts = (
        (left_out.planned, "planned"),
        (left_out.drafts, "draft"),
        (left_out.confidential, "confidential"),
        (left_out.unread, "unreadable"),
    )
    return ", ".join(f"{number} {what}" for number, what in counts if number)


BY = ("type", "month", "year", "folder", "topic", "competence", "provider", "objective")


@click.command()
@option("--by", type=click.Choice(BY), default="type", show_default=True, help="What to part the hours by.")
@form_option
@journal_option
@selection_options()
@output_options
def totals(by: str, form: str, journal: Path | None, choice: Choice, console: Console) -> int:
    """Add up the hours of the selected activities.

    For the hours of each month of a year: cpd totals --by month --period 2025. An activity that a period cuts counts
    with its part; one with several topics, competences or objectives counts in full for each.
    """

    found, period, remarks = totalled(journal, choice, by)
    console.show(as_json(found, period) if form == "json" else as_text(found, period, console.columns or 80))
    for sentence in remarks:
        console.say(f"cpd: {sentence}")
    return 0
