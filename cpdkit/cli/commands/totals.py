"""`cpd totals`: hours by type, month, topic and more, with bars."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import click

from cpdkit.cli.console import Console
from cpdkit.cli.options import format_option, journal_option, option, output_options, select_from, selection_options
from cpdkit.cli.tables import hand_out, json_text
from cpdkit.text.terminal import bar, limited, pad, printable, width

if TYPE_CHECKING:
    from cpdkit.dates.period import Period
    from cpdkit.journal.selection import Omitted, SelectionOptions
    from cpdkit.journal.totals import Breakdown

BY = ("type", "month", "year", "folder", "topic", "competence", "provider", "objective")
MOST_OF_NAME = 36
"""Columns of the longest name; a longer one is cut."""
COLUMNS = 80
"""Columns of the lines with their bars, if they do not go to a terminal."""
LEAST_BAR = 10
"""The types whose names are not words."""


@click.command()
@option("--by", type=click.Choice(BY), default="type", show_default=True, help="How to group the hours.")
@format_option
@journal_option
@selection_options()
@output_options
def totals(by: str, output_format: str, journal: Path | None, choice: SelectionOptions, console: Console) -> int:
    """Add up hours by type, month, topic and more.

    If an activity is only partly in the period, only the hours in the period count. An activity with several topics,
    competences or objectives counts in full for each.

    \b
    cpd totals
    cpd totals --by month --period 2025
    """
    from cpdkit.cli.exits import FINE
    from cpdkit.journal.totals import By, breakdown_of

    records, selection, remarks = select_from(journal, choice)
    breakdown = breakdown_of(selection, By(by))
    if output_format == "json":
        hand_out(console, json_text(_data(breakdown, selection.period)))
    else:
        titles = {each.id: each.title for each in records.objectives.values()}
        console.page("\n".join(lines_of(breakdown, selection.period, console.columns, titles)))
    if breakdown.overlaps:
        remarks.append(
            f"an activity with several {breakdown.by}s counts in full for each, so the lines exceed the total"
        )
    if omitted := ", ".join(_omitted(selection.omitted)):
        remarks.append(f"omitted: {omitted}")
    for sentence in remarks:
        console.say(f"cpd: {sentence}")
    return FINE


def lines_of(
    breakdown: Breakdown, period: Period, columns: int, titles: Mapping[str, str] = MappingProxyType({})
) -> list[str]:
    """Return a line with a bar for each part, and the total below, in at most `columns` columns (0: names are not cut).

    `titles` maps IDs of objectives to their titles.
    """
    from cpdkit.dates.hours import format_hours

    names = [limited(_name(part.key, breakdown.by, titles), MOST_OF_NAME if columns else 0) for part in breakdown.parts]
    total = f"total, {period.short_title}"
    name_columns = max(map(width, [*names, total]), default=0)
    hours = [format_hours(part.minutes) for part in breakdown.parts]
    hour_columns = max(map(len, [*hours, format_hours(breakdown.minutes)]), default=1)
    count_columns = len(str(breakdown.count))
    bar_columns = max((columns or COLUMNS) - name_columns - hour_columns - count_columns - 8, LEAST_BAR)
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
    """Return the parts as plain data: whole minutes, ISO dates. An empty key means no value."""
    return {
        "by": breakdown.by.value,
        "from": period.start.isoformat() if period.start else None,
        "to": period.last.isoformat() if period.last else None,
        "minutes": breakdown.minutes,
        "count": breakdown.count,
        "parts": [{"key": part.key, "minutes": part.minutes, "count": part.count} for part in breakdown.parts],
    }


def _name(key: str, by: str, titles: Mapping[str, str]) -> str:
    if not key:
        return f"(no {by})"
    from cpdkit.journal.values import ActivityType

    if by == "objective":
        return printable(titles.get(key, key))
    return ActivityType(key).words if by == "type" else printable(key)


def _omitted(omitted: Omitted) -> Iterator[str]:
    counts = {
        "planned": omitted.planned,
        "draft": omitted.drafts,
        "confidential": omitted.confidential,
        "unreadable": omitted.unread,
    }
    yield from (f"{count} {what}" for what, count in counts.items() if count)
