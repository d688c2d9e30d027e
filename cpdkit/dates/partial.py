"""A year, a month or a day in one form: `2016`, `2016-07`, `2016-07-08`."""

import re
from datetime import date, timedelta

_PART = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


def days_of_part(text: str) -> tuple[date, date] | None:
    """Return the first and the last day of a year, a month or a day; None for any other text.

    >>> days_of_part("2016-02")
    (datetime.date(2016, 2, 1), datetime.date(2016, 2, 29))
    """
    if not _PART.fullmatch(text):
        return None
    try:
        first = date.fromisoformat((text + "-01-01")[:10])
        if len(text) == 10:
            return first, first
        stop = first.replace(year=first.year + 1) if len(text) == 4 else (first + timedelta(31)).replace(day=1)
    except ValueError:
        return None
    return first, stop - timedelta(1)
