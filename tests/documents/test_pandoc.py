"""Pandoc's commands: where Pandoc is, what it may do, and its errors."""

import json
import sys
import tomllib
from pathlib import Path

import pytest

from cpdkit.documents import pandoc
from cpdkit.documents import pandoc as tested
from cpdkit.documents.tree import document
from cpdkit.errors import ToolFailed, ToolMissing

PARAGRAPH = document([{"t": "Para", "c": [{"t": "Str", "c": "Word"}]}])


def as_bytes(tree: object) -> bytes:
    return json.dumps(tree).encode()


def test_it_is_the_wheels_and_of_the_tested_version() -> None:
    assert pandoc.binary().parent.parent.name == "pypandoc"
    assert pandoc.version() == pandoc.TESTED
    assert "pypandoc" not in sys.modules


def test_another_can_be_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    named = tmp_path / "pandoc"
    named.write_text("#!/bin/sh\n")
    monkeypatch.setenv("CPD_PANDOC", str(named))
    assert pandoc.binary() == named


def test_the_error_for_a_missing_pandoc_has_a_remedy(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CPD_PANDOC", str(tmp_path / "none"))
    with pytest.raises(ToolMissing, match="none") as caught:
        pandoc.binary()
    assert "pypandoc_binary" in caught.value.hint


def test_without_the_wheel_it_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pandoc, "_in_wheel", lambda: None)
    with pytest.raises(ToolMissing, match="pypandoc_binary"):
        pandoc.read_skeleton("x")


def test_a_skeleton_keeps_its_classes() -> None:
    (div,) = pandoc.read_skeleton('::: {.chart values="1 2"}\n[7]{.number} "x" $5\n:::\n')["blocks"]
    assert div["c"][0] == ["", ["chart"], [["values", "1 2"]]]
    assert [inline["t"] for inline in div["c"][1][0]["c"]] == ["Span", "Space", "Str", "Space", "Str"]


def test_the_same_tree_makes_the_same_bytes() -> None:
    first, second = (pandoc.write(as_bytes(PARAGRAPH), "docx", epoch=1_700_000_000) for _ in range(2))
    assert first == second
    assert first[:2] == b"PK"


def test_writing_reads_no_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret.png"
    secret.write_text("secret")
    image = {"t": "Image", "c": [["", [], []], [{"t": "Str", "c": "alt"}], [str(secret), ""]]}
    made = pandoc.write(
        as_bytes(document([{"t": "Para", "c": [image]}])), "html5", epoch=0, extra=["--embed-resources", "--standalone"]
    )
    assert b"secret</" not in made
    assert b"data:" not in made


def test_the_users_templates_are_not_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    own = tmp_path / ".local" / "share" / "pandoc" / "templates"
    own.mkdir(parents=True)
    (own / "default.html5").write_text("HIJACKED")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / ".local" / "share"))
    assert b"HIJACKED" not in pandoc.write(as_bytes(PARAGRAPH), "html5", epoch=0, extra=["--standalone"])


def test_the_messages_of_pandoc_are_kept() -> None:
    with pytest.raises(ToolFailed, match="JSON"):
        pandoc.write(b"no tree", "html5", epoch=0)


def test_its_memory_is_bounded() -> None:
    with pytest.raises(ToolFailed) as caught:
        pandoc.read_skeleton("x " * 200_000, heap=8 * 1024 * 1024)
    assert caught.value.code == 251


ROOT = Path(__file__).resolve().parents[2]


def test_those_that_are_tested_need_no_word() -> None:
    assert tested.untested(["docx", "pdf"]) == ()


def test_they_are_those_that_the_package_pins() -> None:
    needs = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    assert {f"pypandoc_binary=={tested.PANDOC_PACKAGE}", f"typst=={tested.TYPST_PACKAGE}"} <= set(needs)


def test_another_pandoc_is_named_with_both_versions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pandoc, "version", lambda: "3.1.2")
    assert tested.untested(["docx"]) == ()
    monkeypatch.setenv("CPD_PANDOC", "pandoc")
    (warning,) = tested.untested(["docx"])
    assert "Pandoc" in warning
    assert "3.1.2" in warning
    assert pandoc.TESTED in warning


def test_another_typst_matters_to_the_pdf_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tested, "TYPST_PACKAGE", "9.9")
    assert tested.untested(["docx"]) == ()
    (warning,) = tested.untested(["pdf"])
    assert "Typst 9.9" in warning
    assert "0.15.2" in warning


def test_what_is_not_installed_has_no_version() -> None:
    assert tested.installed("no_such_package", "no_such_package") == ""
    assert tested.installed("json", "json") == ""
