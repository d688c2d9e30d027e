"""What `cpd retype` changes: which files, and how they would read."""

from dataclasses import replace
from pathlib import Path

from cpdkit.checks.fixing import FilePatch
from cpdkit.cli.changing import ACTIVITIES, read_activity
from cpdkit.errors import UsageError
from cpdkit.journal.changing import Change, How, changed
from cpdkit.journal.choice import ALL_TIME, Choice, resolve, word
from cpdkit.journal.loading import find, load
from cpdkit.journal.records import ActivityType
from cpdkit.journal.selection import select, unmatched
from cpdkit.text.cells import printable
from cpdkit.text.files import Disk


def retyped(
    place: Path | None, old: str, new: str, choice: Choice
) -> tuple[Path, tuple[FilePatch, ...], tuple[str, ...]]:
    """The journal's root, the files that change, and sentences about what stays out.

    Every file is tried before anything is written. Raises UsageError, Refused, NoJournal.
    """
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
