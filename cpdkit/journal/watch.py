"""Do something whenever the files of a journal change, as soon as the changes pause."""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from watchfiles import Change, watch

from cpdkit.errors import NoJournal
from cpdkit.journal.paths import list_journal, skipper
from cpdkit.text.clock import today
from cpdkit.text.files import Disk, list_tree

T = TypeVar("T")
Look = Callable[[bool], T | None]
QUIET = 50
"""How long (ms) nothing may change before a look, since editors save in several steps. It can take twice as long."""
LONGEST = 1_000
"""After how long (ms) of changes without a pause a look starts anyway."""
PAUSE = 1_000
"""How often (ms) to look for what no event reports: a new date, or another folder with the journal's name."""
POLL = 200
"""How often (ms) to look at files if the system reports no changes, and for a journal that is gone."""


def outcomes(disk: Disk, look: Look[T], own: Callable[[str], bool] = lambda _: False) -> Iterator[T | NoJournal]:
    """Yield what `look` returns now and after every change, for ever; without a journal, yield the error once.

    `look` gets whether a file has certainly changed, and may raise NoJournal; its None is not yielded. `own` returns
    whether a path is of a file that the program itself writes; such a change does not count.

    Raise KeyboardInterrupt on Ctrl-C.
    """
    certain = True
    while True:
        try:
            yield from _until_folders_change(disk, look, own, certain)
            certain = False
        except NoJournal as error:
            yield error
            certain = True
            while not _is_journal(disk):
                time.sleep(POLL / 1000)


def _until_folders_change(disk: Disk, look: Look[T], own: Callable[[str], bool], certain: bool) -> Iterator[T]:
    """Yield an outcome now and after every change; end when the folders to watch change."""
    root, day = disk.root, today()
    identity, folders = _identity(root), folders_of(root, list_journal(disk).ignore)
    if (outcome := look(certain)) is not None:
        yield outcome
    is_first = True
    for changes in _changes(folders):
        if _identity(root) != identity:
            return
        others = {(change, path) for change, path in changes if not own(path)}
        # The first look finds what changed before the watch started.
        if others or is_first or day != today():
            if (outcome := look(bool(others))) is not None:
                yield outcome
            made = {path for change, path in changes if change is Change.added}
            # The watch of a folder that was deleted and created again has ended.
            if made.intersection(folders) or folders_of(root, list_journal(disk).ignore) != folders:
                return
        day, is_first = today(), False


def _is_journal(disk: Disk) -> bool:
    try:
        list_journal(disk)
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
