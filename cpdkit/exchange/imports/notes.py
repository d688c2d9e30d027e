"""A folder of Markdown notes from Obsidian, Jekyll, Hugo, Zettlr, jrnl and others: a row for each note."""

import json
import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from cpdkit.dates.grammar import calendar_day
from cpdkit.errors import UsageError
from cpdkit.exchange.cells import day_of
from cpdkit.exchange.export_columns import SEPARATOR
from cpdkit.exchange.imports.note_text import (
    is_prompt,
    plain_words,
    properties_of,
    tags_of,
    with_quoted_tags,
    with_reflection,
)
from cpdkit.exchange.imports.table import ImportedRow, ImportedTable
from cpdkit.exchange.imports.zones import Clock
from cpdkit.text.faults import Fault, FaultKind, Unreadable
from cpdkit.text.files import Disk, FolderTree, list_tree
from cpdkit.text.front_matter import FRONT_LIMIT, split
from cpdkit.text.markdown import read
from cpdkit.text.source import decode
from cpdkit.text.wording import counted, shortened
from cpdkit.text.yaml import MappingNode, Node, ScalarNode, SequenceNode, is_empty, parse

MOST_FIELDS = 200
_TOML = re.compile(r"\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_DOTS = re.compile(r"---[ \t]*\n(.*?)^\.\.\.[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_FIELD = re.compile(r"([^\s:#\[\]{}\"'-][^:\n]{0,60}?)[ \t]*:(?:[ \t]+(.*))?")
_DEEPEST = 12


@dataclass(frozen=True, slots=True)
class Note:
    """A note's fields by their names as written, the body exactly as it is, and faults."""

    fields: Mapping[str, str] = field(default_factory=dict)
    body: str = ""
    faults: tuple[str, ...] = ()


def read_note(text: str) -> Note:
    """Return the parts of a note; without front matter the whole text is the body."""
    start = text.lstrip("\n")
    if start.startswith("---"):
        return _yaml(text, start)
    if match := _TOML.match(start):
        return _read(lambda: tomllib.loads(match[1]), "TOML", start[match.end() :], text)
    if start.startswith("{") and re.match(r'\{\s*"', start):
        return _json(start, text)
    return Note(body=text)


def _text(value: Any, depth: int = 0) -> str:
    """Return a value as a text: lists joined, nested values with their names."""
    if depth > _DEEPEST or value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return SEPARATOR.join(f"{name}: {_text(part, depth + 1)}" for name, part in value.items())
    if isinstance(value, list):
        return SEPARATOR.join(text for part in value if (text := _text(part, depth + 1)))
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _yaml(text: str, start: str) -> Note:
    try:
        parts = split(text)
        front, body = parts.front, parts.below
    except Unreadable as error:
        match = _DOTS.match(start)
        if match is None:
            # A line of dashes at the top may be just a rule.
            opened = error.faults[0].kind is FaultKind.OPEN_FENCE and _FIELD.match(start.partition("\n")[2])
            return Note(body=text, faults=(error.faults[0].message,) if opened or _too_long(error) else ())
        front, body = match[1], start[match.end() :]
    try:
        values = parse(with_quoted_tags(front)).values
    except Unreadable as error:
        return Note(_by_lines(front), body, tuple(map(_sentence, error.faults[:3])))
    return _made_note({name: _node(node) for name, node in values.items()}, body)


def _too_long(error: Unreadable) -> bool:
    return error.faults[0].kind is FaultKind.LONG_FRONT


def _sentence(fault: Fault) -> str:
    line = f" on line {fault.span.line} of the front matter" if fault.span else ""
    return f"{fault.message}{line}"


def _node(node: Node) -> str:
    """Return a YAML value as a text. To YAML a wiki link without quotes is a list in a list; here it stays a link."""
    if isinstance(node, SequenceNode):
        inner = node.items[0] if len(node.items) == 1 else None
        if isinstance(inner, SequenceNode) and all(isinstance(each, ScalarNode) for each in inner.items):
            return f"[[{', '.join(map(_node, inner.items))}]]"
        return SEPARATOR.join(text for each in node.items if (text := _node(each)))
    if isinstance(node, MappingNode):
        return SEPARATOR.join(f"{name}: {_node(value)}" for name, value in node.values.items())
    return "" if is_empty(node) else str(node.value)


def _by_lines(front: str) -> dict[str, str]:
    """Return the fields on single lines of front matter that is not valid YAML; the note also gets a fault."""
    matches = (_FIELD.fullmatch(line.rstrip()) for line in front.split("\n"))
    fields = {match[1]: (match[2] or "").strip().strip("\"'") for match in matches if match}
    return dict(list(fields.items())[:MOST_FIELDS])


def _json(start: str, text: str) -> Note:
    end = 0

    def read() -> Any:
        nonlocal end
        value, end = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str).raw_decode(start)
        return value

    note = _read(read, "JSON", "", text)
    return note if note.faults else Note(note.fields, start[end:].removeprefix("\n"))


def _read(read: Callable[[], Any], kind: str, body: str, text: str) -> Note:
    """Return the note with the front matter that a parser reads; if it fails, the whole text is the body."""
    try:
        fields = read() if len(text) - len(body) <= FRONT_LIMIT or kind == "JSON" else None
    except (ValueError, RecursionError) as error:
        why = str(error).partition("\n")[0][:120] if isinstance(error, ValueError) else "it has too many levels"
        return Note(body=text, faults=(f"cannot read the front matter as {kind}: {why}",))
    if not isinstance(fields, dict):
        return Note(body=text, faults=(f"the front matter is longer than {FRONT_LIMIT // 1024} KiB",))
    return _made_note({str(name): _text(value) for name, value in fields.items()}, body)


def _made_note(fields: dict[str, str], body: str, faults: tuple[str, ...] = ()) -> Note:
    if len(fields) <= MOST_FIELDS:
        return Note(fields, body, faults)
    kept = dict(list(fields.items())[:MOST_FIELDS])
    return Note(
        kept,
        body,
        (
            *faults,
            f"only the first {MOST_FIELDS} of its {len(fields)} fields were read",
        ),
    )


ENDINGS = ("md", "markdown", "mdown", "mkd", "txt")
MOST_NOTES = 20_000
MOST_ENTRIES = 200_000
MOST_BYTES = 2 * 2**20
"""The largest note that is read."""
MOST_ALTOGETHER = 256 * 2**20
MOST_COLUMNS = 500
MOST_OF_A_LINE = 100
FIXED = ("title", "start", "description", "file")
"""The first columns of every table of notes. They precede the notes' own fields, so that they are matched first."""
STARTS = ("start", "date", "created", "date created", "creation date", "created_at", "day")
"""Fields with a note's date; the first that has a value counts."""
_TAGS = ("tags", "tag", "topics", "topic", "keywords")
_MOST_NAMED = 5
_SPLIT = "import its folders one by one"
_DAY = re.compile(r"([0-9]{4})([-/.]?)([0-9]{2})\2([0-9]{2})(?![0-9])(?:[Tt ].*)?")
_ZONED = re.compile(r"[0-9](?:Z|[+-][0-9]{2}:?[0-9]{2})$", re.IGNORECASE)
_IN_NAME = re.compile(r"(?<![0-9])([0-9]{4})([-_./]?)([0-9]{2})\2([0-9]{2})(?:[0-9]{4}|[0-9]{6})?(?![0-9])[-_ ]*")
LONGEST_START = 4_000
"""Characters of a note in which its first heading is searched."""


@dataclass(slots=True)
class _Listing:
    """The entries below the folder, the ignored ones, and the bytes read so far."""

    tree: FolderTree
    hidden: list[str] = field(default_factory=list)
    others: int = 0
    size: int = 0


@dataclass(frozen=True, slots=True)
class _NoteFile:
    """A note with its path in the folder."""

    path: str
    note: Note


def read_notes(folder: Path, name: str, clock: Clock | None = None) -> ImportedTable:
    """Return the notes below a folder by path: their own fields, and title, start, description (the body) and file.

    `clock` gives the owner's date of a time with a zone. A note that cannot be read is a row with a fault. Links and
    hidden folders are ignored, with a remark. Raises UsageError if it is not a folder, or too large.
    """
    listing = _listed(folder)
    disk = Disk(str(folder))
    files = [_NoteFile(path, _note(disk, path, listing, name)) for path in listing.tree.files]
    own = _headers(files, clock)
    rows = tuple(_row(file, own, name, clock) for file in files)
    return ImportedTable(name, (*FIXED, *own.values()), rows, tuple(_remarks(listing, files)))


def table_of_note(note: Note, name: str, clock: Clock) -> ImportedTable:
    """Return the table of a single note, with one row."""
    file = _NoteFile(name, note)
    own = _headers([file], clock)
    row = replace(_row(file, own, name, clock), where=name)
    return ImportedTable(name, (*FIXED, *own.values()), (row,))


def _listed(folder: Path) -> _Listing:
    """Return the notes of a folder. Raises UsageError."""
    if not folder.is_dir():
        raise UsageError(f"{folder} is not a folder", "name the folder that contains the notes")
    listing = _Listing(FolderTree())
    seen = 0

    def skip(path: str, name: str, is_folder: bool) -> bool:
        nonlocal seen
        seen += 1
        if seen > MOST_ENTRIES:
            raise UsageError(
                f"{folder} contains more than {MOST_ENTRIES:,} files", "name only the folder with the notes"
            )
        if name.startswith("."):
            listing.hidden += [path] if is_folder else []
            return True
        other = not is_folder and name.rpartition(".")[2].lower() not in ENDINGS and not (folder / path).is_symlink()
        listing.others += other
        return other

    listing.tree = list_tree(str(folder), "", skip)
    if len(listing.tree.files) > MOST_NOTES:
        raise UsageError(f"{folder} contains more than {MOST_NOTES:,} notes", _SPLIT)
    return listing


def _note(disk: Disk, path: str, listing: _Listing, name: str) -> Note:
    """Return a note; one that cannot be read has only a fault."""
    try:
        data, _ = disk.read(path, MOST_BYTES)
        listing.size += len(data)
        if listing.size > MOST_ALTOGETHER:
            raise UsageError(f"the notes in {name} are larger than {MOST_ALTOGETHER // 2**20} MiB in total", _SPLIT)
        text = decode(path, data).text
    except Unreadable as error:
        return Note(faults=(error.faults[0].message,))
    return _with_properties(read_note(text)) if text.strip() else Note(faults=("the file is empty",))


def _with_properties(note: Note) -> Note:
    """Return a note with the properties in its text as fields, and its reflection under a heading of its own."""
    properties, body = properties_of(note.body)
    present = {name.casefold() for name in note.fields}
    more = {name: value for name, value in properties.items() if name not in present}
    return _made_note({**note.fields, **more}, with_reflection(body), note.faults)


def _headers(files: Sequence[_NoteFile], clock: Clock | None) -> dict[str, str]:
    """Return the columns of the notes' own fields by their names in lower case, in order of appearance.

    Fields that fill a fixed column have no column of their own. Other fields with the name of a fixed one get one.
    """
    own: dict[str, str] = {}
    for file in files:
        start = _start(_lowered(file.note.fields), file.path, clock)
        for key, value in file.note.fields.items():
            low = key.casefold().strip()
            is_fixed = low in ("title", "start") or (low in STARTS and value == start)
            if not is_fixed and len(own) < MOST_COLUMNS:
                own.setdefault(low, f"{key} (front matter)" if low in FIXED else key.strip())
    return own


def _lowered(fields: Mapping[str, str]) -> dict[str, str]:
    return {key.casefold().strip(): value for key, value in fields.items()}


def _row(file: _NoteFile, own: Mapping[str, str], name: str, clock: Clock | None) -> ImportedRow:
    fields = _lowered(file.note.fields)
    for key in _TAGS:
        if tags := fields.get(key):
            fields[key] = tags_of(tags)
    fixed = (_title(fields, file), _start(fields, file.path, clock), file.note.body, file.path)
    cells = (*fixed, *(fields.get(name, "") for name in own))
    return ImportedRow(f"{name}/{file.path}", cells, file.path, tuple(("file", fault) for fault in file.note.faults))


def _title(fields: Mapping[str, str], file: _NoteFile) -> str:
    """Return the note's title field, its first heading, or its file's name without the date."""
    return plain_words(fields.get("title", "")) or _heading(file.note.body) or _name_of(file.path, file.note.body)


def _heading(body: str) -> str:
    """Return the words of the first heading that is neither empty nor a part of a reflection."""
    headings = (each.text for each in read(body[:LONGEST_START]).headings)
    return next((words for text in headings if (words := plain_words(text)) and not is_prompt(text)), "")


def _name_of(path: str, body: str) -> str:
    """Return the file's name without a date and hyphens; the first line of the body if nothing remains."""
    stem = path.rpartition("/")[2].rpartition(".")[0]
    words = _IN_NAME.sub("", stem, count=1).strip(" -_")
    if not words or words.isdigit():
        return _first_line(body) or stem
    return words if " " in words else words.replace("-", " ").replace("_", " ")


def _first_line(body: str) -> str:
    """Return the first line, which jrnl uses as the title of an entry."""
    line = next((words for line in body.split("\n") if (words := plain_words(line))), "")
    return shortened(line, MOST_OF_A_LINE)


def _start(fields: Mapping[str, str], path: str, clock: Clock | None) -> str:
    """Return the note's date; if its field cannot be read as one, the text of the field."""
    written = next((fields[name].strip() for name in STARTS if fields.get(name, "").strip()), "")
    if written:
        match = _DAY.fullmatch(written)
        if match and clock and _ZONED.search(written):
            return day_of(written, None, clock).isoformat()
        return (_day(match[1], match[3], match[4]) if match else "") or written
    # jrnl keeps 2026/03/14.txt.
    places = (path.rpartition("/")[2], path)
    days = (_day(match[1], match[3], match[4]) for place in places for match in _IN_NAME.finditer(place))
    return next((day for day in days if day), "")


def _day(year: str, month: str, day: str) -> str:
    named = calendar_day(int(year), int(month), int(day))
    return named.isoformat() if named else ""


def _remarks(listing: _Listing, files: Sequence[_NoteFile]) -> Iterator[str]:
    """Yield remarks on what was ignored."""
    if listing.hidden:
        yield f"hidden folders ignored: {_some(listing.hidden)}"
    if listing.others:
        others = counted(listing.others, "file that is not a note", "files that are not notes")
        yield f"{others} ignored, unless a note links to {'it' if listing.others == 1 else 'them'}"
    if listing.tree.links:
        yield f"symbolic links ignored: {_some(listing.tree.links)}"
    if listing.tree.special:
        yield f"ignored because they are not files or folders: {_some(listing.tree.special)}"
    for path, fault in listing.tree.closed:
        yield f"{path or 'the folder'}: {fault.message}"
    keys = Counter(key.casefold().strip() for file in files for key in file.note.fields)
    if len(keys) > MOST_COLUMNS:
        yield f"only {MOST_COLUMNS} of the {len(keys)} fields in the notes were read"


def _some(paths: Sequence[str]) -> str:
    more = len(paths) - _MOST_NAMED
    return ", ".join(paths[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
