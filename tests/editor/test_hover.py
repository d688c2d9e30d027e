import pytest

from cpdkit.diagnostics import Diagnostic, Severity, Span
from cpdkit.editor.hover import RULE, code_text, field_text, hover, key_text, literal, size_text, value_text
from cpdkit.editor.journals import JournalFacts
from cpdkit.editor.outline import Path, meaning
from cpdkit.journal.declarations import Fields
from cpdkit.journal.member import MEMBER
from cpdkit.journal.records import ACTIVITY
from tests.editor.sample_journal import file_with


@pytest.mark.parametrize(
    ("table", "path", "text", "expected"),
    [
        (
            ACTIVITY,
            ("objectives", 0),
            "grid",
            r"**Understand \*storage\***|open, by 31 December 2026; 2 activities",
        ),
        (ACTIVITY, ("objectives", 0), "nowhere", ""),
        (ACTIVITY, ("competences", 0), "K1", "**K1** Switchgear|Our firm|0 activities"),
        (ACTIVITY, ("competences", "A1"), "SP", "**SP**: supervised practitioner"),
        (ACTIVITY, ("evidence", 0), "certificate.pdf", "**evidence/certificate.pdf**: 2 kB; 1 activity"),
        (ACTIVITY, ("evidence", 0), "../cpd.yaml", ""),
        (ACTIVITY, ("provider",), "Gridwise Academy", "**Gridwise Academy**: 2 activities, 3.5 h"),
        (ACTIVITY, ("topics", 0), "safety", "**safety**: 1 activity"),
        (ACTIVITY, ("start",), "2026-03-14", "Saturday, 14 March 2026"),
        (ACTIVITY, ("start",), "2026-02-30", ""),
        (ACTIVITY, ("hours",), "1h30", "1.5 h, 90 minutes"),
        (ACTIVITY, ("hours",), "two", ""),
        (ACTIVITY, ("status",), "planned", "**planned**: in the future; needs no hours"),
        (ACTIVITY, ("title",), "x", ""),
        (MEMBER, ("frameworks", 0), "firm", "**Our firm**: 1 competence"),
    ],
)
def test_a_value_says_what_it_stands_for(
    facts: JournalFacts, table: Fields, path: Path, text: str, expected: str
) -> None:
    found = meaning(table, path)
    assert found
    assert value_text(found, text, facts).replace("\n\n", "|") == expected


def test_a_key_that_is_a_code_says_what_it_stands_for(facts: JournalFacts) -> None:
    competences, accepted = meaning(ACTIVITY, ("competences", "A1")), meaning(ACTIVITY, ("accepted", "CPD401"))
    assert competences
    assert accepted
    assert key_text(competences, "K1", facts).startswith("**K1** Switchgear")
    assert key_text(accepted, "CPD401", facts).startswith("**CPD401** (advice)")
    assert key_text(accepted, "CPD999", facts) == ""


def test_a_field_says_what_it_takes() -> None:
    assert field_text(ACTIVITY.known["title"]).startswith("**title** (required): text on one line")
    assert "`date` is another name for `start`" in field_text(ACTIVITY.known["date"], "date")
    assert "`start: 2026-03-14`" in field_text(ACTIVITY.known["start"])


def test_a_code_says_why_it_matters() -> None:
    expected = code_text("CPD204")
    assert expected.startswith("**CPD204** (error): date does not exist")
    assert expected.endswith("`cpd explain CPD204` shows more")


def test_a_strangers_title_draws_nothing() -> None:
    assert literal("![x](https://a.example/p.png)\n<b>") == r"\!\[x\](https://a.example/p.png) \<b\>"


@pytest.mark.parametrize(("size", "expected"), [(0, "0 kB"), (1, "1 kB"), (499_600, "500 kB"), (1_250_000, "1.2 MB")])
def test_sizes_are_said_as_people_say_them(size: int, expected: str) -> None:
    assert size_text(size) == expected


def reported(facts: JournalFacts | None, fields: str, *diagnostics: Diagnostic) -> str:
    found = hover(*file_with(fields), facts, diagnostics)
    return found.contents.value if found else ""  # type: ignore[union-attr]


def problem(code: str, span: Span | None) -> Diagnostic:
    return Diagnostic("a.md", span, code, Severity.ERROR, "no")


def test_a_key_tells_of_its_field(facts: JournalFacts) -> None:
    assert reported(facts, "ty|pe: event").startswith("**type** (required)")
    assert reported(None, "type|: event").startswith("**type** (required)")
    assert reported(facts, "sessions: [{da|te: x").startswith("**date** (required)")
    assert reported(facts, "unheard|-of: x") == ""


def test_a_value_tells_what_it_stands_for(facts: JournalFacts) -> None:
    assert reported(facts, "objectives: [gr|id").startswith(r"**Understand \*storage\***")
    assert reported(facts, "competences: {K|1: P}").startswith("**K1** Switchgear")
    assert reported(None, "objectives: [gr|id") == ""


def test_a_problem_tells_of_its_code(facts: JournalFacts) -> None:
    at_start = problem("CPD204", Span(2, 8, 2, 18))
    expected = reported(facts, "start: 2026-|02-30", at_start, problem("CPD401", None))
    assert expected.startswith("**CPD204** (error)")
    assert "CPD401" not in expected
    both = reported(facts, "start: 2026-|03-14", at_start)
    assert both.split(RULE)[0] == "Saturday, 14 March 2026"
    assert both.split(RULE)[1].startswith("**CPD204**")


def test_a_problem_of_the_whole_file_is_told_at_its_top(facts: JournalFacts) -> None:
    file, _, _ = file_with("title: a|")
    found = hover(file, 0, 1, facts, [problem("CPD401", None)])
    assert found
    assert found.range
    assert (found.range.start.line, found.range.end.character) == (0, 3)
    assert hover(file, 3, 0, facts, [problem("CPD401", None)]) is None
