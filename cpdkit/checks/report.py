"""Diagnostics as text: the place, the sentence, the line of the file with a caret under it, the way out."""

from collections import Counter
from collections.abc import Iterable, Sequence

from cpdkit.diagnostics import Diagnostic, Severity, Span
from cpdkit.journal.loading import Journal
from cpdkit.text.cells import ELLIPSIS, cut, printable, width

LINE_COLUMNS = 100
"""How many columns of a source line are shown, and how many before the caret at most."""
BEFORE_COLUMNS = 60
TAB = " " * 4
_COLOURS = {Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.ADVICE: "1;36"}
_PLURALS = {Severity.ERROR: "errors", Severity.WARNING: "warnings", Severity.ADVICE: "pieces of advice"}
_SINGULARS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "piece of advice"}


def told(diagnostics: Iterable[Diagnostic], colour: bool = False) -> str:
    """All diagnostics as lines, in the order given; empty for none."""
    return "\n".join("\n".join(tell(each, colour)) for each in diagnostics)


def tell(diagnostic: Diagnostic, colour: bool = False) -> list[str]:
    """One diagnostic as lines: place and sentence, and the marked source line where there is one."""
    kind = _painted(str(diagnostic.severity), _COLOURS[diagnostic.severity], colour)
    first = f"{printable(diagnostic.location)}: {kind} {diagnostic.code}: {printable(diagnostic.message)}"
    beside = [printable(text) for text in (diagnostic.note, diagnostic.hint) if text]
    if diagnostic.span is None or not diagnostic.source:
        return [first, *(f"    {text}" for text in beside)]
    number = str(diagnostic.span.line).rjust(3)
    gutter = " " * len(number) + " │ "
    line, before, marked = _marked(diagnostic.source, diagnostic.span)
    caret = _painted("^" * marked, _COLOURS[diagnostic.severity], colour)
    lines = [f"{number} │ {line}", f"{gutter}{' ' * before}{' '.join([caret, *beside[:1]])}"]
    return [first, *lines, *(f"{gutter}{' ' * before}{text}" for text in beside[1:])]


def summary(journal: Journal, diagnostics: Sequence[Diagnostic]) -> str:
    """`61 activities checked: 2 errors, 1 warning`."""
    count = len(journal.activities) + sum(path.startswith("activities/") for path in journal.unread)
    counts = Counter(each.severity for each in diagnostics)
    said = ", ".join(_counted(counts[severity], severity) for severity in Severity if counts[severity])
    return f"{count:,} {'activity' if count == 1 else 'activities'} checked: {said or 'no problems'}"


def _counted(count: int, severity: Severity) -> str:
    return f"{count:,} {(_SINGULARS if count == 1 else _PLURALS)[severity]}"


def _marked(source: str, span: Span) -> tuple[str, int, int]:
    """The line as it is shown, the columns before the caret, and the columns that the caret marks."""
    stop = span.end_column - 1 if span.end_line == span.line else len(source)
    start = min(span.column - 1, len(source))
    before, rest = _shown(source[:start]), _shown(source[start:])
    if width(before) > BEFORE_COLUMNS:
        before = ELLIPSIS + before[-BEFORE_COLUMNS // 2 :]
    marked = width(_shown(source[start:stop].rstrip() or source[start:stop]))
    return cut(before + rest, LINE_COLUMNS), width(before), max(1, min(marked, LINE_COLUMNS - width(before)))


def _shown(text: str) -> str:
    return printable(text.replace("\t", TAB))


def _painted(text: str, colour: str, wanted: bool) -> str:
    return f"\x1b[{colour}m{text}\x1b[0m" if wanted else text
