"""What is wrong with a YAML text that the parser refused, told from the text itself.

The parser's own sentences speak of simple keys and block mappings, and change between versions. Only its
marks are used here; the cause is read from the characters that stand there.
"""

from collections.abc import Callable
from typing import Any

from cpdkit.text import syntax_lines as lines
from cpdkit.text import syntax_values as values
from cpdkit.text.faults import Fault, Kind
from cpdkit.text.places import Place, mark


def explain(text: str, error: Any) -> Fault:
    """The fault behind a parser's error, at its place in the text."""
    all_lines = text.split("\n")
    stop: Any = getattr(error, "problem_mark", None)
    start: Any = getattr(error, "context_mark", None) or stop
    if stop is None:
        return Fault(Kind.SYNTAX, "this can't be read as YAML", hint="look for characters that can't be seen")
    place = Place(all_lines, stop.line, stop.column, min(start.line, len(all_lines) - 1), start.column)
    for cause in _CAUSES:
        if fault := cause(place):
            return fault
    return _unknown(place)


def _unknown(place: Place) -> Fault:
    column = min(place.column, max(len(place.text) - 1, 0))
    line = min(place.line, len(place.lines) - 1)
    hint = "write one field a line, as name: value, and put values with special characters in quotes"
    return Fault(Kind.SYNTAX, "this can't be read as YAML", mark(line, column), hint=hint)


_CAUSES: tuple[Callable[[Place], Fault | None], ...] = (
    lines.tab,
    lines.odd_blanks,
    values.open_quote,
    values.escape,
    values.behind_quote,
    values.colon,
    values.reserved,
    lines.stray_dashes,
    values.comma,
    values.bracket,
    lines.missing_colon,
    lines.indentation,
)
"""In the order that tells the narrowest cause first."""
