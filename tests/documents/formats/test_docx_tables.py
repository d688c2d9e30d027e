from typing import Any

import pytest

from cpdkit.documents.formats.docx import write_docx
from cpdkit.documents.formats.docx_parts import q
from tests.documents.office_sample import photograph, sample, trees, words_of
from tests.documents.sample_ast import FACE, LETTER, parse


def tables(markdown: str = "", face: Any = FACE) -> list[Any]:
    tree = parse(markdown) if markdown else sample()
    return list(trees(write_docx(tree, {"m0001.png": photograph()}, face))["word/document.xml"].iter(q("w:tbl")))


def style(table: Any) -> str:
    found: str = table.find(f"{q('w:tblPr')}/{q('w:tblStyle')}").get(q("w:val"))
    return found


@pytest.mark.parametrize(("face", "width"), [(FACE, 9412), (LETTER, 9746)])
def test_every_width_is_said_and_fits(face: Any, width: int) -> None:
    for table in tables(face=face):
        grid = [int(each.get(q("w:w"))) for each in table.find(q("w:tblGrid"))]
        said = [
            int(each.get(q("w:w")))
            for each in table.find(q("w:tr")).iterfind(f"{q('w:tc')}/{q('w:tcPr')}/{q('w:tcW')}")
        ]
        assert said == grid
        assert sum(grid) <= width + len(grid)
        if table.getparent().tag == q("w:body"):
            assert sum(grid) == pytest.approx(width, abs=len(grid))


def test_header_rows_repeat_only_where_there_are_headings() -> None:
    heads = {style(table): len(list(table.iter(q("w:tblHeader")))) for table in tables()}
    assert heads["RecordList"] == heads["Table"] == 1
    assert heads["Facts"] == heads["Fields"] == heads["Figures"] == heads["BarChart"] == 0


def test_rows_stay_whole_unless_longer_than_half_a_page() -> None:
    short, long = tables(f"| a |\n|--|\n| b |\n\n| a |\n|--|\n| {'word ' * 600} |\n")
    assert len(list(short.iter(q("w:cantSplit")))) == 2
    assert len(list(long.iter(q("w:cantSplit")))) == 1


def test_charts_carry_their_sentence() -> None:
    said = {style(table): table.find(f"{q('w:tblPr')}/{q('w:tblDescription')}") for table in tables()}
    assert said["BarChart"].get(q("w:val")).startswith("Hours by type: Event 14.5")
    assert said["ColumnChart"].get(q("w:val")).startswith("Hours by month: January 2")
    assert said["RecordList"] is None


def test_cells_have_the_styles_of_their_table() -> None:
    cells = [(style(table), p) for table in tables() for p in table.iter(q("w:p"))]
    found = {(table, words_of(p), p.find(f"{q('w:pPr')}/{q('w:pStyle')}").get(q("w:val"))) for table, p in cells}
    assert ("RecordList", "Hours", "TableHead") in found
    assert ("RecordList", "Training", "TableText") in found
    assert ("Fields", "Objective", "FactLabel") in found
    assert ("ColumnChart", "7.5", "ChartNumber") in found


def test_a_table_in_a_list_or_quotation_is_finished_too() -> None:
    (table,) = tables("> | Fault | kA |\n> |--|--:|\n> | Phase to earth | 8.0 |\n")
    assert style(table) == "Table"
    assert table.find(f"{q('w:tblPr')}/{q('w:tblLayout')}").get(q("w:type")) == "fixed"


def test_a_table_in_a_list_ends_at_the_edge_of_the_text() -> None:
    (table,) = tables("- a\n\n  | b | c |\n  |--|--|\n  | d | e |\n")
    indent = int(table.find(f"{q('w:tblPr')}/{q('w:tblInd')}").get(q("w:w")))
    assert indent == 340
    assert indent + int(table.find(f"{q('w:tblPr')}/{q('w:tblW')}").get(q("w:w"))) == pytest.approx(9412, abs=2)
