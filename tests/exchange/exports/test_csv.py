import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdkit.exchange.export_columns import ExportTable
from cpdkit.exchange.exports.csv import csv_bytes, guarded, unguarded


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1+1", "'=1"])
def test_what_could_run_is_guarded(text: str) -> None:
    assert guarded(text) == f"'{text}"


@given(st.text())
def test_a_guarded_text_is_safe_and_comes_back(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert guarded(text).lstrip()[:1] not in set("=+-@")


def test_texts_are_quoted_and_numbers_are_not() -> None:
    table = ExportTable(
        "T", ("a", "b", "c", "d", "e"), (('x "y"\nz', Decimal("1E+2"), date(2026, 3, 14), True, None),), ("a.md",)
    )
    assert csv_bytes(table) == b'"a","b","c","d","e"\r\n"x ""y""\nz",100,"2026-03-14","true",""\r\n'


@given(st.lists(st.tuples(st.text(), st.text()), max_size=4))
def test_a_reader_gets_every_text_back(rows: list[tuple[str, str]]) -> None:
    data = csv_bytes(ExportTable("T", ("a", "b"), tuple(rows), ("",) * len(rows)), bom=True)
    found = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert [tuple(map(unguarded, row)) for row in found[1:]] == rows
