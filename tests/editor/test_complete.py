import pathlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdkit.editor.complete import completions, insertion_point, keys_for, values_for, written
from cpdkit.editor.journals import JournalFacts
from cpdkit.editor.outline import JournalFile, Path
from cpdkit.editor.positions import Text
from cpdkit.journal.records import ACTIVITY
from cpdkit.text.yaml import ScalarNode, SequenceNode, parse
from tests.editor.client import edited
from tests.editor.sample_journal import COURSE, FILES, checked, file_with
from tests.journal.folders import record

MEMBER_PATH = "cpd.yaml"


def values(facts: JournalFacts, path: Path, file: str = COURSE, text: str = "") -> list[str]:
    file = JournalFile(file, Text(text))
    found = file.meaning(path)
    assert found
    return [each.value for each in values_for(found, file, facts)]


@pytest.mark.parametrize(
    ("path", "first"),
    [
        (("type",), ["training", "work-experience"]),
        (("status",), ["done", "in-progress", "planned", "draft"]),
        (("skills", 0), ["technical", "job", "soft"]),
        (("structured",), ["true", "false"]),
        (("objectives", 0), ["grid", "old"]),
        (("competences", 0), ["A1", "B2"]),
        (("competences", "A1"), ["T", "SP", "P", "E"]),
        (("topics", 0), ["safety"]),
        (("evidence", 0), ["new.pdf", "certificate.pdf"]),
        (("evidence", 0, "path"), ["new.pdf", "certificate.pdf"]),
        (("provider",), ["Gridwise Academy"]),
        (("location",), ["Leeds"]),
        (("role",), ["speaker"]),
        (("start",), ["2026-03-14", "2026-11-23", "2026-11-22"]),
        (("sessions", 0, "date"), ["2026-03-14", "2026-11-23"]),
        (("title",), []),
        (("units", "PDU"), []),
    ],
)
def test_a_field_has_its_values(facts: JournalFacts, path: Path, first: list[str]) -> None:
    assert values(facts, path)[: len(first) or 1] == first


@pytest.mark.parametrize(
    ("path", "some"),
    [
        (("frameworks", 0), {"firm", "uk-spec-ceng"}),
        (("schemes", 0, "scheme"), {"iet"}),
        (("checks", "CPD401"), {"off", "advice"}),
        (("paper",), {"a4", "letter"}),
    ],
)
def test_the_member_file_has_its_values(facts: JournalFacts, path: Path, some: set[str]) -> None:
    assert some <= set(values(facts, path, MEMBER_PATH))


def test_competences_are_found_by_their_titles(facts: JournalFacts) -> None:
    file = JournalFile(COURSE, Text(""))
    found = file.meaning(("competences", 0))
    assert found
    suggestions = {each.value: each for each in values_for(found, file, facts)}
    assert (suggestions["K1"].detail, suggestions["K1"].search) == ("Switchgear", "Switchgear")


def test_the_end_may_be_the_start(facts: JournalFacts) -> None:
    assert values(facts, ("end",), COURSE, "---\nstart: 2026-03-10\n---\n")[0] == "2026-03-10"


def test_the_keys_of_a_mapping_are_codes(facts: JournalFacts) -> None:
    file = JournalFile(COURSE, Text(""))
    for path, some, none in ((("accepted",), "CPD401", "CPD204"), (("competences",), "K1", "CPD401")):
        found = file.meaning(path)
        assert found
        offered = {each.value for each in keys_for(found, file, facts)}
        assert some in offered
        assert none not in offered


def test_lists_are_told_from_single_values() -> None:
    assert {each.name for each in ACTIVITY.fields if each.kind.is_list} == {
        "objectives", "competences", "topics", "skills", "evidence"
    }  # fmt: skip


def labels(facts: JournalFacts | None, fields: str, path: str = "activities/a.md") -> list[str]:
    return [each.label for each in completions(*file_with(fields, path), facts)]


def chosen(facts: JournalFacts, fields: str, label: str, path: str = "activities/a.md") -> str:
    """The fields after a proposal was taken."""
    file, line, column = file_with(fields, path)
    item = next(each for each in completions(file, line, column, facts) if each.label == label)
    edit = item.text_edit
    assert edit
    start, end = edit.range.start, edit.range.end  # type: ignore[union-attr]
    places = {"start": vars_of(start), "end": vars_of(end)}
    return edited(file.text.source, [{"range": places, "newText": edit.new_text}]).split("---\n")[1].rstrip("\n")


def vars_of(position: object) -> dict[str, int]:
    return {name: getattr(position, name) for name in ("line", "character")}


def test_fields_come_with_the_required_first_and_without_those_given(facts: JournalFacts) -> None:
    assert labels(facts, "type: event\n|")[:2] == ["title", "start"]
    assert not {"type", "date"} & set(labels(facts, "type: event\n|"))
    assert "start" not in labels(facts, "date: 2026-01-01\n|")
    assert len(labels(facts, "|")) == len(ACTIVITY.fields)
    assert labels(facts, "by: 2026-01-01\n|", "plan/a.md")[0] == "title"


def test_fields_come_before_the_journal_was_checked() -> None:
    assert labels(None, "ti|")[0] == "title"
    assert labels(None, "type: |") == []


def test_a_field_comes_with_what_it_is_for(facts: JournalFacts) -> None:
    item = completions(*file_with("|"), facts)[0]
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
def test_a_proposal_writes_what_belongs_there(facts: JournalFacts, fields: str, label: str, after: str) -> None:
    assert chosen(facts, fields, label) == after


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
def test_lists_are_proposed_what_they_lack(facts: JournalFacts, fields: str, some: str, none: str) -> None:
    found = labels(facts, fields)
    assert some in found
    assert none not in found


def test_the_member_file_is_helped_too(facts: JournalFacts) -> None:
    assert labels(facts, "|", "cpd.yaml")[0] == "name"
    assert "iet" in labels(facts, "schemes:\n  - scheme: |", "cpd.yaml")
    assert "start" in labels(facts, "schemes:\n  - scheme: iet\n    |", "cpd.yaml")
    assert labels(facts, "checks: {CPD401: |", "cpd.yaml") == ["off", "advice", "warning", "error"]
    assert "CPD401" in labels(facts, "checks: {|", "cpd.yaml")


def test_a_broken_text_is_helped_all_the_same(facts: JournalFacts) -> None:
    assert labels(facts, 'title: "open\ntype: |\n[{: x')[0] == "training"


@given(
    st.text(alphabet="ab:,[]{}#'\"\\ -!1.é", min_size=1, max_size=12), st.sampled_from(["", '"', "'"]), st.booleans()
)
def test_what_is_written_is_read_as_it_was_meant(value: str, quote: str, flow: bool) -> None:
    expected = written(value, quote, flow)
    node = parse(f"a: [{expected}]" if flow else f"a: {expected}").values["a"]
    item = node.items[0] if isinstance(node, SequenceNode) else node
    assert isinstance(item, ScalarNode)
    assert item.value == value


@pytest.mark.parametrize(
    ("value", "flow", "expected"), [("a, b", False, "a, b"), ("a, b", True, '"a, b"'), ("#1", False, '"#1"')]
)
def test_quotes_come_where_they_are_needed(value: str, flow: bool, expected: str) -> None:
    assert written(value, "", flow) == expected


@pytest.mark.parametrize(
    ("fields", "path", "what", "typed"),
    [
        ("ti|", (), "k", "ti"),
        ("title: x\n|\ntype: y", (), "k", ""),
        ("ty|pe: x", (), "k", "ty"),
        ("type:|", ("type",), "v", ""),
        ("type: |", ("type",), "v", ""),
        ("type: ev|ent", ("type",), "v", "ev"),
        ('type: "ev|', ("type",), "v", "ev"),
        ("provider: IET |", ("provider",), "v", "IET "),
        ("competences: [A1, |", ("competences", 1), "v", ""),
        ("competences: [A1,|]\ntype: event", ("competences", 1), "v", ""),
        ("competences: [A|\ntype: event", ("competences", 0), "kv", "A"),
        ("competences: {A1: |", ("competences", "A1"), "v", ""),
        ("competences: {A1: P, |}", ("competences",), "k", ""),
        ("topics:\n  - |", ("topics", 0), "kv", ""),
        ("topics:\n- a\n- b|", ("topics", 1), "kv", "b"),
        ("topics:\n- a\n|", (), "k", ""),
        ("sessions:\n  - |", ("sessions", 0), "kv", ""),
        ("sessions:\n  - date: |", ("sessions", 0, "date"), "v", ""),
        ("sessions:\n  - date: 2026-01-01\n    |", ("sessions", 0), "k", ""),
        ("sessions: [{|", ("sessions", 0), "k", ""),
        ("signed-off:\n  |", ("signed-off",), "k", ""),
        ("accepted: {CPD4|", ("accepted",), "k", "CPD4"),
    ],
)
def test_what_is_typed_is_told_from_the_text_before_it(fields: str, path: Path, what: str, typed: str) -> None:
    point = insertion_point(*file_with(fields))
    assert point
    assert (point.path, "k" * point.key + "v" * point.value, point.typed) == (path, what, typed)


@pytest.mark.parametrize(
    "fields", ["title: a # |", "benefit: >\n  wor|", 'title: "a" |', "title: a\n---\nbody |", "# |"]
)
def test_nothing_is_proposed_where_nothing_of_ours_is_typed(fields: str) -> None:
    assert insertion_point(*file_with(fields)) is None


def test_nothing_is_proposed_outside_records() -> None:
    assert insertion_point(*file_with("ti|", "notes/a.md")) is None


@pytest.mark.parametrize(
    ("fields", "start", "stop", "separator", "quote"),
    [
        ("type: ev|ent", 6, 11, "", ""),
        ("type: 'ev|ent'", 6, 13, "", "'"),
        ("type:|", 5, 5, " ", ""),
        ("topics: [a,|]", 11, 11, " ", ""),
        ("topics: [a, |]", 12, 12, "", ""),
        ("topics:\n  -|", 3, 3, " ", ""),
    ],
)
def test_a_proposal_replaces_the_whole_word_and_keeps_blanks_right(
    fields: str, start: int, stop: int, separator: str, quote: str
) -> None:
    point = insertion_point(*file_with(fields))
    assert point
    assert (point.start, point.stop, point.separator, point.quote) == (start, stop, separator, quote)


def test_a_word_alone_below_its_key_may_become_a_key() -> None:
    point = insertion_point(*file_with("signed-off:\n  b|"))
    assert point
    assert (point.path, point.key, point.value) == (("signed-off",), True, True)


@pytest.mark.parametrize(
    ("path", "file", "some"),
    [
        (("evidenced-by", 0), "claims/a1.md", {"2026-03-14-course", "2023-firm", "2018-meng"}),
        (("evidenced-by", 0, "id"), "claims/a1.md", {"2026-03-14-course", "2023-firm", "2018-meng"}),
        (("competences", 0), "claims/a1.md", {"A1", "K1"}),
        (("kind",), "qualifications/2018-meng.md", {"degree", "certificate"}),
        (("evidence", 0), "qualifications/2018-meng.md", {"new.pdf"}),
        (("reports-to", 0), "career/2023-firm.md", {"helen"}),
        (("application", "form"), MEMBER_PATH, {"iet-ceng", "own"}),
    ],
)
def test_the_records_of_an_application_have_their_values(
    tmp_path: pathlib.Path, path: Path, file: str, some: set[str]
) -> None:
    more = {
        "career/2023-firm.md": record("role: Engineer\nemployer: Firm\nstart: 2023-05-02\n", ""),
        "qualifications/2018-meng.md": record("title: MEng\nawarded: 2018-07\n", ""),
        "claims/a1.md": record("competences: [A1]\n", "I did.\n"),
        "people.yaml": "people: [{id: helen, name: Helen O.}]\n",
        "forms/own.yaml": "id: own\ntitle: Own\nparts: [{content: personal, title: You}]\n",
    }
    assert some <= set(values(checked(tmp_path, {**FILES, **more}), path, file))
