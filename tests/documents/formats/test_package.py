"""Packages: the same parts give the same bytes, and no text breaks their XML."""

import io
import zipfile

import pytest
from lxml import etree

from cpdkit.documents.formats.package import iso_time, packed, unpacked, xml_text

PARTS = {"word/z.xml": b"<z/>", "mimetype": b"x", "a.png": b"png", "[Content_Types].xml": b"<t/>"}


def test_parts_come_back_whatever_their_order() -> None:
    data = packed(PARTS, 1_790_000_000)
    assert unpacked(data) == PARTS
    assert data == packed(dict(reversed(PARTS.items())), 1_790_000_000)


def test_order_time_and_compression() -> None:
    with zipfile.ZipFile(io.BytesIO(packed(PARTS, 0))) as package:
        entries = package.infolist()
    assert [entry.filename for entry in entries] == ["mimetype", "[Content_Types].xml", "a.png", "word/z.xml"]
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    stored = [entry.filename for entry in entries if entry.compress_type == zipfile.ZIP_STORED]
    assert stored == ["mimetype", "a.png"]


@pytest.mark.parametrize("code", [0, 1, 8, 0x0B, 0x1F, 0xFFFE, 0xFFFF, 0xD800])
def test_what_no_xml_can_hold_is_dropped(code: int) -> None:
    cleaned = xml_text(f"a{chr(code)}b")
    assert cleaned == "ab"
    etree.fromstring(f"<p>{cleaned}</p>")


def test_what_xml_can_hold_stays() -> None:
    assert xml_text("a\tb\nc é 東 😀") == "a\tb\nc é 東 😀"


def test_time_is_utc() -> None:
    assert iso_time(0) == "1970-01-01T00:00:00Z"
