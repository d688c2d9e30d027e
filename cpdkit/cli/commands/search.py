"""`cpd search`: find the records that contain some words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cpdkit.cli.console import Console
from cpdkit.cli.options import (
    format_option,
    journal_option,
    omissions,
    output_options,
    repeatable,
    select_from,
    selection_options,
)
from cpdkit.cli.tables import BOLD, hand_out, json_text, styled
from cpdkit.dates.period import Period
from cpdkit.errors import UsageError
from cpdkit.text.terminal import printable
from cpdkit.text.wording import counted, listed, plural

if TYPE_CHECKING:
    from cpdkit.journal.load import Journal
    from cpdkit.journal.search import Hit
    from cpdkit.journal.selection import Selection, SelectionOptions


@click.command()
@click.argument("words", nargs=-1, required=True)
@repeatable("without", "without", "WORD", "Only records that do not contain this word or phrase.")
@format_option
@journal_option
@selection_options("all years", "all", period_words="")
@output_options
def search(
    words: tuple[str, ...],
    without: tuple[str, ...],
    output_format: str,
    journal: Path | None,
    choice: SelectionOptions,
    console: Console,
) -> int:
    """Search all records for words.

    It lists the records that contain all WORDS, the best match first, with the matching lines. Words in quotes are a
    phrase. It searches the title, the fields and the text of all records. Case and
    accents do not matter.

    By default, it searches activities of all years and every status, except confidential ones.

    \b
    cpd search grid storage
    cpd search "grid storage" --without solar
    cpd search relay --period 2026 --type training
    """
    from cpdkit.cli.exits import FINE
    from cpdkit.journal.search import search as search_records
    from cpdkit.journal.search import terms_of
    from cpdkit.journal.selection import ALL_TIME

    terms = terms_of(words)
    if not terms:
        raise UsageError("there is no word to search for", 'name one, such as cpd search "fault level"')
    unwanted = terms_of(without)
    records, selection, remarks = select_from(journal, choice.within(ALL_TIME).of_every_status())
    activities = [item.activity for item in selection.included]
    hits = search_records(records, activities, terms, unwanted)
    if output_format == "json":
        hand_out(console, json_text([_data(hit) for hit in hits]))
    else:
        console.page("\n\n".join("\n".join(_lines(hit, terms, console.colour)) for hit in hits))
    summary = _summary(len(hits), terms, unwanted, _searched(records, selection))
    single = tuple(word for term in terms for word in term.split())
    apart = search_records(records, activities, single, unwanted) if not hits and single != terms else ()
    hints = [f"{_records_contain(len(apart))} these words separately; search for them without quotes"] if apart else []
    for sentence in [*remarks, summary, *hints, *omissions(selection, len(records.unread))]:
        console.say(f"cpd: {printable(sentence)}")
    return FINE


def _summary(count: int, terms: Sequence[str], without: Sequence[str], searched: str) -> str:
    """Return what was searched for, where, and how many records contain it."""
    what = listed([f'"{term}"' for term in terms])
    what += f" without {listed(without_quoted, 'or')}" if (without_quoted := [f'"{term}"' for term in without]) else ""
    return f"{_records_contain(count) if count else 'no record contains'} {what} (searched {searched})"


def _records_contain(count: int) -> str:
    return f"{counted(count, 'record')} {plural(count, 'contains', 'contain')}"


def _searched(records: Journal, selection: Selection) -> str:
    """Return `61 activities of 2026, 3 objectives and 1 post`."""
    period = "" if selection.period == Period() else f" of {selection.period.short_title}"
    counts = [f"{counted(len(selection.included), 'activity', 'activities')}{period}"]
    others = {"objective": records.objectives, "post": records.posts, "review": records.reviews}
    return listed(counts + [counted(len(some), noun) for noun, some in others.items() if some])


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
