"""From `cpd.yaml` to the member."""

from datetime import date
from typing import Any

from cpdkit.dates.period import parse_period
from cpdkit.diagnostics import Diagnostic
from cpdkit.errors import UsageError
from cpdkit.journal.field_reader import read_fields
from cpdkit.journal.fields import MEMBER
from cpdkit.journal.front_matter_warnings import note_unseen
from cpdkit.journal.positions import Spans
from cpdkit.journal.problems import Problems
from cpdkit.journal.records import Member
from cpdkit.text.faults import Unreadable
from cpdkit.text.source import Source, odd_characters
from cpdkit.text.yaml import Mapping, parse

SOME_DAY = date(2026, 1, 1)
"""Whether a text names a period does not depend on the day."""


def read_member(source: Source) -> tuple[Member | None, tuple[str, ...], list[Diagnostic]]:
    """The member, the patterns of files to ignore (also where there is no member), and every problem."""
    to = Problems(source)
    to.faults(odd_characters(source, len(source.text)))
    if to.errors:
        return None, (), to.found
    try:
        mapping = parse(source.text)
    except Unreadable as error:
        to.faults(error.faults)
        return None, (), to.found
    note_unseen(source.text, mapping, MEMBER, to)
    values = read_fields(MEMBER, mapping, to)
    ignore = tuple(pattern for pattern in values.get("ignore") or () if pattern)
    _settle(values, mapping, to)
    return (None if to.errors else Member(spans=Spans(source.text, {}), **values)), ignore, to.found


def _settle(values: dict[str, Any], mapping: Mapping, to: Problems) -> None:
    """Make the CPD year's first day two numbers, and see whether the default period is one."""
    if first := values.get("year_start"):
        month, day = first.split("-")
        values["year_start"] = (int(month), int(day))
    if said := values.get("default_period"):
        try:
            parse_period(said, SOME_DAY, values.get("year_start") or (1, 1))
        except UsageError as error:
            to.add("CPD703", mapping.values["period"], str(error), hint=error.hint)
