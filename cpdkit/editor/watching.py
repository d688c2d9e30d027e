"""The journals that an editor has open: which file belongs to which, what they hold unsaved, what a check finds."""

import os
from collections.abc import Iterator
from pathlib import Path

from cpdkit.checks.engine import judge_file
from cpdkit.checks.session import Session
from cpdkit.editor.known import Known, known_from
from cpdkit.editor.places import below, journal_above
from cpdkit.editor.positions import Text
from cpdkit.errors import NoJournal
from cpdkit.journal.ignoring import passed_over, skipper
from cpdkit.journal.reading import FORMS


class Watched:
    """One journal. `root` is its folder as the editor names it; `known` is None until it was checked.

    `told` are the addresses of the files whose problems the editor shows.
    """

    def __init__(self, root: str) -> None:
        self.root = root
        self.session = Session(Path(root))
        self.known: Known | None = None
        self.told: dict[str, str] = {}

    def hold(self, path: str, text: Text | None) -> None:
        """Let a text lie over a file, or (None) lie there no more."""
        if text is None:
            self.session.over.pop(path, None)
        else:
            self.session.over[path] = text.data

    def check(self) -> Known | None:
        """Judge what changed; None where there is no journal any more."""
        try:
            checked = self.session.check()
        except NoJournal:
            return None
        return known_from(checked, self.session.listing, self.session.context, self.session.judged)

    def judge(self, path: str) -> bool:
        """Find the problems of one file anew, by its text as it is now; whether that can be done for it alone."""
        known = self.known
        if known is None or path.partition("/")[0] not in FORMS or not path.endswith(".md"):
            return False
        ignored = passed_over(path, skipper(known.listing.ignore))
        known.alone[path] = () if ignored else judge_file(path, known.context).diagnostics
        return True


class Journals:
    """The journals by the real path of their folder, so that one that is reached two ways is watched once."""

    def __init__(self) -> None:
        self.watched: dict[str, Watched] = {}

    def watch(self, root: str) -> Watched:
        """The journal in a folder."""
        real = os.path.realpath(root)
        if real not in self.watched:
            self.watched[real] = Watched(root)
        return self.watched[real]

    def of(self, path: str) -> tuple[Watched, str] | None:
        """The journal that a file belongs to, and its name there; None for a file outside any."""
        root = journal_above(path)
        inside = below(root, path) if root else None
        return (self.watch(root), inside) if root and inside else None

    def forget(self, watched: Watched) -> None:
        """Watch a journal no more."""
        self.watched = {real: each for real, each in self.watched.items() if each is not watched}

    def __iter__(self) -> Iterator[Watched]:
        return iter(tuple(self.watched.values()))
