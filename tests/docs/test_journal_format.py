"""The tables of fields in docs/reference/journal-format.md."""

import pytest

from tools.docs.journal_format import TABLES, table_of
from tools.docs.pages import DOCS


def test_the_page_has_every_table() -> None:
    text = (DOCS / "reference" / "journal-format.md").read_text("utf-8")
    assert all(f"<!-- fields: {name} -->" in text for name in TABLES)


@pytest.mark.parametrize("name", TABLES)
def test_every_row_has_its_cells(name: str) -> None:
    rows = table_of(TABLES[name]).splitlines()
    assert {row.count("|") for row in rows} == {5}
    assert len(rows) == len(TABLES[name].fields) + 2 + TABLES[name].own
