"""Rows of a journal's own export, known by their path: whether they say what the journal says."""

from collections.abc import Iterable, Mapping, Sequence

from cpdkit.exchange.incoming import Row
from cpdkit.exchange.matching import Matching
from cpdkit.exchange.rows import PARTS, cell_text
from cpdkit.exchange.values import BadCell, Values, values_of
from cpdkit.journal.records import Activity
from cpdkit.journal.table import OWN


def differences(
    activity: Activity,
    values: Values,
    headers: Sequence[str],
    matching: Matching,
    instead: Mapping[str, str],
    objectives: Iterable[str],
) -> tuple[str, ...]:
    """The fields in which a row's values differ from an activity, `body` among them; both read in the same way.

    `headers`, `matching`, `instead` and `objectives` are those by which the row was read.
    """
    row = Row(activity.path, tuple(_shown(activity, target) for target in matching.targets()))
    try:
        there = values_of(row, headers, matching, instead, objectives)
    except BadCell as error:
        return tuple(header for header, _ in error.faults)
    names = [*there.fields, *(name for name in values.fields if name not in there.fields)]
    found = [name for name in names if there.fields.get(name) != values.fields.get(name)]
    return (*found, "body") if there.body != values.body else tuple(found)


def _shown(activity: Activity, target: str) -> str:
    """What an export shows of an activity in a column, as a table's reader hands it on."""
    if target.startswith(OWN):
        return activity.own.get(target, "")
    return cell_text(PARTS[target](activity)) if target in PARTS else ""
