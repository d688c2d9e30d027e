"""The problems found while one file is read, and fixes for values."""

import re
from collections.abc import Callable, Iterable, Sequence

from cpdkit.diagnostics import Diagnostic, Fix, Severity, Span, shown
from cpdkit.journal.codes import CODES, of_fault
from cpdkit.text.faults import Fault
from cpdkit.text.lookalikes import digits_for_letters, first_lookalike, plain_signs
from cpdkit.text.source import Source
from cpdkit.text.wording import shortened
from cpdkit.text.yaml import MappingNode, Node, ScalarNode, SequenceNode, span
from cpdkit.text.yaml_comments import comment_at, is_cut
from cpdkit.text.yaml_scalars import delete, whole_line, write


class Problems:
    """The diagnostics of one file. `top` is the place for problems of the whole record.

    `errors` counts the errors. A file with errors has no record.
    """

    __slots__ = ("diagnostics", "errors", "source", "top")

    def __init__(self, source: Source, top: Span | None = None) -> None:
        self.source = source
        self.top = top
        self.diagnostics: list[Diagnostic] = []
        self.errors = 0

    def add(
        self,
        code: str,
        where: Node | Span | None,
        message: str,
        note: str = "",
        hint: str = "",
        fix: Fix | None = None,
    ) -> None:
        """Add a problem at a node or a span. None is the top of the record."""
        place = where if isinstance(where, Span) else span(where) if where is not None else self.top
        line = shown(self.source.line(place.line)) if place else ""
        severity = CODES[code].severity
        self.note(Diagnostic(self.source.path, place, code, severity, message, line, note, hint, fix))

    def faults(self, faults: Iterable[Fault]) -> None:
        """Add faults in the text."""
        for fault in faults:
            line = shown(self.source.line(fault.span.line)) if fault.span else ""
            self.note(of_fault(self.source.path, fault, line))

    def note(self, diagnostic: Diagnostic) -> None:
        """Add a diagnostic, and count it if it is an error."""
        self.diagnostics.append(diagnostic)
        self.errors += diagnostic.severity is Severity.ERROR

    def shape(self, node: Node, wanted: str, hint: str = "") -> None:
        """Report that a value is a list, mapping or text where the field needs something else."""
        self.add("CPD203", node, f"expected {wanted}, found {_SHAPES[type(node)]}", hint=hint)


_SHAPES: dict[type, str] = {ScalarNode: "text", SequenceNode: "a list", MappingNode: "a mapping"}


def quoted(text: str) -> str:
    """Return a value as a message quotes it: shortened, in double quotes unless it is a number, a date or a code."""
    quote = shortened(text, 40)
    return quote if re.fullmatch(r"(?=.*\d)[\w.,:/+-]+", quote) else f'"{quote}"'


def instead(node: Node, new: str, safe: bool = True) -> Fix | None:
    """Return the fix that replaces a value on a single line, or None for other values."""
    where = span(node)
    if type(node) is not ScalarNode or where.line != where.end_line or where.column == where.end_column:
        return None
    return write(where, new, safe)


def is_lookalike(text: str, node: Node, to: Problems, accepts: Callable[[str], bool]) -> bool:
    """Report a value that is right except for characters that only look like the right ones; return whether it is.

    A letter for a digit (`2O26`) may be a different mistake in a number, so its fix is safe only in a date.
    """
    plain, what = plain_signs(text), first_lookalike(text)
    sure = True
    if not accepts(plain):
        plain = digits_for_letters(plain)
        sure = plain.count("-") == 2
        letter = next((each for each in text if each != digits_for_letters(each)), "")
        what = what or f"the letter {letter}"
    if plain == text or not accepts(plain):
        return False
    message = f"{quoted(text)} contains {what}, which only looks like the right character"
    to.add("CPD222", node, message, hint=f"write {plain}", fix=instead(node, plain, sure))
    return True


def renamed(key: ScalarNode, name: str, safe: bool = True) -> Fix | None:
    """Return the fix that renames a field."""
    fix = instead(key, name, safe)
    return Fix(f'rename it to "{name}"', fix.edits, safe) if fix else None


def swapped(one: Node, other: Node) -> Fix | None:
    """Return the fix that swaps two values."""
    if type(one) is not ScalarNode or type(other) is not ScalarNode:
        return None
    there, here = instead(one, other.value.strip(), False), instead(other, one.value.strip(), False)
    return Fix("swap the two values", (*there.edits, *here.edits), safe=False) if there and here else None


def swallowed(node: Node, source: Source) -> Span | None:
    """Return the place of a comment that is probably the rest of a value without quotes, or all of it."""
    where = span(node)
    if type(node) is not ScalarNode or node.style:
        return None
    line = source.line(where.end_line)
    after = comment_at(line, where.end_column - 1)
    if after is None or not is_cut(node.value, after):
        return None
    return Span(where.end_line, line.index("#", where.end_column - 1) + 1, where.end_line, len(line.rstrip()) + 1)


def without_item(items: Sequence[Node], number: int, source: Source) -> Fix | None:
    """Return the fix that deletes an item of a list, with its comma, or with its line if it is alone there."""
    where = span(items[number])
    line = source.line(where.line)
    if where.end_line != where.line:
        return _without_dash(where, source)
    if line[: where.column - 1].strip() == "-" and not line[where.end_column - 1 :].strip():
        return delete("delete it", whole_line(where.line)) if len(items) > 1 else None
    before = span(items[number - 1]) if number else None
    after = span(items[number + 1]) if number + 1 < len(items) else None
    if before and before.end_line == where.line and line[before.end_column - 1 : where.column - 1].strip() == ",":
        return delete("delete it", Span(where.line, before.end_column, where.line, where.end_column))
    if before or not after or after.line != where.line:
        return None
    comma = line[where.end_column - 1 : after.column - 1].strip() == ","
    return delete("delete it", Span(where.line, where.column, where.line, after.column)) if comma else None


def _without_dash(where: Span, source: Source) -> Fix | None:
    """Return the fix for an item that is only a dash. Its span ends where the next item starts."""
    for number in (where.line, where.line - 1):
        if source.line(number).strip() == "-":
            return delete("delete it", whole_line(number))
    return None
