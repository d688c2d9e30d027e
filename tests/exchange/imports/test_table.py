import pytest

from cpdkit.exchange.imports.table import NoTable, RawRow, column_name, table_of


def lines(*rows: tuple[str, ...]) -> list[RawRow]:
    return [RawRow(number, row) for number, row in enumerate(rows, start=1)]


def test_headings_below_a_title_and_empty_rows() -> None:
    table = table_of(
        "log",
        "row",
        lines(("My log 2026",), ("",), ("Title", "Date", "", "Title"), ("a", "b"), ("", " "), ("c", "", "d", "e")),
    )
    assert table.headers == ("Title", "Date", "column C", "Title (2)")
    assert [(row.where, row.cells) for row in table.rows] == [
        ("row 4", ("a", "b", "", "")),
        ("row 6", ("c", "", "d", "e")),
    ]
    assert table.remarks == ("log: 1 line above the headings ignored",)


def test_headings_that_nobody_knows() -> None:
    table = table_of("log", "row", lines(("2026",), ("Was", "Wann", "Wie lange"), ("Kurs", "14.03.2026", "2")))
    assert table.headers == ("Was", "Wann", "Wie lange")


def test_faults_are_at_their_column() -> None:
    table = table_of("log", "row", [RawRow(1, ("Title", "Date")), RawRow(2, ("", ""), ((1, "it is odd"),))])
    assert table.rows[0].faults == (("Date", "it is odd"),)


def test_nothing_is_no_table() -> None:
    with pytest.raises(NoTable, match="log: no table found"):
        table_of("log", "row", lines(("",), (" ",)))


@pytest.mark.parametrize(("number", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_are_named_as_spreadsheets_do(number: int, name: str) -> None:
    assert column_name(number) == name
