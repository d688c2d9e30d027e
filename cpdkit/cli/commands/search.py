"""`cpd search`: the records that hold some words."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cpdkit.cli.console import Console
from cpdkit.cli.options import form_option, journal_option, output_options, selection_options
from cpdkit.text.terminal import printable

if TYPE_CHECKING:
    from cpdkit.journal.search import Hit
    from cpdkit.journal.selection import Choice


def searched(place: Path | None, choice: Choice, words: Sequence[str]) -> tuple[tuple[Hit, ...], tuple[str, ...]]:
    """What a journal has of some words, and sentences about what was not looked into."""

    from cpdkit.journal.load import find, load
    from cpdkit.journal.search import search as search_records
    from cpdkit.journal.selection import ALL_TIME, resolve, select, unmatched

    journal = load(find(place))
    period, filters = resolve(journal, choice.within(ALL_TIME).of_every_status())
    selection = select(journal.activities, len(journal.unread), period, filters)
    hits = search_records(journal, [item.activity for item in selection.included], words)
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
    from cpdkit.journal.search import Place

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


@click.command()
@click.argument("words", nargs=-1, required=True)
@form_option
@journal_option
@selection_options("all years", "all")
@output_options
def search(words: tuple[str, ...], form: str, journal: Path | None, choice: Choice, console: Console) -> int:
    """Find the records that hold all WORDS, the best first, with the lines where they stand.

    It looks into titles, fields and bodies of activities, objectives, posts and reviews; case and accents don't matter.
    Without a period and a status all activities are searched; confidential ones only with --confidential.
    """

    hits, remarks = searched(journal, choice, words)
    console.show(as_json(hits) if form == "json" else as_text(hits, words, console.colour))
    for sentence in remarks:
        console.say(f"cpd: {sentence}")
    return 0
