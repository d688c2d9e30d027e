"""Which versions are here: the tested ones in the tests, and a sentence for any other."""

import tomllib
from pathlib import Path

import pytest

from cpdkit.documents import pandoc, tested

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
    (said,) = tested.untested(["docx"])
    assert said.startswith(f"Pandoc is 3.1.2 here and cpdkit is tested with {pandoc.TESTED}, ")


def test_another_typst_matters_to_the_pdf_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tested, "TYPST_PACKAGE", "9.9")
    assert tested.untested(["docx"]) == ()
    assert tested.untested(["pdf"]) == (f"Typst is 0.15.2 here and cpdkit is tested with 9.9, {tested.ADVICE}",)


def test_what_is_not_installed_has_no_version() -> None:
    assert tested.installed("no_such_package", "no_such_package") == ""
    assert tested.installed("json", "json") == ""
