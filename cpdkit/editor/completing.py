"""What may be written at a place: the fields not given yet, and the values of a field."""

import re

from lsprotocol.types import (
    CompletionItem,
    CompletionItemKind,
    CompletionItemLabelDetails,
    MarkupContent,
    MarkupKind,
    TextEdit,
)

from cpdkit.editor.known import Known
from cpdkit.editor.meanings import field_said
from cpdkit.editor.offering import Offer, is_list, keys_for, values_for
from cpdkit.editor.page import Page, fields_of
from cpdkit.editor.spot import Spot, spot_at
from cpdkit.journal.compound import Entries, One, Units
from cpdkit.journal.settings import Accepted, Severities
from cpdkit.journal.table import Field

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
    if is_list(found.field.kind) and not found.rest:
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
