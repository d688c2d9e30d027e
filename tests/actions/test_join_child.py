"""Several PDFs become one: all pages in order, and nothing in them that does something by itself."""

import io
import sys
from types import SimpleNamespace

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

from cpdkit.actions import join_child
from cpdkit.journal.made_documents import KEYWORD

SCRIPT = DictionaryObject({NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.x()")})


def pdf(width: float, *subtypes: str) -> bytes:
    """A page of a width with an action of its own, and an annotation of each subtype, each with a script."""
    writer = PdfWriter()
    page = writer.add_blank_page(width, 100)
    page[NameObject("/AA")] = DictionaryObject({NameObject("/O"): SCRIPT})
    annotations = (
        DictionaryObject({NameObject("/Subtype"): NameObject(subtype), NameObject("/A"): SCRIPT})
        for subtype in subtypes
    )
    page[NameObject("/Annots")] = ArrayObject(writer._add_object(one) for one in annotations)
    writer.add_metadata({"/Author": "SECRET"})
    data = io.BytesIO()
    writer.write(data)
    return data.getvalue()


def test_files_are_joined_without_scripts_and_attachments(monkeypatch: pytest.MonkeyPatch) -> None:
    files = [pdf(100, "/Link", "/FileAttachment"), pdf(200, "/RichMedia"), pdf(300)]
    given = io.BytesIO(b"".join(len(each).to_bytes(8, "big") + each for each in files))
    made = io.BytesIO()
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=given))
    monkeypatch.setattr(sys, "stdout", SimpleNamespace(buffer=made))
    join_child.main()
    joined = PdfReader(made)
    assert [float(page.mediabox.width) for page in joined.pages] == [100, 200, 300]
    kept = [[one.get_object()["/Subtype"] for one in page.get("/Annots") or ()] for page in joined.pages]
    assert kept == [["/Link"], [], []]
    assert b"JavaScript" not in made.getvalue()
    assert b"SECRET" not in made.getvalue()
    assert KEYWORD.encode() in joined.trailer["/Root"]["/Metadata"].get_object().get_data()  # type: ignore[union-attr]
