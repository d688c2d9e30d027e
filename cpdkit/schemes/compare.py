"""Compare the rules of schemes, row by row."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cpdkit.dates.day_words import day_text
from cpdkit.schemes.rules import Scheme
from cpdkit.schemes.summary import described, searched_lines


@dataclass(frozen=True, slots=True)
class Comparison:
    """One row: what it is about, and the words of each scheme; empty where a scheme has nothing."""

    title: str
    texts: tuple[str, ...]


def compared(schemes: Sequence[Scheme]) -> tuple[Comparison, ...]:
    """Return the current rules of some schemes side by side, in the order of the first that has each."""
    columns = [dict(_rows(each)) for each in schemes]
    keys = dict.fromkeys(key for key in _FIRST if any(key in column for column in columns))
    for is_status in (False, True):
        for column in columns:
            keys |= dict.fromkeys(key for key in column if key not in _LAST and key.startswith("status ") is is_status)
    keys |= dict.fromkeys(key for key in _LAST if any(key in column for column in columns))
    titles = {key: title for column in reversed(columns) for key, (title, _) in column.items()}
    return tuple(Comparison(titles[key], tuple(column.get(key, ("", ""))[1] for column in columns)) for key in keys)


_FIRST = ("body", "country", "unit", "period", "total")
_LAST = ("carry-over", "keep records", "audit", "deadline", "leave", "checked")


def _rows(scheme: Scheme) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield the key of each row with its title and text."""
    yield "body", ("body", scheme.body or scheme.title)
    if scheme.country:
        yield "country", ("country", scheme.country)
    rules = scheme.rules[0] if scheme.rules else None
    if rules:
        yield "unit", ("unit", rules.unit)
        for each in described(rules):
            yield each.key, (each.title, each.text)
    for title, text in searched_lines(scheme):
        yield title, (title, text)
    if scheme.checked:
        yield "checked", ("last checked", day_text(scheme.checked))
