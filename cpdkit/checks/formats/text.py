"""Diagnostics as text: the place, the sentence, the line of the file with a caret under it, the way out."""

from collections.abc import Callable, Iterable, Sequence

from cpdkit.checks.engine import CheckResult
from cpdkit.checks.formats.common import activities_checked, severity_counts
from cpdkit.diagnostics import Diagnostic, Severity, Span
from cpdkit.text.terminal import cut, printable, width, wrap
from cpdkit.text.wording import ELLIPSIS

LINE_COLUMNS = 100
"""How many columns of a source line are shown where no terminal says otherwise."""
LEAST_COLUMNS = 30
"""A terminal narrower than this breaks the lines itself."""
LEAST_BESIDE = 24
"""With fewer columns right of the caret than this, what stands beside it goes below."""
TAB = " " * 4
_INDENT = " " * 4
_COLOURS = {Severity.ERROR: "1;31", Severity.WARNING: "1;35", Severity.ADVICE: "1"}
"""Red, magenta and bold: yellow and cyan can't be read on a light ground, blue not on a dark one."""
PathText = Callable[[str], str]


def diagnostics_text(
    diagnostics: Iterable[Diagnostic], colour: bool = False, columns: int = 0, path_of: PathText = str
) -> str:
    """Return all diagnostics as lines, in the order given; empty for none.

    They are fitted into so many columns (0: as long as they are). `path_of` says how a path is written.
    """
    return "\n".join("\n".join(diagnostic_lines(each, colour, columns, path_of)) for each in diagnostics)


def diagnostic_lines(
    diagnostic: Diagnostic, colour: bool = False, columns: int = 0, path_of: PathText = str
) -> list[str]:
    """Return one diagnostic as lines: place and sentence, and the marked source line where there is one."""
    columns = columns and max(columns, LEAST_COLUMNS)
    first = _first(diagnostic, colour, columns, path_of)
    beside = [printable(text) for text in (diagnostic.note, *_ways_out(diagnostic)) if text]
    if diagnostic.span is None or not diagnostic.source:
        return [*first, *(line for text in beside for line in _indented(text, _INDENT, columns))]
    number = str(diagnostic.span.line).rjust(3)
    gutter = " " * len(number) + " │ "
    line, before, marked = _marked(diagnostic.source, diagnostic.span, columns - len(gutter) if columns else 0)
    caret = _painted("^" * marked, _COLOURS[diagnostic.severity], colour)
    return [*first, f"{number} │ {line}", *_under(caret, gutter, before, marked, beside, columns)]


def summary(result: CheckResult, columns: int = 0, hidden: int = 0) -> str:
    """Return `61 activities checked: 2 errors, 1 of them fixable · cpd explain CPD204 says more`.

    `hidden` counts the problems that options leave out.
    """
    diagnostics = result.diagnostics
    none = "none of the problems asked for" if hidden else "no problems"
    text = f"{activities_checked(result.activities)}: {severity_counts(diagnostics) or none}{_fixable(diagnostics)}"
    text += f"; {hidden:,} more not shown" if hidden else ""
    worst = min(diagnostics, key=lambda each: each.severity, default=None)
    more = f"cpd explain {worst.code} says more" if worst else ""
    one = " · ".join(filter(None, (text, more)))
    return one if not columns or width(one) <= columns else "\n".join(filter(None, (*wrap(text, columns), more)))


def _fixable(diagnostics: Sequence[Diagnostic]) -> str:
    safe = sum(bool(each.fix and each.fix.safe) for each in diagnostics)
    if not safe:
        return ""
    if safe == len(diagnostics):
        return ", fixable" if safe == 1 else ", all fixable"
    return f", {safe:,} of them fixable"


def _ways_out(diagnostic: Diagnostic) -> tuple[str, ...]:
    """Return the hint, and what would mend it; in one where the hint says the same."""
    fix, hint = diagnostic.fix, diagnostic.hint
    if fix is None:
        return (hint,)
    command = f"cpd check {'--fix' if fix.safe else '--unsafe-fix'}"
    return (f"{hint} ({command} does it)",) if hint.startswith(fix.title) else (hint, f"({command} would {fix.title})")


def _first(diagnostic: Diagnostic, colour: bool, columns: int, path_of: PathText) -> list[str]:
    """Place and sentence; where they are too long for one line, the place keeps one of its own to be opened by."""
    path = path_of(diagnostic.path)
    where = printable(f"{path}:{diagnostic.span.line}:{diagnostic.span.column}" if diagnostic.span else path)
    kind, message = f"{diagnostic.severity} {diagnostic.code}:", printable(diagnostic.message)
    painted = _painted(str(diagnostic.severity), _COLOURS[diagnostic.severity], colour)
    if not columns or width(f"{where}: {kind} {message}") <= columns:
        return [f"{where}: {painted} {diagnostic.code}: {message}"]
    first, *rest = _indented(f"{kind} {message}", _INDENT, columns)
    return [f"{where}:", first.replace(str(diagnostic.severity), painted, 1), *rest]


def _under(caret: str, gutter: str, before: int, marked: int, beside: Sequence[str], columns: int) -> list[str]:
    """Return the caret with the first text beside it where there is room, and the others below."""
    space = gutter + " " * before
    if not beside:
        return [space + caret]
    right = before + marked + 1
    if not columns or len(gutter) + right + width(beside[0]) <= columns:
        return [f"{space}{caret} {beside[0]}", *_below(beside[1:], gutter, before, columns)]
    return [space + caret, *_below(beside, gutter, before, columns)]


def _below(texts: Sequence[str], gutter: str, before: int, columns: int) -> list[str]:
    """Texts under the caret; further left where too little room would be left."""
    room = columns - len(gutter) - before if columns else LEAST_BESIDE
    indent = gutter + " " * (before if room >= LEAST_BESIDE else 0)
    return [line for text in texts for line in _indented(text, indent, columns)]


def _indented(text: str, indent: str, columns: int) -> list[str]:
    lines = wrap(text, columns - width(indent)) if columns else [text]
    return [indent + line for line in lines]


def _marked(source: str, span: Span, columns: int) -> tuple[str, int, int]:
    """Return the line as it is shown, the columns before the caret, and the columns that the caret marks."""
    columns = min(columns or LINE_COLUMNS, LINE_COLUMNS)
    stop = span.end_column - 1 if span.end_line == span.line else len(source)
    start = max(0, min(span.column - 1, len(source)))
    before, rest = _shown(source[:start]), _shown(source[start:])
    marked = width(_shown(source[start:stop].rstrip() or source[start:stop]))
    most = columns * 3 // 5
    if width(before + rest) > columns and (width(before) > most or width(before) + marked > columns > marked):
        before = _end(before, min(most // 2, max(0, columns - marked - 1)))
    return cut(before + rest, columns), width(before), max(1, min(marked, columns - width(before)))


def _end(text: str, columns: int) -> str:
    """Return the end of a text in at most so many columns, with an ellipsis before it."""
    kept = text[-columns:] if columns else ""
    while width(kept) > columns:
        kept = kept[1:]
    return text if kept == text else ELLIPSIS + kept


def _shown(text: str) -> str:
    return printable(text.replace("\t", TAB))


def _painted(text: str, colour: str, wanted: bool) -> str:
    return f"\x1b[{colour}m{text}\x1b[0m" if wanted else text
