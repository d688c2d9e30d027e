"""Problems of every kind that a format has to carry."""

from pathlib import Path

from cpdkit.checks.engine import CheckResult
from cpdkit.checks.formats.common import Base
from cpdkit.diagnostics import BOM_SPAN, Diagnostic, Edit, Fix, Severity, Span

ERROR, WARNING, ADVICE = Severity
SPAN = Span(4, 8, 4, 18)
FIX = Fix("write {2026-02-28}", (Edit(SPAN, "2026-02-28"), Edit(Span(5, 1, 6, 1), "")), safe=False)
EVERY = (
    Diagnostic(
        "activities/2026/a, b: 100% 東京.md",
        SPAN,
        "CPD204",
        ERROR,
        "2026-02-30 is not a {day}",
        "start: 2026-02-30",
        "100%: February 2026 ends on the 28th",
        'write <"2026-02-28"> & more',
        FIX,
    ),
    Diagnostic("activities/a\nb\x1b]0;\x07.md", None, "CPD803", WARNING, "a name with\r\n::error::x \ufffe\x00"),
    Diagnostic("activities/bad\udcff.md", None, "CPD804", ERROR, "the name is not UTF-8: \udcff"),
    Diagnostic("cpd.yaml", Span(1, 1, 3, 1), "CPD203", ERROR, "several lines", "name: |"),
    Diagnostic("evidence/plain.pdf", None, "CPD504", ADVICE, "no activity names this file", hint="add it"),
    Diagnostic(
        "plan/mark.md", BOM_SPAN, "CPD117", ADVICE, "a byte order mark", fix=Fix("drop it", (Edit(BOM_SPAN, ""),))
    ),
)
CHECKED = CheckResult(Path("/home/angharad/journal"), EVERY, 61, 70)
CLEAN = CheckResult(Path("/home/angharad/journal"), (), 61, 70)
BASE = Base(Path("/home/angharad"), "journal/")


def many(errors: int = 0, warnings: int = 0, advice: int = 0) -> CheckResult:
    """A check that found so many of each, in turns."""
    kinds = [ADVICE] * advice + [WARNING] * warnings + [ERROR] * errors
    found = (
        Diagnostic("a.md", Span(number, 1, number, 2), "CPD204", each, f"{each} {number}", "x")
        for number, each in enumerate(kinds, 1)
    )
    return CheckResult(Path("/home/angharad/journal"), tuple(found), 61, 70)
