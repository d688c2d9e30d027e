"""Make a report: every word of every body, and every field, of the example journal reaches every format.

`source_words` reads the journal and `read_back` the documents: neither uses cpdkit.
"""

import copy
import io
import json
import re
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from docx import Document

from cpdkit.dates.period import Period
from cpdkit.documents.formats import writers
from cpdkit.documents.formats.writers import WRITERS
from cpdkit.documents.make import NoMember, ReportRequest, StoppedByRecord, make
from cpdkit.documents.report_files import FORMATS
from cpdkit.documents.tree import classes_of, words_of
from cpdkit.errors import CannotWrite, ToolTimeout, UsageError
from cpdkit.journal.load import Journal
from tests.documents.arrivals import Section, losses, sections
from tests.documents.conftest import EPOCH, JOURNAL, ORIGIN, YEAR, Example, chosen
from tests.documents.read_back import read_back, squeezed
from tests.documents.source_words import Content, contents_of, letters_of


@pytest.fixture(scope="module")
def contents() -> list[Content]:
    return contents_of(JOURNAL)


@pytest.mark.parametrize("suffix", FORMATS)
def test_every_word_and_every_field_arrives(example: Example, contents: list[Content], suffix: str) -> None:
    assert len(contents) == len(example.selection.included) > 60
    assert losses(example.read[suffix].text, contents) == []


@pytest.mark.parametrize("suffix", FORMATS)
def test_every_formula_arrives(example: Example, contents: list[Content], suffix: str) -> None:
    found = sections(example.read[suffix].text, contents)
    for content in contents:
        wanted = Counter("".join(map(letters_of, content.formulas)))
        found[content.path].without(content.pieces)
        assert not wanted - Counter(found[content.path].letters), content.path


@pytest.mark.parametrize("suffix", FORMATS)
def test_every_address_is_linked(example: Example, contents: list[Content], suffix: str) -> None:
    wanted = {link for content in contents for link in content.links}
    assert len(wanted) > 5
    assert wanted <= {link.rstrip("/") for link in example.read[suffix].links} | example.read[suffix].links


@pytest.mark.parametrize("suffix", FORMATS)
def test_every_picture_is_described(example: Example, contents: list[Content], suffix: str) -> None:
    pictures = [words for content in contents for words in content.pictures]
    assert len(pictures) >= 3
    assert [words for words in pictures if squeezed(words) not in squeezed(example.read[suffix].described)] == []


@pytest.mark.parametrize("suffix", FORMATS)
def test_private_passages_arrive_nowhere(example: Example, contents: list[Content], suffix: str) -> None:
    hidden = [letters for content in contents for line in content.hidden if len(letters := squeezed(line)) > 20]
    assert len(hidden) >= 3
    everything = squeezed(example.read[suffix].text + example.read[suffix].described)
    assert [letters for letters in hidden if letters in everything] == []


def words(text: str) -> "Counter[str]":
    return Counter(re.findall(r"[^\W\d]{2,}", text))


def test_the_small_reader_finds_all_words(contents: list[Content]) -> None:
    """Otherwise the tests above look for too little. It ignores unanswered prompts and names of notes."""
    ignored = Counter[str]()
    for content in contents:
        body = (JOURNAL / content.path).read_text("utf-8").split("---\n", 2)[2]
        read = "\n".join(
            [*content.pieces, *content.notes, *content.pictures, *content.links, *content.hidden, *content.formulas]
        )
        ignored += words(re.sub(r"\]\(\.\./[^)]*\)|^#+ .*$", "", body, flags=re.MULTILINE)) - words(read)
    assert ignored.total() < 20, ignored


@pytest.mark.parametrize("suffix", ["html", "docx"])
def test_a_paragraph_taken_out_of_the_tree_is_missed(example: Example, contents: list[Content], suffix: str) -> None:
    tree, media, properties = example.handed
    (content,) = (each for each in contents if "lodz" in each.path)
    less, taken = without_longest_paragraph(tree, content.title)
    lost = losses(read_back(suffix, WRITERS[suffix](less, media, properties).data).text, contents)
    assert lost
    assert {each.partition(": ")[0] for each in lost} == {content.path}
    assert squeezed(max(content.pieces, key=len)) == squeezed(taken)


def without_longest_paragraph(tree: dict[str, Any], title: str) -> tuple[dict[str, Any], str]:
    """Return the tree without the longest paragraph of an activity, and the words of that paragraph."""
    less = copy.deepcopy(tree)
    (activity,) = (
        block
        for block in less["blocks"]
        if "activity" in classes_of(block) and words_of(block["c"][1][0]).endswith(f" {title}")
    )
    (text,) = (block for block in activity["c"][1] if "text" in classes_of(block))
    longest = max(text["c"][1], key=lambda block: len(words_of(block)) if block["t"] == "Para" else 0)
    text["c"][1].remove(longest)
    return less, words_of(longest)


def test_a_single_lost_word_is_missed(example: Example, contents: list[Content]) -> None:
    """Remove the last word of the longest passage of each activity."""
    found = sections(example.read["html"].text, contents)
    for content in contents:
        longest = max(content.pieces, key=lambda piece: len(squeezed(piece)))
        whole, last = squeezed(longest), next(filter(None, map(squeezed, reversed(longest.split()))))
        letters = found[content.path].letters
        assert whole in letters
        cut = letters.replace(whole, whole.removesuffix(last))
        assert Section(cut).without(content.pieces), (content.path, last)


def test_all_or_nothing_is_written(example: Example, tmp_path: Path) -> None:
    """If one format cannot be written, no other is written."""
    files = (tmp_path / "report.md", tmp_path / "missing" / "report.md")
    selection = chosen(example.journal, Period(date(2026, 3, 14), date(2026, 3, 15)))
    with pytest.raises(CannotWrite):
        make(example.journal, selection, ReportRequest("summary", files, ORIGIN, EPOCH))
    assert list(tmp_path.iterdir()) == []


def test_a_journal_without_a_member_makes_no_report(small: Journal, tmp_path: Path) -> None:
    unnamed = replace(small, member=None)
    with pytest.raises(NoMember) as caught:
        make(unnamed, chosen(unnamed), ReportRequest("summary", (tmp_path / "report.md",), ORIGIN, EPOCH))
    assert "cpd check" in caught.value.hint


def test_an_unknown_kind_of_report_names_the_nearest(small: Journal, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match='unknown kind of report "detialed"') as caught:
        make(small, chosen(small), ReportRequest("detialed", (tmp_path / "report.md",), ORIGIN, EPOCH))
    assert "did you mean detailed?" in caught.value.hint


def test_the_properties_are_the_members_and_the_periods(example: Example) -> None:
    _, _, properties = example.handed
    assert (properties.title, properties.author, properties.header_left) == (
        "Detailed activity report", "Angharad Llywelyn", "Angharad Llywelyn MEng MIET",
    )  # fmt: skip
    assert (properties.paper, properties.language, properties.epoch) == ("a4", "en-GB", EPOCH)


def test_the_example_makes_a_report_without_a_problem(example: Example) -> None:
    assert example.made.diagnostics == ()
    assert [path.suffix[1:] for path in example.made.files] == list(FORMATS)


@pytest.fixture(scope="module")
def plans(small: Journal, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Make a development plan, a report of competences and an annual review, in every format."""
    folder = tmp_path_factory.mktemp("plans")
    for kind, period in (("development-plan", YEAR), ("competences", Period(None, None)), ("annual-review", YEAR)):
        files = tuple(folder / f"{kind}.{suffix}" for suffix in FORMATS)
        made = make(small, chosen(small, period), ReportRequest(kind, files, ORIGIN, EPOCH, codes=False))
        assert not [each for each in made.diagnostics if each.code.startswith("CPD92")]
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("suffix", FORMATS)
def test_plans_and_competences_arrive(suffix: str, plans: dict[str, bytes]) -> None:
    plan = squeezed(read_back(suffix, plans[f"development-plan.{suffix}"]).text)
    for words_ in (
        "Relays: *stars*, | and {#id}",
        "Enough.",
        "How it goes.",
        "Mentor or line manager",
        "Ask [Aoife](x)",
    ):
        assert plan.count(squeezed(words_)) >= 1, words_
    assert squeezed("not this") not in plan
    competences = squeezed(read_back(suffix, plans[f"competences.{suffix}"]).text)
    for words_ in ("Manage programme, budget and resources", "none yet", "Four relays."):
        assert squeezed(words_) in competences, words_


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_annual_review_arrives(suffix: str, plans: dict[str, bytes]) -> None:
    review = squeezed(read_back(suffix, plans[f"annual-review.{suffix}"]).text)
    for words_ in (
        "6. Reflections",
        "2026: *stars*, | and {#id}",
        "More than was planned.",
        "The converter test.",
        "unknown-one",
        "23.5 of 30",
    ):
        assert squeezed(words_) in review, words_
    assert squeezed("Not this") not in review


def test_there_is_room_to_sign(plans: dict[str, bytes]) -> None:
    table = Document(io.BytesIO(plans["development-plan.docx"])).tables[-1]
    assert [row.height and row.height.pt for row in table.rows] == [None, 38, 38]
    assert table.rows[1].cells[1].text.startswith("Dr Angharad")
    with pikepdf.open(io.BytesIO(plans["development-plan.pdf"])) as pdf:
        assert "pdfuaid" in str(pdf.open_metadata())


@pytest.mark.parametrize(("tool", "suffix"), [("pandoc", "docx"), ("pandoc", "md"), ("typst", "pdf")])
def test_a_record_that_stops_a_format_is_named(
    tool: str, suffix: str, small: Journal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    culprit = chosen(small).included[0].activity
    bad = replace(culprit, body="indigestible " * 1_000)
    others = (activity for activity in small.activities if activity.path != culprit.path)
    journal = replace(small, activities=(bad, *others))

    def fail(tree: Any, *_: object) -> None:
        if "indigestible" in json.dumps(tree, default=str):
            raise ToolTimeout(tool, 1)
        return WRITERS["md"](tree, *_)

    monkeypatch.setattr(writers, "WRITERS", {**WRITERS, suffix: fail})
    request = ReportRequest("detailed", (tmp_path / f"a.{suffix}",), ORIGIN, EPOCH)
    with pytest.raises(StoppedByRecord) as caught:
        make(journal, chosen(journal), request)
    assert caught.value.path == culprit.path and caught.value.tool == tool
    assert not list(tmp_path.iterdir())
