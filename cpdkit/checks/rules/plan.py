"""CPD6xx: the plan, the career and the reviews, and what schemes ask of them all."""

from collections.abc import Iterator
from typing import Any

from cpdkit.checks.rule import NO_FINDINGS, Finding, Findings, RecordFacts, Subject, WholeJournal, journal_rule, rule
from cpdkit.checks.rules.times import day_inside
from cpdkit.dates.period_words import months_later
from cpdkit.diagnostics import Severity
from cpdkit.journal.member import Member
from cpdkit.journal.paths import MEMBER_FILE
from cpdkit.journal.records import Objective, Review


def unmet(whole: WholeJournal, member: Member) -> Iterator[Finding]:
    """Yield a finding for each requirement of the member's schemes that is short today, in each scheme's own period."""
    from cpdkit.schemes import evaluate, standing  # noqa: PLC0415  most checks evaluate no scheme, and start faster

    records = evaluate.Records(*(list(_records(whole, kind)) for kind in ("activities", "plan", "reviews")))
    for each in member.schemes:
        scheme = whole.context.vocabulary.scheme(each.scheme)
        today = evaluate.evaluate(scheme, each, records, whole.context.day) if scheme else None
        for figure in today.figures if today else ():
            if figure.is_unmet:
                target = standing.with_unit(figure.target or figure.recorded, figure.unit)
                recorded = f"{standing.amount(figure.recorded)} of {target} in {figure.window.spoken}"
                message = f"{each.scheme}: {figure.requirement.title}, {recorded}"
                hint = f"cpd status --scheme {each.scheme} says more"
                yield Finding(f"schemes={each.scheme}", message, hint=hint, path=MEMBER_FILE)


def _records(whole: WholeJournal, kind: str) -> Iterator[Any]:
    """Yield the records of a folder themselves: what is counted of them is more than their facts."""
    for each in whole.of(kind):
        if subject := whole.subject(each.path):
            yield subject.record


UNMET = "CPD608"
NEW_MONTHS = 3
"""For how many months an objective may wait for its first activity."""


@journal_rule("CPD601", Severity.ADVICE, "no activity serves an objective")
def idle_objectives(whole: WholeJournal) -> Findings:
    """An objective is served by the activities that name it, planned ones too; without one the plan led to nothing.

    An objective that is dropped, or that started less than 3 months ago (or without a start is due in more than 3
    months), needs none; nor does one in a journal that has no activities yet.
    """
    # What an activity that could not be read serves is not known.
    if whole.activities_unread:
        return
    objectives = [each for each in whole.of("plan") if each.status != "dropped" and not _is_new(each, whole)]
    if not objectives:
        return
    activities = whole.of("activities")
    served = {name for each in activities if each.objectives for name in each.objectives}
    for each in objectives if activities else ():
        if each.id not in served:
            message = f"this is {each.status}, but no activity serves it"
            hint = f"name it in the activities that do: objectives: [{each.id}]"
            yield Finding("title", message, hint=hint, path=each.path)


def _is_new(objective: RecordFacts, whole: WholeJournal) -> bool:
    """Tell whether it is too early for an activity: not for what should be reached by now."""
    day = whole.context.day
    if objective.status == "achieved" or (objective.end and objective.end < day):
        return False
    if objective.start:
        return day < months_later(objective.start, NEW_MONTHS)
    return objective.end is not None and months_later(day, NEW_MONTHS) < objective.end


@rule("CPD602", Severity.ADVICE, "an open objective is overdue", Objective)
def overdue_objective(subject: Subject) -> Findings:
    """An open objective whose day is over was reached, was dropped, or needs a later day."""
    objective: Objective = subject.record
    if objective.status != "open" or objective.by is None or objective.by >= subject.context.day:
        return NO_FINDINGS
    hint = "write status: achieved or dropped, or give it a later day"
    return [Finding("by", f"this is open, but {objective.by} is over", hint=hint)]


@journal_rule("CPD603", Severity.WARNING, "two reviews are of the same year")
def same_years(whole: WholeJournal) -> Findings:
    """A CPD year has one review; with two, a report can't tell which one counts."""
    first: dict[int, str] = {}
    for each in whole.of("reviews"):
        if (path := first.setdefault(each.year, each.path)) != each.path:
            hint = "mend the year, or make one review of the two"
            yield Finding("year", f"{path} is a review of {each.year} too", hint=hint, path=each.path)


@rule("CPD604", Severity.WARNING, "something done lies in the future", Objective, Review)
def done_later(subject: Subject) -> Findings:
    """The day on which an action was done or a review was written can't lie in the future."""
    record: Objective | Review = subject.record
    day = subject.context.day
    if isinstance(record, Review):
        if record.written is None or record.written <= day:
            return NO_FINDINGS
        message = f"this was written on {record.written}, which lies in the future"
        return [Finding("written", message, hint="look at the year")]
    return [
        Finding(
            day_inside(subject, f"actions.{number}", "done", each.done),
            f"this is done, but {each.done} lies in the future",
            hint="the day when it should be done stands in by:",
        )
        for number, each in enumerate(record.actions)
        if each.done and each.done > day
    ]


@rule("CPD605", Severity.ADVICE, "an action is overdue", Objective)
def overdue_actions(subject: Subject) -> Findings:
    """An action of an open objective whose day is over was done, or needs a later day."""
    objective: Objective = subject.record
    day = subject.context.day
    # Of an objective that is overdue itself CPD602 speaks.
    if objective.status != "open" or not objective.actions or (objective.by and objective.by < day):
        return NO_FINDINGS
    return [
        Finding(
            day_inside(subject, f"actions.{number}", "by", each.by),
            f"this is not done, but {each.by} is over",
            hint="write done: and the day, or give it a later day",
        )
        for number, each in enumerate(objective.actions)
        if each.by and not each.done and each.by < day
    ]


@rule("CPD606", Severity.ADVICE, "an achieved objective has an open action", Objective)
def open_actions(subject: Subject) -> Findings:
    """The actions of an achieved objective are done; one that turned out not to be needed is better taken out."""
    objective: Objective = subject.record
    if objective.status != "achieved" or all(each.done for each in objective.actions):
        return NO_FINDINGS
    hint = "write done: and the day, or take the action out"
    return [
        Finding(f"actions.{number}", "the objective is achieved, but this action is not done", hint=hint)
        for number, each in enumerate(objective.actions)
        if not each.done
    ]


@journal_rule("CPD607", Severity.ADVICE, "an earlier post has no end")
def unended_posts(whole: WholeJournal) -> Findings:
    """A post without an end is held to this day. Where a later one has begun, the end may have been forgotten.

    Two posts at once are fine: accept the code in the earlier one.
    """
    posts = whole.of("career")
    begun = [(each.start, each.path) for each in posts if each.start and each.start <= whole.context.day]
    if not begun:
        return
    start, path = max(begun)
    for each in posts:
        if each.end is None and each.start and each.start < start:
            message = f"this post has no end, but {path} began on {start}"
            hint = "write end: and the last day, or accept CPD607 here if both are held"
            yield Finding("start", message, hint=hint, path=each.path)


@journal_rule("CPD608", Severity.ADVICE, "a scheme asks for more than is recorded")
def unmet_schemes(whole: WholeJournal) -> Findings:
    """What a scheme of cpd.yaml requires and the journal does not show yet, on this day and in its period.

    It is only looked at where cpd.yaml asks for it by the whole code: `checks: {CPD608: advice}`. `cpd status` says
    more, and says it without that.
    """
    member = whole.context.member
    if member is None or not member.checks.get(UNMET) or whole.activities_unread:
        return
    yield from unmet(whole, member)


RULES = (
    idle_objectives,
    overdue_objective,
    same_years,
    done_later,
    overdue_actions,
    open_actions,
    unended_posts,
    unmet_schemes,
)
