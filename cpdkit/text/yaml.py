"""YAML by events: texts, lists and mappings with their places; no Python objects are constructed.

Values that PyYAML would convert (`no`, `12:30`, `2026-02-30`, `0123456`) stay texts. Aliases, merge keys, tags and
duplicate keys are faults. Depth and count are limited, because some files make the library's own loaders crash or run
for hours.
"""

import re
from collections.abc import Callable
from typing import Any

import yaml
from yaml.events import AliasEvent, MappingEndEvent, ScalarEvent, SequenceEndEvent, SequenceStartEvent, StreamEndEvent

from cpdkit.diagnostics import Edit, Fix, Span
from cpdkit.text.faults import Fault, FaultKind, Unreadable
from cpdkit.text.yaml_errors import explain, no_colon
from cpdkit.text.yaml_scalars import delete, whole_line

DEPTH_LIMIT = 12
COUNT_LIMIT = 5_000
FAULT_LIMIT = 20
"""Faults after which the rest of the text is not read."""
_HOPELESS = 200
"""Open brackets that cannot be a slip."""
_BRACKET = re.compile(r"[\[\]{}]")

_OTHER_ENDS = re.compile("[\r\x85\u2028\u2029]")
"""Where YAML ends a line and this program does not. They are blanks here, so that both count the same lines."""
_PAIR = re.compile(r"""((?<!\\)(?:\\\\)*)(\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})""")
"""A character above U+FFFF as JSON escapes it, after an even number of backslashes."""
_DIGIT = 0xFDD0
"""The first of 32 code points that Unicode never assigns."""
_STAND_IN = re.compile("[\ufdd0-\ufdef]{12}")

# Only the parser: a loader would also set up a constructor and a resolver.
_Parser: Any = getattr(yaml.cyaml, "CParser", None) if yaml.__with_libyaml__ else yaml.SafeLoader
NO_VALUE = frozenset({"", "~", "null"})
"""Texts that mean, without quotes, that there is no value."""
_NO_KEY = frozenset({"", "~", "null", "<<"})

ScalarNode = ScalarEvent
"""A text, as the parser gives it: `value`, and an empty `style` if it has no quotes.

A second object for each would add a quarter to the time of reading a journal.
"""


class SequenceNode:
    """A list."""

    __slots__ = ("end_mark", "items", "start_mark")

    def __init__(self, items: "list[Node]", start_mark: Any, end_mark: Any) -> None:
        self.items = items
        self.start_mark = start_mark
        self.end_mark = end_mark


class MappingNode:
    """Keys with their values, in the file's order. `keys` has the place of each key."""

    __slots__ = ("end_mark", "keys", "start_mark", "values")

    def __init__(self, keys: dict[str, ScalarNode], values: "dict[str, Node]", start_mark: Any, end_mark: Any) -> None:
        self.keys = keys
        self.values = values
        self.start_mark = start_mark
        self.end_mark = end_mark


Node = ScalarNode | SequenceNode | MappingNode


class _Top:
    line = 0
    column = 0


def span(node: Node) -> Span:
    """Return the place of a value. A block (`|`, or a list or mapping over lines) ends where the next line starts."""
    start: Any = node.start_mark
    end: Any = node.end_mark
    return Span(start.line + 1, start.column + 1, end.line + 1, end.column + 1)


def is_empty(node: Node) -> bool:
    """Return whether there is no value: nothing, `~` or `null`."""
    return type(node) is ScalarNode and not node.style and node.value in NO_VALUE


def parse(text: str) -> MappingNode:
    """Return the mapping in a YAML text; an empty one for an empty text.

    Raises Unreadable with every fault found.
    """
    if "\r" in text or not text.isascii():
        text = _OTHER_ENDS.sub(" ", text)
    pairs: list[str] = []
    loader = _Parser(_PAIR.sub(lambda match: _keep(match, pairs), text) if "\\u" in text else text)
    builder = _Builder(loader.get_event, text)
    try:
        root = builder.root()
    except yaml.YAMLError as error:
        raise Unreadable(*builder.faults, _nested(text, error) or explain(text, error)) from None
    finally:
        loader.dispose()
    if builder.faults:
        raise Unreadable(*builder.faults)
    if type(root) is MappingNode:
        if pairs:
            _put_back(root, pairs)
        return root
    if root is None:
        return MappingNode({}, {}, _Top, _Top)
    raise Unreadable(_not_mapping(root, text))


def _keep(match: re.Match[str], pairs: list[str]) -> str:
    """Keep a pair of surrogates as JSON escapes them, and return a stand-in of its length, so that places stay.

    YAML knows no surrogates. The stand-in is the pair's number in digits that no text contains.
    """
    number = len(pairs)
    pairs.append(match[2])
    digits = (chr(_DIGIT + (number >> 5 * place & 31)) for place in reversed(range(len(match[2]))))
    return match[1] + "".join(digits)


def _put_back(node: Node, pairs: list[str]) -> None:
    """Replace the stand-ins in all texts: by the character between double quotes, otherwise by the pair as written."""
    if type(node) is ScalarNode:
        node.value = _STAND_IN.sub(lambda match: _pair(match[0], pairs, node.style == '"'), node.value)
    elif type(node) is SequenceNode:
        for item in node.items:
            _put_back(item, pairs)
    elif type(node) is MappingNode:
        for each in (*node.keys.values(), *node.values.values()):
            _put_back(each, pairs)
        node.values = {key.value: node.values[name] for name, key in node.keys.items()}
        node.keys = {key.value: key for key in node.keys.values()}


def _pair(stand_in: str, pairs: list[str], is_escape: bool) -> str:
    number = 0
    for digit in stand_in:
        number = number << 5 | ord(digit) - _DIGIT
    if number >= len(pairs):
        return stand_in
    pair = pairs[number]
    first, second = int(pair[2:6], 16), int(pair[8:12], 16)
    return chr(0x10000 + ((first - 0xD800) << 10) + second - 0xDC00) if is_escape else pair


class _Builder:
    """Build nodes from events. It keeps faults and reads on as far as possible."""

    __slots__ = ("count", "faults", "get", "text")

    def __init__(self, get: Callable[[], Any], text: str) -> None:
        self.get = get
        self.text = text
        self.count = 0
        self.faults: list[Fault] = []

    def root(self) -> Node | None:
        """Return the value of the only document."""
        self.get()
        if type(self.get()) is StreamEndEvent:
            return None
        node = self.node(self.get(), 0)
        self.get()
        if type(event := self.get()) is not StreamEndEvent:
            self.fault(_several(event))
        return None if is_empty(node) else node

    def node(self, event: Any, depth: int) -> Node:
        """Return the value that starts with this event."""
        kind = type(event)
        if kind is AliasEvent:
            self.fault(_machinery(event))
            return ScalarEvent(None, None, (True, False), f"*{event.anchor}", event.start_mark, event.end_mark)
        if event.anchor is not None or event.tag is not None:
            self.fault(_machinery(event))
        if kind is ScalarEvent:
            return event  # type: ignore[no-any-return]
        if depth >= DEPTH_LIMIT:
            raise Unreadable(*self.faults, _deep(_span(event)))
        return self.sequence(event, depth + 1) if kind is SequenceStartEvent else self.mapping(event, depth + 1)

    def sequence(self, start: Any, depth: int) -> SequenceNode:
        """Return the list that starts with this event."""
        get = self.get
        items: list[Node] = []
        while type(item := get()) is not SequenceEndEvent:
            if type(item) is ScalarEvent and item.anchor is None and item.tag is None:
                items.append(item)
            else:
                items.append(self.node(item, depth))
        self.counted(len(items), start)
        return SequenceNode(items, start.start_mark, item.end_mark)

    def mapping(self, start: Any, depth: int) -> MappingNode:
        """Return the mapping that starts with this event."""
        get = self.get
        keys: dict[str, ScalarNode] = {}
        values: dict[str, Node] = {}
        while type(key := get()) is not MappingEndEvent:
            known = key if type(key) is ScalarEvent and key.anchor is None is key.tag else self.node(key, depth)
            value = get()
            if type(value) is not ScalarEvent or value.anchor is not None or value.tag is not None:
                value = self.node(value, depth)
            if type(known) is not ScalarEvent or (name := known.value) in _NO_KEY or name in values:
                self.fault(_bad_key(known, value, keys, values, self.text))
                continue
            keys[name] = known
            values[name] = value
        self.counted(len(keys), start)
        return MappingNode(keys, values, start.start_mark, key.end_mark)

    def counted(self, more: int, event: Any) -> None:
        """Add to the number of values. Raises Unreadable above the limit."""
        self.count += more
        if self.count > COUNT_LIMIT:
            raise Unreadable(*self.faults, _many(event))

    def fault(self, fault: Fault) -> None:
        """Keep a fault. Raises Unreadable at the limit."""
        self.faults.append(fault)
        if len(self.faults) >= FAULT_LIMIT:
            raise Unreadable(*self.faults)


def _span(event: Any) -> Span:
    """Return the place of an event, up to the end of its first line."""
    start, end = event.start_mark, event.end_mark
    stop = end.column if end.line == start.line and end.column > start.column else start.column + 1
    return Span(start.line + 1, start.column + 1, start.line + 1, stop + 1)


def _machinery(event: Any) -> Fault:
    """Return the fault of an alias, anchor or tag: features of YAML that records do not use."""
    where = _span(event)
    kind, sign, name = FaultKind.TAG, "!", "a tag"
    if type(event) is AliasEvent:
        kind, sign, name = FaultKind.ALIAS, "*", "an alias"
    elif event.anchor is not None:
        kind, sign, name = FaultKind.ANCHOR, "&", "an anchor"
    message = f"a value that starts with {sign} needs quotes: YAML reads {sign} as {name}"
    hint = "put the value in quotes"
    return Fault(kind, message, where, hint=hint, fix=_as_text(event, where))


def _ends(event: Any) -> int:
    return int(event.end_mark.line) + 1


def _as_text(event: Any, where: Span) -> Fix | None:
    """Return a fix that puts the value in quotes. It is unsafe: the alias, anchor or tag may be intended."""
    if type(event) is not AliasEvent and (type(event) is not ScalarEvent or event.style or not event.value):
        return None
    if _ends(event) != where.line or set('"\\') & set(getattr(event, "value", "")):
        return None
    ends = (Span(where.line, column, where.line, column) for column in (where.column, where.end_column))
    return Fix("put the value in quotes", tuple(Edit(end, '"') for end in ends), safe=False)


def _bad_key(key: Node, value: Node, known: dict[str, ScalarNode], values: dict[str, Node], text: str) -> Fault:
    where = span(key)
    if type(key) is not ScalarNode or (key.value not in known and key.value != "<<"):
        return Fault(FaultKind.KEY, "the name of a field must be a plain word", where, hint="write it as name: value")
    if key.value == "<<":
        return Fault(FaultKind.MERGE, "merge keys are not supported", where, hint="write the fields in full")
    note = f"first on line {span(known[key.value]).line}"
    fix = None
    if same_text(value, values[key.value]) and (line := own_line(key, value, text)):
        fix = delete("delete the duplicate", line)
    return Fault(FaultKind.DUPLICATE, f"{key.value} appears twice", where, note, "keep the one that is right", fix=fix)


def same_text(one: Node, other: Node) -> bool:
    """Return whether two values are the same text, and both or neither in quotes."""
    if type(one) is not ScalarNode or type(other) is not ScalarNode:
        return False
    return one.value == other.value and bool(one.style) == bool(other.style)


def own_line(key: ScalarNode, value: Node, text: str) -> Span | None:
    """Return the line that contains a field and nothing else; None if the field shares it or continues below it."""
    start, end = span(key), span(value)
    lines = text.split("\n", end.line) if type(value) is ScalarNode and end.end_line == start.line else []
    if start.line >= len(lines):
        return None
    line = lines[start.line - 1]
    alone = not line[: start.column - 1].strip() and not line[end.end_column - 1 :].strip()
    return whole_line(start.line) if alone else None


def _deep(where: Span) -> Fault:
    hint = "use fewer levels: no field needs this many"
    return Fault(FaultKind.DEEP, f"lists and mappings are nested more than {DEPTH_LIMIT} levels deep", where, hint=hint)


def _nested(text: str, error: Any) -> Fault | None:
    """Return the fault of too many open brackets if the parser stopped at so many that no other cause is possible.

    Newer parsers look ahead and stop at their own limit (1,000) before they give the first event.
    """
    stop: Any = getattr(error, "problem_mark", None)
    lines = text.split("\n", stop.line + 1)[: stop.line + 1] if stop else []
    depth, where = 0, None
    for number, line in enumerate(lines, start=1):
        for found in _BRACKET.finditer(line, 0, stop.column if number > stop.line else len(line)):
            depth += 1 if found[0] in "[{" else -1
            if depth > DEPTH_LIMIT and not where:
                where = Span(number, found.start() + 1, number, found.start() + 2)
    return _deep(where) if where and depth > _HOPELESS else None


def _many(event: Any) -> Fault:
    hint = "move long tables below the front matter, or to a file under evidence/"
    return Fault(FaultKind.MANY, f"there are more than {COUNT_LIMIT:,} values", _span(event), hint=hint)


def _several(event: Any) -> Fault:
    hint = "delete this --- line, or everything below it: a file contains only one set of fields"
    return Fault(FaultKind.DOCUMENTS, "a second YAML document starts here", _span(event), hint=hint)


def _not_mapping(root: Node, text: str) -> Fault:
    number = span(root).line
    line = text.split("\n")[number - 1].rstrip()
    if type(root) is ScalarNode and not root.style:
        return no_colon(line, number - 1)
    what = "a list" if type(root) is SequenceNode else "a text"
    hint = "write one field on each line, as name: value"
    where = Span(number, 1, number, len(line) + 1)
    return Fault(FaultKind.NOT_MAPPING, f"this is {what}, but fields are required", where, hint=hint)
