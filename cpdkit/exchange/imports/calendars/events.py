"""An event as its component says it: words, days and rules read, each fault kept with the column it belongs to."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from cpdkit.dates.hours import HOUR, MOST_HOURS, Minutes
from cpdkit.exchange.columns import SEPARATOR
from cpdkit.exchange.exports.ics import MINUTES
from cpdkit.exchange.imports.calendars.components import Component
from cpdkit.exchange.imports.calendars.lines import text_of, texts_of
from cpdkit.exchange.imports.calendars.rules import vetted
from cpdkit.exchange.imports.calendars.times import MOST_LISTED, Moment, UnknownZone, duration, later, moment, moments
from cpdkit.exchange.imports.calendars.words import one_line, plain_text
from cpdkit.exchange.imports.calendars.zones import Home, Zones

MOST_RULES = 10
MOST_FAULTS = 8
_NUMBER = re.compile(r"[0-9]{1,9}")
_MAIL = re.compile(r"mailto:", re.IGNORECASE)
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Context:
    """What the events of one calendar share. `mine` are the owner's addresses, in small letters."""

    name: str
    zones: Zones
    home: Home
    mine: frozenset[str] = frozenset()
    cancelled: bool = False


@dataclass(slots=True)
class Event:
    """One VEVENT. `start` is None where it can't be read, `length` where there is no end or none that can be right.

    `minutes` are those that cpdkit itself wrote. `own_lengths` are those of single days, by the day.
    `recurrence` is the day of a series that it stands for, `onwards` for all later ones too; `alone` is whether that
    can't be read, and `unclear` whether there may be days that can't.
    """

    uid: str = ""
    title: str = ""
    location: str = ""
    provider: str = ""
    description: str = ""
    categories: str = ""
    start: Moment | None = None
    length: timedelta | None = None
    minutes: Minutes | None = None
    cancelled: bool = False
    declined: bool = False
    sequence: int = 0
    recurrence: Moment | None = None
    onwards: bool = False
    alone: bool = False
    unclear: bool = False
    rules: list[str] = field(default_factory=list)
    more: list[Moment] = field(default_factory=list)
    without: list[Moment] = field(default_factory=list)
    own_lengths: dict[Moment, timedelta] = field(default_factory=dict)
    faults: list[tuple[str, str]] = field(default_factory=list)

    @property
    def recurs(self) -> bool:
        """Whether it is more than one day, or stands for one of many."""
        return bool(self.rules or self.more or self.recurrence)


def read_event(component: Component, context: Context) -> Event:
    """The event of a component, whatever is wrong with it."""
    event = Event()
    _read_words(component, event)
    _read_people(component, context, event)
    _read_times(component, context, event)
    if event.start is not None:
        _read_recurrence(component, context, event, event.start)
    if not component.closed:
        event.faults.append(("title", "the file ends, or another entry starts, in the middle of this event"))
    event.faults += [
        ("description", f'a line of the event can\'t be read: "{one_line(text)[:60]}"') for text in component.odd[:3]
    ]
    event.faults = list(dict.fromkeys(event.faults))[:MOST_FAULTS]
    return event


def _read_words(component: Component, event: Event) -> None:
    event.uid = one_line(text_of(component.value("UID")))
    event.title = one_line(text_of(component.value("SUMMARY")))
    event.location = one_line(text_of(component.value("LOCATION")))
    event.description = plain_text(text_of(component.value("DESCRIPTION")))
    named = (one_line(each) for line in component.all("CATEGORIES") for each in texts_of(line.value))
    event.categories = SEPARATOR.join(dict.fromkeys(each for each in named if each))
    said = component.value(MINUTES)
    event.minutes = int(said) if _NUMBER.fullmatch(said) and int(said) <= MOST_HOURS * HOUR else None
    sequence = component.value("SEQUENCE")
    event.sequence = int(sequence) if _NUMBER.fullmatch(sequence) else 0


def _read_people(component: Component, context: Context, event: Event) -> None:
    """Who organised it, and whether it takes place with its owner."""
    event.cancelled = context.cancelled or component.value("STATUS").upper() == "CANCELLED"
    organiser = component.first("ORGANIZER")
    if organiser:
        name = one_line(organiser.params.get("CN", "")).strip("'\"")
        own = _address(organiser.value) in context.mine or name.casefold() == context.name.casefold()
        event.provider = "" if "@" in name or own else name
    declined = [
        _address(line.value)
        for line in component.all("ATTENDEE")
        if line.params.get("PARTSTAT", "").upper() == "DECLINED"
    ]
    event.declined = any(each in context.mine for each in declined)


def _address(value: str) -> str:
    return _MAIL.sub("", value.strip(), count=1).casefold()


def _tried(event: Event, header: str, read: Callable[[], _T]) -> _T | None:
    """What can be read, or None with a fault of the event."""
    try:
        return read()
    except ValueError as error:
        event.faults.append((header, str(error)))
    return None


def _moment(component: Component, name: str, header: str, context: Context, event: Event) -> Moment | None:
    """The day or time of a property; one in an unknown zone as it is written, with a fault."""
    line = component.first(name)
    if line is None:
        return None
    try:
        return moment(line, context.zones)
    except UnknownZone as error:
        event.faults.append((header, str(error)))
        return error.moment
    except ValueError as error:
        event.faults.append((header, str(error)))
    return None


def _read_times(component: Component, context: Context, event: Event) -> None:
    start = _moment(component, "DTSTART", "start", context, event)
    if start is None:
        if not any(header == "start" for header, _ in event.faults):
            event.faults.append(("start", "the event has no start"))
        return
    end = _moment(component, "DTEND", "end", context, event)
    if _is_all_day(component, start, end):
        start, end = _day(start), _day(end) if end is not None else None
    event.start = start
    length = component.value("DURATION")
    if end is not None:
        event.length = _between(start, end, context.home)
    elif length and component.first("DTEND") is None:
        event.length = _tried(event, "hours", lambda: _lasting(start, length, context.home))
    if event.length is not None and event.length < timedelta(0):
        event.length = None
        event.faults.append(("end", "the event ends before it starts"))


def _is_all_day(component: Component, start: Moment, end: Moment | None) -> bool:
    """Exchange writes whole days as times from midnight to midnight, and says so apart."""
    said = component.value("X-MICROSOFT-CDO-ALLDAYEVENT").upper() == "TRUE"
    times = [each for each in (start, end) if isinstance(each, datetime)]
    return said and bool(times) and all(each.time() == time() for each in times)


def _between(start: Moment, end: Moment, at: Home) -> timedelta:
    """How long it is from one to the other; whole days where either is one."""
    if isinstance(start, datetime) and isinstance(end, datetime):
        return at.utc(end) - at.utc(start)
    if isinstance(start, datetime):
        # A whole day as the end of a time: until that day starts.
        return at.utc(datetime.combine(end, time(), start.tzinfo)) - at.utc(start)
    return _day(end) - start


def _lasting(start: Moment, said: str, at: Home) -> timedelta:
    days, length = duration(said)
    if isinstance(start, datetime):
        return later(start, days, length, at)
    return timedelta(days=days) + length


def _day(moment: Moment) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _read_recurrence(component: Component, context: Context, event: Event, start: Moment) -> None:
    for line in component.all("RRULE")[:MOST_RULES]:
        rule = _tried(event, "start", lambda line=line: vetted(line.value, start, context.home))  # type: ignore[misc]
        if rule is None:
            event.faults.append(("start", "how it repeats is not followed: look for its other days"))
            event.unclear = True
        else:
            event.rules.append(rule)
    if len(component.all("RRULE")) > MOST_RULES or component.first("EXRULE"):
        event.faults.append(("start", "it repeats by more rules than are followed; look at its days"))
        event.unclear = True
    for found, own in _listed(component, "RDATE", context, event):
        day = alike(found, start, context.home)
        event.more.append(day)
        if own is not None:
            event.own_lengths[day] = own if isinstance(own, timedelta) else _between(found, own, context.home)
    event.without = [_without(found, start, context.home) for found, _ in _listed(component, "EXDATE", context, event)]
    recurrence = _moment(component, "RECURRENCE-ID", "start", context, event)
    event.recurrence = alike(recurrence, start, context.home) if recurrence is not None else None
    if said := component.first("RECURRENCE-ID"):
        event.alone = recurrence is None
        event.onwards = said.params.get("RANGE", "").upper() == "THISANDFUTURE"


def _listed(
    component: Component, name: str, context: Context, event: Event
) -> Iterator[tuple[Moment, Moment | timedelta | None]]:
    count = 0
    for line in component.all(name):
        try:
            for each in moments(line, context.zones):
                count += 1
                if count > MOST_LISTED:
                    raise ValueError(f"it lists more than {MOST_LISTED:,} days")
                yield each
        except ValueError as error:
            event.faults.append(("start", str(error)))
            event.unclear = event.unclear or name == "RDATE"


def alike(found: Moment, start: Moment, at: Home) -> Moment:
    """A moment as one of the kind of start: a day, a time in the start's zone, or a local time without one."""
    if not isinstance(start, datetime):
        return _day(at.local(found) if isinstance(found, datetime) else found)
    if not isinstance(found, datetime):
        return datetime.combine(found, start.timetz())
    if start.tzinfo is None:
        return at.local(found)
    return found if found.tzinfo else found.replace(tzinfo=start.tzinfo)


def _without(found: Moment, start: Moment, at: Home) -> Moment:
    """A day that an exception names stays one: all that starts on it is out."""
    return found if not isinstance(found, datetime) else alike(found, start, at)
