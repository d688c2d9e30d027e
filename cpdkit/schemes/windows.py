"""The windows of time over which requirements count: periods, the years up to a period's end, and its years."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count

from cpdkit.dates.period import Period
from cpdkit.dates.period_words import months_later
from cpdkit.schemes.rules import Anchor, PeriodRule, Requirement, Rules, Window

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


def window_of(window: Window, period: Period) -> Period:
    """Return the years of a window up to a period's end; nothing before its first day.

    Before that day it is the window's first years.
    """
    years = years_before(period, window.years)
    assert years.start and years.stop
    if window.start and window.start >= years.stop:
        return Period(window.start, months_later(window.start, window.years * YEAR))
    if window.start and years.start < window.start < years.stop:
        return Period(window.start, years.stop)
    return years


def runs_in(period: Period, years: int, since: date | None) -> list[Period]:
    """Return each run of so many years whose last year is in a period. None begins before the member joined."""
    stops = [year.stop for year in years_in(period) if year.stop]
    runs = [Period(months_later(stop, -years * YEAR), stop) for stop in stops]
    return [run for run in runs if run.start and (since is None or run.start >= since)]


def first_run(period: Period, years: int, since: date) -> Period:
    """Return the first run of so many years, from a period on, that begins after the member joined."""
    assert period.start
    starts = (months_later(period.start, number * YEAR) for number in count())
    start = next(day for day in starts if day >= since)
    return Period(start, months_later(start, years * YEAR))


def due_in(requirement: Requirement, rule: PeriodRule, window: Period) -> date:
    """Return the day by which a declaration for a window is due."""
    assert window.start and window.last
    if requirement.by:
        return _next(requirement.by, window.start)
    return _next(rule.record_by, window.last + timedelta(1)) if rule.record_by else window.last


def record_by(rule: PeriodRule, period: Period) -> date | None:
    """Return the last day for recording what was done in a period, if that is later than its end."""
    return _next(rule.record_by, period.stop) if rule.record_by and period.stop else None


def _next(day: tuple[int, int], first: date) -> date:
    """Return the first such (month, day) on or after a date."""
    this_year = date(first.year, *day)
    return this_year if this_year >= first else date(first.year + 1, *day)


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
