"""What a rule is. Rules stand in `themes/`, one function an idea; `registry.py` lists them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from cpdkit.diagnostics import Fix, Severity, Span

if TYPE_CHECKING:
    from cpdkit.checks.facts import Whole
    from cpdkit.checks.subject import Subject


class Finding(NamedTuple):
    """One problem as a rule says it.

    `where` is a field (`start`, `evidence.1` for the second item of its list, `topics=safety` for a word in it,
    `body.3` for the third line of the body), a span of the file, or None for the file as a whole. `path` is for
    rules of the whole journal. `covered` says that what the place holds must not be shown again, in a terminal or
    in the log of a CI. `put` is the only word that can be meant instead of the one marked: it becomes a fix.
    """

    where: str | Span | None
    message: str
    note: str = ""
    hint: str = ""
    fix: Fix | None = None
    path: str = ""
    covered: bool = False
    put: str = ""


Found = Iterable[Finding]
NOTHING: Found = ()
"""What a rule returns most of the time: making an empty list for each record would cost."""
Judge = Callable[["Subject"], Found]
JudgeWhole = Callable[["Whole"], Found]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. Its code never changes its meaning; `what` is the function's docstring, which `cpd explain` prints."""

    code: str
    severity: Severity
    title: str
    what: str


@dataclass(frozen=True, slots=True)
class RecordRule(Rule):
    """A rule that judges one record at a time, of the kinds named (the record's class)."""

    judge: Judge
    of: tuple[type, ...]


@dataclass(frozen=True, slots=True)
class WholeRule(Rule):
    """A rule that can only judge a journal of which everything was read."""

    judge: JudgeWhole


def rule(code: str, severity: Severity, title: str, *of: type) -> Callable[[Judge], RecordRule]:
    """Make a rule of a function that judges one record of these classes."""
    return lambda judge: RecordRule(code, severity, title, _said(judge.__doc__), judge, of)


def whole_rule(code: str, severity: Severity, title: str) -> Callable[[JudgeWhole], WholeRule]:
    """Make a rule of a function that judges the journal as a whole."""
    return lambda judge: WholeRule(code, severity, title, _said(judge.__doc__), judge)


def _said(docstring: str | None) -> str:
    """A docstring without its indentation."""
    first, _, rest = (docstring or "").partition("\n")
    return "\n".join([first.strip(), *(line.strip() for line in rest.splitlines())]).strip()
