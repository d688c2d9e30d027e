"""The program `cpd`, also as `python -m cpdkit`.

Nothing is imported before `main` runs, so that Ctrl-C during start-up ends the program in one line too.
"""

import _thread
import atexit
import gc
import os
import sys
import time
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from sys import UnraisableHookArgs
    from types import TracebackType

INTERRUPTED = 130
SAID = "cpd: interrupted\n"
MANY_OBJECTS = 50_000
"""How many new objects call for the garbage collector: by its own measure it would walk through all the code as that is
loaded, again and again.
"""


AGAIN = 0.01
"""Seconds until a Ctrl-C that Python had to drop is tried again."""


def main() -> int:
    """Runs one command line; gives the exit code of the process."""
    try:
        from cpdkit.cli.main import run

        return run(sys.argv[1:])
    except KeyboardInterrupt:
        sys.stderr.write(SAID)
        return INTERRUPTED


def uncaught(kind: type[BaseException], error: BaseException, traceback: "TracebackType | None") -> None:
    """Ends a process that Ctrl-C met just before `main` or just behind it, in the same line; all else is Python's."""
    if not issubclass(kind, KeyboardInterrupt):
        return sys.__excepthook__(kind, error, traceback)
    sys.stderr.write(SAID)
    sys.stderr.flush()
    os._exit(INTERRUPTED)


def insist(dropped: "UnraisableHookArgs") -> None:
    """Tries a Ctrl-C again that came where Python can only drop it: while it cleans up behind an import."""
    if issubclass(dropped.exc_type, KeyboardInterrupt):
        _thread.start_new_thread(interrupt, (_thread.get_ident(),))
    else:
        sys.__unraisablehook__(dropped)


def interrupt(thread: int) -> None:
    """Sends the thread Ctrl-C; a signal, where there are any, wakes it out of waiting too."""
    import signal

    time.sleep(AGAIN)
    if sys.platform == "win32":
        _thread.interrupt_main()
    else:
        signal.pthread_kill(thread, signal.SIGINT)


def start() -> NoReturn:
    """Runs the program and ends the process at once.

    Taking 10,000 records apart one by one, which the interpreter does at its end, is a fifth of a whole check; the
    system takes the memory back in no time.
    """
    sys.excepthook, sys.unraisablehook = uncaught, insist
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
