"""Today's date and the time that documents carry: the one place that asks what time it is."""

import os
from collections.abc import Mapping
from datetime import date

from cpdkit.errors import UsageError

LAST_SECOND = 253_402_300_799
"""The last second of the year 9999, in seconds since 1970."""


def today(environment: Mapping[str, str] = os.environ) -> date:
    """`$CPD_TODAY` if it is set, else the system's date. Raises UsageError for what isn't a day."""
    said = environment.get("CPD_TODAY", "").strip()
    if not said:
        return date.today()
    try:
        return _iso_day(said)
    except ValueError:
        raise UsageError(f'CPD_TODAY is "{said}", which is not a day', "write it as 2026-03-14, or unset it") from None


def source_date_epoch(environment: Mapping[str, str] = os.environ) -> int | None:
    """`$SOURCE_DATE_EPOCH`, in seconds since 1970; None where it isn't set. Raises UsageError for no number."""
    said = environment.get("SOURCE_DATE_EPOCH", "").strip()
    if not said:
        return None
    if said.isascii() and said.isdigit() and len(said) <= len(str(LAST_SECOND)) and int(said) <= LAST_SECOND:
        return int(said)
    raise UsageError(
        f'SOURCE_DATE_EPOCH is "{said}", which is not a number of seconds since 1970',
        "set it to one, such as 1767225600, or unset it",
    )


def _iso_day(text: str) -> date:
    day = date.fromisoformat(text)
    if day.isoformat() != text:
        raise ValueError
    return day
