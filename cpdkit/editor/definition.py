"""Go from a name in a record to the file that it names, and back to the records that name it."""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from lsprotocol.types import DocumentLink, Range

from cpdkit.checks.rule import RecordFacts
from cpdkit.editor.diagnostics import UriOf
from cpdkit.editor.journals import JournalFacts
from cpdkit.editor.outline import JournalFile, Token
from cpdkit.journal.paths import EVIDENCE
from cpdkit.text.names import composed, on_disk

NAMING: Mapping[str, Callable[[RecordFacts], tuple[str, ...]]] = MappingProxyType(
    {
        "objectives": lambda each: each.objectives,
        "evidence": lambda each: each.evidence,
        "competences": lambda each: each.competences,
        "topics": lambda each: each.topics,
        "provider": lambda each: (each.provider,),
    }
)
"""The fields of activities with shared values, and how to get the values from an activity's facts."""


def definition(file: JournalFile, line: int, column: int, facts: JournalFacts) -> str | None:
    """Return the path of the file that the value at a place names; None if there is no such file."""
    token = file.token_at(line, column)
    return target(file, token, facts) if token else None


def target(file: JournalFile, token: Token, facts: JournalFacts) -> str | None:
    """Return the path of the file that a token names; None if there is no such file."""
    meaning = file.meaning(token.path)
    field = meaning.names[0] if meaning and token.path[-1:] != ("title",) else ""
    if field == "objectives":
        each = facts.objectives.get(composed(token.text))
        return each.path if each else None
    if field == EVIDENCE:
        path = on_disk(facts.listing.root, f"{EVIDENCE}/{token.text.strip('/').removeprefix(f'{EVIDENCE}/')}")
        return path if path.removeprefix(f"{EVIDENCE}/") in facts.listing.evidence else None
    return _own_file(field, token.text, facts) or None


def _own_file(field: str, text: str, facts: JournalFacts) -> str:
    """Return the file of a competence's framework, a framework or a scheme; empty for those that cpdkit ships."""
    if field == "competences":
        return next((each.path for each in facts.words.considered if text in each.titles and each.path), "")
    if field == "frameworks":
        framework = facts.words.frameworks.get(text)
        return framework.path if framework else ""
    scheme = facts.words.scheme(text) if field == "schemes" else None
    return scheme.path if scheme else ""


def named_at(file: JournalFile, line: int, column: int, facts: JournalFacts) -> tuple[str, str] | None:
    """Return the field and value at a place that other records may share; elsewhere in an objective, its own ID."""
    token = file.token_at(line, column)
    meaning = file.meaning(token.path) if token else None
    if token and meaning and meaning.names[0] in NAMING and not (token.key and not meaning.rest):
        return meaning.names[0], token.text
    record = facts.by_path.get(file.path)
    return ("objectives", record.id) if record and record.kind == "plan" else None


def naming(field: str, value: str, facts: JournalFacts) -> list[str]:
    """Return the paths of the activities that have a value in a field."""
    return [each.path for each in facts.activities if value in NAMING[field](each)]


def range_of_value(file: JournalFile, field: str, value: str) -> Range:
    """Return the range of a value in a field; otherwise of the first value of the field, or the top of the file."""
    tokens = [each for each in file.outline.tokens if file.meaning(each.path) and each.path[:1] == (field,)]
    best = next((each for each in tokens if each.text == value), tokens[0] if tokens else None)
    return file.text.range(best.line, best.start, best.stop) if best else file.text.range(0, 0, 0)


def links(file: JournalFile, facts: JournalFacts, uri_of: UriOf) -> Iterable[DocumentLink]:
    """Yield links for the files and addresses in the record's fields."""
    for token in file.outline.tokens:
        meaning = file.meaning(token.path) if not token.key else None
        if meaning is None or meaning.names[0] not in ("objectives", EVIDENCE):
            continue
        path = target(file, token, facts)
        where = file.text.range(token.line, token.start, token.stop)
        if path:
            yield DocumentLink(where, uri_of(path), path)
        elif token.text.startswith(("https://", "http://")):
            yield DocumentLink(where, token.text)
