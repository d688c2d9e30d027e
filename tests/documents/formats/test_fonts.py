"""The fonts of the PDF."""

import io
from importlib.machinery import ModuleSpec

import pikepdf
import pytest

from cpdkit.documents.formats import fonts
from cpdkit.documents.formats.pdf import STANDARDS, write_pdf
from cpdkit.errors import ToolMissing
from tests.documents.sample_ast import FACE, activity


def test_the_folders_are_there() -> None:
    assert [folder.name for folder in fonts.font_folders()] == list(fonts.FOLDERS)


@pytest.mark.parametrize("spec", [None, ModuleSpec("rendercv_fonts", None, origin="/nowhere/__init__.py")])
def test_missing_fonts_are_named(monkeypatch: pytest.MonkeyPatch, spec: ModuleSpec | None) -> None:
    monkeypatch.setattr(fonts, "find_spec", lambda _: spec)
    fonts.font_folders.cache_clear()
    with pytest.raises(ToolMissing, match="rendercv-fonts"):
        fonts.font_folders()
    fonts.font_folders.cache_clear()


@pytest.mark.parametrize(
    ("words", "font"),
    [
        ("Angharad", "SourceSans3-Regular"),
        ("**Łódź ŵŷ**", "SourceSans3-Bold"),
        ("東京電力", "NotoSansJP-Regular"),
        ("한국어", "NotoSansKR-Regular"),
        ("नमस्ते", "NotoSans-Regular"),
        ("`code`", "DejaVuSansMono"),
        ("$x$", "NewCMMath-Book"),
    ],
)
def test_each_script_has_its_font(words: str, font: str) -> None:
    made = write_pdf(activity(words), {}, FACE)
    assert made.standards == STANDARDS
    with pikepdf.open(io.BytesIO(made.data)) as document:
        used = {str(item.FontName).partition("+")[2] for item in document.objects if _is_font(item)}
    assert font in used


def _is_font(item: object) -> bool:
    return isinstance(item, pikepdf.Dictionary) and "/FontName" in item
