"""Every code that making a document can report, with its severity and title."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from cpdkit.diagnostics import Diagnostic, Severity, Span
from cpdkit.journal.codes import Code


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem in a body. `line` counts from 1 in the body; 0 if it is unknown."""

    code: str
    message: str
    hint: str = ""
    line: int = 0


_WARNING, _ADVICE = Severity.WARNING, Severity.ADVICE

CODES: Mapping[str, Code] = MappingProxyType(
    {
        "CPD901": Code(Severity.ERROR, "text cannot be read as Markdown"),
        "CPD902": Code(_WARNING, "image cannot be shown"),
        "CPD903": Code(_WARNING, "raw markup is printed as text"),
        "CPD904": Code(_WARNING, "comment is not closed"),
        "CPD905": Code(_WARNING, "link has no valid target"),
        "CPD906": Code(_WARNING, "footnote refers to a footnote"),
        "CPD907": Code(_ADVICE, "definition is not used"),
        "CPD908": Code(_WARNING, "table row has more cells than the header"),
        "CPD909": Code(_WARNING, "text is nested too deeply"),
        "CPD910": Code(_WARNING, "table is too wide for a page"),
        "CPD911": Code(_WARNING, "formula is printed as code"),
        "CPD920": Code(_WARNING, "character is missing from the fonts"),
        "CPD921": Code(_WARNING, "PDF does not meet its standards"),
        "CPD922": Code(_WARNING, "look of the document cannot be used as it is"),
        "CPD923": Code(_WARNING, "document has more pages than the form allows"),
    }
)


def diagnostic(path: str, problem: Problem, body_line: int = 0) -> Diagnostic:
    """Return a body's problem as a diagnostic of `path`. `body_line` is the first line of the body; 0 if unknown."""
    span = Span.point(body_line + problem.line - 1, 1) if body_line and problem.line else None
    return Diagnostic(path, span, problem.code, CODES[problem.code].severity, problem.message, hint=problem.hint)
