"""Code actions for problems: apply a fix, apply all safe fixes, or accept a problem in this file."""

import re
from collections.abc import Callable, Iterable, Sequence
from difflib import SequenceMatcher

from lsprotocol.types import CodeAction, CodeActionKind, Range, TextEdit, WorkspaceEdit

from cpdkit.diagnostics import Diagnostic, Edit, Fix
from cpdkit.editor.diagnostics import lsp_diagnostic
from cpdkit.editor.outline import JournalFile
from cpdkit.editor.positions import Text
from cpdkit.journal.codes import is_fixed
from cpdkit.journal.reader import RECORD_KINDS

FIX_ALL = "source.fixAll.cpdkit"
ACCEPTED = "accepted"
MOST_LINES = 400
"""If more lines change, they are replaced as one piece: comparing them would take too long while somebody types."""
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
EditOf = Callable[[Sequence[TextEdit]], WorkspaceEdit]


def actions(
    file: JournalFile, stretch: Range, diagnostics: Sequence[Diagnostic], only: Sequence[str], edit_of: EditOf
) -> list[CodeAction]:
    """Return quick fixes for the problems in a range of the file, then actions that accept them.

    `only` are the requested kinds, empty for all; `edit_of` makes a workspace edit from edits to this file.
    """
    if not _is_wanted(CodeActionKind.QuickFix, only):
        return []
    here = [each for each in diagnostics if _touches(file.text.marked(each.span), stretch)]
    fixes = [_fix(file, each, each.fix, edit_of) for each in here if each.fix]
    codes = {each.code: each for each in reversed(here)}
    return [*fixes, *(action for each in codes.values() if (action := _acceptance(file, each, edit_of)))]


def fix_all(file: JournalFile, fixed: bytes, only: Sequence[str], edit_of: EditOf) -> list[CodeAction]:
    """Return the action that applies every safe fix; `fixed` is the file after them. None if nothing changes."""
    after = fixed.decode("utf-8", "surrogatepass")
    if not _is_wanted(FIX_ALL, only) or after == file.text.source:
        return []
    return [CodeAction("Apply all safe fixes", FIX_ALL, edit=edit_of(between(file.text, after)))]


def wants_fix_all(only: Sequence[str]) -> bool:
    """Return whether the action for all safe fixes is requested."""
    return _is_wanted(FIX_ALL, only)


def _is_wanted(kind: str, only: Sequence[str]) -> bool:
    """Return whether a kind is requested, by its name or by a parent kind: `source` for `source.fixAll`."""
    return not only or any(kind == each or kind.startswith(f"{each}.") for each in only)


def _touches(one: Range, other: Range) -> bool:
    def ends(some: Range) -> tuple[tuple[int, int], tuple[int, int]]:
        return (some.start.line, some.start.character), (some.end.line, some.end.character)

    (first, stop), (start, end) = ends(one), ends(other)
    return first <= end and start <= stop


def _fix(file: JournalFile, diagnostic: Diagnostic, fix: Fix, edit_of: EditOf) -> CodeAction:
    title = fix.title[:1].upper() + fix.title[1:]
    return CodeAction(
        title if fix.safe else f"{title} (review this change)",
        CodeActionKind.QuickFix,
        [lsp_diagnostic(diagnostic, file.text, file.text.encoding)],
        is_preferred=fix.safe or None,
        edit=edit_of(text_edits(file.text, fix.edits)),
    )


def text_edits(text: Text, edits: Iterable[Edit]) -> list[TextEdit]:
    """Return a fix's edits as LSP edits, with the file's own newline."""
    return [TextEdit(text.range_of(each.span), each.new.replace("\n", text.newline)) for each in edits]


def _acceptance(file: JournalFile, diagnostic: Diagnostic, edit_of: EditOf) -> CodeAction | None:
    edit = None if is_fixed(diagnostic.code) else acceptance(file, diagnostic.code)
    if edit is None:
        return None
    diagnostics = [lsp_diagnostic(diagnostic, file.text, file.text.encoding)]
    return CodeAction(f"Accept {diagnostic.code} in this file (needs a reason)", CodeActionKind.QuickFix, diagnostics,
                      edit=edit_of([edit]))  # fmt: skip


def acceptance(file: JournalFile, code: str) -> TextEdit | None:
    """Return the edit that accepts a code in a record, with an empty reason; None if it can't be inserted."""
    if file.path.partition("/")[0] not in RECORD_KINDS or not file.is_closed:
        return None
    newline = file.text.newline
    entry = f'{code}: ""'
    key = next((each for each in file.outline.tokens if each.key and each.path == (ACCEPTED,)), None)
    if key is None:
        return _inserted(file.text, file.front[1], 0, f"{ACCEPTED}:{newline}  {entry}{newline}")
    inner = [each for each in file.outline.tokens if each.key and each.path[:-1] == (ACCEPTED,)]
    if code in {each.text for each in inner}:
        return None
    brace = file.text.line(key.line).find("{", key.stop)
    if brace >= 0:
        return _inserted(file.text, key.line, brace + 1, f"{entry}, " if inner else entry)
    indent = inner[0].start if inner else key.start + 2
    return _inserted(file.text, key.line + 1, 0, f"{' ' * indent}{entry}{newline}")


def _inserted(text: Text, line: int, column: int, new: str) -> TextEdit:
    return TextEdit(text.range(line, column, column), new)


def between(text: Text, after: str) -> list[TextEdit]:
    """Return the edits of whole lines that turn `text` into `after`."""
    old, new = _LINE.findall(text.source), _LINE.findall(after)
    first = next((number for number, pair in enumerate(zip(old, new, strict=False)) if pair[0] != pair[1]),
                 min(len(old), len(new)))  # fmt: skip
    rest = min(len(old), len(new)) - first
    last = next((number for number in range(rest) if old[-1 - number] != new[-1 - number]), rest)
    left, right = old[first : len(old) - last], new[first : len(new) - last]
    steps = [("replace", 0, len(left), 0, len(right))]
    if max(len(left), len(right)) <= MOST_LINES:
        steps = list(SequenceMatcher(None, left, right, autojunk=False).get_opcodes())
    return [
        TextEdit(_lines(text, first + start, first + stop), "".join(right[begin:end]))
        for what, start, stop, begin, end in steps
        if what != "equal"
    ]


def _lines(text: Text, start: int, stop: int) -> Range:
    """Return the range of whole lines; on the first line it includes the byte order mark."""
    return Range(text.position(start, -1 if start == 0 else 0), text.position(stop, -1 if stop == 0 else 0))
