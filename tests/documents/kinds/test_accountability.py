"""`cpd report accountability`: the diagram of each post in every format, with its text alternative."""

import io
import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import lxml.html
import pikepdf
import pytest
from docx import Document
from lxml import etree
from PIL import Image

from cpdkit.cli.main import run
from cpdkit.documents.formats.png import DOTS_PER_INCH, png_of
from cpdkit.documents.kinds.accountability import accountability, diagram_on, organisation_of, sentences
from cpdkit.documents.kinds.context import ReportContext
from cpdkit.documents.templating.labels import Labels
from cpdkit.errors import ToolError
from cpdkit.journal.load import Journal
from cpdkit.journal.reporting import Organisation
from tests.documents.conftest import JOURNAL, chosen
from tests.documents.diagram.organisations import generated
from tests.documents.read_back import WP, by_structure, read_back
from tests.journal.folders import journal_of, record

DAY = "2026-11-24"
FORMATS = ("svg", "png", "html", "docx", "pdf", "md")
SIGNATURE = b"\x89PNG\r\n\x1a\n"
SVG = "{http://www.w3.org/2000/svg}"
# Who is in the diagrams of the example, the newest first.
PEOPLE = (
    ("Rhodri Bevan", "Margaret Oyelaran", "Helen Ostrowska", "Tomasz Wieczorek", "Ben Whitlock", "Aoife Brennan",
     "Test team, Pentir depot"),
    ("Eluned Pritchard", "Huw Tudur", "Siôned Parry"),
)  # fmt: skip
OMITTED = "Priyanka Raman"


def xml(data: bytes) -> Any:
    return etree.fromstring(data)


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """The example's diagrams in each format, written by one command."""
    folder = tmp_path_factory.mktemp("accountability")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CPD_TODAY", DAY)
        patch.setenv("SOURCE_DATE_EPOCH", "1767225600")
        outputs = [part for name in FORMATS for part in ("-o", str(folder / f"made.{name}"))]
        assert run(["report", "accountability", *outputs, "--journal", str(JOURNAL)]) == 0
    return {name: (folder / f"made.{name}").read_bytes() for name in FORMATS}


@pytest.fixture(scope="module")
def alternative(made: Mapping[str, bytes]) -> str:
    """The text alternative of the newest diagram."""
    whole = str(xml(made["svg"]).get("aria-label"))
    return whole[: whole.index(" Accountability diagram", 1)]


# --- the example in each format ---


def test_the_svg(made: Mapping[str, bytes], alternative: str) -> None:
    svg = xml(made["svg"])
    assert svg.tag == SVG + "svg" and svg.find(SVG + "title").text.startswith(alternative)
    assert all(name in alternative for name in PEOPLE[0]) and OMITTED not in alternative
    boxes = [each for each in svg.iter(SVG + "rect") if each.get("stroke")]
    assert len(boxes) == sum(1 + len(people) for people in PEOPLE)
    captions = [each.text for each in svg.iter(SVG + "text") if each.get("text-anchor") == "start"]
    assert [each for each in captions if "as of" in each] == [
        "Senior protection engineer, Gridwise Ltd, as of 24 November 2026",
        "Protection engineer, Pentir Power Services Ltd, as of 28 April 2023",
    ]
    assert sum("Dotted lines" in each for each in captions) == 1


def test_the_png(made: Mapping[str, bytes]) -> None:
    assert made["png"].startswith(SIGNATURE)
    svg = xml(made["svg"])
    size = [float(svg.get(side).removesuffix("pt")) * DOTS_PER_INCH / 72 for side in ("width", "height")]
    with Image.open(io.BytesIO(made["png"])) as image:
        assert image.size == pytest.approx(size, abs=1.5)
        assert image.info["dpi"] == pytest.approx((DOTS_PER_INCH, DOTS_PER_INCH), abs=0.1)
        assert image.convert("RGB").getpixel((0, 0)) == (255, 255, 255)
        colours = image.convert("RGB").getcolors(1 << 24) or []
        assert all(max(colour) == min(colour) for _, colour in colours if isinstance(colour, tuple))
        assert image.convert("RGBA").getchannel("A").getextrema() == (255, 255)


def test_the_html(made: Mapping[str, bytes], alternative: str) -> None:
    root: Any = lxml.html.fromstring(made["html"])
    pictures = [*root.iter("svg"), *root.iter("img")]
    names = [squeezed(each.get("aria-label") or each.get("alt") or "") for each in pictures]
    assert names[0] == alternative and len(names) == len(PEOPLE)
    for name, people in zip(names, PEOPLE, strict=True):
        assert all(person in name for person in people)
    assert [squeezed(each.text_content()) for each in root.iter("h2")] == [
        "Senior protection engineer, Gridwise Ltd",
        "Protection engineer, Pentir Power Services Ltd",
    ]


def test_the_docx(made: Mapping[str, bytes], alternative: str) -> None:
    document = Document(io.BytesIO(made["docx"]))
    described = [each.get("descr") for each in document.element.iter(WP + "docPr")]
    assert described[0] == alternative and len(described) == len(document.inline_shapes) == len(PEOPLE)
    pictures = [part.blob for part in document.part.package.iter_parts() if str(part.partname).endswith(".png")]
    assert len(pictures) == len(PEOPLE) and all(each.startswith(SIGNATURE) for each in pictures)
    section: Any = document.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    assert all(0 < each.width <= room for each in document.inline_shapes)
    images = [Image.open(io.BytesIO(each)) for each in pictures]
    shapes = [each.height / each.width for each in document.inline_shapes]
    assert sorted(shapes) == pytest.approx(sorted(image.height / image.width for image in images), rel=0.01)


def figures_of(node: Any) -> list[Any]:
    """Return the figures of a structure tree, in order."""
    if isinstance(node, pikepdf.Array):
        return [figure for each in node for figure in figures_of(each)]
    if not isinstance(node, pikepdf.Dictionary):
        return []
    return [node] * (node.get("/S") == "/Figure") + figures_of(node.get("/K"))


def test_the_pdf(made: Mapping[str, bytes], alternative: str) -> None:
    with pikepdf.open(io.BytesIO(made["pdf"])) as opened:
        assert opened.Root.MarkInfo.Marked
        figures = figures_of(opened.Root.StructTreeRoot.K)
        assert squeezed(str(figures[0].Alt)) == alternative
        assert len(figures) == len(opened.pages) == len(PEOPLE)
        assert all(name in str(figure.Alt) for figure, names in zip(figures, PEOPLE, strict=True) for name in names)


def test_the_words_of_the_pdf_are_words(made: Mapping[str, bytes]) -> None:
    text = squeezed(read_back("pdf", made["pdf"]).text)
    assert all(person in text for people in PEOPLE for person in people)
    assert OMITTED not in text
    with pikepdf.open(io.BytesIO(made["pdf"])) as opened:
        pictures = [each for each in opened.objects if isinstance(each, pikepdf.Stream) and each.get("/Width")]
    assert pictures == []
    assert "Senior protection engineer, Gridwise Ltd" in by_structure(made["pdf"])


def test_the_markdown(made: Mapping[str, bytes], alternative: str) -> None:
    assert alternative in squeezed(made["md"].decode())


def test_the_notes(made: Mapping[str, bytes], english: Labels) -> None:
    text = made["md"].decode()
    assert text.count(english("chart.dotted")) == text.count(english.count("chart.omitted", 1)) == 1


# --- which posts, and which people ---


def post(start: str, end: str, lines: str, role: str = "Engineer") -> str:
    last = f"end: {end}\n" if end else ""
    return record(f"role: {role}\nemployer: Gridwise Ltd\nstart: {start}\n{last}reports-to: {lines}\n", "\nI design.\n")


TWO = {
    "people.yaml": "people:\n  - {id: old, name: Olwen Old}\n  - {id: new, name: Nia New, reports-to: top}\n"
    "  - {id: top, name: Tom Top}\n",
    "career/2017.md": post("2017-09-04", "2023-04-28", "old", "Graduate"),
    "career/2023.md": post("2023-05-02", "", "new"),
}
Command = Callable[..., int]


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """`cpd report accountability` of a journal with these files."""
    monkeypatch.setenv("CPD_TODAY", DAY)
    monkeypatch.chdir(tmp_path)

    def made(files: Mapping[str, str], *args: str) -> int:
        journal_of(tmp_path / "journal", files)
        return run(["report", "accountability", *args, "--journal", str(tmp_path / "journal")])

    return made


@pytest.mark.parametrize(
    ("period", "titles"),
    [
        ("all", ["Engineer", "Graduate"]),
        ("2026", ["Engineer"]),
        ("2023", ["Engineer", "Graduate"]),
        ("2020", ["Graduate"]),
        ("2010", []),
    ],
)
def test_the_posts_of_the_period(period: str, titles: list[str], command: Command, english: Labels) -> None:
    assert command(TWO, period, "-o", "made.md") == 0
    text = Path("made.md").read_text("utf-8")
    assert re.findall(r"^## (\w+), Gridwise Ltd", text, flags=re.M) == titles
    assert (english("chart.none") in text) is (not titles)


@pytest.mark.parametrize(
    ("args", "names"),
    [([], ["Olwen Old", "Nia New", "Tom Top"]), (["2020"], ["Olwen Old"])],
)
def test_the_drawing_of_a_period(args: list[str], names: list[str], command: Command) -> None:
    assert command(TWO, *args, "-o", "made.svg") == 0
    svg = Path("made.svg").read_text("utf-8")
    assert [name for name in ("Olwen Old", "Nia New", "Tom Top") if f">{name}</text>" in svg] == names


@pytest.mark.parametrize("suffix", ["svg", "png"])
def test_without_lines_there_is_no_drawing(suffix: str, command: Command, capsys: pytest.CaptureFixture[str]) -> None:
    files = {name: text for name, text in TWO.items() if name != "people.yaml"}
    assert command(files, "-o", f"made.{suffix}") == 2
    assert "reports-to" in capsys.readouterr().err
    assert not Path(f"made.{suffix}").exists()


def test_other_kinds_have_no_drawing(command: Command, tmp_path: Path) -> None:
    assert command(TWO, "-o", "made.svg") == 0
    assert run(["report", "summary", "-o", "other.svg", "--journal", str(tmp_path / "journal")]) == 2
    assert not Path("other.svg").exists()


def test_the_drawing_on_standard_output(command: Command, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert command(TWO, "--format", "png", "-o", "-") == 0
    assert capfdbinary.readouterr().out.startswith(SIGNATURE)


# --- in words ---


def context_of(journal: Journal, labels: Labels) -> ReportContext:
    assert journal.member
    return ReportContext(journal, journal.member, chosen(journal), labels, date.fromisoformat(DAY), True, "n0nce")


def described(context: ReportContext, organisation: Organisation) -> str:
    return "\n".join(map(str, sentences(context, organisation)))


@pytest.mark.parametrize("shape", ["star", "peers", "chain", "tree", "matrix"])
@pytest.mark.parametrize("seed", range(4))
def test_the_alternative_names_all_and_who_reports_to_whom(
    shape: str, seed: int, small: Journal, english: Labels
) -> None:
    organisation = generated(shape, seed)
    context = context_of(small, english)
    first, *others = map(str, sentences(context, organisation))
    assert context.member.full_name in first
    for each in organisation.colleagues:
        assert any(each.name in sentence for sentence in others)
    groups = {(each.to, each.dotted) for each in organisation.reports}
    assert len(others) == len(groups)
    assert sum(sentence.count(";") + 1 for sentence in others) == len(organisation.reports)
    for report in organisation.reports:
        person, to = organisation.named(report.person).name, organisation.named(report.to).name
        assert any(to in sentence.partition(": ")[0] and person in sentence for sentence in others)


def test_lines_of_two_kinds_are_two_sentences(tmp_path: Path, english: Labels) -> None:
    people = """people:
  - {id: a, name: Ann, role: Fitter, registration: EngTech MIET, reports-to: me}
  - {id: b, name: Bea, count: 6, reports-to: [{to: me, dotted: true}]}
  - {id: c, name: Cyd & <co>, reports-to: me}
"""
    journal = journal_of(tmp_path, {"people.yaml": people})
    context = context_of(journal, english)
    organisation = organisation_of(context, date.fromisoformat(DAY))
    owner = "Angharad Llywelyn"
    assert described(context, organisation).split("\n")[1:] == [
        english("chart.manages", name=owner, names="Ann (Fitter, EngTech MIET); Cyd & <co>"),
        english("chart.directs", name=owner, names="Bea (6)"),
    ]


@pytest.mark.parametrize(("width", "levels"), [(1, 3), (10, 3), (120, 2)])
def test_three_levels_or_two_if_three_do_not_fit(width: int, levels: int, tmp_path: Path, english: Labels) -> None:
    lowest = "".join(f"  - {{id: low{number}, name: Low {number}, reports-to: b}}\n" for number in range(width))
    above = "people:\n  - {id: a, name: Ann, reports-to: me}\n  - {id: b, name: Bea, reports-to: a}\n"
    context = context_of(journal_of(tmp_path, {"people.yaml": above + lowest}), english)
    organisation = organisation_of(context, date.fromisoformat(DAY))
    assert len(organisation.colleagues) == (3 + width if levels == 3 else 3)
    assert organisation.omitted == (0 if levels == 3 else width)


def test_nobody_is_no_diagram(small: Journal, english: Labels) -> None:
    context = context_of(small, english)
    assert diagram_on(context, date.fromisoformat(DAY), "chart") is None
    assert accountability(context).posts == ()


def test_a_future_post_has_no_diagram(tmp_path: Path, english: Labels) -> None:
    journal = journal_of(tmp_path, {**TWO, "career/2027.md": post("2027-01-01", "", "top", "Chief")})
    made = accountability(context_of(journal, english))
    assert [each.title for each in made.posts] == ["Engineer, Gridwise Ltd"]


def test_a_drawing_that_typst_cannot_read() -> None:
    with pytest.raises(ToolError) as raised:
        png_of("<svg")
    assert raised.value.tool == "typst"
