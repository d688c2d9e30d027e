"""`cpd move`: move activities to another folder and update the links."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cpdkit.cli.complete import complete_ids
from cpdkit.cli.console import Console
from cpdkit.cli.options import bulk_options, journal_option, option, output_options

if TYPE_CHECKING:
    from cpdkit.journal.selection import SelectionOptions


@click.command()
@click.argument("words", metavar="[ID]... FOLDER", nargs=-1, shell_complete=complete_ids)
@journal_option
@option("--dry-run", is_flag=True, help="Show what would move and change, without doing it.")
@bulk_options()
@output_options
def move(
    words: tuple[str, ...], journal: Path | None, dry_run: bool, choice: SelectionOptions, yes: bool, console: Console
) -> int:
    """Move activities to another folder.

    ID is any part of the file name or title. If it is missing or fits several activities, cpd asks on a terminal.
    FOLDER is a folder under activities/, and is created if it does not exist. Use . for activities/ itself. Instead of
    an ID, options can select activities. They are listed, and you confirm the move.

    Links to the activity and links in it are updated. If git tracks the file, git records the move.

    \b
    cpd move relay-settings-level-2 "Courses/2026"
    cpd move trip-root-cause storage-lecture "Ty Newydd" --dry-run
    cpd move --topic ethics --period 2025 Ethics --dry-run
    """
    from cpdkit.actions.move import movable, plain_folder, plan_move
    from cpdkit.cli.changes import move_files
    from cpdkit.cli.exits import FINE
    from cpdkit.cli.record_choice import chosen
    from cpdkit.cli.selected import agreed, has_selection, selected
    from cpdkit.errors import UsageError
    from cpdkit.journal.paths import find, list_journal
    from cpdkit.text.files import Disk

    root = find(journal).resolve()
    if has_selection():
        if not words:
            raise UsageError("FOLDER is missing", 'write it after the options: cpd move --topic hydrogen "Hydrogen"')
        activities = selected(root, choice, words[:-1], console)
        if not dry_run and not agreed("Move", activities, console, yes=yes):
            console.say("nothing moved")
            return FINE
        move_files(root, plan_move(root, [each.path for each in activities], words[-1]), dry_run, console)
        return FINE
    names, folder = _parts(root, words)
    disk = Disk(str(root))
    paths = movable(list_journal(disk).records["activities"], plain_folder(folder))
    moved = [chosen(disk, name, paths, "activity") for name in names or ("",)]
    move_files(root, plan_move(root, moved, folder), dry_run, console)
    return FINE


def _parts(root: Path, words: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    """Return the IDs and the folder. A single word is the folder, unless only an activity has this name.

    Asks for a missing folder on a terminal. Raises UsageError.
    """
    from cpdkit.actions.record_file import find_activity
    from cpdkit.cli.record_choice import activity_named, asked
    from cpdkit.errors import CpdError

    *names, folder = words or ("",)
    if len(words) == 1 and not Path(root, "activities", folder).is_dir():
        with suppress(CpdError):
            names, folder = [find_activity(root, folder).path], ""
    if folder:
        return tuple(names), folder
    hint = 'write both: cpd move relay-course "CPD Activities 2026"'
    return tuple(names) or (activity_named(root, ""),), asked("FOLDER", "Folder under activities/, such as 2026", hint)
