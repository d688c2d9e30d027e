"""`cpd totals`: hours by type, month, topic and the like, with bars."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cpdkit.cli.console import Console
from cpdkit.cli.options import form_option, journal_option, option, output_options, select_from, selection_options
from cpdkit.cli.tables import hand_out, json_text
from cpdkit.text.terminal import bar, cut, pad, printable, width

if TYPE_CHECKING:
    from cpdkit.dates.period import Period
    from cpdkit.journal.selection import LeftOut, SelectionOptions
    from cpdkit.journal.totals import Breakdown

BY = ("type", "month", "year", "folder", "topic", "competence", "provider", "objective")
MOST_OF_NAME = 36
"""The columns of the longest name; a longer one is cut."""
LEAST_BAR = 10


@click.command()
@option("--by", type=click.Choice(BY), default="type", show_default=True, help="What to part the hours by.")
@form_option
@journal_option
@selection_options()
@output_options
def totals(by: str, output_format: str, journal: Path | None, choice: SelectionOptions, console: Console) -> int:
    """Add up the hours of the selected activities.

    For the hours of each month of a year: cpd totals --by month --period 2025. An activity that a period cuts counts
    with its part; one with several topics, competences or objectives counts in full for each.
    """
    from cpdkit.cli.exits import FINE
    from cpdkit.journal.totals import By, breakdown_of

    _, selection, remarks = select_from(journal, choice)
    breakdown = breakdown_of(selection, By(by))
    if output_format == "json":
        hand_out(console, json_text(_data(breakdown, selection.period)))
    else:
        console.show("\n".join(lines_of(breakdown, selection.period, console.columns or 80)))
    if breakdown.overlaps:
        remarks.append("an activity with several counts in full for each, so the lines add up to more than the whole")
    if omitted := ", ".join(_omitted(selection.left_out)):
        remarks.append(f"left out: {omitted}")
    for sentence in remarks:
        console.say(f"cpd: {sentence}")
    return FINE


def lines_of(breakdown: Breakdown, period: Period, columns: int) -> list[str]:
    """Return a line for each part, with a bar, and the whole below, in so many columns."""
    from cpdkit.dates.hours import format_hours

    names = [cut(_name(part.key, breakdown.by), MOST_OF_NAME) for part in breakdown.parts]
    total = f"{period.short_title}: all"
    name_columns = max(map(width, [*names, total]), default=0)
    hours = [format_hours(part.minutes) for part in breakdown.parts]
    hour_columns = max(map(len, [*hours, format_hours(breakdown.minutes)]), default=1)
    count_columns = len(str(breakdown.count))
    bar_columns = max(columns - name_columns - hour_columns - count_columns - 8, LEAST_BAR)
    most = max((part.minutes for part in breakdown.parts), default=0) or 1
    rows = [
        (name, text, part.count, bar(Fraction(part.minutes, most), bar_columns))
        for name, text, part in zip(names, hours, breakdown.parts, strict=True)
    ]
    rows.append((total, format_hours(breakdown.minutes), breakdown.count, ""))
    return [
        f"{pad(name, name_columns)}  {text:>{hour_columns}} h  {count:>{count_columns}}  {drawn}".rstrip()
        for name, text, count, drawn in rows
    ]


def _data(breakdown: Breakdown, period: Period) -> dict[str, object]:
    """The parts as plain data: minutes are whole, days ISO, an empty key stands for none."""
    return {
        "by": breakdown.by.value,
        "from": period.start.isoformat() if period.start else None,
        "to": period.last.isoformat() if period.last else None,
        "minutes": breakdown.minutes,
        "count": breakdown.count,
        "parts": [{"key": part.key, "minutes": part.minutes, "count": part.count} for part in breakdown.parts],
    }


def _name(key: str, by: str) -> str:
    return printable(key) if key else f"(no {by})"


def _omitted(left_out: LeftOut) -> Iterator[str]:
    counts = {
        "planned": left_out.planned,
        "draft": left_out.drafts,
        "confidential": left_out.confidential,
        "unreadable": left_out.unread,
    }
    yield from (f"{count} {what}" for what, count in counts.items() if count)
