"""Text from a file that an option names, or from standard input."""

import os
import select
import stat
import sys
from pathlib import Path

from cpdkit.errors import UsageError
from cpdkit.text.faults import Unreadable
from cpdkit.text.files import read_bytes
from cpdkit.text.source import decode

LONGEST = 2**20
"""The most bytes of a text."""
PATIENCE = 2.0
"""Seconds until a pipe that nobody asked to read must have its first byte: some programs keep one open for nothing."""
STDIN = "-"


def text_of(name: str) -> str:
    """Return the text of a file, or of standard input for `-`. Raises UsageError."""
    if name == STDIN:
        return _decoded("standard input", _standard_input())
    try:
        return _decoded(name, read_bytes(name, LONGEST)[0])
    except Unreadable as error:
        if not Path(name).exists():
            raise UsageError(f"{name} does not exist", "check the name and the folder of the file") from None
        raise UsageError(f"{name}: {error.faults[0].message}", error.faults[0].hint) from None


def piped_text() -> str:
    """Return the text that a file or a pipe sends on standard input; empty without one. Raises UsageError."""
    try:
        number = sys.stdin.fileno()
        mode = os.fstat(number).st_mode
    except (AttributeError, OSError, ValueError):
        return ""
    if stat.S_ISREG(mode) or (stat.S_ISFIFO(mode) and _has_text(number)):
        return _decoded("standard input", _standard_input())
    return ""


def _has_text(number: int) -> bool:
    """Return whether a pipe has something to read, or has ended. Windows cannot look into a pipe, so it is read."""
    return sys.platform == "win32" or bool(select.select([number], [], [], PATIENCE)[0])


def _standard_input() -> bytes:
    data = sys.stdin.buffer.read(LONGEST + 1) if sys.stdin is not None else b""
    if len(data) > LONGEST:
        raise UsageError(f"standard input is larger than {LONGEST // 2**20} MiB", "split it")
    return data


def _decoded(name: str, data: bytes) -> str:
    try:
        return decode(name, data).text.replace("\r\n", "\n").strip()
    except Unreadable as error:
        raise UsageError(f"{name}: {error.faults[0].message}", error.faults[0].hint) from None
