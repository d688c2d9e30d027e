"""All bodies of a report read by Pandoc in few processes, each body in a scope of its own.

A body that Pandoc can't read in its bounds costs only itself: it comes back as it was typed, and a problem says so.
"""

import gc
import json
import tempfile
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from cpdkit.documents import pandoc
from cpdkit.documents.bodies.staging import Unsplit, divided, notes_in, stage
from cpdkit.documents.bodies.taming import Tamed, as_text, tame
from cpdkit.documents.bodies.verbatim import verbatim
from cpdkit.documents.problems import Problem
from cpdkit.documents.tree import Block
from cpdkit.errors import ToolError, ToolFailed, ToolMissing, ToolTimeout
from cpdkit.text.process import MIB, stop_running

BATCH = 64
BATCH_SIZE = 512 * 1024
"""Bodies, and their characters together, that one process reads."""

AT_ONCE = 2
"""Processes at a time; a machine for writing has two cores."""

LARGEST = 4 * MIB
"""Characters of the longest body that is given to Pandoc."""

_AHEAD = 4
"""Answers that may wait while others are taken in, so that memory does not grow with the journal."""


Batch: TypeAlias = list[tuple[str, Tamed]]


@dataclass(frozen=True, slots=True)
class Parsed:
    """One body as Pandoc read it, or as it was typed where that failed (`poisoned`). Not vetted yet."""

    blocks: list[Block]
    problems: tuple[Problem, ...] = ()
    poisoned: bool = False


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one Pandoc may take: seconds, bytes of heap, bytes of answer."""

    seconds: float
    heap: int
    answer: int


class TooLong(Exception):
    """A body beyond what is given to Pandoc."""


@dataclass(frozen=True, slots=True)
class _Job:
    """Bodies that one process reads, and its answer to come."""

    batch: Batch
    answer: Future[tuple[bytes, str]]


_HEAP_EXHAUSTED = 251
_TROUBLE = (ToolError, TooLong, Unsplit, RecursionError, ValueError, KeyError)
_TOGETHER = Bounds(30, 512 * MIB, 64 * MIB)


def _alone(size: int) -> Bounds:
    """The bounds of a body on its own, which grow with its size in characters."""
    share = size / MIB
    return Bounds(8 + 30 * share, int((256 + 512 * share) * MIB), int((16 + 48 * share) * MIB))


def parse(bodies: Mapping[str, str]) -> dict[str, Parsed]:
    """Every body, under its key. Raises ToolMissing."""
    return dict(parse_each(bodies))


def parse_each(bodies: Mapping[str, str]) -> Iterator[tuple[str, Parsed]]:
    """The bodies in their order, as they come, so that each can be vetted before the next. Raises ToolMissing."""
    pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="pandoc")
    try:
        yield from _in_order(pool, bodies)
    except (KeyboardInterrupt, GeneratorExit):
        pool.shutdown(wait=False, cancel_futures=True)  # first, lest a freed thread starts the next process
        stop_running()
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _in_order(pool: ThreadPoolExecutor, bodies: Mapping[str, str]) -> Iterator[tuple[str, Parsed]]:
    waiting: deque[_Job] = deque()
    for batch in _batches(bodies):
        waiting.append(_Job(batch, pool.submit(_answer, [tamed.text for _, tamed in batch], _bounds(batch))))
        if len(waiting) > _AHEAD:
            yield from _taken(pool, waiting.popleft())
    while waiting:
        yield from _taken(pool, waiting.popleft())


def _batches(bodies: Mapping[str, str]) -> Iterator[Batch]:
    """The bodies, made harmless, in runs that one process reads; one that looks like trouble goes alone."""
    batch: Batch = []
    size = 0
    for key, body in bodies.items():
        tamed = tame(body)
        if tamed.suspicious or len(batch) == BATCH or size + len(tamed.text) > BATCH_SIZE:
            if batch:
                yield batch
            batch, size = [], 0
        batch.append((key, tamed))
        size += len(tamed.text)
        if tamed.suspicious:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _bounds(batch: Batch) -> Bounds:
    return _TOGETHER if len(batch) > 1 else _alone(len(batch[0][1].text))


def _answer(texts: Sequence[str], bounds: Bounds) -> tuple[bytes, str]:
    """Pandoc's JSON for some texts, and the nonce of their sentinels. Runs in a thread."""
    if len(texts[0]) > LARGEST:
        raise TooLong
    with tempfile.TemporaryDirectory(prefix="cpd-bodies-") as folder:
        names, nonce = stage(Path(folder), texts)
        answer = pandoc.parse(Path(folder), names, timeout=bounds.seconds, heap=bounds.heap, most=bounds.answer)
    return answer, nonce


def _taken(pool: ThreadPoolExecutor, job: _Job) -> Iterator[tuple[str, Parsed]]:
    """The bodies of one batch; where it failed as a whole, each is read alone, and only the culprit is given up."""
    try:
        found = _blocks(job)
    except ToolMissing:
        raise
    except _TROUBLE as error:
        if len(job.batch) == 1:
            yield _given_up(job.batch[0], error)
            return
        alone = [_Job([one], pool.submit(_answer, [one[1].text], _alone(len(one[1].text)))) for one in job.batch]
        for each in alone:
            yield from _taken(pool, each)
        return
    for (key, tamed), blocks in zip(job.batch, found, strict=True):
        if tamed.notes and notes_in(blocks) < tamed.notes:
            again = [(key, as_text(tamed))]
            yield from _taken(pool, _Job(again, pool.submit(_answer, [again[0][1].text], _bounds(again))))
        else:
            yield key, Parsed(blocks, tamed.problems)


def _blocks(job: _Job) -> list[list[Block]]:
    answer, nonce = job.answer.result()
    collecting = gc.isenabled()
    gc.disable()  # the collector would walk the growing tree again and again: three quarters of the time
    try:
        tree: dict[str, Any] = json.loads(answer)
    finally:
        if collecting:
            gc.enable()
    return divided(tree["blocks"], nonce, len(job.batch))


def _given_up(one: tuple[str, Tamed], error: Exception) -> tuple[str, Parsed]:
    """A body that can't be read, as it was typed. Raises the error when it is not the body's fault."""
    if isinstance(error, ToolError):
        _answer(["."], _TOGETHER)  # a Pandoc that can't read even this is broken, and says so
    key, tamed = one
    problem = Problem(
        "CPD901",
        f"the text is printed as it was typed, since Pandoc could not read it: {_reason(error)}",
        "simplify it: very deep nesting, thousands of brackets or a footnote that refers to itself can do this",
    )
    return key, Parsed(verbatim(tamed.text), (*tamed.problems, problem), poisoned=True)


def _reason(error: Exception) -> str:
    if isinstance(error, ToolTimeout):
        return f"it took more than {error.seconds:.0f} s"
    if isinstance(error, ToolFailed):
        return "it took more memory than one text may" if error.code == _HEAP_EXHAUSTED else str(error)
    if isinstance(error, ToolError):
        return "what it made of it was too large"
    if isinstance(error, TooLong):
        return f"it is longer than {LARGEST // MIB} MiB"
    return "it is nested too deep"
