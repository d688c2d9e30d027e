"""`cpd set`: change fields of activities, and nothing else in their files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cpdkit.cli.complete import complete_ids
from cpdkit.cli.console import Console
from cpdkit.cli.options import bulk_options, dry_change_option, journal_option, output_options

if TYPE_CHECKING:
    from cpdkit.checks.fixes import FilePatch
    from cpdkit.journal.selection import SelectionOptions


@click.command("set")
@click.argument("words", metavar="[ID]... FIELD=VALUE...", nargs=-1, required=True, shell_complete=complete_ids)
@journal_option
@dry_change_option
@bulk_options()
@output_options
def set_(
    words: tuple[str, ...], journal: Path | None, dry_run: bool, choice: SelectionOptions, yes: bool, console: Console
) -> int:
    """Change fields of activities.

    ID is any part of the file name or title. If it is missing or fits several activities, cpd asks on a terminal.
    Instead of an ID, options can select activities. They are listed, and you confirm the change.

    \b
    FIELD=VALUE    set a field
    FIELD=         remove a field
    FIELD+=VALUE   add to a list
    FIELD-=VALUE   remove from a list

    description=TEXT replaces the text above the first heading, and description+=TEXT adds a paragraph to it.

    If a value would make a file unreadable, no file is changed.

    \b
    cpd set lunch-talk hours=1h topics+=hydrogen
    cpd set relay-b-retest storage-lecture provider= --dry-run
    cpd set --type event --period 2025 topics+=networks --dry-run
    """
    from cpdkit.actions.set import field_changes
    from cpdkit.cli.exits import FINE
    from cpdkit.cli.record_choice import activity_named
    from cpdkit.cli.selected import agreed, has_selection, selected
    from cpdkit.errors import UsageError
    from cpdkit.journal.paths import find
    from cpdkit.text.shell import quote

    changes = [word for word in words if "=" in word]
    if not changes:
        raise UsageError("no change given", "write FIELD=VALUE: cpd set relay-course hours=1.5 topics+=safety")
    root = find(journal).resolve()
    names = [word for word in words if "=" not in word]
    if has_selection():
        activities = selected(root, choice, names, console)
        patches = field_changes(root, [each.path for each in activities], changes)
        _say_doubts(root, patches, changes, console)
        if not dry_run and patches:
            paths = {each.path for each in patches}
            if not agreed("Change", [each for each in activities if each.path in paths], console, yes=yes):
                console.say("nothing changed")
                return FINE
        return _write(root, patches, dry_run, console)
    example = " ".join(["relay-course", *map(quote, changes)])
    named = [activity_named(root, name, example=example) for name in names or [""]]
    patches = field_changes(root, named, changes)
    _say_doubts(root, patches, changes, console)
    return _write(root, patches, dry_run, console)


def _say_doubts(root: Path, patches: Sequence[FilePatch], changes: Sequence[str], console: Console) -> None:
    """Print the new names that the journal does not list. Raises UsageError for unknown ones."""
    from cpdkit.actions.set import name_doubts
    from cpdkit.text.terminal import printable

    for sentence in name_doubts(root, patches, changes):
        console.say(printable(sentence))


def _write(root: Path, patches: Sequence[FilePatch], dry_run: bool, console: Console) -> int:
    """Write the changes, or show them, and print their number."""
    from cpdkit.cli.changes import apply_patches
    from cpdkit.cli.exits import FINE
    from cpdkit.text.wording import counted

    apply_patches(root, patches, dry_run, console)
    files = counted(len(patches), "file")
    console.say("nothing to change" if not patches else f"would change {files}" if dry_run else f"changed {files}")
    return FINE
