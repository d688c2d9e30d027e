"""`cpd search`: find the records that contain some words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cpdkit.cli.console import Console
from cpdkit.cli.options import form_option, journal_option, omissions, output_options, select_from, selection_options
from cpdkit.cli.tables import BOLD, hand_out, json_text, styled
from cpdkit.text.terminal import printable

if TYPE_CHECKING:
    from cpdkit.journal.search import Hit
    from cpdkit.journal.selection import SelectionOptions


@click.command()
@click.argument("words", nargs=-1, required=True)
@form_option
@journal_option
@selection_options("all years", "all", period_words="")
@output_options
def search(
    words: tuple[str, ...], output_format: str, journal: Path | None, choice: SelectionOptions, console: Console
) -> int:
    """Search all records for words.

    It lists the records that contain all WORDS, the best match first, with the matching lines. It searches the title,
    the fields and the text of activities, objectives, posts and reviews. Case and accents do not matter.

    By default, it searches activities of all years and every status, except confidential ones.

    \b
    cpd search grid storage
    cpd search relay --period 2026 --type training
    """
    from cpdkit.cli.exits import FINE
    from cpdkit.journal.search import search as search_records
    from cpdkit.journal.selection import ALL_TIME

    records, selection, remarks = select_from(journal, choice.within(ALL_TIME).of_every_status())
    hits = search_records(records, [item.activity for item in selection.included], words)
    if output_format == "json":
        hand_out(console, json_text([_data(hit) for hit in hits]))
    else:
        console.show("\n\n".join("\n".join(_lines(hit, words, console.colour)) for hit in hits))
    nothing = [] if hits else ["no record contains all these words"]
    for sentence in [*remarks, *nothing, *omissions(selection, len(records.unread))]:
        console.say(f"cpd: {sentence}")
    return FINE


def _data(hit: Hit) -> dict[str, object]:
    return {
        "id": hit.record.id,
        "path": hit.record.path,
        "title": hit.title,
        "score": hit.score,
        "places": [{"field": each.field or "body", "line": each.line, "text": each.text} for each in hit.places],
    }


def _lines(hit: Hit, words: Sequence[str], colour: bool) -> list[str]:
    """Return the record, and its places as `path:line`, which editors and terminals can open."""
    from cpdkit.journal.search import MatchedLine

    title = printable(hit.title)
    lines = [_marked(title, words) if colour else title]
    for place in hit.places or (MatchedLine("title", 1, hit.title),):
        text = printable(" ".join(place.text.split()))
        name = f"{place.field}: " if place.field and place.field != "title" else ""
        where = f"  {printable(hit.record.path)}:{place.line}"
        lines.append(where if place.field == "title" else f"{where}  {name}{_marked(text, words) if colour else text}")
    return lines


def _marked(text: str, words: Sequence[str]) -> str:
    """Return the text with the words in bold, in any case."""
    pattern = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.sub(pattern, lambda match: styled(match[0], BOLD, enabled=True), text, flags=re.IGNORECASE)
