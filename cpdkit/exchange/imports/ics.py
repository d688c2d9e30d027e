"""iCalendar files (RFC 5545) from Google, Outlook, Apple and others: a row for each time an event takes place.

icalendar reads the values of an event, so that a bad one does not affect the others; recurring-ical-events follows its
repeat rules. This module adds days on the owner's calendar, minutes that really passed, and remarks on what is omitted.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import Enum
from functools import cached_property
from typing import Any

from icalendar import Event as IcalEvent
from icalendar import Timezone
from icalendar.prop import vCategory, vDDDLists, vDDDTypes, vText

from cpdkit.dates.day_words import day_text
from cpdkit.dates.hours import HOUR, MOST_HOURS
from cpdkit.dates.period import parse_period
from cpdkit.errors import UsageError
from cpdkit.exchange.export_columns import SEPARATOR, time_text
from cpdkit.exchange.exports.ics import MINUTES
from cpdkit.exchange.imports.ics_components import Block, NotACalendar, calendars_in, unfolded
from cpdkit.exchange.imports.recurrence import (
    RECURRING,
    Budget,
    Moment,
    alike,
    occurrences,
    vetted,
)
from cpdkit.exchange.imports.table import ImportedRow, ImportedTable, ImportOptions
from cpdkit.exchange.imports.zones import Clock, clock_in, zone_named
from cpdkit.journal.spelling import plain
from cpdkit.text.clock import FIRST_YEAR, LAST_YEAR, today
from cpdkit.text.html_text import one_line, plain_text, with_line_breaks
from cpdkit.text.wording import counted, plural, shortened

MOST_BYTES = 64 * 2**20
MOST_RULES = 10
MOST_LISTED = 5_000
MOST_CHANGES = 200
"""Clock changes that the description of a zone may have."""
MOST_FAULTS = 8
LONGEST_EVENT = timedelta(100_000)
HEADERS = (
    "title", "start", "end", "hours", "location", "provider", "description", "categories", "calendar", "url",
    "attachments",
)  # fmt: skip
_SEARCHED = ("title", "description", "location", "categories")
_OTHERS = {
    "VTODO": ("to-do",), "VJOURNAL": ("journal entry", "journal entries"),
    "VFREEBUSY": ("free/busy entry", "free/busy entries"),
}  # fmt: skip
_NUMBER = re.compile(r"[0-9]{1,9}")
_MAIL = re.compile(r"mailto:", re.IGNORECASE)
_FILE_NAME = re.compile(r";(?:X-)?FILENAME=(\"[^\"]*\"|[^;:]*)", re.IGNORECASE)
_WEB = re.compile(r"https?://\S+", re.IGNORECASE)
_DAY = timedelta(days=1)
_LEAST = timedelta(microseconds=1)


class _Omission(Enum):
    """Why an event is not in the table; each completes "3 events omitted: …"."""

    OTHER_CALENDAR = "not in the calendars chosen with --calendar"
    OUTSIDE = "not between {first} and {last}"
    CANCELLED = "cancelled"
    DECLINED = "declined by you"
    WORDS = "not with all the words in --words"
    OLDER = "the same event, or a newer version of it, is in the same file"


@dataclass(slots=True)
class _Calendar:
    """The values that the events of one calendar share."""

    name: str
    clock: Clock
    words: tuple[str, ...]
    cancelled: bool
    described: dict[str, Block]
    zones: dict[str, tzinfo | None] = field(default_factory=dict)

    def zone(self, name: str) -> tzinfo | None:
        """Return the zone of a TZID; None if it is unknown."""
        if name not in self.zones:
            block = self.described.get(name)
            zone = zone_named(name) or (zone_named(block.value("X-LIC-LOCATION")) if block else None)
            self.zones[name] = zone or (_described_zone(block) if block else None)
        return self.zones[name]

    def is_owner(self, address: str) -> bool:
        """Return whether an address is the owner's: the name of their calendar is their address."""
        return "@" in self.name and _MAIL.sub("", address.strip(), count=1).casefold() == self.name.casefold()


@dataclass
class _Event:
    """An event as written and as icalendar reads it, with its dates in a separate component, and faults by column.

    `start` is None if it cannot be read, `length` if the end is missing or invalid; `lengths` has the lengths of single
    starts. `recurrence` is the start in the series that this event replaces; with `onwards` it replaces later ones too.
    `is_lost` is whether it may take place on days that cannot be read.
    """

    block: Block
    component: Any
    calendar: _Calendar
    dates: Any = field(default_factory=IcalEvent)
    start: Moment | None = None
    length: timedelta | None = None
    lengths: dict[Moment, timedelta] = field(default_factory=dict)
    recurrence: Moment | None = None
    onwards: bool = False
    is_lost: bool = False
    faults: list[tuple[str, str]] = field(default_factory=list)

    def all(self, name: str) -> list[Any]:
        """Return all values of a property."""
        value = self.component.get(name, [])
        return value if isinstance(value, list) else [value]

    def first(self, name: str) -> Any:
        """Return the first value of a property; an empty text for none."""
        return next(iter(self.all(name)), "")

    @cached_property
    def uid(self) -> str:
        return one_line(str(self.first("UID")))

    @cached_property
    def texts(self) -> dict[str, str]:
        """The cells that are the same for all days of the event, by header."""
        values = (text for value in self.all("CATEGORIES") if isinstance(value, vCategory) for text in value.cats)
        categories = dict.fromkeys(text for value in values if (text := one_line(str(value))))
        organiser = self.first("ORGANIZER")
        name = organiser.params.get("CN", "") if organiser else ""
        name = one_line(name if isinstance(name, str) else ",".join(name)).strip("'\"")
        # The owner of the calendar is not the provider.
        is_own = self.calendar.is_owner(organiser) or name.casefold() == self.calendar.name.casefold()
        return {
            "title": one_line(str(self.first("SUMMARY"))),
            "location": one_line(str(self.first("LOCATION"))),
            "provider": "" if is_own or "@" in name else name,
            "description": with_line_breaks(plain_text(str(self.first("DESCRIPTION")))),
            "categories": SEPARATOR.join(categories),
            "calendar": self.calendar.name,
            "url": "\n".join(address for value in self.block.values("URL") if (address := _web_address(value))),
            "attachments": "\n".join(link for _, link in self.attachments if link),
        }

    @cached_property
    def attachments(self) -> list[tuple[str, str]]:
        """The name of each attachment, and its address on the web with the name, as evidence; empty for other ones."""
        links = []
        for key, params, value in self.block.properties:
            if key == "ATTACH":
                match = _FILE_NAME.search(params)
                name = " ".join(re.sub(r"[();\"]", " ", one_line(match[1])).split()) if match else ""
                address = _web_address(value)
                links.append((name, f"{address} ({name})" if address and name else address))
        return links

    @cached_property
    def omission(self) -> _Omission | None:
        """Why the event is omitted; None if it is not."""
        if self.calendar.cancelled or str(self.first("STATUS")).upper() == "CANCELLED":
            return _Omission.CANCELLED
        for attendee in self.all("ATTENDEE"):
            if str(attendee.params.get("PARTSTAT", "")).upper() == "DECLINED" and self.calendar.is_owner(attendee):
                return _Omission.DECLINED
        text = plain("\0".join(self.texts[header] for header in _SEARCHED)) if self.calendar.words else ""
        return None if all(word in text for word in self.calendar.words) else _Omission.WORDS


@dataclass(frozen=True, slots=True)
class _Occurrence:
    """One time that an event takes place. `start` and `end` are the first and last day on the owner's calendar.

    `clock` orders the events of a day; `key` names this time in the series, even if it was moved; `length` is None for
    whole days.
    """

    event: _Event
    start: date
    end: date
    key: str
    clock: str = ""
    length: timedelta | None = None


@dataclass(slots=True)
class _Import:
    """The options of an import, and its results so far; each row has its sort key."""

    name: str
    first: date
    last: date
    calendars: frozenset[str]
    words: tuple[str, ...]
    clock: Clock
    budget: Budget = field(default_factory=Budget)
    omitted: Counter[_Omission] = field(default_factory=Counter)
    rows: list[tuple[tuple[str, ...], ImportedRow]] = field(default_factory=list)
    files: dict[int, list[str]] = field(default_factory=dict)


def read_ics(data: bytes, name: str, options: ImportOptions) -> ImportedTable:
    """Return the events of an iCalendar file, a row for each time that one takes place, by day.

    Hours are `1h30`, empty for whole days; `end` is the last day. Raises UsageError for a file that is not a calendar,
    is too large or has too many events, for an unknown zone, and for a period without a start or an end.
    """
    if len(data) > MOST_BYTES:
        raise NotACalendar(name, f"it is larger than {MOST_BYTES // 2**20} MiB")
    first, last = today() - timedelta(365), today()
    if options.period:
        period = parse_period(options.period, today(), (1, 1))
        if period.start is None or period.last is None:
            raise UsageError(
                "the period for a calendar needs a start and an end", "use --period 2026, or --period 2025-10..2026-09"
            )
        first, last = period.start, period.last
    lines, foreign = unfolded(data)
    blocks = calendars_in(lines, name)
    words = tuple(plain(word) for text in options.words for word in text.split())
    work = _Import(name, first, last, frozenset(map(plain, options.calendars)), words, clock_in(options.zone))
    series: dict[str, list[_Event]] = defaultdict(list)
    for block in blocks:
        for event in _events(block, work):
            series[event.uid if _has_identity(event) else f"\0{len(series)}"].append(event)
    for together in series.values():
        _put_newest(together, work)
    rows = tuple(row for _, row in sorted(work.rows, key=lambda pair: pair[0]))
    return ImportedTable(name, HEADERS, rows, tuple(_remarks(work, blocks, foreign)))


def _described_zone(block: Block) -> tzinfo | None:
    """Return the zone that a VTIMEZONE describes; None if it is incomplete or has too many changes."""
    parts = [part for part in block.blocks if part.name in ("STANDARD", "DAYLIGHT")]
    if not 0 < len(parts) <= MOST_CHANGES:
        return None
    # Without a name, icalendar does not keep the zone for the next file.
    nameless = Block("VTIMEZONE", blocks=[Block(part.name, part.properties) for part in parts])
    try:
        zone: Any = Timezone.from_ical(nameless.text())
        for change, part in zip(zone.subcomponents, parts, strict=True):
            start = change["DTSTART"].dt
            if not part.value("RRULE"):
                change.add("RDATE", [start])  # dateutil needs a recurrence
            elif vetted(part.value("RRULE"), start, Clock())["FREQ"] != ["YEARLY"]:
                return None
        zone["TZID"] = "described"
        described: tzinfo = zone.to_tz(lookup_tzid=False)
    except (ValueError, KeyError, AttributeError, TypeError):
        return None
    return described


def _events(block: Block, work: _Import) -> Iterator[_Event]:
    """Yield the events of one calendar, and count those of other calendars."""
    name = _calendar_name(block, work.name)
    events = [inner for inner in block.blocks if inner.name == "VEVENT"]
    names = {plain(name), plain(work.name), plain(work.name.removesuffix(".ics"))}
    if work.calendars and not names & work.calendars:
        work.omitted[_Omission.OTHER_CALENDAR] += len(events)
        return
    described = {inner.value("TZID"): inner for inner in block.blocks if inner.name == "VTIMEZONE"}
    calendar = _Calendar(name, work.clock, work.words, block.value("METHOD").upper() == "CANCEL", described)
    for inner in events:
        work.budget.spend(0)
        yield _read_event(inner, calendar)


def _has_identity(event: _Event) -> bool:
    """Return whether an event can be recognised elsewhere in the file, perhaps in another calendar."""
    is_known = event.start is not None and ("RECURRENCE-ID" not in event.component or event.recurrence is not None)
    return is_known and bool(event.uid)


def _put_newest(series: Sequence[_Event], work: _Import) -> None:
    """Add the newest version of each event of one UID; a file may have the same event in several calendars."""
    newest: dict[Moment | None, _Event] = {}
    for event in sorted(series, key=lambda event: event.dates.get("SEQUENCE", 0)):
        newest[event.recurrence] = event
    work.omitted[_Omission.OLDER] += len(series) - len(newest)
    _put([event for event in series if newest[event.recurrence] is event], work)


def _calendar_name(block: Block, file: str) -> str:
    """Return the calendar's own name, otherwise the file's name without its suffix."""
    return one_line(vText.from_ical(block.value("X-WR-CALNAME") or block.value("NAME"))) or file.removesuffix(".ics")


def _read_event(block: Block, calendar: _Calendar) -> _Event:
    """Return the event of a component, with its faults."""
    # Links are read as written, and attached files are not decoded.
    properties = [each for each in block.properties if each[0] not in ("URL", "ATTACH")]
    event = _Event(block, IcalEvent.from_ical(Block("VEVENT", properties).text()), calendar)
    _read_times(event)
    if event.start is not None:
        _read_recurrence(event, event.start)
    if not block.closed:
        event.faults.append(("title", "the file ends, or another entry starts, in the middle of this event"))
    unread = (text.partition("'")[2].partition("': ")[0] for name, text in event.component.errors if not name)
    odd = [one_line(text)[:60] for text in (*block.odd, *unread)]
    event.faults += [("description", f'cannot read a line of the event: "{text}"') for text in odd[:3]]
    event.faults = list(dict.fromkeys(event.faults))[:MOST_FAULTS]
    return event


def _web_address(value: str) -> str:
    """Return the value of a property if it is an address on the web; a semicolon would end it in a list."""
    address = value.replace("\\,", ",").replace("\\;", ";").replace(";", "%3B")
    return address if _WEB.fullmatch(address) else ""


def _moment(event: _Event, name: str, header: str, value: Any, when: Any) -> Moment | None:
    """Return `when`, the date or time of a property's value, in its zone; None with a fault if it cannot be read."""
    problem = ""
    if not isinstance(when, date):
        problem = f'cannot read "{shortened(event.block.value(name), 40)}" as a date or time'
    elif not FIRST_YEAR <= when.year <= LAST_YEAR:
        problem = f"the year {when.year} is not between {FIRST_YEAR} and {LAST_YEAR}"
    if problem:
        event.faults.append((header, problem))
        return None
    moment: Moment = when
    zone_name = str(value.params.get("X-TZID", ""))
    if not zone_name or not isinstance(moment, datetime) or moment.tzinfo:
        return moment
    zone = event.calendar.zone(zone_name)
    if zone is None:
        problem = f'unknown time zone "{shortened(zone_name, 40)}"; the time is used as written'
        event.faults.append((header, problem))
    return moment.replace(tzinfo=zone)


def _moment_of(event: _Event, name: str, header: str) -> Moment | None:
    """Return the date or time of a property; None if it is missing or cannot be read."""
    value = event.first(name)
    if name not in event.component:
        return None
    return _moment(event, name, header, value, value.dt if isinstance(value, vDDDTypes) else None)


def _read_times(event: _Event) -> None:
    """Read the start and the length of an event."""
    start = _moment_of(event, "DTSTART", "start")
    if start is None:
        if "DTSTART" not in event.component:
            event.faults.append(("start", "the event has no start"))
        return
    end = _moment_of(event, "DTEND", "end")
    times = [moment for moment in (start, end) if isinstance(moment, datetime)]
    # Exchange writes whole days as times from midnight to midnight, and marks them with its own property.
    is_day = str(event.first("X-MICROSOFT-CDO-ALLDAYEVENT")).upper() == "TRUE" and times
    if is_day and all(moment.time() == time() for moment in times):
        start, end = _day(start), _day(end) if end is not None else None
    event.start = start
    if end is not None:
        event.length = _between(start, end, event.calendar.clock)
    elif "DTEND" not in event.component and "DURATION" in event.component:
        event.length = _duration(event, start)
    if event.length is not None and event.length < timedelta(0):
        event.length = None
        event.faults.append(("end", "the event ends before it starts"))


def _between(start: Moment, end: Moment, clock: Clock) -> timedelta:
    """Return the time between two moments; whole days if the start is a date."""
    if not isinstance(start, datetime):
        return _day(end) - start
    if not isinstance(end, datetime):
        end = datetime.combine(end, time(), start.tzinfo)  # until that day starts
    return clock.utc(end) - clock.utc(start)


def _duration(event: _Event, start: Moment) -> timedelta | None:
    """Return the length of an event by its DURATION: days by the clock (one may have 23 hours), and a time."""
    value, text, utc = event.first("DURATION"), event.block.value("DURATION"), event.calendar.clock.utc
    length = value.dt if isinstance(value, vDDDTypes) else None
    if not isinstance(length, timedelta) or abs(length) > LONGEST_EVENT:
        event.faults.append(("hours", f'cannot read "{shortened(text, 40)}" as a duration'))
        return None
    if not isinstance(start, datetime):
        return length
    days = timedelta(length.days if re.search("[DW]", text) else 0)
    return utc(start + days) + (length - days) - utc(start)


def _day(moment: Moment) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _read_recurrence(event: _Event, start: Moment) -> None:
    """Read the days of an event: its start, its rules, its other days, and the day that it replaces in a series."""
    dates, clock, rules = event.dates, event.calendar.clock, event.block.values("RRULE")
    sequence = str(event.first("SEQUENCE"))
    dates["SEQUENCE"] = int(sequence) if _NUMBER.fullmatch(sequence) else 0
    dates.add("DTSTART", start)
    for rule in rules[:MOST_RULES]:
        try:
            dates.add("RRULE", vetted(rule, start, clock))
        except ValueError as error:
            hint = "its other dates are not imported; check them"
            event.faults += [("start", str(error)), ("start", hint)]
            event.is_lost = True
    if len(rules) > MOST_RULES or "EXRULE" in event.component:
        event.faults.append(("start", "it has more repeat rules than cpd supports; check its dates"))
        event.is_lost = True
    extra = []
    for moment, end in _listed(event, "RDATE"):
        extra.append(alike(moment, start, clock))
        if end is not None:
            event.lengths[extra[-1]] = end if isinstance(end, timedelta) else _between(moment, end, clock)
    if extra:
        dates.add("RDATE", extra)
    for moment, _ in _listed(event, "EXDATE"):
        # An exception that is a date excludes everything that starts on it.
        dates.add("EXDATE", [alike(moment, start, clock) if isinstance(moment, datetime) else moment])
    recurrence = _moment_of(event, "RECURRENCE-ID", "start")
    if recurrence is not None:
        event.recurrence = alike(recurrence, start, clock)
        event.onwards = str(event.first("RECURRENCE-ID").params.get("RANGE", "")).upper() == "THISANDFUTURE"
        params = {"RANGE": "THISANDFUTURE"} if event.onwards else {}
        dates["RECURRENCE-ID"] = vDDDTypes(event.recurrence, params)


def _listed(event: _Event, name: str) -> Iterator[tuple[Moment, Moment | timedelta | None]]:
    """Yield the dates and times that a property lists, each with its own end or length, if any."""
    values = event.all(name)
    listed = [(value, item) for value in values for item in (value.dts if isinstance(value, vDDDLists) else (None,))]
    faults = len(event.faults)
    if len(listed) > MOST_LISTED:
        event.faults.append(("start", f"it lists more than {MOST_LISTED:,} dates"))
    for value, item in listed[:MOST_LISTED]:
        when = item.dt if item else None
        when, until = when if isinstance(when, tuple) else (when, None)
        moment = _moment(event, name, "start", value, when)
        is_length = isinstance(until, timedelta) and abs(until) <= LONGEST_EVENT
        end = until if is_length or until is None else _moment(event, name, "start", value, until)
        if moment is not None:
            yield moment, end
    event.is_lost = event.is_lost or (name == "RDATE" and len(event.faults) > faults)


def _put(series: Sequence[_Event], work: _Import) -> None:
    """Add the rows of the events of one UID, and count those that are omitted."""
    dated = [event for event in series if event.start is not None]
    lengths = [length for event in dated for length in (event.length or _DAY, *event.lengths.values())]
    starts = occurrences(
        [event.dates for event in dated], max(lengths, default=_DAY), work.first, work.last, work.budget
    )
    times = [_occurrence(dated[number], start, work.clock) for number, start in starts]
    times = [one for one in times if one.start <= work.last and one.end >= work.first]
    if dated and not times:
        # A rule that cannot be followed may give any day after its first one.
        lost = [(event, event.start) for event in dated if event.is_lost and event.start]
        times = [_occurrence(event, start, work.clock) for event, start in lost if _day(start) <= work.last]
        work.omitted[_Omission.OUTSIDE] += 0 if times else len(dated)
    times += [_Occurrence(event, date.max, date.max, event.uid) for event in series if event.start is None]
    for one in times:
        if one.event.omission:
            work.omitted[one.event.omission] += 1
        else:
            order = (one.start.isoformat(), one.clock, one.event.texts["title"], one.key)
            work.rows.append((order, _row(one, work.name)))
            work.files[id(one.event)] = [name for name, link in one.event.attachments if not link]


def _occurrence(event: _Event, start: Moment, clock: Clock) -> _Occurrence:
    """Return one time of an event by its start."""
    length = event.lengths.get(start, event.length)
    key = event.uid
    # An event without a series keeps its key when it is moved.
    if key and RECURRING & event.dates.keys():
        key += f" {_stamp(start if event.recurrence is None or event.onwards else event.recurrence)}"
    if not isinstance(start, datetime):
        return _Occurrence(event, start, start + max((length or _DAY) - _DAY, timedelta(0)), key)
    local = clock.local(start)
    end = clock.local(clock.utc(start) + length - _LEAST) if length else local
    return _Occurrence(event, local.date(), max(end.date(), local.date()), key, f"{local:%H%M}", length)


def _stamp(moment: Moment) -> str:
    """Return a name of a moment that does not depend on its zone."""
    if not isinstance(moment, datetime):
        return f"{moment:%Y%m%d}"
    return f"{moment:%Y%m%dT%H%M%S}" if moment.tzinfo is None else f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _row(occurrence: _Occurrence, name: str) -> ImportedRow:
    event = occurrence.event
    # To the nearest minute. An event without a length, such as a reminder, has no hours.
    minutes = (round(occurrence.length.total_seconds()) + 30) // 60 if occurrence.length else 0
    own = str(event.first(MINUTES))
    minutes = int(own) if _NUMBER.fullmatch(own) and int(own) <= MOST_HOURS * HOUR else minutes
    cells = event.texts | {"hours": time_text(minutes) if minutes else ""}
    if event.start is not None:
        cells |= {"start": occurrence.start.isoformat(), "end": occurrence.end.isoformat()}
    title = f'event "{cells["title"][:80]}"' if cells["title"] else "an event without a title"
    where = f"{name}, {title}" + (f" on {day_text(occurrence.start)}" if event.start is not None else "")
    return ImportedRow(where, tuple(cells.get(header, "") for header in HEADERS), occurrence.key, tuple(event.faults))


def _remarks(work: _Import, calendars: Sequence[Block], foreign: int) -> Iterator[str]:
    """Yield remarks on what was omitted."""
    for omission in _Omission:
        if count := work.omitted[omission]:
            days = {"first": day_text(work.first), "last": day_text(work.last)}
            yield f"{counted(count, 'event')} omitted: {omission.value.format(**days)}"
    if work.omitted[_Omission.OTHER_CALENDAR]:
        names = dict.fromkeys(_calendar_name(calendar, work.name) for calendar in calendars)
        yield f"calendars in the file: {', '.join(names)}"
    components = Counter(block.name for calendar in calendars for block in calendar.blocks)
    for name, nouns in _OTHERS.items():
        if count := components[name]:
            yield f"{counted(count, *nouns)} ignored: only events are imported"
    files = [name for names in work.files.values() for name in names]
    if files:
        named = ", ".join(dict.fromkeys(name for name in files if name)) or "without names"
        why = f"not on the web; attach {plural(len(files), 'it', 'them')} with cpd attach"
        yield f"{counted(len(files), 'attachment')} omitted, {why}: {shortened(named, 200)}"
    if foreign:
        yield f"{counted(foreign, 'line')} not in UTF-8, read as Windows-1252"
    if any(not calendar.closed for calendar in calendars):
        yield "the file ends in the middle of a calendar: some events may be missing"
