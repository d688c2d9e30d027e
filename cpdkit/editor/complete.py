"""Completion of fields and their values: fixed words, names of other files, and values used before."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import NamedTuple

from lsprotocol.types import (
    CompletionItem,
    CompletionItemKind,
    CompletionItemLabelDetails,
    MarkupContent,
    MarkupKind,
    TextEdit,
)

from cpdkit.checks.registry import CODES
from cpdkit.editor.hover import LEVEL_MEANINGS, WORD_MEANINGS, field_text
from cpdkit.editor.journals import JournalFacts, used
from cpdkit.editor.outline import JournalFile, Meaning, Outline, Path, Token, fields_of
from cpdkit.journal.codes import is_fixed
from cpdkit.journal.compound_types import SEVERITIES, Accepted, Competences, Entries, One, Severities, Units
from cpdkit.journal.date_types import Day, Year
from cpdkit.journal.declarations import Field
from cpdkit.journal.field_types import Choice, FieldType, Flag, Items
from cpdkit.journal.values import LEVELS

MOST = 500
"""Maximum number of suggestions: a longer list doesn't help."""
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Suggestion(NamedTuple):
    """A suggested value, the detail shown next to it, and more text to search by."""

    value: str
    detail: str = ""
    search: str = ""


def values_for(meaning: Meaning, file: JournalFile, facts: JournalFacts) -> list[Suggestion]:
    """Return suggestions for the value of a field."""
    kind = meaning.field.kind
    if meaning.rest:
        return _of_mapping(kind)
    if source := _SOURCES.get(meaning.names):
        return list(source(facts))[:MOST]
    if isinstance(kind, Items):
        kind = kind.kind
    if isinstance(kind, Choice):
        return [Suggestion(word, WORD_MEANINGS.get((meaning.names[-1], word), "")) for word in kind.options]
    if isinstance(kind, Flag):
        return [Suggestion("true"), Suggestion("false")]
    if isinstance(kind, Day):
        return list(_days(meaning.names, file, facts.day))
    return [Suggestion(str(facts.day.year - 1)), Suggestion(str(facts.day.year))] if isinstance(kind, Year) else []


def keys_for(meaning: Meaning, file: JournalFile, facts: JournalFacts) -> list[Suggestion]:
    """Return suggestions for the keys of a mapping without fixed fields: codes of competences or diagnostics."""
    kind = meaning.field.kind
    if meaning.rest:
        return []
    if isinstance(kind, Competences):
        return list(_competences(facts))[:MOST]
    if isinstance(kind, Accepted):
        return _codes(each.code for each in facts.diagnostics(file.path))
    return _codes() if isinstance(kind, Severities) else []


def _of_mapping(kind: FieldType) -> list[Suggestion]:
    if isinstance(kind, Competences):
        return [Suggestion(level, LEVEL_MEANINGS[level]) for level in LEVELS]
    return [Suggestion(word) for word in SEVERITIES.options] if isinstance(kind, Severities) else []


def _competences(facts: JournalFacts) -> Iterable[Suggestion]:
    """Yield the codes of competences, those used before first."""
    titles = facts.words.competences
    before = used(each.competences for each in facts.activities)
    for code in dict.fromkeys((*before, *titles)):
        yield Suggestion(code, titles.get(code, ""), titles.get(code, ""))


def _objectives(facts: JournalFacts) -> Iterable[Suggestion]:
    """Yield the objectives, the open ones first."""
    for each in sorted(facts.objectives.values(), key=lambda each: (each.status != "open", each.id)):
        yield Suggestion(each.id, f"{each.title} ({each.status})", each.title)
    for name in sorted(facts.listing.objectives - facts.objectives.keys()):
        yield Suggestion(name)


def _topics(facts: JournalFacts) -> Iterable[Suggestion]:
    """Return the topics that cpd.yaml allows; if it allows any, those used before and those that schemes require."""
    if facts.words.topics:
        return [Suggestion(topic, "in cpd.yaml") for topic in facts.words.topics]
    schemes = [facts.words.scheme(name) for name in facts.words.followed]
    of_schemes = {topic: scheme.label for scheme in schemes if scheme for topic in scheme.topics}
    before = used(each.topics for each in facts.activities)
    return [Suggestion(topic, of_schemes.get(topic, "")) for topic in dict.fromkeys((*before, *of_schemes))]


def _evidence(facts: JournalFacts) -> Iterable[Suggestion]:
    """Yield the evidence files, those that no activity has first, each group from the last name to the first."""
    named = {path for each in facts.activities for path in each.evidence}
    for path in sorted(sorted(facts.listing.evidence, reverse=True), key=lambda path: path in named):
        yield Suggestion(path, "already used" if path in named else "")


def _frameworks(facts: JournalFacts) -> Iterable[Suggestion]:
    return [Suggestion(name, each.title, each.title) for name, each in facts.words.frameworks.items()]


def _schemes(facts: JournalFacts) -> Iterable[Suggestion]:
    for name in facts.words.scheme_ids:
        scheme = facts.words.scheme(name)
        yield Suggestion(name, scheme.body if scheme else "", scheme.title if scheme else "")


def _evidence_of_claims(facts: JournalFacts) -> Iterable[Suggestion]:
    """Yield the records that can support a claim: activities, newest first, then posts and qualifications."""
    records = (*facts.activities, *facts.of("career"), *facts.of("qualifications"))
    return [Suggestion(each.id, each.title, each.title) for each in records]


def _people(facts: JournalFacts) -> Iterable[Suggestion]:
    people = facts.context.people.people
    return [*(Suggestion(each.id, each.name, each.name) for each in people), Suggestion("me", "you")]


def _forms(facts: JournalFacts) -> Iterable[Suggestion]:
    forms = ((name, facts.words.form(name)) for name in facts.words.form_ids)
    return [Suggestion(name, form.title if form else "") for name, form in forms]


def _used_values(name: str) -> Callable[[JournalFacts], Iterable[Suggestion]]:
    """Return a source of the values that a field of activities has."""
    return lambda facts: [Suggestion(value) for value in used((getattr(each, name),) for each in facts.activities)]


_SOURCES: Mapping[tuple[str, ...], Callable[[JournalFacts], Iterable[Suggestion]]] = MappingProxyType(
    {
        ("competences",): _competences,
        ("objectives",): _objectives,
        ("topics",): _topics,
        ("evidence",): _evidence,
        ("evidence", "path"): _evidence,
        ("frameworks",): _frameworks,
        ("schemes",): _schemes,
        ("schemes", "scheme"): _schemes,
        ("evidenced-by",): _evidence_of_claims,
        ("evidenced-by", "id"): _evidence_of_claims,
        ("reports-to",): _people,
        ("reports-to", "to"): _people,
        ("people", "reports-to"): _people,
        ("people", "reports-to", "to"): _people,
        ("application", "form"): _forms,
        ("provider",): _used_values("provider"),
        ("location",): _used_values("location"),
        ("role",): _used_values("role"),
    }
)


def _codes(first: Iterable[str] = ()) -> list[Suggestion]:
    """Return the codes that can be configured or accepted, with those in `first` at the top."""
    codes = [code for code in dict.fromkeys((*first, *CODES)) if code in CODES and not is_fixed(code)]
    return [Suggestion(code, CODES[code].title, CODES[code].title) for code in codes]


def _days(names: tuple[str, ...], file: JournalFile, today: date) -> Iterable[Suggestion]:
    """Return likely dates: the one in the file's name, the activity's start, today and yesterday."""
    in_name = _DAY.search(file.path.rpartition("/")[2])
    start = next(iter(file.outline.values_of(("start",)) or file.outline.values_of(("date",))), "")
    likely = {
        in_name[0] if in_name and names != ("end",) else "": "from the file name",
        start if names != ("start",) and _DAY.fullmatch(start) else "": "start of the activity",
        str(today): "today",
        str(today - timedelta(days=1)): "yesterday",
    }
    return [Suggestion(day, reason, reason) for day, reason in likely.items() if day]


class InsertionPoint(NamedTuple):
    """Where something is being typed. `path` is that of the value, or of the mapping that the key belongs to.

    `start` and `stop` are the columns that a suggestion replaces. `separator` goes before it (a space after a colon).
    """

    path: Path
    key: bool
    value: bool
    typed: str
    line: int
    start: int
    stop: int
    quote: str = ""
    separator: str = ""
    flow: bool = False


def insertion_point(file: JournalFile, line: int, column: int) -> InsertionPoint | None:
    """Return what is being typed at a place; None outside the fields: in the body, a comment or a block of text."""
    if file.table is None or not file.in_front(line):
        return None
    before = file.text.line(line)[:column]
    state = file.outline_to(line, column)
    if state.in_comment:
        return None
    token = _typed_token(state, line, before)
    return _in_token(file, state, token, before) if token else _at_gap(state, line, before)


def _typed_token(state: Outline, line: int, before: str) -> Token | None:
    """Return the token that is being typed: the place is inside it or at its end."""
    last = state.tokens[-1] if state.tokens else None
    if last is None or last.line != line:
        return None
    rest = before[last.stop :]
    if rest.strip() or (rest and (last.key or before[last.start] in "\"'")):
        return None
    closed = before[last.start : last.start + 1] in ("'", '"') and len(before[last.start : last.stop]) > 1
    return None if closed and before[last.stop - 1] == before[last.start] else last


def _in_token(file: JournalFile, state: Outline, token: Token, before: str) -> InsertionPoint:
    whole = file.outline.at(token.line, token.start)
    stop = whole.stop if whole and whole.start == token.start else len(before)
    quote = before[token.start] if before[token.start] in "\"'" else ""
    path = token.path[:-1] if token.key else token.path
    # The first word of an item, or a word alone on a line below its key, may still become a key.
    alone = not token.key and (isinstance(path[-1], int) or not before[: token.start].strip())
    typed = before[token.start :].removeprefix(quote)
    return InsertionPoint(
        path,
        token.key or alone,
        not token.key,
        typed,
        token.line,
        token.start,
        max(stop, len(before)),
        quote,
        flow=bool(state.flows),
    )


def _at_gap(state: Outline, line: int, before: str) -> InsertionPoint | None:
    """Return the insertion point where nothing has been typed yet."""
    column = len(before)
    if state.flows:
        top = state.flows[-1]
        separator = " " if before.endswith((":", ",")) else ""
        return InsertionPoint(
            top.newest, top.wants_key, not top.wants_key, "", line, column, column, "", separator, flow=True
        )
    if not before.strip():
        return _indented(state, line, column)
    if state.literal is not None or not before.rstrip().endswith((":", "-")) or not state.blocks:
        return None
    separator = "" if before.endswith((" ", "\t")) else " "
    top_block = state.blocks[-1]
    return InsertionPoint(top_block.newest, top_block.is_list, True, "", line, column, column, "", separator)


def _indented(state: Outline, line: int, column: int) -> InsertionPoint | None:
    """Return the insertion point on an empty line: a key of the mapping with its indentation."""
    if state.literal is not None and column > state.literal:
        return None
    inner = [block for block in state.blocks if block.column <= column]
    if not inner:
        return InsertionPoint((), True, False, "", line, column, column)
    top = inner[-1]
    if top.column == column and not top.is_list:
        return InsertionPoint(top.path, True, False, "", line, column, column)
    if top.is_list and top.column == column:
        # At the column of a list, a key of the surrounding mapping may follow.
        return InsertionPoint(top.path[:-1], True, False, "", line, column, column)
    return InsertionPoint(top.newest, True, False, "", line, column, column)


TRIGGERS = (" ", ":", "[", "{", ",", "-", '"', "'")
"""Characters after which an editor requests completion, in addition to letters."""
_PLAIN = re.compile(r"[\w./+(][^\n]*")


def completions(file: JournalFile, line: int, column: int, facts: JournalFacts | None) -> list[CompletionItem]:
    """Return completions at a place, best first; `line` and `column` count characters from 0."""
    point = insertion_point(file, line, column)
    if point is None:
        return []
    values = _values(file, point, facts) if point.value and facts else []
    return [*values, *(_keys(file, point, facts) if point.key else [])]


def _keys(file: JournalFile, point: InsertionPoint, facts: JournalFacts | None) -> list[CompletionItem]:
    """Return the fields that the mapping doesn't have yet, required ones first; or the codes that it may have."""
    table = fields_of(file.table, point.path) if file.table else None
    given = _given(file, point)
    if table is None:
        meaning = file.meaning(point.path) if point.path and isinstance(point.path[-1], str) else None
        suggestions = keys_for(meaning, file, facts) if meaning and facts else []
        fresh = [each for each in suggestions if each.value not in given]
        return [_item(file, point, each, n, CompletionItemKind.EnumMember, ": ") for n, each in enumerate(fresh)]
    taken = {table.known[name].name for name in given if name in table.known}
    fields = sorted((each for each in table.fields if each.name not in taken), key=lambda each: not each.required)
    return [_field(file, point, each, number) for number, each in enumerate(fields)]


def _given(file: JournalFile, point: InsertionPoint) -> set[str]:
    """Return the keys that the mapping already has, except the one being typed."""
    return {
        each.text
        for each in file.outline.tokens
        if each.key and each.path[:-1] == point.path and not (each.line == point.line and each.start == point.start)
    }


def _field(file: JournalFile, point: InsertionPoint, field: Field, number: int) -> CompletionItem:
    needed = "required" if field.required else field.kind.accepts.replace("`", "")
    item = _item(file, point, Suggestion(field.name, needed), number, CompletionItemKind.Field, _opening(field, point))
    item.documentation = MarkupContent(MarkupKind.Markdown, field_text(field))
    item.sort_text = f"{'1' if point.value else '0'}{number:04}"
    return item


def _opening(field: Field, point: InsertionPoint) -> str:
    """Return what follows a field's name: only a colon if its value starts on the next line."""
    several = isinstance(field.kind, Entries | One | Accepted | Severities | Units)
    return ":" if several and not point.flow else ": "


def _values(file: JournalFile, point: InsertionPoint, facts: JournalFacts) -> list[CompletionItem]:
    """Return the values of the field, without those already in its list."""
    meaning = file.meaning(point.path)
    if meaning is None:
        return []
    suggestions = values_for(meaning, file, facts)
    if meaning.field.kind.is_list and not meaning.rest:
        suggestions = [each for each in suggestions if each.value not in _listed(file, point)]
    return [_item(file, point, each, number, CompletionItemKind.Value) for number, each in enumerate(suggestions)]


def _listed(file: JournalFile, point: InsertionPoint) -> set[str]:
    """Return the values already in the list, except the one being typed."""
    top = next((number for number, step in enumerate(point.path) if isinstance(step, int)), len(point.path))
    return {
        each.text
        for each in file.outline.tokens
        if each.path[:top] == point.path[:top] and not (each.line == point.line and each.start == point.start)
    }


def _item(
    file: JournalFile,
    point: InsertionPoint,
    suggestion: Suggestion,
    number: int,
    kind: CompletionItemKind,
    after: str = "",
) -> CompletionItem:
    """Return one completion item. Its filter text starts like the text that it replaces: with the quote, if any."""
    new = written(suggestion.value, point.quote, point.flow)
    if after and _has_colon(file, point):
        after = ""
    found_by = " ".join(dict.fromkeys((point.quote + suggestion.value, suggestion.search))).strip()
    return CompletionItem(
        label=suggestion.value,
        label_details=CompletionItemLabelDetails(description=suggestion.detail) if suggestion.detail else None,
        detail=suggestion.detail or None,
        kind=kind,
        sort_text=f"0{number:04}",
        filter_text=found_by,
        text_edit=TextEdit(file.text.range(point.line, point.start, point.stop), f"{point.separator}{new}{after}"),
    )


def _has_colon(file: JournalFile, point: InsertionPoint) -> bool:
    return file.text.line(point.line)[point.stop :].lstrip().startswith(":")


def written(value: str, quote: str = "", flow: bool = False) -> str:
    """Return a value as YAML, in the quotes already begun, or without quotes if it needs none."""
    if quote == "'":
        return "'" + value.replace("'", "''") + "'"
    if quote or not _is_plain(value, flow):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return value


def _is_plain(value: str, flow: bool) -> bool:
    """Return whether YAML reads a value without quotes as the same text."""
    if not _PLAIN.fullmatch(value) or value != value.strip() or ": " in value or " #" in value or value.endswith(":"):
        return False
    return not (flow and any(letter in value for letter in ",[]{}"))
