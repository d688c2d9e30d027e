"""From a calendar's file to a table: the occurrences that are wanted, and a count of all the others."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from cpdkit.dates.wording import MONTHS
from cpdkit.errors import UsageError
from cpdkit.exchange.columns import spoken_time
from cpdkit.exchange.imports.calendars.components import Component, NotACalendar, calendars_of
from cpdkit.exchange.imports.calendars.events import Context, Event, read_event
from cpdkit.exchange.imports.calendars.lines import text_of, unfolded
from cpdkit.exchange.imports.calendars.occurrences import Budget, Occurrence, occurrences, only_start, superseded
from cpdkit.exchange.imports.calendars.times import Moment
from cpdkit.exchange.imports.calendars.words import one_line
from cpdkit.exchange.imports.calendars.zones import Home, Zones, home
from cpdkit.exchange.imports.table import Row, Table
from cpdkit.journal.selection import plain

MOST_BYTES = 64 * 2**20
HEADERS = (
    "title", "start", "end", "hours", "location", "provider", "description", "categories", "calendar",
)  # fmt: skip
_OTHERS = {"VTODO": "to-do", "VJOURNAL": "journal entry", "VFREEBUSY": "note of free time"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which events of a calendar's file are wanted.

    `calendars` are names (any of them; none: every calendar), `words` must all be in an event, `first` and `last` are
    days, both included. `zone` is the owner's time zone (`Europe/London`), empty for the system's. `addresses` are the
    owner's own: by them it shows what was declined, and who only put it into the calendar.
    """

    calendars: tuple[str, ...]
    words: tuple[str, ...]
    first: date
    last: date
    zone: str = ""
    addresses: tuple[str, ...] = ()


class _Left(Enum):
    """Why an event is not in the table; each completes "3 events left out: …"."""

    OTHER_CALENDAR = "in calendars not asked for"
    OUTSIDE = "not between {first} and {last}"
    CANCELLED = "cancelled"
    DECLINED = "declined by you"
    WORDS = "without the words asked for"
    OLDER = "replaced by a newer version in the same file"


@dataclass(slots=True)
class _Work:
    """What is asked for, and what came of it so far."""

    name: str
    wanted: Wanted
    home: Home
    words: tuple[str, ...]
    budget: Budget = field(default_factory=Budget)
    left: Counter[_Left] = field(default_factory=Counter)
    rows: list[tuple[tuple[str, ...], Row]] = field(default_factory=list)


def read_calendar(data: bytes, name: str, want: Wanted) -> Table:
    """The events of an iCalendar file, a row for each time that one takes place, by day.

    Hours are `1h30`, empty for whole days; `end` is the last day. Raises UsageError for what is no calendar, is too
    large or repeats without end, for a zone that isn't known, and for days in the wrong order.
    """
    if len(data) > MOST_BYTES:
        raise NotACalendar(name, f"it has more than {MOST_BYTES // 2**20} MiB")
    if want.last < want.first:
        raise UsageError(f"{want.last} lies before {want.first}", "name the first day first")
    lines = unfolded(data)
    calendars = calendars_of(lines.lines, name)
    work = _Work(name, want, home(want.zone), tuple(map(plain, want.words)))
    for calendar in calendars:
        _read(calendar, work)
    rows = tuple(row for _, row in sorted(work.rows, key=lambda pair: pair[0]))
    return Table(name, HEADERS, rows, tuple(_remarks(work, calendars, lines.foreign)))


def _read(calendar: Component, work: _Work) -> None:
    """Put the wanted events of one calendar among the rows."""
    called = _name_of(calendar, work.name)
    components = list(calendar.parts("VEVENT"))
    if not _is_asked_for(called, work):
        work.left[_Left.OTHER_CALENDAR] += len(components)
        return
    # A calendar that is named by an address is its owner's.
    mine = frozenset(each.strip().casefold() for each in (*work.wanted.addresses, called) if "@" in each)
    cancelled = calendar.value("METHOD").upper() == "CANCEL"
    context = Context(called, Zones(calendar.parts("VTIMEZONE")), work.home, mine, cancelled)
    for series in _series(_events(components, context, work.budget)):
        kept = superseded(series)
        work.left[_Left.OLDER] += len(series) - len(kept)
        _put(kept, called, work)


def _events(components: Iterable[Component], context: Context, budget: Budget) -> Iterator[Event]:
    for each in components:
        budget.spend(0)
        yield read_event(each, context)


def _series(events: Iterable[Event]) -> Iterator[list[Event]]:
    """The events of one UID together; what has none, or no day, by itself."""
    series: dict[str, list[Event]] = defaultdict(list)
    for number, each in enumerate(events):
        alone = not each.uid or each.start is None or each.alone
        series[f"\0{number}" if alone else each.uid].append(each)
    yield from series.values()


def _put(series: Sequence[Event], called: str, work: _Work) -> None:
    wanted = work.wanted
    undated = [each for each in series if each.start is None]
    found = occurrences(series, wanted.first, wanted.last, work.home, work.budget)
    if not found and not undated:
        # A rule that can't be followed may lead to any day behind its first one.
        lost = [each for each in series if each.unclear and each.start and _day(each.start) <= wanted.last]
        found = [once for each in lost for once in only_start(each, work.home)]
        work.left[_Left.OUTSIDE] += 0 if lost else len(series)
    for each in (*found, *(Occurrence(one, date.max, date.max, key=one.uid) for one in undated)):
        why = _why_not(each.event, work)
        if why:
            work.left[why] += 1
        else:
            work.rows.append((_order(each), _row(each, called, work)))


def _day(moment: Moment) -> date:
    return date(moment.year, moment.month, moment.day)


def _why_not(event: Event, work: _Work) -> _Left | None:
    if event.cancelled:
        return _Left.CANCELLED
    if event.declined:
        return _Left.DECLINED
    text = plain("\0".join((event.title, event.description, event.location, event.categories))) if work.words else ""
    return None if all(word in text for word in work.words) else _Left.WORDS


def _order(found: Occurrence) -> tuple[str, ...]:
    return found.start.isoformat(), found.clock, found.event.title, found.key


def _row(found: Occurrence, called: str, work: _Work) -> Row:
    event = found.event
    dated = event.start is not None
    cells = (
        event.title,
        found.start.isoformat() if dated else "",
        found.end.isoformat() if dated else "",
        spoken_time(found.minutes) if found.minutes else "",
        event.location,
        event.provider,
        event.description,
        event.categories,
        called,
    )
    title = f'event "{event.title[:80]}"' if event.title else "an event without a title"
    where = f"{work.name}, {title}" + (f" of {_spoken(found.start)}" if dated else "")
    return Row(where, cells, found.key, tuple(event.faults))


def _spoken(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _name_of(calendar: Component, file: str) -> str:
    """The name that the calendar gives itself, else the file's without its ending."""
    said = calendar.value("X-WR-CALNAME") or calendar.value("NAME")
    return one_line(text_of(said)) or file.removesuffix(".ics")


def _is_asked_for(called: str, work: _Work) -> bool:
    names = {plain(called), plain(work.name), plain(work.name.removesuffix(".ics"))}
    return not work.wanted.calendars or any(plain(each) in names for each in work.wanted.calendars)


def _remarks(work: _Work, calendars: Sequence[Component], foreign: int) -> Iterator[str]:
    """What was passed over, in sentences."""
    for why in _Left:
        if count := work.left[why]:
            days = {"first": _spoken(work.wanted.first), "last": _spoken(work.wanted.last)}
            yield f"{count} {'event' if count == 1 else 'events'} left out: {why.value.format(**days)}"
    if work.left[_Left.OTHER_CALENDAR]:
        yield f"the calendars in it are {', '.join(dict.fromkeys(_name_of(each, work.name) for each in calendars))}"
    kinds = Counter(each.name for calendar in calendars for each in calendar.inside)
    for kind, called in _OTHERS.items():
        if count := kinds[kind]:
            yield f"{count} {called if count == 1 else _many(called)} passed over: only events are read"
    if foreign:
        yield f"{foreign} {'line' if foreign == 1 else 'lines'} not in UTF-8 read as Windows-1252"
    if any(not each.closed for each in calendars):
        yield "the file ends before its calendar does: a part of it may be missing"


def _many(called: str) -> str:
    return {"journal entry": "journal entries", "note of free time": "notes of free time"}.get(called, f"{called}s")
