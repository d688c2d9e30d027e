"""Changes to fields of several activities at once. Every file is tried before anything is written."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from cpdkit.actions.new import doubts
from cpdkit.actions.record_file import ACTIVITIES, activity_path, read_record
from cpdkit.checks.fixes import FilePatch
from cpdkit.errors import UsageError
from cpdkit.journal.edit import Change, Operator, parse_change, with_changes
from cpdkit.journal.load import Journal
from cpdkit.journal.paths import list_journal
from cpdkit.journal.selection import ALL_TIME, SelectionOptions, parse_word, resolve, select, unmatched
from cpdkit.journal.values import ActivityType
from cpdkit.text.files import Disk

NAMED = {"objectives", "competences", "topics"}
"""The fields with names that the journal may not have."""


def field_changes(root: Path, names: Sequence[str], words: Sequence[str]) -> list[FilePatch]:
    """Return the changes that words such as `hours=1h30` and `topics+=safety` make to the activities with these names.

    Raises UsageError, Refused, NoJournal.
    """
    changes = [parse_change(each, ACTIVITIES.fields) for each in words]
    disk = Disk(str(root))
    paths = list_journal(disk).records["activities"]
    patches = [
        _patch(disk, path, changes) for path in dict.fromkeys(activity_path(disk, each, paths) for each in names)
    ]
    return [each for each in patches if each.before != each.after]


def name_doubts(root: Path, patches: Sequence[FilePatch], words: Sequence[str]) -> list[str]:
    """Return a sentence for each new name in changed activities that the journal does not list.

    Raises UsageError for an unknown objective, competence or level.
    """
    names = {parse_change(each, ACTIVITIES.fields).name for each in words}
    return doubts(Disk(str(root)), {each.path: each.after for each in patches}) if names & NAMED else []


def confirmed(root: Path, paths: Sequence[str]) -> list[FilePatch]:
    """Return the changes that make drafts done activities. Raises Refused."""
    disk = Disk(str(root))
    return [_patch(disk, path, [Change("status", Operator.PUT, "")]) for path in paths]


def retyped(journal: Journal, old: str, new: str, choice: SelectionOptions) -> tuple[list[FilePatch], list[str]]:
    """Return the changes that turn the selected activities of type `old` into type `new`, and remarks.

    A remark is a sentence on a filter that matches nothing. Raises UsageError, Refused.
    """
    before, after = parse_word(old, "type", ActivityType), parse_word(new, "type", ActivityType)
    if before is after:
        raise UsageError(f"{old} and {new} are the same type", "name two different types: cpd retype training event")
    if choice.types:
        raise UsageError("--type and OLD cannot be combined", "remove --type")
    every = replace(choice, types=(before.value,), confidential=True).within(ALL_TIME).of_every_status()
    period, filters = resolve(journal, every)
    disk = Disk(str(journal.root))
    change = Change("type", Operator.PUT, after.value)
    paths = sorted(item.activity.path for item in select(journal.activities, 0, period, filters).included)
    patches = [_patch(disk, path, [change]) for path in paths]
    return patches, list(unmatched(replace(filters, types=()), journal.activities))


def _patch(disk: Disk, path: str, changes: Sequence[Change]) -> FilePatch:
    data = read_record(disk, path)
    return FilePatch(path, data, with_changes(path, data, ACTIVITIES, changes), ())
