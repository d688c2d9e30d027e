"""Rows as a table for people, and as JSON, JSON lines, CSV and YAML for programs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from cpdkit.cli.console import Console
from cpdkit.text.terminal import cut, pad, printable, width

if TYPE_CHECKING:
    from cpdkit.journal.list_columns import Row, Value
    from cpdkit.journal.record_writer import Plain

GAP = "  "
LEAST = 12
"""A column is not made narrower than this to fit a terminal."""
BOLD, FAINT = "1", "2"


def table_lines(
    rows: Sequence[Row], columns: int = 0, *, colour: bool = False, least: Mapping[str, int] = MappingProxyType({})
) -> list[str]:
    """Return the rows below their headings, in at most `columns` columns (0: no limit). No rows, no lines.

    `least` is the width that columns of these names keep, instead of LEAST, if they need it.
    """
    from cpdkit.journal.list_columns import is_number

    if not rows:
        return []
    names = list(rows[0])
    right = [any(is_number(row[name]) for row in rows) for name in names]
    cells = [names, *([_cell(row[name]) for name in names] for row in rows)]
    natural = [max(width(line[at]) for line in cells) for at in range(len(names))]
    widths = fitted(natural, columns, [least.get(name, LEAST) for name in names])
    lines = [_line(line, widths, right) for line in cells]
    return [styled(lines[0], FAINT, enabled=colour), *lines[1:]]


def fitted(widths: Sequence[int], columns: int, least: Sequence[int] = ()) -> list[int]:
    """Return the widths, the widest reduced until all fit into `columns` (0: no limit) or are at their least width."""
    narrowed = list(widths)
    floors = least or [LEAST] * len(narrowed)
    over = sum(narrowed) + len(GAP) * (len(narrowed) - 1) - columns if columns else 0
    while over > 0 and (wide := [at for at, floor in enumerate(floors) if narrowed[at] > floor]):
        narrowed[max(wide, key=lambda at: narrowed[at])] -= 1
        over -= 1
    return narrowed


def json_text(data: object) -> str:
    """Return plain data as indented JSON."""
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def jsonl_text(rows: Sequence[Row]) -> str:
    """Return one line of JSON for each row."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def csv_text(rows: Sequence[Row]) -> str:
    """Return the rows below their headings (RFC 4180, lines ending in `\\r\\n`), safe for a spreadsheet to open."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    if rows:
        writer.writerow(rows[0])
    writer.writerows([_csv_cell(value) for value in row.values()] for row in rows)
    return text.getvalue()


def yaml_text(data: object) -> str:
    """Return plain data as YAML, with the keys in their order."""
    import yaml

    text: str = yaml.safe_dump(_with_lists(data), allow_unicode=True, sort_keys=False, width=4096)
    return text


def hand_out(console: Console, text: str) -> None:
    """Write a text to stdout: to a program exactly as it is, to a terminal without control characters."""
    if console.columns:
        console.page("\n".join(printable(line) for line in text.splitlines()))
    else:
        console.hand_over(text.encode("utf-8", "backslashreplace"))


def in_line(value: Plain) -> str:
    """Return a value of a record in one line: lists separated by commas, mappings as `name: value`."""
    if isinstance(value, dict):
        return ", ".join(f"{name}: {in_line(each)}" for name, each in value.items())
    return ", ".join(map(in_line, value)) if isinstance(value, list) else " ".join(value.split())


def styled(text: str, code: str, *, enabled: bool) -> str:
    """Return the text in an ANSI style, such as BOLD, if enabled."""
    return f"\x1b[{code}m{text}\x1b[0m" if enabled and text else text


def _cell(value: Value) -> str:
    from cpdkit.journal.list_columns import as_text

    if isinstance(value, float):
        return f"{value:.2f}".rstrip("0").rstrip(".")
    return printable(" ".join(as_text(value).split()))


def _line(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    some = zip(cells, widths, right, strict=True)
    return GAP.join(pad(cut(cell, wide), wide, right=at_right) for cell, wide, at_right in some).rstrip()


def _csv_cell(value: Value) -> Any:
    from cpdkit.exchange.exports.csv import guarded
    from cpdkit.journal.list_columns import as_text, is_number

    if isinstance(value, bool):
        return "true" if value else "false"
    return value if is_number(value) else guarded(as_text(value))


def _with_lists(data: object) -> object:
    """Return the data with lists instead of tuples, which YAML does not have."""
    if isinstance(data, Mapping):
        return {name: _with_lists(value) for name, value in data.items()}
    return [_with_lists(each) for each in data] if isinstance(data, (list, tuple)) else data
