"""A new record opened in the editor, and taken away again where nothing was written into it; its path to be shown."""

import os
from pathlib import Path

from cpdkit.text.cells import printable
from cpdkit.text.writing import remove_unchanged


def kept(root: str, path: str, data: bytes) -> bool:
    """Open the editor; whether anything was written into the file there. Else it is taken away.

    Raises as `editing.edit` does.
    """
    from cpdkit.cli.editing import edit

    place = Path(root, path)
    edit(place)
    return not place.exists() or not remove_unchanged(place, data)


def shown(root: str, path: str) -> str:
    """The path as seen from the current folder, where it lies below it; else in full."""
    place = Path(root, path)
    here = Path(os.path.realpath(Path.cwd()))
    return printable(str(place.relative_to(here) if place.is_relative_to(here) else place))
