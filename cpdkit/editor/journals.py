"""The journals that an editor has open: their files, unsaved texts, and results of checks."""

import asyncio
import logging
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from cpdkit.checks.engine import CheckResult, check_file
from cpdkit.checks.rule import Context, RecordFacts
from cpdkit.checks.session import Session
from cpdkit.diagnostics import Diagnostic
from cpdkit.editor.positions import Text
from cpdkit.errors import NoJournal
from cpdkit.journal.paths import MEMBER_FILE, Listing, passed_over, path_from, skipper
from cpdkit.journal.reader import RECORD_KINDS
from cpdkit.schemes.vocabulary import Vocabulary

ByPath = dict[str, tuple[Diagnostic, ...]]


@dataclass(frozen=True)
class JournalFacts:
    """A journal at its last check. `root` is the real path of its folder.

    `own` are the diagnostics that depend on one file only: they are updated while somebody types. `shared` depend on
    other files too, and are updated by the next check of the journal.
    """

    root: str
    listing: Listing
    context: Context
    records: tuple[RecordFacts, ...]
    own: ByPath = field(default_factory=dict)
    shared: ByPath = field(default_factory=dict)
    checked: dict[str, bytes] = field(default_factory=dict)
    """The unsaved text of each file that `own` is about: hovering checks no text again."""

    @property
    def day(self) -> date:
        """Return today's date for the checks."""
        return self.context.day

    @property
    def words(self) -> Vocabulary:
        """Return the competences, schemes and other names that records may use."""
        return self.context.vocabulary

    @cached_property
    def by_path(self) -> Mapping[str, RecordFacts]:
        """Return the records by their paths."""
        return {each.path: each for each in self.records}

    @cached_property
    def activities(self) -> tuple[RecordFacts, ...]:
        """Return the activities, newest first."""
        return tuple(sorted(self.of("activities"), key=lambda each: (each.start or date.min, each.path), reverse=True))

    @cached_property
    def objectives(self) -> Mapping[str, RecordFacts]:
        """Return the objectives that can be read, by ID."""
        return {each.id: each for each in reversed(self.of("plan"))}

    def of(self, kind: str) -> list[RecordFacts]:
        """Return the records of one folder."""
        return [each for each in self.records if each.kind == kind]

    def diagnostics(self, path: str) -> tuple[Diagnostic, ...]:
        """Return all diagnostics of one file, in order."""
        return tuple(sorted((*self.own.get(path, ()), *self.shared.get(path, ())), key=lambda each: each.order))

    @property
    def paths(self) -> set[str]:
        """Return the files that have diagnostics."""
        return {*self.own, *self.shared}


def journal_facts(session: Session, result: CheckResult) -> JournalFacts:
    """Return the facts from a session's last check."""
    own = {path: each.diagnostics for path, each in session.results.items() if each.diagnostics}
    known = {path: set(diagnostics) for path, diagnostics in own.items()}
    shared: dict[str, list[Diagnostic]] = {}
    for each in result.diagnostics:
        if each not in known.get(each.path, ()):
            shared.setdefault(each.path, []).append(each)
    records = tuple(sorted(each.facts for each in session.results.values() if each.facts))
    return JournalFacts(
        str(result.root),
        session.listing,
        session.context,
        records,
        own,
        {path: tuple(diagnostics) for path, diagnostics in shared.items()},
    )


def used(records: Iterable[Sequence[str]]) -> list[str]:
    """Return the values of records, most used first, then newest. The records must be in order, newest first."""
    counts: dict[str, int] = {}
    for values in records:
        for value in values:
            if value:
                counts[value] = counts.get(value, 0) + 1
    return sorted(counts, key=lambda value: -counts[value])


def path_of(uri: str) -> str | None:
    """Return the path of a URI; None if it isn't a local file (an unsaved buffer, a file in a container)."""
    try:
        parts = urlsplit(uri)
    except ValueError:
        return None
    if parts.scheme != "file" or not parts.path:
        return None
    # A name that isn't UTF-8 keeps its bytes.
    path = url2pathname(parts.path) if os.name == "nt" else unquote(parts.path, errors="surrogateescape")
    return os.path.normpath(path) if os.path.isabs(path) and "\0" not in path else None  # noqa: PTH117


def uri_of(path: str) -> str:
    """Return the URI of an absolute path."""
    return Path(path).as_uri()


def same_uri(uri: str) -> str:
    """Return a URI in one spelling: editors escape differently."""
    return unquote(uri)


def journal_above(path: str) -> str | None:
    """Return the nearest folder with a cpd.yaml: the path itself or one above it. Symbolic links are kept."""
    here = Path(path)
    if here.name == MEMBER_FILE:
        return str(here.parent)
    return next((str(place) for place in (here, *here.parents) if os.path.lexists(place / MEMBER_FILE)), None)


def journal_in(folder: str) -> str | None:
    """Return the journal of a workspace folder: itself, one above it, or its `journal/`."""
    return journal_above(folder) or next(
        (str(place) for place in (Path(folder, "journal"),) if os.path.lexists(place / MEMBER_FILE)), None
    )


def below(root: str, path: str) -> str | None:
    """Return a file's path in its journal; None for a file outside."""
    inside = path_from(path, root)
    return None if inside in (".", "..") or inside.startswith("../") else inside


class OpenJournal:
    """One journal. `root` is the path of its folder as the editor spells it; `facts` is None until its first check.

    `published` are the URIs of the files whose diagnostics the editor shows.
    """

    def __init__(self, root: str) -> None:
        self.root = root
        self.session = Session(Path(root))
        self.facts: JournalFacts | None = None
        self.published: dict[str, str] = {}

    def overlay(self, path: str, text: Text | None) -> None:
        """Use an unsaved text instead of a file, or with None the file again."""
        if text is None:
            self.session.over.pop(path, None)
        else:
            self.session.over[path] = text.data

    def check(self) -> JournalFacts | None:
        """Check the journal; return None if it no longer exists."""
        try:
            return journal_facts(self.session, self.session.check())
        except NoJournal:
            return None

    def check_file(self, path: str) -> bool:
        """Check one file with its present text; return False if it can't be checked separately."""
        facts = self.facts
        if facts is None or path.partition("/")[0] not in RECORD_KINDS or not path.endswith(".md"):
            return False
        data = self.session.over.get(path)
        if data is None or facts.checked.get(path) is not data:
            ignored = passed_over(path, skipper(facts.listing.ignore))
            facts.own[path] = () if ignored else check_file(path, facts.context).diagnostics
            if data is not None:
                facts.checked[path] = data
        return True


class OpenJournals:
    """The journals by the real path of their folder, so that a journal with two paths is open only once."""

    def __init__(self) -> None:
        self.by_folder: dict[str, OpenJournal] = {}

    def at(self, root: str) -> OpenJournal:
        """Return the journal in a folder."""
        real = os.path.realpath(root)
        if real not in self.by_folder:
            self.by_folder[real] = OpenJournal(root)
        return self.by_folder[real]

    def of(self, path: str) -> tuple[OpenJournal, str] | None:
        """Return the journal that a file belongs to, and its path there; None for a file outside any journal."""
        root = journal_above(path)
        inside = below(root, path) if root else None
        return (self.at(root), inside) if root and inside else None

    def forget(self, journal: OpenJournal) -> None:
        """Close a journal."""
        self.by_folder = {real: each for real, each in self.by_folder.items() if each is not journal}

    def __iter__(self) -> Iterator[OpenJournal]:
        return iter(tuple(self.by_folder.values()))


log = logging.getLogger(__name__)
OnResult = Callable[[OpenJournal, JournalFacts | None], None]


class CheckQueue:
    """Scheduled and running checks. `on_result` gets each result in the event loop (None: no journal)."""

    def __init__(self, on_result: OnResult) -> None:
        self.on_result = on_result
        self._pool = ThreadPoolExecutor(1, "check")
        self._timers: dict[int, asyncio.TimerHandle] = {}
        self._running: set[int] = set()
        self._again: set[int] = set()

    def schedule(self, journal: OpenJournal, seconds: float) -> None:
        """Check a journal after some seconds. A new call before then starts the time again."""
        timer = self._timers.pop(id(journal), None)
        if timer:
            timer.cancel()
        loop = asyncio.get_running_loop()
        self._timers[id(journal)] = loop.call_later(seconds, self._start, journal)

    def _start(self, journal: OpenJournal) -> None:
        self._timers.pop(id(journal), None)
        if id(journal) in self._running:
            self._again.add(id(journal))
            return
        self._running.add(id(journal))
        loop = asyncio.get_running_loop()
        work = self._pool.submit(journal.check)

        def finish(done: "Future[JournalFacts | None]") -> None:
            # The server and its event loop may have ended meanwhile.
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(self._finish, journal, done)

        work.add_done_callback(finish)

    def _finish(self, journal: OpenJournal, work: "Future[JournalFacts | None]") -> None:
        self._running.discard(id(journal))
        if id(journal) in self._again:
            self._again.discard(id(journal))
            self.schedule(journal, 0)
        error = work.exception()
        if error is not None:
            log.error("the check of %s failed", journal.root, exc_info=error)
            return
        self.on_result(journal, work.result())
