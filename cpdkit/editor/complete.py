"""The values that a field may have in this journal: fixed words, names of other files, what was written before."""

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
from cpdkit.editor.hover import LEVEL_SAYS, WORD_SAYS, field_said
from cpdkit.editor.journal_facts import Known, used
from cpdkit.editor.outline import Outline, Path, Token
from cpdkit.editor.page import Meaning, Page, fields_of
from cpdkit.journal.codes import is_fixed
from cpdkit.journal.compound_types import (
    SEVERITIES,
    Accepted,
    Competences,
    Entries,
    One,
    Severities,
    Units,
)
from cpdkit.journal.date_types import Day, Year
from cpdkit.journal.field_types import Choice, Flag, Items, Kind
from cpdkit.journal.fields import Field
from cpdkit.journal.values import LEVELS

MOST = 500
"""More than these help nobody who chooses from a list."""
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Offer(NamedTuple):
    """One value: what is written, what is shown beside it, and more to find it by."""

    value: str
    detail: str = ""
    search: str = ""


def values_for(found: Meaning, page: Page, known: Known) -> list[Offer]:
    """What the value of a field may be."""
    kind = found.field.kind
    if found.rest:
        return _of_mapping(kind)
    if source := _SOURCES.get(found.names):
        return list(source(known))[:MOST]
    if isinstance(kind, Items):
        kind = kind.kind
    if isinstance(kind, Choice):
        return [Offer(word, WORD_SAYS.get((found.names[-1], word), "")) for word in kind.options]
    if isinstance(kind, Flag):
        return [Offer("true"), Offer("false")]
    if isinstance(kind, Day):
        return list(_days(found.names, page, known.day))
    return [Offer(str(known.day.year - 1)), Offer(str(known.day.year))] if isinstance(kind, Year) else []


def keys_for(found: Meaning, page: Page, known: Known) -> list[Offer]:
    """What the keys of a mapping may be that has no fields: codes of competences or of diagnostics."""
    kind = found.field.kind
    if found.rest:
        return []
    if isinstance(kind, Competences):
        return list(_competences(known))[:MOST]
    if isinstance(kind, Accepted):
        return _codes(each.code for each in known.diagnostics(page.path))
    return _codes() if isinstance(kind, Severities) else []


def _of_mapping(kind: Kind) -> list[Offer]:
    if isinstance(kind, Competences):
        return [Offer(level, LEVEL_SAYS[level]) for level in LEVELS]
    return [Offer(word) for word in SEVERITIES.options] if isinstance(kind, Severities) else []


def _competences(known: Known) -> Iterable[Offer]:
    """The codes that may be claimed, those claimed before first."""
    titles = known.words.competences
    before = used(each.competences for each in known.activities)
    for code in dict.fromkeys((*before, *titles)):
        yield Offer(code, titles.get(code, ""), titles.get(code, ""))


def _objectives(known: Known) -> Iterable[Offer]:
    """The objectives, the open ones first."""
    some = known.objectives.values()
    for each in sorted(some, key=lambda each: (each.status != "open", each.id)):
        yield Offer(each.id, f"{each.title} ({each.status})", each.title)
    for name in sorted(known.listing.objectives - known.objectives.keys()):
        yield Offer(name)


def _topics(known: Known) -> Iterable[Offer]:
    """The topics that cpd.yaml allows; where it allows any, those used and those that the member's schemes ask for."""
    if known.words.topics:
        return [Offer(topic, "in cpd.yaml") for topic in known.words.topics]
    schemes = [known.words.scheme(name) for name in known.words.followed]
    asked = {topic: scheme.label for scheme in schemes if scheme for topic in scheme.topics}
    before = used(each.topics for each in known.activities)
    return [Offer(topic, asked.get(topic, "")) for topic in dict.fromkeys((*before, *asked))]


def _evidence(known: Known) -> Iterable[Offer]:
    """The evidence, what no activity names first, then the newest name first."""
    named = {path for each in known.activities for path in each.evidence}
    for path in sorted(sorted(known.listing.evidence, reverse=True), key=lambda path: path in named):
        yield Offer(path, "used already" if path in named else "")


def _frameworks(known: Known) -> Iterable[Offer]:
    return [Offer(name, each.title, each.title) for name, each in known.words.frameworks.items()]


def _schemes(known: Known) -> Iterable[Offer]:
    for name in known.words.scheme_ids:
        scheme = known.words.scheme(name)
        yield Offer(name, scheme.body if scheme else "", scheme.title if scheme else "")


def _said(name: str) -> Callable[[Known], Iterable[Offer]]:
    """What one field of the activities says."""
    return lambda known: [Offer(value) for value in used((getattr(each, name),) for each in known.activities)]


_SOURCES: Mapping[tuple[str, ...], Callable[[Known], Iterable[Offer]]] = MappingProxyType(
    {
        ("competences",): _competences,
        ("objectives",): _objectives,
        ("topics",): _topics,
        ("evidence",): _evidence,
        ("evidence", "path"): _evidence,
        ("frameworks",): _frameworks,
        ("schemes",): _schemes,
        ("schemes", "scheme"): _schemes,
        ("provider",): _said("provider"),
        ("location",): _said("location"),
        ("role",): _said("role"),
    }
)


def _codes(first: Iterable[str] = ()) -> list[Offer]:
    """The codes that may be set or accepted; those that the file has come first."""
    codes = [code for code in dict.fromkeys((*first, *CODES)) if code in CODES and not is_fixed(code)]
    return [Offer(code, CODES[code].title, CODES[code].title) for code in codes]


def _days(names: tuple[str, ...], page: Page, today: date) -> Iterable[Offer]:
    """The days that are likely: the one in the file's name, the activity's own, today and yesterday."""
    in_name = _DAY.search(page.path.rpartition("/")[2])
    start = next(iter(page.outline.values_of(("start",)) or page.outline.values_of(("date",))), "")
    likely = {
        in_name[0] if in_name and names != ("end",) else "": "in the file's name",
        start if names != ("start",) and _DAY.fullmatch(start) else "": "the start",
        str(today): "today",
        str(today - timedelta(days=1)): "yesterday",
    }
    return [Offer(day, said, said) for day, said in likely.items() if day]


class Spot(NamedTuple):
    """Where something is being typed. `path` is the value's, or that of the mapping whose key it is.

    `start` and `stop` are the columns of what a proposal replaces. `glue` goes before it (a blank behind a colon).
    """

    path: Path
    key: bool
    value: bool
    typed: str
    line: int
    start: int
    stop: int
    quote: str = ""
    glue: str = ""
    flow: bool = False


def spot_at(page: Page, line: int, column: int) -> Spot | None:
    """What is being typed at a place; None where nothing of ours is: in the body, a comment or a long text."""
    if page.table is None or not page.in_front(line):
        return None
    said = page.text.line(line)[:column]
    state = page.outline_to(line, column)
    if state.in_comment:
        return None
    begun = typed_token(state, line, said)
    if begun:
        return _begun(page, state, begun, said)
    return _fresh(state, line, said)


def typed_token(state: Outline, line: int, said: str) -> Token | None:
    """The token that the place is in or at the end of."""
    last = state.tokens[-1] if state.tokens else None
    if last is None or last.line != line:
        return None
    rest = said[last.stop :]
    if rest.strip() or (rest and (last.key or said[last.start] in "\"'")):
        return None
    closed = said[last.start : last.start + 1] in ("'", '"') and len(said[last.start : last.stop]) > 1
    return None if closed and said[last.stop - 1] == said[last.start] else last


def _begun(page: Page, state: Outline, token: Token, said: str) -> Spot:
    whole = page.outline.at(token.line, token.start)
    stop = whole.stop if whole and whole.start == token.start else len(said)
    quote = said[token.start] if said[token.start] in "\"'" else ""
    path = token.path[:-1] if token.key else token.path
    # An item's first word, or one alone on a line below its key, may become a key yet.
    alone = not token.key and (isinstance(path[-1], int) or not said[: token.start].strip())
    typed = said[token.start :].removeprefix(quote)
    flow = bool(state.flows)
    return Spot(path, token.key or alone, not token.key, typed, token.line, token.start, max(stop, len(said)), quote,
                "", flow)  # fmt: skip


def _fresh(state: Outline, line: int, said: str) -> Spot | None:
    """The spot where nothing was typed yet."""
    column = len(said)
    if state.flows:
        top = state.flows[-1]
        glue = " " if said.endswith((":", ",")) else ""
        return Spot(top.newest, top.wants_key, not top.wants_key, "", line, column, column, "", glue, flow=True)
    if not said.strip():
        return _indented(state, line, column)
    if state.literal is not None or not said.rstrip().endswith((":", "-")) or not state.blocks:
        return None
    glue = "" if said.endswith((" ", "\t")) else " "
    top_block = state.blocks[-1]
    return Spot(top_block.newest, top_block.is_list, True, "", line, column, column, "", glue)


def _indented(state: Outline, line: int, column: int) -> Spot | None:
    """The spot on an empty line: a key of the mapping that its indentation belongs to."""
    if state.literal is not None and column > state.literal:
        return None
    inner = [block for block in state.blocks if block.column <= column]
    if not inner:
        return Spot((), True, False, "", line, column, column)
    top = inner[-1]
    if top.column == column and not top.is_list:
        return Spot(top.path, True, False, "", line, column, column)
    if top.is_list and top.column == column:
        # At a list's own column a key of the mapping around it may follow.
        return Spot(top.path[:-1], True, False, "", line, column, column)
    return Spot(top.newest, True, False, "", line, column, column)


TRIGGERS = (" ", ":", "[", "{", ",", "-", '"', "'")
"""What an editor asks at, beside the letters of a word."""
_PLAIN = re.compile(r"[\w./+(][^\n]*")


def completions(page: Page, line: int, column: int, known: Known | None) -> list[CompletionItem]:
    """What may be written at a place, best first; `line` and `column` in characters from 0."""
    spot = spot_at(page, line, column)
    if spot is None:
        return []
    values = _values(page, spot, known) if spot.value and known else []
    return [*values, *(_keys(page, spot, known) if spot.key else [])]


def _keys(page: Page, spot: Spot, known: Known | None) -> list[CompletionItem]:
    """The fields that the mapping doesn't have yet, those it needs first; or the codes that it may have."""
    table = fields_of(page.table, spot.path) if page.table else None
    given = _given(page, spot)
    if table is None:
        found = page.meaning(spot.path) if spot.path and isinstance(spot.path[-1], str) else None
        offers = keys_for(found, page, known) if found and known else []
        fresh = [each for each in offers if each.value not in given]
        return [_item(page, spot, each, n, CompletionItemKind.EnumMember, ": ") for n, each in enumerate(fresh)]
    taken = {table.known[name].name for name in given if name in table.known}
    fields = sorted((each for each in table.fields if each.name not in taken), key=lambda each: not each.required)
    return [_field(page, spot, each, number) for number, each in enumerate(fields)]


def _given(page: Page, spot: Spot) -> set[str]:
    """The keys that the mapping has, but for the one that is being typed."""
    return {
        each.text
        for each in page.outline.tokens
        if each.key and each.path[:-1] == spot.path and not (each.line == spot.line and each.start == spot.start)
    }


def _field(page: Page, spot: Spot, field: Field, number: int) -> CompletionItem:
    needed = "required" if field.required else field.kind.says.replace("`", "")
    item = _item(page, spot, Offer(field.name, needed), number, CompletionItemKind.Field, _opening(field, spot))
    item.documentation = MarkupContent(MarkupKind.Markdown, field_said(field))
    item.sort_text = f"{'1' if spot.value else '0'}{number:04}"
    return item


def _opening(field: Field, spot: Spot) -> str:
    """What follows a field's name: nothing but a colon where its value starts on the next lines."""
    several = isinstance(field.kind, Entries | One | Accepted | Severities | Units)
    return ":" if several and not spot.flow else ": "


def _values(page: Page, spot: Spot, known: Known) -> list[CompletionItem]:
    """The values of the field, without those that its list has already."""
    found = page.meaning(spot.path)
    if found is None:
        return []
    offers = values_for(found, page, known)
    if found.field.kind.is_list and not found.rest:
        offers = [each for each in offers if each.value not in _listed(page, spot)]
    return [_item(page, spot, each, number, CompletionItemKind.Value) for number, each in enumerate(offers)]


def _listed(page: Page, spot: Spot) -> set[str]:
    """What the list holds already, but for what is being typed."""
    top = next((number for number, step in enumerate(spot.path) if isinstance(step, int)), len(spot.path))
    return {
        each.text
        for each in page.outline.tokens
        if each.path[:top] == spot.path[:top] and not (each.line == spot.line and each.start == spot.start)
    }


def _item(
    page: Page, spot: Spot, offer: Offer, number: int, kind: CompletionItemKind, after: str = ""
) -> CompletionItem:
    """One proposal. What it is found by starts as what it replaces does: with the quote, if there is one."""
    new = written(offer.value, spot.quote, spot.flow)
    if after and _has_colon(page, spot):
        after = ""
    found_by = " ".join(dict.fromkeys((spot.quote + offer.value, offer.search))).strip()
    return CompletionItem(
        label=offer.value,
        label_details=CompletionItemLabelDetails(description=offer.detail) if offer.detail else None,
        detail=offer.detail or None,
        kind=kind,
        sort_text=f"0{number:04}",
        filter_text=found_by,
        text_edit=TextEdit(page.text.range(spot.line, spot.start, spot.stop), f"{spot.glue}{new}{after}"),
    )


def _has_colon(page: Page, spot: Spot) -> bool:
    return page.text.line(spot.line)[spot.stop :].lstrip().startswith(":")


def written(value: str, quote: str = "", flow: bool = False) -> str:
    """A value as YAML, in the quote that was begun, else in none where it needs none."""
    if quote == "'":
        return "'" + value.replace("'", "''") + "'"
    if quote or not _is_plain(value, flow):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return value


def _is_plain(value: str, flow: bool) -> bool:
    """Whether YAML reads a value without quotes as the text that it is."""
    if not _PLAIN.fullmatch(value) or value != value.strip() or ": " in value or " #" in value or value.endswith(":"):
        return False
    return not (flow and any(letter in value for letter in ",[]{}"))
