"""Select diagnostics and set their severity, by the command line, `checks:` and `accepted:`."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches

from cpdkit.checks.registry import CODES
from cpdkit.diagnostics import Diagnostic, Severity
from cpdkit.errors import UsageError
from cpdkit.journal.codes import is_fixed

LIST_HINT = "run cpd explain for a list of codes"


@dataclass(frozen=True, slots=True)
class DiagnosticFilter:
    """The diagnostics that the command line selects.

    `select` and `ignore` are codes or the start of codes; without `select`, all codes are selected. `minimum` is the
    minimum severity.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    minimum: Severity = Severity.ADVICE

    def takes(self, diagnostic: Diagnostic) -> bool:
        """Return whether a diagnostic is selected."""
        code = diagnostic.code
        selected = not self.select or code.startswith(self.select)
        return selected and not code.startswith(self.ignore) and diagnostic.severity <= self.minimum

    def of(self, diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
        """Return the selected diagnostics."""
        return tuple(filter(self.takes, diagnostics))


def codes_in(options: Iterable[str]) -> tuple[str, ...]:
    """Return the distinct codes, or starts of codes, of options whose values are comma-separated.

    Raise UsageError for one that no code starts with.
    """
    words = [word.strip().upper() for option in options for word in option.split(",") if word.strip()]
    for word in words:
        if not any(code.startswith(word) for code in CODES):
            raise UsageError(f'unknown code "{word}"', _code_hint(word))
    return tuple(dict.fromkeys(words))


def _code_hint(word: str) -> str:
    """Return a hint with the code that may be meant; a number alone is enough to find it."""
    digits = "".join(filter(str.isdigit, word))
    meant = f"CPD{digits}"
    if digits and any(code.startswith(meant) for code in CODES):
        return f"did you mean {meant}?"
    near = get_close_matches(meant if digits else word, CODES, n=1, cutoff=0.8)
    return f"did you mean {near[0]}? {LIST_HINT}" if near else LIST_HINT


Severities = Mapping[str, Severity | None]


def apply_settings(
    diagnostics: Iterable[Diagnostic], checks: Severities, accepted: Collection[str] = ()
) -> tuple[Diagnostic, ...]:
    """Return the diagnostics with the owner's settings applied.

    `checks` has severities by code or start of a code (None for off); the longest match applies. `accepted` are the
    codes that the file accepts. Settings never change errors of reading a file.
    """
    return tuple(kept for each in diagnostics if (kept := _with_settings(each, checks, accepted)))


def _with_settings(diagnostic: Diagnostic, checks: Severities, accepted: Collection[str]) -> Diagnostic | None:
    code = diagnostic.code
    if is_fixed(code):
        return diagnostic
    if code in accepted:
        return None
    severity = next((checks[code[:cut]] for cut in (6, 5, 4) if code[:cut] in checks), diagnostic.severity)
    if severity is None:
        return None
    return diagnostic if severity is diagnostic.severity else replace(diagnostic, severity=severity)


def unused_acceptances(accepted: Collection[str], diagnostics: Iterable[Diagnostic]) -> frozenset[str]:
    """Return the codes that a file accepts although none of its diagnostics has them."""
    return frozenset(accepted).difference(each.code for each in diagnostics) if accepted else _NONE


_NONE: frozenset[str] = frozenset()
