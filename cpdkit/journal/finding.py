"""Where the journal is, and the names of its records: what is answered at once, since nothing is read for it."""

import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from cpdkit.errors import NoJournal
from cpdkit.journal.ignoring import skipper
from cpdkit.text.files import list_tree

MEMBER_FILE = "cpd.yaml"
_SAYS_IGNORE = re.compile(r"""^[ \t{"']*ignore\b""", re.MULTILINE)
_PLAIN_LIST = re.compile(
    r"""^ignore:[ \t]*(?:\#.*)?\r?\n"""
    r"""((?:[ \t]*(?:-[ \t]+(["']?)[\w./*?-]+\2[ \t]*)?(?:(?<=\s)\#.*)?\r?\n)*)(?=[\w"']|\Z)""",
    re.MULTILINE,
)
_ITEM = re.compile(r"""^[ \t]*-[ \t]+["']?([\w./*?-]+)""", re.MULTILINE)


def find(start: Path | None, environment: Mapping[str, str] = os.environ) -> Path:
    """The journal's folder: the one named, else `$CPD_JOURNAL`, else the nearest upwards, else `./journal`.

    Raises NoJournal when there is none.
    """
    named = start or (Path(said) if (said := environment.get("CPD_JOURNAL")) else None)
    here = named or Path.cwd()
    for place in [named] if named else [here, *here.parents, here / "journal"]:
        if os.path.lexists(place / MEMBER_FILE):
            return place
    raise NoJournal(here)


def ignored_in(member: str) -> list[str] | None:
    """The patterns of what the owner passes over, from the text of cpd.yaml, where they stand as a plain list.

    None where it takes a parser of YAML to tell them, which takes longer to load than all the rest of a completion.
    """
    if not _SAYS_IGNORE.search(member):
        return []
    match = _PLAIN_LIST.search(member)
    return _ITEM.findall(match[1]) if match else None


def names_in(root: str, folder: str, ignored: Sequence[str] = ()) -> list[str]:
    """The paths of the records in a folder of the journal, sorted, but for what `ignored` patterns pass over."""
    if os.path.islink(f"{root}/{folder}") or not os.path.isdir(f"{root}/{folder}"):  # noqa: PTH112, PTH114
        return []
    return [path for path in list_tree(root, folder, skipper(ignored)).files if path.endswith(".md")]
