from dataclasses import replace

from cpdkit.checks.formats.statistics import Count, statistics, table
from cpdkit.diagnostics import Diagnostic, Edit, Fix, Severity, Span

ERROR = Diagnostic("a.md", None, "CPD204", Severity.ERROR, "so")
FIXABLE = replace(ERROR, code="CPD212", fix=Fix("mend it", (Edit(Span(1, 1, 1, 1), "x"),)))
UNSAFE = replace(FIXABLE, fix=Fix("mend it", (), safe=False))


def test_the_most_frequent_come_first() -> None:
    found = [ERROR, FIXABLE, UNSAFE, replace(ERROR, code="CPD201", severity=Severity.WARNING)]
    assert [(each.code, each.count, each.fixable) for each in statistics(found)] == [
        ("CPD212", 2, 1),
        ("CPD201", 1, 0),
        ("CPD204", 1, 0),
    ]
    assert statistics(found)[2] == Count("CPD204", Severity.ERROR, "date does not exist", 1, 0)


def test_of_one_code_the_worst_severity_is_told() -> None:
    (only,) = statistics([ERROR, replace(ERROR, severity=Severity.ADVICE)])
    assert only.severity is Severity.ERROR


def test_the_table() -> None:
    counts = statistics([*[FIXABLE] * 10, *[ERROR] * 2, UNSAFE])
    assert table(counts).splitlines() == [
        "11  CPD212  error    10 fixable  unknown field",
        " 2  CPD204  error                date does not exist",
    ]
    assert table(counts, 50).splitlines()[1] == " 2  CPD204  error                date does not ex…"
    assert table([]) == ""
