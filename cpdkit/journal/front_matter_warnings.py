"""Warnings for what YAML silently ignores: a byte order mark, spaces at the end of a line, a value cut off by `#`."""

import re
from collections.abc import Iterator

from cpdkit.diagnostics import BOM_SPAN, Edit, Fix, Span
from cpdkit.journal.declarations import Fields
from cpdkit.journal.field_types import Items, Line, Text
from cpdkit.journal.file_problems import Problems
from cpdkit.text.yaml import MappingNode, Node, ScalarNode, SequenceNode, span
from cpdkit.text.yaml_scalars import in_quotes

_COMMENT = re.compile(r"[ \t]+#(.*)")
_NUMBERED = r"[0-9]|\s[0-9]{1,3}(?:\s*$|\s*[:.,;)(\]/–-]|\s(?:of|and|to)\s[0-9])"
"""The text after `#` if it is a number, as in `Course #3` and `Course # 3: storage`."""
_TAGS = r"(?i)(?!(?:todo|fixme|xxx|check|note|ok)\b)\w[\w-]*(?:\s+#\w[\w-]*)*\s*"
"""The text after the first `#` if there are only hashtags."""
_DANGLING = r"(?i)(?:[,;:(\[/&+–-]|\b(?:and|or|of|the|for|in|with|to|no|no\.|nr|nr\.|number))$"
"""The end of a text that is incomplete."""
_PAIRS = (("(", ")"), ("[", "]"), ("“", "”"), ("‘", "’"), ("«", "»"))


def note_warnings(front: str, mapping: MappingNode, table: Fields, to: Problems) -> None:
    """Report what is invisible in a front matter but may matter. `front` keeps the line numbers of the file."""
    if to.source.bom:
        fix = Fix("delete it", (Edit(BOM_SPAN, ""),))
        hint = "save the file as UTF-8 without the mark; some programs read it as a letter"
        to.add("CPD117", Span(1, 1, 1, 2), "the file starts with a byte order mark", hint=hint, fix=fix)
    if " \n" in front or "\t\n" in front:
        _trailing(front, mapping, to)
    if " #" in front or "\t#" in front:
        for node in _texts(mapping, table):
            _cut(node, to)


def _trailing(front: str, mapping: MappingNode, to: Problems) -> None:
    """Report spaces at the ends of lines, except inside a text of several lines, where they may be intended."""
    inside = {line for node in mapping.values.values() for line in _lines_inside(node)}
    lines = enumerate(front.split("\n"), 1)
    found = [
        Span(number, len(line.rstrip(" \t")) + 1, number, len(line) + 1)
        for number, line in lines
        if line.endswith((" ", "\t")) and number not in inside
    ]
    if found:
        message = "this line ends in spaces" if len(found) == 1 else f"{len(found)} lines end in spaces, first this one"
        fix = Fix("delete the spaces", tuple(Edit(each, "") for each in found))
        to.add("CPD118", found[0], message, hint="delete the spaces: they cause changes that nobody sees", fix=fix)


def _lines_inside(node: Node) -> Iterator[int]:
    """Yield the numbers of the lines inside texts of several lines."""
    if type(node) is ScalarNode:
        where = span(node)
        yield from range(where.line + (node.style in ("|", ">")), where.end_line)
    else:
        for each in node.items if type(node) is SequenceNode else node.values.values():  # type: ignore[union-attr]
            yield from _lines_inside(each)


def _texts(mapping: MappingNode, table: Fields) -> Iterator[ScalarNode]:
    """Yield the texts of fields with words, not those with dates, hours or fixed values."""
    for name, node in mapping.values.items():
        field = table.known.get(name)
        kind = field.kind if field else None
        if isinstance(kind, Line | Text) and type(node) is ScalarNode:
            yield node
        elif isinstance(kind, Items) and isinstance(kind.kind, Line) and type(node) is SequenceNode:
            yield from (item for item in node.items if type(item) is ScalarNode)


def _cut(node: ScalarNode, to: Problems) -> None:
    """Report a value without quotes that seems to continue after ` #`, because the rest is not like a comment."""
    where = span(node)
    if node.style or not node.value or where.line != where.end_line:
        return
    line = to.source.line(where.line)
    match = _COMMENT.match(line, where.end_column - 1)
    if not match or not is_cut(node.value, match[1]):
        return
    whole = line[where.column - 1 :].rstrip()
    at = Span(where.line, where.end_column, where.line, len(line.rstrip()) + 1)
    place = Span(where.line, match.start(1), where.line, len(line.rstrip()) + 1)
    shown = node.value if len(node.value) <= 40 else f"…{node.value[-39:]}"
    edit = Edit(Span(at.line, where.column, at.line, at.end_column), in_quotes(whole))
    fix = Fix("put the value in quotes", (edit,), safe=False)
    hint = f"put the value in quotes: {in_quotes(whole)}; or start the comment with a word"
    to.add("CPD119", place, f'# starts a comment here, so the value is "{shown}"', hint=hint, fix=fix)


def is_cut(value: str, after: str) -> bool:
    """Return whether the text after ` #` seems to be part of the value.

    Most comments are real comments: `Relay course  # with Tom`, `Leeds # 2 hours by train`. Only these count as part of
    the value: a number (`Course #3`, `Course # 3`, `Part # 2: storage`), nothing but hashtags
    (`Talk on grids #storage #safety`), the rest of an open bracket (`Relays (module # three)`), and the rest of an
    incomplete text (`Storage and # grids`).
    """
    if re.match(_NUMBERED, after) or re.fullmatch(_TAGS, after) or re.search(_DANGLING, value):
        return True
    return any(value.count(left) > value.count(right) and right in after for left, right in _PAIRS)
