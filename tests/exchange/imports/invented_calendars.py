"""Invented calendars whose days and minutes are known: each series is expanded by trying every day.

Shares no code with cpdkit, and no library of repeat rules.
"""

from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from random import Random
from zoneinfo import ZoneInfo

from tests.exchange.imports.invented_tables import TITLES, Invented, Truth

OWN = ZoneInfo("Europe/London")
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
ZONES = {
    "Europe/London": OWN, "GMT Standard Time": OWN, "/mozilla.org/20070129_1/Europe/London": OWN,
    "America/New_York": ZoneInfo("America/New_York"), "Asia/Kolkata": ZoneInfo("Asia/Kolkata"),
    "Pacific/Auckland": ZoneInfo("Pacific/Auckland"), "W. Europe Standard Time": ZoneInfo("Europe/Berlin"),
}  # fmt: skip
NAMES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass
class Series:
    """An event, with a test for each day on which it takes place. `zone` is a TZID, Z for UTC, or empty for local time.

    `changes` has a new start and new minutes for some starts, None for a cancelled one.
    """

    uid: str
    title: str
    start: datetime
    minutes: int
    zone: str
    rule: str = ""
    is_on: Callable[[date], bool] = lambda day: False
    count: int = 0
    until: date | None = None
    skipped: list[datetime] = field(default_factory=list)
    extra: list[datetime] = field(default_factory=list)
    changes: dict[datetime, tuple[datetime, int] | None] = field(default_factory=dict)

    def starts(self) -> Iterator[datetime]:
        """The starts on the clock of the event's zone, before exceptions."""
        days = (self.start.date() + timedelta(number) for number in range(800))
        fitting = (day for day in days if day == self.start.date() or (self.rule and self.is_on(day)))
        last = self.until or date.max
        for day in islice(fitting, self.count or None):
            if day <= last:
                yield datetime.combine(day, self.start.time())

    def stamp(self, name: str, moment: datetime) -> str:
        if self.zone == "Z":
            return f"{name}:{moment:%Y%m%dT%H%M%S}Z"
        return f"{name}{f';TZID={self.zone}' if self.zone else ''}:{moment:%Y%m%dT%H%M%S}"

    def moment(self, start: datetime) -> datetime:
        return start.replace(tzinfo=UTC if self.zone == "Z" else ZONES[self.zone] if self.zone else OWN)

    def truth(self) -> Iterator[Truth]:
        """What takes place in the period, on the owner's days."""
        for start in {*self.starts(), *self.extra} - set(self.skipped):
            changed = self.changes.get(start, (start, self.minutes))
            if changed:
                begin = self.moment(changed[0]).astimezone(UTC)
                end = begin + timedelta(minutes=changed[1]) - timedelta(seconds=1)
                days = begin.astimezone(OWN).date(), end.astimezone(OWN).date()
                if days[0] <= LAST and days[1] >= FIRST:
                    yield Truth(self.title, *days, changed[1])

    def lines(self, random: Random, sequence: int = 0) -> list[str]:
        """The event, and one for each change, as a calendar has them."""
        parts = [*self._event(self.start, self.minutes, sequence, random)]
        if self.rule:
            parts.insert(-1, f"RRULE:{self.rule}")
        parts[-1:-1] = [self.stamp("EXDATE", start) for start in self.skipped]
        parts[-1:-1] = [self.stamp("RDATE", start) for start in self.extra]
        for at, changed in self.changes.items():
            start, minutes = changed or (at, self.minutes)
            event = self._event(start, minutes, sequence + 1, random)
            event[-1:-1] = [self.stamp("RECURRENCE-ID", at), *([] if changed else ["STATUS:CANCELLED"])]
            parts += event
        return parts

    def _event(self, start: datetime, minutes: int, sequence: int, random: Random) -> list[str]:
        length = f"DURATION:PT{minutes}M"
        if self.zone in ("Z", "") and random.random() < 0.5:
            length = self.stamp("DTEND", start + timedelta(minutes=minutes))
        title = self.title.replace(";", "\\;").replace(",", "\\,")
        return ["BEGIN:VEVENT", f"UID:{self.uid}", f"SEQUENCE:{sequence}", "DTSTAMP:20260101T000000Z",
                self.stamp("DTSTART", start), length, f"SUMMARY:{title}", "END:VEVENT"]  # fmt: skip


def is_in_last_week(day: date) -> bool:
    return monthrange(day.year, day.month)[1] - day.day < 7


def is_first_working_day(day: date) -> bool:
    days = (date(day.year, day.month, number) for number in range(1, 8))
    return day == next(each for each in days if each.weekday() < 5)


def _fits(kind: int, day: date) -> bool:
    return {4: day.weekday() == 4 and is_in_last_week(day), 6: is_first_working_day(day)}.get(kind, True)


def repeated(random: Random, one: Series) -> None:
    """Give a series a rule, and the test of a day that means the same."""
    start, step = one.start.date(), random.randint(1, 3)
    kind = random.randrange(7)
    # A series starts on a day of its rule: what a count means otherwise is left open by RFC 5545.
    start += timedelta(next(number for number in range(40) if _fits(kind, start + timedelta(number))))
    one.start = datetime.combine(start, one.start.time())
    week = start - timedelta(start.weekday())
    days = sorted({start.weekday(), *random.sample(range(7), 2)})
    nth = (start.day - 1) // 7 + 1
    rules: list[tuple[str, Callable[[date], bool]]] = [
        (f"FREQ=DAILY;INTERVAL={step}", lambda day: (day - start).days % step == 0),
        (f"FREQ=WEEKLY;INTERVAL={step};BYDAY={','.join(NAMES[day] for day in days)}",
         lambda day: day.weekday() in days and (day - week).days // 7 % step == 0),
        (f"FREQ=MONTHLY;BYMONTHDAY={start.day}", lambda day: day.day == start.day),
        (f"FREQ=MONTHLY;BYDAY={nth}{NAMES[start.weekday()]}",
         lambda day: day.weekday() == start.weekday() and (day.day - 1) // 7 + 1 == nth),
        (f"FREQ=MONTHLY;INTERVAL={step};BYDAY=-1FR", lambda day: day.weekday() == 4
         and is_in_last_week(day) and ((day.year - start.year) * 12 + day.month - start.month) % step == 0),
        ("FREQ=YEARLY", lambda day: (day.month, day.day) == (start.month, start.day)),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1", is_first_working_day),
    ]  # fmt: skip
    one.rule, one.is_on = rules[kind]
    if random.random() < 0.5:
        one.count = random.randint(1, 12)
        one.rule += f";COUNT={one.count}"
    else:
        one.until = start + timedelta(random.randint(0, 400))
        end = one.moment(datetime.combine(one.until, one.start.time())).astimezone(UTC)
        text = f"{end:%Y%m%dT%H%M%S}Z" if one.zone else f"{one.until:%Y%m%d}T{one.start:%H%M%S}"
        one.rule += f";UNTIL={text}"


def series(random: Random, number: int) -> Series:
    start = datetime.combine(
        date(2025, 10, 1) + timedelta(random.randrange(420)), time(random.randint(7, 20), random.choice((0, 15, 30)))
    )
    zone = random.choice((*ZONES, "Z", ""))
    minutes = random.choice((15, 30, 45, 60, 90, 120, 185, 240))
    one = Series(f"{number}@example.org", f"{random.choice(TITLES)} {number}", start, minutes, zone)
    if random.random() < 0.6:
        repeated(random, one)
        starts = list(one.starts())[1:]
        random.shuffle(starts)
        one.skipped = starts[: random.randint(0, 2)]
        for at in starts[2 : 2 + random.randint(0, 2)]:
            moved = at + timedelta(days=random.randint(-2, 2), minutes=random.choice((0, 45)))
            one.changes[at] = random.choice(((moved, 75), (at, 20), None))
        if random.random() < 0.2:
            one.extra = [datetime.combine(start.date() + timedelta(3), time(6, 10))]
    return one


def invented_ics(seed: int) -> Invented:
    """Several calendars in one file, some with events of another one, or with an older version of an event."""
    random = Random(seed)
    all_of_them = [series(random, number) for number in range(random.randint(1, 5))]
    lines: list[str] = []
    shares = [all_of_them] if random.random() < 0.5 else [all_of_them[:2], all_of_them[1:]]
    for number, share in enumerate(shares):
        lines += ["BEGIN:VCALENDAR", "VERSION:2.0", f"X-WR-CALNAME:Calendar {number}"]
        for one in share:
            if random.random() < 0.2 and not one.rule:
                older = Series(one.uid, one.title, one.start, 5, one.zone)
                lines += older.lines(random)
                lines += one.lines(random, 2)
            else:
                lines += one.lines(random, 2)
        lines.append("END:VCALENDAR")
    # Long lines are folded anywhere, also between the letters of a word.
    folded = "\r\n".join(line if len(line) < 60 else f"{line[:50]}\r\n {line[50:]}" for line in lines)
    truth = [each for one in all_of_them for each in one.truth()]
    options = ["--period", "2026", "--set", "type=event"]
    return Invented("log.ics", (folded + "\r\n").encode(), options, truth, [[line] for line in lines])
