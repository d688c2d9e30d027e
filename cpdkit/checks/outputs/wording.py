"""What several formats say in the same words."""

from collections import Counter
from collections.abc import Iterable

from cpdkit.diagnostics import Diagnostic, Severity

_PLURALS = {Severity.ERROR: "errors", Severity.WARNING: "warnings", Severity.ADVICE: "pieces of advice"}
_SINGULARS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "piece of advice"}


def sentence(diagnostic: Diagnostic) -> str:
    """All that it says, on one line."""
    return sound("; ".join(filter(None, (diagnostic.message, diagnostic.note, diagnostic.hint))))


def sound(text: str) -> str:
    """The text with what UTF-8 can't write (bytes of a file's name that is not UTF-8) as escapes."""
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode("utf-8")


def counted(diagnostics: Iterable[Diagnostic]) -> str:
    """`2 errors, 1 warning`; empty for none."""
    counts = Counter(each.severity for each in diagnostics)
    return ", ".join(_many(counts[severity], severity) for severity in Severity if counts[severity])


def activities_checked(activities: int) -> str:
    """`61 activities checked`."""
    return f"{activities:,} {'activity' if activities == 1 else 'activities'} checked"


def worst_first(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Errors, then warnings, then advice; in each the order they had."""
    return sorted(diagnostics, key=lambda each: each.severity)


def _many(count: int, severity: Severity) -> str:
    return f"{count:,} {(_SINGULARS if count == 1 else _PLURALS)[severity]}"
