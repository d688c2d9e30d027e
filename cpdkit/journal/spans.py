"""Where a record's values stand, found again from its front matter when somebody asks.

Most records are never asked: keeping the places of all their values would cost more time and memory than the values.
"""

from collections.abc import Iterable, Iterator, Mapping

from cpdkit.diagnostics import Span
from cpdkit.text.yaml import MappingNode, Node, ScalarNode, SequenceNode, parse, span


class Spans(Mapping[str, Span]):
    """A field's name, or `name.0` for the first item of its list or mapping, to the span of the value.

    `name=word` is where a field says that word: as an item, as a key, or as a value inside one. `body` is the line
    where the body starts. A field that is given under an alias stands under both names.
    """

    __slots__ = ("_aliases", "_found", "_front")

    def __init__(self, front: str, aliases: Mapping[str, str]) -> None:
        """`front` is the front matter on the lines it has in the file, `aliases` leads from an alias to the name."""
        self._front = front
        self._aliases = aliases
        self._found: dict[str, Span] | None = None

    @property
    def front(self) -> str:
        """The front matter, on the lines it has in the file."""
        return self._front

    def line(self, number: int) -> str:
        """Return the text of a line of the front matter, counted from 1 in the file."""
        lines = self._front.split("\n")
        return lines[number - 1] if 0 < number <= len(lines) else ""

    def __getitem__(self, name: str) -> Span:
        return self._spans()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._spans())

    def __len__(self) -> int:
        return len(self._spans())

    def _spans(self) -> dict[str, Span]:
        if self._found is None:
            self._found = self._find()
        return self._found

    def _find(self) -> dict[str, Span]:
        below = self._front.count("\n") + 2
        found = {"body": Span(below, 1, below, 1)}
        for name, node in parse(self._front).values.items():
            known = self._aliases.get(name, name)
            items: Iterable[Node] = ()
            if type(node) is SequenceNode:
                items = node.items
            elif type(node) is MappingNode:
                items = node.values.values()
            found |= {f"{known}.{number}": span(item) for number, item in enumerate(items)}
            for word in _words(node):
                found.setdefault(f"{known}={word.value.strip()}", span(word))
            found[name] = found[known] = span(node)
        return found


def _words(node: Node) -> Iterator[ScalarNode]:
    """Every text in a value: of a mapping first the keys, then what they lead to."""
    if type(node) is ScalarNode:
        yield node
    elif type(node) is SequenceNode:
        for item in node.items:
            yield from _words(item)
    elif type(node) is MappingNode:
        yield from node.keys.values()
        for value in node.values.values():
            yield from _words(value)
