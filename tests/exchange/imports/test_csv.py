import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdkit.exchange.imports.csv import LONGEST_CELL, read_csv
from cpdkit.exchange.imports.table import NoTable

SAMPLES = Path(__file__).parent / "samples"
TEXT = 'Title;Date;Notes\n"Grid; storage";14/03/2026;"two\nlines ""quoted"""\nCafé;1/1/2026;\n'
ROWS = [("Grid; storage", "14/03/2026", 'two\nlines "quoted"'), ("Café", "1/1/2026", "")]


@pytest.mark.parametrize(
    "data",
    [TEXT.encode(), TEXT.encode("utf-8-sig"), TEXT.encode("utf-16"), TEXT.replace("\n", "\r\n").encode(),
     ("sep=;\r\n" + TEXT).encode(), TEXT.encode("cp1252"), TEXT.replace(";", "\t").replace("Grid\t", "Grid;").encode()],
    ids=["plain", "bom", "utf-16", "crlf", "sep", "cp1252", "tabs"],
)  # fmt: skip
def test_what_programs_write(data: bytes) -> None:
    table = read_csv(data, "log.csv")
    assert table.headers == ("Title", "Date", "Notes")
    assert [row.cells for row in table.rows] == ROWS
    assert [row.where for row in table.rows] == ["log.csv, row 2", "log.csv, row 3"]
    assert bool(table.remarks) is (b"\xe9;" in data)


def test_a_sheet_saved_by_libreoffice() -> None:
    table = read_csv((SAMPLES / "libreoffice.csv").read_bytes(), "log.csv")
    assert table.headers == ("Activity", "Date", "Hours", "Provider", "What did you learn?")
    learnt = "Tŷ Newydd has “two” batteries.\n東京 too; 5 < 6 & so on."
    assert [row.cells for row in table.rows] == [
        ("IET lecture: grid-scale storage", "03/14/2026", "1.5", "IET", learnt),
        ("Site visit after it", "", "26:15:00", "National Grid", ""),
        ("Reading", "02/29/2024", "3", "IET", "1"),
        ("A row that can't be reckoned", "11/30/2026 18:30:00", "#DIV/0!", "", ""),
    ]


def test_an_apostrophe_that_guards_goes() -> None:
    table = read_csv(b"Title,Notes\n'=1+2,'''x\n'tis,'\n", "log.csv")
    assert [row.cells for row in table.rows] == [("=1+2", "''x"), ("'tis", "'")]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"\0\1\xff", "not text"),
        (b"", "no table"),
        (b"Title,Date\n" + b"x" * (LONGEST_CELL + 1) + b",y\n", "cannot read row 2"),
        (b"Title,Date\n" + b"a,b\n" * 100_001, "more than 100,000 rows"),
        (b"," * 300, "256 columns"),
        (b"\xff\xfea", "damaged"),
    ],
)
def test_what_cannot_be_read(data: bytes, message: str) -> None:
    with pytest.raises(NoTable, match=message):
        read_csv(data, "log.csv")


CELLS = st.text("ab ;,\n\"'=é", max_size=8).map(str.strip).filter(lambda cell: not cell.startswith("'"))


@given(st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=5), st.sampled_from(",;\t|"))
def test_every_cell_arrives(rows: list[tuple[str, ...]], sign: str) -> None:
    held = io.StringIO(newline="")
    csv.writer(held, delimiter=sign).writerows([("Title", "Date", "Notes"), *rows])
    table = read_csv(held.getvalue().encode(), "log.csv")
    assert [row.cells for row in table.rows] == [row for row in rows if any(row)]
