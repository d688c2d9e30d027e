"""Make the tables of columns and layouts in the page about import and export."""

import re
from collections.abc import Iterable

from cpdkit.exchange.export_columns import COLUMNS
from cpdkit.exchange.layouts import LAYOUTS, Layout


def page(text: str) -> str:
    """Return the page with its tables updated, each between its marker and `<!-- end -->`."""
    parts = {"columns": _columns(), "layouts": _layouts()}
    pattern = r"(?s)(<!-- (columns|layouts) -->\n).*?(<!-- end -->)"
    return re.sub(pattern, lambda match: match[1] + parts[match[2]] + match[3], text)


def _columns() -> str:
    rows = [(f"`{column.name}`", column.note) for column in COLUMNS]
    return _table(("Column", "Content"), [*rows, ("`x-…`", "one column for each of your own fields")])


def _layouts() -> str:
    return "\n".join(map(_layout, LAYOUTS.values()))


def _layout(layout: Layout) -> str:
    """Return a layout with its columns and the fields that they show."""
    columns = [(column.header, ", ".join(f"`{name}`" for name in column.fields)) for column in layout.columns]
    return f"**`{layout.id}`** – {layout.title}. Source: {layout.source}.\n\n{_table(('Column', 'From'), columns)}"


def _table(head: tuple[str, str], rows: Iterable[tuple[str, str]]) -> str:
    return "".join(f"| {left} | {right} |\n" for left, right in (head, ("---", "---"), *rows))
