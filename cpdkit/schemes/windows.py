"""The windows of time over which requirements count: periods, the years up to a period's end, and its years."""

from collections.abc import Iterator
from datetime import date, timedelta

from cpdkit.dates.period import Period
from cpdkit.dates.period_words import months_later
from cpdkit.schemes.rules import Anchor, PeriodRule, Rules

YEAR = 12
"""Months."""
_FIRST_CYCLE = 2000
"""The year in which periods of several years begin by default."""


def period_of(rule: PeriodRule, day: date, since: date | None = None) -> Period:
    """Return the period that contains a date. `since` is the date on which the member joined the scheme.

    A period that starts on 29 February starts on 1 March in other years.
    """
    months = rule.years * YEAR
    if rule.starts is Anchor.ROLLING:
        stop = day + timedelta(1)
        return Period(months_later(stop, -months), stop)
    anchor = _anchor(rule, since)
    number = ((day.year - anchor.year) * YEAR + day.month - anchor.month) // months
    while months_later(anchor, number * months) > day:
        number -= 1
    while months_later(anchor, (number + 1) * months) <= day:
        number += 1
    return Period(months_later(anchor, number * months), months_later(anchor, (number + 1) * months))


def _anchor(rule: PeriodRule, since: date | None) -> date:
    """Return a date on which a period starts."""
    if isinstance(rule.starts, Anchor):
        return since or date(_FIRST_CYCLE, 1, 1)
    month, day = rule.starts
    year = rule.cycle or (since.year if since and rule.years > 1 else _FIRST_CYCLE)
    return date(year, month, day)


def rules_on(all_rules: tuple[Rules, ...], day: date, since: date | None = None) -> Rules | None:
    """Return the rules of the period that contains a date; None before the first rules."""
    for rules in all_rules:
        start = period_of(rules.period, day, since).start
        if start and (rules.start is None or start >= rules.start) and (rules.stop is None or start < rules.stop):
            return rules
    return None


def years_before(period: Period, years: int) -> Period:
    """Return the years up to a period's end."""
    assert period.stop
    return Period(months_later(period.stop, -years * YEAR), period.stop)


def years_in(period: Period) -> Iterator[Period]:
    """Yield the years of a period, from its start. The last one may be short."""
    start = period.start
    while start and period.stop and start < period.stop:
        stop = min(months_later(start, YEAR), period.stop)
        yield Period(start, stop)
        start = stop


def months_in(period: Period) -> Iterator[date]:
    """Yield the first day of each month of a period, counted from its start."""
    number = 0
    while period.start and period.stop and (day := months_later(period.start, number)) < period.stop:
        yield day
        number += 1


def whole_months(first: date, last: date) -> int:
    """Return the number of whole months between two dates."""
    months = (last.year - first.year) * YEAR + last.month - first.month
    return months if months_later(first, months) <= last else months - 1
