"""Isolation through the real program: no body changes anything outside it, and its words arrive in every format."""

import io
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import docx
import lxml.html
import pikepdf
import pypdfium2
import pytest

from tests.documents.hostile import DEEP, HOSTILE, LONG_WORD, source_words
from tests.isolation import BODIES, CANARY, FORMATS, NOTES, M, Report, W, hostile, lost, make, plain

pytestmark = pytest.mark.slow

NEIGHBOURS = [plain(number) for number in range(len(BODIES) + 1)]


@dataclass(frozen=True)
class World:
    """The report with all hostile bodies, the same without them, and the requests that came while it was made."""

    mixed: Report
    alone: Report
    requests: tuple[str, ...]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    root = tmp_path_factory.mktemp("isolation")
    with listening() as (port, requests):
        mixed = make(root / "mixed", BODIES, port)
    return World(mixed, make(root / "alone", {}), tuple(requests))


class listening:  # noqa: N801  reads as a with-statement's word
    """A web server that records its requests."""

    def __enter__(self) -> tuple[int, list[str]]:
        wanted: list[str] = []

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                wanted.append(self.path)
                self.send_error(404)

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  the library's name
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever)
        self.thread.start()
        return self.server.server_port, wanted

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


# --- for every format ---


def test_the_report_is_made_and_each_problem_is_told_with_its_file(world: World) -> None:
    assert world.mixed.done.code == 0
    assert all(re.match(r"(\S*/)?activities/h\d\d\.md\b| +", line) for line in world.mixed.done.err.splitlines())
    assert (world.alone.done.code, world.alone.done.err) == (0, "")


def test_every_format_opens(world: World) -> None:
    assert len(docx.Document(io.BytesIO(world.mixed.files["docx"])).tables) > len(BODIES)
    with pypdfium2.PdfDocument(world.mixed.files["pdf"]) as pdf:
        assert len(pdf) > 10
    with pikepdf.open(io.BytesIO(world.mixed.files["pdf"])) as opened:
        assert not opened.get_warnings()
    assert len(world.mixed.pages) == 2 * len(BODIES) + 1


@pytest.mark.parametrize("title", NEIGHBOURS)
def test_a_neighbour_is_as_if_alone(world: World, title: str) -> None:
    assert world.mixed.page(title) == world.alone.page(title)
    assert world.mixed.paragraphs(title) == world.alone.paragraphs(title)
    mixed, alone = world.mixed.words("pdf", title), world.alone.words("pdf", title)
    # The foot of a page has the notes of everything on the page.
    assert set((mixed - alone) + (alone - mixed)) <= NOTES


SIGN = "\N{EGYPTIAN HIEROGLYPH D010}"
"""A character that no font of the PDF has."""


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("name", HOSTILE)
def test_every_word_arrives_in_its_own_part(world: World, name: str, suffix: str) -> None:
    source = BODIES[name].replace(SIGN, "[U+13080]") if suffix == "pdf" else BODIES[name]
    missing = lost(source_words(source), world.mixed.sections[suffix][hostile(name)])
    noted = " ".join(re.findall(r"^ *\[\^\w+\]:(.*)$", BODIES[name], re.MULTILINE))
    assert missing <= source_words(noted)
    assert lost(missing, world.mixed.texts[suffix]) == set()


@pytest.mark.parametrize("suffix", FORMATS)
def test_all_activities_are_there_in_their_order(world: World, suffix: str) -> None:
    titles = [each for number in range(len(BODIES) + 1) for each in (f"Plain Q{number:02}Q", f"Hostile Q{number:02}Q")]
    assert sorted(world.mixed.sections[suffix]) == sorted(titles[:-1])


def test_nothing_outside_the_journal_is_read(world: World) -> None:
    words = CANARY.encode()
    assert [len(each) for each in world.mixed.all_bytes() if words in each or words in each.replace(b"\0", b"")] == []
    assert [suffix for suffix, text in world.mixed.texts.items() if CANARY in text] == []
    assert CANARY not in world.mixed.done.err


def test_nothing_is_asked_of_the_network(world: World) -> None:
    assert world.requests == ()


def test_the_web_page_loads_nothing_and_runs_nothing(world: World) -> None:
    html = world.mixed.files["html"].decode()
    tags = set(re.findall(r"<([a-z][a-z0-9]*)", html))
    assert not tags & {"script", "iframe", "object", "embed", "form", "base"}
    assert not re.search(r"<[^>]*\s(?:on\w+|srcset)=", html)
    sources = [each for _, name, each, _ in lxml.html.fromstring(html).iterlinks() if name != "href"]
    assert [each for each in sources if not each.startswith("data:image/")] == []
    links = [each.get("href") for each in lxml.html.fromstring(html).iter() if each.get("href")]
    assert [each for each in links if not each.startswith(("#", "http://", "https://"))] == []


# --- one for each way to try it ---


def test_an_unclosed_fence_is_code_to_the_end_of_its_body(world: World) -> None:
    (code,) = world.mixed.pages[hostile("fence")].iter("pre")
    assert code.text_content().split() == ["unclosed", "words", "#", "still", "code"]


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("div", "::: warning inside words"),
        ("comment", "start <!-- unclosed words more words"),
        ("comment block", "<!-- unclosed words more words"),
        ("maths", "start $$ unclosed words more"),
        ("metadata", "text title: injected header-includes: other more"),
        ("typst", '#import "x" @name <label> $5 a * b _ c ~ d \\ e /* f */ // g'),
        ("dots", "Smith.pdf Bold.Next here empty run (javascript:alert) file (../evidence/f.pdf)"),
        ("right to left", HOSTILE["right to left"]),
        ("image missing", "[image: missing words: none.png]"),
        ("image of pixels", "[image: many words: bomb.png]"),
    ],
)
def test_it_is_printed_as_its_owner_reads_it(world: World, name: str, shown: str, suffix: str) -> None:
    text = " ".join(world.mixed.sections[suffix][hostile(name)].replace("“", '"').replace("”", '"').split())
    assert shown in text


def test_backticks_in_an_info_string_stay_inside_code(world: World) -> None:
    assert len([*world.mixed.pages[hostile("tildes")].iter("pre")]) == 3


def test_a_self_referring_footnote_is_a_footnote(world: World) -> None:
    assert "<note>x[^1]" in world.mixed.page(hostile("self note"))
    assert "x[^1]" in "".join(world.mixed.paragraphs(hostile("self note")))


def test_a_long_table_keeps_its_rows_and_repeats_its_header(world: World) -> None:
    title = hostile("long table")
    (table,) = (each for each in world.mixed.word[title] if each.tag == f"{W}tbl")
    assert len([*table.iter(f"{W}tr")]) == 201
    assert len([*table.iter(f"{W}tblHeader")]) == 1
    assert len([*world.mixed.pages[title].iter("tr")]) == 201
    assert re.findall(r"\brow(\d+)\b", world.mixed.sections["pdf"][title]) == [str(number) for number in range(200)]
    assert world.mixed.sections["pdf"][title].count("number word") > 2


def test_a_long_word_is_not_cut_off(world: World) -> None:
    assert LONG_WORD in world.mixed.pages[hostile("long word")].text_content()
    assert LONG_WORD in "".join(world.mixed.sections["pdf"][hostile("long word")].split())


def test_each_activity_has_its_own_footnote_and_label(world: World) -> None:
    assert "<note>note of the first" in world.mixed.page(hostile("same note"))
    assert world.mixed.page(hostile("same label")).count('href="https://first.example/"') == 2
    assert all("<note>Its own note" in world.mixed.page(title) for title in NEIGHBOURS)
    assert all('href="https://own.example/"' in world.mixed.page(title) for title in NEIGHBOURS)


def test_headings_stay_below_their_activity(world: World) -> None:
    title = hostile("headings")
    tags = [each.tag for each in world.mixed.pages[title].iter() if re.fullmatch(r"h\d", str(each.tag))]
    assert tags == ["h3", "h4", "h5", "h6", "h6", "h6", "h6"]
    styles = re.findall(r'<w:pStyle w:val="Heading(\d)"', "".join(world.mixed.paragraphs(title)))
    assert [int(level) for level in styles] == [3, 4, 5, 6, 6, 6, 6]


@pytest.mark.parametrize("suffix", FORMATS)
def test_raw_markup_is_visible_text(world: World, suffix: str) -> None:
    blocks = "".join(world.mixed.sections[suffix][hostile("raw blocks")].split())
    spans = "".join(world.mixed.sections[suffix][hostile("raw spans")].split())
    for markup in ("<script>alert(1)</script>", '<divclass="quiet">', '#panic("x")', "<w:p/>", r"\begin{center}"):
        assert markup in blocks.replace("“", '"').replace("”", '"')
    for markup in ('<bonclick="evil()">', "#x", r"\foo{bar}", "<w:p>open</w:p>"):
        assert markup in spans.replace("“", '"').replace("”", '"')


def test_a_character_without_a_glyph_is_named(world: World) -> None:
    number = hostile("glyph that no font has")[-3:-1]
    reported = [line for line in world.mixed.done.err.splitlines() if "CPD920" in line]
    assert reported
    assert all(f"activities/h{number}.md: warning CPD920: no font has" in line for line in reported)


@pytest.mark.parametrize("name", ["deep quotes", "deep lists", "deep brackets"])
def test_deep_nesting_is_bounded(world: World, name: str) -> None:
    page = world.mixed.pages[hostile(name)]
    assert max(len([*each.iterancestors("blockquote", "ul", "ol")]) for each in page.iter()) <= 11
    if name == "deep lists":
        assert f"item{DEEP - 1}" in page.text_content()


@pytest.mark.parametrize("name", ["image missing", "image outside", "image of pixels"])
def test_an_image_that_cannot_be_shown_is_its_words_and_a_warning(world: World, name: str) -> None:
    assert not [*world.mixed.pages[hostile(name)].iter("img")]
    assert not [*pictures(world.mixed.word[hostile(name)])]
    assert re.search(rf"activities/h{hostile(name)[-3:-1]}\.md:\d+:1: warning CPD902: ", world.mixed.done.err)


def pictures(elements: list[Any]) -> Iterator[Any]:
    for each in elements:
        yield from each.iter("{http://schemas.openxmlformats.org/drawingml/2006/picture}pic")


@pytest.mark.parametrize("suffix", FORMATS)
def test_money_stays_money(world: World, suffix: str) -> None:
    text = " ".join(world.mixed.sections[suffix][hostile("money")].split())
    assert "Cost $5, $5-$10, $1,000-$2,000 and then" in text
    assert "; $5 and $10 for" in text


def test_maths_is_maths(world: World) -> None:
    title = hostile("money")
    formulas = [formula for each in world.mixed.word[title] for formula in each.iter(f"{M}oMath")]
    assert ["".join(each.itertext()).replace(" ", "") for each in formulas] == ["E=mc2", "x"]
    assert len([*formulas[0].iter(f"{M}sSup")]) == 1
    sources = [each.text_content() for each in world.mixed.pages[title].iter("annotation")]
    assert (len([*world.mixed.pages[title].iter("math")]), sources) == (2, ["E = mc^2", "x"])
    assert "E = mc^2" in tagged_formulas(world.mixed.files["pdf"])


def tagged_formulas(pdf: bytes) -> list[str]:
    """Return what a screen reader reads of a PDF's formulas."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        nodes = [each for each in opened.objects if isinstance(each, pikepdf.Dictionary)]
        return [str(each.get("/Alt")) for each in nodes if each.get("/S") == "/Formula"]
