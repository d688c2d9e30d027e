"""What a stranger's template can put into a document, in every format, and the title of a skeleton."""

import io
import zipfile
from pathlib import Path
from typing import Any

import lxml.html
import pytest

from cpdkit.documents import pandoc
from cpdkit.documents.bodies.images import MediaStore
from cpdkit.documents.make import ReportRequest, make
from cpdkit.documents.report_files import FORMATS
from cpdkit.documents.templating.pictures import with_pictures
from cpdkit.documents.templating.restrictions import DEEPEST, TooDeep, title_of, vetted_skeleton
from cpdkit.documents.templating.skeleton import TemplateProblem
from cpdkit.journal.load import load
from tests.documents.conftest import EPOCH, ORIGIN, chosen
from tests.documents.hostile import as_json, kinds, text_of
from tests.documents.read_back import read_back
from tests.program import activity


def vetted(text: str) -> list[Any]:
    made: list[Any] = vetted_skeleton(pandoc.read_skeleton(text)["blocks"])
    return made


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("## no\n\n# *The* title\n\n# second", "The title"),
        (":::: title-block\n::: kicker\nk\n:::\n\n# Inside\n::::\n", "Inside"),
        ("text", ""),
        ("", ""),
    ],
)
def test_the_title_is_the_first_heading_of_level_1(text: str, title: str) -> None:
    assert title_of(pandoc.read_skeleton(text)["blocks"]) == title


def test_raw_markup_is_visible_text() -> None:
    made = vetted(
        "<script>alert(1)</script>\n\na <b onclick='x'>bold</b> word\n\n"
        "```{=typst}\n#panic()\n```\n\n`<w:p/>`{=openxml}"
    )
    assert not kinds(made) & {"RawBlock", "RawInline"}
    for shown in ("<script>alert(1)</script>", "<b onclick='x'>", "#panic()", "<w:p/>"):
        assert shown in text_of(made)


def test_images_are_their_words_unless_they_are_in_the_journal(tmp_path: Path) -> None:
    store = MediaStore(tmp_path)
    given = vetted("![the words](/etc/passwd) ![more](cpd-media:m0001.png) ![far](https://x.example/a.png)")
    made, problems = with_pictures(given, store.images_of("templates/a.md.j2"), store.media)
    assert [problem.code for problem in problems] == ["CPD902"] * 3
    assert "Image" not in kinds(made)
    assert text_of(made) == "the words more far"
    assert "passwd" not in as_json(made)
    assert "cpd-media" not in as_json(made)


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("[a](https://x.example/y)", "https://x.example/y"),
        ('[a](https://x.example/y "title")', "https://x.example/y"),
        ("[a](<https://x.example/a b>)", "https://x.example/a%20b"),
        ("[a](mailto:a@b.example)", "mailto:a@b.example"),
        ("[a](#a1)", "#a1"),
        ("[a](javascript:alert(1))", None),
        ("[a](JaVaScRiPt:alert(1))", None),
        ("[a](data:text/html,x)", None),
        ("[a](file:///etc/passwd)", None),
        ("[a](../cpd.yaml)", None),
        ("[a](//x.example)", None),
        ("[a](#a b)", None),
        ("[a]()", None),
    ],
)
def test_links_lead_to_the_web_to_mail_or_into_the_document(link: str, address: str | None) -> None:
    (paragraph,) = vetted(link)
    (inline,) = [each for each in paragraph["c"] if each["t"] in ("Link", "Span")] or [{"t": "", "c": None}]
    assert (inline["c"][2] if inline["t"] == "Link" else None) == (address and [address, ""])


@pytest.mark.parametrize(
    ("text", "attributes"),
    [
        ("::: {#x .facts onclick=y style=z}\nw\n:::", ["x", ["facts"], []]),
        ("::: {custom-style=Title}\nw\n:::", ["", [], []]),
        ('::: {.list widths="1 2"}\nw\n:::', ["", ["list"], [["widths", "1 2"]]]),
        ('::: {.list widths="1 x"}\nw\n:::', ["", ["list"], []]),
        ('::: {.list widths="-1 ²"}\nw\n:::', ["", ["list"], []]),
        ('::: {.chart key="by_type" alt="said"}\nw\n:::', ["", ["chart"], [["key", "by_type"]]]),
        ('::: {.chart key="by type"}\nw\n:::', ["", ["chart"], []]),
        ("::: facts\n| one |\n|--|\n| 1 |\n:::", ["", [], []]),
        ("::: fields\n| a | b | c |\n|--|--|--|\n| 1 | 2 | 3 |\n:::", ["", [], []]),
    ],
)
def test_only_attributes_that_our_look_reads_stay(text: str, attributes: list[Any]) -> None:
    (div,) = vetted(text)
    assert div["c"][0] == attributes


def test_what_never_reaches_a_document_is_gone() -> None:
    made = vetted('a&#7;b &#x202e;c\n\n`d\x07e`\n\n    f\x00g\x08\n\n::: {.chart key="h&#7;i"}\n:::')
    assert not set(as_json(made)) & set("\x00\x07\x08\u202e")
    assert "\\u0007" not in as_json(made)
    assert {"ab", "c", "de"} <= set(text_of(made).split())


def test_blocks_without_end_are_refused() -> None:
    with pytest.raises(TooDeep):
        vetted("> " * (DEEPEST + 5) + "x")


# --- whole documents from a stranger's templates ---

TABLE = "| a | b |\n|--|--|\n| 1 | 2 |\n"
STRANGE = {
    "raw": "<script>alert(1)</script>\n\n<b>x</b> <img src='file:///etc/passwd'> <!-- c -->\n\n"
    "```{=openxml}\n<w:p/>\n```",
    "attributes": "# T { #x onclick='x' custom-style='Title' }\n\n[x]{custom-style='Evil' onclick='y'}",
    "images": "![p](/etc/passwd) ![p](https://x.example/a.png) ![d](data:image/png;base64,AAAA) ![m](cpd-media:m.png)",
    "links": "[j](javascript:alert) [f](file:///etc/passwd) <javascript:x>",
    "no tables": "::: facts\nx\n:::\n\n::: figures\nx\n:::\n\n:::: {.chart .bars}\nx\n::::\n\n::: list\nx\n:::\n\n"
    "::: fields\n:::",
    "wrong tables": "".join(
        f"::: {{.{name} .bars values='1 x' widths='a' short=''}}\n| a |\n|--|\n| 1 |\n:::\n\n"
        for name in ("facts", "fields", "figures", "chart", "list", "pair", "activity", "notice", "title-block")
    ),
    "charts": "::: {.chart key=by_type}\nleft out\n:::\n\n::: {.chart .bars key=by_type values='x'}\n:::\n\n"
    f":::: {{.chart .bars values='1 x' short='x' alt='y'}}\n{TABLE}::::",
    "all at once": f"::: {{.facts .chart .list .activity .notice .pair .figures}}\n{TABLE}:::",
    "wrong blocks": "".join(
        f"::: {name}\n# heading\n\n- item\n\n{TABLE}:::\n\n"
        for name in ("kicker", "subtitle", "caption", "meta", "note", "page-break", "title-block", "pair")
    ),
    "no heading": "words only",
    "nothing": "",
    "controls": 'a\x07b {{ "\\ud800" }} &#7; &#xd800;',
    "headings": "###### six\n\n# a { #a1 }\n\n# b { #a1 }\n\n## { #a1 }\n\n#",
}


def own_report(root: Path, text: str, formats: tuple[str, ...] = FORMATS) -> dict[str, bytes]:
    """Make a report from a template of the journal, in some formats."""
    for name, content in {
        "cpd.yaml": "name: A\n", "activities/a.md": activity("One", "Its own words."), "templates/own.md.j2": text,
    }.items():  # fmt: skip
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode())
    journal = load(root)
    files = tuple(root / f"made.{suffix}" for suffix in formats)
    make(journal, chosen(journal), ReportRequest("own", files, ORIGIN, EPOCH))
    return {path.suffix[1:]: path.read_bytes() for path in files}


@pytest.fixture(scope="module")
def strange(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Make one document from all strange templates."""
    text = "\n\n".join(f"Before {name}.\n\n{each}\n\nAfter {name}." for name, each in STRANGE.items())
    return own_report(tmp_path_factory.mktemp("strange"), text)


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_strange_template_makes_a_document_with_its_words(strange: dict[str, bytes], suffix: str) -> None:
    shown = " ".join(read_back(suffix, strange[suffix]).text.split())
    for name in STRANGE:
        assert f"Before {name}." in shown
        assert f"After {name}." in shown
    assert "alert(1)" in shown


@pytest.mark.parametrize("suffix", FORMATS)
def test_nothing_of_a_strange_template_runs_or_reaches_out(strange: dict[str, bytes], suffix: str) -> None:
    links = read_back(suffix, strange[suffix]).links
    assert not [link for link in links if not link.startswith("#")]
    if suffix == "html":
        root = lxml.html.fromstring(strange[suffix])
        assert not [name for each in root.iter() for name in each.attrib if name.startswith("on")]
        assert not list(root.iter("script", "img", "iframe"))
    if suffix in ("docx", "odt"):
        with zipfile.ZipFile(io.BytesIO(strange[suffix])) as package:
            assert b"root:" not in b"".join(package.read(name) for name in package.namelist())


@pytest.mark.parametrize("name", ["nothing", "no heading", "wrong tables", "controls"])
def test_each_alone_makes_one_too(name: str, tmp_path: Path) -> None:
    assert set(own_report(tmp_path, STRANGE[name], ("html", "docx"))) == {"html", "docx"}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{% for e in report.entries %}- {{ e.description }}\n{% endfor %}", "once, in a paragraph of its own"),
        (
            "{{ report.entries[0].description }}\n\n{{ report.entries[0].description }}",
            "once, in a paragraph of its own",
        ),
        ("> " * 60 + "x", "nested too deeply"),
        ('::: {.chart key="by_typ"}\n:::', 'unknown chart "by_typ"; available charts: by_type, by_folder, by_month'),
        ("> ::: {.chart key=by_type}\n> :::", "inside a list or a quotation"),
        ("- ::: {.chart key=by_type}\n  :::", "inside a list or a quotation"),
    ],
)
def test_output_that_cannot_become_a_document_is_a_fault_of_the_template(
    text: str, reason: str, tmp_path: Path
) -> None:
    with pytest.raises(TemplateProblem, match=r"^templates/own\.md\.j2: ") as caught:
        own_report(tmp_path, text, ("md",))
    assert caught.value.fault.template == "own.md.j2"
    assert reason in caught.value.fault.reason


def test_a_template_may_omit_the_bodies(tmp_path: Path) -> None:
    made = own_report(tmp_path, "# {{ report.title }}\n\n{{ report.entries[0].title }}", ("md",))
    assert made["md"].decode().partition("\n\n")[2] == "# CPD report 2026\n\nOne\n"
