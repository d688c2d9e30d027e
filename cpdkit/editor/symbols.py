"""What stands in a record, and in a journal, as lists to jump in."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from lsprotocol.types import DocumentSymbol, Location, Position, Range, SymbolInformation, SymbolKind, WorkspaceSymbol

from cpdkit.checks.rule import RecordFacts
from cpdkit.editor.diagnostics import UriOf
from cpdkit.editor.journal_facts import Known
from cpdkit.editor.page import Page
from cpdkit.journal.body import headings
from cpdkit.journal.paths import MEMBER_FILE

MOST = 500
"""More are not shown for one query; the next letter brings fewer."""
KINDS: Mapping[str, SymbolKind] = MappingProxyType(
    {
        "activities": SymbolKind.Event,
        "plan": SymbolKind.Object,
        "career": SymbolKind.Class,
        "reviews": SymbolKind.File,
    }
)


def document_symbols(page: Page) -> list[DocumentSymbol]:
    """The fields with their values, then the headings of the body, nested as they are."""
    return [*_fields(page), *_headings(page)]


def flat(symbols: Iterable[DocumentSymbol], uri: str, within: str = "") -> list[SymbolInformation]:
    """The same for an editor that knows no nesting."""
    found: list[SymbolInformation] = []
    for each in symbols:
        found.append(SymbolInformation(Location(uri, each.range), each.name, each.kind, container_name=within or None))
        found += flat(each.children or (), uri, each.name)
    return found


def workspace_symbols(query: str, known: Known, uri_of: UriOf) -> list[WorkspaceSymbol]:
    """The records whose title or file's name holds every word of a query; activities with the newest first."""
    words = query.casefold().split()
    records = (*known.activities, *(each for each in known.records if each.kind != "activities"))
    top = Range(Position(0, 0), Position(0, 0))
    found = [each for each in records if all(word in f"{each.title} {each.path}".casefold() for word in words)]
    return [
        WorkspaceSymbol(
            Location(uri_of(each.path), top), each.title or each.id, KINDS[each.kind], container_name=_within(each)
        )
        for each in found[:MOST]
    ]


def _within(each: RecordFacts) -> str:
    return ", ".join(part for part in (str(each.start or each.year or ""), each.type or each.status) if part)


def _fields(page: Page) -> list[DocumentSymbol]:
    """The fields at the top level; each reaches to the next."""
    keys = [each for each in page.outline.tokens if each.key and len(each.path) == 1]
    ends = [*(each.line for each in keys), page.front[1]][1:]
    return [
        DocumentSymbol(
            key.text or "?",
            SymbolKind.Field,
            Range(page.text.position(key.line, key.start), _end(page, max(end - 1, key.line))),
            page.text.range(key.line, key.start, key.stop),
            detail=", ".join(page.outline.values_of(key.path))[:80] or None,
        )
        for key, end in zip(keys, ends, strict=True)
    ]


def _end(page: Page, line: int) -> Position:
    return page.text.position(line, len(page.text.line(line)))


def _headings(page: Page) -> list[DocumentSymbol]:
    """The headings; each reaches to the next of its level or above."""
    if page.path == MEMBER_FILE or (page.front[1] and not page.is_closed):
        return []
    below = page.front[1] + 1 if page.is_closed else 0
    found = [(each.line - 1 + below, each.level, each.text) for each in headings("\n".join(page.text.lines[below:]))]
    top: list[DocumentSymbol] = []
    above: list[tuple[int, list[DocumentSymbol]]] = [(0, top)]
    for number, (line, level, text) in enumerate(found):
        stop = next((other for other, deep, _ in found[number + 1 :] if deep <= level), len(page.text.lines))
        inner: list[DocumentSymbol] = []
        while above[-1][0] >= level:
            above.pop()
        above[-1][1].append(_heading(page, line, stop, text, inner))
        above.append((level, inner))
    return top


def _heading(page: Page, line: int, stop: int, text: str, inner: list[DocumentSymbol]) -> DocumentSymbol:
    where = Range(page.text.position(line, 0), _end(page, max(stop - 1, line)))
    name = text.strip() or "(no words)"
    own = page.text.range(line, 0, len(page.text.line(line)))
    return DocumentSymbol(name, SymbolKind.String, where, own, children=inner)
