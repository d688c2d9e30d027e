"""Today's date and the date of documents. No other module reads the clock."""

import os
import time
from collections.abc import Mapping
from datetime import date, timedelta

from cpdkit.errors import UsageError

FIRST_YEAR, LAST_YEAR = 1900, 2100
"""A date outside these years is a typing error. Within them, no sum of dates leaves the calendar of Python."""
LAST_SECOND = 253_402_300_799
"""The last second of the year 9999, in seconds since 1970."""


def today(environment: Mapping[str, str] = os.environ) -> date:
    """Return `$CPD_TODAY` if it is set, otherwise the system's date.

    Raises UsageError if it is not a date from `FIRST_YEAR` to `LAST_YEAR`.
    """
    value = environment.get("CPD_TODAY", "").strip()
    if not value:
        return _bounded(date.today(), "the date of this system", "correct it, or set CPD_TODAY")
    try:
        day = date.fromisoformat(value)
        if day.isoformat() != value:
            raise ValueError
    except ValueError:
        raise UsageError(f'CPD_TODAY is "{value}", which is not a date', "write 2026-03-14, or unset it") from None
    return _bounded(day, "CPD_TODAY", "write 2026-03-14, or unset it")


def now() -> float:
    """Return the system's time, in seconds since 1970. Use it for the age of files, never for a journal."""
    return time.time()


def source_date_epoch(environment: Mapping[str, str] = os.environ) -> int | None:
    """Return `$SOURCE_DATE_EPOCH`, in seconds since 1970, or None. Raises UsageError if it is not a number."""
    value = environment.get("SOURCE_DATE_EPOCH", "").strip()
    if not value:
        return None
    if value.isascii() and value.isdigit() and len(value) <= len(str(LAST_SECOND)) and int(value) <= LAST_SECOND:
        return int(value)
    raise UsageError(
        f'SOURCE_DATE_EPOCH is "{value}", which is not a number of seconds since 1970',
        "set it to a number such as 1767225600, or unset it",
    )


def document_day(environment: Mapping[str, str] = os.environ) -> date:
    """Return the date that documents use: `$CPD_TODAY`, otherwise that of `$SOURCE_DATE_EPOCH`, otherwise today.

    A document that is built again with the same epoch is the same. Raises UsageError.
    """
    epoch = source_date_epoch(environment)
    if epoch is None or environment.get("CPD_TODAY", "").strip():
        return today(environment)
    day = date(1970, 1, 1) + timedelta(seconds=epoch)
    return _bounded(day, "SOURCE_DATE_EPOCH", "set it to a number such as 1767225600, or unset it")


def _bounded(day: date, source: str, hint: str) -> date:
    if FIRST_YEAR <= day.year <= LAST_YEAR:
        return day
    raise UsageError(f"{source} is {day}, which is not between the years {FIRST_YEAR} and {LAST_YEAR}", hint)
