"""Write a new record under a free name, open it in the editor, and remove it if it was not changed."""

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol, TypeVar

from cpdkit.cli.console import Console, is_terminal
from cpdkit.errors import CannotWrite
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


def edit_draft(root: Path, draft: Draft, edit: bool | None, on_terminal: bool, console: Console) -> bool:
    """Open a new file in the editor and print its path; return whether the editor was opened.

    With `edit` None the editor opens on a terminal. A file that was not changed is removed.
    """
    from cpdkit.cli.editor import edit_new, path_from_here

    place = root / draft.path
    opens = edit if edit is not None else on_terminal and is_terminal(sys.stdout)
    if opens and not edit_new(place, draft.data):
        console.say("nothing recorded: you did not change the file")
    else:
        console.show(path_from_here(place))
    return opens
