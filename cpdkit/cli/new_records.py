"""A new record written under a free name, opened in the editor, and removed where nothing was written into it."""

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol, TypeVar

from cpdkit.cli.console import Console, is_terminal
from cpdkit.errors import CannotWrite
from cpdkit.text.terminal import printable

_TRIES = 20
"""How often a name that somebody else took in the meantime is made anew."""


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


def write_draft(root: Path, draft_beside: Callable[[Sequence[str]], D]) -> D:
    """Write a new file, under the next free name where another program was quicker; return it.

    `draft_beside` makes it beside paths that were taken in the meantime. Raises CannotWrite.
    """
    from cpdkit.text.write import below, write_new

    taken: list[str] = []
    for _ in range(_TRIES):
        draft = draft_beside(taken)
        target = below(root, draft.path)
        try:
            write_new({target: draft.data})
            return draft
        except CannotWrite:
            if not os.path.lexists(target):
                raise
            taken.append(draft.path)
    raise CannotWrite(target, "all its names are taken")


def edit_draft(root: Path, draft: Draft, edit: bool | None, on_terminal: bool, console: Console) -> bool:
    """Open a new file in the editor, and print its path; return whether the editor was opened.

    With `edit` None the editor opens on a terminal. A file that was left as it was is removed.
    """
    from cpdkit.cli.editor import edit_new, path_from_here

    place = root / draft.path
    opens = edit if edit is not None else on_terminal and is_terminal(sys.stdout)
    if opens and not edit_new(place, draft.data):
        console.say("left as it was, so it is not recorded")
    else:
        console.show(path_from_here(place))
    return opens
