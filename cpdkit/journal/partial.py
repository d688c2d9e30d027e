"""Reading only what is named of a journal, at a cost that does not grow with the journal."""

import os
from collections.abc import Sequence
from pathlib import Path

from cpdkit.errors import NoJournal, UsageError
from cpdkit.journal.loading import EVIDENCE, MEMBER_FILE, OTHER_FOLDERS, Journal, Loading
from cpdkit.journal.reading import FORMS
from cpdkit.text.files import Skip, Tree, list_tree

POINTED_TO = ("plan", EVIDENCE)
"""What records point to; it is few beside the activities."""


def load_some(root: Path, wanted: Sequence[str]) -> Journal:
    """A journal with only the files and folders `wanted` (paths in it, with forward slashes).

    The objectives and the names of the evidence are there all the same, since records point to them; diagnostics are
    of the wanted alone. Raises NoJournal.
    """
    if not os.path.lexists(root / MEMBER_FILE):
        raise NoJournal(root)
    return LoadingSome(os.path.realpath(root), wanted).journal()


def path_in(root: Path, path: Path) -> str:
    """A path as the journal names it, empty for the journal itself.

    Raises UsageError for one that isn't there or lies outside.
    """
    if not os.path.lexists(path):
        raise UsageError(f"there is no {path}")
    # Of a file the parent alone is resolved: a link is to be reported, not followed.
    place = Path(os.path.realpath(path)) if path.is_dir() else Path(os.path.realpath(path.parent), path.name)
    inside = os.path.relpath(place, os.path.realpath(root)).replace(os.sep, "/")
    if inside == ".." or inside.startswith("../"):
        raise UsageError(f"{path} is not in the journal {root}", "name the journal it is in with --journal DIR")
    return "" if inside == "." else inside


class LoadingSome(Loading):
    """A part of one journal while it is being read."""

    def __init__(self, root: str, wanted: Sequence[str]) -> None:
        super().__init__(root)
        self.wanted = tuple(wanted)

    def journal(self) -> Journal:
        """Read the wanted, and what they may point to."""
        member, skip = self.member()
        for folder, form in FORMS.items():
            self.read_all(self.files(folder, skip), form)
        evidence = [path[len(EVIDENCE) + 1 :] for path in self.files(EVIDENCE, skip)]
        for path in self.wanted:
            if path.partition("/")[0] not in (*FORMS, EVIDENCE, *OTHER_FOLDERS, MEMBER_FILE):
                self.unused(path)
        self.found = [each for each in self.found if self.is_wanted(each.path)]
        # Of the objectives all are kept: one that can't be read is not one that isn't there.
        self.unread = [path for path in self.unread if self.is_wanted(path) or path.startswith("plan/")]
        return self.finished(member, frozenset(evidence))

    def files(self, folder: str, skip: Skip) -> list[str]:
        """The files to read below one of the journal's own folders."""
        places = [folder] if folder in POINTED_TO else self.wanted
        tree = Tree()
        for place in places:
            if place != folder and not place.startswith(f"{folder}/"):
                continue
            if os.path.isdir(f"{self.root}/{place}"):  # noqa: PTH112
                tree = joined(tree, list_tree(self.root, place, skip))
            elif not skip(place, place.rpartition("/")[2], False):
                tree.files.append(place)
        self.report_tree(tree)
        return list(dict.fromkeys(tree.files))

    def is_wanted(self, path: str) -> bool:
        return any(path == place or path.startswith(f"{place}/") for place in self.wanted)


def joined(one: Tree, other: Tree) -> Tree:
    return Tree(
        one.files + other.files, one.links + other.links, one.special + other.special, one.closed + other.closed
    )
