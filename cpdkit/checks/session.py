"""A journal checked again and again, while it is being written: what did not change is not judged anew."""

import time
from collections.abc import Mapping, MutableMapping, Sequence
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import NamedTuple

from cpdkit.checks.asking import Asked, Asking, Changes, noted
from cpdkit.checks.engine import WORTH_SHARING, Checked, Judged, context_of, gathered, judge_file, paths_of, spread
from cpdkit.checks.rule import Context
from cpdkit.journal.load import without_collector
from cpdkit.journal.paths import Listing, list_journal
from cpdkit.text.clock import today
from cpdkit.text.files import Disk, Stamp

GRAIN = 50_000_000
COARSE_GRAIN = 2_000_000_000
"""How long (ns) after a change another one may leave the same time behind: the tick of a clock, or of a disk whose
times are whole seconds (FAT counts every other one)."""
SECOND = 1_000_000_000
PASSING = frozenset(("CPD115", "CPD116"))
"""What is wrong with a file at one moment and not the next, though nothing of it changes."""


class Kept(NamedTuple):
    """One file's judgement, and what it hangs on. What is not `settled` is judged anew whatever it hangs on."""

    judged: Judged
    asked: Asked
    settled: bool


class Session:
    """One journal, checked as often as wanted, each time as `check_journal` would.

    `over` are the texts that editors hold, by path in the journal; whoever uses the session changes it at will. The
    rest is of the last check: `listing`, `context`, and `judged`, each file's own problems and facts by its path.
    """

    listing: Listing
    context: Context
    judged: Mapping[str, Judged]

    def __init__(self, root: Path, over: MutableMapping[str, bytes] | None = None) -> None:
        self.over: MutableMapping[str, bytes] = {} if over is None else over
        self.disk = Disk(str(root.resolve()), self.over)
        self._kept: dict[str, Kept] = {}

    def check(self, day: date | None = None) -> Checked:
        """Every problem of the journal; `day` is today. Raises NoJournal, after which it can be tried again."""
        listing = list_journal(self.disk)
        context = context_of(listing, self.disk, day or today())
        paths = paths_of(listing)
        kept = self._still(paths, context)
        self._judge([path for path in paths if path not in kept], context, kept)
        judged = {path: kept[path].judged for path in paths}
        checked = gathered(listing, context, list(judged.values()))
        self.listing, self.context, self.judged, self._kept = listing, context, judged, kept
        return checked

    def _still(self, paths: Sequence[str], context: Context) -> dict[str, Kept]:
        """What was judged before and holds in this context."""
        if not self._kept:
            return {}
        changes = Changes(self.context, context)
        before = ((path, self._kept.get(path)) for path in paths)
        return {path: kept for path, kept in before if kept and self._holds(kept, changes)}

    def _holds(self, kept: Kept, changes: Changes) -> bool:
        return (
            kept.settled
            and not changes.concern(kept.asked)
            and all(self.disk.stamp(path) == stamp for path, stamp in kept.asked.files)
        )

    def _judge(self, paths: Sequence[str], context: Context, kept: dict[str, Kept]) -> None:
        """Judge files and keep what comes of it."""
        with without_collector() if len(paths) >= WORTH_SHARING else nullcontext():
            for path, each in zip(paths, spread(lambda path: judge_asking(path, context), paths), strict=True):
                kept[path] = each


def judge_asking(path: str, context: Context) -> Kept:
    """One file judged, and what that hangs on."""
    now = time.time_ns()
    asking = Asking(context)
    judged = judge_file(path, asking)
    asked = noted(asking)
    passing = any(each.code in PASSING for each in judged.diagnostics)
    return Kept(judged, asked, not passing and all(_is_settled(stamp, now) for _, stamp in asked.files))


def _is_settled(stamp: Stamp | None, now: int) -> bool:
    """Whether the next change of a file is sure to show in its stamp."""
    if stamp is None or not stamp.changed:
        return True
    return stamp.changed < now - (GRAIN if stamp.changed % SECOND else COARSE_GRAIN)
