"""Search for records that contain words. Return the best matches first, with the matching lines."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from cpdkit.journal.field_types import Items, Line, Text
from cpdkit.journal.load import Journal
from cpdkit.journal.reader import RECORD_KINDS, Record
from cpdkit.journal.records import Activity, Claim, Post, Review
from cpdkit.journal.spelling import plain

AROUND = 60
"""The number of context characters on each side of a word."""
MOST_PLACES = 3
"""The maximum number of matching lines per record."""
_QUOTES = re.compile("[“”„«»]")
"""Quotation marks that people copy from texts."""
_TITLE, _FIELD, _BODY = 100, 10, 1


@dataclass(frozen=True, slots=True)
class MatchedLine:
    """A line that contains a word. `field` is empty for the body. `line` is the line of the file, from 1."""

    field: str
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that contains all words. Words in the title score most, then those in fields, then those in the body."""

    record: Record
    title: str
    score: int
    places: tuple[MatchedLine, ...]


def terms_of(arguments: Iterable[str]) -> tuple[str, ...]:
    """Return the words and phrases that arguments of the command line name.

    An argument with spaces is a phrase, as the shell's quotes made it one. Double quotes in an argument mark the
    phrases in it, and the other words of it count one by one.

    >>> terms_of(["fault", "inverter networks", 'relay "blind spot"'])
    ('fault', 'inverter networks', 'relay', 'blind spot')
    """
    terms: list[str] = []
    for argument in arguments:
        outside, *rest = _QUOTES.sub('"', argument).split('"')
        if not rest:
            terms.append(argument)
            continue
        terms += outside.split()
        for number, part in enumerate(rest):
            terms += part.split() if number % 2 else [part]
    return tuple(dict.fromkeys(" ".join(term.split()) for term in terms if plain(term)))


def search(
    journal: Journal, activities: Sequence[Activity], terms: Sequence[str], without: Sequence[str] = ()
) -> tuple[Hit, ...]:
    """Return the records (`activities`, and all of other kinds) that contain all terms, the best first.

    A term is a word or a phrase. Records that contain one of `without` are excluded. The search ignores case, accents
    and line breaks. Records with equal scores are in reverse order of their paths.
    """
    wanted = [folded for term in terms if (folded := plain(term))]
    unwanted = [folded for term in without if (folded := plain(term))]
    others = (record for record in journal.records if not isinstance(record, Activity))
    records: list[Record] = [*activities, *others]
    hits = [
        hit
        for record in records
        if wanted and (hit := _hit(record, wanted)) and not (unwanted and _holds_any(record, unwanted))
    ]
    by_path = sorted(hits, key=lambda hit: hit.record.path, reverse=True)
    return tuple(sorted(by_path, key=lambda hit: -hit.score))


def title_of(record: Record) -> str:
    """Return the title of a record for display."""
    if isinstance(record, Post):
        return f"{record.role}, {record.employer}"
    if isinstance(record, Claim):
        return f"Claim of {record.name}"
    return (record.title or f"Review of {record.year}") if isinstance(record, Review) else record.title


def _hit(record: Record, wanted: Sequence[str]) -> Hit | None:
    title, body = plain(title_of(record)), plain(record.body)
    fields = _fields(record)
    folded = {name: plain(text) for name, text in fields.items()}
    score = 0
    for word in wanted:
        weight = _TITLE * (word in title) + _FIELD * sum(word in text for text in folded.values())
        weight += _BODY * min(body.count(word), 9)
        if not weight:
            return None
        score += weight
    places = [
        MatchedLine(name, _line_of(record, name), text) for name, text in fields.items() if _holds(folded[name], wanted)
    ]
    places += _in_body(record, wanted, MOST_PLACES - len(places))
    return Hit(record, title_of(record), score, tuple(places[:MOST_PLACES]))


def _holds_any(record: Record, terms: Sequence[str]) -> bool:
    texts = (title_of(record), record.body, *_fields(record).values())
    return any(_holds(plain(text), terms) for text in texts)


def _fields(record: Record) -> Mapping[str, str]:
    """Return the words in the fields of a record, except its title, by field name."""
    table = RECORD_KINDS[record.path.partition("/")[0]].fields
    texts = {
        each.name: " ".join(each.kind.texts(getattr(record, each.target)))
        for each in table.fields
        if each.name != "title" and isinstance(each.kind, Line | Text | Items)
    }
    if isinstance(record, Activity):
        texts["evidence"] = " ".join(each.label for each in record.evidence)
    texts["own"] = " ".join(record.own.values())
    return {name: text for name, text in texts.items() if text}


def _line_of(record: Record, name: str) -> int:
    span = record.spans.get(name)
    return span.line if span else 1


def _in_body(record: Record, wanted: Sequence[str], most: int) -> list[MatchedLine]:
    """Return the first lines of a body that contain a word."""
    if most <= 0 or not _holds(plain(record.body), wanted):
        return []
    span = record.spans.get("body")
    first = span.line if span else 1
    lines = record.body.split("\n")
    found: list[MatchedLine] = []
    for number, line in enumerate(lines):
        if len(found) == most:
            break
        if line.strip() and _holds(plain(line), wanted):
            found.append(MatchedLine("", first + number, _around(line, wanted)))
    return found or _across_lines(lines, first, wanted)


def _across_lines(lines: Sequence[str], first: int, wanted: Sequence[str]) -> list[MatchedLine]:
    """Return the first line in which a phrase starts that ends on the next line."""
    for number, (line, following) in enumerate(pairwise(lines)):
        if line.strip() and _holds(plain(f"{line} {following}"), wanted):
            return [MatchedLine("", first + number, f"{line.strip()[-AROUND:]} {following.strip()[:AROUND]}")]
    return []


def _holds(text: str, wanted: Iterable[str]) -> bool:
    return any(word in text for word in wanted)


def _around(line: str, wanted: Sequence[str]) -> str:
    """Return a long line, shortened to the text around the first word."""
    folded = line.casefold()
    at = min((found for word in wanted if (found := folded.find(word)) >= 0), default=0)
    start, stop = max(at - AROUND, 0), at + 2 * AROUND
    return f"{'…' if start else ''}{line[start:stop].strip()}{'…' if stop < len(line) else ''}"
