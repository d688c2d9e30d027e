"""Fixes made: the files of a journal as they would read with them, their difference, and the writing of it.

A fix is only made when the file reads better with it. Nothing is written but by `write_fixes`.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from difflib import unified_diff
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from cpdkit.checks.engine import check_journal, context_of, judge_file
from cpdkit.diagnostics import Diagnostic, Severity
from cpdkit.journal.codes import CODES
from cpdkit.journal.load import RECORD_LIMIT
from cpdkit.journal.paths import MEMBER_FILE, list_journal
from cpdkit.journal.reader import FORMS
from cpdkit.text.clock import today
from cpdkit.text.edits import ClaimedSpans, apply
from cpdkit.text.faults import Unreadable
from cpdkit.text.files import Disk
from cpdkit.text.write import locked, write_all

ROUNDS = 40
"""How often one file is mended and read again: of what YAML refuses, each reading shows only the first."""
PASSES = 4
"""How often the journal is checked again for what the fixes of one file bring to light in another."""


class FilePatch(NamedTuple):
    """One file as it was read and as it would be, and the diagnostics that this mends."""

    path: str
    before: bytes
    after: bytes
    applied: tuple[Diagnostic, ...]


def fixable(diagnostic: Diagnostic, unsafe: bool = False) -> bool:
    """Whether a diagnostic has a fix; those that need an eye count with `unsafe` alone."""
    return diagnostic.fix is not None and (unsafe or diagnostic.fix.safe)


def mended(
    data: bytes, diagnostics: Iterable[Diagnostic], unsafe: bool = False
) -> tuple[bytes, tuple[Diagnostic, ...]]:
    """A file's bytes with the fixes of its diagnostics, and those that were made.

    Of fixes that overlap or touch, the first is made; the others are for the next time it is read.
    """
    claimed = ClaimedSpans()
    chosen = tuple(
        each
        for each in sorted(diagnostics, key=attrgetter("order"))
        if fixable(each, unsafe) and each.fix and claimed.claim(each.fix.edits)
    )
    edits = [edit for each in chosen if each.fix for edit in each.fix.edits]
    return apply(data, edits), chosen


def plan_fixes(
    root: Path,
    wanted: Sequence[str] = (),
    unsafe: bool = False,
    day: date | None = None,
    chosen: Callable[[Diagnostic], bool] = lambda _: True,
) -> tuple[FilePatch, ...]:
    """What `--fix` would change, file by file; nothing is written.

    `wanted` are paths in the journal (none for all of it), `chosen` says of a diagnostic whether it is to be mended.
    """
    plan = _Plan(root.resolve(), tuple(wanted), day or today(), lambda each: fixable(each, unsafe) and chosen(each))
    for _ in range(PASSES):
        if not plan.passed():
            break
    return plan.patches()


def fixed_text(root: Path, path: str, over: Mapping[str, bytes], day: date | None = None) -> bytes:
    """The text that lies over one file with every safe fix of the file's own problems made, round by round."""
    plan = _Plan(root.resolve(), (path,), day or today(), fixable)
    plan.over.update(over)
    for _ in range(PASSES):
        if not plan.passed():
            break
    return plan.over[path]


def diff(patches: Iterable[FilePatch]) -> str:
    """The patches as one unified diff, which `git apply` takes; a line keeps its own newline."""
    return "".join(line for patch in patches for line in _diff(patch))


def write_fixes(root: Path, patches: Sequence[FilePatch]) -> None:
    """Write the patched files, all or none.

    Raises ChangedOnDisk when one is not as it was read, CannotWrite when one can't be written.
    """

    before = {root / patch.path: patch.before for patch in patches}
    with locked(root):
        write_all({root / patch.path: patch.after for patch in patches}, before)


class _Plan:
    """The journal with its mended files lying over those on the disk."""

    def __init__(self, root: Path, wanted: tuple[str, ...], day: date, chosen: Callable[[Diagnostic], bool]) -> None:
        self.root = root
        self.wanted = wanted
        self.day = day
        self.chosen = chosen
        self.over: dict[str, bytes] = {}
        self.before: dict[str, bytes] = {}
        self.applied: dict[str, tuple[Diagnostic, ...]] = {}
        self.disk = Disk(str(root), self.over)

    def passed(self) -> bool:
        """Mend every file once, as far as its own problems go; whether anything changed."""
        found = self.found()
        if not all(self.held(path) for path in found):
            # What is mended has to be what was judged: the bytes that are held from now on.
            found = self.found()
        self.context = context_of(list_journal(self.disk, self.wanted), self.disk, self.day)
        was = dict(self.over)
        for path, diagnostics in found.items():
            if path in self.over:
                self.mend(path, diagnostics)
        return was != self.over

    def found(self) -> dict[str, tuple[Diagnostic, ...]]:
        """The problems of each file that has one to mend."""
        checked = check_journal(self.root, self.wanted, self.day, self.over)
        files = {path: tuple(some) for path, some in groupby(checked.diagnostics, key=attrgetter("path"))}
        return {path: some for path, some in files.items() if any(map(self.chosen, some))}

    def held(self, path: str) -> bool:
        """Whether a file's bytes were held before; they are now, if they can be read."""
        if path in self.over:
            return True
        try:
            self.over[path] = self.before[path] = self.disk.read(path, RECORD_LIMIT)[0]
        except Unreadable:
            return True
        return False

    def mend(self, path: str, found: tuple[Diagnostic, ...]) -> None:
        """Mend one file, read it again, and so on until nothing is left to do."""
        refused: set[tuple[str, str]] = set()
        for _ in range(ROUNDS):
            todo = [each for each in found if self.chosen(each) and (each.location, each.message) not in refused]
            if not todo:
                return
            after = self.better(path, found, todo)
            if after is None:
                # Together they don't do: one after the other.
                after = self.better(path, found, todo[:1]) if len(todo) > 1 else None
            if after is None:
                refused.add((todo[0].location, todo[0].message))
            found = found if after is None else after

    def better(
        self, path: str, found: Sequence[Diagnostic], todo: Iterable[Diagnostic]
    ) -> tuple[Diagnostic, ...] | None:
        """Lay the mended bytes over the file and give its problems then; None, and no change, if it isn't better."""
        data = self.over[path]
        after, applied = mended(data, todo, unsafe=True)
        self.over[path] = after
        now = self.problems(path)
        if after == data or not _is_better(found, applied, now, self.chosen):
            self.over[path] = data
            return None
        self.applied[path] = (*self.applied.get(path, ()), *applied)
        return now

    def problems(self, path: str) -> tuple[Diagnostic, ...]:
        """A file's own problems, as it lies over the disk."""
        if path.partition("/")[0] in FORMS:
            return judge_file(path, self.context).diagnostics
        wanted = (path,) if path == MEMBER_FILE else ()
        checked = check_journal(self.root, wanted, self.day, self.over)
        return tuple(each for each in checked.diagnostics if each.path == path)

    def patches(self) -> tuple[FilePatch, ...]:
        """The files that changed."""
        return tuple(
            FilePatch(path, self.before[path], after, self.applied[path])
            for path, after in sorted(self.over.items())
            if after != self.before[path]
        )


def _is_better(
    before: Sequence[Diagnostic],
    applied: Sequence[Diagnostic],
    after: Sequence[Diagnostic],
    chosen: Callable[[Diagnostic], bool],
) -> bool:
    """Whether what was mended is gone, and no error came that can't be mended in its turn.

    Of a file that YAML refuses only the first fault is known, so there errors may come to light below the edits.
    """
    counts = Counter(map(_told, after))
    had = Counter(map(_told, before))
    for each in applied:
        if counts[_told(each)] >= had[_told(each)] and any(_is_at_or_above(other, each) for other in after):
            return False
    edited = {line for each in applied for line in _lines(each)}
    refused = any(each.code in _UNREAD for each in before)
    came = [each for each in after if _is_of_reading(each) and counts[_told(each)] > had[_told(each)]]
    if any(_is_swallowed(each, applied) for each in came):
        return False
    return all(chosen(each) or (refused and _line(each) not in edited and not _is_above(each, edited)) for each in came)


_UNREAD = frozenset(code for code, rule in CODES.items() if code < "CPD2" and rule.severity is Severity.ERROR)
"""What keeps the fields from being read at all."""


def _is_swallowed(each: Diagnostic, applied: Iterable[Diagnostic]) -> bool:
    """Whether a field is missing now that a fix made a part of another's value: two lines had run into one."""
    if each.code not in ("CPD201", "CPD301"):
        return False
    name = each.message.partition(" ")[0]
    return any(f"{name}:" in edit.new for one in applied if one.fix for edit in one.fix.edits)


def _is_of_reading(each: Diagnostic) -> bool:
    """Whether it is an error that keeps a record from being made; with a record, the rules find more."""
    return each.code in CODES and each.severity is Severity.ERROR


def _is_above(each: Diagnostic, edited: set[int]) -> bool:
    """Whether YAML stopped above what was mended, which it had passed before."""
    return each.code in _UNREAD and _line(each) < min(edited, default=0)


def _told(each: Diagnostic) -> tuple[str, str]:
    return each.code, each.message


def _line(each: Diagnostic) -> int:
    return each.span.line if each.span else 0


def _lines(each: Diagnostic) -> Iterable[int]:
    """The lines that hold what a diagnostic's edits wrote; of whole lines that went none are left."""
    for edit in each.fix.edits if each.fix else ():
        span = edit.span
        whole = span.column == 1 == span.end_column and span.end_line > span.line
        yield from range(span.line, span.line + edit.new.count("\n") if whole else span.end_line + 1)


def _is_at_or_above(other: Diagnostic, each: Diagnostic) -> bool:
    """Whether the same is told, and not farther down."""
    return _told(other) == _told(each) and other.order <= each.order


def _diff(patch: FilePatch) -> Iterable[str]:
    before, after = _split(patch.before), _split(patch.after)
    for line in unified_diff(before, after, f"a/{patch.path}", f"b/{patch.path}"):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _split(data: bytes) -> list[str]:
    """Lines as a diff knows them: what ends with a line feed, and nothing else."""
    lines = data.decode("utf-8", "surrogateescape").split("\n")
    return [f"{line}\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])
