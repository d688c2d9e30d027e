"""Check a journal repeatedly while somebody writes it, reading only the files that changed."""

import time
from collections.abc import Iterator, Mapping, MutableMapping
from contextlib import nullcontext
from datetime import date
from pathlib import Path

from cpdkit.checks.engine import (
    MANY_FILES,
    CheckResult,
    FileResult,
    check_all,
    context_of,
    journal_result,
    record_paths,
    within_period,
)
from cpdkit.checks.rule import Context
from cpdkit.dates.period import Period
from cpdkit.errors import NoJournal
from cpdkit.journal.load import without_collector
from cpdkit.journal.paths import Listing, list_journal
from cpdkit.text.clock import today
from cpdkit.text.files import Disk, Stamp

GRAIN = 50_000_000
COARSE_GRAIN = 2_000_000_000
"""How long (ns) after a change another one may get the same time: the tick of a clock, or of a disk whose times are
whole seconds (FAT has only even ones)."""
SECOND = 1_000_000_000
PASSING = frozenset(("CPD115", "CPD116"))
"""Problems that can disappear although the file does not change."""


class Session:
    """One journal that is checked repeatedly, each time with the same result as `check_journal`.

    `over` are the texts in editors, by path in the journal; the caller may change it at any time. `period` limits the
    results to its activities. The other attributes are from the last check: `listing`, `context`, and `results`, by
    path.
    """

    listing: Listing
    context: Context
    results: Mapping[str, FileResult]

    def __init__(
        self, root: Path, over: MutableMapping[str, bytes] | None = None, period: Period | None = None
    ) -> None:
        self.period = period
        self.over: MutableMapping[str, bytes] = {} if over is None else over
        self.disk = Disk(str(root.resolve()), self.over)
        self._stamps: dict[str, Stamp | None] = {}
        """The stamps of files whose results stay valid until the stamp changes."""

    def check(self, day: date | None = None) -> CheckResult:
        """Return every problem of the journal; `day` is today. Raise NoJournal; the caller may try again later."""
        listing = list_journal(self.disk)
        context = context_of(listing, self.disk, day or today())
        now = time.time_ns()
        stamps = {path: self.disk.stamp(path) for path in record_paths(listing)}
        trusted = self._stamps if self._stamps and self.context == context else {}
        changed = [path for path, stamp in stamps.items() if trusted.get(path, ()) != stamp or self._is_outdated(path)]
        with without_collector() if len(changed) >= MANY_FILES else nullcontext():
            new = dict(zip(changed, check_all(changed, context), strict=True))
        results = {path: new.get(path) or self.results[path] for path in stamps}
        every = list(results.values())
        checked = within_period(journal_result(listing, context, every), every, self.period)
        self.listing, self.context, self.results = listing, context, results
        # The others were valid before, and still are.
        self._stamps = {path: stamp for path, stamp in stamps.items() if path not in new}
        self._stamps |= {path: stamps[path] for path, each in new.items() if _is_lasting(stamps[path], each, now)}
        return checked

    def _is_outdated(self, path: str) -> bool:
        """Return whether another file changed that the last result of a file depends on."""
        return any(self.disk.stamp(other) != stamp for other, stamp in self.results[path].stamps)


def check_results(session: Session) -> Iterator[CheckResult | NoJournal]:
    """Yield a result now and after every change, for ever; without a journal, yield the error once.

    Raise KeyboardInterrupt on Ctrl-C.
    """
    from cpdkit.journal.watch import outcomes  # noqa: PLC0415  the language server watches by itself

    before: CheckResult | None = None

    def look(certain: bool) -> CheckResult | None:
        nonlocal before
        last, before = before, session.check()
        return before if certain or before != last else None

    return outcomes(session.disk, look)


def _is_lasting(stamp: Stamp | None, result: FileResult, now: int) -> bool:
    """Return whether a result of this moment (ns) is valid until a stamp changes: any change would alter a stamp."""
    if any(each.code in PASSING for each in result.diagnostics):
        return False
    return all(
        each is None or not each.changed or each.changed < now - (GRAIN if each.changed % SECOND else COARSE_GRAIN)
        for each in (stamp, *(each for _, each in result.stamps))
    )
