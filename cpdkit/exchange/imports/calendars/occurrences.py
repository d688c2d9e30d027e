"""When an event takes place: once, or as often as its rules, its extra days and its exceptions say.

recurring-ical-events follows the rules, on components that hold vetted days and nothing else.
"""

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import recurring_ical_events
from icalendar import Calendar
from icalendar import Event as Component
from icalendar.prop import vDDDTypes, vRecur

from cpdkit.dates.hours import Minutes
from cpdkit.errors import UsageError
from cpdkit.exchange.imports.calendars.events import Event
from cpdkit.exchange.imports.calendars.times import FIRST_YEAR, LAST_YEAR, Moment
from cpdkit.exchange.imports.calendars.zones import Home

MOST_SECONDS = 20.0
MOST_OCCURRENCES = 20_000
_NUMBER = "X-CPDKIT-NUMBER"
_DAY = timedelta(days=1)
_LEAST = timedelta(microseconds=1)


class TooMuch(UsageError):
    """A calendar whose recurrences are too many, or take too long to follow."""

    def __init__(self, what: str) -> None:
        super().__init__(what, "choose fewer days, or export a part of the calendar")


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time that an event takes place. `start` and `end` are days on the owner's calendar, the end the last one.

    `clock` orders those of a day; `key` is the day's own name in the series, whatever it was moved to.
    """

    event: Event
    start: date
    end: date
    clock: str = ""
    minutes: Minutes | None = None
    key: str = ""


class Budget:
    """How much work a file may make."""

    def __init__(self, seconds: float = MOST_SECONDS, occurrences: int = MOST_OCCURRENCES) -> None:
        self._until = time.monotonic() + seconds
        self._left = occurrences

    def spend(self, occurrences: int) -> None:
        """Note so many occurrences. Raises TooMuch."""
        self._left -= occurrences
        if self._left < 0:
            raise TooMuch(f"more than {MOST_OCCURRENCES:,} events of the calendar lie between these days")
        if time.monotonic() > self._until:
            raise TooMuch(f"reading the calendar's events takes longer than {MOST_SECONDS:g} s")


def occurrences(series: Sequence[Event], first: date, last: date, at: Home, budget: Budget) -> list[Occurrence]:
    """All occurrences of the events of one UID that lie on the days from first to last. Raises TooMuch."""
    found = [_occurrence(*each, at) for each in _starts(series, first, last, budget)]
    return [each for each in found if each.start <= last and each.end >= first]


def only_start(event: Event, at: Home) -> Iterator[Occurrence]:
    """The occurrence that an event's own start names, if it names one."""
    if event.start is not None:
        yield _occurrence(event, event.start, event.recurrence or event.start, at)


def _starts(series: Sequence[Event], first: date, last: date, budget: Budget) -> Iterator[tuple[Event, Moment, Moment]]:
    """The events with the start of each occurrence, and what it was in the series; a few days more at either end."""
    if not any(each.recurs for each in series):
        budget.spend(len(series))
        yield from ((each, each.start, each.start) for each in series if each.start is not None)
        return
    longest = max((each.length or _DAY for each in series), default=_DAY)
    longest = max([longest, *(own for each in series for own in each.own_lengths.values())])
    since = _shifted(first, -longest - 3 * _DAY)
    until = _shifted(last, 3 * _DAY)
    # The query is one for days: each kind of start is compared with it in its own way.
    found = recurring_ical_events.of(_calendar(series)).between(since, until)
    budget.spend(len(found))
    for each in found:
        event = series[int(each[_NUMBER])]
        start: Moment = each["DTSTART"].dt
        recurrence = event.recurrence if event.recurrence is not None and not event.onwards else start
        yield event, start, recurrence


def superseded(series: Sequence[Event]) -> list[Event]:
    """What stays of the events of one UID in their order: of several for the same day those of the highest sequence."""
    newest: dict[Moment | None, Event] = {}
    for each in series:
        known = newest.get(each.recurrence)
        if known is None or each.sequence >= known.sequence:
            newest[each.recurrence] = each
    return [each for each in series if newest.get(each.recurrence) is each]


def _calendar(series: Iterable[Event]) -> Calendar:
    calendar = Calendar()
    for number, event in enumerate(series):
        if event.start is not None:
            calendar.add_component(_component(event, event.start, number))
    return calendar


def _component(event: Event, start: Moment, number: int) -> Component:
    """The bare days of an event. It has no end: how long it takes is counted in UTC, not by the clock."""
    component = Component()
    component[_NUMBER] = str(number)
    component["UID"] = "series"
    component["SEQUENCE"] = event.sequence
    component.add("DTSTART", start)
    for rule in event.rules:
        component.add("RRULE", vRecur.from_ical(rule))
    if event.more:
        component.add("RDATE", event.more)
    for each in event.without:
        component.add("EXDATE", [each])
    if event.recurrence is not None:
        component["RECURRENCE-ID"] = recurrence = vDDDTypes(event.recurrence)
        if event.onwards:
            recurrence.params["RANGE"] = "THISANDFUTURE"
    return component


def _shifted(day: date, by: timedelta) -> date:
    """A day so much later, within the years that are read."""
    try:
        moved = day + by
    except OverflowError:
        moved = day
    return min(max(moved, date(FIRST_YEAR, 1, 1)), date(LAST_YEAR, 12, 31))


def _occurrence(event: Event, start: Moment, recurrence: Moment, at: Home) -> Occurrence:
    length = event.own_lengths.get(start, event.length)
    alone = not event.rules and not event.more and event.recurrence is None
    # One that stands alone is the same event wherever it is moved to.
    key = event.uid if alone or not event.uid else f"{event.uid} {_stamp(recurrence)}"
    if not isinstance(start, datetime):
        end = start + max((length or _DAY) - _DAY, timedelta(0))
        return Occurrence(event, start, end, "", event.minutes, key)
    local = at.local(start)
    over = at.local(at.utc(start) + length - _LEAST) if length else local
    minutes = event.minutes if event.minutes is not None else _whole_minutes(length)
    return Occurrence(event, local.date(), max(over.date(), local.date()), f"{local:%H%M}", minutes, key)


def _whole_minutes(length: timedelta | None) -> Minutes | None:
    """The nearest whole minutes; None where it takes no time, as a reminder does."""
    return (round(length.total_seconds()) + 30) // 60 or None if length else None


def _stamp(moment: Moment) -> str:
    """A moment as a name that stays the same in whatever zone it is told."""
    if not isinstance(moment, datetime):
        return f"{moment:%Y%m%d}"
    if moment.tzinfo is None:
        return f"{moment:%Y%m%dT%H%M%S}"
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"
