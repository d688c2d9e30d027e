from pathlib import Path

import pytest

from cpdkit.journal.describe import TABLES, describe_fields, filled_in

PAGE = Path(__file__).parents[2] / "docs" / "journal-format.md"


def test_the_page_says_what_the_reader_does(pytestconfig: pytest.Config) -> None:
    text = PAGE.read_text(encoding="utf-8")
    if pytestconfig.getoption("update_golden", False):
        PAGE.write_text(filled_in(text), encoding="utf-8")
    assert filled_in(text) == PAGE.read_text(encoding="utf-8")


def test_the_page_has_every_table() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert all(f"<!-- fields: {name} -->" in text for name in TABLES)


@pytest.mark.parametrize("name", TABLES)
def test_every_row_has_its_cells(name: str) -> None:
    rows = describe_fields(TABLES[name]).splitlines()
    assert {row.count("|") for row in rows} == {5}
    assert len(rows) == len(TABLES[name].fields) + 2 + TABLES[name].own
