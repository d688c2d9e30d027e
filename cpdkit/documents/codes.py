"""Every code that making a document can report, with its severity and its title."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from cpdkit.checks.explain import Catalogue
from cpdkit.diagnostics import Diagnostic, Severity, Span
from cpdkit.journal.codes import Code


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing about a body that its owner should know. `line` counts from 1 in the body; 0 where it is not known."""

    code: str
    message: str
    hint: str = ""
    line: int = 0


_WARNING, _ADVICE = Severity.WARNING, Severity.ADVICE

CODES: Mapping[str, Code] = MappingProxyType(
    {
        "CPD901": Code(Severity.ERROR, "a text can't be read as Markdown"),
        "CPD902": Code(_WARNING, "an image is left out"),
        "CPD903": Code(_WARNING, "raw markup is printed as text"),
        "CPD904": Code(_WARNING, "a comment is not closed"),
        "CPD905": Code(_WARNING, "a link leads nowhere"),
        "CPD906": Code(_WARNING, "a footnote refers to a footnote"),
        "CPD907": Code(_ADVICE, "a definition is not used"),
        "CPD908": Code(_WARNING, "a table's row has more cells than its header"),
        "CPD909": Code(_WARNING, "a text is nested too deep to be shown so"),
        "CPD910": Code(_WARNING, "a table is too wide for a page"),
        "CPD911": Code(_WARNING, "a formula is printed as code"),
        "CPD920": Code(_WARNING, "a character has no glyph"),
        "CPD921": Code(_WARNING, "the PDF does not meet its standards"),
    }
)


def diagnostic(path: str, problem: Problem, body_line: int = 0) -> Diagnostic:
    """Return a body's problem in the file at `path`. `body_line` is the line that the body starts in; 0 unknown."""
    span = Span.point(body_line + problem.line - 1, 1) if body_line and problem.line else None
    return Diagnostic(path, span, problem.code, CODES[problem.code].severity, problem.message, hint=problem.hint)


OF_DOCUMENTS = Catalogue(CODES, Path(__file__).with_name("explained.toml"), checked=False)
