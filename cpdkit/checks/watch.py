"""A journal checked whenever its files change, once they are quiet."""

import os
import platform
import time
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import closing

from watchfiles._rust_notify import RustNotify, WatchfilesRustInternalError

from cpdkit.checks.engine import CheckResult
from cpdkit.checks.session import Session
from cpdkit.errors import NoJournal
from cpdkit.journal.paths import list_journal, skipper
from cpdkit.text.clock import today
from cpdkit.text.files import list_tree

QUIET = 50
"""For how long (ms) nothing may change before a check: editors write a file in several steps. It may be twice that."""
LONGEST = 1_000
"""After how long (ms) of changes without a pause a check is made all the same."""
LOOK = 1_000
"""How often (ms) it is looked at what no change tells: the day, and whether the folder is still the same."""
POLL = 200
"""How often (ms) files are looked at where the system doesn't tell of changes, and a folder that is gone."""
NO = ("false", "disable", "disabled")
"""What watchfiles itself takes for a no in its variable."""
ADDED = 1
Change = tuple[int, str]


def checks(session: Session) -> Iterator[CheckResult | NoJournal]:
    """A check now, and another after every change, for ever; where there is no journal, that, once.

    Ctrl-C raises KeyboardInterrupt.
    """
    while True:
        try:
            ignore = list_journal(session.disk).ignore
            with closing(changes(session.disk.root, ignore)) as each:
                for _ in each:
                    yield session.check()
                    if session.listing.ignore != ignore:
                        break
        except NoJournal as error:
            yield error
            wait_for_journal(session)


def wait_for_journal(session: Session) -> None:
    """Return when the journal is there again."""
    while True:
        time.sleep(POLL / 1000)
        try:
            list_journal(session.disk)
        except NoJournal:
            continue
        return


def changes(root: str, ignore: Sequence[str]) -> Generator[None, None, None]:
    """Yield once the folders are watched, then whenever something in them changed.

    It ends when the folders themselves are others than before, so that they have to be looked for again.
    """
    place, day = place_of(root), today()
    folders = folders_of(root, ignore)
    # Each folder by itself: a recursive watch follows links, out of the journal, and into hidden folders.
    with watcher([f"{root}/{folder}" for folder in folders]) as watched:
        yield
        while place and place_of(root) == place:
            told = watched.watch(LONGEST, QUIET, LOOK, None)
            if told == "signal":
                raise KeyboardInterrupt
            if isinstance(told, str):
                if today() == day:
                    continue
                day = today()
            elif any(map(is_folder_changed, told)):
                return
            elif not any(map(concerns, told)):
                continue
            yield


def place_of(root: str) -> tuple[int, int] | None:
    """What tells one folder from another that takes its name later."""
    try:
        found = os.stat(root)  # noqa: PTH116  asked at every change
    except OSError:
        return None
    return found.st_dev, found.st_ino


def folders_of(root: str, ignore: Sequence[str]) -> list[str]:
    """The folders of a journal that are not passed over, its own first."""
    skip, found = skipper(ignore), [""]

    def skip_noting(path: str, name: str, is_folder: bool) -> bool:
        if skip(path, name, is_folder):
            return True
        if is_folder:
            found.append(path)
        return False

    list_tree(root, "", skip_noting)
    return found


def watcher(places: Sequence[str]) -> RustNotify:
    """What tells of changes in these folders; where the system has no way to, or no more of it, they are looked at."""
    for polling in (False, True)[must_poll() :]:
        try:
            return RustNotify(list(places), False, polling, POLL, False, True)
        except FileNotFoundError:
            # Gone since they were listed: whoever waits for changes sees that and looks for them again.
            return watcher([place for place in places if place_of(place)])
        except (OSError, WatchfilesRustInternalError):
            if polling:
                raise
    raise AssertionError


def must_poll(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether the system's word on changes is not to be had: Linux inside Windows gets none of Windows' folders."""
    said = environment.get("WATCHFILES_FORCE_POLLING", "")
    return said.lower() not in NO if said else "microsoft-standard" in platform.uname().release


def is_folder_changed(change: Change) -> bool:
    """Whether a change made a new folder, into which nobody looks yet."""
    kind, path = change
    return kind == ADDED and os.path.isdir(path) and not os.path.islink(path) and concerns(change)  # noqa: PTH112, PTH114


def concerns(change: Change) -> bool:
    """Whether a change may matter: not one of a hidden file, or of what an editor leaves beside a file."""
    name = os.path.basename(change[1])  # noqa: PTH119
    return not name.startswith(".") and not name.endswith("~")
