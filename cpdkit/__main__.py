"""The program `cpd`, also as `python -m cpdkit`.

Nothing is imported before `main` runs, so that Ctrl-C during start-up usually prints one line as well. In the few
milliseconds before that, and while a module is being imported, Python may print lines of its own.
"""

import atexit
import gc
import os
import sys
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from types import FrameType

INTERRUPTED = 130
MANY_OBJECTS = 50_000
"""New objects that start the garbage collector. With its own threshold it would walk through all the code again and
again while that is loaded.
"""


def main() -> int:
    """Run one command line and return the exit code of the process."""
    try:
        _end_by_signals_as_by_ctrl_c()
        from cpdkit.cli.main import run

        return run(sys.argv[1:])
    except KeyboardInterrupt:
        sys.stderr.write("cpd: interrupted\n")
        return INTERRUPTED


def _end_by_signals_as_by_ctrl_c() -> None:
    """Let SIGTERM and SIGHUP (a closed terminal) stop children and remove temporary files. `nohup` still works.

    Those that follow are ignored, since they would interrupt the removal: a closed terminal can send both.
    """
    import signal

    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)  # Windows has no SIGHUP
        if number is not None and signal.getsignal(number) == signal.SIG_DFL:
            signal.signal(number, _interrupt)


def _interrupt(_number: int, _frame: "FrameType | None") -> NoReturn:
    import signal

    for name in ("SIGTERM", "SIGHUP"):
        if number := getattr(signal, name, None):
            signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


def start() -> NoReturn:
    """Run the program and end the process at once.

    At its end the interpreter would free 10,000 records one by one, which takes a fifth of the time of a check. The
    system frees the memory at once.
    """
    gc.set_threshold(MANY_OBJECTS)
    code = main()
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (AttributeError, OSError, ValueError):
            continue  # closed, or its reader has gone: `main` has already reported it
    os._exit(code)


if __name__ == "__main__":
    start()
