"""`cpd open`: open a record in the user's own editor."""

import os
from pathlib import Path

import click

from cpdkit.cli.complete import complete_records
from cpdkit.cli.console import Console, warn_of_errors
from cpdkit.cli.options import journal_option, output_options


@click.command("open")
@click.argument("name", metavar="ID", shell_complete=complete_records)
@journal_option
@output_options
def open_(name: str, journal: Path | None, console: Console) -> int:
    """Open a record in your editor.

    ID is any part of the file name that fits one record only, its path in the journal, or cpd.yaml.

    The editor is the first of $GIT_EDITOR, core.editor in your own git configuration, $VISUAL and $EDITOR. The git
    configuration of the journal itself is ignored.

    \b
    cpd open relay-settings

    The exit code is 1 if the record cannot be read afterwards.
    """
    from cpdkit.actions.record_file import record_path
    from cpdkit.cli.editor import edit
    from cpdkit.cli.exits import FINE, PROBLEMS
    from cpdkit.journal.load import read_file
    from cpdkit.journal.paths import MEMBER_FILE, find, list_journal
    from cpdkit.journal.reader import FORMS
    from cpdkit.text.files import Disk

    disk = Disk(os.path.realpath(find(journal)))
    path = record_path(list_journal(disk), name, MEMBER_FILE)
    edit(Path(disk.root, path))
    # The file may have been deleted in the editor.
    if path == MEMBER_FILE or not disk.exists(path):
        return FINE
    record, diagnostics, _ = read_file(disk, path, FORMS[path.partition("/")[0]])
    warn_of_errors(console, Path(disk.root), diagnostics)
    return FINE if record or not diagnostics else PROBLEMS
