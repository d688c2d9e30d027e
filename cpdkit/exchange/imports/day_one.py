"""The JSON export of Day One: one row for each entry, on the date where it was written."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from cpdkit.exchange.export_columns import SEPARATOR
from cpdkit.exchange.imports.dated_sections import first_line
from cpdkit.exchange.imports.entries import Entry, entry_table, list_at, long_text_at, text_at, texts_at
from cpdkit.exchange.imports.table import ImportedTable, ImportOptions
from cpdkit.exchange.imports.zones import clock_in, zone_named
from cpdkit.text.wording import counted

_ATTACHED = re.compile(r"!\[[^\]\n]{0,200}\]\(dayone-moment:[^)\s]{0,200}\)\n?")
_ESCAPED = re.compile(r"\\([.\-+!()])")
_MEDIA = ("photos", "videos", "audios", "pdfAttachments")


def is_day_one(document: Any) -> bool:
    """Return whether a JSON document is a journal of Day One: entries with a UUID and a date of creation."""
    entries = document.get("entries") if isinstance(document, dict) else None
    first = entries[0] if isinstance(entries, list) and entries else None
    return isinstance(first, dict) and "creationDate" in first and "uuid" in first


def read_day_one(document: Any, name: str, options: ImportOptions) -> ImportedTable:
    """Return the entries of a journal. Raises NoZone for an unknown zone of the options."""
    entries = list_at(document, "entries")
    rows = [_entry(item, f"{name}, entry {number}", options.zone) for number, item in enumerate(entries, start=1)]
    return entry_table(name, rows, _remarks(entries, name))


def _entry(item: Any, where: str, zone: str) -> Entry:
    text = _ATTACHED.sub("", long_text_at(item, "text"))
    first, _, rest = text.strip().partition("\n")
    title = _ESCAPED.sub(r"\1", first_line(text))
    is_whole = first.strip(" #*_") == first_line(text)
    places = (text_at(item, "location", key) for key in ("placeName", "localityName", "country"))
    values = {
        "title": title,
        "start": _day(text_at(item, "creationDate"), text_at(item, "timeZone"), zone),
        "location": ", ".join(dict.fromkeys(place for place in places if place)),
        "topics": SEPARATOR.join(tag.replace(";", ",") for tag in texts_at(item, "tags")),
        "description": rest.strip("\n") if is_whole else text.strip("\n"),
    }
    return Entry(where, text_at(item, "uuid"), values)


def _day(moment: str, own_zone: str, zone: str) -> str:
    """Return the local date of a moment where it was written, otherwise in the owner's zone; the text if unreadable."""
    try:
        local = clock_in(own_zone if own_zone and zone_named(own_zone) else zone).local(datetime.fromisoformat(moment))
    except (ValueError, OverflowError):
        return moment
    return local.date().isoformat()


def _remarks(entries: Sequence[Any], name: str) -> Iterator[str]:
    yield f"{name}: read as a journal of Day One"
    media = sum(len(list_at(item, kind)) for item in entries for kind in _MEDIA)
    if media:
        yield f"{counted(media, 'photo or other attachment', 'photos and other attachments')} not imported"
