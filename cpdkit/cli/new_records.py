"""Write a new record under a free name, and open it in the editor."""

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol, TypeVar

from cpdkit.cli.console import Console, is_terminal
from cpdkit.errors import CannotWrite, ChangedOnDisk, CpdError
from cpdkit.journal.naming import id_of
from cpdkit.text.shell import quote
from cpdkit.text.terminal import printable

_TRIES = 20
"""How often to choose another name when another program has just used it."""


class Draft(Protocol):
    """A new file: its path in the journal, and its bytes."""

    @property
    def path(self) -> str: ...

    @property
    def data(self) -> bytes: ...


D = TypeVar("D", bound=Draft)


def show_draft(draft: Draft, console: Console) -> None:
    """Print what a dry run would write."""
    console.show(f"{printable(draft.path)}\n{draft.data.decode()}".rstrip("\n"))


def write_draft(root: Path, make_draft: Callable[[Sequence[str]], D]) -> D:
    """Write a new file and return it; if another program has just used its name, use the next free one.

    `make_draft` makes it, given the paths that are now used. Raises CannotWrite.
    """
    from cpdkit.text.write import below, write_new

    taken: list[str] = []
    for _ in range(_TRIES):
        draft = make_draft(taken)
        target = below(root, draft.path)
        try:
            write_new({target: draft.data}, root)
            return draft
        except CannotWrite:
            if not os.path.lexists(target):
                raise
            taken.append(draft.path)
    raise CannotWrite(target, "all possible names are in use")


def edit_draft(
    root: Path, draft: Draft, edit: bool | None, on_terminal: bool, console: Console, bare: bytes = b""
) -> bool:
    """Open a new file in the editor and print its path; return whether the editor was opened.

    With `edit` None the editor opens on a terminal. A file that was not changed gets the bytes `bare`, if there are
    any. An emptied file is removed.
    """
    from cpdkit.cli.editor import edit as open_editor
    from cpdkit.cli.editor import path_from_here

    place = root / draft.path
    opens = edit if edit is not None else on_terminal and is_terminal(sys.stdout)
    if opens:
        try:
            open_editor(place)
        except CpdError:
            console.warn(f"it is recorded: {path_from_here(place)}")
            raise
        if _is_emptied(place):
            console.say("nothing recorded: you emptied the file")
            return opens
        if bare and bare != draft.data and _is_unchanged(root, draft, bare):
            command = f"cpd reflect {quote(id_of(draft.path))}"
            console.say(printable(f"recorded without a reflection; add one with {command}"))
    console.show(path_from_here(place))
    return opens


def _is_emptied(place: Path) -> bool:
    """Return whether the user left nothing in the file, and remove it then."""
    from cpdkit.text.write import remove_unchanged

    try:
        data = place.read_bytes()
    except OSError:
        return not os.path.lexists(place)
    return not data.strip() and remove_unchanged(place, data)


def _is_unchanged(root: Path, draft: Draft, bare: bytes) -> bool:
    """Return whether the file is as it was written, and replace it by its bare form then."""
    from cpdkit.checks.fixes import FilePatch, write_fixes

    try:
        write_fixes(root, [FilePatch(draft.path, draft.data, bare, ())])
    except ChangedOnDisk:
        return False
    return True
