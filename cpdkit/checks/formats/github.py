"""GitHub's workflow commands, which make annotations.

https://docs.github.com/actions/reference/workflow-commands-for-github-actions: GitHub shows the first ten errors, ten
warnings and ten notices of a step, so the worst come first, and a notice counts what is not shown.
"""

from cpdkit.checks.engine import CheckResult
from cpdkit.checks.formats.common import Base, activities_checked, sentence, severity_counts, worst_first
from cpdkit.checks.formats.covering import covered_result
from cpdkit.diagnostics import Diagnostic, Severity
from cpdkit.text.terminal import printable

SHOWN = 10
"""The most annotations of each kind that GitHub shows for one step."""
_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "notice"}
_DATA = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_PROPERTY = str.maketrans({**_DATA, ":": "%3A", ",": "%2C"})
_MESSAGE = str.maketrans(_DATA)


def render(result: CheckResult, base: Base) -> str:
    """Return one command per line; empty for none."""
    result = covered_result(result)
    diagnostics = worst_first(result.diagnostics)
    lines = [command(each, base) for each in diagnostics]
    if hidden := _hidden(diagnostics, SHOWN) and _hidden(diagnostics, SHOWN - 1):
        # Before the advice: after ten notices of advice, this notice would be hidden too.
        lines.insert(sum(each.severity < Severity.ADVICE for each in diagnostics), _rest(result, hidden))
    return "\n".join(lines)


def command(diagnostic: Diagnostic, base: Base) -> str:
    """Return one diagnostic as an annotation. The log shows only the message, so the message repeats the place."""
    file = printable(base.path(diagnostic.path))
    span = diagnostic.span
    properties = {"title": diagnostic.code, "file": file}
    place = file
    if span:
        properties |= {"line": str(span.line), "col": str(max(span.column, 1))}
        # GitHub accepts an end column only on the line that the annotation starts on.
        if span.end_line == span.line:
            properties |= {"endLine": str(span.line), "endColumn": str(span.end_column)}
        place = f"{file}:{span.line}:{span.column}"
    settings = ",".join(f"{name}={value.translate(_PROPERTY)}" for name, value in properties.items())
    message = printable(f"{place}: {diagnostic.code} {sentence(diagnostic)}").translate(_MESSAGE)
    return f"::{_COMMANDS[diagnostic.severity]} {settings}::{message}"


def _hidden(diagnostics: list[Diagnostic], notices: int) -> list[Diagnostic]:
    """Return those that GitHub does not show, if it has room for this many notices."""
    room = {Severity.ERROR: SHOWN, Severity.WARNING: SHOWN, Severity.ADVICE: notices}
    hidden = []
    for each in diagnostics:
        room[each.severity] -= 1
        if room[each.severity] < 0:
            hidden.append(each)
    return hidden


def _rest(result: CheckResult, hidden: list[Diagnostic]) -> str:
    summary = f"{activities_checked(result.activities)}: {severity_counts(result.diagnostics)}"
    more = f"Not shown next to the files: {severity_counts(hidden)} (see the log)"
    return f"::notice title=cpd check::{summary}. {more}"
