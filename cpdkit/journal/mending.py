"""The fixes of fields: another value in a value's place, an item or a line taken out, a name put right."""

from collections.abc import Sequence as Many

from cpdkit.diagnostics import Fix, Span
from cpdkit.text.mending import delete, whole_line, write
from cpdkit.text.source import Source
from cpdkit.text.values import Node, Scalar, span

LONG_ENOUGH = 5
"""Words shorter than this are too often a slip away from another word that was meant."""


def instead(node: Node, new: str, safe: bool = True) -> Fix | None:
    """Write another value in the place of one on a single line."""
    where = span(node)
    if type(node) is not Scalar or where.line != where.end_line or where.column == where.end_column:
        return None
    return write(where, new, safe)


def renamed(key: Scalar, name: str, safe: bool = True) -> Fix | None:
    """Give a field another name."""
    fix = instead(key, name, safe)
    return Fix(f"rename it to {name}", fix.edits, safe) if fix else None


def swapped(one: Node, other: Node) -> Fix | None:
    """Put each of two values in the other's place."""
    if type(one) is not Scalar or type(other) is not Scalar:
        return None
    there, here = instead(one, other.value.strip(), False), instead(other, one.value.strip(), False)
    return Fix("swap the two", (*there.edits, *here.edits), safe=False) if there and here else None


def without_item(items: Many[Node], number: int, source: Source) -> Fix | None:
    """Take one item out of a list, with its comma, or with its line where that holds nothing else."""
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
    """An item of nothing but its dash ends where the next one starts."""
    for number in (where.line, where.line - 1):
        if source.line(number).strip() == "-":
            return delete("delete it", whole_line(number))
    return None


def is_plural(one: str, other: str) -> bool:
    """Whether two words differ in an `s` at the end alone."""
    return one in (other + "s", other.removesuffix("s")) or other == one.removesuffix("s")


def is_slip(word: str, meant: str) -> bool:
    """Whether a word is one letter away from another: one too many, one missing, another one, or two swapped."""
    if min(len(word), len(meant)) < LONG_ENOUGH or abs(len(word) - len(meant)) > 1 or word == meant:
        return False
    start = next((at for at, (one, other) in enumerate(zip(word, meant, strict=False)) if one != other), None)
    if start is None:
        return True
    one, other = word[start:], meant[start:]
    if len(one) != len(other):
        return one[1:] == other or one == other[1:]
    return one[1:] == other[1:] or (one[:2] == other[1::-1] and one[2:] == other[2:])
