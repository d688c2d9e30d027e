"""The sample document for the office formats, and functions that read a package back."""

import io
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree
from PIL import Image

from tests.documents.sample_ast import parse

SAMPLE = Path(__file__).parent / "sample.md"


def sample() -> dict[str, Any]:
    """Return the tree of `sample.md`, which uses every class of the skeleton."""
    return parse(SAMPLE.read_text("utf-8"))


@cache
def photograph(kind: str = "JPEG", size: tuple[int, int] = (3000, 1500)) -> bytes:
    """Return an image larger than a page at the usual resolution."""
    held = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(held, kind)
    return held.getvalue()


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def trees(data: bytes) -> dict[str, Any]:
    """Return every XML part, parsed."""
    found = parts(data).items()
    return {name: etree.fromstring(part) for name, part in found if name.endswith((".xml", ".rels", ".rdf"))}


def words_of(root: Any) -> str:
    return " ".join(" ".join(root.itertext()).split())
