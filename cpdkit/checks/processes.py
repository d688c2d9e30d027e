"""Check many files in several processes, each with the same context."""

import concurrent.futures
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Thread
from typing import Any, TypeVar

Result = TypeVar("Result")

MOST_PROCESSES = 4
"""More gain little, because all results return through one process."""
FILES_PER_TASK = 100
"""Few, so that no process waits long for the last task of another."""


def check_in_processes(check: Callable[[str, Any], Result], paths: Sequence[str], context: Any) -> list[Result]:
    """Return the result of the function for each path, in the given order; in this process if no other can start."""
    count = _processes()
    if count > 1:
        try:
            # Only a fork has the context, with the texts of an editor, without sending it.
            fork = multiprocessing.get_context("fork")
            start = (check, context)
            with concurrent.futures.ProcessPoolExecutor(count, fork, _start_process, start) as pool:
                return list(pool.map(_check_in_process, paths, chunksize=FILES_PER_TASK))
        except (concurrent.futures.BrokenExecutor, OSError):
            pass  # a process was killed or couldn't start: there is little memory left
    return [check(path, context) for path in paths]


def _processes() -> int:
    """Return how many processes to use: 1 if a fork is not safe."""
    threads = Path("/proc/self/task")
    # In a fork, another thread's lock stays locked for ever. Linux also lists the threads of Rust and C.
    if sys.platform != "linux" or not threads.exists() or len(list(threads.iterdir())) > 1:
        return 1
    return min(MOST_PROCESSES, len(os.sched_getaffinity(0)))


_process_check: Callable[[str, Any], Any]
_process_context: Any


def _start_process(check: Callable[[str, Any], Any], context: Any) -> None:
    """Prepare a process to check files in a context."""
    global _process_check, _process_context
    _process_check, _process_context = check, context
    # Ctrl-C reaches all processes; this one ends when its parent closes the pool.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End this process when its parent is killed; otherwise it would wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(1)


def _check_in_process(path: str) -> Any:
    return _process_check(path, _process_context)
