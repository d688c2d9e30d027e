"""Write one tree in several formats, and report what a format cannot show."""

import pytest

from cpdkit.documents.codes import Problem
from cpdkit.documents.formats.fonts import MissingGlyph
from cpdkit.documents.formats.pdf import Pdf
from cpdkit.documents.formats.properties import DocumentProperties
from cpdkit.documents.formats.writers import WRITERS, WrittenDocument, as_diagnostics, pdf_problems, write_formats
from cpdkit.documents.pandoc import read_skeleton
from cpdkit.documents.report_files import DRAWINGS, FORMATS
from cpdkit.documents.tree import document
from cpdkit.errors import ToolFailed
from tests.documents.conftest import Example

PROPERTIES = DocumentProperties(
    title="T", author="A", header_left="A", header_right="T", footer_left="2026", page_label="Page {page} of {pages}",
    language="en-GB", paper="a4", subject="", keywords=(), epoch=0,
)  # fmt: skip


def test_every_format_has_its_writer() -> None:
    assert set(WRITERS) == {*FORMATS, *DRAWINGS}


def test_formats_are_written_in_the_requested_order_and_once_each(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    calls: list[str] = []
    for name in FORMATS:
        monkeypatch.setitem(
            WRITERS, name, lambda *_, name=name: calls.append(name) or WrittenDocument(name.encode())  # type: ignore[arg-type]
        )  # fmt: skip
    made = write_formats(document([]), {}, PROPERTIES, ("md", "pdf", "md", "html"))
    assert [one.data for one in made] == [b"md", b"pdf", b"md", b"html"]
    assert sorted(calls) == ["html", "md", "pdf"]


def test_one_that_fails_fails_all(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> WrittenDocument:
        raise ToolFailed("pandoc", -9, "")

    monkeypatch.setitem(WRITERS, "docx", fail)  # type: ignore[arg-type]
    with pytest.raises(ToolFailed):
        write_formats(document([]), {}, PROPERTIES, ("html", "docx"))


def test_a_character_without_a_glyph_is_reported_at_its_place() -> None:
    tree = document(
        read_skeleton(
            "# T\n\n## In detail\n\n::::: activity\n### One { #a1 }\n\n\U00013000 and \U00013001\n:::::\n\n\U00013002\n"
        )["blocks"]
    )
    (made,) = write_formats(tree, {}, PROPERTIES, ("pdf",))
    assert made.data.startswith(b"%PDF")
    assert {(anchor, problem.code) for anchor, problem in made.problems} >= {("a1", "CPD920"), ("", "CPD920")}


def test_problems_are_reported_at_the_file_of_the_activity_or_cpd_yaml(example: Example) -> None:
    problem = Problem("CPD920", "no font")
    found = as_diagnostics([("a1", problem), ("", problem), ("a999", problem)], {"a1": example.journal.activities[0]})
    assert [each.path for each in found] == [example.journal.activities[0].path, "cpd.yaml", "cpd.yaml"]


def test_what_the_pdf_could_not_do_becomes_problems() -> None:
    pdf = Pdf(b"", (), (MissingGlyph("x", "X", (("a1", "One"), ("a2", "Two"))),), ("x^",), ("m0001.png",), "reason")
    assert [(anchor, problem.code) for anchor, problem in pdf_problems(pdf, document([]))] == [
        ("a1", "CPD920"), ("a2", "CPD920"), ("", "CPD921"), ("", "CPD902"), ("", "CPD911"),
    ]  # fmt: skip
