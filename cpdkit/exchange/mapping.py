"""A saved mapping: a small YAML file that maps columns to fields."""

from collections.abc import Iterable

from cpdkit.errors import UsageError
from cpdkit.exchange.cells import DateOrder
from cpdkit.exchange.column_matching import ColumnMapping, Match, MatchReason, target_named
from cpdkit.text.faults import Unreadable
from cpdkit.text.source import decode
from cpdkit.text.yaml import MappingNode, Node, ScalarNode, parse, span
from cpdkit.text.yaml_scalars import scalar

COLUMNS, DEFAULTS, WORDS, ORDER = "columns", "set", "means", "days"


class BadMapping(UsageError):
    """A mapping that cannot be used; the message has the place."""

    def __init__(self, path: str, node: Node | None, message: str, hint: str = "") -> None:
        where = f"{path}:{span(node).line}:{span(node).column}" if node else path
        super().__init__(f"{where}: {message}", hint or "create a mapping with cpd import --save-mapping FILE")


def read_mapping(path: str, data: bytes) -> ColumnMapping:
    """Return the mapping in a file. Raises BadMapping."""
    try:
        top = parse(decode(path, data).text)
    except Unreadable as error:
        fault = error.faults[0]
        message = f"line {fault.span.line}: {fault.message}" if fault.span else fault.message
        raise BadMapping(path, None, message) from None
    for name in top.values:
        if name not in (COLUMNS, DEFAULTS, WORDS, ORDER):
            raise BadMapping(
                path, top.keys[name], f'unknown key "{name}"', f"use {COLUMNS}, {DEFAULTS}, {WORDS} or {ORDER}"
            )
    columns = {}
    for header, node in _texts(path, top, COLUMNS).items():
        try:
            columns[header] = target_named(node.value)
        except UsageError as error:
            raise BadMapping(path, node, str(error), error.hint) from None
    defaults, words = ({key: node.value for key, node in _texts(path, top, name).items()} for name in (DEFAULTS, WORDS))
    return ColumnMapping(columns, defaults, words, _order(path, top.values.get(ORDER)))


def mapping_bytes(columns: Iterable[Match], mapping: ColumnMapping) -> bytes:
    """Return the file of a mapping: the columns of an import, and the rest of the mapping."""
    lines = ["# The field for each column of a table, for cpd import. Write - to omit a column.", f"{COLUMNS}:"]
    for column in columns:
        target = "-" if column.target == "skip" else column.target
        note = "  # kept as a field of your own" if column.reason is MatchReason.KEPT else ""
        lines.append(f"  {scalar(column.header)}: {scalar(target)}{note}")
    for name, values in ((DEFAULTS, mapping.defaults), (WORDS, mapping.words)):
        if values:
            lines += [f"{name}:", *(f"  {scalar(key)}: {scalar(value)}" for key, value in values.items())]
    if mapping.order:
        lines.append(f"{ORDER}: {mapping.order}")
    return ("\n".join(lines) + "\n").encode()


def _texts(path: str, top: MappingNode, name: str) -> dict[str, ScalarNode]:
    """Return the names and values of a part. Raises BadMapping if it contains anything else."""
    node = top.values.get(name)
    if node is None:
        return {}
    if not isinstance(node, MappingNode):
        raise BadMapping(path, node, f"{name} must contain lines such as name: value")
    texts = {}
    for key, value in node.values.items():
        if not isinstance(value, ScalarNode):
            raise BadMapping(path, value, f"{key} must have one value")
        texts[key] = value
    return texts


def _order(path: str, node: Node | None) -> DateOrder | None:
    if node is None:
        return None
    if not isinstance(node, ScalarNode) or node.value not in tuple(DateOrder):
        raise BadMapping(path, node, f"{ORDER} must be {' or '.join(DateOrder)}")
    return DateOrder(node.value)
