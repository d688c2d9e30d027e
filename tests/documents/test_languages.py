"""Reports in another language: what is translated, what is in English, and how English passages are marked."""

import io
import re
import tomllib
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from lxml import etree, html

from cpdkit.actions.doctor import Level, of_translation
from cpdkit.documents.formats.pdf import write_pdf
from cpdkit.documents.literal import Phrase, escape, in_english, phrase_of, pieces
from cpdkit.documents.look import template_file
from cpdkit.documents.make import ReportRequest, make
from cpdkit.documents.templating.labels import LabelFile, Labels, labels_for
from cpdkit.documents.tree import document
from cpdkit.journal.load import load
from cpdkit.schemes.frameworks import shipped_frameworks
from cpdkit.schemes.scheme_file import shipped_scheme
from tests.documents.conftest import EPOCH, ORIGIN, YEAR, chosen
from tests.documents.sample_ast import CHARTS, PROPERTIES

ENGLISH = template_file("labels", "en-GB.toml").read_bytes()
ACTIVITY = """\
---
title: Cwrs ar releiau
type: training
start: 2026-03-14
hours: 2
competences: [A1]
---

Testun.

## Reflection

Dysgais lawer.
"""
PARTIAL = """\
[sections]
activities = "Gweithgareddau"
[counts]
activities = ["{n} gweithgaredd", "{n} gweithgaredd"]
[facts]
includes = "Yn cynnwys"
[schemes.iet]
body = "Sefydliad Peirianneg a Thechnoleg"
[schemes.iet.requirements]
total = "Oriau yn y flwyddyn"
"""
NOTICE = "Part of this report is in English"
Maker = Callable[[str, str], bytes]


@pytest.fixture
def report(tmp_path: Path) -> Maker:
    """Make the summary of a journal in Welsh with this catalogue, in one format."""

    def made(catalogue: str, suffix: str) -> bytes:
        journal_with(tmp_path, catalogue)
        journal = load(tmp_path)
        out = tmp_path / f"report.{suffix}"
        make(journal, chosen(journal, YEAR), ReportRequest("summary", (out,), ORIGIN, EPOCH))
        return out.read_bytes()

    return made


def journal_with(root: Path, catalogue: str) -> None:
    (root / "cpd.yaml").write_text("name: Angharad Llywelyn\nlanguage: cy\nschemes: [iet]\n", "utf-8")
    for name in ("activities", "templates/labels"):
        (root / name).mkdir(parents=True, exist_ok=True)
    (root / "activities" / "cwrs.md").write_text(ACTIVITY, "utf-8")
    (root / "templates" / "labels" / "cy.toml").write_text(catalogue, "utf-8")


def complete() -> str:
    """Return a catalogue with every label, and every title of what the journal's reports show."""

    def toml(entries: dict[str, Any], above: str = "") -> Iterator[str]:
        texts = {key: value for key, value in entries.items() if not isinstance(value, dict)}
        if above:
            yield f"[{above}]"
        for key, value in texts.items():
            yield f'"{key}" = {toml_value(value)}'
        for key, value in entries.items():
            if isinstance(value, dict):
                yield from toml(value, f'{above}."{key}"' if above else f'"{key}"')

    def toml_value(value: Any) -> str:
        one = [f'"{text} ŵ"' for text in (value if isinstance(value, list) else [value])]
        return f"[{', '.join(one)}]" if isinstance(value, list) else one[0]

    entries: dict[str, Any] = tomllib.loads(ENGLISH.decode())
    scheme, framework = shipped_scheme("iet"), shipped_frameworks()["uk-spec-ceng"]
    assert scheme is not None
    # The source of a scheme, and the units that the English labels lack, are words of the scheme.
    entries["schemes"] = {
        "iet": {
            "body": scheme.body,
            "requirements": {one.id: one.title for one in scheme.rules[-1].requirements},
            "words": {
                word: word
                for word in (*(each.page for each in scheme.sources.values()), "No objective", "No reflection")
            },
        }
    }
    entries["frameworks"] = {framework.id: {"title": framework.title, "competences": framework.titles}}
    return "\n".join(toml(entries))


def labels_with(text: str) -> Labels:
    return labels_for("cy", [LabelFile("en-GB.toml", ENGLISH), LabelFile("templates/labels/cy.toml", text.encode())])


def english_in_html(data: bytes) -> tuple[str, str]:
    """Return the text of a page that is marked as English, and the text that is not."""
    page = html.fromstring(data.decode())
    assert page.get("lang") == "cy"
    marked = [node.text_content() for node in page.iter("span") if node.get("lang") == "en-GB"]
    for node in [node for node in page.iter("span") if node.get("lang") == "en-GB"]:
        node.drop_tree()
    return " | ".join(marked), page.body.text_content()


def test_each_entry_falls_back_alone() -> None:
    welsh = labels_with(PARTIAL)
    assert welsh("sections.activities") == "Gweithgareddau"
    assert not isinstance(welsh("sections.activities"), Phrase)
    assert [*pieces(welsh("sections.hours"))] == [("Hours", True)]
    assert welsh.count("counts.activities", 2) == "2 gweithgaredd"
    assert ("sections", "hours") in welsh.missing
    assert ("sections", "activities") not in welsh.missing


def test_the_owners_words_in_an_english_sentence_are_not_english() -> None:
    title = labels_with(PARTIAL)("progress.title", body="Sefydliad", period="2026")
    assert [*pieces(title)] == [("Sefydliad", False), (", 2026", True)]


def test_labels_in_english_mark_nothing() -> None:
    american = labels_for(
        "en-US", [LabelFile("en-GB.toml", ENGLISH), LabelFile("en-US.toml", b'[facts]\nmade = "X"\n')]
    )
    assert not isinstance(american("facts.member"), Phrase)
    assert not isinstance(american.english("2026"), Phrase)
    assert not american.missing


@pytest.mark.parametrize(
    ("parts", "between", "text", "spans"),
    [
        (["a", "b"], ", ", "a, b", None),
        ([in_english("a"), in_english("b")], "", "ab", ((0, 2),)),
        (["x", in_english("ab"), "y"], "; ", "x; ab; y", ((3, 5),)),
        ([phrase_of(["x", in_english("a")]), in_english("b")], " ", "xa b", ((1, 2), (3, 4))),
        ([], ", ", "", None),
    ],
)
def test_joined_phrases_keep_their_language(parts: list[str], between: str, text: str, spans: object) -> None:
    joined = phrase_of(parts, between)
    assert (joined, getattr(joined, "english", None)) == (text, spans)
    assert "".join(piece for piece, _ in pieces(joined)) == text


def test_english_words_become_a_span_and_stay_literal() -> None:
    assert escape(phrase_of(["Oriau*", in_english("of [h]")], " ")) == r'Oriau\* [of \[h\]]{lang="en-GB"}'


def test_html_marks_english_passages_and_no_others(report: Maker) -> None:
    english, rest = english_in_html(report(PARTIAL, "html"))
    assert "Omitted" in english
    assert "Technical skills" in english
    assert NOTICE in english
    for welsh in ("Gweithgareddau", "1 gweithgaredd", "Yn cynnwys", "Oriau yn y flwyddyn", "Cwrs ar releiau"):
        assert welsh in rest
        assert welsh not in english
    assert not re.search(r"\b(Omitted|Hours|Member|Requirement|recorded)\b", rest)


def test_docx_marks_english_runs(report: Maker) -> None:
    with zipfile.ZipFile(io.BytesIO(report(PARTIAL, "docx"))) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    english = {
        "".join(run.itertext(f"{w}t"))
        for run in root.iter(f"{w}r")
        if (lang := run.find(f"{w}rPr/{w}lang")) is not None and lang.get(f"{w}val") == "en-GB"
    }
    assert "Omitted" in english
    assert not any("Gweithgareddau" in text for text in english)


def test_odt_marks_english_spans(report: Maker) -> None:
    with zipfile.ZipFile(io.BytesIO(report(PARTIAL, "odt"))) as package:
        root = etree.fromstring(package.read("content.xml"))
    names = {key: f"{{{uri}}}" for key, uri in root.nsmap.items() if key}
    styles = {
        style.get(f"{names['style']}name")
        for style in root.iter(f"{names['style']}style")
        for properties in style.iter(f"{names['style']}text-properties")
        if properties.get(f"{names['fo']}language") == "en"
    }
    spans = [node for node in root.iter(f"{names['text']}span") if node.get(f"{names['text']}style-name") in styles]
    english = {"".join(node.itertext()) for node in spans}
    assert any("Omitted" in text for text in english)
    assert not any("Gweithgareddau" in text for text in english)


def test_pdf_marks_english_structure(report: Maker) -> None:
    with pikepdf.open(io.BytesIO(report(PARTIAL, "pdf"))) as pdf:
        assert str(pdf.Root.Lang) == "cy"
        languages: list[str] = []

        def walk(node: Any) -> None:
            if isinstance(node, pikepdf.Array):
                for child in node:
                    walk(child)
            elif isinstance(node, pikepdf.Dictionary):
                languages.extend([str(node.Lang)] if "/Lang" in node else [])
                walk(node.get("/K"))

        walk(pdf.Root.StructTreeRoot)
    assert "en-GB" in languages


@pytest.mark.parametrize(
    ("alt", "language"),
    [
        ("Hours by type", None),
        (in_english("Hours by type"), "en-GB"),
        (phrase_of([in_english("Hours"), "yn ôl math"]), None),
    ],
)
def test_the_description_of_a_chart_in_the_pdf_has_a_language(alt: str, language: str | None) -> None:
    block = {"t": "Chart", "c": replace(CHARTS["by_type"], alt=alt)}
    made = write_pdf(document([block]), {}, replace(PROPERTIES, language="cy"))
    with pikepdf.open(io.BytesIO(made.data)) as pdf:
        figures = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/Figure"]
        (figure,) = figures
        assert str(figure.Alt) == alt
        assert ("/Lang" in figure and str(figure.Lang)) == (language or False)


def test_markdown_has_the_words_without_marks(report: Maker) -> None:
    text = report(PARTIAL, "md").decode()
    assert "## Gweithgareddau" in text
    assert "Omitted" in text
    assert NOTICE in text
    assert "lang" not in text


def test_a_complete_translation_has_no_notice_and_no_english(report: Maker) -> None:
    english, rest = english_in_html(report(complete(), "html"))
    assert english == ""
    assert NOTICE not in rest
    assert "Hours ŵ" in rest


def test_a_scheme_of_the_owners_is_in_the_owners_language(report: Maker, tmp_path: Path) -> None:
    (tmp_path / "schemes").mkdir()
    (tmp_path / "schemes" / "iet.yaml").write_text(
        "id: iet\nbody: Fy nghwmni\nsource: llawlyfr\nperiod: {years: 1, starts: '01-01'}\n"
        "requirements: [{id: total, title: Oriau dysgu, at-least: 5}]\n",
        "utf-8",
    )
    english, rest = english_in_html(report("", "html"))
    assert "Oriau dysgu" in rest
    assert "Oriau dysgu" not in english


def test_the_name_of_a_body_replaces_the_id_of_its_scheme(tmp_path: Path) -> None:
    journal_with(tmp_path, "")
    (tmp_path / "cpd.yaml").write_text("name: A\nmemberships: [{body: iet, grade: Member}, {body: IMechE}]\n", "utf-8")
    journal, out = load(tmp_path), tmp_path / "report.md"
    make(journal, chosen(journal, YEAR), ReportRequest("summary", (out,), ORIGIN, EPOCH))
    assert "IET Member" in out.read_text("utf-8")
    assert "IMechE" in out.read_text("utf-8")


@pytest.mark.parametrize(("catalogue", "level"), [(PARTIAL, Level.NOTE), ("[sections", Level.NOTE)])
def test_doctor_counts_what_a_translation_lacks(catalogue: str, level: Level, tmp_path: Path) -> None:
    journal_with(tmp_path, catalogue)
    (finding,) = of_translation(load(tmp_path))
    assert (finding.name, finding.level) == ("translation", level)
    assert "templates/labels/cy.toml" in finding.text + finding.remedy


def test_doctor_counts_to_the_last_entry(tmp_path: Path) -> None:
    journal_with(tmp_path, complete())
    (whole,) = of_translation(load(tmp_path))
    journal_with(tmp_path, complete().replace('"includes" = "Includes ŵ"\n', "").replace('"A1" = ', '"Z9" = '))
    (short,) = of_translation(load(tmp_path))
    assert whole.level is Level.OK
    assert short.text.startswith("2 labels not translated into cy")
    assert "facts.includes" in short.text
    assert "frameworks.uk-spec-ceng.competences.A1" in short.text


def test_doctor_has_nothing_to_count_in_english(tmp_path: Path) -> None:
    journal_with(tmp_path, PARTIAL)
    (tmp_path / "cpd.yaml").write_text("name: A\n", "utf-8")
    assert [*of_translation(load(tmp_path))] == []
