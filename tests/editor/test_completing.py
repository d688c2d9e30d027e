import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdkit.editor.completing import completions, written
from cpdkit.editor.known import Known
from cpdkit.journal.fields import ACTIVITY
from cpdkit.text.values import Scalar, Sequence, parse
from tests.editor.client import edited
from tests.editor.desks import page_of


def labels(known: Known | None, fields: str, path: str = "activities/a.md") -> list[str]:
    return [each.label for each in completions(*page_of(fields, path), known)]


def chosen(known: Known, fields: str, label: str, path: str = "activities/a.md") -> str:
    """The fields after a proposal was taken."""
    page, line, column = page_of(fields, path)
    item = next(each for each in completions(page, line, column, known) if each.label == label)
    edit = item.text_edit
    assert edit
    start, end = edit.range.start, edit.range.end  # type: ignore[union-attr]
    places = {"start": vars_of(start), "end": vars_of(end)}
    return edited(page.text.source, [{"range": places, "newText": edit.new_text}]).split("---\n")[1].rstrip("\n")


def vars_of(position: object) -> dict[str, int]:
    return {name: getattr(position, name) for name in ("line", "character")}


def test_fields_come_with_the_required_first_and_without_those_given(known: Known) -> None:
    assert labels(known, "type: event\n|")[:2] == ["title", "start"]
    assert not {"type", "date"} & set(labels(known, "type: event\n|"))
    assert "start" not in labels(known, "date: 2026-01-01\n|")
    assert len(labels(known, "|")) == len(ACTIVITY.fields)
    assert labels(known, "by: 2026-01-01\n|", "plan/a.md")[0] == "title"


def test_fields_come_before_the_journal_was_checked() -> None:
    assert labels(None, "ti|")[0] == "title"
    assert labels(None, "type: |") == []


def test_a_field_comes_with_what_it_is_for(known: Known) -> None:
    item = completions(*page_of("|"), known)[0]
    assert item.documentation
    assert "required" in item.documentation.value  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("fields", "label", "after"),
    [
        ("ti|", "title", "title: "),
        ("tit|le: x", "type", "type: x"),
        ("ses|", "sessions", "sessions:"),
        ("sessions: [{da|", "date", "sessions: [{date: "),
        ("type:|", "event", "type: event"),
        ("type: ev|xyz", "event", "type: event"),
        ('type: "ev|"', "event", 'type: "event"'),
        ("objectives: [|", "grid", "objectives: [grid"),
        ("objectives: [grid,|]", "old", "objectives: [grid, old]"),
        ("objectives:\n  - |", "grid", "objectives:\n  - grid"),
        ("competences: {A1: |", "SP", "competences: {A1: SP"),
        ("accepted:\n  CPD4|", "CPD401", "accepted:\n  CPD401: "),
        ("title: 👍\nstart: 2026-0|", "2026-11-23", "title: 👍\nstart: 2026-11-23"),
        ("signed-off: {b|", "by", "signed-off: {by: "),
        ("evidence:\n  - pa|", "path", "evidence:\n  - path: "),
    ],
)
def test_a_proposal_writes_what_belongs_there(known: Known, fields: str, label: str, after: str) -> None:
    assert chosen(known, fields, label) == after


@pytest.mark.parametrize(
    ("fields", "some", "none"),
    [
        ("competences: [A1, |", "B2", "A1"),
        ("competences: [A|]", "A1", "T"),
        ("competences:\n  - A1\n  - |", "K1", "A1"),
        ("competences: {A1: P, |}", "B2", "A1"),
        ("evidence:\n  - |", "path", "certificate.md"),
        ("evidence: [certificate.pdf, |", "new.pdf", "certificate.pdf"),
        ("evidence:\n  - path: |\n", "new.pdf", "url"),
        ("skills: [technical, |", "soft", "technical"),
        ("sessions:\n  - date: 2026-01-01\n    |", "hours", "date"),
        ("topics:\n  - |", "safety", "title"),
    ],
)
def test_lists_are_proposed_what_they_lack(known: Known, fields: str, some: str, none: str) -> None:
    found = labels(known, fields)
    assert some in found
    assert none not in found


def test_the_member_file_is_helped_too(known: Known) -> None:
    assert labels(known, "|", "cpd.yaml")[0] == "name"
    assert "iet" in labels(known, "schemes:\n  - scheme: |", "cpd.yaml")
    assert "start" in labels(known, "schemes:\n  - scheme: iet\n    |", "cpd.yaml")
    assert labels(known, "checks: {CPD401: |", "cpd.yaml") == ["off", "advice", "warning", "error"]
    assert "CPD401" in labels(known, "checks: {|", "cpd.yaml")


def test_a_broken_text_is_helped_all_the_same(known: Known) -> None:
    assert labels(known, 'title: "open\ntype: |\n[{: x')[0] == "training"


@given(
    st.text(alphabet="ab:,[]{}#'\"\\ -!1.é", min_size=1, max_size=12), st.sampled_from(["", '"', "'"]), st.booleans()
)
def test_what_is_written_is_read_as_it_was_meant(value: str, quote: str, flow: bool) -> None:
    said = written(value, quote, flow)
    node = parse(f"a: [{said}]" if flow else f"a: {said}").values["a"]
    item = node.items[0] if isinstance(node, Sequence) else node
    assert isinstance(item, Scalar)
    assert item.value == value


@pytest.mark.parametrize(
    ("value", "flow", "said"), [("a, b", False, "a, b"), ("a, b", True, '"a, b"'), ("#1", False, '"#1"')]
)
def test_quotes_come_where_they_are_needed(value: str, flow: bool, said: str) -> None:
    assert written(value, "", flow) == said
