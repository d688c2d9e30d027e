"""Apply the fixes of diagnostics to the bytes of a file, to a journal and to the disk, or show them as a diff.

A fix is applied only if it improves the file. Only `write_fixes` writes.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from difflib import unified_diff
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from cpdkit.checks.engine import check_file, check_journal, context_of
from cpdkit.diagnostics import Diagnostic, Severity
from cpdkit.journal.codes import CODES
from cpdkit.journal.load import RECORD_LIMIT
from cpdkit.journal.paths import MEMBER_FILE, PEOPLE_FILE, list_journal
from cpdkit.journal.reader import RECORD_KINDS
from cpdkit.text.clock import today
from cpdkit.text.edits import ClaimedSpans, apply
from cpdkit.text.faults import Unreadable
from cpdkit.text.files import Disk
from cpdkit.text.write import locked, write_all


class FilePatch(NamedTuple):
    """One file before and after the fixes, and the diagnostics that they fix."""

    path: str
    before: bytes
    after: bytes
    applied: tuple[Diagnostic, ...]


def fixable(diagnostic: Diagnostic, unsafe: bool = False) -> bool:
    """Return whether a diagnostic has a fix; fixes that need a review count only with `unsafe`."""
    return diagnostic.fix is not None and (unsafe or diagnostic.fix.safe)


def apply_fixes(
    data: bytes, diagnostics: Iterable[Diagnostic], unsafe: bool = False
) -> tuple[bytes, tuple[Diagnostic, ...]]:
    """Return a file's bytes with the fixes of its diagnostics, and the diagnostics whose fixes were applied.

    If fixes overlap or touch, only the first is applied; the others wait until the file is read again.
    """
    claimed = ClaimedSpans()
    applied = tuple(
        each
        for each in sorted(diagnostics, key=attrgetter("order"))
        if fixable(each, unsafe) and each.fix and claimed.claim(each.fix.edits)
    )
    edits = [edit for each in applied if each.fix for edit in each.fix.edits]
    return apply(data, edits), applied


def plan_fixes(
    root: Path,
    wanted: Sequence[str] = (),
    unsafe: bool = False,
    day: date | None = None,
    is_chosen: Callable[[Diagnostic], bool] = lambda _: True,
) -> tuple[FilePatch, ...]:
    """Return the changes of `--fix`, file by file, without writing.

    `wanted` are paths in the journal (none for all of it); `is_chosen` returns whether to fix a diagnostic.
    """
    plan = _Plan(root.resolve(), tuple(wanted), day or today(), lambda each: fixable(each, unsafe) and is_chosen(each))
    plan.fix()
    return plan.patches()


def fixed_text(root: Path, path: str, over: Mapping[str, bytes], day: date | None = None) -> bytes:
    """Return the text of one file in `over` with every safe fix of its own problems, applied round by round."""
    plan = _Plan(root.resolve(), (path,), day or today(), fixable)
    plan.over.update(over)
    plan.fix()
    return plan.over[path]


def diff(patches: Iterable[FilePatch]) -> str:
    """Return the patches as one unified diff for `git apply`; each line keeps its own newline."""
    return "".join(line for patch in patches for line in _diff(patch))


def write_fixes(root: Path, patches: Sequence[FilePatch]) -> None:
    """Write the patched files, all or none.

    Raise ChangedOnDisk if a file has changed since it was read, and CannotWrite if one can't be written.
    """
    before = {root / patch.path: patch.before for patch in patches}
    with locked(root):
        write_all({root / patch.path: patch.after for patch in patches}, before, root)


class _Plan:
    """The journal with fixed files that replace those on the disk."""

    def __init__(self, root: Path, wanted: tuple[str, ...], day: date, is_chosen: Callable[[Diagnostic], bool]) -> None:
        self.root = root
        self.wanted = wanted
        self.day = day
        self.is_chosen = is_chosen
        self.over: dict[str, bytes] = {}
        self.before: dict[str, bytes] = {}
        self.applied: dict[str, tuple[Diagnostic, ...]] = {}
        self.disk = Disk(str(root), self.over)

    def fix(self) -> None:
        """Fix every file, and check the journal again until that changes nothing: fixes can reveal other problems.

        It also ends if two fixes undo each other, so that the files become what they were before.
        """
        seen: list[dict[str, bytes]] = []
        while self.over not in seen:
            seen.append(dict(self.over))
            self.fix_once()

    def fix_once(self) -> None:
        """Fix the problems of every file by itself once."""
        files = self.fixable_files()
        if self.keep(files):
            # The fixes must apply to the bytes that were checked: those kept from now on.
            files = self.fixable_files()
        self.context = context_of(list_journal(self.disk, self.wanted), self.disk, self.day)
        for path, diagnostics in files.items():
            if path in self.over:
                self.fix_file(path, diagnostics)

    def fixable_files(self) -> dict[str, tuple[Diagnostic, ...]]:
        """Return the diagnostics of each file that has one to fix."""
        result = check_journal(self.root, self.wanted, self.day, self.over)
        files = {path: tuple(group) for path, group in groupby(result.diagnostics, key=attrgetter("path"))}
        return {path: diagnostics for path, diagnostics in files.items() if any(map(self.is_chosen, diagnostics))}

    def keep(self, paths: Iterable[str]) -> bool:
        """Keep the bytes of every file from now on; return whether any of them was not kept yet."""
        new = [path for path in paths if path not in self.over]
        for path in new:
            with suppress(Unreadable):
                self.over[path] = self.before[path] = self.disk.read(path, RECORD_LIMIT)[0]
        return any(path in self.over for path in new)

    def fix_file(self, path: str, diagnostics: tuple[Diagnostic, ...]) -> None:
        """Fix one file and read it again until nothing remains to fix."""
        refused: set[tuple[str, str]] = set()
        seen: set[int] = set()
        while todo := [each for each in diagnostics if self.is_chosen(each) and _place_of(each) not in refused]:
            after = self.improve(path, diagnostics, todo)
            if after is None and len(todo) > 1:
                # They fail together, so try one at a time.
                after = self.improve(path, diagnostics, todo[:1])
            if after is None:
                refused.add(_place_of(todo[0]))
            elif hash(self.over[path]) in seen:  # two fixes undo each other
                return
            else:
                seen.add(hash(self.over[path]))
                diagnostics = after

    def improve(
        self, path: str, diagnostics: Sequence[Diagnostic], todo: Iterable[Diagnostic]
    ) -> tuple[Diagnostic, ...] | None:
        """Keep the fixed bytes and return the file's new diagnostics; None, without a change, if it isn't better."""
        data = self.over[path]
        after, applied = apply_fixes(data, todo, unsafe=True)
        self.over[path] = after
        new = self.diagnostics_of(path)
        if after == data or not _is_better(diagnostics, applied, new, self.is_chosen):
            self.over[path] = data
            return None
        self.applied[path] = (*self.applied.get(path, ()), *applied)
        return new

    def diagnostics_of(self, path: str) -> tuple[Diagnostic, ...]:
        """Return the diagnostics of a file with the bytes that are kept."""
        if path.partition("/")[0] in RECORD_KINDS:
            return check_file(path, self.context).diagnostics
        wanted = (path,) if path in (MEMBER_FILE, PEOPLE_FILE) else ()
        result = check_journal(self.root, wanted, self.day, self.over)
        return tuple(each for each in result.diagnostics if each.path == path)

    def patches(self) -> tuple[FilePatch, ...]:
        """Return the files that changed."""
        return tuple(
            FilePatch(path, self.before[path], after, self.applied[path])
            for path, after in sorted(self.over.items())
            if after != self.before[path]
        )


def _place_of(diagnostic: Diagnostic) -> tuple[str, str]:
    return diagnostic.location, diagnostic.message


def _is_better(
    before: Sequence[Diagnostic],
    applied: Sequence[Diagnostic],
    after: Sequence[Diagnostic],
    is_chosen: Callable[[Diagnostic], bool],
) -> bool:
    """Return whether the fixed problems are gone, and every new error can be fixed in turn.

    YAML reports only the first error of a file, so that after its fix, errors below the edits may appear.
    """
    counts = Counter(map(_problem_of, after))
    old_counts = Counter(map(_problem_of, before))
    for each in applied:
        problem = _problem_of(each)
        if counts[problem] >= old_counts[problem] and any(
            _problem_of(other) == problem and other.order <= each.order for other in after
        ):
            return False
    edited = {line for each in applied for line in _edited_lines(each)}
    was_refused = any(each.code in _YAML_ERRORS for each in before)
    # Only errors that make a record unreadable count: once a record is readable, the rules find more.
    new_errors = [
        each
        for each in after
        if each.code in CODES
        and each.severity is Severity.ERROR
        and counts[_problem_of(each)] > old_counts[_problem_of(each)]
    ]
    if any(_is_swallowed(each, applied) for each in new_errors):
        return False
    return all(
        is_chosen(each) or (was_refused and _line(each) not in edited and not _is_above(each, edited))
        for each in new_errors
    )


_YAML_ERRORS = frozenset(code for code, rule in CODES.items() if code < "CPD2" and rule.severity is Severity.ERROR)
"""Errors that make the fields unreadable."""


def _is_swallowed(error: Diagnostic, applied: Iterable[Diagnostic]) -> bool:
    """Return whether a fix made a field part of another field's value, so that it is missing: two lines were joined."""
    if error.code not in ("CPD201", "CPD301"):
        return False
    name = error.message.partition(" ")[0]
    return any(f"{name}:" in edit.new for each in applied if each.fix for edit in each.fix.edits)


def _is_above(error: Diagnostic, edited: set[int]) -> bool:
    """Return whether YAML now stops above the edits, which it passed before."""
    return error.code in _YAML_ERRORS and _line(error) < min(edited, default=0)


def _problem_of(diagnostic: Diagnostic) -> tuple[str, str]:
    return diagnostic.code, diagnostic.message


def _line(diagnostic: Diagnostic) -> int:
    return diagnostic.span.line if diagnostic.span else 0


def _edited_lines(diagnostic: Diagnostic) -> Iterable[int]:
    """Return the lines that the edits of a diagnostic wrote; none for deleted lines."""
    for edit in diagnostic.fix.edits if diagnostic.fix else ():
        span = edit.span
        is_whole = span.column == 1 == span.end_column and span.end_line > span.line
        yield from range(span.line, span.line + edit.new.count("\n") if is_whole else span.end_line + 1)


def _diff(patch: FilePatch) -> Iterable[str]:
    before, after = _split(patch.before), _split(patch.after)
    for line in unified_diff(before, after, f"a/{patch.path}", f"b/{patch.path}"):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _split(data: bytes) -> list[str]:
    """Return the lines for a diff, which end only with a line feed."""
    lines = data.decode("utf-8", "surrogateescape").split("\n")
    return [f"{line}\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])
