"""CPD312 and CPD408: the hours of all activities against the day and against each other."""

from collections.abc import Iterable, Iterator
from datetime import date
from heapq import heappop, heappush
from typing import NamedTuple

from cpdkit.checks.facts import Facts, Whole
from cpdkit.checks.rule import Finding, Found, whole_rule
from cpdkit.checks.themes.times import LONGEST_DAY
from cpdkit.diagnostics import Severity
from cpdkit.journal.hours import DAY
from cpdkit.journal.minutes import HOUR, Minutes, format_hours, spread_in_runs
from cpdkit.journal.records import Status

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
    of: Facts


@whole_rule("CPD312", Severity.WARNING, "a day has more than 24 hours")
def crowded_days(whole: Whole) -> Found:
    """The hours of all activities on one day can't be more than the day has.

    An activity's hours lie on the days of its sessions; without sessions they are spread evenly from start to end.
    """
    counted = [each for each in whole.records if each.minutes and each.status in COUNTED]
    days = _crowded(counted)
    if not days:
        return
    first: dict[str, tuple[date, Minutes, list[Facts]]] = {}
    again: set[str] = set()
    for day, (minutes, busiest) in zip(days, _busiest(counted, days), strict=True):
        path = busiest[0].of.path
        if path in first:
            again.add(path)
        else:
            first[path] = date.fromordinal(day), minutes, [each.of for each in busiest]
    # One wrong activity can crowd many days, and is one problem; CPD306 tells of what has too many hours alone.
    for path, (on, minutes, some) in first.items():
        if not _is_too_much_alone(some[0]):
            yield _crowd(on, minutes, some, path in again)


def _crowded(counted: Iterable[Facts]) -> dict[int, Minutes]:
    """The first day of each stretch of days on which there are more than 24 hours, with the minutes on each."""
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


def _stretches(facts: Facts) -> Iterator[Stretch]:
    """Where an activity's minutes lie: on its sessions' days, else spread as everywhere."""
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


def _busiest(counted: Iterable[Facts], days: dict[int, Minutes]) -> Iterator[tuple[Minutes, list[Stretch]]]:
    """For each day its minutes and the few that have most of them (one more than are named), the most first."""
    waiting = sorted((stretch for each in counted for stretch in _stretches(each)), reverse=True)
    begun: list[tuple[Minutes, str, int, Stretch]] = []
    for day, minutes in days.items():
        while waiting and waiting[-1].first <= day:
            each = waiting.pop()
            heappush(begun, (-each.minutes, each.of.path, each.first, each))
        some: dict[str, tuple[Minutes, str, int, Stretch]] = {}
        while begun and len(some) <= MOST_NAMED:
            item = heappop(begun)
            if item[3].stop > day:
                some[item[1]] = item
        for item in some.values():
            heappush(begun, item)
        yield minutes, [item[3] for item in some.values()]


def _crowd(day: date, minutes: Minutes, busiest: list[Facts], is_again: bool) -> Finding:
    """What is said at the activity with the most hours of a day; `is_again` where it has them on later days too."""
    first, *others = busiest
    where = next((f"sessions.{number}" for number, (one, _) in enumerate(first.days) if one == day), "hours")
    told = f"{format_hours(minutes)} hours"
    note = "a day has 24; later days are too full as well" if is_again else "a day has 24"
    if not others:
        message = f"the sessions of {day} have {told}"
        return Finding(where, message, note, "look at their dates and hours", path=first.path)
    *names, last = [each.path for each in others[: MOST_NAMED - 1]] + ["others"] * (len(others) >= MOST_NAMED)
    message = f"{', '.join(['this', *names])} and {last} have {told} on {day}"
    hint = "look for a date or hours that are mistyped, or for an activity that is there twice"
    return Finding(where, message, note, hint, path=first.path)


def _is_too_much_alone(facts: Facts) -> bool:
    days = (facts.end - facts.start).days + 1 if facts.start and facts.end else 1
    return facts.minutes > days * DAY


@whole_rule("CPD408", Severity.ADVICE, "the hours are far from the usual for the type")
def unusual_hours(whole: Whole) -> Found:
    """An activity whose hours on a day are far from what its type usually takes in this journal deserves a look.

    Far is more than a working day of 9 hours and at least 4 times the median of the type, or a tenth of it and less.
    What is usual is known from 10 activities of a type on.
    """
    by_type: dict[str, list[tuple[Minutes, Facts]]] = {}
    for each in whole.records:
        if each.minutes and each.status in COUNTED and (minutes := _on_a_day(each)):
            by_type.setdefault(each.type, []).append((minutes, each))
    for kind, some in by_type.items():
        if len(some) < ENOUGH:
            continue
        usual = sorted([minutes for minutes, _ in some])[len(some) // 2]
        for minutes, each in some:
            is_far_above = minutes > WORKING_DAY and minutes >= usual * FAR_ABOVE
            if (is_far_above and minutes <= LONGEST_DAY) or minutes * FAR_BELOW <= usual:
                yield _unusual(each, kind, minutes, usual)


def _on_a_day(facts: Facts) -> Minutes:
    """An activity's minutes on one of its days; 0 where nothing says on which days they were."""
    if facts.days:
        return facts.minutes // len(facts.days)
    return facts.minutes if facts.start == facts.end else 0


def _unusual(facts: Facts, kind: str, minutes: Minutes, usual: Minutes) -> Finding:
    far = f"{minutes} minutes" if minutes < HOUR else f"{format_hours(minutes)} hours"
    message = f"{far} {'a session' if facts.days else 'on one day'} is far from the usual for {kind}"
    note = f"half of yours have {format_hours(usual)} hours and less"
    hint = "look at the hours" if minutes < usual else "look at the hours; where they took several days, give end:"
    return Finding("sessions" if facts.days else "hours", message, note, hint, path=facts.path)


RULES = (crowded_days, unusual_hours)
