import pytest

from cpdkit.editor.definition import definition, links, named_at, naming, place_in
from cpdkit.editor.journal_facts import Known
from cpdkit.editor.page import Page
from cpdkit.editor.positions import Text
from tests.editor.desks import COURSE, FILES, page_of


@pytest.mark.parametrize(
    ("fields", "path", "target"),
    [
        ("objectives: [gr|id", COURSE, "plan/grid.md"),
        ("objectives: [nowhere|", COURSE, None),
        ("evidence: [cert|ificate.pdf]", COURSE, "evidence/certificate.pdf"),
        ("evidence:\n  - path: evidence/cert|ificate.pdf", COURSE, "evidence/certificate.pdf"),
        ("evidence:\n  - title: certificate|.pdf", COURSE, None),
        ("evidence: [../cpd|.yaml]", COURSE, None),
        ("competences: {K|1: P}", COURSE, "frameworks/firm.yaml"),
        ("competences: [A|1]", COURSE, None),
        ("frameworks: [fi|rm]", "cpd.yaml", "frameworks/firm.yaml"),
        ("schemes: [{scheme: i|et}]", "cpd.yaml", None),
        ("title: gr|id", COURSE, None),
        ("\n|", COURSE, None),
    ],
)
def test_a_name_leads_to_its_file(known: Known, fields: str, path: str, target: str | None) -> None:
    assert definition(*page_of(fields, path), known) == target


@pytest.mark.parametrize(
    ("fields", "path", "named"),
    [
        ("objectives: [gr|id]", COURSE, ("objectives", "grid")),
        ("competences: {A|1: P}", COURSE, ("competences", "A1")),
        ("provider: Gridwise| Academy", COURSE, ("provider", "Gridwise Academy")),
        ("topi|cs: [a]", COURSE, None),
        ("title: Under|stand", "plan/grid.md", ("objectives", "grid")),
        ("title: x|", COURSE, None),
    ],
)
def test_what_others_may_name_is_told_from_a_place(
    known: Known, fields: str, path: str, named: tuple[str, str] | None
) -> None:
    assert named_at(*page_of(fields, path), known) == named


def test_the_activities_that_name_a_thing_are_found(known: Known) -> None:
    assert naming("objectives", "grid", known) == ["activities/2026/2026-05-02-talk.md", COURSE]
    assert naming("evidence", "certificate.pdf", known) == [COURSE]
    assert naming("topics", "nothing", known) == []


def test_a_reference_stands_where_the_name_does() -> None:
    page = Page(COURSE, Text(FILES[COURSE]))
    where = place_in(page, "objectives", "grid")
    assert page.text.line(where.start.line)[where.start.character : where.end.character] == "grid"
    assert place_in(page, "objectives", "other").start.line == where.start.line
    assert place_in(Page(COURSE, Text("nothing")), "objectives", "grid").start.line == 0


def test_what_the_fields_name_is_linked(known: Known) -> None:
    fields = (
        "objectives: [grid, lost]\nevidence: [certificate.pdf, 'https://a.example/x', lost.pdf]\ntitle: https://a.b"
    )
    page, _, _ = page_of(fields + "|")
    found = list(links(page, known, lambda path: f"j:{path}"))
    assert [each.target for each in found] == ["j:plan/grid.md", "j:evidence/certificate.pdf", "https://a.example/x"]
