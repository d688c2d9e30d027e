"""Between an editor's addresses and a journal's paths."""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from cpdkit.journal.listing import MEMBER_FILE


def path_of(uri: str) -> str | None:
    """The file that an address names; None for one that isn't a file's (an unsaved buffer, one in a container)."""
    try:
        parts = urlsplit(uri)
    except ValueError:
        return None
    if parts.scheme != "file" or not parts.path:
        return None
    # A name that isn't UTF-8 comes as the bytes it has.
    path = url2pathname(parts.path) if os.name == "nt" else unquote(parts.path, errors="surrogateescape")
    return os.path.normpath(path) if os.path.isabs(path) and "\0" not in path else None  # noqa: PTH117


def uri_of(path: str) -> str:
    """The address of a file's absolute path."""
    return Path(path).as_uri()


def same_uri(uri: str) -> str:
    """What two spellings of one address have in common: editors escape differently."""
    return unquote(uri)


def journal_above(path: str) -> str | None:
    """The nearest folder above a file, or the folder itself, that holds cpd.yaml, as the path names it."""
    here = Path(path)
    if here.name == MEMBER_FILE:
        return str(here.parent)
    return next((str(place) for place in (here, *here.parents) if os.path.lexists(place / MEMBER_FILE)), None)


def journal_in(folder: str) -> str | None:
    """The journal that a workspace's folder is, is inside of, or has as `journal/`."""
    return journal_above(folder) or next(
        (str(place) for place in (Path(folder, "journal"),) if os.path.lexists(place / MEMBER_FILE)), None
    )


def below(root: str, path: str) -> str | None:
    """A file's path as its journal names it; None for one outside."""
    inside = os.path.relpath(path, root).replace(os.sep, "/")
    return None if inside in (".", "..") or inside.startswith("../") else inside
