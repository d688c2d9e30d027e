"""The columns of exports, as Markdown tables for the docs."""

from collections.abc import Iterable

from cpdkit.exchange.columns import COLUMNS
from cpdkit.exchange.layouts import LAYOUTS, Layout


def columns_table() -> str:
    """The columns of CSV and XLSX without a layout."""
    rows = [(f"`{each.name}`", each.note) for each in COLUMNS]
    return _table(("Column", "What is in it"), [*rows, ("`x-…`", "a column for each of your own fields")])


def layouts_list() -> str:
    """Each layout with its columns and the fields that they show."""
    return "\n\n".join(_layout(each) for each in LAYOUTS.values()) + "\n"


def _layout(layout: Layout) -> str:
    columns = [(each.header, ", ".join(f"`{name}`" for name in each.fields)) for each in layout.columns]
    told = f"**`{layout.id}`** – {layout.title}. Source: {layout.source}."
    return f"{told}\n\n{_table(('Column', 'From'), columns).rstrip()}"


def _table(head: tuple[str, str], rows: Iterable[tuple[str, str]]) -> str:
    return "".join(f"| {left} | {right} |\n" for left, right in (head, ("---", "---"), *rows))
