import pytest

from cpdkit.editor.definition import definition, links, named_at, naming, range_of_value
from cpdkit.editor.journals import JournalFacts
from cpdkit.editor.outline import JournalFile
from cpdkit.editor.positions import Text
from tests.editor.sample_journal import COURSE, FILES, file_with


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
def test_a_name_leads_to_its_file(facts: JournalFacts, fields: str, path: str, target: str | None) -> None:
    assert definition(*file_with(fields, path), facts) == target


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
    facts: JournalFacts, fields: str, path: str, named: tuple[str, str] | None
) -> None:
    assert named_at(*file_with(fields, path), facts) == named


def test_the_activities_that_name_a_thing_are_found(facts: JournalFacts) -> None:
    assert naming("objectives", "grid", facts) == ["activities/2026/2026-05-02-talk.md", COURSE]
    assert naming("evidence", "certificate.pdf", facts) == [COURSE]
    assert naming("topics", "nothing", facts) == []


def test_a_reference_stands_where_the_name_does() -> None:
    file = JournalFile(COURSE, Text(FILES[COURSE]))
    where = range_of_value(file, "objectives", "grid")
    assert file.text.line(where.start.line)[where.start.character : where.end.character] == "grid"
    assert range_of_value(file, "objectives", "other").start.line == where.start.line
    assert range_of_value(JournalFile(COURSE, Text("nothing")), "objectives", "grid").start.line == 0


def test_what_the_fields_name_is_linked(facts: JournalFacts) -> None:
    fields = (
        "objectives: [grid, lost]\nevidence: [certificate.pdf, 'https://a.example/x', lost.pdf]\ntitle: https://a.b"
    )
    file, _, _ = file_with(fields + "|")
    found = list(links(file, facts, lambda path: f"j:{path}"))
    assert [each.target for each in found] == ["j:plan/grid.md", "j:evidence/certificate.pdf", "https://a.example/x"]
