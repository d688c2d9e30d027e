"""Join PDFs into one, in a process of its own, since a file may be damaged or hostile.

Reads the files from standard input, each after its length in eight bytes, and writes the joined PDF.
"""

import io
import sys
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, NameObject

from cpdkit.journal.made_documents import KEYWORD

_ACTIVE = {"/FileAttachment", "/Movie", "/RichMedia", "/Screen", "/Sound", "/3D"}
"""Annotations that contain files or programs. The others stay, since a signature that one can see is one."""
_METADATA = "".join(
    (
        '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>',
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">',
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">',
        '<rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">',
        f"<pdf:Keywords>{KEYWORD}</pdf:Keywords>",
        '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>',
    )
)
"""The mark by which `cpd check` knows the file."""


def main() -> None:
    """Join the files of standard input."""
    data = sys.stdin.buffer.read()
    writer = PdfWriter()
    at = 0
    while at < len(data):
        size = int.from_bytes(data[at : at + 8], "big")
        writer.append(PdfReader(io.BytesIO(data[at + 8 : at + 8 + size])), import_outline=False)
        at += 8 + size
    for page in writer.pages:
        _without_actions(page)
    writer.metadata = None
    writer.root_object[NameObject("/Metadata")] = writer._add_object(_metadata())
    writer.compress_identical_objects()
    held = io.BytesIO()
    writer.write(held)
    sys.stdout.buffer.write(held.getvalue())


def _without_actions(page: Any) -> None:
    """Remove what a page does by itself or on a click, such as running a script."""
    page.pop("/AA", None)
    kept = ArrayObject()
    for reference in page.get("/Annots") or ():
        annotation = reference.get_object()
        if annotation.get("/Subtype") not in _ACTIVE:
            for action in ("/A", "/AA", "/PA"):
                annotation.pop(action, None)
            kept.append(reference)
    page.pop("/Annots", None)
    if kept:
        page[NameObject("/Annots")] = kept


def _metadata() -> DecodedStreamObject:
    stream = DecodedStreamObject()
    stream.set_data(_METADATA.encode())
    stream[NameObject("/Type")] = NameObject("/Metadata")
    stream[NameObject("/Subtype")] = NameObject("/XML")
    return stream


if __name__ == "__main__":
    main()
