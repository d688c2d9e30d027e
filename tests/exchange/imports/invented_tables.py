"""Invented tables whose days and minutes are known, because their cells are written from them, in many layouts.

Shares no code with cpdkit: what a cell means is decided here, before it is written.
"""

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any, NamedTuple

from openpyxl import Workbook

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")  # fmt: skip
TITLES = ("Relays in practice", "Visit to a substation", "Harmonics & filters", "Le Mans 24h engineering",
          "Rules (part 2)", "Über Erdung, kurz", "A talk; with a semicolon", "18th edition update",
          "Ethics 101")  # fmt: skip


class Truth(NamedTuple):
    """What a row means: its title, its days and its minutes."""

    title: str
    start: date
    end: date
    minutes: int


@dataclass
class Invented:
    """A file, the options to read it with, and what its rows mean. `cells` are its rows, to show in a failure."""

    name: str
    data: bytes
    options: list[str]
    truth: list[Truth]
    cells: list[list[Any]] = field(default_factory=list)


class Event(NamedTuple):
    """One sitting, or an amount of time on several days. The minutes are those from `begin`, without the break."""

    title: str
    start: date
    end: date
    minutes: int
    begin: datetime
    pause: int

    @property
    def finish(self) -> datetime:
        return self.begin + timedelta(minutes=self.minutes + self.pause)


class Way(NamedTuple):
    """One way to write a part of a row: the headings, and the cells of an event."""

    headings: tuple[str, ...]
    cells: Callable[[Event], Sequence[Any]]
    order: str = ""
    sitting: bool = False
    several_days: bool = False
    formats: tuple[str, ...] = ()


def clock(minutes: int | datetime, form: int = 0) -> str:
    if isinstance(minutes, datetime):
        minutes = minutes.hour * 60 + minutes.minute
    hour, minute = divmod(minutes % 1440, 60)
    half = f"{(hour + 11) % 12 + 1}:{minute:02} {'am' if hour < 12 else 'pm'}"
    return (f"{hour:02}:{minute:02}", f"{hour}:{minute:02}", f"{hour}h{minute:02}", f"{hour:02}.{minute:02}",
            f"{hour}:{minute:02} Uhr", half, f"{hour:02}{minute:02}", f"{hour:02}:{minute:02}:00")[form]  # fmt: skip


def plain(number: float, places: int = 4) -> str:
    return f"{number:.{places}f}".rstrip("0").rstrip(".")


# Dates in texts. Numbers with slashes need the order, which the owner gives.
def days(heading: str, write: Callable[[date], str], order: str = "") -> Way:
    return Way((heading,), lambda each: (write(each.start),), order)


def span(headings: tuple[str, str], write: Callable[[date], str], order: str = "") -> Way:
    return Way(headings, lambda each: (write(each.start), write(each.end)), order, several_days=True)


def iso(day: date) -> str:
    return day.isoformat()


def slashed(day: date) -> str:
    return f"{day.day:02}/{day.month:02}/{day.year}"


def american(day: date) -> str:
    return f"{day.month}/{day.day}/{day.year}"


def dotted(day: date) -> str:
    return f"{day.day}.{day.month}.{day.year}"


def named(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def short(day: date) -> str:
    return f"{day.day:02}-{MONTHS[day.month - 1][:3]}-{day.year % 100}"


def american_name(day: date) -> str:
    return f"{MONTHS[day.month - 1]} {day.day}, {day.year}"


TEXT_DAYS = (
    days("Date", iso), days("Date", slashed, "--day-first"), days("Date of activity", american, "--month-first"),
    days("Datum", dotted, "--day-first"), days("When", named), days("Day", short), days("Event date", american_name),
    days("Date(s)", lambda day: day.strftime("%Y%m%d")), days("Wann", iso), days("Fecha", iso),
    span(("Start date", "End date"), iso), span(("From", "To"), slashed, "--day-first"),
    span(("Started", "Finished"), named), span(("Von", "Bis"), dotted, "--day-first"),
    Way(("Dates",), lambda each: (f"{iso(each.start)} to {iso(each.end)}",), several_days=True),
    Way(("Date", "Start Date", "End Date"), lambda each: (iso(each.end + timedelta(9)), iso(each.start), iso(each.end)),
        several_days=True),
    Way(("Started", "Completed"), lambda each: (iso(each.start), iso(each.end)), several_days=True),
)  # fmt: skip


def amount(heading: str, write: Callable[[int], Any], *formats: str) -> Way:
    return Way((heading,), lambda each: (write(each.minutes),), formats=formats)


def hours_and_minutes(headings: tuple[str, str]) -> Way:
    return Way(headings, lambda each: tuple(str(part) for part in divmod(each.minutes, 60)))


def sitting(headings: tuple[str, ...], cells: Callable[[Event], Sequence[Any]]) -> Way:
    return Way(headings, cells, sitting=True)


def both_halves(each: Event) -> Sequence[str]:
    """The times before and after a break of at least a minute, in two pairs."""
    middle = each.begin + timedelta(minutes=each.minutes // 2)
    after = middle + timedelta(minutes=each.pause)
    return clock(each.begin), clock(middle), clock(after), clock(each.finish)


TEXT_AMOUNTS = (
    amount("Hours", lambda minutes: plain(minutes / 60)), amount("CPD hours", lambda minutes: plain(minutes / 60)),
    amount("Hours", lambda minutes: f"{minutes // 60}:{minutes % 60:02}"), amount("Minutes", str),
    amount("Duration (mins)", str), amount("Dauer (Minuten)", str), amount("Durée (min)", str),
    amount("Durasi (menit)", str), amount("Length in mins", lambda minutes: f"{minutes}.0"),
    amount("Duration (seconds)", lambda minutes: str(minutes * 60)),
    amount("Duration", lambda minutes: f"{minutes} min"),
    amount("Duration", lambda minutes: f"{minutes // 60}h{minutes % 60:02}"),
    amount("Duration", lambda minutes: f"{minutes // 60}:{minutes % 60:02}:00"),
    amount("Time spent", lambda minutes: f"PT{minutes // 60}H{minutes % 60}M"),
    amount("Time taken", lambda minutes: f"{minutes // 60} hrs {minutes % 60} mins"),
    amount("Dauer", lambda minutes: f"{minutes // 60}:{minutes % 60:02} h"),
    amount("Zeitaufwand (Std.)", lambda minutes: plain(minutes / 60).replace(".", ",") if minutes % 3 == 0 else
           f"{minutes} min"),
    hours_and_minutes(("Hours", "Minutes")), hours_and_minutes(("Hrs", "Mins")),
    *(sitting(("Start time", "End time"), lambda each, form=form: (clock(each.begin, form), clock(each.finish, form)))
      for form in range(8)),
    sitting(("Time in", "Time out", "Break"),
            lambda each: (clock(each.begin), clock(each.finish), f"{each.pause} min")),
    sitting(("Beginn", "Ende", "Pause (min)"), lambda each: (clock(each.begin), clock(each.finish), each.pause)),
    sitting(("Clock in", "Clock out", "Lunch break"),
            lambda each: (clock(each.begin, 5), clock(each.finish, 5), f"0:{each.pause:02}")),
    sitting(("In", "Out", "In", "Out"), both_halves),
    sitting(("Start 1", "End 1", "Start 2", "End 2"), both_halves),
    sitting(("Time",), lambda each: (f"{clock(each.begin)}–{clock(each.finish)}",)),
    sitting(("Uhrzeit",), lambda each: (f"{clock(each.begin)} bis {clock(each.finish)} Uhr",)),
    sitting(("Time",), lambda each: (f"{clock(each.begin, 2)} - {clock(each.finish, 2)}",)),
)  # fmt: skip
HAS_PAUSE = ("Break", "Pause (min)", "Lunch break", "In", "Start 1")

# Dates and times in one cell; these are days and amounts at once.
TEXT_MOMENTS = (
    sitting(("Start", "End"), lambda each: (f"{each.begin:%Y-%m-%d %H:%M}", f"{each.finish:%Y-%m-%d %H:%M}")),
    sitting(("Start", "Finish"), lambda each: (f"{each.begin:%Y-%m-%dT%H:%M:%S}", f"{each.finish:%Y-%m-%dT%H:%M:%S}")),
    sitting(("Date",), lambda each: (f"{slashed(each.start)} {clock(each.begin)}–{clock(each.finish)}",))._replace(
        order="--day-first"),
    sitting(("When",), lambda each: (f"{iso(each.start)} {clock(each.begin)} - {clock(each.finish)}",)),
    sitting(("Date",), lambda each: (f"{named(each.start)}, {clock(each.begin, 5)} to {clock(each.finish, 5)}",)),
    sitting(("Date",), lambda each: (f"{each.begin:%Y-%m-%d %H:%M}-{clock(each.finish)}",)),
)  # fmt: skip

# Numbers that are no hours, and times of day that are none.
NOISE: tuple[tuple[str, Callable[[Random], Any]], ...] = (
    ("Attendees", lambda random: random.randint(1, 400)), ("ID", lambda random: random.randint(1000, 99999)),
    ("Rating", lambda random: random.randint(1, 5)), ("Week", lambda random: random.randint(1, 52)),
    ("Room", lambda random: f"{random.randint(1, 9)}.{random.randint(10, 59)}"),
    ("Score %", lambda random: f"{random.randint(1, 100)}%"), ("Bold", lambda random: random.choice(("yes", "no"))),
    ("Cost", lambda random: f"£{random.randint(1, 900)}.00"), ("Age", lambda random: random.randint(18, 70)),
)  # fmt: skip


def events(random: Random, *, is_sitting: bool, several_days: bool, has_pause: bool) -> list[Event]:
    made = []
    for number in range(random.randint(2, 7)):
        start = date(2026, 1, 1) + timedelta(random.randrange(330))
        minutes = random.choice((15, 30, 45, 50, 60, 75, 90, 100, 120, 180, 200, 240, 300, 390))
        days = random.randint(0, 4) if several_days and not is_sitting else 0
        begin = datetime.combine(start, time(random.randint(7, 14), random.choice((0, 15, 30, 45))))
        pause = random.choice((10, 15, 30, 45)) if has_pause else 0
        title = f"{random.choice(TITLES)} {number}"
        made.append(Event(title, start, start + timedelta(days), minutes, begin, pause))
    return made


@dataclass
class Layout:
    """The columns of a table, and what is above and below it."""

    random: Random
    ways: list[Way]
    above: int = 0

    def rows(self, made: Sequence[Event]) -> list[list[Any]]:
        """The headings, and a row for each event, with columns of other numbers among them."""
        noise = self.random.sample(NOISE, self.random.randint(0, 3))
        parts: list[tuple[tuple[str, ...], Callable[[Event], Sequence[Any]]]] = [
            (("Title",), lambda each: (each.title,)), (("Type",), lambda each: ("event",)),
            *((way.headings, way.cells) for way in self.ways),
            *(((heading,), lambda each, write=write: (write(self.random),)) for heading, write in noise),
        ]  # fmt: skip
        self.random.shuffle(parts)
        head = [heading for headings, _ in parts for heading in headings]
        return [head, *([cell for _, cells in parts for cell in cells(each)] for each in made)]


def chosen(random: Random, days: Sequence[Way], amounts: Sequence[Way], moments: Sequence[Way]) -> list[Way]:
    if random.random() < 0.2:
        return [random.choice(moments)]
    amount = random.choice(amounts)
    fitting = [way for way in days if not (amount.sitting and way.several_days)]
    return [random.choice(fitting), amount]


def invented(random: Random, ways: list[Way]) -> tuple[list[Event], list[str], list[list[Any]]]:
    is_sitting = any(way.sitting for way in ways)
    several = any(way.several_days for way in ways)
    pause = any(heading in HAS_PAUSE for way in ways for heading in way.headings)
    made = events(random, is_sitting=is_sitting, several_days=several, has_pause=pause)
    options = [way.order for way in ways if way.order]
    return made, options, Layout(random, ways).rows(made)


def truth_of(made: Sequence[Event]) -> list[Truth]:
    return [Truth(each.title, each.start, each.end, each.minutes) for each in made]


def invented_csv(seed: int) -> Invented:
    """A table as text: with any delimiter and encoding, lines above it, empty rows, and totals below it."""
    random = Random(seed)
    made, options, rows = invented(random, chosen(random, TEXT_DAYS, TEXT_AMOUNTS, TEXT_MOMENTS))
    size = len(rows[0])
    if random.random() < 0.2:
        rows[:0] = [["CPD record of Angharad Llywelyn"], ["Membership number", "1100123"], []][: random.randint(1, 3)]
    if random.random() < 0.3:
        rows.insert(random.randint(len(rows) - 1, len(rows)), [""] * size)
    if random.random() < 0.2:
        rows.append(["Total", *[""] * (size - 2), str(sum(each.minutes for each in made))])
    written = io.StringIO()
    csv.writer(written, delimiter=random.choice(",;\t|"), lineterminator=random.choice(("\n", "\r\n"))).writerows(rows)
    data = written.getvalue().encode(random.choice(("utf-8", "utf-8-sig", "utf-16")))
    return Invented("log.csv", data, options, truth_of(made), rows)


# Cells of workbooks: real dates and times, and numbers whose format has the unit.
CELL_DAYS = (
    *(Way(("Date",), lambda each: (each.start,), formats=(form,)) for form in
      ("dd/mm/yyyy", "d mmm yy", "mm-dd-yy", "[$-809]dd mmmm yyyy", "yyyy\\-mm\\-dd", "ddd d mmm")),
    Way(("Date",), lambda each: (datetime.combine(each.start, time()),), formats=("dd/mm/yyyy hh:mm",)),
    Way(("Start date", "End date"), lambda each: (each.start, each.end), several_days=True, formats=("d/m/yy",) * 2),
    Way(("From", "To"), lambda each: (each.start, each.end), several_days=True, formats=("d/m/yy", "dddd d mmmm")),
    *TEXT_DAYS[:8],
)  # fmt: skip
CELL_AMOUNTS = (
    amount("Hours", lambda minutes: round(minutes / 60, 6), "0.00"), amount("Hours", lambda minutes: minutes / 60),
    amount("Minutes", int), amount("Duration", int, '0" min"'), amount("Duration", int, '#,##0 "mins"'),
    amount("Hours", lambda minutes: timedelta(minutes=minutes), "[h]:mm"),
    amount("Duration", lambda minutes: timedelta(minutes=minutes), "[hh]:mm:ss"),
    amount("Duration", lambda minutes: timedelta(minutes=minutes), "h:mm"),
    amount("Duration", lambda minutes: timedelta(minutes=minutes), "[mm]"),
    amount("Dauer", lambda minutes: minutes / 60, '0.00" Std."'),
    amount("Time spent", lambda minutes: minutes / 60, '0.0 "h"'),
    sitting(("Start", "End"), lambda each: (each.begin.time(), each.finish.time()))._replace(formats=("h:mm", "h:mm")),
    sitting(("Start time", "Finish time"), lambda each: (each.begin.time(), each.finish.time()))._replace(
        formats=("h:mm AM/PM", "hh:mm:ss")),
    sitting(("Time in", "Time out", "Break"), lambda each: (each.begin.time(), each.finish.time(),
                                                           timedelta(minutes=each.pause)))._replace(
        formats=("h:mm", "h:mm", "h:mm")),
    sitting(("From time", "To time", "Pause (min)"), lambda each: (each.begin.time(), each.finish.time(), each.pause)),
    *TEXT_AMOUNTS,
)  # fmt: skip
CELL_MOMENTS = (
    sitting(("Start", "End"), lambda each: (each.begin, each.finish))._replace(formats=("dd/mm/yyyy hh:mm",) * 2),
    sitting(("Started", "Finished"), lambda each: (each.begin, each.finish))._replace(
        formats=("d mmm yy h:mm AM/PM",) * 2),
    *TEXT_MOMENTS,
)  # fmt: skip


def invented_xlsx(seed: int) -> Invented:
    """A workbook: real dates and times in many formats, at any place of a sheet, with cells merged either way."""
    random = Random(seed)
    ways = chosen(random, CELL_DAYS, CELL_AMOUNTS, CELL_MOMENTS)
    made, options, rows = invented(random, ways)
    book = Workbook()
    if random.random() < 0.2:
        book.epoch = datetime(1904, 1, 1)
    sheet: Any = book.active
    top, left = random.choice((0, 0, 1, 3)), random.choice((0, 0, 1, 2))
    if top and random.random() < 0.5:
        sheet.cell(1, 1, "CPD record")
        sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=left + len(rows[0]))
    formats = {heading: form for way in ways for heading, form in zip(way.headings, way.formats, strict=False)}
    head = rows[0]
    at = {column for column, heading in enumerate(head) if heading == "Type"}
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            cell = sheet.cell(top + number + 1, left + column + 1, value)
            if number and (form := formats.get(head[column])):
                cell.number_format = form
    if random.random() < 0.3:  # the type of all rows in one merged cell
        column = left + at.pop() + 1
        sheet.merge_cells(start_row=top + 2, start_column=column, end_row=top + len(rows), end_column=column)
    held = io.BytesIO()
    book.save(held)
    return Invented("log.xlsx", held.getvalue(), options, truth_of(made), rows)
