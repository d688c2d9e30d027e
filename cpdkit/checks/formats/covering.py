"""Cover passwords, keys and personal data in all that a diagnostic prints: also those that other problems are about."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import replace
from functools import lru_cache
from itertools import chain

from cpdkit.checks.engine import CheckResult
from cpdkit.checks.rule import COVER
from cpdkit.checks.rules.privacy import personal, personal_data, secret, secrets
from cpdkit.diagnostics import Diagnostic, Fix
from cpdkit.journal.paths import MEMBER_FILE

_FOUND = frozenset({personal_data.code, secrets.code})
_Places = Mapping[tuple[str, int], Iterable[tuple[int, int]]]


def covered_result(result: CheckResult) -> CheckResult:
    """Return the result of a check with covered diagnostics."""
    return replace(result, diagnostics=covered(result.diagnostics))


def covered(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return the diagnostics with dots instead of passwords, keys and personal data.

    They are those that each line contains, and those that the checks identified by words of other lines. cpd.yaml keeps
    the address of its owner. A fix that would write one is omitted: `--fix` can still apply it.
    """
    diagnostics = tuple(diagnostics)
    found: dict[tuple[str, int], list[tuple[int, int]]] = defaultdict(list)
    for each in diagnostics:
        if each.code in _FOUND and each.span:
            end = each.span.end_column if each.span.end_line == each.span.line else len(each.source) + 1
            found[each.path, each.span.line].append((each.span.column - 1, end - 1))
    return tuple(_covered(each, found) for each in diagnostics)


def _covered(diagnostic: Diagnostic, found: _Places) -> Diagnostic:
    own = diagnostic.path == MEMBER_FILE
    line = diagnostic.span.line if diagnostic.span else 0
    places = [*found.get((diagnostic.path, line), ()), *_places(diagnostic.source, own)]
    source = _cover(diagnostic.source, places)
    # A message can quote a part of the line, without the word that identifies it.
    words = {word for start, stop in places if (word := diagnostic.source[start:stop].strip(COVER))}
    texts = (diagnostic.message, diagnostic.note, diagnostic.hint)
    message, note, hint = (_cover_all(text, own, words) for text in texts)
    fix = _covered_fix(diagnostic.fix, own, words)
    if (source, message, note, hint) == (diagnostic.source, diagnostic.message, diagnostic.note, diagnostic.hint):
        return diagnostic if fix is diagnostic.fix else replace(diagnostic, fix=fix)
    return replace(diagnostic, source=source, message=message, note=note, hint=hint, fix=fix)


def _covered_fix(fix: Fix | None, own: bool, words: Set[str]) -> Fix | None:
    if fix is None or all(
        _cover_all(text, own, words) == text for text in (fix.title, *(each.new for each in fix.edits))
    ):
        return fix
    return None


def _cover_all(text: str, own: bool, words: Set[str]) -> str:
    for word in words:
        text = text.replace(word, COVER * len(word))
    return _cover(text, _places(text, own))


@lru_cache(maxsize=1024)  # many problems of one line
def _places(text: str, own: bool) -> tuple[tuple[int, int], ...]:
    sensitive = secret(text) if own else chain(secret(text), personal(text))
    return tuple((each.start, each.stop) for each in sensitive)


def _cover(text: str, places: Iterable[tuple[int, int]]) -> str:
    for start, stop in places:
        stop = min(stop, len(text))
        text = text[:start] + COVER * (stop - start) + text[stop:]
    return text
