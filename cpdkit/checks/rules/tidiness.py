"""CPD8xx: the journal's tidiness: what is there twice, and what is not there."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from cpdkit.checks.rule import Finding, Findings, RecordFacts, WholeJournal, journal_rule
from cpdkit.dates.day_words import days_text
from cpdkit.dates.period_words import months_later
from cpdkit.diagnostics import Severity
from cpdkit.journal.member import Member, SchemeMembership
from cpdkit.journal.selection import plain
from cpdkit.journal.values import Status

GAP_MONTHS = 3
"""HCPC asks registrants to explain stretches of three months and more ("Continuing professional development")."""
BACK_MONTHS = 36
"""How far back gaps are looked for: what is older than a body asks for can't be mended any more."""
RHYTHM = 5
"""From how many activities on a journal has a rhythm that can be broken."""
AT_WORK = frozenset(
    {"active", "full", "full time", "part time", "employed", "self employed", "working", "practising", "registered"}
    | {"graduate", "student", "apprentice", "volunteering", "retired engaged"}
    | {"left", "resigned", "lapsed", "ended", "former"}
)
"""Statuses in a scheme that don't explain a gap: those of people who go on learning, and the end of a membership."""


@journal_rule("CPD805", Severity.WARNING, "two activities have the same id")
def same_ids(whole: WholeJournal) -> Findings:
    """Two activities in different folders have files of the same name.

    An activity's id is its file's name without `.md`, and what names it by that can't tell the two apart.
    """
    first: dict[str, str] = {}
    for each in whole.of("activities"):
        if (path := first.setdefault(each.id, each.path)) != each.path:
            message = f"{path} has the same id, {each.id}"
            yield Finding(None, message, hint="give one another name", path=each.path)


@journal_rule("CPD807", Severity.WARNING, "two activities have the same day and title")
def duplicates(whole: WholeJournal) -> Findings:
    """Two activities with the same first day and the same title are likely one, whose hours count twice.

    Case, accents, spaces and punctuation make no difference.
    """
    by_day: dict[int, list[RecordFacts]] = {}
    for each in whole.of("activities"):
        if each.start:
            by_day.setdefault(each.start.toordinal(), []).append(each)
    for records in by_day.values():
        if len(records) > 1:
            yield from _duplicates_of_one_day(records)


def _duplicates_of_one_day(records: Iterable[RecordFacts]) -> Iterator[Finding]:
    first: dict[str, str] = {}
    for each in records:
        if (path := first.setdefault(_bare(each.title), each.path)) != each.path:
            message = f"{path} has the same title on the same day"
            hint = "delete one of the two; if there were two, let their titles say what was different"
            yield Finding("title", message, hint=hint, path=each.path)


def _bare(title: str) -> str:
    """Return a title as it is compared: letters and digits alone, all of it where it has none."""
    return "".join(filter(str.isalnum, plain(title))) or title


@journal_rule("CPD809", Severity.ADVICE, "nothing was recorded for 3 months")
def gaps(whole: WholeJournal) -> Findings:
    """Professional bodies ask about stretches of 3 months and more without any CPD; the HCPC wants them explained.

    The last 3 years are looked at, up to today, in a journal of at least 5 activities. A leave or a career break that
    stands in cpd.yaml as a status of a scheme explains a gap.
    """
    # What could not be read may lie in a gap.
    if whole.activities_unread:
        return
    activities = [each for each in whole.of("activities") if each.status is not Status.PLANNED]
    if len(activities) < RHYTHM:
        return
    day = whole.context.day
    since = months_later(day, -BACK_MONTHS)
    stays = sorted([*_recent(activities, since, day), *_away(whole.context.member)])
    for gap in gaps_between(stays, day):
        if gap.stop > since and months_later(gap.first, GAP_MONTHS) <= gap.stop:
            yield _gap_finding(gap, day)


class Stay(NamedTuple):
    """Days in a row that an activity covers (or a leave, which has none)."""

    first: date
    last: date
    path: str = ""
    field: str = ""


class Gap(NamedTuple):
    """Days, half-open, that nothing covers; the activity before it, the field of its last day, and the one behind."""

    first: date
    stop: date
    path: str
    field: str
    behind: str


def _recent(activities: Iterable[RecordFacts], since: date, day: date) -> Iterator[Stay]:
    """What the activities cover from a day on, and the last before it; what is in progress goes on to this day."""
    before: RecordFacts | None = None
    latest = date.min
    for each in activities:
        if each.end is None or each.start is None:
            continue
        if each.status is Status.IN_PROGRESS and not each.days:
            yield Stay(each.start, max(each.end, day), each.path, _last_field(each))
        elif each.end >= since:
            yield from _stays(each, each.start, each.end)
        elif each.end > latest:
            before, latest = each, each.end
    if before:
        yield Stay(latest, latest, before.path, _last_field(before))


def _stays(facts: RecordFacts, start: date, end: date) -> Iterator[Stay]:
    for number, (day, _) in enumerate(facts.days):
        yield Stay(day, day, facts.path, f"sessions.{number}")
    if not facts.days:
        yield Stay(start, end, facts.path, _last_field(facts))


def _last_field(facts: RecordFacts) -> str:
    if facts.days:
        return f"sessions.{max(range(len(facts.days)), key=facts.days.__getitem__)}"
    return "end" if facts.end != facts.start else "start"


def gaps_between(stays: Iterable[Stay], day: date) -> Iterator[Gap]:
    """Yield what lies between the first activity and today, and nothing covers."""
    latest: Stay | None = None
    reach = date.min
    for each in (*stays, Stay(day + timedelta(1), day, "")):
        first = min(each.first, day + timedelta(1))
        if latest and (first - reach).days > 1:
            yield Gap(reach + timedelta(1), first, latest.path, latest.field, each.path)
        if each.path and (latest is None or each.last >= latest.last):
            latest = each
        reach = max(reach, each.last)
        if reach >= day:
            return


def _gap_finding(gap: Gap, day: date) -> Finding:
    hint = "add what you did; a leave stands in cpd.yaml, among the statuses of the scheme"
    months = (gap.stop.year - gap.first.year) * 12 + gap.stop.month - gap.first.month
    months -= months_later(gap.first, months) > gap.stop
    days = days_text(gap.first, gap.stop - timedelta(1))
    if gap.stop > day:
        return Finding(gap.field, f"nothing follows this for {months} months, up to today", days, hint, path=gap.path)
    behind = f", until {gap.behind}" if gap.behind else ", until a leave"
    return Finding(gap.field, f"nothing follows this for {months} months{behind}", days, hint, path=gap.path)


def _away(member: Member | None) -> Iterator[Stay]:
    """Yield the days when the member's standing in a scheme explains that there is nothing."""
    for scheme in member.schemes if member else ():
        yield from _away_in(scheme)


def _away_in(scheme: SchemeMembership) -> Iterator[Stay]:
    """Yield the days of each status that explains a gap; it lasts to its end, else to the day before the next."""
    known = sorted(scheme.statuses, key=lambda each: each.start or date.min)
    starts = [each.start or date.min for each in known[1:]]
    # A scheme without a word on the standing has none to look at.
    for each, behind in zip(known, [*starts, None], strict=False):
        last = each.end or (behind - timedelta(1) if behind and behind > date.min else date.max)
        word = " ".join(each.status.replace("-", " ").replace("_", " ").casefold().split())
        if word not in AT_WORK:
            yield Stay(each.start or date.min, last)


RULES = (same_ids, duplicates, gaps)
