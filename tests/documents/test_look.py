"""Where the look of each format is found."""

from pathlib import Path

import pytest

from cpdkit.documents import look
from cpdkit.documents.formats.pdf import PROGRAM
from cpdkit.errors import ToolMissing


def test_the_typst_program_is_shipped() -> None:
    assert all(look.look_file(name).is_file() for name in PROGRAM)


def test_an_installation_has_it_inside_the_package(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "cpdkit" / "templates" / "look").mkdir(parents=True)
    (tmp_path / "templates" / "look").mkdir(parents=True)
    monkeypatch.setattr(look, "_PACKAGE", tmp_path / "cpdkit")
    look.templates_folder.cache_clear()
    assert look.template_file("x.md.j2") == tmp_path / "cpdkit" / "templates" / "x.md.j2"
    look.templates_folder.cache_clear()


def test_a_damaged_installation_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(look, "_PACKAGE", tmp_path / "cpdkit")
    look.templates_folder.cache_clear()
    with pytest.raises(ToolMissing, match="templates"):
        look.templates_folder()
    look.templates_folder.cache_clear()
