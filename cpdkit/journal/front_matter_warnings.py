"""What YAML passes over without a word: a byte order mark, blanks at a line's end, a value cut off by a `#`."""

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
"""What follows the `#` of a number, as in `Course #3` and `Course # 3: storage`."""
_TAGS = r"(?i)(?!(?:todo|fixme|xxx|check|note|ok)\b)\w[\w-]*(?:\s+#\w[\w-]*)*\s*"
"""What follows the first `#` where all that comes is hashtags."""
_DANGLING = r"(?i)(?:[,;:(\[/&+–-]|\b(?:and|or|of|the|for|in|with|to|no|no\.|nr|nr\.|number))$"
"""How a text ends that is not at its end."""
_PAIRS = (("(", ")"), ("[", "]"), ("“", "”"), ("‘", "’"), ("«", "»"))


def note_warnings(front: str, mapping: MappingNode, table: Fields, to: Problems) -> None:
    """Note what nobody sees in a record's front matter (on the lines it has in the file) though it may matter."""
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
    """Note blanks at the ends of lines, but for those inside a text of several lines, which may be meant."""
    inside = {line for node in mapping.values.values() for line in _lines_inside(node)}
    lines = enumerate(front.split("\n"), 1)
    found = [
        Span(number, match.start() + 1, number, match.end() + 1)
        for number, line in lines
        if line[-1:] in (" ", "\t") and number not in inside and (match := re.search(r"[ \t]+$", line))
    ]
    if found:
        message = "this line ends in spaces" if len(found) == 1 else f"{len(found)} lines end in spaces, first this one"
        fix = Fix("delete the spaces", tuple(Edit(each, "") for each in found))
        to.add("CPD118", found[0], message, hint="delete the spaces: they cause changes that nobody sees", fix=fix)


def _lines_inside(node: Node) -> Iterator[int]:
    """The lines that belong to a text of several."""
    if type(node) is ScalarNode:
        where = span(node)
        yield from range(where.line + (node.style in ("|", ">")), where.end_line)
    else:
        for each in node.items if type(node) is SequenceNode else node.values.values():  # type: ignore[union-attr]
            yield from _lines_inside(each)


def _texts(mapping: MappingNode, table: Fields) -> Iterator[ScalarNode]:
    """The texts in the fields that hold words and not dates, hours or one of a few values."""
    for name, node in mapping.values.items():
        field = table.known.get(name)
        kind = field.kind if field else None
        if isinstance(kind, Line | Text) and type(node) is ScalarNode:
            yield node
        elif isinstance(kind, Items) and isinstance(kind.kind, Line) and type(node) is SequenceNode:
            yield from (item for item in node.items if type(item) is ScalarNode)


def _cut(node: ScalarNode, to: Problems) -> None:
    """Note a value without quotes that goes on behind a ` #`, where that looks like words and not like a comment."""
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


def is_cut(value: str, behind: str) -> bool:
    """Whether what stands behind a ` #` was meant as part of the value before it.

    A comment is legal and many are honest: `Relay course  # with Tom`, `Leeds # 2 hours by train`. Taken for a part of
    the value is only a number (`Course #3`, `Course # 3`, `Part # 2: storage`), hashtags and nothing else
    (`Talk on grids #storage #safety`), and what goes on with an open bracket (`Relays (module # three)`) or an open end
    (`Storage and # grids`).
    """
    if re.match(_NUMBERED, behind) or re.fullmatch(_TAGS, behind) or re.search(_DANGLING, value):
        return True
    return any(value.count(left) > value.count(right) and right in behind for left, right in _PAIRS)
