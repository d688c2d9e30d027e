"""The to-do list: what needs the owner's attention, most urgent first, each item with the command that resolves it.

Items that are also problems of `cpd check` come from the same rules and the same settings: a problem that a file
accepts or that cpd.yaml turns off is not listed.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum

from cpdkit.actions.inbox import waiting_in
from cpdkit.actions.reflect import open_reflections
from cpdkit.actions.review_year import review_of, review_path, year_to_review
from cpdkit.checks.policy import apply_settings
from cpdkit.checks.rule import Context, RecordRule, Subject
from cpdkit.checks.rules.links import missing_evidence
from cpdkit.checks.rules.people import expired, expires_soon
from cpdkit.checks.rules.plan import overdue_actions, overdue_objective
from cpdkit.checks.rules.quality import no_reflection, unanswered_prompts
from cpdkit.checks.rules.times import planned_in_past
from cpdkit.dates.day_words import MONTHS, day_text
from cpdkit.dates.period import Period, cpd_year
from cpdkit.dates.period_words import months_later
from cpdkit.diagnostics import Diagnostic
from cpdkit.exchange.inbox import Reading
from cpdkit.journal.declarations import FOLLOWED_UP
from cpdkit.journal.load import Journal
from cpdkit.journal.naming import id_of
from cpdkit.journal.objectives import Progress, plan_of
from cpdkit.journal.paths import EVIDENCE
from cpdkit.journal.prompts import Model
from cpdkit.journal.records import Activity, Objective, Qualification
from cpdkit.journal.sections import has_reflection
from cpdkit.journal.selection import Filters, is_within, select, year_start
from cpdkit.journal.values import Status
from cpdkit.text.files import Disk
from cpdkit.text.names import composed, folded
from cpdkit.text.shell import quote
from cpdkit.text.wording import counted

MONTHS_BEFORE_REVIEW = 2
"""The review of a CPD year is due in this many last months of the year."""
DAYS_TO_FOLLOW_UP = 90
"""A follow-up without a date is due this many days after the activity."""
WORDS_OF_ACTION = 3


class Cause(StrEnum):
    """Why something needs attention, most urgent first."""

    UNREAD = "unread"
    EVIDENCE = "evidence"
    QUALIFICATIONS = "qualifications"
    PLANNED = "planned"
    IN_PROGRESS = "in-progress"
    OBJECTIVES = "objectives"
    ACTIONS = "actions"
    INBOX = "inbox"
    DRAFTS = "drafts"
    REFLECTIONS = "reflections"
    REVIEW = "review"
    FOLLOW_UPS = "follow-ups"


HEADINGS = {
    Cause.UNREAD: "Files that cannot be read and do not count",
    Cause.EVIDENCE: "Missing evidence files",
    Cause.QUALIFICATIONS: "Qualifications that have expired or expire soon",
    Cause.PLANNED: "Planned activities whose date has passed",
    Cause.IN_PROGRESS: "Activities in progress whose end date has passed",
    Cause.OBJECTIVES: "Overdue objectives",
    Cause.ACTIONS: "Overdue actions",
    Cause.INBOX: "Entries in the inbox",
    Cause.DRAFTS: "Drafts to confirm",
    Cause.REFLECTIONS: "Reflections to write",
    Cause.REVIEW: "Review of the year",
    Cause.FOLLOW_UPS: "Follow-ups that are due or still open",
}


@dataclass(frozen=True, slots=True)
class Item:
    """One item of the list: the record, its due date if there is one, the reason, and the command that resolves it."""

    path: str
    id: str
    title: str
    day: date | None
    note: str
    command: str


@dataclass(frozen=True, slots=True)
class Section:
    """All items with the same cause; never empty."""

    cause: Cause
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Todo:
    """The to-do list on a day. `confidential` is the number of confidential activities that it omits."""

    day: date
    sections: tuple[Section, ...]
    confidential: int = 0

    @property
    def count(self) -> int:
        """Number of items."""
        return sum(len(each.items) for each in self.sections)


def waiting(journal: Journal, model: Model, day: date, period: Period, filters: Filters) -> Todo:
    """Return the to-do list of a journal on a day, for the selected activities: by default of every status.

    `model` supplies the questions for a reflection without any. Objectives are limited to the period and to the
    objectives in the filters; with any other filter, the list contains only activities.
    """
    every = replace(filters, statuses=filters.statuses or tuple(Status))
    selection = select(journal.activities, len(journal.unread), period, every)
    some = [item.activity for item in selection.included]
    look = _Look(journal, model, day, period, filters, some)
    sections = (Section(cause, tuple(items(look))) for cause, items in _FINDERS.items())
    return Todo(day, tuple(each for each in sections if each.items), selection.omitted.confidential)


def follow_up_day(text: str, after: date) -> date | None:
    """Return the first date after `after` in a follow-up; None if it has none.

    It is written `2027-01-31`, `31 January 2027` or `January 2027` (the last day of the month).
    """
    days = (_named_day(match) for match in _DAY.finditer(text))
    return min((day for day in days if day and day > after), default=None)


@dataclass(frozen=True, slots=True)
class _Look:
    """A journal with its selection, and what all finders need."""

    journal: Journal
    model: Model
    day: date
    period: Period
    filters: Filters
    activities: Sequence[Activity]
    context: Context = field(init=False)
    ids: Counter[str] = field(init=False)

    def __post_init__(self) -> None:
        journal = self.journal
        evidence = frozenset(map(composed, journal.evidence))
        disk = Disk(str(journal.root))
        context = Context(self.day, journal.member, frozenset(journal.objectives), evidence, disk)
        object.__setattr__(self, "context", context)
        object.__setattr__(self, "ids", Counter(folded(each.id) for each in journal.activities))

    @property
    def is_narrowed(self) -> bool:
        """Whether a filter applies to activities only."""
        plain = replace(self.filters, objectives=(), confidential=False)
        return plain != Filters()

    def finds(self, rule: RecordRule, record: Activity | Objective | Qualification) -> Sequence[str]:
        """Return the fields in which a rule finds a problem that is neither accepted nor turned off."""
        fields = [str(each.where) for each in rule.check(Subject(record, self.context))]
        return fields if fields and self.is_reported(rule, record) else ()

    def is_reported(self, rule: RecordRule, record: Activity | Objective | Qualification) -> bool:
        """Whether a rule's problem in a record is neither accepted nor turned off."""
        checks = self.journal.member.checks if self.journal.member else {}
        return bool(
            apply_settings([Diagnostic(record.path, None, rule.code, rule.severity, "")], checks, record.accepted)
        )

    def item(self, activity: Activity, verb: str, day: date | None, note: str) -> Item:
        """Return an item for an activity with the command `cpd VERB ID`, or `cpd VERB ID REST` for `VERB … REST`."""
        name = activity.id
        if self.ids[folded(name)] > 1 or name.startswith("-"):
            name = activity.path
        first, _, rest = verb.partition(" … ")
        command = " ".join(part for part in ("cpd", first, quote(name), rest) if part)
        return Item(activity.path, activity.id, activity.title, day, note, command)

    def since(self, day: date) -> str:
        return ago((self.day - day).days)


def ago(days: int) -> str:
    """Return `today`, `yesterday`, `9 days ago`, `4 months ago`, `2 years ago`."""
    if days < 2:
        return "yesterday" if days == 1 else "today" if days == 0 else f"in {counted(-days, 'day')}"
    if days < 62:
        return f"{days} days ago"
    return f"{days * 12 // 365} months ago" if days < 730 else f"{days // 365} years ago"


def _unread(look: _Look) -> Iterator[Item]:
    for path in look.journal.unread:
        name = id_of(path)
        command = f"cpd check {quote(path if not path.startswith('-') else f'./{path}')}"
        yield Item(path, name, "", None, "shows why it cannot be read", command)


def _evidence(look: _Look) -> Iterator[Item]:
    for each in look.activities:
        for where in look.finds(missing_evidence, each):
            file = each.evidence[int(where.partition(".")[2])].path
            note = f"{EVIDENCE}/{file} is missing"
            yield look.item(each, f"attach … {quote(file.rpartition('/')[2])}", None, note)


def _qualifications(look: _Look) -> Iterator[Item]:
    if look.is_narrowed or look.filters.objectives:
        return
    some = (each for each in look.journal.qualifications if look.filters.confidential or not each.confidential)
    for each in sorted(some, key=lambda one: (one.last_day or date.max, one.path)):
        if each.last_day and (look.finds(expired, each) or look.finds(expires_soon, each)):
            verb = "expired" if each.last_day < look.day else "expires"
            note = f"{verb} {look.since(each.last_day)}"
            yield Item(each.path, each.id, each.title, each.last_day, note, f"cpd edit {quote(each.path)}")


def _planned(look: _Look) -> Iterator[Item]:
    for each in look.activities:
        if look.finds(planned_in_past, each):
            yield look.item(each, "done", each.end, look.since(each.end))


def _in_progress(look: _Look) -> Iterator[Item]:
    for each in look.activities:
        # An activity in progress without an end date is open: the date of its last session is not its end.
        if each.status is Status.IN_PROGRESS and "end" in each.spans and each.end < look.day:
            yield look.item(each, "done", each.end, look.since(each.end))


def _inbox(look: _Look) -> Iterator[Item]:
    if look.is_narrowed or look.filters.objectives or not _within(look, look.day):
        return
    member = look.journal.member
    for place in waiting_in(look.journal.root, member.inbox if member else (), Reading(look.day)):
        entries = f"{place.path}: {counted(place.entries, 'entry', 'entries')}"
        yield Item(place.path, place.path, "", None, place.unread or entries, "cpd inbox")


def _drafts(look: _Look) -> Iterator[Item]:
    for each in look.activities:
        if each.status is Status.DRAFT:
            yield look.item(each, "done", each.start, look.since(each.start))


def _reflections(look: _Look) -> Iterator[Item]:
    for each in open_reflections(look.activities, look.model):
        activity, count = each.activity, len(each.prompts)
        is_begun = has_reflection(activity.body)
        if look.is_reported(unanswered_prompts if is_begun else no_reflection, activity):
            note = counted(count, "unanswered question") if is_begun else "no reflection"
            yield look.item(activity, "reflect", activity.end, f"{look.since(activity.end)}: {note}")


def _objectives(look: _Look) -> Iterator[Item]:
    for each in _open_progress(look):
        objective = each.objective
        if (
            each.is_overdue
            and objective.by
            and look.finds(overdue_objective, objective)
            and _within(look, objective.by)
        ):
            command = f"cpd plan done {quote(objective.id)}"
            note = f"due {look.since(objective.by)}"
            yield Item(objective.path, objective.id, objective.title, objective.by, note, command)


def _actions(look: _Look) -> Iterator[Item]:
    for each in _open_progress(look):
        objective = each.objective
        for action in each.actions_overdue if look.is_reported(overdue_actions, objective) else ():
            if action.by and _within(look, action.by):
                words = _few_words(action.action, [other.action for other in objective.actions])
                command = f"cpd plan done {quote(objective.id)} --action {quote(words)}"
                note = f"due {look.since(action.by)}"
                yield Item(objective.path, objective.id, action.action, action.by, note, command)


def _open_progress(look: _Look) -> Sequence[Progress]:
    if look.is_narrowed:
        return ()
    wanted = {folded(name.strip()) for name in look.filters.objectives}
    some = {name: each for name, each in look.journal.objectives.items() if not wanted or folded(name) in wanted}
    return [each for each in plan_of(some, (), (), look.day).objectives if each.is_open]


def _within(look: _Look, day: date) -> bool:
    return look.period.contains(day)


def _few_words(action: str, others: Iterable[str]) -> str:
    """Return the first words of an action, or the whole action if another one has the same words."""
    words = " ".join(action.split()[:WORDS_OF_ACTION])
    return action if sum(words.casefold() in each.casefold() for each in others) > 1 else words


def _review(look: _Look) -> Iterator[Item]:
    year = year_to_review(look.journal, look.day)
    path, whole = review_path(year), cpd_year(year, year_start(look.journal))
    if look.is_narrowed or look.filters.objectives or path in look.journal.unread or review_of(look.journal, year):
        return
    last, stop = whole.last, whole.stop
    begun = any(is_within(each, whole) and each.status.counts for each in look.journal.activities)
    if begun and last and stop and _within(look, last) and look.day >= months_later(stop, -MONTHS_BEFORE_REVIEW):
        note = f"the year {'ends' if look.day <= last else 'ended'} on {day_text(last)}"
        yield Item(path, f"{year}", f"Review of {whole.short_title}", last, note, f"cpd plan review --year {year}")


def _follow_ups(look: _Look) -> Iterator[Item]:
    waiting = []
    for each in look.activities:
        if not each.follow_up or FOLLOWED_UP in each.own or not each.status.counts:
            continue
        named = follow_up_day(each.follow_up, each.end)
        day = named or each.end + timedelta(DAYS_TO_FOLLOW_UP)
        if day <= look.day:
            words = " ".join(each.follow_up.split())
            note = f"due {look.since(day)}: {words}" if named else f"{look.since(each.end)}: {words}"
            waiting.append((named is None, each, look.item(each, f"set … {FOLLOWED_UP}=yes", named, note)))
    # Those with a date first; then the newest, which are most likely still worth doing.
    waiting.sort(key=lambda one: (one[1].end, one[1].path), reverse=True)
    waiting.sort(key=lambda one: one[0])
    yield from (item for _, _, item in waiting)


_FINDERS = {
    Cause.UNREAD: _unread,
    Cause.EVIDENCE: _evidence,
    Cause.QUALIFICATIONS: _qualifications,
    Cause.PLANNED: _planned,
    Cause.IN_PROGRESS: _in_progress,
    Cause.OBJECTIVES: _objectives,
    Cause.ACTIONS: _actions,
    Cause.INBOX: _inbox,
    Cause.DRAFTS: _drafts,
    Cause.REFLECTIONS: _reflections,
    Cause.REVIEW: _review,
    Cause.FOLLOW_UPS: _follow_ups,
}

_NAMES = "|".join(MONTHS)
_DAY = re.compile(
    rf"\b(?P<year>[0-9]{{4}})-(?P<month>[0-9]{{2}})-(?P<day>[0-9]{{2}})\b|"
    rf"(?:\b(?P<of>[0-9]{{1,2}})(?:st|nd|rd|th)? )?\b(?P<name>{_NAMES}) (?P<in>[0-9]{{4}})\b"
)


def _named_day(match: re.Match[str]) -> date | None:
    """Return the date of a match, for a month its last day; None if the date does not exist."""
    try:
        if match["year"]:
            return date(int(match["year"]), int(match["month"]), int(match["day"]))
        month = MONTHS.index(match["name"]) + 1
        if match["of"]:
            return date(int(match["in"]), month, int(match["of"]))
        return months_later(date(int(match["in"]), month, 1), 1) - timedelta(1)
    except (ValueError, OverflowError):
        return None
