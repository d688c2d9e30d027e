"""The outline of a document and the search for records in a journal, as LSP symbols."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from lsprotocol.types import DocumentSymbol, Location, Position, Range, SymbolInformation, SymbolKind, WorkspaceSymbol

from cpdkit.checks.rule import RecordFacts
from cpdkit.editor.diagnostics import UriOf
from cpdkit.editor.journals import JournalFacts
from cpdkit.editor.outline import JournalFile, Step
from cpdkit.journal.paths import MEMBER_FILE, PEOPLE_FILE
from cpdkit.journal.sections import headings

MOST = 500
"""Maximum number of results for a query; each letter typed leaves fewer."""
LONGEST_DETAIL = 80
KINDS: Mapping[str, SymbolKind] = MappingProxyType(
    {
        "activities": SymbolKind.Event,
        "plan": SymbolKind.Object,
        "career": SymbolKind.Class,
        "reviews": SymbolKind.File,
        "qualifications": SymbolKind.Constant,
        "claims": SymbolKind.String,
    }
)


def document_symbols(file: JournalFile) -> list[DocumentSymbol]:
    """Return the fields with their values, then the nested headings of the body."""
    return [*_fields(file), *_headings(file)]


def flat(symbols: Iterable[DocumentSymbol], uri: str, within: str = "") -> list[SymbolInformation]:
    """Return the same symbols for an editor that does not support nesting."""
    flattened: list[SymbolInformation] = []
    for each in symbols:
        flattened.append(
            SymbolInformation(Location(uri, each.range), each.name, each.kind, container_name=within or None)
        )
        flattened += flat(each.children or (), uri, each.name)
    return flattened


def workspace_symbols(query: str, facts: JournalFacts, uri_of: UriOf) -> list[WorkspaceSymbol]:
    """Return the records whose title or path contains every word of a query: first activities, newest first."""
    words = query.casefold().split()
    records = (*facts.activities, *(each for each in facts.records if each.kind != "activities"))
    top = Range(Position(0, 0), Position(0, 0))
    matches = [each for each in records if all(word in f"{each.title} {each.path}".casefold() for word in words)]
    return [
        WorkspaceSymbol(
            Location(uri_of(each.path), top), each.title or each.id, KINDS[each.kind], container_name=_container(each)
        )
        for each in matches[:MOST]
    ]


def _container(record: RecordFacts) -> str:
    return ", ".join(part for part in (str(record.start or record.year or ""), record.type or record.status) if part)


def _fields(file: JournalFile) -> list[DocumentSymbol]:
    """Return the top-level fields; each one extends to the next."""
    keys = [each for each in file.outline.tokens if each.key and len(each.path) == 1]
    ends = [*(each.line for each in keys), file.front[1]][1:]
    details = _details(file)
    return [
        DocumentSymbol(
            key.text or "?",
            SymbolKind.Field,
            Range(file.text.position(key.line, key.start), _end(file, max(end - 1, key.line))),
            file.text.range(key.line, key.start, key.stop),
            detail=details.get(key.path[0]),
        )
        for key, end in zip(keys, ends, strict=True)
    ]


def _details(file: JournalFile) -> dict[Step, str]:
    """Return the beginning of each field's values."""
    details: dict[Step, str] = {}
    for token in file.outline.tokens:
        if not token.key and token.path:
            before = details.get(token.path[0])
            if before is None or len(before) < LONGEST_DETAIL:
                joined = token.text if before is None else f"{before}, {token.text}"
                details[token.path[0]] = joined[:LONGEST_DETAIL]
    return {name: text for name, text in details.items() if text}


def _end(file: JournalFile, line: int) -> Position:
    return file.text.position(line, len(file.text.line(line)))


def _headings(file: JournalFile) -> list[DocumentSymbol]:
    """Return the headings; each one extends to the next of its level or above."""
    if file.path in (MEMBER_FILE, PEOPLE_FILE) or (file.front[1] and not file.is_closed):
        return []
    below = file.front[1] + 1 if file.is_closed else 0
    lines = [(each.line - 1 + below, each.level, each.text) for each in headings("\n".join(file.text.lines[below:]))]
    top: list[DocumentSymbol] = []
    above: list[tuple[int, list[DocumentSymbol]]] = [(0, top)]
    for (line, level, text), stop in zip(lines, _stops(lines, len(file.text.lines)), strict=True):
        inner: list[DocumentSymbol] = []
        while above[-1][0] >= level:
            above.pop()
        above[-1][1].append(_heading(file, line, stop, text, inner))
        above.append((level, inner))
    return top


def _stops(lines: Sequence[tuple[int, int, str]], end: int) -> list[int]:
    """Return the line at which each heading's section stops: that of the next heading of its level or above."""
    stops = [end] * len(lines)
    unfinished: list[int] = []
    for number, (line, level, _) in enumerate(lines):
        while unfinished and lines[unfinished[-1]][1] >= level:
            stops[unfinished.pop()] = line
        unfinished.append(number)
    return stops


def _heading(file: JournalFile, line: int, stop: int, text: str, inner: list[DocumentSymbol]) -> DocumentSymbol:
    where = Range(file.text.position(line, 0), _end(file, max(stop - 1, line)))
    name = text.strip() or "(empty heading)"
    own = file.text.range(line, 0, len(file.text.line(line)))
    return DocumentSymbol(name, SymbolKind.String, where, own, children=inner)
