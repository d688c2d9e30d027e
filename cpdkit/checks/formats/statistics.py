"""How often a check found each code."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from cpdkit.checks.registry import CODES
from cpdkit.diagnostics import Diagnostic, Severity
from cpdkit.text.terminal import limited, pad


@dataclass(frozen=True, slots=True)
class Count:
    """One code and how often it was found; `fixable` counts safe fixes. `severity` is the worst that was found."""

    code: str
    severity: Severity
    title: str
    count: int
    fixable: int


def statistics(diagnostics: Sequence[Diagnostic]) -> list[Count]:
    """Return the codes found, the most frequent first."""
    counts = Counter(each.code for each in diagnostics)
    fixable = Counter(each.code for each in diagnostics if each.fix and each.fix.safe)
    worst = {each.code: each.severity for each in sorted(diagnostics, key=lambda each: -each.severity)}
    return [
        Count(code, worst[code], CODES[code].title if code in CODES else "", count, fixable[code])
        for code, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    ]


def table(counts: Sequence[Count], columns: int = 0) -> str:
    """Return the counts as a table, cut to a number of columns (0: not cut); empty for none."""
    wide = max((len(f"{each.count:,}") for each in counts), default=0)
    lines = (
        f"{each.count:>{wide},}  {each.code}  {each.severity!s:<7}  {pad(_fixable(each), _FIXABLE_WIDTH)}  {each.title}"
        for each in counts
    )
    return "\n".join(limited(line, columns) for line in lines)


def _fixable(each: Count) -> str:
    if not each.fixable:
        return ""
    return "fixable" if each.fixable == each.count else f"{each.fixable:,} fixable"


_FIXABLE_WIDTH = len("99 fixable")
