"""Build `templates/look/reference.docx` and `reference.odt`, which contain the styles of Pandoc's documents.

A development tool, not shipped. Run it after changing a style, and commit its output.

    python tools/build_reference.py [FOLDER]
"""

import io
import sys
import zipfile
from pathlib import Path

import docx
from docx.document import Document
from lxml import etree

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools import reference_odf
from tools import reference_styles as styles

LOOK = Path(__file__).resolve().parent.parent / "templates" / "look"
LEFTOVERS = ("customXml", "docProps", "thumbnail", "stylesWithEffects", "numbering")
"""Parts of python-docx's own template that we do not want, or that Pandoc writes itself."""

FIXED_TIME = (1980, 1, 1, 0, 0, 0)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def build_docx() -> bytes:
    """Return the reference document for DOCX: our styles, fonts and settings, A4, and an empty header and footer."""
    document = docx.Document()
    _clear_body(document)
    _replace_root(document.styles.element, styles.styles_xml())
    _replace_root(document.settings.element, styles.settings_xml())
    _furniture(document)
    data = io.BytesIO()
    document.save(data)
    return _normalised(data.getvalue())


def _clear_body(document: Document) -> None:
    for child in list(document.element.body):
        if child.tag != f"{W}sectPr":
            document.element.body.remove(child)


def _replace_root(root: etree._Element, text: str) -> None:
    fresh = etree.fromstring(text)
    for child in list(root):
        root.remove(child)
    root.extend(list(fresh))


def _furniture(document: Document) -> None:
    section = document.sections[0]
    for name, value in styles.PAGE.items():
        setattr(section, name, value)
    section.different_first_page_header_footer = True
    for part, style in (
        (section.header, "Header"),
        (section.footer, "Footer"),
        (section.first_page_header, "Header"),
        (section.first_page_footer, "Footer"),
    ):
        part.is_linked_to_previous = False
        part.paragraphs[0].style = document.styles[style]


def _normalised(data: bytes) -> bytes:
    """Return the package with our font table and theme and without python-docx's leftovers, reproducibly."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts = {name: part for name, part in parts.items() if not any(word in name for word in LEFTOVERS)}
    parts["word/fontTable.xml"] = styles.font_table_xml().encode()
    for name in ("_rels/.rels", "word/_rels/document.xml.rels", "[Content_Types].xml"):
        parts[name] = _without_removed(parts[name])
    return _zipped(parts)


def _without_removed(part: bytes) -> bytes:
    root = etree.fromstring(part)
    for child in list(root):
        place = child.get("Target") or child.get("PartName") or ""
        gone = any(word in place for word in LEFTOVERS)
        if gone or child.get("Extension") == "jpeg":
            root.remove(child)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _zipped(parts: dict[str, bytes]) -> bytes:
    data = io.BytesIO()
    # Readers expect the type list or the mimetype first.
    order = sorted(parts, key=lambda name: (name not in {"mimetype", "[Content_Types].xml"}, name))
    with zipfile.ZipFile(data, "w") as package:
        for name in order:
            entry = zipfile.ZipInfo(name, FIXED_TIME)
            entry.create_system = 0
            stored = name == "mimetype"
            package.writestr(entry, parts[name], zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED, 9)
    return data.getvalue()


def build_odt() -> bytes:
    """Return the reference document for ODT, from the same table of styles."""
    return _zipped({name: part.encode() for name, part in reference_odf.package().items()})


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "reference.docx").write_bytes(build_docx())
    (folder / "reference.odt").write_bytes(build_odt())


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else LOOK)
