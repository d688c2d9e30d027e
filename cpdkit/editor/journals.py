"""The journals that an editor has open: which file belongs to which, what they hold unsaved, what a check finds."""

import asyncio
import logging
import os
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from cpdkit.checks.engine import judge_file
from cpdkit.checks.session import Session
from cpdkit.editor.journal_facts import Known, known_from
from cpdkit.editor.positions import Text
from cpdkit.errors import NoJournal
from cpdkit.journal.paths import MEMBER_FILE, passed_over, skipper
from cpdkit.journal.reader import FORMS


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
        return known_from(checked, self.session.listing, self.session.context, self.session.results)

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


log = logging.getLogger(__name__)
Done = Callable[[Watched, Known | None], None]


class Checks:
    """Checks of journals to come and at work. `done` is told, in the loop, what each found (None: no journal)."""

    def __init__(self, done: Done) -> None:
        self.done = done
        self._pool = ThreadPoolExecutor(1, "check")
        self._timers: dict[int, asyncio.TimerHandle] = {}
        self._running: set[int] = set()
        self._again: set[int] = set()

    def soon(self, watched: Watched, seconds: float) -> None:
        """Check a journal in so many seconds, unless it is asked for again before."""
        timer = self._timers.pop(id(watched), None)
        if timer:
            timer.cancel()
        loop = asyncio.get_running_loop()
        self._timers[id(watched)] = loop.call_later(seconds, self._start, watched)

    def _start(self, watched: Watched) -> None:
        self._timers.pop(id(watched), None)
        if id(watched) in self._running:
            self._again.add(id(watched))
            return
        self._running.add(id(watched))
        loop = asyncio.get_running_loop()
        work = self._pool.submit(watched.check)

        def finish(done: "Future[Known | None]") -> None:
            # The server may have ended meanwhile, and its loop with it.
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(self._finish, watched, done)

        work.add_done_callback(finish)

    def _finish(self, watched: Watched, work: "Future[Known | None]") -> None:
        self._running.discard(id(watched))
        if id(watched) in self._again:
            self._again.discard(id(watched))
            self.soon(watched, 0)
        error = work.exception()
        if error is not None:
            log.error("the check of %s failed", watched.root, exc_info=error)
            return
        self.done(watched, work.result())
