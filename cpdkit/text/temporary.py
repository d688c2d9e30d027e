"""Folders for the work of other programs, removed afterwards."""

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PAUSES = (0.0, 0.05, 0.2, 1.0)
"""Seconds before each attempt to remove a folder."""


@contextmanager
def private_folder() -> Iterator[Path]:
    """Make a folder that only this user can read, and remove it at the end.

    A virus scanner or a sync program may hold a file in it for a moment. The result of the work is not lost then:
    removing the folder is tried again, and never fails.
    """
    folder = Path(tempfile.mkdtemp(prefix="cpdkit-"))
    try:
        yield folder
    finally:
        for pause in _PAUSES:
            time.sleep(pause)
            shutil.rmtree(folder, ignore_errors=True)
            if not folder.exists():
                break
