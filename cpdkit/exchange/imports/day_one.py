"""The JSON export of Day One: one row for each entry, on the date where it was written.

Its photos and other files are in folders next to it, and named by their checksums.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from cpdkit.exchange.export_columns import SEPARATOR
from cpdkit.exchange.imports.dated_sections import first_line
from cpdkit.exchange.imports.entries import Entry, entry_table, list_at, long_text_at, text_at, texts_at
from cpdkit.exchange.imports.json import parsed
from cpdkit.exchange.imports.table import Attachment, ImportedTable, ImportOptions
from cpdkit.exchange.imports.zones import clock_in, zone_named
from cpdkit.journal.evidence import EVIDENCE_LIMIT
from cpdkit.text.faults import Unreadable
from cpdkit.text.files import Disk, FolderTree, list_folder
from cpdkit.text.source import BOM
from cpdkit.text.wording import counted

_ATTACHED = re.compile(r"!\[[^\]\n]{0,200}\]\(dayone-moment:[^)\s]{0,200}\)\n?")
_ESCAPED = re.compile(r"\\([.\-+!()])")
_MEDIA = {"photos": "photos", "videos": "videos", "audios": "audios", "pdfAttachments": "pdfs"}
"""The lists of files in an entry, and the folder of each."""
MOST_BYTES = 64 * 2**20
"""The largest journal in a folder."""
Media = Mapping[str, Attachment]
"""The files next to a journal, by their folder and checksum: `photos/4f3a…`."""


def is_day_one(document: Any) -> bool:
    """Return whether a JSON document is a journal of Day One: entries with a UUID and a date of creation."""
    entries = document.get("entries") if isinstance(document, dict) else None
    first = entries[0] if isinstance(entries, list) and entries else None
    return isinstance(first, dict) and "creationDate" in first and "uuid" in first


def read_day_one(document: Any, name: str, options: ImportOptions) -> ImportedTable:
    """Return the entries of a journal. Raises NoZone for an unknown zone of the options."""
    entries = list_at(document, "entries")
    media = _media(options.folder) if options.folder and any(map(_files_of, entries)) else {}
    rows = [
        _entry(item, f"{name}, entry {number}", options.zone, media) for number, item in enumerate(entries, start=1)
    ]
    return entry_table(name, rows, _remarks(entries, rows, name))


def read_folder(folder: Path, options: ImportOptions) -> ImportedTable | None:
    """Return the only journal of Day One in a folder; None if there is none, or several. Raises NoZone."""
    tree = FolderTree()
    list_folder(str(folder), "", lambda _, name, is_folder: is_folder or not name.lower().endswith(".json"), tree)
    if len(tree.files) != 1:
        return None
    try:
        document = parsed(Disk(str(folder)).read(tree.files[0], MOST_BYTES)[0].removeprefix(BOM))
    except (Unreadable, ValueError):
        return None
    return read_day_one(document, tree.files[0], replace(options, folder=folder)) if is_day_one(document) else None


def _media(folder: Path) -> Media:
    """Return the files next to a journal."""
    disk, tree = Disk(str(folder)), FolderTree()
    for name in _MEDIA.values():
        list_folder(disk.root, name, lambda _, name, is_folder: is_folder or name.startswith("."), tree)
    return {path.rpartition(".")[0]: Attachment(path, partial(_bytes, disk, path)) for path in tree.files}


def _bytes(disk: Disk, path: str) -> bytes:
    return disk.read(path, EVIDENCE_LIMIT)[0]


def _files_of(item: Any) -> list[tuple[str, str]]:
    """Return the files that an entry lists: for each, its folder and checksum, and the name that it had."""
    return [
        (f"{folder}/{text_at(each, 'md5')}", text_at(each, "filename"))
        for kind, folder in _MEDIA.items()
        for each in list_at(item, kind)
    ]


def _attachments(item: Any, media: Media) -> Iterator[Attachment]:
    """Yield the files of an entry that exist, under the names that they had, otherwise as `photo.jpeg`."""
    for place, name in _files_of(item):
        if file := media.get(place):
            folder, ending = file.name.partition("/")[0], file.name.rpartition(".")[2]
            stem = name.rpartition(".")[0] or name or folder.removesuffix("s")
            yield replace(file, name=f"{stem}.{ending}")


def _entry(item: Any, where: str, zone: str, media: Media) -> Entry:
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
    return Entry(where, text_at(item, "uuid"), values, tuple(_attachments(item, media)))


def _day(moment: str, own_zone: str, zone: str) -> str:
    """Return the local date of a moment where it was written, otherwise in the owner's zone; the text if unreadable."""
    try:
        local = clock_in(own_zone if own_zone and zone_named(own_zone) else zone).local(datetime.fromisoformat(moment))
    except (ValueError, OverflowError):
        return moment
    return local.date().isoformat()


def _remarks(entries: Sequence[Any], rows: Sequence[Entry], name: str) -> Iterator[str]:
    yield f"{name}: read as a journal of Day One"
    missing = sum(len(_files_of(item)) for item in entries) - sum(len(row.attachments) for row in rows)
    if missing:
        files = counted(missing, "photo or other file", "photos and other files")
        yield f"{files} not found next to {name}; to import them, unpack the whole export"
