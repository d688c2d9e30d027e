"""Activities as an iCalendar (RFC 5545): an all-day event for each session, or for the days from start to end."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from icalendar import Calendar, Event

from cpdkit.dates.hours import Minutes, format_hours
from cpdkit.exchange.export_columns import description_of, reflection_of, time_text
from cpdkit.journal.records import Activity
from cpdkit.journal.values import Status

MINUTES = "X-CPDKIT-MINUTES"
"""The property for the event's minutes, because all-day events have no times."""
PATH = "X-CPDKIT-PATH"
_PRODUCT = "-//cpdkit//cpd export//EN"


def ics_bytes(activities: Iterable[Activity], epoch: int = 0) -> bytes:
    """Return the calendar, its events stamped `epoch` (seconds since 1970); the same events keep the same UID."""
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "CPD")
    stamp = datetime.fromtimestamp(epoch, UTC)
    for activity in activities:
        for event in _events(activity, stamp):
            calendar.add_component(event)
    data: bytes = calendar.to_ical()
    return data


def uid(path: str, number: int = 0) -> str:
    """Return the stable UID of an event, made from the record's path and the session's number, from 1."""
    return f"{uuid5(NAMESPACE_URL, f'cpdkit:{path}#{number}' if number else f'cpdkit:{path}')}@cpdkit"


def _events(activity: Activity, stamp: datetime) -> Iterator[Event]:
    if not activity.sessions:
        yield _event(activity, uid(activity.path), activity.start, activity.end, activity.minutes, stamp)
    for number, session in enumerate(activity.sessions, start=1):
        name = uid(activity.path, number)
        yield _event(activity, name, session.date, session.date, session.minutes, stamp)


def _event(activity: Activity, name: str, first: date, last: date, minutes: Minutes, stamp: datetime) -> Event:
    event = Event()
    event.add("uid", name)
    event.add("dtstamp", stamp)
    event.add("dtstart", first)
    if last < date.max:
        event.add("dtend", last + timedelta(days=1))
    event.add("summary", activity.title)
    event.add("description", _description(activity, minutes))
    event.add("categories", [activity.type.value, *activity.topics])
    event.add("status", "TENTATIVE" if activity.status in (Status.PLANNED, Status.DRAFT) else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    event.add("class", "CONFIDENTIAL" if activity.confidential else "PUBLIC")
    if activity.location:
        event.add("location", activity.location)
    event.add(MINUTES, str(minutes))
    event.add(PATH, activity.path)
    return event


def _description(activity: Activity, minutes: Minutes) -> str:
    """Return a line with the hours and the provider, then the description and the reflection."""
    hours = f"{format_hours(minutes)} h" if not minutes or not minutes % 3 else time_text(minutes)
    head = ", ".join(part for part in (hours if minutes else "", activity.provider) if part)
    return "\n\n".join(part for part in (head, description_of(activity), reflection_of(activity)) if part)
