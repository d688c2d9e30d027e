"""The program `cpd`, also as `python -m cpdkit`.

Nothing is imported before `main` runs, so that Ctrl-C during start-up ends the program in one line too.
"""

import atexit
import gc
import os
import sys
from typing import NoReturn

INTERRUPTED = 130
MANY_OBJECTS = 50_000
"""How many new objects call for the garbage collector: by its own measure it would walk through all the code as that is
loaded, again and again.
"""


def main() -> int:
    """Runs one command line; gives the exit code of the process."""
    try:
        from cpdkit.cli.main import run

        return run(sys.argv[1:])
    except KeyboardInterrupt:
        sys.stderr.write("cpd: interrupted\n")
        return INTERRUPTED


def start() -> NoReturn:
    """Runs the program and ends the process at once.

    Taking 10,000 records apart one by one, which the interpreter does at its end, is a fifth of a whole check; the
    system takes the memory back in no time.
    """
    gc.set_threshold(MANY_OBJECTS)
    code = main()
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (AttributeError, OSError, ValueError):
            continue  # closed, or its reader went away: `main` has told what there is to tell
    os._exit(code)


if __name__ == "__main__":
    start()
