"""Tables of programs with headings of their own (`known_tables.toml`): what each column means, and which rows count."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib.resources import files

from cpdkit.errors import UsageError
from cpdkit.exchange.import_headings import TITLES, plain_heading, target_of
from cpdkit.exchange.imports.table import ImportedRow, ImportedTable
from cpdkit.text.wording import counted

_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class KnownTable:
    """A table of a program; `known_tables.toml` explains each part."""

    title: str
    needed: Sequence[str]
    columns: Mapping[str, str] = field(default_factory=dict)
    only: str = ""
    omitted: str = ""
    key: Sequence[str] = ()
    instead: Mapping[str, Sequence[str]] = field(default_factory=dict)
    set: Mapping[str, str] = field(default_factory=dict)
    posts: bool = False
    qualifications: bool = False
    refused: str = ""
    hint: str = ""


def with_meaning(table: ImportedTable) -> ImportedTable:
    """Return a known table with the fields of its columns, without the rows that do not count; others unchanged.

    Raises UsageError for a known table that cannot be imported.
    """
    headings = {plain_heading(header): header for header in table.headers}
    known = next((each for each in _KNOWN if all(plain_heading(name) in headings for name in each.needed)), None)
    if known is None or table.targets:
        return table
    if known.refused:
        raise UsageError(f"{table.name} has the {known.title}: {known.refused}", known.hint)
    numbers = {heading: table.headers.index(header) for heading, header in headings.items()}
    rows = [_filled(_with_key(row, known, numbers), known, numbers) for row in table.rows]
    remarks = [f"{table.name}: read as a file of {known.title}", *table.remarks]
    if known.only:
        at = numbers[plain_heading(known.only)]
        omitted = [row for row in rows if not row.cells[at].strip()]
        rows = [row for row in rows if row.cells[at].strip()]
        remarks += _omitted(omitted, known, numbers)
    targets = {
        headings[plain_heading(name)]: target
        for name, target in known.columns.items()
        if plain_heading(name) in headings
    }
    new = {name: value for name, value in known.set.items() if name not in targets.values()}
    added = tuple(name if plain_heading(name) not in headings else f"{name} ({known.title})" for name in new)
    rows = [replace(row, cells=(*row.cells, *new.values())) for row in rows]
    targets |= dict(zip(added, new, strict=True))
    if known.qualifications:
        rows = [replace(row, is_qualification=_has_any(row, numbers, ("awarded", "institution"))) for row in rows]
    if known.posts:
        others = [numbers[plain] for plain in numbers if headings[plain] not in targets and _is_of_activity(plain)]
        rows = [
            replace(
                row,
                is_post=not row.is_qualification
                and _has_any(row, numbers, ("role", "employer"))
                and not any(row.cells[at].strip() for at in others),
            )
            for row in rows
        ]
    return ImportedTable(table.name, (*table.headers, *added), tuple(rows), tuple(remarks), targets)


def _has_any(row: ImportedRow, numbers: Mapping[str, int], headings: Sequence[str]) -> bool:
    """Return whether a row has a value in one of these columns, or the table has none of them."""
    places = [numbers[heading] for heading in headings if heading in numbers]
    return not places or any(row.cells[at].strip() for at in places)


def _is_of_activity(heading: str) -> bool:
    """Return whether a heading means a value that only an activity has."""
    return heading in TITLES or target_of(heading) not in ("", "skip", "description", "body")


def _with_key(row: ImportedRow, known: KnownTable, numbers: Mapping[str, int]) -> ImportedRow:
    cells = [row.cells[numbers[name]].strip() for name in map(plain_heading, known.key) if name in numbers]
    return replace(row, key="\x1f".join(cells)) if any(cells) else row


def _filled(row: ImportedRow, known: KnownTable, numbers: Mapping[str, int]) -> ImportedRow:
    cells = list(row.cells)
    for name, others in known.instead.items():
        places = [numbers[plain] for plain in map(plain_heading, (name, *others)) if plain in numbers]
        cells[places[0]] = next((cells[at] for at in places if cells[at].strip()), "")
    return replace(row, cells=tuple(cells))


def _omitted(rows: Sequence[ImportedRow], known: KnownTable, numbers: Mapping[str, int]) -> Iterator[str]:
    """Yield the remark on the omitted rows, with the first of their titles."""
    if rows:
        at = numbers[plain_heading(known.needed[0])]
        names = ", ".join(row.cells[at].strip() or row.where for row in rows[:_MOST_NAMED])
        more = f" and {len(rows) - _MOST_NAMED} more" if len(rows) > _MOST_NAMED else ""
        yield f"{counted(len(rows), 'row')} {known.omitted}, omitted: {names}{more}"


_KNOWN = tuple(
    KnownTable(**entry)
    for entry in tomllib.loads(files(__package__).joinpath("known_tables.toml").read_text("utf-8")).values()
)
