"""What becomes of a diagnostic by the owner's settings: another severity, or nothing."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from cpdkit.diagnostics import Diagnostic, Severity
from cpdkit.journal.settings import is_fixed

Severities = Mapping[str, Severity | None]


def settled(
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


def unneeded(accepted: Collection[str], found: Iterable[Diagnostic]) -> frozenset[str]:
    """The codes that a file accepts and nothing found in it has."""
    return frozenset(accepted).difference(each.code for each in found) if accepted else _NONE


_NONE: frozenset[str] = frozenset()
