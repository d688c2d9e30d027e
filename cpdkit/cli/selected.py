"""The activities that options of a changing command select: their list, and the confirmation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cpdkit.cli.changes import confirmed
from cpdkit.cli.console import Console
from cpdkit.cli.global_options import is_typed
from cpdkit.errors import UsageError
from cpdkit.text.terminal import printable
from cpdkit.text.wording import counted

if TYPE_CHECKING:
    from cpdkit.journal.records import Activity
    from cpdkit.journal.selection import SelectionOptions

MOST_LISTED = 20
"""The most activities that are listed before the confirmation."""


def has_selection() -> bool:
    """Return whether an option on the command line selects activities; a variable of the environment does not."""
    from cpdkit.journal.selection import SelectionOptions

    ctx = click.get_current_context()
    return any(is_typed(ctx, each.name) for each in fields(SelectionOptions))


def selected(
    root: Path, choice: SelectionOptions, names: Sequence[str], console: Console, statuses: Sequence[str] = ()
) -> list[Activity]:
    """Return the activities that the options select, by date; print remarks on filters and files.

    `statuses` apply if the options give none. Raises UsageError if there are names too, or no such activity.
    """
    from cpdkit.journal.load import load
    from cpdkit.journal.selection import ALL_TIME, resolve, select, unmatched

    if names:
        hint = "name the activities, or select them with options"
        raise UsageError(f'"{names[0]}" and options that select activities cannot be combined', hint)
    journal = load(root)
    choice = replace(choice, statuses=choice.statuses or tuple(statuses), confidential=True)
    period, filters = resolve(journal, choice.within(ALL_TIME).of_every_status())
    for sentence in unmatched(filters, journal.activities):
        console.say(f"cpd: {printable(sentence)}")
    if unread := sum(path.startswith("activities/") for path in journal.unread):
        files = counted(unread, "activity", "activities")
        console.say(f"cpd: cannot read {files}; run cpd check to see why")
    activities = [item.activity for item in select(journal.activities, 0, period, filters).included]
    if not activities:
        raise UsageError("no activity matches these options", "see what they select with cpd list and the same options")
    return sorted(activities, key=lambda each: (each.start, each.path))


def agreed(verb: str, activities: Sequence[Activity], console: Console, *, yes: bool) -> bool:
    """List the activities, and ask whether to go on; `yes` answers. Raises UsageError without a terminal."""
    if yes:
        return True
    for each in activities[:MOST_LISTED]:
        console.warn(printable(f"{each.start}  {each.title}"))
    if len(activities) > MOST_LISTED:
        console.warn(f"… and {len(activities) - MOST_LISTED:,} more")
    return confirmed(f"{verb} {counted(len(activities), 'activity', 'activities')}?", yes=False)
