"""Confirm the drafts of an earlier import together: those whose rows have every value, and none that is a guess."""

from collections.abc import Mapping
from dataclasses import dataclass

from cpdkit.exchange.adopt import Existing, row_keys
from cpdkit.exchange.column_matching import Matching
from cpdkit.exchange.earlier_imports import has_changed, keys_in
from cpdkit.exchange.imports.table import ImportedTable
from cpdkit.exchange.rows import BadRow, RowValues, read_row
from cpdkit.journal.values import Status


@dataclass(frozen=True, slots=True)
class Confirmation:
    """The paths of the drafts that a table became: `complete` ones, and those with missing or guessed values."""

    complete: tuple[str, ...]
    incomplete: tuple[str, ...]


def confirmation(
    table: ImportedTable, matching: Matching, existing: Existing, defaults: Mapping[str, str]
) -> Confirmation:
    """Return which drafts of an earlier import of a table can be confirmed. Nothing is written."""
    drafts = {
        key: (activity, mark)
        for activity in existing.activities.values()
        if activity.status is Status.DRAFT
        for key, mark in keys_in(activity).items()
    }
    is_complete: dict[str, bool] = {}
    for row, key in zip(table.rows, row_keys(table.rows), strict=True):
        draft, mark = drafts.get(key, (None, ""))
        if draft:
            try:
                values = read_row(row, table.headers, matching, defaults, existing.objectives)
            except BadRow:
                values = None
            fits = values is not None and draft.minutes > 0 and _is_certain(values)
            fits = fits and not has_changed(row, mark, matching.targets())
            is_complete[draft.path] = is_complete.get(draft.path, True) and fits
    return Confirmation(
        tuple(path for path, fits in is_complete.items() if fits),
        tuple(path for path, fits in is_complete.items() if not fits),
    )


def _is_certain(values: RowValues) -> bool:
    """Return whether a row has a type and hours, is not planned, and has no guess."""
    fields = values.fields
    has_hours = "sessions" in fields or fields.get("hours", "0") != "0"
    return "type" in fields and has_hours and fields.get("status") != "planned" and not values.doubts
