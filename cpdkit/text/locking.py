"""One writer at a time: two programs of this kind that change one journal wait for each other.

The lock is on the folder itself, so that there is no file to forget; the system takes it back when a program dies.
"""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cpdkit.errors import CpdError

if sys.platform != "win32":
    import fcntl

PATIENCE = 20.0
"""Seconds that one waits for the other."""
_PAUSE = 0.02


class Busy(CpdError):
    """Another program writes into the journal, and has for a while."""

    hint = "try again when it has ended"

    def __init__(self, folder: Path) -> None:
        super().__init__(f"another cpd is writing into {folder}; nothing was written")


@contextmanager
def alone(folder: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Be the only one that writes below a folder. Raises Busy after `patience` seconds.

    Where the system or the disk has no such locks (Windows, some shares), there is none.
    """
    if sys.platform == "win32":
        yield
        return
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        yield  # what is wrong with the folder, the writing says
        return
    try:
        _lock(handle, folder, time.monotonic() + patience)
        yield
    finally:
        os.close(handle)


if sys.platform != "win32":

    def _lock(handle: int, folder: Path, until: float) -> None:
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return
            except BlockingIOError:
                if time.monotonic() > until:
                    raise Busy(folder) from None
                time.sleep(_PAUSE)
            except OSError:
                return
