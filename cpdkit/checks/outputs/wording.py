"""What several formats say in the same words."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence

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


def fingerprints(diagnostics: Sequence[Diagnostic]) -> list[str]:
    """What tells each from every other and stays when lines above it come and go: 32 hexadecimal digits."""
    seen: Counter[str] = Counter()
    found = []
    for each in diagnostics:
        said = "\0".join((each.path, each.code, each.source.strip()))
        found.append(hashlib.sha256(f"{said}\0{seen[said]}".encode("utf-8", "backslashreplace")).hexdigest()[:32])
        seen[said] += 1
    return found


def _many(count: int, severity: Severity) -> str:
    return f"{count:,} {(_SINGULARS if count == 1 else _PLURALS)[severity]}"
