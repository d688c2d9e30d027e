"""Which diagnostics are shown, and how severe each is: by the command line, `checks:` and `accepted:`."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches

from cpdkit.checks.registry import CODES
from cpdkit.diagnostics import Diagnostic, Severity
from cpdkit.errors import UsageError
from cpdkit.journal.compound_types import is_fixed

EXPLAINED = "cpd explain lists all codes"


@dataclass(frozen=True, slots=True)
class DiagnosticFilter:
    """`select` and `ignore` are codes or their beginnings; without `select` all are meant. `least` is shown still."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    least: Severity = Severity.ADVICE

    def takes(self, diagnostic: Diagnostic) -> bool:
        """Whether a diagnostic is one of the chosen."""
        code = diagnostic.code
        selected = not self.select or code.startswith(self.select)
        return selected and not code.startswith(self.ignore) and diagnostic.severity <= self.least

    def of(self, diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
        """The diagnostics that were chosen."""
        return tuple(filter(self.takes, diagnostics))


def codes_in(said: Iterable[str]) -> tuple[str, ...]:
    """Codes, or their beginnings, from words that may hold several with commas between, each once.

    Raises UsageError for one that no code begins with.
    """
    words = [word.strip().upper() for each in said for word in each.split(",") if word.strip()]
    for word in words:
        if not any(code.startswith(word) for code in CODES):
            raise UsageError(f"there is no code {word}", _near(word))
    return tuple(dict.fromkeys(words))


def _near(word: str) -> str:
    """A code that may be meant, also by its number alone."""
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
    """The diagnostics as the owner wants them.

    `checks` gives severities by code or by its beginning (None for off; the longest counts), `accepted` are the codes
    that the file accepts. What says that a file can't be read stays as it is.
    """
    return tuple(kept for each in diagnostics if (kept := _settled(each, checks, accepted)))


def _settled(each: Diagnostic, checks: Severities, accepted: Collection[str]) -> Diagnostic | None:
    if is_fixed(each.code):
        return each
    if each.code in accepted:
        return None
    said = next((checks[each.code[:cut]] for cut in (6, 5, 4) if each.code[:cut] in checks), each.severity)
    if said is None:
        return None
    return each if said is each.severity else replace(each, severity=said)


def unused_acceptances(accepted: Collection[str], found: Iterable[Diagnostic]) -> frozenset[str]:
    """The codes that a file accepts and nothing found in it has."""
    return frozenset(accepted).difference(each.code for each in found) if accepted else _NONE


_NONE: frozenset[str] = frozenset()
