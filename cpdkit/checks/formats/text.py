"""Diagnostics as text: the place, the message, the line of the file with a caret below it, the hint and the fix."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import groupby

from cpdkit.checks.engine import CheckResult
from cpdkit.checks.formats.common import activities_checked, severity_counts, third_person
from cpdkit.checks.formats.covering import covered
from cpdkit.checks.registry import CODES
from cpdkit.diagnostics import Diagnostic, Severity, Span
from cpdkit.text.terminal import cut, printable, width, wrap
from cpdkit.text.wording import ELLIPSIS, plural

LINE_COLUMNS = 100
"""The columns of a source line that are shown without a terminal."""
LEAST_COLUMNS = 30
"""A narrower terminal breaks the lines itself."""
LEAST_RIGHT = 24
"""If fewer columns than this are right of the caret, its text starts at the left."""
FIRST_PLACES = 3
"""The places that the line of a repeated piece of advice names."""
TAB = " " * 4
_INDENT = " " * 4
_COLOURS = {Severity.ERROR: "1;31", Severity.WARNING: "1;35", Severity.ADVICE: "1"}
"""Red, magenta and bold: yellow and cyan are illegible on a light background, blue on a dark one."""
PathText = Callable[[str], str]


def diagnostics_text(
    diagnostics: Iterable[Diagnostic], colour: bool = False, columns: int = 0, path_of: PathText = str
) -> str:
    """Return all diagnostics as lines, in the order given; empty for none.

    Lines are wrapped to a number of columns (0: not wrapped). `path_of` turns a path into what is printed.
    """
    return "\n".join("\n".join(diagnostic_lines(each, colour, columns, path_of)) for each in covered(diagnostics))


def overview(
    diagnostics: Iterable[Diagnostic],
    every: bool = False,
    colour: bool = False,
    columns: int = 0,
    path_of: PathText = str,
) -> list[list[str]]:
    """Return the problems as blocks of lines, the errors last, where a terminal shows them.

    Advice that several places have in common becomes one block, unless `every` is set.
    """
    shown = covered(sorted(diagnostics, key=lambda each: -each.severity))
    blocks = []
    repeated = set() if every else _repeated(shown)
    for code, group in groupby(_side_by_side(shown, repeated), key=lambda each: each.code):
        if code in repeated:
            blocks.append(_repeated_lines(list(group), colour, columns, path_of))
        else:
            blocks += [diagnostic_lines(each, colour, columns, path_of) for each in group]
    return blocks


def is_summarised(diagnostics: Iterable[Diagnostic]) -> bool:
    """Return whether `overview` puts several problems into one line."""
    return bool(_repeated(tuple(diagnostics)))


def diagnostic_lines(
    diagnostic: Diagnostic, colour: bool = False, columns: int = 0, path_of: PathText = str
) -> list[str]:
    """Return one diagnostic as lines: its place and message, then the marked source line if there is one."""
    (diagnostic,) = covered([diagnostic])
    columns = columns and max(columns, LEAST_COLUMNS)
    first = _first(diagnostic, colour, columns, path_of)
    texts = [printable(text) for text in (diagnostic.note, *_hints(diagnostic)) if text]
    if diagnostic.span is None or not diagnostic.source:
        return [*first, *(line for text in texts for line in _indented(text, _INDENT, columns))]
    number = str(diagnostic.span.line).rjust(3)
    gutter = " " * len(number) + " │ "
    line, before, marked = _marked(diagnostic.source, diagnostic.span, columns - len(gutter) if columns else 0)
    caret = _painted("^" * marked, _COLOURS[diagnostic.severity], colour)
    return [*first, f"{number} │ {line}", *_under(caret, gutter, before, marked, texts, columns)]


def _repeated(diagnostics: Sequence[Diagnostic]) -> set[str]:
    """Return the codes that several pieces of advice have."""
    counts = Counter(each.code for each in diagnostics if each.severity is Severity.ADVICE)
    others = {each.code for each in diagnostics if each.severity is not Severity.ADVICE}
    return {code for code, count in counts.items() if count > 1} - others


def _side_by_side(diagnostics: Sequence[Diagnostic], codes: Collection[str]) -> list[Diagnostic]:
    """Return the diagnostics with those of each of the codes together, at the place of the first."""
    first: dict[str, int] = {}
    for number, each in enumerate(diagnostics):
        first.setdefault(each.code, number)
    numbered = enumerate(diagnostics)
    return [
        each for _, each in sorted(numbered, key=lambda one: first[one[1].code] if one[1].code in codes else one[0])
    ]


def _repeated_lines(group: Sequence[Diagnostic], colour: bool, columns: int, path_of: PathText) -> list[str]:
    """Return one piece of advice that several places have: its count and the first places, as many as fit."""
    code, severity = group[0].code, group[0].severity
    messages = {each.message for each in group}
    message = group[0].message if len(messages) == 1 or code not in CODES else CODES[code].title
    head = f"{_painted(str(severity), _COLOURS[severity], colour)} {code}: {printable(message)} ({len(group):,} times)"
    places = list(dict.fromkeys(printable(_line_of(each, path_of)) for each in group))
    plain = f"{severity} {code}: {printable(message)} ({len(group):,} times)"
    if not columns or width(f"{plain}: {_first_places(places, 1)}") <= columns:
        room = columns - width(f"{plain}: ")
        return [f"{head}: {_most_places(places, room if columns else 0)}"]
    return [head, f"{_INDENT}{_most_places(places, columns - len(_INDENT))}"]


def _line_of(diagnostic: Diagnostic, path_of: PathText) -> str:
    path = path_of(diagnostic.path)
    return f"{path}:{diagnostic.span.line}" if diagnostic.span else path


def _most_places(places: Sequence[str], columns: int) -> str:
    """Return as many of the first places as fit into a number of columns (0: not limited), at least one."""
    counts = range(min(FIRST_PLACES, len(places)), 0, -1)
    texts = [_first_places(places, count) for count in counts]
    return next((text for text in texts if not columns or width(text) <= columns), texts[-1])


def _first_places(places: Sequence[str], count: int) -> str:
    rest = len(places) - count
    return ", ".join(places[:count]) + (f" and {rest:,} more" if rest else "")


def summary(result: CheckResult, columns: int = 0, hidden: int = 0, *, every: bool = True) -> str:
    """Return `61 activities checked: 2 errors (1 can be fixed with --fix). Run cpd explain CPD204 for details.`

    `hidden` counts the problems that options exclude. Without `every`, it names the option that lists each piece of
    advice, if some were put into one line.
    """
    diagnostics = result.diagnostics
    none = "no matching problems" if hidden else "no problems"
    text = f"{activities_checked(result.activities)}: {severity_counts(diagnostics) or none}{_fixable(diagnostics)}"
    text += f"; {hidden:,} {plural(hidden, 'other')} not shown" if hidden else ""
    worst = min(diagnostics, key=lambda each: each.severity, default=None)
    parts = [f"{text}.", f"Run cpd explain {worst.code} for details."] if worst else [text]
    if not every and is_summarised(diagnostics):
        parts.append("List all advice with cpd check --all.")
    line = " ".join(parts)
    return (
        line
        if not columns or width(line) <= columns
        else "\n".join(row for part in (parts[0], " ".join(parts[1:])) if part for row in wrap(part, columns))
    )


def _fixable(diagnostics: Sequence[Diagnostic]) -> str:
    safe = sum(bool(each.fix and each.fix.safe) for each in diagnostics)
    if not safe:
        return ""
    if safe == len(diagnostics):
        return f" ({'' if safe == 1 else 'all '}can be fixed with --fix)"
    return f" ({safe:,} can be fixed with --fix)"


def _hints(diagnostic: Diagnostic) -> tuple[str, ...]:
    """Return the hint and the command that fixes the problem; the command alone if the hint is the same."""
    fix, hint = diagnostic.fix, diagnostic.hint
    if fix is None:
        return (hint,)
    command = f"cpd check {'--fix' if fix.safe else '--unsafe-fix'}"
    if hint != fix.title and hint.startswith(fix.title):
        return (f"{hint} ({command} does this)",)
    return ("" if hint == fix.title else hint, f"{command} {third_person(fix.title)}")


def _first(diagnostic: Diagnostic, colour: bool, columns: int, path_of: PathText) -> list[str]:
    """Return the place and the message; if one line is too short for both, the place gets its own, to stay whole."""
    path = path_of(diagnostic.path)
    where = printable(f"{path}:{diagnostic.span.line}:{diagnostic.span.column}" if diagnostic.span else path)
    kind, message = f"{diagnostic.severity} {diagnostic.code}:", printable(diagnostic.message)
    painted = _painted(str(diagnostic.severity), _COLOURS[diagnostic.severity], colour)
    if not columns or width(f"{where}: {kind} {message}") <= columns:
        return [f"{where}: {painted} {diagnostic.code}: {message}"]
    first, *rest = _indented(f"{kind} {message}", _INDENT, columns)
    return [f"{where}:", first.replace(str(diagnostic.severity), painted, 1), *rest]


def _under(caret: str, gutter: str, before: int, marked: int, texts: Sequence[str], columns: int) -> list[str]:
    """Return the caret, with the first text next to it if there is room, and the others below."""
    space = gutter + " " * before
    if not texts:
        return [space + caret]
    right = before + marked + 1
    if not columns or len(gutter) + right + width(texts[0]) <= columns:
        return [f"{space}{caret} {texts[0]}", *_below(texts[1:], gutter, before, columns)]
    return [space + caret, *_below(texts, gutter, before, columns)]


def _below(texts: Sequence[str], gutter: str, before: int, columns: int) -> list[str]:
    """Return texts as lines below the caret; further left if there is too little room."""
    room = columns - len(gutter) - before if columns else LEAST_RIGHT
    indent = gutter + " " * (before if room >= LEAST_RIGHT else 0)
    return [line for text in texts for line in _indented(text, indent, columns)]


def _indented(text: str, indent: str, columns: int) -> list[str]:
    lines = wrap(text, columns - width(indent)) if columns else [text]
    return [indent + line for line in lines]


def _marked(source: str, span: Span, columns: int) -> tuple[str, int, int]:
    """Return the line to show, the columns before the caret, and the columns that the caret marks."""
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
    """Return the end of a text that fits into a number of columns, with an ellipsis before it."""
    kept = text[-columns:] if columns else ""
    while width(kept) > columns:
        kept = kept[1:]
    return text if kept == text else ELLIPSIS + kept


def _shown(text: str) -> str:
    return printable(text.replace("\t", TAB))


def _painted(text: str, colour: str, wanted: bool) -> str:
    return f"\x1b[{colour}m{text}\x1b[0m" if wanted else text
