"""A workbook with sound data and odd styles is read, with its dates."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from openpyxl import Workbook

from cpdkit.exchange.imports.xlsx import read_xlsx

STYLES = "xl/styles.xml"


def restyled(change: Callable[[str], str]) -> bytes:
    """Return a workbook whose styles are changed; an empty text removes them."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Title", "Date", "Time", "Minutes"])
    sheet.append(["Relays", date(2026, 1, 12), timedelta(hours=1.5), 90])
    sheet["D2"].number_format = '0" min"'
    before, after = io.BytesIO(), io.BytesIO()
    book.save(before)
    with zipfile.ZipFile(before) as parts, zipfile.ZipFile(after, "w") as copy:
        for name in parts.namelist():
            data = parts.read(name)
            if name == STYLES:
                data = change(data.decode()).encode()
            if data:
                copy.writestr(name, data)
    return after.getvalue()


def without(name: str) -> Callable[[str], str]:
    return swap(rf"<{name}\b.*?</{name}>", "")


def swap(old: str, new: str) -> Callable[[str], str]:
    def change(text: str) -> str:
        changed = re.sub(old, new, text)
        assert changed != text
        return changed

    return change


@pytest.mark.parametrize(
    "change",
    [
        without("fonts"), without("fills"), without("borders"), without("cellStyleXfs"), without("cellStyles"),
        swap('<family val="2"', '<family val="200"'), swap('<color theme="1"', '<color rgb="zzz"'),
        swap('patternType="gray125"', 'patternType="odd"'), swap("<left ?/>", '<left style="odd"/>'),
        swap("<fills.*?</fills>", "<fills><fill/></fills>"), swap('fontId="0"', 'fontId="99"'),
        swap('name="Normal" xfId="0"', 'xfId="7"'), swap("</styleSheet>", ""), swap("<fonts", "<odd/><fonts"),
        swap("</cellXfs>", '<xf numFmtId="0"><alignment horizontal="odd"/></xf></cellXfs>'),
    ],
)  # fmt: skip
def test_odd_styles_do_not_matter(change: Callable[[str], str]) -> None:
    table = read_xlsx(restyled(change), "log.xlsx")
    assert table.rows[0].cells == ("Relays", "2026-01-12", "1h30", "90 min")
    assert table.remarks == ()


@pytest.mark.parametrize("change", [lambda _: "", lambda _: " ", lambda _: "<styleSheet", without("cellXfs")])
def test_without_formats_the_data_is_read_with_a_remark(change: Callable[[str], str]) -> None:
    table = read_xlsx(restyled(change), "log.xlsx")
    assert table.rows[0].cells[0] == "Relays"
    assert table.rows[0].cells[1] == "46034"
    assert len(table.remarks) == 1
