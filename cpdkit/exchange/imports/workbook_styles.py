"""Replace the styles of a workbook that openpyxl cannot read; only the formats of numbers and dates matter here."""

import io
import re
import zipfile
from html import unescape
from xml.sax.saxutils import quoteattr

_STYLES = "xl/styles.xml"
_START = re.compile(r"<(?:\w{1,20}:)?cellXfs\b")
_END = re.compile(r"</(?:\w{1,20}:)?cellXfs>")
_FORMAT = re.compile(r"<(?:\w{1,20}:)?xf\b([^<>]*)>")
_FORMAT_ID = re.compile(r'\bnumFmtId="(\d{1,9})"')
_CODE = re.compile(r"<(?:\w{1,20}:)?numFmt\b([^<>]*)>")
_CODE_TEXT = re.compile(r'\bformatCode="([^"]*)"')
_STYLE_OF_CELL = re.compile(rb'<(?:\w{1,20}:)?c\b[^<>]*?\ss="(\d{1,5})"')
_MOST_STYLES = 65_000
_NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REST = (
    "<fonts><font/></fonts>",
    "<fills><fill><patternFill/></fill></fills>",
    "<borders><border/></borders>",
    '<cellStyleXfs><xf numFmtId="0"/></cellStyleXfs>',
)
"""What a stylesheet must have before the formats of its cells."""


def with_plain_styles(data: bytes) -> tuple[bytes, bool]:
    """Return a workbook with styles that only have its number formats, and whether each cell still has its format.

    The data must be an archive within the limits. Raises ValueError, OSError and zipfile.BadZipFile.
    """
    made = io.BytesIO()
    most = 0
    with zipfile.ZipFile(io.BytesIO(data)) as parts, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as copy:
        names = dict.fromkeys(parts.namelist())
        styles = parts.read(_STYLES).decode("utf-8", "replace") if _STYLES in names else ""
        for name in names:
            if name != _STYLES:
                part = parts.read(name)
                copy.writestr(name, part)
                if name.startswith("xl/worksheets/"):
                    most = max([most, *(int(match[1]) for match in _STYLE_OF_CELL.finditer(part))])
        start = _START.search(styles)
        end = _END.search(styles, start.end()) if start else None
        section = styles[start.end() : end.start()] if start and end else ""
        formats = [_attribute(_FORMAT_ID, match[1], "0") for match in _FORMAT.finditer(section)]
        missing = max(min(most, _MOST_STYLES) + 1 - len(formats), 0)
        copy.writestr(_STYLES, _plain(styles, [*formats, *["0"] * missing]))
    return made.getvalue(), not missing


def _plain(styles: str, formats: list[str]) -> str:
    codes = {
        _attribute(_FORMAT_ID, match[1], ""): _attribute(_CODE_TEXT, match[1], "") for match in _CODE.finditer(styles)
    }
    written = "".join(
        f'<numFmt numFmtId="{number}" formatCode={quoteattr(unescape(code))}/>'
        for number, code in codes.items()
        if number
    )
    known = (number if int(number) < 164 or number in codes else "0" for number in formats)
    cells = "".join(f'<xf numFmtId="{number}" fontId="0" fillId="0" borderId="0" xfId="0"/>' for number in known)
    numbers = f"<numFmts>{written}</numFmts>" if written else ""
    names = '<cellStyles><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    parts = (numbers, *_REST, f"<cellXfs>{cells}</cellXfs>", names)
    return f'<styleSheet xmlns="{_NAMESPACE}">{"".join(parts)}</styleSheet>'


def _attribute(pattern: re.Pattern[str], text: str, default: str) -> str:
    match = pattern.search(text)
    return match[1] if match else default
