"""`cpd retype`: activities of one type made another's, all at once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cpdkit.cli.complete import TYPES, complete_words
from cpdkit.cli.console import Console
from cpdkit.cli.options import dry_change_option, journal_option, output_options, selection_options
from cpdkit.errors import UsageError
from cpdkit.text.terminal import printable

if TYPE_CHECKING:
    from cpdkit.checks.fixes import FilePatch
    from cpdkit.journal.selection import Choice


def retyped(
    place: Path | None, old: str, new: str, choice: Choice
) -> tuple[Path, tuple[FilePatch, ...], tuple[str, ...]]:
    """The journal's root, the files that change, and sentences about what stays out.

    Every file is tried before anything is written. Raises UsageError, Refused, NoJournal.
    """

    from cpdkit.checks.fixes import FilePatch
    from cpdkit.cli.commands.set import ACTIVITIES, read_activity
    from cpdkit.journal.edit import Change, How, changed
    from cpdkit.journal.load import find, load
    from cpdkit.journal.records import ActivityType
    from cpdkit.journal.selection import ALL_TIME, resolve, select, unmatched, word
    from cpdkit.text.files import Disk

    before, after = word(old, "type", ActivityType), word(new, "type", ActivityType)
    if before is after:
        raise UsageError(f"{old} and {new} are the same type", "name another: cpd retype training event")
    if choice.types:
        raise UsageError("--type and OLD both say the type", "leave --type out")
    journal = load(find(place))
    root = journal.root.resolve()
    disk = Disk(str(root))
    wanted = replace(choice, types=(before.value,), confidential=True).within(ALL_TIME).of_every_status()
    period, filters = resolve(journal, wanted)
    chosen = select(journal.activities, 0, period, filters).included
    change = Change("type", How.PUT, after.value)
    patches = []
    for path in sorted(item.activity.path for item in chosen):
        data = read_activity(disk, path)
        patches.append(FilePatch(path, data, changed(path, data, ACTIVITIES, [change]), ()))
    remarks = [printable(sentence) for sentence in unmatched(replace(filters, types=()), journal.activities)]
    if unread := sum(path.startswith("activities/") for path in journal.unread):
        remarks.append(f"activities that could not be read and stay as they are: {unread}; cpd check says why")
    return root, tuple(patches), tuple(remarks)


@click.command()
@click.argument("old", shell_complete=complete_words(TYPES))
@click.argument("new", shell_complete=complete_words(TYPES))
@journal_option
@dry_change_option
@selection_options("all years", "all", confidential=False)
@output_options
def retype(old: str, new: str, journal: Path | None, dry_run: bool, choice: Choice, console: Console) -> int:
    """Make activities of the type OLD ones of the type NEW, in the whole journal or as the options select.

    For old trainings that are events today: cpd retype training event --period 2013. Nothing but the word changes, and
    nothing at all where a file could not be read afterwards. Drafts, planned and confidential ones are retyped too.
    """
    from cpdkit.checks.fixes import diff, write_fixes
    from cpdkit.cli.exits import FINE
    from cpdkit.text.terminal import printable

    root, patches, remarks = retyped(journal, old, new, choice)
    for sentence in remarks:
        console.say(f"cpd: {sentence}")
    if dry_run:
        console.show("\n".join(printable(line) for line in diff(patches).splitlines()))
    else:
        write_fixes(root, patches)
    count = f"{len(patches)} {'activity' if len(patches) == 1 else 'activities'}"
    console.say("nothing to change" if not patches else f"{count} {'would be ' if dry_run else ''}retyped")
    return FINE
