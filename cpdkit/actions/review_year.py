"""The review of a CPD year: its figures, the file with its questions, and the objectives that need a decision."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from cpdkit.dates.day_words import day_text
from cpdkit.dates.hours import Minutes, format_hours
from cpdkit.dates.period import Period, cpd_year
from cpdkit.dates.period_words import cpd_year_number, months_later
from cpdkit.errors import UsageError
from cpdkit.journal.load import Journal
from cpdkit.journal.objectives import Plan, Progress, closing_day, plan_of
from cpdkit.journal.prompts import Prompt
from cpdkit.journal.reader import RECORD_KINDS
from cpdkit.journal.record_writer import record_bytes
from cpdkit.journal.records import Action, Activity, Objective, Review
from cpdkit.journal.selection import Filters, Included, select, year_start
from cpdkit.journal.totals import Breakdown, By, breakdown_of
from cpdkit.text.wording import counted

REVIEWS = RECORD_KINDS["reviews"]
MONTHS_TO_LOOK_BACK = 6
"""In this many first months of a CPD year, `cpd plan review` reviews the previous one."""
MOST_NAMED = 8
_AS_PLANNED = Prompt("What went as planned?", "What you can do now that you could not do before, and how you know.")
_NOT = Prompt("What did not go as planned, and why?", "What you planned but did not do, and what prevented it.")
_UNPLANNED = Prompt("What did you learn that was not planned?", "Whether it should have been in the plan.")
_CHANGED = Prompt(
    "What do you do differently now?", "One or two changes at work because of this year, each with an example."
)
_NEXT = Prompt("What do you plan for next year?", "What you continue, start or stop, and what needs an objective.")
QUESTIONS = (_AS_PLANNED, _NOT, _UNPLANNED, _CHANGED, _NEXT)


@dataclass(frozen=True, slots=True)
class YearInReview:
    """The state of a CPD year on a day.

    `closed` are the objectives that ended in the year, `actions` those done in it, `unplanned` the activities linked to
    no objective, longest first. Confidential activities count only in `confidential`.
    """

    year: int
    period: Period
    day: date
    plan: Plan
    types: Breakdown
    closed: tuple[Objective, ...]
    actions: tuple[Action, ...]
    unplanned: tuple[Included, ...]
    confidential: int

    @property
    def open(self) -> tuple[Progress, ...]:
        """Return the objectives that are open on the day, by due date."""
        return tuple(each for each in self.plan.objectives if each.is_open)

    @property
    def late(self) -> tuple[Progress, ...]:
        """Return the open objectives that are overdue or have an overdue action."""
        return tuple(each for each in self.open if each.is_overdue or each.actions_overdue)

    @property
    def idle(self) -> tuple[Progress, ...]:
        """Return the open objectives, started by the end of the year, to which no activity of the year is linked."""
        last = self.period.last or self.day
        return tuple(each for each in self.open if not each.done and (each.objective.start or last) <= last)


def year_to_review(journal: Journal, day: date) -> int:
    """Return the CPD year to review on a day: the previous one in the first half of a CPD year."""
    return cpd_year_number(months_later(day, -MONTHS_TO_LOOK_BACK), year_start(journal))


def year_summary(journal: Journal, year: int, day: date) -> YearInReview:
    """Return the state of a CPD year on a day. Raises UsageError for a year that has not started."""
    period = cpd_year(year, year_start(journal))
    if period.start and period.start > day:
        raise UsageError(f"{period.words} has not started", "give the year in which it starts: --year YEAR")
    selection = select(journal.activities, len(journal.unread), period, Filters())
    open_to_all = [each for each in journal.activities if not each.confidential]
    objectives = journal.objectives
    return YearInReview(
        year,
        period,
        day,
        plan_of(objectives, selection.included, open_to_all, day),
        breakdown_of(selection, By.TYPE),
        tuple(each for each in objectives.values() if _within(closing_day(each), period)),
        tuple(each for one in objectives.values() for each in one.actions if _within(each.done, period)),
        tuple(sorted((each for each in selection.included if _is_unplanned(each.activity, objectives)), key=_longest)),
        selection.omitted.confidential,
    )


def review_of(journal: Journal, year: int) -> Review | None:
    """Return the review of a year, if there is one."""
    return next((each for each in journal.reviews if each.year == year), None)


def review_path(year: int) -> str:
    """Return the path for a new review of a year."""
    return f"reviews/{year}.md"


def progress_towards(journal: Journal, objective: Objective, day: date) -> tuple[Progress, int]:
    """Return the progress towards an objective in all years, and the number of confidential activities omitted."""
    selection = select(journal.activities, len(journal.unread), Period(), Filters())
    open_to_all = [each for each in journal.activities if not each.confidential]
    (progress,) = plan_of({objective.id: objective}, selection.included, open_to_all, day).objectives
    hidden = sum(1 for each in journal.activities if each.confidential and objective.id in each.objectives)
    return progress, hidden


def begun_review(review: YearInReview) -> bytes:
    """Return a new review: each question as a heading, with what the journal has on it in a comment.

    Reports never print comments.
    """
    body = [_comment([_of_figures(review)])]
    for prompt in QUESTIONS:
        body += [f"## {prompt.question}", _comment([prompt.help, *_known(review, prompt)])]
    values = {"year": f"{review.year}", "written": review.day.isoformat()}
    return record_bytes(REVIEWS, dict(values), "\n\n".join(body))


def figures(review: YearInReview) -> tuple[str, ...]:
    """Return the year in a few sentences without a full stop: hours by type, the unplanned share, the objectives."""
    count = len(review.plan.objectives)
    types = ", ".join(f"{part.key} {_hours(part.minutes)}" for part in review.types.parts if part.minutes)
    sentences = [f"{_hours(review.types.minutes)} in {counted(review.types.count, 'activity', 'activities')}"]
    sentences[0] += f": {types}" if types else ""
    if review.plan.minutes:
        percent = (100 * review.plan.unplanned + review.plan.minutes // 2) // review.plan.minutes
        sentences.append(f"{_hours(review.plan.unplanned)} ({percent} %) not linked to an objective")
    if count:
        achieved, dropped = _ended(review, "achieved"), _ended(review, "dropped")
        overdue = sum(1 for each in review.open if each.is_overdue)
        sentences.append(
            f"objectives: {len(achieved)} achieved and {len(dropped)} dropped in the year; "
            f"{len(review.open)} open, {overdue} of them overdue; {counted(len(review.actions), 'action')} done"
        )
    if review.confidential:
        hidden = counted(review.confidential, "confidential activity", "confidential activities")
        sentences.append(f"{hidden} omitted")
    return tuple(sentences)


def _of_figures(review: YearInReview) -> str:
    lines = "\n".join(f"  {each}" for each in figures(review))
    day = day_text(review.day)
    return f"{review.period.words}, as of {day}; cpd plan and cpd totals show the current figures:\n{lines}"


def _known(review: YearInReview, prompt: Prompt) -> Iterable[str]:
    """Yield lines with what the journal has on the answer."""
    if prompt is _AS_PLANNED:
        yield from _line("achieved", _ended(review, "achieved"))
        yield from _line("actions done", [each.action for each in review.actions])
    elif prompt is _NOT:
        yield from _line("dropped", _ended(review, "dropped"))
        yield from _line("overdue, or with an overdue action", [each.objective.title for each in review.late])
        yield from _line("no activity in the year", [each.objective.title for each in review.idle])
    elif prompt is _UNPLANNED:
        yield from _line("longest activities without an objective", [each.activity.title for each in review.unplanned])
    elif prompt is _NEXT:
        yield from _line("open", [_due(each.objective) for each in review.open])


def _line(what: str, names: Sequence[str]) -> Iterable[str]:
    if names:
        yield f"  {what}:"
        yield from (f"    {each}" for each in names[:MOST_NAMED])
        if len(names) > MOST_NAMED:
            yield f"    and {len(names) - MOST_NAMED} more"


def _due(objective: Objective) -> str:
    return f"{objective.title} (due {day_text(objective.by)})" if objective.by else objective.title


def _ended(review: YearInReview, status: str) -> list[str]:
    return [each.title for each in review.closed if each.status == status]


def _comment(lines: Iterable[str]) -> str:
    """Return a comment. `--` becomes `—`, so that no text in it can end it."""
    return f"<!-- {re.sub('-{2,}', '—', chr(10).join(lines))} -->"


def _within(day: date | None, period: Period) -> bool:
    return bool(day and period.start and period.stop and period.start <= day < period.stop)


def _is_unplanned(activity: Activity, objectives: Iterable[str]) -> bool:
    return not set(activity.objectives) & set(objectives)


def _longest(item: Included) -> tuple[Minutes, str]:
    return -item.minutes, item.activity.path


def _hours(minutes: Minutes) -> str:
    return f"{format_hours(minutes)} h"
