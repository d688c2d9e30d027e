"""Activities and deadlines as an iCalendar (RFC 5545), as all-day events.

An activity has an event for each session, or one for the days from its start to its end.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import NAMESPACE_URL, uuid5

from icalendar import Alarm, Calendar, Event

from cpdkit.dates.hours import Minutes, format_hours
from cpdkit.exchange.export_columns import description_of, reflection_of, time_text
from cpdkit.journal.records import Activity
from cpdkit.journal.values import Status

MINUTES = "X-CPDKIT-MINUTES"
"""The property for the event's minutes, because all-day events have no times."""
PATH = "X-CPDKIT-PATH"
_PRODUCT = "-//cpdkit//cpd export//EN"
_ALARM_TIME = timedelta(hours=9)
"""When on its day an alarm rings, from midnight."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """An all-day event that reminds of a deadline. Events with the same `key` have the same UID."""

    key: str
    day: date
    title: str
    text: str = ""


def ics_bytes(activities: Iterable[Activity], epoch: int = 0) -> bytes:
    """Return the calendar, its events stamped `epoch` (seconds since 1970); the same events keep the same UID."""
    calendar = _calendar("CPD")
    stamp = datetime.fromtimestamp(epoch, UTC)
    for activity in activities:
        for event in _events(activity, stamp):
            calendar.add_component(event)
    data: bytes = calendar.to_ical()
    return data


def reminders_bytes(reminders: Iterable[Reminder], on: date, alarms: Iterable[int]) -> bytes:
    """Return a calendar of reminders as of a date, each with an alarm at 9:00 so many days before its day."""
    calendar = _calendar("CPD deadlines")
    stamp = datetime.combine(on, time(), UTC)
    days_before = sorted(set(alarms), reverse=True)
    for each in reminders:
        event = Event()
        event.add("uid", uid(each.key))
        event.add("dtstamp", stamp)
        event.add("dtstart", each.day)
        event.add("summary", each.title)
        if each.text:
            event.add("description", each.text)
        event.add("transp", "TRANSPARENT")
        for days in days_before:
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", each.title)
            alarm.add("trigger", _ALARM_TIME - timedelta(days))
            event.add_component(alarm)
        calendar.add_component(event)
    data: bytes = calendar.to_ical()
    return data


def _calendar(name: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    return calendar


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
