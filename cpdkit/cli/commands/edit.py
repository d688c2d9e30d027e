"""`cpd edit`: open a record in the user's own editor, and check it afterwards."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from cpdkit.cli.complete import complete_records
from cpdkit.cli.console import Console, is_terminal
from cpdkit.cli.options import journal_option, output_options


@click.command()
@click.argument("name", metavar="[ID]", default="", shell_complete=complete_records)
@journal_option
@output_options
def edit(name: str, journal: Path | None, console: Console) -> int:
    """Edit a record, then check it.

    ID is any part of the file name or title, the path in the journal, or cpd.yaml. If it is missing or fits several
    records, cpd asks on a terminal. Another name of this command is cpd open.

    The editor is the first of $GIT_EDITOR, core.editor in your own git configuration, $VISUAL and $EDITOR. The git
    configuration of the journal itself is ignored.

    When the editor is closed, the problems of the file are listed. On a terminal, you can then edit it again.

    \b
    cpd edit relay-settings

    The exit code is 1 if the file has an error or a warning afterwards.
    """
    from cpdkit.cli.editor import edit as open_editor
    from cpdkit.cli.exits import FINE, PROBLEMS
    from cpdkit.cli.record_choice import record_named
    from cpdkit.journal.paths import MEMBER_FILE, find
    from cpdkit.text.files import Disk

    disk = Disk(os.path.realpath(find(journal)))
    path = record_named(Path(disk.root), name, MEMBER_FILE)
    asks = is_terminal(sys.stdin) and is_terminal(sys.stderr)
    while True:
        open_editor(Path(disk.root, path))
        # The file may have been deleted in the editor.
        if not disk.exists(path) or not _has_problems(Path(disk.root), path, console):
            return FINE
        if not (asks and click.confirm("Edit it again?", default=True, err=True)):
            return PROBLEMS


def _has_problems(root: Path, path: str, console: Console) -> bool:
    """Print the problems of a file; return whether one of them is an error or a warning."""
    from cpdkit.checks.engine import check_journal
    from cpdkit.cli.console import warn_of_problems
    from cpdkit.diagnostics import Severity

    diagnostics = [each for each in check_journal(root, (path,)).diagnostics if each.path == path]
    warn_of_problems(console, root, diagnostics)
    return any(each.severity <= Severity.WARNING for each in diagnostics)
