"""What of a check is shown and counted: codes chosen or left out, and the least severity."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from difflib import get_close_matches

from cpdkit.checks.engine import Checked
from cpdkit.checks.registry import CODES
from cpdkit.diagnostics import Diagnostic, Severity
from cpdkit.errors import UsageError

EXPLAINED = "cpd explain lists all codes"


@dataclass(frozen=True, slots=True)
class Chosen:
    """`select` and `ignore` are codes or their beginnings; without `select` all are meant. `least` is shown still."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    least: Severity = Severity.ADVICE

    def takes(self, diagnostic: Diagnostic) -> bool:
        """Whether a diagnostic is one of the chosen."""
        code = diagnostic.code
        selected = not self.select or code.startswith(self.select)
        return selected and not code.startswith(self.ignore) and diagnostic.severity <= self.least

    def of(self, checked: Checked) -> Checked:
        """What was found, without what was not chosen."""
        return replace(checked, diagnostics=tuple(filter(self.takes, checked.diagnostics)))


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
