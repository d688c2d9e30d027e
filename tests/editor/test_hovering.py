from cpdkit.diagnostics import Diagnostic, Severity, Span
from cpdkit.editor.hovering import RULE, hover
from cpdkit.editor.known import Known
from tests.editor.desks import page_of


def told(known: Known | None, fields: str, *diagnostics: Diagnostic) -> str:
    found = hover(*page_of(fields), known, diagnostics)
    return found.contents.value if found else ""  # type: ignore[union-attr]


def problem(code: str, span: Span | None) -> Diagnostic:
    return Diagnostic("a.md", span, code, Severity.ERROR, "no")


def test_a_key_tells_of_its_field(known: Known) -> None:
    assert told(known, "ty|pe: event").startswith("**type** (required)")
    assert told(None, "type|: event").startswith("**type** (required)")
    assert told(known, "sessions: [{da|te: x").startswith("**date** (required)")
    assert told(known, "unheard|-of: x") == ""


def test_a_value_tells_what_it_stands_for(known: Known) -> None:
    assert told(known, "objectives: [gr|id").startswith(r"**Understand \*storage\***")
    assert told(known, "competences: {K|1: P}").startswith("**K1** Switchgear")
    assert told(None, "objectives: [gr|id") == ""


def test_a_problem_tells_of_its_code(known: Known) -> None:
    at_start = problem("CPD204", Span(2, 8, 2, 18))
    said = told(known, "start: 2026-|02-30", at_start, problem("CPD401", None))
    assert said.startswith("**CPD204** (error)")
    assert "CPD401" not in said
    both = told(known, "start: 2026-|03-14", at_start)
    assert both.split(RULE)[0] == "Saturday, 14 March 2026"
    assert both.split(RULE)[1].startswith("**CPD204**")


def test_a_problem_of_the_whole_file_is_told_at_its_top(known: Known) -> None:
    page, _, _ = page_of("title: a|")
    found = hover(page, 0, 1, known, [problem("CPD401", None)])
    assert found
    assert found.range
    assert (found.range.start.line, found.range.end.character) == (0, 3)
    assert hover(page, 3, 0, known, [problem("CPD401", None)]) is None
