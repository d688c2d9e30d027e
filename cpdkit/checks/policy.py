"""Choose the diagnostics to show and their severity: by the command line, `checks:` and `accepted:`."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches

from cpdkit.checks.registry import CODES
from cpdkit.diagnostics import Diagnostic, Severity
from cpdkit.errors import UsageError
from cpdkit.journal.codes import is_fixed

EXPLAINED = "cpd explain lists all codes"


@dataclass(frozen=True, slots=True)
class DiagnosticFilter:
    """Which diagnostics the command line asks for.

    `select` and `ignore` are codes or their beginnings; without `select` all are meant. `minimum` is the least
    severity.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    minimum: Severity = Severity.ADVICE

    def takes(self, diagnostic: Diagnostic) -> bool:
        """Tell whether a diagnostic is one of them."""
        code = diagnostic.code
        selected = not self.select or code.startswith(self.select)
        return selected and not code.startswith(self.ignore) and diagnostic.severity <= self.minimum

    def of(self, diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
        """Return those of the diagnostics that the command line asks for."""
        return tuple(filter(self.takes, diagnostics))


def codes_in(options: Iterable[str]) -> tuple[str, ...]:
    """Return codes, or their beginnings, from options that may hold several with commas between, each once.

    Raises UsageError for one that no code begins with.
    """
    words = [word.strip().upper() for option in options for word in option.split(",") if word.strip()]
    for word in words:
        if not any(code.startswith(word) for code in CODES):
            raise UsageError(f"there is no code {word}", _code_hint(word))
    return tuple(dict.fromkeys(words))


def _code_hint(word: str) -> str:
    """Return a hint that names a code that may be meant, also by its number alone."""
    digits = "".join(filter(str.isdigit, word))
    meant = f"CPD{digits}"
    if digits and any(code.startswith(meant) for code in CODES):
        return f"did you mean {meant}?"
    near = get_close_matches(meant if digits else word, CODES, n=1, cutoff=0.8)
    return f"did you mean {near[0]}? {EXPLAINED}" if near else EXPLAINED


Severities = Mapping[str, Severity | None]


def apply_settings(
    diagnostics: Iterable[Diagnostic], checks: Severities, accepted: Collection[str] = ()
) -> tuple[Diagnostic, ...]:
    """Return the diagnostics as the owner wants them.

    `checks` gives severities by code or by its beginning (None for off; the longest counts), `accepted` are the codes
    that the file accepts. What says that a file can't be read stays as it is.
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
    """Return the codes that a file accepts and that none of its diagnostics has."""
    return frozenset(accepted).difference(each.code for each in diagnostics) if accepted else _NONE


_NONE: frozenset[str] = frozenset()
