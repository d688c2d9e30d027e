from dataclasses import replace
from typing import Any

import pytest

from cpdkit.documents.formats.odt import write_odt
from cpdkit.text.process import run
from tests.documents.office_sample import parts, photograph, sample, trees, words_of
from tests.documents.sample_ast import FACE, LETTER, pages, parse
from tests.tools import needs

MEDIA = {"m0001.png": photograph()}
NASTY = "A\x00\x0b<b>& 東"


@pytest.fixture(scope="module")
def made() -> bytes:
    return write_odt(sample(), MEDIA, LETTER)


def test_every_part_parses_and_the_type_comes_first(made: bytes) -> None:
    assert {"content.xml", "styles.xml", "meta.xml"} <= set(trees(made))
    assert next(iter(parts(made))) == "mimetype"


def test_same_tree_same_bytes(made: bytes) -> None:
    assert write_odt(sample(), MEDIA, LETTER) == made


def test_each_image_stands_once_and_is_listed(made: bytes) -> None:
    pictures = {name for name in parts(made) if name.startswith("Pictures/")}
    assert pictures == {"Pictures/bar0.png", "Pictures/bar1.png", "Pictures/m0001.jpg"}
    assert parts(made)["Pictures/m0001.jpg"] == MEDIA["m0001.png"]
    listed = parts(made)["META-INF/manifest.xml"].decode()
    assert all(listed.count(f'"{name}"') == 1 for name in pictures)


def test_properties_and_furniture_survive_any_words() -> None:
    nasty = replace(FACE, title=NASTY, author=NASTY, header_left=NASTY, footer_left=NASTY, language="cy")
    made = trees(write_odt(parse("# A\n"), {}, nasty))
    assert "A<b>& 東" in words_of(made["meta.xml"])
    assert words_of(made["styles.xml"]).count("Page 1 of 1") == 2


def test_title_is_a_field_where_it_is_the_title() -> None:
    made = parts(write_odt(parse("# A\n"), {}, replace(FACE, header_right=FACE.title)))
    assert b"<text:title>Activity report 2026</text:title>" in made["styles.xml"]


def test_libreoffice_reads_it_without_a_blank_page(tmp_path: Any, made: bytes) -> None:
    office = needs("libreoffice")
    (tmp_path / "a.odt").write_bytes(made)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    args = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, tmp_path / "a.odt"]
    run("libreoffice", args, timeout=120)
    shown = pages((tmp_path / "a.pdf").read_bytes())
    assert all(len(page.split()) > 20 for page in shown)
    assert f"Page {len(shown)} of {len(shown)}" in " ".join(shown[-1].split())
