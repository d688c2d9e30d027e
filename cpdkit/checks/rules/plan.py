"""CPD6xx: the plan, the career, the reviews, and the requirements of schemes."""

from collections.abc import Iterator
from typing import Any

from cpdkit.checks.rule import NO_FINDINGS, Finding, Findings, RecordFacts, Subject, WholeJournal, journal_rule, rule
from cpdkit.checks.rules.times import day_inside
from cpdkit.dates.period_words import months_later
from cpdkit.diagnostics import Severity
from cpdkit.journal.declarations import IMPORTED, OWN
from cpdkit.journal.member import Member
from cpdkit.journal.paths import MEMBER_FILE
from cpdkit.journal.records import Objective, Post, Review
from cpdkit.text.shell import quote
from cpdkit.text.wording import shortened


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
                recorded = f"{standing.amount(figure.recorded)} of {target} in {figure.window.words}"
                message = f"{each.scheme}: {figure.requirement.title}, {recorded}"
                hint = f"run cpd status --scheme {quote(each.scheme)} for details"
                yield Finding(f"schemes={each.scheme}", message, hint=hint, path=MEMBER_FILE)


def _records(whole: WholeJournal, kind: str) -> Iterator[Any]:
    """Yield the records of a folder themselves: a scheme counts more than their facts."""
    for each in whole.of(kind):
        if subject := whole.subject(each.path):
            yield subject.record


UNMET = "CPD608"
NEW_MONTHS = 3
"""How many months an objective may have no activity."""


@journal_rule("CPD601", Severity.ADVICE, "objective has no activity")
def idle_objectives(whole: WholeJournal) -> Findings:
    """At least one activity should name each objective. A planned activity counts.

    A dropped objective needs no activity. Nor does one that started less than 3 months ago or, without a start date, is
    due in more than 3 months. A journal without activities is not checked.
    """
    # An activity that can't be read may name the objective.
    if whole.activities_unread:
        return
    objectives = [each for each in whole.of("plan") if each.status != "dropped" and not _is_new(each, whole)]
    if not objectives:
        return
    activities = whole.of("activities")
    named = {name for each in activities if each.objectives for name in each.objectives}
    for each in objectives if activities else ():
        if each.id not in named:
            message = f"the objective is {each.status}, but no activity names it"
            hint = f"add it to the activities that support it: objectives: [{each.id}]"
            yield Finding("title", message, hint=hint, path=each.path)


def _is_new(objective: RecordFacts, whole: WholeJournal) -> bool:
    """Return whether it is too early to expect an activity; never for an achieved or overdue objective."""
    day = whole.context.day
    if objective.status == "achieved" or (objective.end and objective.end < day):
        return False
    if objective.start:
        return day < months_later(objective.start, NEW_MONTHS)
    return objective.end is not None and months_later(day, NEW_MONTHS) < objective.end


@rule("CPD602", Severity.ADVICE, "objective is overdue", Objective)
def overdue_objective(subject: Subject) -> Findings:
    """The due date of an open objective has passed. Mark it as achieved or dropped, or give it a later date."""
    objective: Objective = subject.record
    if objective.status != "open" or objective.by is None or objective.by >= subject.context.day:
        return NO_FINDINGS
    hint = "write status: achieved or status: dropped, or set a later date"
    return [Finding("by", f"the objective is overdue since {objective.by}", hint=hint)]


@journal_rule("CPD603", Severity.WARNING, "two reviews of the same year")
def same_years(whole: WholeJournal) -> Findings:
    """A CPD year can have only one review. With two, a report cannot know which one to use."""
    first: dict[int, str] = {}
    for each in whole.of("reviews"):
        if (path := first.setdefault(each.year, each.path)) != each.path:
            hint = "correct the year, or combine the two reviews"
            yield Finding("year", f"{path} is also a review of {each.year}", hint=hint, path=each.path)


@rule("CPD604", Severity.WARNING, "date of completion is in the future", Objective, Review)
def done_later(subject: Subject) -> Findings:
    """The date when an action was done or a review was written cannot be in the future."""
    record: Objective | Review = subject.record
    day = subject.context.day
    if isinstance(record, Review):
        if record.written is None or record.written <= day:
            return NO_FINDINGS
        message = f"the review was written on {record.written}, which is in the future"
        return [Finding("written", message, hint="check the year")]
    return [
        Finding(
            day_inside(subject, f"actions.{number}", "done", each.done),
            f"the action is done, but {each.done} is in the future",
            hint="if this is the due date, move it to by:",
        )
        for number, each in enumerate(record.actions)
        if each.done and each.done > day
    ]


@rule("CPD605", Severity.ADVICE, "action is overdue", Objective)
def overdue_actions(subject: Subject) -> Findings:
    """The due date of an action has passed. Record when it was done, or give it a later date."""
    objective: Objective = subject.record
    day = subject.context.day
    # CPD602 reports an objective that is overdue itself.
    if objective.status != "open" or not objective.actions or (objective.by and objective.by < day):
        return NO_FINDINGS
    return [
        Finding(
            day_inside(subject, f"actions.{number}", "by", each.by),
            f"{each.by} has passed, but this action is not done",
            hint="write done: and the date, or set a later date",
        )
        for number, each in enumerate(objective.actions)
        if each.by and not each.done and each.by < day
    ]


@rule("CPD606", Severity.ADVICE, "achieved objective has an open action", Objective)
def open_actions(subject: Subject) -> Findings:
    """All actions of an achieved objective should be done. Remove an action that was not needed."""
    objective: Objective = subject.record
    if objective.status != "achieved" or all(each.done for each in objective.actions):
        return NO_FINDINGS
    hint = "write done: and the date, or remove the action"
    return [
        Finding(f"actions.{number}", "the objective is achieved, but this action is not done", hint=hint)
        for number, each in enumerate(objective.actions)
        if not each.done
    ]


@journal_rule("CPD607", Severity.ADVICE, "earlier post has no end date")
def unended_posts(whole: WholeJournal) -> Findings:
    """A post without an end date counts as current. If a later post has started, you may have forgotten the end date.

    If you have both posts, accept the code in the earlier one.
    """
    posts = whole.of("career")
    begun = [(each.start, each.path) for each in posts if each.start and each.start <= whole.context.day]
    if not begun:
        return
    start, path = max(begun)
    for each in posts:
        if each.end is None and each.start and each.start < start:
            message = f"the post has no end date, but {path} started on {start}"
            hint = "write end: and the last date, or accept CPD607 here if you have both posts"
            yield Finding("start", message, hint=hint, path=each.path)


@journal_rule("CPD608", Severity.ADVICE, "scheme requirement is not met")
def unmet_schemes(whole: WholeJournal) -> Findings:
    """The journal does not yet meet a requirement of a scheme in cpd.yaml, in the current period of the scheme.

    This check is off by default. To turn it on, write the full code in cpd.yaml: `checks: {CPD608: advice}`.
    `cpd status` always shows your progress, with more detail.
    """
    member = whole.context.member
    if member is None or not member.checks.get(UNMET) or whole.activities_unread:
        return
    yield from unmet(whole, member)


@rule("CPD609", Severity.ADVICE, "date of an imported post has no day", Post)
def inexact_posts(subject: Subject) -> Findings:
    """LinkedIn and resumes often have only the month of a job. The import then writes its first or last possible day.

    It keeps the original words in `x-start` and `x-end`. Correct the date, and delete the field with the words.
    """
    post: Post = subject.record
    if IMPORTED not in post.own:
        return NO_FINDINGS
    return [
        Finding(name, f'the import had only "{shortened(words, 40)}"', hint=f"write the day, and delete {OWN}{name}")
        for name in ("start", "end")
        if (words := post.own.get(f"{OWN}{name}"))
    ]


RULES = (
    idle_objectives,
    overdue_objective,
    same_years,
    done_later,
    overdue_actions,
    open_actions,
    unended_posts,
    unmet_schemes,
    inexact_posts,
)
