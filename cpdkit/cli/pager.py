"""Show a long text in the user's pager, as git does, on a terminal only.

Only the user's environment names the pager, so no journal can start a program.
"""

import os
import shutil
import sys
from collections.abc import Mapping

from cpdkit.text.process import find_program, in_foreground
from cpdkit.text.terminal import width

STDOUT = 1
PROGRAM_MISSING = 127
"""The shell's exit code for a program that does not exist."""


def pager_of(environment: Mapping[str, str]) -> str:
    """Return the command of the pager: `$CPD_PAGER`, `$PAGER` or less; empty for none, as `cat` means too."""
    named = next((environment[name] for name in ("CPD_PAGER", "PAGER") if name in environment), None)
    if named is None:
        named = "less" if find_program("less") else ""
    is_dumb = environment.get("TERM", "dumb") == "dumb"
    return "" if is_dumb or sys.platform == "win32" or named.strip() == "cat" else named.strip()


def fits(text: str, columns: int, lines: int) -> bool:
    """Return whether a text without styles fits on a terminal of a size, with a line for the prompt."""
    return sum(max(1, -(-width(line) // max(columns, 1))) for line in text.split("\n")) < lines


def shown_in_pager(text: str, plain: str) -> bool:
    """Show a text in the pager; return False if it fits on the terminal, or if there is no pager that runs.

    `plain` is the text without its styles.
    """
    size = shutil.get_terminal_size()
    pager = pager_of(os.environ)
    if not pager or fits(plain, size.columns, size.lines):
        return False
    # less ends at once if the text fits, keeps the styles, and leaves the text on the screen.
    options = {} if "LESS" in os.environ else {"LESS": "FRX"}
    try:
        sys.stdout.flush()
        if sys.stdout.fileno() != STDOUT:
            return False  # another stream takes the place of the output, which the pager would not write to
        code = in_foreground(["/bin/sh", "-c", pager], stdin=text.encode("utf-8", "backslashreplace"), env=options)
    except OSError:
        return False
    return code != PROGRAM_MISSING
