"""CPD3xx: compare dates and hours with each other, with today, and with the names of files and folders."""

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
"""The most learning time that is plausible on one day."""
LONGEST_IN_A_ROW: Minutes = 12 * HOUR
"""The most that is plausible on each day of a week or longer."""
WEEK, YEAR = 7, 366
"""In days."""
_NAMED_DAY = re.compile(r"((?:19|20)[0-9]{2})([-_.]?)([0-9]{2})\2([0-9]{2})(?![0-9])")
_NAMED_MONTH = re.compile(r"((?:19|20)[0-9]{2})[-_](0[1-9]|1[0-2])(?![0-9])")
_NAMED_YEARS = re.compile(r"((?:19|20)[0-9]{2})(?:[-–_]((?:19|20)?[0-9]{2}))?")


PLANNED_HINT = "write status: planned until the activity has taken place"


@rule("CPD310", Severity.WARNING, "done activity is in the future", Activity)
def done_in_future(subject: Subject) -> Findings:
    """A done activity cannot be in the future. Either the status or the date is wrong.

    An activity in progress may end in the future, but it must have started, and each of its sessions must be over.
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
    message = f"the activity is {_spoken(activity.status)}, but {future_day} is in the future"
    return [Finding(where, message, hint=PLANNED_HINT)]


def _coming_session(activity: Activity, number: int) -> Finding:
    session_day = activity.sessions[number].date
    message = f"the activity is {_spoken(activity.status)}, but the session on {session_day} is in the future"
    has_started = activity.start < session_day
    hint = "list a session only after it has taken place" if has_started else PLANNED_HINT
    return Finding(f"sessions.{number}", message, hint=hint)


def _spoken(status: Status) -> str:
    """Return a status as a sentence has it: `in progress`."""
    return status.replace("-", " ")


@rule("CPD311", Severity.ADVICE, "planned activity is in the past", Activity)
def planned_in_past(subject: Subject) -> Findings:
    """The last date of a planned activity has passed, so the activity either took place or did not.

    If it took place, set its status to done and record the hours. If it was postponed, change its date. Otherwise
    delete it.
    """
    activity: Activity = subject.record
    if activity.status is not Status.PLANNED or activity.end >= subject.context.day:
        return NO_FINDINGS
    hint = "write status: done and the hours, or change the date"
    return [Finding("status", f"the activity is planned, but {activity.end} has passed", hint=hint)]


@rule("CPD313", Severity.ADVICE, "hours do not fit the dates", Activity)
def implausible_hours(subject: Subject) -> Findings:
    """More than 16 hours on one day, or 12 hours a day for a week or longer, is rarely all learning time.

    Very few hours over a long time are unlikely too. Less than one minute a day over more than a year usually means
    that a year is wrong.
    """
    activity: Activity = subject.record
    minutes = activity.minutes
    if minutes <= LONGEST_DAY and (activity.end - activity.start).days < YEAR:
        return NO_FINDINGS
    if activity.sessions:
        return _long_session(activity) if minutes > LONGEST_DAY else NO_FINDINGS
    days = (activity.end - activity.start).days + 1
    if minutes > days * DAY:
        return NO_FINDINGS  # CPD306 reports it
    most = LONGEST_DAY if days < WEEK else LONGEST_IN_A_ROW
    if minutes > days * most:
        return [_too_much(minutes, days)]
    return [_too_little(activity, days)] if days > YEAR and 0 < minutes < days else NO_FINDINGS


def _too_much(minutes: Minutes, days: int) -> Finding:
    length = "one day" if days == 1 else f"{days} days"
    note = "" if days == 1 else f"that is {format_hours(minutes // days)} hours a day"
    hint = f"count only learning time, without travel and nights, or {'add' if days == 1 else 'check start: and'} end:"
    return Finding("hours", f"{format_hours(minutes)} hours is a lot for {length}", note, hint)


def _too_little(activity: Activity, days: int) -> Finding:
    length = f"{days / 365.25:.1f}".removesuffix(".0")
    message = f"{format_hours(activity.minutes)} hours is very little for {length} years"
    hint = "check the year; if it is right, list the dates under sessions:"
    return Finding("end", message, f"it starts on {activity.start}", hint)


def _long_session(activity: Activity) -> Findings:
    """Return the first day whose sessions are too long together; CPD312 reports more than 24 hours."""
    by_day: dict[date, Minutes] = {}
    for number, each in enumerate(activity.sessions):
        minutes = by_day[each.date] = by_day.get(each.date, 0) + each.minutes
        if LONGEST_DAY < minutes <= DAY:
            message = f"{format_hours(minutes)} hours on {each.date} is a lot for one day"
            hint = "count only learning time, or divide the hours between the days that they took"
            return [Finding(f"sessions.{number}", message, hint=hint)]
    return NO_FINDINGS


@rule("CPD315", Severity.WARNING, "file name contradicts the date", Activity, Review)
def name_against_date(subject: Subject) -> Findings:
    """A file name that begins with a date or a month must match the date of the activity. The file name of a review
    must match its year.

    One of the two is mistyped, or the record was copied from another and only partly changed.
    """
    record: Activity | Review = subject.record
    if isinstance(record, Review):
        return _of_review(record)
    if record.id.startswith(record.start.isoformat()) or not (named := _named_date(record)):
        return NO_FINDINGS
    dates = f"starts on {record.start}" if record.end == record.start else f"runs from {record.start} to {record.end}"
    hint = f"rename the file to {named.right}.md, or correct the date"
    return [Finding("start", f"the file name has {named.wrong}, but the activity {dates}", hint=hint)]


def _of_review(record: Review) -> Findings:
    match = _NAMED_YEARS.match(record.id)
    # A full date, or a month, is when the review was written.
    if not match or str(record.year) in record.id or _NAMED_DAY.match(record.id):
        return NO_FINDINGS
    if match[2] and not _is_pair_of_years(match[1], match[2]):
        return NO_FINDINGS
    message = f"the file name has {match[1]}, but this is the review of {record.year}"
    return [Finding("year", message, hint="correct the year, or rename the file")]


class _NamedDate(NamedTuple):
    """The date in a file's name, and the name with the date that the record has."""

    wrong: str
    right: str


def _named_date(activity: Activity) -> _NamedDate | None:
    """Return the date of a name that begins with another date or month than the activity's; None for other names."""
    name = activity.id
    if match := _NAMED_DAY.match(name):
        wrong = "-".join(match.group(1, 3, 4))
        sign = match[2]
        # Eight digits that are not a date may be any number.
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
    """Return whether two numbers are one year and the next, such as 2025 and 26."""
    return (int(first) + 1) % 100 == int(second[-2:])


@rule("CPD316", Severity.ADVICE, "folder name contradicts the date", Activity)
def folder_against_date(subject: Subject) -> Findings:
    """If a folder is named after a calendar year (`2026`) or a CPD year (`2025-26`), each activity in it must have at
    least one day in that year.
    """
    activity: Activity = subject.record
    folder = activity.folder
    if not folder or folder == str(activity.start.year) or not (years := _years(folder)):
        return NO_FINDINGS
    wrong = next((each for each in years if not _fits(activity, each, subject.context)), None)
    # A wrong year in start: contradicts the file name too, which is reported already.
    if wrong is None or _named_date(activity):
        return NO_FINDINGS
    right = folder.split("/")
    right[wrong.place] = _own_year(activity, wrong, subject.context)
    message = f"the folder is {wrong.name}, but the activity starts on {activity.start}"
    return [Finding("start", message, hint=f"move the file to activities/{'/'.join(right)}/, or correct the date")]


class _Years(NamedTuple):
    """A folder named after one or more years: its place in the path, its name, its first year and its last."""

    place: int
    name: str
    first: int
    last: int


@lru_cache(maxsize=1024)
def _years(folder: str) -> tuple[_Years, ...]:
    """Return the folders of a path whose names are years; a month (`2026-03`) does not count."""
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
    """Return whether an activity has a day in the years of a folder."""
    year_start = context.member.year_start if context.member else (1, 1)
    is_calendar = year_start == (1, 1) or years.last != years.first + 1
    if is_calendar and activity.start.year <= years.last and years.first <= activity.end.year:
        return True
    return cpd_year(years.first, year_start).overlaps(activity.start, activity.end)


def _own_year(activity: Activity, years: _Years, context: Context) -> str:
    """Return the year that the activity starts in, written like the folder's name."""
    if years.last != years.first + 1:
        return str(activity.start.year)
    number = cpd_year_number(activity.start, context.member.year_start if context.member else (1, 1))
    last = str(number + 1)
    return f"{number}{years.name[4]}{last if len(years.name) == 9 else last[2:]}"


@rule("CPD317", Severity.WARNING, "sign-off date is impossible", Activity)
def impossible_sign_off(subject: Subject) -> Findings:
    """Nobody can sign off an activity before it starts, or on a date in the future."""
    activity: Activity = subject.record
    if activity.signed_off is None or (on := activity.signed_off.on) is None:
        return NO_FINDINGS
    if on < activity.start:
        message = f"signed off on {on}, before the activity started on {activity.start}"
    elif on > subject.context.day:
        message = f"signed off on {on}, which is in the future"
    else:
        return NO_FINDINGS
    where = day_inside(subject, "signed-off", "on", on)
    return [Finding(where, message, hint="check the year of both dates")]


def day_inside(subject: Subject, where: str, key: str, day: date) -> str | Span:
    """Return the place of a date under a key within a field or an item; the field or item if it isn't found."""
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
"""The most activities that a message about a crowded day names."""
ENOUGH = 10
"""The fewest activities of a type that show what is usual."""
WORKING_DAY: Minutes = 9 * HOUR
FAR_ABOVE, FAR_BELOW = 4, 10
"""Unusual hours are at least this many times the median, or at most the median divided by this."""


class Stretch(NamedTuple):
    """A run of days, as ordinals and half-open, with the minutes of an activity on each day."""

    first: int
    stop: int
    minutes: Minutes
    of: RecordFacts


@journal_rule("CPD312", Severity.WARNING, "more than 24 hours on one day")
def crowded_days(whole: WholeJournal) -> Findings:
    """The activities on one day cannot take more than 24 hours together.

    The hours of a session count on its date. Without sessions, the hours of an activity are spread evenly from start to
    end.
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
    # One wrong activity can crowd many days, and is one problem. CPD306 reports one that alone has too many hours.
    for path, (on, minutes, records) in first.items():
        if not _is_too_much_alone(records[0]):
            yield _crowd(on, minutes, records, path in again)


def _crowded(counted: Iterable[RecordFacts]) -> dict[int, Minutes]:
    """Return the first day of each run of days that have more than 24 hours, with the minutes on each."""
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
    """Yield the days of an activity and its minutes on them: those of its sessions, or spread evenly."""
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
    """Yield for each day its minutes and the activities with the most, longest first (one more than are named)."""
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
    """Return the finding for the activity with the most hours of a day; `is_again` if later days are too full."""
    first, *others = busiest
    where = next((f"sessions.{number}" for number, (one, _) in enumerate(first.days) if one == day), "hours")
    total = f"{format_hours(minutes)} hours"
    note = f"a day has 24 hours{'; later days have too many as well' if is_again else ''}"
    if not others:
        message = f"the sessions on {day} add up to {total}"
        return Finding(where, message, note, "check their dates and hours", path=first.path)
    *names, last = [each.path for each in others[: MOST_NAMED - 1]] + ["others"] * (len(others) >= MOST_NAMED)
    message = f"{', '.join(['this activity', *names])} and {last} add up to {total} on {day}"
    hint = "look for a mistyped date, wrong hours, or an activity that you recorded twice"
    return Finding(where, message, note, hint, path=first.path)


def _is_too_much_alone(facts: RecordFacts) -> bool:
    days = (facts.end - facts.start).days + 1 if facts.start and facts.end else 1
    return facts.minutes > days * DAY


@journal_rule("CPD408", Severity.ADVICE, "hours are unusual for the type")
def unusual_hours(whole: WholeJournal) -> Findings:
    """The hours of this activity on one day differ greatly from your other activities of the same type.

    Too few hours means a tenth of the median for the type or less. Too many means more than a working day of 9 hours,
    and at least 4 times the median. The check needs at least 10 activities of the type.
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
    """Return an activity's minutes on one of its days; 0 if the days are unknown."""
    if facts.days:
        return facts.minutes // len(facts.days)
    return facts.minutes if facts.start == facts.end else 0


def _unusual(facts: RecordFacts, kind: str, minutes: Minutes, usual: Minutes) -> Finding:
    hours = f"{minutes} minutes" if minutes < HOUR else f"{format_hours(minutes)} hours"
    message = f'{hours} {"a session" if facts.days else "on one day"} is unusual for "{kind}"'
    note = f"the median of your activities of this type is {format_hours(usual)} hours"
    hint = "check the hours" if minutes < usual else "check the hours; if the activity took several days, add end:"
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
