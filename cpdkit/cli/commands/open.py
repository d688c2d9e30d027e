"""`cpd open`: a record in the user's own editor."""

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

    ID is any part of its file's name that no other has, or its path in the journal; cpd.yaml opens too. The editor is
    the one that git opens: $GIT_EDITOR, core.editor of your own git configuration, $VISUAL, $EDITOR. What the
    configuration of the journal's repository says of it does not count.

    \b
    cpd open relay-settings

    Exits with 1 where the record can't be read afterwards, and says why.
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
    # A file that the editor took away is none to read.
    if path == MEMBER_FILE or not disk.exists(path):
        return FINE
    record, diagnostics, _ = read_file(disk, path, FORMS[path.partition("/")[0]])
    warn_of_errors(console, Path(disk.root), diagnostics)
    return FINE if record else PROBLEMS
