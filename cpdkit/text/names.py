"""Names in one form of Unicode, so that `é` as one character and as `e` with an accent are the same.

macOS, some cloud drives and old archives write the second form. Every comparison of names uses these functions.
"""

import os
from collections.abc import Mapping
from functools import lru_cache
from unicodedata import normalize


def composed(name: str) -> str:
    """Return a name in Unicode's NFC, the form that cpdkit compares and shows."""
    return name if name.isascii() else normalize("NFC", name)


def folded(name: str) -> str:
    """Return a name as file systems that ignore case compare it."""
    return name.casefold() if name.isascii() else normalize("NFC", normalize("NFD", name).casefold())


def on_disk(root: str, path: str) -> str:
    """Return a path as the disk writes it: `path` itself if it exists, or the same path in another form of Unicode.

    `path` is relative to `root`. A path that exists in no form is returned unchanged.
    """
    if path.isascii() or os.path.lexists(f"{root}/{path}"):
        return path
    folder = ""
    for name in path.split("/"):
        above = f"{root}/{folder}"
        here = name if name.isascii() or os.path.lexists(above + name) else _names_in(above).get(composed(name))
        if here is None:
            return path
        folder += f"{here}/"
    return folder[:-1]


def _names_in(folder: str) -> Mapping[str, str]:
    """Return the names in a folder by their composed form; nothing for a folder that can't be read."""
    try:
        return _names_since(folder, os.stat(folder).st_mtime_ns)  # noqa: PTH116
    except (OSError, ValueError):
        return {}


@lru_cache(maxsize=16)
def _names_since(folder: str, _changed: int) -> Mapping[str, str]:
    """Return the names in a folder by their composed form. A change of the folder changes its modification time."""
    return {composed(name): name for name in sorted(os.listdir(folder), reverse=True)}  # noqa: PTH208
