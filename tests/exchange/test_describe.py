from cpdkit.exchange.columns import COLUMNS
from cpdkit.exchange.describe import columns_table, layouts_list
from cpdkit.exchange.layouts import LAYOUTS


def test_every_column_is_told() -> None:
    lines = columns_table().splitlines()
    assert len(lines) == len(COLUMNS) + 3
    assert "| `hours` | a number, to four digits; with sessions their sum |" in lines
    assert all(line.count("|") == 3 for line in lines)


def test_every_layout_is_told_with_where_it_comes_from() -> None:
    said = layouts_list()
    assert all(each.title in said and each.source in said for each in LAYOUTS.values())
    assert "| Dates | `start`, `end` |" in said
