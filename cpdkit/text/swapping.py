"""Two files that change places at one stroke, which Python's library has no call for.

What stood at a name is in hand afterwards, whatever was saved there a moment before: nobody's work is written over.
"""

import ctypes
import os
import sys
from pathlib import Path

_HERE = -100
"""`AT_FDCWD` of Linux: paths are seen from the working folder."""
_EXCHANGE = 2
"""`RENAME_EXCHANGE` of Linux, `RENAME_SWAP` of macOS."""


def swap(one: Path, other: Path) -> bool:
    """Let two files of one folder change places; False, and nothing changed, where the system or the disk can't."""
    sys.audit("os.rename", str(one), str(other), -1, -1)
    try:
        return _swapped(os.fsencode(one), os.fsencode(other)) == 0
    except (AttributeError, OSError, ValueError):  # no such call, no such library, a name with a NUL
        return False


def _swapped(one: bytes, other: bytes) -> int:
    """0 where it was done."""
    if sys.platform == "win32":
        return -1
    library = ctypes.CDLL(None)
    if sys.platform == "darwin":
        return int(library.renamex_np(one, other, _EXCHANGE))
    return int(library.renameat2(_HERE, one, _HERE, other, _EXCHANGE))
