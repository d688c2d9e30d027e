"""GitHub's workflow commands, which make annotations.

https://docs.github.com/actions/reference/workflow-commands-for-github-actions: a step's first ten errors, ten warnings
and ten notices are shown, so the worst come first, and a notice counts what is not shown.
"""

from cpdkit.checks.engine import CheckResult
from cpdkit.checks.formats.common import Base, activities_checked, sentence, severity_counts, worst_first
from cpdkit.diagnostics import Diagnostic, Severity
from cpdkit.text.terminal import printable

SHOWN = 10
"""How many of each kind GitHub shows of one step."""
_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "notice"}
_DATA = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_PROPERTY = str.maketrans({**_DATA, ":": "%3A", ",": "%2C"})
_MESSAGE = str.maketrans(_DATA)


def render(result: CheckResult, base: Base) -> str:
    """Return a command a line; empty for none."""
    diagnostics = worst_first(result.diagnostics)
    lines = [command(each, base) for each in diagnostics]
    if hidden := _hidden(diagnostics, SHOWN) and _hidden(diagnostics, SHOWN - 1):
        # Before the advice: behind ten notices of advice it would be hidden too.
        lines.insert(sum(each.severity < Severity.ADVICE for each in diagnostics), _rest(result, hidden))
    return "\n".join(lines)


def command(diagnostic: Diagnostic, base: Base) -> str:
    """Return one diagnostic as an annotation. The log shows the message alone, so the place stands in it as well."""
    file = printable(base.path(diagnostic.path))
    span = diagnostic.span
    properties = {"title": diagnostic.code, "file": file}
    place = file
    if span:
        properties |= {"line": str(span.line), "col": str(max(span.column, 1))}
        # GitHub takes an end column only on the line that the annotation starts on.
        if span.end_line == span.line:
            properties |= {"endLine": str(span.line), "endColumn": str(span.end_column)}
        place = f"{file}:{span.line}:{span.column}"
    settings = ",".join(f"{name}={value.translate(_PROPERTY)}" for name, value in properties.items())
    message = printable(f"{place}: {diagnostic.code} {sentence(diagnostic)}").translate(_MESSAGE)
    return f"::{_COMMANDS[diagnostic.severity]} {settings}::{message}"


def _hidden(diagnostics: list[Diagnostic], notices: int) -> list[Diagnostic]:
    """Return what GitHub doesn't show of these, where it has room for so many notices."""
    room = {Severity.ERROR: SHOWN, Severity.WARNING: SHOWN, Severity.ADVICE: notices}
    hidden = []
    for each in diagnostics:
        room[each.severity] -= 1
        if room[each.severity] < 0:
            hidden.append(each)
    return hidden


def _rest(result: CheckResult, hidden: list[Diagnostic]) -> str:
    summary = f"{activities_checked(result.activities)}: {severity_counts(result.diagnostics)}"
    more = f"Not shown beside the files: {severity_counts(hidden)}, which are in the log"
    return f"::notice title=cpd check::{summary}. {more}"
