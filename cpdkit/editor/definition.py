"""From a name in a record to what it names, and from there back to the records that name it."""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from lsprotocol.types import DocumentLink, Range

from cpdkit.checks.rule import RecordFacts
from cpdkit.editor.diagnostics import UriOf
from cpdkit.editor.journal_facts import Known
from cpdkit.editor.outline import Token
from cpdkit.editor.page import Page
from cpdkit.journal.paths import EVIDENCE

NAMING: Mapping[str, Callable[[RecordFacts], tuple[str, ...]]] = MappingProxyType(
    {
        "objectives": lambda each: each.objectives,
        "evidence": lambda each: each.evidence,
        "competences": lambda each: each.competences,
        "topics": lambda each: each.topics,
        "provider": lambda each: (each.provider,),
    }
)
"""The fields of activities whose values others share, and how the facts tell them."""


def definition(page: Page, line: int, column: int, known: Known) -> str | None:
    """The path of the file that a value names; None where it names none that is there."""
    token = page.token_at(line, column)
    return target(page, token, known) if token else None


def target(page: Page, token: Token, known: Known) -> str | None:
    """The path of the file that a token names."""
    found = page.meaning(token.path)
    field = found.names[0] if found and token.path[-1:] != ("title",) else ""
    if field == "objectives":
        each = known.objectives.get(token.text)
        return each.path if each else None
    if field == EVIDENCE:
        path = token.text.strip("/")
        path = path if path in known.listing.evidence else path.removeprefix(f"{EVIDENCE}/")
        return f"{EVIDENCE}/{path}" if path in known.listing.evidence else None
    return _own_file(field, token.text, known) or None


def _own_file(field: str, text: str, known: Known) -> str:
    """The owner's own file that a competence, framework or scheme is from; empty for a shipped one."""
    if field == "competences":
        return next((each.path for each in known.words.considered if text in each.titles and each.path), "")
    if field == "frameworks":
        framework = known.words.frameworks.get(text)
        return framework.path if framework else ""
    scheme = known.words.scheme(text) if field == "schemes" else None
    return scheme.path if scheme else ""


def named_at(page: Page, line: int, column: int, known: Known) -> tuple[str, str] | None:
    """The field and the value that other records may share with a place; in an objective's file, its own id."""
    token = page.token_at(line, column)
    found = page.meaning(token.path) if token else None
    if token and found and found.names[0] in NAMING and not (token.key and not found.rest):
        return found.names[0], token.text
    own = known.by_path.get(page.path)
    return ("objectives", own.id) if own and own.kind == "plan" else None


def naming(field: str, value: str, known: Known) -> list[str]:
    """The paths of the activities whose field has a value."""
    return [each.path for each in known.activities if value in NAMING[field](each)]


def place_in(page: Page, field: str, value: str) -> Range:
    """Where a record says a value in a field; the field's own place, or the top, where it can't be told."""
    said = [each for each in page.outline.tokens if page.meaning(each.path) and each.path[:1] == (field,)]
    best = next((each for each in said if each.text == value), said[0] if said else None)
    return page.text.range(best.line, best.start, best.stop) if best else page.text.range(0, 0, 0)


def links(page: Page, known: Known, uri_of: UriOf) -> Iterable[DocumentLink]:
    """The files and addresses that the record's fields name."""
    for token in page.outline.tokens:
        found = page.meaning(token.path) if not token.key else None
        if found is None or found.names[0] not in ("objectives", EVIDENCE):
            continue
        path = target(page, token, known)
        where = page.text.range(token.line, token.start, token.stop)
        if path:
            yield DocumentLink(where, uri_of(path), path)
        elif token.text.startswith(("https://", "http://")):
            yield DocumentLink(where, token.text)
