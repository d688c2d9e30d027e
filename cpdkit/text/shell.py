"""Quote words for the shell that a person copies a suggested command into."""

import re
import shlex
import sys

_PLAIN = re.compile(r"[\w./\\:+-]+", re.ASCII)
_MEANT_TO_POWERSHELL = re.compile("[`$\u201c\u201d\u201e]")


def quote(word: str) -> str:
    """Return a word as one argument of a command. No name in it can run a program.

    On Windows, it means the same to cmd.exe and PowerShell. Where they differ, the name is right for PowerShell.
    """
    if sys.platform != "win32":
        return shlex.quote(word)
    if _PLAIN.fullmatch(word):
        return word
    # A double quote is doubled: both shells stay inside the quotes. A backslash at the end would escape the last one.
    inside = _MEANT_TO_POWERSHELL.sub(lambda sign: f"`{sign[0]}", word).replace('"', '""')
    end = "\\" * (len(inside) - len(inside.rstrip("\\")))
    return f'"{inside}{end}"'
