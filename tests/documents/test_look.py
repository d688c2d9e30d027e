"""Find the style files of each format; their colours are in one place."""

import re
from pathlib import Path

import pytest

from cpdkit.documents import look
from cpdkit.documents.formats.pdf import PROGRAM
from cpdkit.errors import ToolMissing

ROOT = Path(__file__).resolve().parents[2]
COLOUR = re.compile(r"""#(?:[0-9a-f]{6}|[0-9a-f]{3})\b|\brgba?\(\s*["'0-9]|\bhsla?\(""", re.IGNORECASE)


def test_the_typst_program_is_shipped() -> None:
    assert all(look.look_file(name).is_file() for name in PROGRAM)


def test_an_installation_has_it_inside_the_package(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "cpdkit" / "templates" / "look").mkdir(parents=True)
    (tmp_path / "templates" / "look").mkdir(parents=True)
    monkeypatch.setattr(look, "_PACKAGE", tmp_path / "cpdkit")
    monkeypatch.setattr(look, "CHECKOUT", tmp_path)
    look.templates_folder.cache_clear()
    assert look.template_file("x.md.j2") == tmp_path / "cpdkit" / "templates" / "x.md.j2"
    look.templates_folder.cache_clear()


def test_a_damaged_installation_is_reported(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(look, "_PACKAGE", tmp_path / "cpdkit")
    monkeypatch.setattr(look, "CHECKOUT", tmp_path)
    look.templates_folder.cache_clear()
    with pytest.raises(ToolMissing, match="templates"):
        look.templates_folder()
    look.templates_folder.cache_clear()


def test_a_colour_is_written_in_the_palette_alone() -> None:
    folders = (ROOT / "templates" / "look", ROOT / "cpdkit" / "documents", ROOT / "tools")
    files = [
        path for folder in folders for path in folder.rglob("*") if path.suffix in (".py", ".typ", ".css", ".html")
    ]
    assert len(files) > 20
    assert [f"{path}: {hit[0]}" for path in files for hit in COLOUR.finditer(path.read_text("utf-8"))] == []
    assert COLOUR.search("color: #fff") and COLOUR.search('rgb("#d5dbe1")') and COLOUR.search("rgb(1, 2, 3)")


def test_light_and_dark_have_the_same_colours() -> None:
    light, dark = look.palette(), look.palette("dark")
    assert light.keys() == dark.keys()
    assert all(re.fullmatch("#[0-9a-f]{6}", colour) for theme in (light, dark) for colour in theme.values())
