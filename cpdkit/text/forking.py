"""Work shared with a copy of this process, where the system can make one cheaply and nothing else runs in it."""

import os
import pickle
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import pairwise
from typing import Generic, NoReturn, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
MOST = 4
"""More processes than this gain little: what they found has to come back through one."""
STOPPING = (signal.SIGINT, signal.SIGTERM)
"""What may end the program at any moment; a copy ends by it at once and without a word."""
TASKS = "/proc/self/task"
"""Where Linux lists the threads of a process, those too that Python knows nothing of."""


def processors() -> int:
    """How many processes may share work: 1 where copying this one is not safe."""
    if sys.platform != "linux":
        return 1
    try:
        # A lock that another thread holds stays locked for ever in the copy.
        alone = len(os.listdir(TASKS)) == 1  # noqa: PTH208  text/ is plain strings
        return min(MOST, len(os.sched_getaffinity(0))) if alone else 1
    except OSError:
        return 1


def shared(work: Callable[[Sequence[Item]], list[Result]], items: Sequence[Item], parts: int) -> list[Result]:
    """`work(items)`, done by `parts` processes on a stretch of the items each; the results in the items' order.

    `work` must depend on nothing that changes and change nothing itself. Should a copy fail for whatever reason, its
    stretch is worked here, so that the result is the same.
    """
    if parts < 2:
        return work(items)
    cuts = [len(items) * part // parts for part in range(parts + 1)]
    stretches = [items[start:stop] for start, stop in pairwise(cuts)]
    copies: list[_Copy[Result]] = []
    try:
        for number, stretch in enumerate(stretches[1:]):
            if len(copies) == number:  # where one could not be made, there is no room for the next
                _start(work, stretch, copies)
        results = work(stretches[0])
        for number, stretch in enumerate(stretches[1:]):
            done = copies[number].results() if number < len(copies) else None
            results += work(stretch) if done is None else done
        return results
    finally:
        with _undisturbed():
            for copy in copies:
                copy.end()


class _Copy(Generic[Result]):
    """A copy of this process at work, and the pipe that its results come through."""

    def __init__(self, process: int, pipe: int) -> None:
        self.process = process
        self.pipe = pipe

    def results(self) -> list[Result] | None:
        """What it found; None if it failed."""
        try:
            with os.fdopen(self.pipe, "rb", closefd=False) as pipe:
                # What comes through the pipe was written by this same program: nothing of a journal is unpickled.
                # Results that were cut off have no end, which is an error; how the copy ended need not be known.
                done: list[Result] = pickle.load(pipe)
                return done
        except Exception:  # noqa: BLE001  whatever is wrong with them, the work can be done here
            return None

    def end(self) -> None:
        """End it, if it still runs, and take leave of it, so that the system forgets it."""
        os.close(self.pipe)
        # Whoever started this program may have told the system to forget ended processes by itself.
        with suppress(ChildProcessError, ProcessLookupError):
            if os.waitpid(self.process, os.WNOHANG) == (0, 0):
                os.kill(self.process, signal.SIGKILL)
                os.waitpid(self.process, 0)


def _start(work: Callable[[Sequence[Item]], list[Result]], items: Sequence[Item], copies: list[_Copy[Result]]) -> None:
    """Put a copy to work and among the others; where none can be made, nothing."""
    with suppress(OSError):
        reader, writer = os.pipe()
        # Between the copy's start and its place in the list nothing may stop this: it would run on unknown.
        with _undisturbed() as before:
            try:
                process = os.fork()
                if process == 0:
                    _be_a_copy(work, items, reader, writer, before)
                copies.append(_Copy(process, reader))
            except OSError:
                os.close(reader)
                raise
            finally:
                os.close(writer)


def _be_a_copy(
    work: Callable[[Sequence[Item]], list[Result]],
    items: Sequence[Item],
    reader: int,
    writer: int,
    unblocked: Iterable[int],
) -> NoReturn:
    """Do the work, hand it over, and end: nothing of the original's (buffers, handlers, temporary files) is ended."""
    code = 1
    try:
        for number in STOPPING:
            signal.signal(number, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_SETMASK, unblocked)
        os.close(reader)
        with os.fdopen(writer, "wb") as pipe:
            pickle.dump(work(items), pipe, protocol=pickle.HIGHEST_PROTOCOL)
        code = 0
    finally:
        os._exit(code)


@contextmanager
def _undisturbed() -> Iterator[set[int]]:
    """Nothing stops the program in here; what wanted to does so behind it. Gives the signals that were held before."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, STOPPING)
    try:
        yield {int(number) for number in before}
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
