"""`cpd set`: fields of activities changed as somebody says it, and nothing else in the files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cpdkit.cli.complete import complete_ids
from cpdkit.cli.console import Console
from cpdkit.cli.options import dry_change_option, journal_option, output_options
from cpdkit.errors import UsageError
from cpdkit.journal.reader import FORMS

if TYPE_CHECKING:
    from cpdkit.checks.fixes import FilePatch
    from cpdkit.journal.edit import Change
    from cpdkit.text.files import Disk

ACTIVITIES = FORMS["activities"]


def patches_of(root: Path, said: Sequence[str]) -> tuple[FilePatch, ...]:
    """The files that change; every one is tried before anything is written.

    Raises UsageError, Refused, NoJournal.
    """

    from cpdkit.journal.edit import How, parse_change
    from cpdkit.journal.naming import identified
    from cpdkit.journal.paths import list_journal
    from cpdkit.text.files import Disk

    changes = [parse_change(word, ACTIVITIES.fields) for word in said if How.PUT in word]
    ids = [word for word in said if How.PUT not in word]
    if not changes or not ids:
        missing = "what to change" if ids else "which activity to change"
        raise UsageError(f"it is not said {missing}", "cpd set relay-course hours=1.5 topics+=safety")
    disk = Disk(str(root))
    paths = list_journal(disk).records["activities"]
    found = dict.fromkeys(identified(each, paths) for each in ids)
    tried = [_patch(path, read_activity(disk, path), changes) for path in found]
    return tuple(each for each in tried if each.before != each.after)


def _patch(path: str, data: bytes, changes: Sequence[Change]) -> FilePatch:
    from cpdkit.checks.fixes import FilePatch
    from cpdkit.journal.edit import changed

    return FilePatch(path, data, changed(path, data, ACTIVITIES, changes), ())


def read_activity(disk: Disk, path: str) -> bytes:
    """A file's bytes. Raises Refused where they can't be had."""

    from cpdkit.journal.codes import of_fault
    from cpdkit.journal.edit import Refused
    from cpdkit.journal.load import RECORD_LIMIT
    from cpdkit.text.faults import Unreadable

    try:
        return disk.read(path, RECORD_LIMIT)[0]
    except Unreadable as error:
        raise Refused(path, [of_fault(path, fault) for fault in error.faults]) from None


@click.command("set")
@click.argument("said", metavar="ID... FIELD=VALUE...", nargs=-1, required=True, shell_complete=complete_ids)
@journal_option
@dry_change_option
@output_options
def set_(said: tuple[str, ...], journal: Path | None, dry_run: bool, console: Console) -> int:
    """Change fields of activities.

    ID is any part of an activity's file name that no other has. FIELD=VALUE gives a field a value, FIELD= takes it
    away; FIELD+=VALUE and FIELD-=VALUE add to a list and take from it. Where a changed file could no longer be read,
    no file is changed.

    \b
    cpd set lunch-talk hours=1h topics+=hydrogen
    cpd set relay-b-retest storage-lecture provider= --dry-run
    """
    from cpdkit.checks.fixes import diff, write_fixes
    from cpdkit.cli.exits import FINE
    from cpdkit.journal.load import find
    from cpdkit.text.terminal import printable

    root = find(journal).resolve()
    patches = patches_of(root, said)
    if dry_run:
        console.show("\n".join(printable(line) for line in diff(patches).splitlines()))
    else:
        write_fixes(root, patches)
    count = f"{len(patches)} {'file' if len(patches) == 1 else 'files'}"
    console.say("nothing to change" if not patches else f"{count} would change" if dry_run else f"{count} changed")
    return FINE
