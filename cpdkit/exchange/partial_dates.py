"""Dates that name more than a day, or a day in another form: `May 2025`, `Q2 2025`, `12-14 May 2025`, `45800`.

They give the best span of days. Whoever uses it marks the record as a draft and keeps the original words.
"""

import re
from datetime import date, timedelta

from cpdkit.dates.grammar import NAME, ORDINAL, calendar_day, month_length, month_number
from cpdkit.dates.partial import days_of_part
from cpdkit.dates.period import parse_period
from cpdkit.errors import UsageError

Span = tuple[date, date]
_TO = r"\s*(?:-|–|—|/|&|\+|to|until|till|and|bis)\s*"
_ANY_DAY = date(2000, 1, 1)
"""The date that relative words would refer to; texts with such words are not read."""
_RELATIVE = re.compile(r"cpd|last|past|previous|this|next|since|from|until|till|up to|\.\.", re.IGNORECASE)
_YEAR = re.compile(r"\d{4}")
_DAYS_OF_MONTH = re.compile(
    rf"(\d{{1,2}}){ORDINAL}{_TO}(\d{{1,2}}){ORDINAL}[ .-]+({NAME})\.?,?[ -]*(\d{{4}})", re.IGNORECASE
)
_MONTH_DAYS = re.compile(rf"({NAME})\.? (\d{{1,2}}){ORDINAL}{_TO}(\d{{1,2}}){ORDINAL},? *(\d{{4}})", re.IGNORECASE)
_TWO_MONTHS = re.compile(
    rf"(?:(\d{{1,2}}){ORDINAL} )?({NAME})\.?{_TO}(?:(\d{{1,2}}){ORDINAL} )?({NAME})\.?,? *(\d{{4}})", re.IGNORECASE
)
_ISO_DAYS = re.compile(rf"(\d{{4}})-(\d{{2}})-(\d{{2}}){_TO}(?:(\d{{2}})-)?(\d{{1,2}})", re.IGNORECASE)
_SHORT_MONTH = re.compile(rf"({NAME})[-'’]+(\d{{2}})", re.IGNORECASE)
_YEAR_MONTH = re.compile(rf"(\d{{4}})[ /.-]+(?:({NAME})|(\d{{1,2}}))", re.IGNORECASE)
_MONTH_YEAR = re.compile(rf"(?:({NAME})\.?|(\d{{1,2}}))[ ,/.-]+(\d{{4}})", re.IGNORECASE)
_QUARTER = re.compile(
    r"(?:(\d{4})[ /-]*)?(?:q([1-4])|([1-4])(?:st|nd|rd|th) quarter(?: of)?)(?:[ ,/-]*(\d{4}))?", re.IGNORECASE
)
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
_SERIAL_START = date(1899, 12, 30)
_SERIALS = range(25_569, 73_051)
"""Spreadsheets' numbers of the days from 1970 to 2099."""


def part_named(text: str) -> str | None:
    """Return a text that names a whole year or month in the form of the files: `2016`, `2016-07`. None for others."""
    span = span_of(text)
    forms = (f"{span[0]:%Y}", f"{span[0]:%Y-%m}") if span else ()
    return next((form for form in forms if days_of_part(form) == span), None)


def span_of(text: str) -> Span | None:
    """Return the first and the last day that a partial date can mean; None for another text."""
    plain = " ".join(text.split())
    readers = (_days_of_month, _iso_days, _two_months, _month, _quarter, _serial, _period)
    spans = (reader(plain) for reader in readers)
    return next((span for span in spans if span and span[0] <= span[1]), None)


def _span(first: date | None, last: date | None) -> Span | None:
    return (first, last) if first and last else None


def _days_of_month(text: str) -> Span | None:
    if match := _DAYS_OF_MONTH.fullmatch(text):
        first, last, name, year = match.groups()
    elif match := _MONTH_DAYS.fullmatch(text):
        name, first, last, year = match.groups()
    else:
        return None
    month = month_number(name)
    return _span(calendar_day(int(year), month, int(first)), calendar_day(int(year), month, int(last)))


def _iso_days(text: str) -> Span | None:
    match = _ISO_DAYS.fullmatch(text)
    if match is None:
        return None
    year, month, day = (int(part) for part in match.group(1, 2, 3))
    return _span(calendar_day(year, month, day), calendar_day(year, int(match[4] or month), int(match[5])))


def _two_months(text: str) -> Span | None:
    """`May-June 2025`, `28 Feb - 2 March 2025`, `Dec to Jan 2026`."""
    match = _TWO_MONTHS.fullmatch(text)
    if match is None or bool(match[1]) != bool(match[3]):
        return None
    first, last, year = month_number(match[2]), month_number(match[4]), int(match[5])
    if not first or not last:
        return None
    start = calendar_day(year - (first > last), first, int(match[1] or 1))
    return _span(start, calendar_day(year, last, int(match[3] or month_length(year, last))))


def _month(text: str) -> Span | None:
    """`May 2025`, `Mar-25`, `2025-06`, `06/2025`."""
    if match := _SHORT_MONTH.fullmatch(text):
        year, month = 2000 + int(match[2]), month_number(match[1])
    elif match := _YEAR_MONTH.fullmatch(text):
        year, month = int(match[1]), month_number(match[2]) if match[2] else int(match[3])
    elif match := _MONTH_YEAR.fullmatch(text):
        year, month = int(match[3]), month_number(match[1]) if match[1] else int(match[2])
    else:
        return None
    if not 1 <= month <= 12 or not year:
        return None
    return _span(calendar_day(year, month, 1), calendar_day(year, month, month_length(year, month)))


def _quarter(text: str) -> Span | None:
    match = _QUARTER.fullmatch(text)
    if match is None or bool(match[1]) == bool(match[4]):
        return None
    year, last = int(match[1] or match[4]), 3 * int(match[2] or match[3])
    return _span(calendar_day(year, last - 2, 1), calendar_day(year, last, month_length(year, last)))


def _serial(text: str) -> Span | None:
    match = _SERIAL.fullmatch(text)
    if match is None or int(match[1]) not in _SERIALS:
        return None
    day = _SERIAL_START + timedelta(int(match[1]))
    return day, day


def _period(text: str) -> Span | None:
    """Other periods with a year, such as `2025`, `H1 2025` and `2025-W07`."""
    if _RELATIVE.search(text) or not _YEAR.search(text):
        return None
    try:
        period = parse_period(text, _ANY_DAY)
    except UsageError:
        return None
    # A single day is not partial, and was refused as a date before.
    return None if period.start == period.last else _span(period.start, period.last)
