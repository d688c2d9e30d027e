"""CPD80x: duplicates and gaps in the journal."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from cpdkit.checks.rule import Finding, Findings, RecordFacts, WholeJournal, journal_rule
from cpdkit.dates.day_words import days_text
from cpdkit.dates.period_words import months_later
from cpdkit.diagnostics import Severity
from cpdkit.journal.member import Member, SchemeMembership
from cpdkit.journal.spelling import plain
from cpdkit.journal.values import Status

GAP_MONTHS = 3
"""The HCPC requires an explanation of gaps of three months or more ("Continuing professional development")."""
BACK_MONTHS = 36
"""How far back the search for gaps goes. No body asks about older ones, which nobody can fill any more."""
RHYTHM = 5
"""The fewest activities of a journal in which a gap means something."""
AT_WORK = frozenset(
    {"active", "full", "full time", "part time", "employed", "self employed", "working", "practising", "registered"}
    | {"graduate", "student", "apprentice", "volunteering", "retired engaged"}
    | {"left", "resigned", "lapsed", "ended", "former"}
)
"""Scheme statuses that do not explain a gap: those of people who keep learning, and the end of a membership."""


@journal_rule("CPD805", Severity.WARNING, "two activities have the same ID")
def same_ids(whole: WholeJournal) -> Findings:
    """Two activities in different folders have the same file name.

    The ID of an activity is its file name without `.md`, so a command cannot know which of the two you mean.
    """
    first: dict[str, str] = {}
    for each in whole.of("activities"):
        if (path := first.setdefault(each.id, each.path)) != each.path:
            message = f"{path} has the same ID, {each.id}"
            yield Finding(None, message, hint="rename one of the two files", path=each.path)


@journal_rule("CPD807", Severity.WARNING, "two activities have the same date and title")
def duplicates(whole: WholeJournal) -> Findings:
    """Two activities with the same start date and title are probably one activity, whose hours count twice.

    The comparison ignores case, accents, spaces and punctuation.
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
            message = f"{path} has the same date and title"
            hint = "delete one of the two; if both took place, make their titles different"
            yield Finding("title", message, hint=hint, path=each.path)


def _bare(title: str) -> str:
    """Return the letters and digits of a title, for comparison; the complete title if it has neither."""
    return "".join(filter(str.isalnum, plain(title))) or title


@journal_rule("CPD809", Severity.ADVICE, "no activity for 3 months")
def gaps(whole: WholeJournal) -> Findings:
    """Professional bodies ask about gaps of 3 months or more without CPD. The HCPC requires an explanation.

    This check covers the last 3 years, in a journal with at least 5 activities. Leave or a career break that cpd.yaml
    records as a status of a scheme explains a gap.
    """
    # An activity that can't be read may fill a gap.
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
    """A run of days that an activity or a leave covers; `path` is empty for a leave."""

    first: date
    last: date
    path: str = ""
    field: str = ""


class Gap(NamedTuple):
    """Days, half-open, that nothing covers; the activity before them, the field of its last day, the next activity."""

    first: date
    stop: date
    path: str
    field: str
    next_path: str


def _recent(activities: Iterable[RecordFacts], since: date, day: date) -> Iterator[Stay]:
    """Yield the days of activities since a date, and of the last before it; those in progress last until today."""
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
    """Yield the gaps between the first activity and today."""
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
    hint = "add what you did; or record leave in cpd.yaml, as a status of your scheme"
    months = (gap.stop.year - gap.first.year) * 12 + gap.stop.month - gap.first.month
    months -= months_later(gap.first, months) > gap.stop
    days = days_text(gap.first, gap.stop - timedelta(1))
    if gap.stop > day:
        return Finding(gap.field, f"no activity for {months} months, until today", days, hint, path=gap.path)
    note = f"{days}; the next is {gap.next_path or 'a leave'}"
    return Finding(gap.field, f"no activity for {months} months after this", note, hint, path=gap.path)


def _away(member: Member | None) -> Iterator[Stay]:
    """Yield the days when the member's status in a scheme explains a gap."""
    for scheme in member.schemes if member else ():
        yield from _away_in(scheme)


def _away_in(scheme: SchemeMembership) -> Iterator[Stay]:
    """Yield the days of each status that explains a gap, to its end or to the day before the next status."""
    known = sorted(scheme.statuses, key=lambda each: each.start or date.min)
    starts = [each.start or date.min for each in known[1:]]
    # Without strict, since a scheme may have no statuses.
    for each, following in zip(known, [*starts, None], strict=False):
        last = each.end or (following - timedelta(1) if following and following > date.min else date.max)
        word = " ".join(each.status.replace("-", " ").replace("_", " ").casefold().split())
        if word not in AT_WORK:
            yield Stay(each.start or date.min, last)


RULES = (same_ids, duplicates, gaps)
