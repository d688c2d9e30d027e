"""Judge many files in several processes, each with the same context."""

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
"""More gain little: what they find comes back through one."""
FILES_PER_TASK = 250


def judged_by_several(judge: Callable[[str, Any], Result], paths: Sequence[str], context: Any) -> list[Result]:
    """Return `judge(path, context)` for each path, in the order given; in this process where no other can help."""
    count = _processes()
    if count > 1:
        try:
            # Only a fork has the context, with an editor's texts in it, without its being sent.
            fork = multiprocessing.get_context("fork")
            start = (judge, context)
            with concurrent.futures.ProcessPoolExecutor(count, fork, _start_process, start) as pool:
                return list(pool.map(_judge_in_process, paths, chunksize=FILES_PER_TASK))
        except (concurrent.futures.BrokenExecutor, OSError):
            pass  # a process was ended, or could not be made: there is little memory left
    return [judge(path, context) for path in paths]


def _processes() -> int:
    """Return how many processes may judge: 1 where a fork is not safe."""
    threads = Path("/proc/self/task")
    # A lock that another thread holds stays locked for ever in a fork; Linux lists the threads of Rust and C, too.
    if sys.platform != "linux" or not threads.exists() or len(list(threads.iterdir())) > 1:
        return 1
    return min(MOST_PROCESSES, len(os.sched_getaffinity(0)))


_process_judge: Callable[[str, Any], Any]
_process_context: Any


def _start_process(judge: Callable[[str, Any], Any], context: Any) -> None:
    """Prepare a process to judge files in a context."""
    global _process_judge, _process_context
    _process_judge, _process_context = judge, context
    # Ctrl-C reaches all processes; this one ends when the first one closes the pool.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End this process when its parent was killed; it would wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(1)


def _judge_in_process(path: str) -> Any:
    return _process_judge(path, _process_context)
