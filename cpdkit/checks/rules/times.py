"""CPD3xx: days and hours against each other, against today, and against what the file's place says of them."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from heapq import heappop, heappush
from typing import NamedTuple

from cpdkit.checks.rule import (
    NO_FINDINGS,
    Context,
    Finding,
    Findings,
    RecordFacts,
    Subject,
    WholeJournal,
    front_line,
    journal_rule,
    rule,
)
from cpdkit.dates.hours import HOUR, Minutes, format_hours, spread_in_runs
from cpdkit.dates.period import cpd_year
from cpdkit.dates.period_words import cpd_year_number
from cpdkit.diagnostics import Severity, Span
from cpdkit.journal.reader import DAY
from cpdkit.journal.records import Activity, Review
from cpdkit.journal.values import Status

LONGEST_DAY: Minutes = 16 * HOUR
"""What a person can be at it in one day."""
LONGEST_IN_A_ROW: Minutes = 12 * HOUR
"""What a person can be at it each day, a week and more."""
WEEK, YEAR = 7, 366
"""In days."""
_NAMED_DAY = re.compile(r"((?:19|20)[0-9]{2})([-_.]?)([0-9]{2})\2([0-9]{2})(?![0-9])")
_NAMED_MONTH = re.compile(r"((?:19|20)[0-9]{2})[-_](0[1-9]|1[0-2])(?![0-9])")
_NAMED_YEARS = re.compile(r"((?:19|20)[0-9]{2})(?:[-–_]((?:19|20)?[0-9]{2}))?")


@rule("CPD310", Severity.WARNING, "a done activity lies in the future", Activity)
def done_in_future(subject: Subject) -> Findings:
    """What is done, or in progress, can't lie in the future: the status or the date is wrong.

    An activity in progress may end in the future, but its sessions count as done, so each has to be over.
    """
    activity: Activity = subject.record
    day = subject.context.day
    if activity.end <= day or not activity.status.counts:
        return NO_FINDINGS
    number = next((number for number, each in enumerate(activity.sessions) if each.date > day), None)
    if number is not None:
        return [_coming_session(activity, number)]
    if activity.status is Status.DONE:
        field, future_day = "end" if activity.end != activity.start else "start", activity.end
    elif activity.start > day:
        field, future_day = "start", activity.start
    else:
        return NO_FINDINGS
    where = field if field in activity.spans else "start"
    message = f"this is {activity.status}, but {future_day} lies in the future"
    return [Finding(where, message, hint="write status: planned until it has happened")]


def _coming_session(activity: Activity, number: int) -> Finding:
    session_day = activity.sessions[number].date
    message = f"this is {activity.status}, but the session of {session_day} lies in the future"
    begun = activity.start < session_day
    hint = "list a session once it has happened" if begun else "write status: planned until it has happened"
    return Finding(f"sessions.{number}", message, hint=hint)


@rule("CPD311", Severity.ADVICE, "a planned activity lies in the past", Activity)
def planned_in_past(subject: Subject) -> Findings:
    """A planned activity's last day is over, so it either happened or did not.

    If it did, it is done and took some time; if it was put off, it has another day; else it can go.
    """
    activity: Activity = subject.record
    if activity.status is not Status.PLANNED or activity.end >= subject.context.day:
        return NO_FINDINGS
    hint = "write status: done and the hours, or move it to another day"
    return [Finding("status", f"this is planned, but {activity.end} is over", hint=hint)]


@rule("CPD313", Severity.ADVICE, "the hours don't fit the length", Activity)
def implausible_hours(subject: Subject) -> Findings:
    """More than 16 hours on a day, or 12 on each day of a week and more, are hardly spent on learning.

    Neither are a few hours spread over years: less than a minute a day, over more than a year, points to a wrong year.
    """
    activity: Activity = subject.record
    minutes = activity.minutes
    if minutes <= LONGEST_DAY and (activity.end - activity.start).days < YEAR:
        return NO_FINDINGS
    if activity.sessions:
        return _long_session(activity) if minutes > LONGEST_DAY else NO_FINDINGS
    days = (activity.end - activity.start).days + 1
    if minutes > days * DAY:
        return NO_FINDINGS  # CPD306 says it
    most = LONGEST_DAY if days < WEEK else LONGEST_IN_A_ROW
    if minutes > days * most:
        return [_too_much(minutes, days)]
    return [_too_little(activity, days)] if days > YEAR and 0 < minutes < days else NO_FINDINGS


def _too_much(minutes: Minutes, days: int) -> Finding:
    length = "one day" if days == 1 else f"{days} days"
    note = "" if days == 1 else f"that is {format_hours(minutes // days)} hours a day"
    hint = "count the hours of learning alone, without travel and nights"
    hint += ", or give the last day as end:" if days == 1 else "; else look at start: and end:"
    return Finding("hours", f"{format_hours(minutes)} hours are a lot for {length}", note, hint)


def _too_little(activity: Activity, days: int) -> Finding:
    length = f"{days / 365.25:.1f}".removesuffix(".0")
    message = f"{format_hours(activity.minutes)} hours are few for {length} years"
    hint = "is the year right? Where it is, sessions: can say on which days it was"
    return Finding("end", message, f"it starts on {activity.start}", hint)


def _long_session(activity: Activity) -> Findings:
    """Return the first day whose sessions are too long together; of more than 24 hours CPD312 speaks."""
    by_day: dict[date, Minutes] = {}
    for number, each in enumerate(activity.sessions):
        minutes = by_day[each.date] = by_day.get(each.date, 0) + each.minutes
        if LONGEST_DAY < minutes <= DAY:
            message = f"{format_hours(minutes)} hours on {each.date} are a lot for one day"
            hint = "count the hours of learning alone, or share them out over the days they took"
            return [Finding(f"sessions.{number}", message, hint=hint)]
    return NO_FINDINGS


@rule("CPD315", Severity.WARNING, "the file's name contradicts the date", Activity, Review)
def name_against_date(subject: Subject) -> Findings:
    """Where a file's name begins with a day or a month, the activity happens then; a review's with its year.

    One of the two is mistyped, or the record was copied from another and only half changed.
    """
    record: Activity | Review = subject.record
    if isinstance(record, Review):
        return _of_review(record)
    if record.id.startswith(record.start.isoformat()) or not (named := _named_date(record)):
        return NO_FINDINGS
    lasts = f"starts on {record.start}" if record.end == record.start else f"lasts from {record.start} to {record.end}"
    hint = f"rename the file to {named.right}.md, or mend the date"
    return [Finding("start", f"the file's name says {named.wrong}, but this {lasts}", hint=hint)]


def _of_review(record: Review) -> Findings:
    match = _NAMED_YEARS.match(record.id)
    # A whole day, or a month, is when the review was written.
    if not match or str(record.year) in record.id or _NAMED_DAY.match(record.id):
        return NO_FINDINGS
    if match[2] and not _is_pair_of_years(match[1], match[2]):
        return NO_FINDINGS
    message = f"the file's name says {match[1]}, but this is the review of {record.year}"
    return [Finding("year", message, hint="mend the year, or rename the file")]


class _NamedDate(NamedTuple):
    """The date in a file's name, and the name with the date that the record has."""

    wrong: str
    right: str


def _named_date(activity: Activity) -> _NamedDate | None:
    """Return what a name says that begins with another day or month than the activity's; None for any other name."""
    name = activity.id
    if match := _NAMED_DAY.match(name):
        wrong = "-".join(match.group(1, 3, 4))
        sign = match[2]
        # Eight digits that are no day may be any number.
        if activity.start.isoformat() <= wrong <= activity.end.isoformat() or not (sign or _is_day(wrong)):
            return None
        return _NamedDate(wrong, activity.start.isoformat().replace("-", sign) + name[match.end() :])
    if (match := _NAMED_MONTH.match(name)) and not _is_pair_of_years(match[1], match[2]):
        wrong = f"{match[1]}-{match[2]}"
        if not f"{activity.start:%Y-%m}" <= wrong <= f"{activity.end:%Y-%m}":
            return _NamedDate(wrong, f"{activity.start:%Y-%m}{name[match.end() :]}")
    return None


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _is_pair_of_years(first: str, second: str) -> bool:
    """Tell whether two numbers are one year and the next, such as 2025 and 26."""
    return (int(first) + 1) % 100 == int(second[-2:])


@rule("CPD316", Severity.ADVICE, "the year's folder contradicts the date", Activity)
def folder_against_date(subject: Subject) -> Findings:
    """Where a folder's name is a year, calendar or CPD (`2026`, `2025-26`), its activities have a day in that year."""
    activity: Activity = subject.record
    folder = activity.folder
    if not folder or folder == str(activity.start.year) or not (years := _years(folder)):
        return NO_FINDINGS
    wrong = next((each for each in years if not _fits(activity, each, subject.context)), None)
    # A wrong year of the start contradicts the name too: once is enough.
    if wrong is None or _named_date(activity):
        return NO_FINDINGS
    right = folder.split("/")
    right[wrong.place] = _own_year(activity, wrong, subject.context)
    message = f"the folder says {wrong.name}, but this starts on {activity.start}"
    return [Finding("start", message, hint=f"move the file to activities/{'/'.join(right)}/, or mend the date")]


class _Years(NamedTuple):
    """A folder that is named by a year or by several: which of the path it is, its name, the first and the last."""

    place: int
    name: str
    first: int
    last: int


@lru_cache(maxsize=1024)
def _years(folder: str) -> tuple[_Years, ...]:
    """Return the folders of a path whose names are years; a month's (`2026-03`) is none."""
    return tuple(_each_of_years(folder))


def _each_of_years(folder: str) -> Iterator[_Years]:
    for place, name in enumerate(folder.split("/")):
        if not (match := _NAMED_YEARS.fullmatch(name)):
            continue
        first, second = match[1], match[2] or ""
        if not second:
            yield _Years(place, name, int(first), int(first))
        elif _is_pair_of_years(first, second):
            yield _Years(place, name, int(first), int(first) + 1)
        elif len(second) == 4:
            yield _Years(place, name, int(first), int(second))


def _fits(activity: Activity, years: _Years, context: Context) -> bool:
    """Tell whether an activity has a day in the years of a folder."""
    year_start = context.member.year_start if context.member else (1, 1)
    is_calendar = year_start == (1, 1) or years.last != years.first + 1
    if is_calendar and activity.start.year <= years.last and years.first <= activity.end.year:
        return True
    return cpd_year(years.first, year_start).overlaps(activity.start, activity.end)


def _own_year(activity: Activity, years: _Years, context: Context) -> str:
    """Return the name, in the folder's way, of the year that the activity starts in."""
    if years.last != years.first + 1:
        return str(activity.start.year)
    number = cpd_year_number(activity.start, context.member.year_start if context.member else (1, 1))
    last = str(number + 1)
    return f"{number}{years.name[4]}{last if len(years.name) == 9 else last[2:]}"


@rule("CPD317", Severity.WARNING, "the sign-off has an impossible date", Activity)
def impossible_sign_off(subject: Subject) -> Findings:
    """Nobody can confirm an activity before it has started, or in the future."""
    activity: Activity = subject.record
    if activity.signed_off is None or (on := activity.signed_off.on) is None:
        return NO_FINDINGS
    if on < activity.start:
        message = f"this was signed off on {on}, before it started on {activity.start}"
    elif on > subject.context.day:
        message = f"this was signed off on {on}, which lies in the future"
    else:
        return NO_FINDINGS
    where = day_inside(subject, "signed-off", "on", on)
    return [Finding(where, message, hint="look at the year of both dates")]


def day_inside(subject: Subject, where: str, key: str, day: date) -> str | Span:
    """The place of a day that stands under a key within a field or an item; the field or item where it isn't found."""
    spans = subject.record.spans
    whole = subject.span(where)
    if whole is None:
        return where
    pattern = re.compile(rf"(?<![\w-]){key}[\"']?\s*:\s*[\"']?({day})")
    for number in range(whole.line, whole.end_line + 1):
        start = whole.column - 1 if number == whole.line else 0
        if match := pattern.search(front_line(spans, number), start):
            return Span(number, match.start(1) + 1, number, match.end(1) + 1)
    return where


COUNTED = (Status.DONE, Status.IN_PROGRESS)
MOST_NAMED = 3
"""How many of a crowded day's activities are named."""
ENOUGH = 10
"""From how many activities of a type something is usual."""
WORKING_DAY: Minutes = 9 * HOUR
FAR_ABOVE, FAR_BELOW = 4, 10
"""How many times the usual is far above it, and the part of it that is far below."""


class Stretch(NamedTuple):
    """Days in a row, as ordinals and half-open, on each of which an activity has so many minutes."""

    first: int
    stop: int
    minutes: Minutes
    of: RecordFacts


@journal_rule("CPD312", Severity.WARNING, "a day has more than 24 hours")
def crowded_days(whole: WholeJournal) -> Findings:
    """The hours of all activities on one day can't be more than the day has.

    An activity's hours lie on the days of its sessions; without sessions they are spread evenly from start to end.
    """
    counted = [each for each in whole.records if each.minutes and each.status in COUNTED]
    days = _crowded(counted)
    if not days:
        return
    first: dict[str, tuple[date, Minutes, list[RecordFacts]]] = {}
    again: set[str] = set()
    for day, (minutes, busiest) in zip(days, _busiest(counted, days), strict=True):
        path = busiest[0].of.path
        if path in first:
            again.add(path)
        else:
            first[path] = date.fromordinal(day), minutes, [each.of for each in busiest]
    # One wrong activity can crowd many days, and is one problem; CPD306 tells of what has too many hours alone.
    for path, (on, minutes, records) in first.items():
        if not _is_too_much_alone(records[0]):
            yield _crowd(on, minutes, records, path in again)


def _crowded(counted: Iterable[RecordFacts]) -> dict[int, Minutes]:
    """Return the first day of each stretch of days on which there are more than 24 hours, with the minutes on each."""
    changes: dict[int, Minutes] = {}
    for each in counted:
        if each.start == each.end and not each.days and each.start:
            first = each.start.toordinal()
            changes[first] = changes.get(first, 0) + each.minutes
            changes[first + 1] = changes.get(first + 1, 0) - each.minutes
            continue
        for stretch in _stretches(each):
            changes[stretch.first] = changes.get(stretch.first, 0) + stretch.minutes
            changes[stretch.stop] = changes.get(stretch.stop, 0) - stretch.minutes
    minutes, crowded = 0, {}
    for day in sorted(changes):
        minutes += changes[day]
        if minutes > DAY:
            crowded[day] = minutes
    return crowded


def _stretches(facts: RecordFacts) -> Iterator[Stretch]:
    """Yield where an activity's minutes lie: on its sessions' days, else spread as everywhere."""
    if facts.days:
        by_day: dict[int, Minutes] = {}
        for day, minutes in facts.days:
            by_day[day.toordinal()] = by_day.get(day.toordinal(), 0) + minutes
        for number, minutes in by_day.items():
            yield Stretch(number, number + 1, minutes, facts)
    elif facts.start and facts.end:
        first = facts.start.toordinal()
        for start, stop, minutes in spread_in_runs(facts.minutes, facts.end.toordinal() - first + 1):
            yield Stretch(first + start, first + stop, minutes, facts)


def _busiest(counted: Iterable[RecordFacts], days: dict[int, Minutes]) -> Iterator[tuple[Minutes, list[Stretch]]]:
    """For each day its minutes and the few that have most of them (one more than are named), the most first."""
    waiting = sorted((stretch for each in counted for stretch in _stretches(each)), reverse=True)
    begun: list[tuple[Minutes, str, int, Stretch]] = []
    for day, minutes in days.items():
        while waiting and waiting[-1].first <= day:
            each = waiting.pop()
            heappush(begun, (-each.minutes, each.of.path, each.first, each))
        busiest: dict[str, tuple[Minutes, str, int, Stretch]] = {}
        while begun and len(busiest) <= MOST_NAMED:
            item = heappop(begun)
            if item[3].stop > day:
                busiest[item[1]] = item
        for item in busiest.values():
            heappush(begun, item)
        yield minutes, [item[3] for item in busiest.values()]


def _crowd(day: date, minutes: Minutes, busiest: list[RecordFacts], is_again: bool) -> Finding:
    """What is said at the activity with the most hours of a day; `is_again` where it has them on later days too."""
    first, *others = busiest
    where = next((f"sessions.{number}" for number, (one, _) in enumerate(first.days) if one == day), "hours")
    total = f"{format_hours(minutes)} hours"
    note = "a day has 24; later days are too full as well" if is_again else "a day has 24"
    if not others:
        message = f"the sessions of {day} have {total}"
        return Finding(where, message, note, "look at their dates and hours", path=first.path)
    *names, last = [each.path for each in others[: MOST_NAMED - 1]] + ["others"] * (len(others) >= MOST_NAMED)
    message = f"{', '.join(['this', *names])} and {last} have {total} on {day}"
    hint = "look for a date or hours that are mistyped, or for an activity that is there twice"
    return Finding(where, message, note, hint, path=first.path)


def _is_too_much_alone(facts: RecordFacts) -> bool:
    days = (facts.end - facts.start).days + 1 if facts.start and facts.end else 1
    return facts.minutes > days * DAY


@journal_rule("CPD408", Severity.ADVICE, "the hours are far from the usual for the type")
def unusual_hours(whole: WholeJournal) -> Findings:
    """An activity whose hours on a day are far from what its type usually takes in this journal deserves a look.

    Far is more than a working day of 9 hours and at least 4 times the median of the type, or a tenth of it and less.
    What is usual is known from 10 activities of a type on.
    """
    by_type: dict[str, list[tuple[Minutes, RecordFacts]]] = {}
    for each in whole.records:
        if each.minutes and each.status in COUNTED and (minutes := _on_a_day(each)):
            by_type.setdefault(each.type, []).append((minutes, each))
    for kind, pairs in by_type.items():
        if len(pairs) < ENOUGH:
            continue
        usual = sorted([minutes for minutes, _ in pairs])[len(pairs) // 2]
        for minutes, each in pairs:
            is_far_above = minutes > WORKING_DAY and minutes >= usual * FAR_ABOVE
            if (is_far_above and minutes <= LONGEST_DAY) or minutes * FAR_BELOW <= usual:
                yield _unusual(each, kind, minutes, usual)


def _on_a_day(facts: RecordFacts) -> Minutes:
    """Return an activity's minutes on one of its days; 0 where nothing says on which days they were."""
    if facts.days:
        return facts.minutes // len(facts.days)
    return facts.minutes if facts.start == facts.end else 0


def _unusual(facts: RecordFacts, kind: str, minutes: Minutes, usual: Minutes) -> Finding:
    far = f"{minutes} minutes" if minutes < HOUR else f"{format_hours(minutes)} hours"
    message = f"{far} {'a session' if facts.days else 'on one day'} is far from the usual for {kind}"
    note = f"half of yours have {format_hours(usual)} hours and less"
    hint = "look at the hours" if minutes < usual else "look at the hours; where they took several days, give end:"
    return Finding("sessions" if facts.days else "hours", message, note, hint, path=facts.path)


RULES = (
    done_in_future,
    planned_in_past,
    implausible_hours,
    name_against_date,
    folder_against_date,
    impossible_sign_off,
    crowded_days,
    unusual_hours,
)
