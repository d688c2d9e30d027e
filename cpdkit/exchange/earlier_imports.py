"""Rows of an earlier import that have other values now: found by their key, or by their day and title.

`x-imported` has the key of a row. If the source names its rows (a calendar event's UID), a mark of the cells follows.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cpdkit.exchange.export_columns import PARTS, SEPARATOR, cell_text
from cpdkit.exchange.imports.table import ImportedRow
from cpdkit.journal.declarations import IMPORTED, OWN
from cpdkit.journal.records import Activity, Post, Qualification
from cpdkit.text.names import composed

_BETWEEN = "-"
_OWN_STATE = frozenset(["status", IMPORTED])
"""Fields that change in the journal, not in the source."""
_LISTS = frozenset(["objectives", "competences", "topics", "skills", "evidence"])


def keys_in(record: Activity | Post | Qualification) -> dict[str, str]:
    """Return the keys of the rows that became a record, each with the mark of its cells, empty if unknown."""
    parts = (text.partition(_BETWEEN) for text in record.own.get(IMPORTED, "").split())
    return {key: mark for key, _, mark in parts}


def with_mark(key: str, row: ImportedRow, targets: Sequence[str]) -> str:
    """Return the text of `x-imported` for a row. The key of a row without a name is already made of its cells."""
    return f"{key}{_BETWEEN}{_mark(row, targets)}" if row.key else key


def has_changed(row: ImportedRow, mark: str, targets: Sequence[str]) -> bool:
    """Return whether the cells of a row differ from those with a mark; an unknown mark shows nothing."""
    return bool(row.key and mark) and mark != _mark(row, targets)


def _mark(row: ImportedRow, targets: Sequence[str]) -> str:
    """Return a short hash of the cells that are imported."""
    cells = sorted(
        f"{target}\x1e{' '.join(cell.split())}"
        for target, cell in zip(targets, row.cells, strict=True)
        if target != "skip" and cell.strip()
    )
    return hashlib.sha256("\x1f".join(cells).encode("utf-8", "surrogatepass")).hexdigest()[:8]


@dataclass(frozen=True, slots=True)
class EarlierImports:
    """Imported activities by the keys of their rows, and by day and title those whose rows are not in the file."""

    by_key: Mapping[str, tuple[Activity, str]]
    by_name: Mapping[tuple[date, str], Activity]

    def changed(self, row: ImportedRow, key: str, targets: Sequence[str]) -> Activity | None:
        """Return the activity of a row that has other cells than when it was imported."""
        activity, mark = self.by_key.get(key, (None, ""))
        return activity if has_changed(row, mark, targets) else None

    def namesake(self, row: ImportedRow, made: Activity) -> Activity | None:
        """Return an activity of the same day and title, from a row that is no longer in the file."""
        return None if row.key else self.by_name.get(_name(made))


def earlier_imports(activities: Iterable[Activity], keys: Iterable[str]) -> EarlierImports:
    """Return the imported activities; `keys` are those of the rows of the file."""
    present = frozenset(keys)
    by_key: dict[str, tuple[Activity, str]] = {}
    by_name: dict[tuple[date, str], Activity] = {}
    for activity in activities:
        marks = keys_in(activity)
        by_key |= {key: (activity, mark) for key, mark in marks.items()}
        if marks and not present.intersection(marks):
            by_name.setdefault(_name(activity), activity)
    return EarlierImports(by_key, by_name)


def _name(activity: Activity) -> tuple[date, str]:
    return activity.start, composed(activity.title).casefold()


def changed_fields(activity: Activity, made: Activity, names: Iterable[str]) -> tuple[str, ...]:
    """Return which of the fields of a row, as the activity `made`, differ from an activity; also `body`.

    What the owner added to the activity does not count.
    """
    differing = [name for name in names if name not in _OWN_STATE and not _agrees(activity, made, name)]
    is_kept = " ".join(made.body.split()) in " ".join(activity.body.split())
    return (*differing, *([] if is_kept else ["body"]))


def _agrees(activity: Activity, made: Activity, name: str) -> bool:
    current, value = _shown(activity, name), _shown(made, name)
    return current == value or (name in _LISTS and set(value.split(SEPARATOR)) <= set(current.split(SEPARATOR)))


def _shown(activity: Activity, name: str) -> str:
    if name.startswith(OWN):
        return activity.own.get(name, "")
    return cell_text(PARTS[name](activity)) if name in PARTS else ""
