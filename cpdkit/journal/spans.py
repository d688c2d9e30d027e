"""The places of a record's values in its file, found in the front matter only when they are needed.

Most records never need them. To keep the places of all values would cost more time and memory than the values.
"""

from collections.abc import Iterable, Iterator, Mapping

from cpdkit.diagnostics import Span
from cpdkit.text.names import composed
from cpdkit.text.yaml import MappingNode, Node, ScalarNode, SequenceNode, parse, span


class Spans(Mapping[str, Span]):
    """A mapping from the name of a field to the span of its value.

    `name.0` is the first item of a list or mapping. `name=word` is the place of a word in a field: an item, a key, or a
    value inside one. `body` is the line where the body starts. A field under an alias has both names.
    """

    __slots__ = ("_aliases", "_found", "_front")

    def __init__(self, front: str, aliases: Mapping[str, str]) -> None:
        """Create the spans. `front` keeps the line numbers of the file, `aliases` maps an alias to the field's name."""
        self._front = front
        self._aliases = aliases
        self._found: dict[str, Span] | None = None

    @property
    def front(self) -> str:
        """The front matter, with the line numbers of the file."""
        return self._front

    def line(self, number: int) -> str:
        """Return a line of the front matter by its number in the file, from 1."""
        lines = self._front.split("\n")
        return lines[number - 1] if 0 < number <= len(lines) else ""

    def __getitem__(self, name: str) -> Span:
        return self._body if name == "body" else self._spans()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._spans())

    def __len__(self) -> int:
        return len(self._spans())

    def _spans(self) -> dict[str, Span]:
        if self._found is None:
            self._found = self._find()
        return self._found

    @property
    def _body(self) -> Span:
        below = self._front.count("\n") + 2
        return Span(below, 1, below, 1)

    def _find(self) -> dict[str, Span]:
        found = {"body": self._body}
        for name, node in parse(self._front).values.items():
            known = self._aliases.get(name, name)
            items: Iterable[Node] = ()
            if type(node) is SequenceNode:
                items = node.items
            elif type(node) is MappingNode:
                items = node.values.values()
            found |= {f"{known}.{number}": span(item) for number, item in enumerate(items)}
            for word in _words(node):
                for text in (word.value.strip(), composed(word.value.strip())):
                    found.setdefault(f"{known}={text}", span(word))
            found[name] = found[known] = span(node)
        return found


def _words(node: Node) -> Iterator[ScalarNode]:
    """Yield every text in a value. For a mapping, yield the keys first, then the values."""
    if type(node) is ScalarNode:
        yield node
    elif type(node) is SequenceNode:
        for item in node.items:
            yield from _words(item)
    elif type(node) is MappingNode:
        yield from node.keys.values()
        for value in node.values.values():
            yield from _words(value)
