"""The PDF, opened and read back."""

import copy
import io
import re
import subprocess
import sys
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from cpdkit.documents.formats import pdf
from cpdkit.documents.formats.pdf import STANDARDS, Pdf, write_pdf
from cpdkit.errors import ToolError
from tests.documents.sample_ast import (
    CHARTS,
    LETTER,
    LONG_WORD,
    PROPERTIES,
    activity,
    pages,
    parse,
    picture,
    report,
    tags,
    words,
)
from tests.tools import needs

MEDIA = {"m0001.png": picture()}


@pytest.fixture(scope="module")
def made() -> Pdf:
    return write_pdf(report(), MEDIA, PROPERTIES)


def test_it_meets_both_standards(made: Pdf) -> None:
    assert (made.standards, made.missing, made.formulas, made.images, made.refused) == (STANDARDS, (), (), (), "")
    with pikepdf.open(io.BytesIO(made.data)) as document, document.open_metadata() as meta:
        assert document.Root.MarkInfo.Marked
        assert str(document.Root.Lang) == "en-GB"
        assert meta["pdfuaid:part"] == "1"
        assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("2", "A")
        assert meta["dc:title"] == PROPERTIES.title
        assert str(document.docinfo["/Author"]) == PROPERTIES.author
        assert str(document.docinfo["/Subject"]) == PROPERTIES.subject


def test_bookmarks_show_the_sections_and_have_the_activities_below_them(made: Pdf) -> None:
    """A reader opens the sections only: the title is no bookmark, since all the others would be hidden below it."""
    with pypdfium2.PdfDocument(made.data) as document:
        found = [(mark.level, mark.get_title()) for mark in document.get_toc()]
    assert found == [
        (0, "Hours"),
        (0, "Activities"),
        (0, "Activities in detail"),
        (1, "Grid-scale storage"),
        (1, "Zażółć"),
    ]


def test_a_reader_has_no_complaints(made: Pdf, tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(made.data)
    done = subprocess.run([needs("pdfinfo"), file], capture_output=True, check=True, text=True)
    assert (done.stderr, "Tagged:          yes" in done.stdout) == ("", True)
    with pikepdf.open(file) as document:
        assert dict(document.Root.MarkInfo) == {"/Marked": True}
        assert document.check_pdf_syntax() == []


def test_every_part_is_tagged_as_what_it_is(made: Pdf) -> None:
    found = tags(made.data)
    charts = [CHARTS[key].alt for key in ("by_type", "by_month")]
    assert [alt for tag, alt in found if tag == "/Figure"] == [*charts, "A relay"]
    assert ("/Formula", "E = mc^2") in found
    assert {"/H1", "/H6", "/Table", "/THead", "/TH", "/L", "/LI", "/BlockQuote", "/Note", "/Code", "/Link"} <= {
        tag for tag, _ in found
    }


def test_readers_of_the_structure_have_what_they_need(made: Pdf) -> None:
    """The rules of PDF/UA-1 that a program can check and that the layout could break."""
    with pikepdf.open(io.BytesIO(made.data)) as document:
        assert {str(page.Tabs) for page in document.pages} == {"/S"}
        links = [mark for page in document.pages for mark in page.get("/Annots", ())]
        assert links and all(str(mark.Contents) and "/StructParent" in mark for mark in links)
        parts = [each for each in document.objects if isinstance(each, pikepdf.Dictionary)]
        fonts = [each for each in parts if each.get("/Type") == "/FontDescriptor"]
        assert fonts and all(any(f"/FontFile{kind}" in each for kind in ("", 2, 3)) for each in fonts)
        heads = [each for each in parts if each.get("/S") == "/TH"]
        assert heads and all("/Scope" in attributes for each in heads for attributes in each.A if "/O" in attributes)
    levels = [int(tag[2:]) for tag, _ in tags(made.data) if re.fullmatch("/H[1-6]", tag)]
    assert levels[0] == 1 and all(after <= before + 1 for before, after in pairwise(levels))


def test_every_word_arrives(made: Pdf) -> None:
    text = words(made.data)
    for expected in (
        "CONTINUING PROFESSIONAL DEVELOPMENT", "41.5 h", "31 of 34", "with a reflection", "could not be read",
        "By type, hours", "Academic study", "14.5", "東京電力", "(3.5 of 7 h)", "counted inside the period",
        "14 March 2026", "$5-$10, or $5;", "Smith.pdf and Bold.Next and struck", '#import "x": *',
        "#panic(“no”) @name <label>", "Quoted words", "☑finished task", "☐open task", "nested item", "7.seventh",
        "Three-phase", 'read("/etc/hostname")', "Deepest", "for members", "Protect converter-dominated grids",
        "certificate.pdf", "नमस्ते", "Llŷn", "の講義", "1100 234567",
    ):  # fmt: skip
        assert "".join(expected.split()) in text, expected


def test_the_running_header_leaves_out_the_first_page(made: Pdf) -> None:
    first, *others = pages(made.data)
    assert PROPERTIES.header_right not in first.replace(PROPERTIES.title, "")
    assert others and all(PROPERTIES.header_left in page and PROPERTIES.header_right in page for page in others)
    assert f"Page 1 of {len(others) + 1}" in first
    assert all(PROPERTIES.footer_left in page for page in (first, *others))


def test_no_page_is_blank(made: Pdf) -> None:
    assert len(pages(made.data)) == 2


@pytest.mark.parametrize(("properties", "size"), [(PROPERTIES, (595, 842)), (LETTER, (612, 792))])
def test_paper(properties, size) -> None:
    with pypdfium2.PdfDocument(write_pdf(activity("x"), {}, properties).data) as document:
        assert tuple(round(side) for side in document[0].get_size()) == size


def test_language_without_a_region() -> None:
    with pikepdf.open(io.BytesIO(write_pdf(activity("x"), {}, replace(PROPERTIES, language="cy")).data)) as document:
        assert str(document.Root.Lang) == "cy"


def test_same_input_same_bytes_and_the_input_is_left_alone(made: Pdf) -> None:
    tree = report()
    before = copy.deepcopy(tree)
    assert write_pdf(tree, MEDIA, PROPERTIES).data == made.data
    assert tree == before
    assert write_pdf(tree, MEDIA, replace(PROPERTIES, epoch=0)).data != made.data


@pytest.mark.parametrize(
    "text",
    [
        "السلامة في مواقع العمل", "**عريض** IEC 61850", "שלום עולם, **מודגש**", "ความปลอดภัย **หนา**",
        "Hello 😀 🎉 ✅ ☎️",
        "👩‍🔧 and 👍🏽 and 🇬🇧", "`كود` and `😀`", "東京 한국어 नमस्ते Ελληνικά Кириллица",
    ],
)  # fmt: skip
def test_scripts_and_emoji_have_glyphs(text: str) -> None:
    made = write_pdf(activity(text, text.replace("*", "")), {}, PROPERTIES)
    assert (made.standards, made.missing, made.refused) == (STANDARDS, (), "")


def test_a_missing_glyph_names_itself_and_its_code_is_shown() -> None:
    made = write_pdf(activity("Hello \U00013000", "Party"), {}, PROPERTIES)
    assert made.standards == STANDARDS
    assert [(str(glyph), glyph.where) for glyph in made.missing] == [
        ("U+13000 egyptian hieroglyph a001", (("a1", "Party"),))
    ]
    assert "Hello[U+13000]" in words(made.data)


def test_a_missing_glyph_changes_no_address_and_no_property() -> None:
    named = replace(PROPERTIES, title="\U00013000", header_left="\U00013000 Ltd")
    made = write_pdf(activity("[\U00013000](https://example.com/\U00013000)\n\n" + "a\n\n" * 99), {}, named)
    assert (made.standards, made.refused) == (STANDARDS, "")
    assert "[U+13000]Ltd" in words(made.data)
    with pikepdf.open(io.BytesIO(made.data)) as document, document.open_metadata() as meta:
        assert meta["dc:title"] == "\U00013000"
        links = [mark.A.URI for page in document.pages for mark in page.get("/Annots", ()) if "/A" in mark]
        assert [bytes(each).decode() for each in links] == ["https://example.com/\U00013000"]


def test_a_private_use_character_names_itself_and_hides_no_other() -> None:
    """The message of PDF/A differs for a character that a font has (the first) and one that no font has."""
    made = write_pdf(
        parse("::: activity\n### One {#a1}\n\nA \ue000 and \U000f0000 and \U00013000.\n:::\n"), {}, PROPERTIES
    )
    assert {each.char for each in made.missing} == {"\ue000", "\U000f0000", "\U00013000"}
    assert {each.where for each in made.missing} == {(("a1", "One"),)}
    assert (made.standards, made.refused) == (STANDARDS, "")
    assert "A[U+E000]and[U+F0000]and[U+13000]" in words(made.data)


def test_a_broken_image_is_shown_by_its_words() -> None:
    made = write_pdf(
        activity("![a relay](cpd-media:m0002.png)\n\n![fine](cpd-media:m0001.png)"),
        MEDIA | {"m0002.png": b"x"},
        PROPERTIES,
    )
    assert (made.images, made.standards) == (("m0002.png",), STANDARDS)
    assert "arelay" in words(made.data)


def test_a_formula_that_is_none_is_shown_as_written() -> None:
    made = write_pdf(activity(r"It is $\foo{x}$ and $x^2$."), {}, PROPERTIES)
    assert made.formulas == (r"\foo{x}",)
    assert made.standards == STANDARDS
    assert r"Itis\foo{x}and" in words(made.data)


@pytest.mark.parametrize(
    "body",
    [
        LONG_WORD,
        f"`{LONG_WORD}`",
        f"```\n{LONG_WORD}\n```",
        f"| a | b |\n|--|--|\n| {LONG_WORD} | x |",
        f"- {LONG_WORD}",
        f"#### {LONG_WORD}",
        f"[{LONG_WORD}](https://example.org)",
        f"x[^1]\n\n[^1]: {LONG_WORD}",
        f"::: {{.fields}}\n| | |\n|--|--|\n| {LONG_WORD} | {LONG_WORD} |\n:::",
    ],
)
def test_a_word_of_400_letters_stays_on_the_page_whole(body: str) -> None:
    data = write_pdf(activity(body), {}, PROPERTIES).data
    assert LONG_WORD in words(data)
    with pypdfium2.PdfDocument(data) as document:
        text = document[0].get_textpage()
        right = max(text.get_rect(at)[2] for at in range(text.count_rects()))
    assert right <= 595 - 20 / 25.4 * 72 + 1


def test_a_long_table_keeps_its_rows_and_repeats_its_header() -> None:
    rows = "".join(f"| row{at} end | {at} |\n" for at in range(200))
    found = pages(write_pdf(activity(f"| Fault | kA |\n|--|--:|\n{rows}"), {}, PROPERTIES).data)
    assert [f"row{at} end" in "\n".join(found) for at in range(200)] == [True] * 200
    assert len(found) > 3
    assert all("Fault" in page for page in found)


def test_a_cell_taller_than_a_page_is_whole() -> None:
    cell = " ".join(f"w{at}" for at in range(3000))
    assert "w2999" in words(write_pdf(activity(f"| a | b |\n|--|--|\n| {cell} | x |"), {}, PROPERTIES).data)


def test_a_heading_is_never_alone_at_the_foot_of_a_page() -> None:
    body = "\n\n".join(f"#### heading{at}x\n\nfirst{at}x " + "word " * (at * 7 % 90) for at in range(60))
    found = pages(write_pdf(activity(body), {}, PROPERTIES).data)
    place = {word: at for at, page in enumerate(found) for word in page.split()}
    assert len(found) > 2
    assert [place[f"heading{at}x"] for at in range(60)] == [place[f"first{at}x"] for at in range(60)]


def test_a_skipped_heading_level_of_an_own_template_is_closed() -> None:
    made = write_pdf(parse("## First\n\n##### Fifth\n\n# One"), {}, PROPERTIES)
    assert [tag for tag, _ in tags(made.data) if tag[1:].startswith("H")] == ["/H1", "/H2", "/H1"]
    assert made.standards == STANDARDS


def test_nesting_as_deep_as_vetting_allows() -> None:
    quotes = "".join(">" * depth + f" level{depth}\n{'>' * depth}\n" for depth in range(1, 11))
    lists = "".join("  " * depth + f"- item{depth}\n" for depth in range(10))
    inline = "*" + "**".join("ab" * 1 for _ in range(3)) + "*"
    made = write_pdf(
        activity(f"{quotes}\n\n{lists}\n\n{inline}\n\n[~~struck *link*~~](https://example.org)"), {}, PROPERTIES
    )
    assert made.standards == STANDARDS
    assert all(word in words(made.data) for word in ("level10", "item9", "strucklink"))


def test_a_document_without_anything() -> None:
    assert write_pdf(parse("# Nothing"), {}, PROPERTIES).standards == STANDARDS


def test_a_document_beyond_the_memory_bound_is_refused_before_it_starts(monkeypatch) -> None:
    monkeypatch.setattr(pdf, "MEMORY", 100_000_000)
    with pytest.raises(ToolError, match="would need about") as caught:
        write_pdf(activity("x"), {}, PROPERTIES)
    assert "--period" in caught.value.hint


def test_running_out_of_memory_is_reported(monkeypatch) -> None:
    monkeypatch.setattr(pdf, "MEMORY", 250_000_000)
    monkeypatch.setattr(pdf, "MEMORY_PER_BYTE", 0)
    body = "\n\n".join("word " * 200 for _ in range(1200))
    with pytest.raises(ToolError, match="GiB of memory") as caught:
        write_pdf(activity(body), {}, PROPERTIES)
    assert "--period" in caught.value.hint


def test_time_is_bounded(monkeypatch) -> None:
    monkeypatch.setattr(pdf, "SECONDS", 0.01)
    monkeypatch.setattr(pdf, "SECONDS_PER_MEGABYTE", 0)
    with pytest.raises(ToolError, match="stopped after") as caught:
        write_pdf(activity("x"), {}, PROPERTIES)
    assert "--period" in caught.value.hint


CHILDREN = {
    "dead": "exit 7",
    "killed": "kill -9 $$",
    "aborted": "kill -6 $$",
    "panicked": 'echo "thread panicked at group.rs:453" >&2; exit 1',
    "deaf": "exec <&-; echo x; exit 3",
    "silent": "exec sleep 600",
    "looping": "while :; do :; done",
    "quiet at both ends": "exec >&- 2>&- <&-; exec sleep 600",
    "talking": "exec yes",
    "complaining": "exec yes >&2",
    "saying nothing": "exit 0",
    "saying something else": "echo []",
    "saying half": 'echo \'{"error": ""}\'',
    "without a file": 'echo \'{"error": "", "refused": "", "standards": [], "broken": []}\'',
    "with a child of its own": "sleep 600 & exit 1",
}


@pytest.mark.parametrize("name", CHILDREN)
def test_a_child_that_dies_hangs_or_loops_is_an_error_with_a_name(name: str, monkeypatch, tmp_path) -> None:
    child = tmp_path / "python"
    child.write_text(f"#!/bin/sh\n{CHILDREN[name]}\n")
    child.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(child))
    monkeypatch.setattr(pdf, "SECONDS", 2)
    with pytest.raises(ToolError) as caught:
        write_pdf(activity("x"), {}, PROPERTIES)
    assert "ypst" in str(caught.value) and caught.value.tool == "typst"
    assert chain_of(caught.value)


@pytest.mark.parametrize("body", ["\u00a0" * 10_000, "\u00a0 " * 10_000, "\u200b" * 10_000, "\u2060" * 10_000])
def test_no_run_of_blanks_hangs(body: str) -> None:
    try:
        write_pdf(activity(body), {}, PROPERTIES)
    except ToolError as error:
        assert chain_of(error)


def chain_of(error: BaseException | None) -> list[BaseException]:
    """Return an error, its cause, and so on. A circle among them is a failure."""
    chain: list[BaseException] = []
    while error is not None:
        assert error not in chain
        chain.append(error)
        error = error.__cause__ or error.__context__
    return chain


def test_a_missing_typst_is_named(monkeypatch, tmp_path) -> None:
    without = tmp_path / "python"
    without.write_text("#!/bin/sh\necho \"ModuleNotFoundError: No module named 'typst'\" >&2\nexit 1\n")
    without.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(without))
    with pytest.raises(ToolError, match="not installed") as caught:
        write_pdf(activity("x"), {}, PROPERTIES)
    assert "pip install typst" in caught.value.hint
