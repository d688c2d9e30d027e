"""Hours, amounts and counts as a document prints them: `7.5 h`, `5 min`, `1,247.33 h`."""

from fractions import Fraction

from cpdkit.dates.hours import HOUR, Minutes, format_hours
from cpdkit.documents.templating.labels import Labels
from cpdkit.schemes import standing


def number(labels: Labels, minutes: Minutes) -> str:
    """Return hours for a column of hours: `7.5`; less than an hour that hours cannot show exactly as `5 min`."""
    if 0 < minutes < HOUR and minutes * 100 % HOUR:
        return labels("values.minutes", n=minutes)
    return labels.grouped(format_hours(minutes))


def hours(labels: Labels, minutes: Minutes) -> str:
    """Return hours with their unit: `7.5 h`, `5 min`."""
    shown = number(labels, minutes)
    return labels("values.hours", hours=shown) if _is_number(shown) else shown


def part_of(labels: Labels, part: Minutes, whole: Minutes) -> str:
    """Return a part of hours: `3.5 of 7 h`, `5 min of 7 h`."""
    shown = number(labels, part)
    if not _is_number(number(labels, whole)):
        shown = hours(labels, part)
    return labels("values.hours_of", part=shown, whole=hours(labels, whole))


def amount(labels: Labels, value: Fraction) -> str:
    """Return an amount of any unit: `1,247.33`."""
    return labels.grouped(standing.amount(value))


def _is_number(shown: str) -> bool:
    return shown[-1:].isdecimal()
