from pathlib import Path

import pytest
from lsprotocol.types import DiagnosticSeverity, Position, Range

from cpdkit.diagnostics import Diagnostic, Severity, Span
from cpdkit.editor.diagnostics import lsp_diagnostic, lsp_diagnostics
from cpdkit.editor.outline import JournalFile
from cpdkit.editor.positions import Text
from tests.editor.sample_journal import checked
from tests.journal.folders import GOOD, MEMBER, record


@pytest.mark.parametrize(
    ("severity", "shown"),
    [
        (Severity.ERROR, DiagnosticSeverity.Error),
        (Severity.WARNING, DiagnosticSeverity.Warning),
        (Severity.ADVICE, DiagnosticSeverity.Information),
    ],
)
def test_a_diagnostic_is_reported_with_all_it_says(severity: Severity, shown: DiagnosticSeverity) -> None:
    each = Diagnostic("a.md", Span(2, 3, 2, 4), "CPD204", severity, "no day", "👍b", "a note", "a hint")
    found = lsp_diagnostic(each, None, "utf-16")
    assert found.range == Range(Position(1, 3), Position(1, 3))
    assert (found.severity, found.code, found.source) == (shown, "CPD204", "cpdkit")
    assert found.message == "no day\na note\na hint"
    assert lsp_diagnostic(each, Text("\nx👍b"), "utf-16").range == Range(Position(1, 3), Position(1, 4))


def test_what_is_empty_has_no_line() -> None:
    diagnostic = Diagnostic("a", None, "CPD101", Severity.ERROR, "no", hint="write")
    assert lsp_diagnostic(diagnostic, None, "utf-16").message == "no\nwrite"


def test_other_places_are_named(tmp_path: Path) -> None:
    twice = record("title: a\ntitle: b\n")
    files = {"cpd.yaml": MEMBER, "activities/a.md": GOOD, "activities/b.md": GOOD, "activities/c.md": twice}
    facts = checked(tmp_path, files | {"plan/a.md": record("title: a\n", ""), "plan/x/a.md": record("title: b\n", "")})

    def related(path: str, code: str) -> list[tuple[str, int]]:
        file = JournalFile(path, Text(files.get(path, "")))
        found = lsp_diagnostics(facts.diagnostics(path), file, facts, lambda name: f"j:{name}", "utf-16")
        more = next(each.related_information for each in found if each.code == code)
        return [(each.location.uri, each.location.range.start.line) for each in more or ()]

    assert related("activities/c.md", "CPD134") == [("j:activities/c.md", 1)]
    assert related("plan/x/a.md", "CPD806") == [("j:plan/a.md", 0)]
    twins = [path for path in ("activities/a.md", "activities/b.md") if facts.shared.get(path)]
    assert all(uri.startswith("j:activities/") for path in twins for uri, _ in related(path, "CPD807"))
    assert twins
