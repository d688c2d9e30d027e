"""A mapping kept for the next time: which columns become what, as a small YAML file."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from cpdkit.errors import UsageError
from cpdkit.exchange.column_matching import Match, Why, judged_target
from cpdkit.exchange.wording import Order
from cpdkit.text.faults import Unreadable
from cpdkit.text.source import decode
from cpdkit.text.yaml import MappingNode, Node, ScalarNode, parse, span
from cpdkit.text.yaml_scalars import scalar

COLUMNS, INSTEAD, WORDS, ORDER = "columns", "set", "means", "days"


class BadMapping(UsageError):
    """A mapping that can't be used; the message says where."""

    def __init__(self, path: str, node: Node | None, message: str, hint: str = "") -> None:
        where = f"{path}:{span(node).line}:{span(node).column}" if node else path
        super().__init__(f"{where}: {message}", hint or "cpd import --save-mapping FILE writes one")


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept: targets by heading, fields for what rows leave out, what words mean, the order of day and month."""

    columns: Mapping[str, str] = field(default_factory=dict)
    instead: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    order: Order | None = None


def read_mapping(path: str, data: bytes) -> Kept:
    """The mapping in a file. Raises BadMapping."""
    try:
        top = parse(decode(path, data).text)
    except Unreadable as error:
        fault = error.faults[0]
        raise BadMapping(
            path, None, f"line {fault.span.line}: {fault.message}" if fault.span else fault.message
        ) from None
    for name in top.values:
        if name not in (COLUMNS, INSTEAD, WORDS, ORDER):
            raise BadMapping(path, top.keys[name], f'no part of a mapping is called "{name}"')
    columns, instead, words = (
        _texts(path, top, COLUMNS, judge=True),
        _texts(path, top, INSTEAD),
        _texts(path, top, WORDS),
    )
    return Kept(columns, instead, words, _order(path, top.values.get(ORDER)))


def written_mapping(columns: Iterable[Match], kept: Kept) -> bytes:
    """The file for what an import does."""
    lines = ["# What cpd import makes of the columns of a table; - leaves one out.", f"{COLUMNS}:"]
    for each in columns:
        target = "-" if each.target == "skip" else each.target
        lines.append(f"  {scalar(each.header)}: {scalar(target)}" + ("  # kept beside" if each.why is Why.KEPT else ""))
    for name, said in ((INSTEAD, kept.instead), (WORDS, kept.words)):
        if said:
            lines += [f"{name}:", *(f"  {scalar(key)}: {scalar(value)}" for key, value in said.items())]
    if kept.order:
        lines.append(f"{ORDER}: {kept.order}")
    return ("\n".join(lines) + "\n").encode()


def _texts(path: str, top: MappingNode, name: str, *, judge: bool = False) -> dict[str, str]:
    node = top.values.get(name)
    if node is None:
        return {}
    if not isinstance(node, MappingNode):
        raise BadMapping(path, node, f"{name} are not names with what they become")
    found = {}
    for key, value in node.values.items():
        if not isinstance(value, ScalarNode):
            raise BadMapping(path, value, f"{key} becomes one thing")
        try:
            found[key] = judged_target(value.value) if judge else value.value
        except UsageError as error:
            raise BadMapping(path, value, str(error), error.hint) from None
    return found


def _order(path: str, node: Node | None) -> Order | None:
    if node is None:
        return None
    if not isinstance(node, ScalarNode) or node.value not in tuple(Order):
        raise BadMapping(path, node, f"{ORDER} are {' or '.join(Order)}")
    return Order(node.value)
