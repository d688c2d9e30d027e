"""The built-in schemes and forms: with those of a journal, and copied into one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cpdkit.cli.console import Console
from cpdkit.cli.exits import FINE
from cpdkit.errors import CannotWrite, NoJournal, UsageError

if TYPE_CHECKING:
    from cpdkit.schemes.vocabulary import Vocabulary


def vocabulary_with(journal: Path | None) -> Vocabulary:
    """Return the schemes and forms of a journal and the built-in ones; without a journal, only these."""
    from cpdkit.journal.load import load
    from cpdkit.journal.paths import find
    from cpdkit.schemes.vocabulary import Vocabulary, vocabulary_in

    try:
        return vocabulary_in(load(find(journal)))
    except NoJournal:
        if journal is not None:
            raise
        return Vocabulary()


def eject_file(folder: str, name: str, journal: Path | None, dry_run: bool, console: Console) -> int:
    """Copy the file of a built-in scheme or form into its folder of the journal. Raise UsageError, CannotWrite."""
    from cpdkit.journal.paths import find
    from cpdkit.schemes.data_files import shipped_ids, shipped_text
    from cpdkit.text.write import below, write_new

    known = shipped_ids(folder)
    if name not in known:
        kind = folder.removesuffix("s")
        raise UsageError(f'unknown built-in {kind} "{name}"', f"available {folder}: {', '.join(known)}")
    text = shipped_text(folder, name).text
    if dry_run:
        console.show(text.rstrip("\n"))
        return FINE
    path = f"{folder}/{name}.yaml"
    root = find(journal).resolve()
    place = below(root, path)
    if place.exists():
        raise CannotWrite(place, "you have one already", "change that file, or delete it first")
    write_new({place: text.encode()}, root)
    console.show(path)
    return FINE
