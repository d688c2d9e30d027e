"""Rejected rows come back as a file that can be corrected and imported again."""

from cpdkit.exchange.adopt import AdoptOptions, Existing, adopt, row_keys
from cpdkit.exchange.column_matching import ColumnMapping, match
from cpdkit.exchange.exports.csv import csv_bytes
from cpdkit.exchange.imports.csv import read_csv
from cpdkit.exchange.imports.table import REASON, ImportedRow, ImportedTable
from cpdkit.exchange.rejects import rejected_rows

HEADERS = ("Title", "Date", "Hours", "Notes")
GOOD = ("Relays", "2026-01-14", "1", "=1+1")
BAD = ("Fuses", "2026-02-30", "99999999", "two\nlines")


def table_of(*rows: tuple[str, ...]) -> ImportedTable:
    return ImportedTable("log.csv", HEADERS, tuple(ImportedRow(f"row {n}", row) for n, row in enumerate(rows, start=2)))


def rejects(table: ImportedTable) -> bytes:
    matching = match(table, ColumnMapping())
    adoption = adopt(table, matching, Existing(frozenset()), AdoptOptions())
    return csv_bytes(rejected_rows(table, matching, adoption))


def test_only_rejected_rows_with_each_reason() -> None:
    table = read_csv(rejects(table_of(GOOD, BAD)).replace(REASON.encode(), b"Why"), "rejects.csv")
    assert table.headers == (*HEADERS, "Why")
    (row,) = table.rows
    assert row.cells[:4] == BAD
    assert [part.partition(":")[0] for part in row.cells[4].split("; ")] == ["Date", "Hours"]


def test_a_corrected_row_is_recognised_as_the_row_of_the_corrected_source() -> None:
    corrected = ("Fuses", "2026-02-27", "2", "two\nlines")
    data = rejects(table_of(GOOD, BAD)).replace(b"2026-02-30", b"2026-02-27").replace(b"99999999", b"2")
    table = read_csv(data, "rejects.csv")
    assert table.headers == HEADERS
    assert row_keys(table.rows) == row_keys(table_of(corrected).rows)


def test_an_amount_of_merged_cells_is_not_repeated() -> None:
    row = ImportedRow("row 3", BAD, "", (), frozenset({"Hours", "Notes"}))
    table = ImportedTable("log.xlsx", HEADERS, (row,))
    assert read_csv(rejects(table), "r.csv").rows[0].cells == ("Fuses", "2026-02-30", "", "two\nlines")
