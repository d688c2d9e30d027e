"""When a journal is checked: once typing rests, in a thread of its own, never twice at a time."""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress

from cpdkit.editor.known import Known
from cpdkit.editor.watching import Watched

log = logging.getLogger(__name__)
Done = Callable[[Watched, Known | None], None]


class Checks:
    """Checks of journals to come and at work. `done` is told, in the loop, what each found (None: no journal)."""

    def __init__(self, done: Done) -> None:
        self.done = done
        self._pool = ThreadPoolExecutor(1, "check")
        self._timers: dict[int, asyncio.TimerHandle] = {}
        self._running: set[int] = set()
        self._again: set[int] = set()

    def soon(self, watched: Watched, seconds: float) -> None:
        """Check a journal in so many seconds, unless it is asked for again before."""
        timer = self._timers.pop(id(watched), None)
        if timer:
            timer.cancel()
        loop = asyncio.get_running_loop()
        self._timers[id(watched)] = loop.call_later(seconds, self._start, watched)

    def _start(self, watched: Watched) -> None:
        self._timers.pop(id(watched), None)
        if id(watched) in self._running:
            self._again.add(id(watched))
            return
        self._running.add(id(watched))
        loop = asyncio.get_running_loop()
        work = self._pool.submit(watched.check)

        def finish(done: "Future[Known | None]") -> None:
            # The server may have ended meanwhile, and its loop with it.
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(self._finish, watched, done)

        work.add_done_callback(finish)

    def _finish(self, watched: Watched, work: "Future[Known | None]") -> None:
        self._running.discard(id(watched))
        if id(watched) in self._again:
            self._again.discard(id(watched))
            self.soon(watched, 0)
        error = work.exception()
        if error is not None:
            log.error("the check of %s failed", watched.root, exc_info=error)
            return
        self.done(watched, work.result())
