"""What `cpd search` does once its options are read."""

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from cpdkit.journal.choice import ALL_TIME, Choice, resolve
from cpdkit.journal.loading import find, load
from cpdkit.journal.searching import Hit, Place, search
from cpdkit.journal.selection import select, unmatched
from cpdkit.text.cells import printable


def searched(place: Path | None, choice: Choice, words: Sequence[str]) -> tuple[tuple[Hit, ...], tuple[str, ...]]:
    """What a journal has of some words, and sentences about what was not looked into."""
    journal = load(find(place))
    period, filters = resolve(journal, choice.within(ALL_TIME).of_every_status())
    selection = select(journal.activities, len(journal.unread), period, filters)
    hits = search(journal, [item.activity for item in selection.included], words)
    remarks = [printable(sentence) for sentence in unmatched(replace(filters, statuses=()), journal.activities)]
    if not hits:
        remarks.append("nothing holds all of these words")
    if selection.left_out.confidential:
        remarks.append(f"confidential and left out: {selection.left_out.confidential}; --confidential takes them in")
    if journal.unread:
        remarks.append(f"files that could not be read: {len(journal.unread)}; cpd check says why")
    return hits, tuple(remarks)


def as_text(hits: Sequence[Hit], words: Sequence[str], colour: bool) -> str:
    """The records, each with its places as `path:line`, which editors and terminals can jump to."""
    return "\n\n".join("\n".join(_lines(hit, words, colour)) for hit in hits)


def as_json(hits: Sequence[Hit]) -> str:
    """The hits as plain data."""
    data = [
        {
            "id": hit.record.id,
            "path": hit.record.path,
            "title": hit.title,
            "score": hit.score,
            "places": [{"field": each.field or "body", "line": each.line, "text": each.text} for each in hit.places],
        }
        for hit in hits
    ]
    return json.dumps(data, ensure_ascii=False, indent=2)


def _lines(hit: Hit, words: Sequence[str], colour: bool) -> list[str]:
    title = printable(hit.title)
    lines = [_marked(title, words) if colour else title]
    places = hit.places or (Place("title", 1, hit.title),)
    for place in places:
        said = printable(" ".join(place.text.split()))
        name = f"{place.field}: " if place.field and place.field != "title" else ""
        where = f"  {printable(hit.record.path)}:{place.line}"
        lines.append(where if place.field == "title" else f"{where}  {name}{_marked(said, words) if colour else said}")
    return lines


def _marked(text: str, words: Sequence[str]) -> str:
    """The words in bold, where they stand as they were typed but for case."""
    pattern = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.sub(pattern, lambda match: f"\x1b[1m{match[0]}\x1b[0m", text, flags=re.IGNORECASE)
