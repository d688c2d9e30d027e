"""Check a journal whenever its files change, as soon as the changes pause."""

import os
import time
from collections.abc import Iterator, Sequence

from watchfiles import Change, watch

from cpdkit.checks.engine import CheckResult
from cpdkit.checks.session import Session
from cpdkit.errors import NoJournal
from cpdkit.journal.paths import list_journal, skipper
from cpdkit.text.clock import today
from cpdkit.text.files import list_tree

QUIET = 50
"""How long (ms) nothing may change before a check, since editors save in several steps. It can take twice as long."""
LONGEST = 1_000
"""After how long (ms) of changes without a pause a check starts anyway."""
PAUSE = 1_000
"""How often (ms) to look for what no event reports: a new date, or another folder with the journal's name."""
POLL = 200
"""How often (ms) to look at files if the system reports no changes, and for a journal that is gone."""


def check_results(session: Session) -> Iterator[CheckResult | NoJournal]:
    """Yield a result now and after every change, for ever; without a journal, yield the error once.

    Raise KeyboardInterrupt on Ctrl-C.
    """
    while True:
        try:
            yield from _results_until_folders_change(session)
        except NoJournal as error:
            yield error
            while not _is_journal(session):
                time.sleep(POLL / 1000)


def _results_until_folders_change(session: Session) -> Iterator[CheckResult]:
    """Yield a result now and after every change; end when the folders to watch change."""
    root, day = session.disk.root, today()
    identity, folders = _identity(root), folders_of(root, list_journal(session.disk).ignore)
    result, is_first = session.check(), True
    yield result
    for changes in _changes(folders):
        if _identity(root) != identity:
            return
        # The first check finds what changed before the watch started.
        if changes or is_first or day != today():
            before, result = result, session.check()
            if changes or result != before:
                yield result
            made = {path for change, path in changes if change is Change.added}
            # The watch of a folder that was deleted and created again has ended.
            if made.intersection(folders) or folders_of(root, session.listing.ignore) != folders:
                return
        day, is_first = today(), False


def _is_journal(session: Session) -> bool:
    try:
        list_journal(session.disk)
    except NoJournal:
        return False
    return True


def _identity(root: str) -> tuple[int, int] | None:
    """Return what distinguishes a folder from a later one of the same name."""
    try:
        status = os.stat(root)  # noqa: PTH116  called at every change
    except OSError:
        return None
    return status.st_dev, status.st_ino


def folders_of(root: str, ignore: Sequence[str]) -> list[str]:
    """Return the folders of a journal that are not ignored, its own first.

    Each is watched by itself: a recursive watch follows links out of the journal, and enters hidden folders.
    """
    skip, folders = skipper(ignore), [root]

    def skip_noting(path: str, name: str, is_folder: bool) -> bool:
        if skip(path, name, is_folder):
            return True
        if is_folder:
            folders.append(f"{root}/{path}")
        return False

    list_tree(root, "", skip_noting)
    return folders


def _changes(folders: Sequence[str]) -> Iterator[set[tuple[Change, str]]]:
    """Yield the changes in these folders, and an empty set after a pause; end when one of them is gone."""
    for force_polling in (None, True):
        try:
            yield from watch(
                *folders,
                watch_filter=is_of_journal,
                debounce=LONGEST,
                step=QUIET,
                rust_timeout=PAUSE,
                yield_on_timeout=True,
                force_polling=force_polling,
                poll_delay_ms=POLL,
                recursive=False,
                ignore_permission_denied=True,
            )
        except FileNotFoundError:
            return
        except (OSError, RuntimeError):
            # The system reports no changes, or has reached its limit of watches.
            if force_polling:
                raise


def is_of_journal(_: Change, path: str) -> bool:
    """Return whether a changed file may matter: not a hidden file or an editor's backup."""
    name = os.path.basename(path)  # noqa: PTH119
    return not name.startswith(".") and not name.endswith("~")
