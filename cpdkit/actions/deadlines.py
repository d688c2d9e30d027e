"""The owner's deadlines: ends of scheme periods, last days to record or declare, objectives, actions and reviews."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from cpdkit.actions.review_year import review_of, review_path, year_to_review
from cpdkit.dates.period import Period, cpd_year
from cpdkit.journal.load import Journal
from cpdkit.journal.objectives import plan_of
from cpdkit.journal.selection import is_within, year_start
from cpdkit.schemes.evaluate import Records, evaluate, was_member
from cpdkit.schemes.rules import Anchor, Measure, Scheme
from cpdkit.schemes.standing import Figure, Standing, State, with_unit
from cpdkit.schemes.vocabulary import Vocabulary
from cpdkit.schemes.windows import due_in, record_by, years_in
from cpdkit.text.wording import counted


class Cause(StrEnum):
    """What ends or is due."""

    PERIOD = "period"
    RECORD = "record-by"
    DECLARATION = "declaration"
    OBJECTIVE = "objective"
    ACTION = "action"
    REVIEW = "review"
    QUALIFICATION = "qualification"


@dataclass(frozen=True, slots=True)
class Deadline:
    """One deadline. `key` is the same each time; `note` is what is missing; `path` is a record of the journal."""

    cause: Cause
    day: date
    title: str
    key: str
    note: str = ""
    path: str = ""

    def days_left(self, on: date) -> int:
        """Return the days from a date until it; less than 0 once it has passed."""
        return (self.day - on).days


def deadlines(journal: Journal, vocabulary: Vocabulary, on: date) -> tuple[Deadline, ...]:
    """Return what is overdue and what comes, the earliest first. A scheme period that has ended is not listed."""
    every = [*_of_schemes(journal, vocabulary, on), *_of_plan(journal, on), *_of_review(journal, on)]
    every += _of_qualifications(journal)
    return tuple(sorted(every, key=lambda each: (each.day, list(Cause).index(each.cause), each.title)))


def schemes_without_start(journal: Journal, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the IDs of schemes without deadlines: their periods begin on the missing start date."""
    followed = journal.member.schemes if journal.member else ()
    names = dict.fromkeys(each.scheme for each in followed if not each.start)
    schemes = [scheme for name in names if (scheme := vocabulary.scheme(name))]
    return tuple(each.id for each in schemes if each.rules and each.rules[0].period.starts is Anchor.MEMBER)


def days_words(days: int) -> str:
    """Return `today`, `12 days left`, `3 days overdue`."""
    if days == 0:
        return "today"
    return f"{counted(days, 'day')} left" if days > 0 else f"{counted(-days, 'day')} overdue"


def _of_schemes(journal: Journal, vocabulary: Vocabulary, on: date) -> Iterator[Deadline]:
    records = Records(journal.activities, tuple(journal.objectives.values()), journal.reviews)
    followed = {each.scheme: each for each in (journal.member.schemes if journal.member else ())}
    for name, membership in followed.items():
        scheme = vocabulary.scheme(name)
        standing = evaluate(scheme, membership, records, on) if scheme else None
        if scheme is None or standing is None or not _has_end(standing):
            continue
        yield from _of_period(scheme, standing)
        start = standing.period.start
        if start and was_member(membership, start):
            earlier = evaluate(scheme, membership, records, on, period_on=start - timedelta(1))
            if earlier:
                yield from _after_end(scheme, earlier, on)


def _has_end(standing: Standing) -> bool:
    """Whether the last day of its period is fixed and can be known."""
    return standing.rules.period.starts is not Anchor.ROLLING and not standing.needs_start


def _of_period(scheme: Scheme, standing: Standing) -> Iterator[Deadline]:
    """Yield the end of the current period, the day for recording it, and its declarations."""
    period, name = standing.period, f"{_name(scheme)} {standing.period.short_title}"
    key = f"{scheme.id}:{period.start}"
    if period.last:
        yield Deadline(Cause.PERIOD, period.last, f"{name} ends", f"period:{key}", _missing(standing.figures))
        if day := record_by(standing.rules.period, period):
            yield Deadline(Cause.RECORD, day, f"{name}: last day to record", f"record-by:{key}")
    yield from _declarations(scheme, standing)


def _after_end(scheme: Scheme, standing: Standing, on: date) -> Iterator[Deadline]:
    """Yield the deadlines of the period before that have not passed."""
    name, key = f"{_name(scheme)} {standing.period.short_title}", f"{scheme.id}:{standing.period.start}"
    day = record_by(standing.rules.period, standing.period)
    if day and day >= on:
        yield Deadline(Cause.RECORD, day, f"{name}: last day to record", f"record-by:{key}", _missing(standing.figures))
    # A declaration that is overdue is listed until it is made, if its day came at the end of the period or later.
    last = standing.period.last
    yield from (each for each in _declarations(scheme, standing) if last and each.day >= last)


def _declarations(scheme: Scheme, standing: Standing) -> Iterator[Deadline]:
    """Yield the declarations to be made: one for the period, or one for each of its years."""
    for figure in standing.figures:
        is_open = figure.state in (State.NOT_DUE, State.EXPLAIN) and not figure.explanation
        if figure.requirement.measure is not Measure.DECLARED or not is_open:
            continue
        windows = [standing.period]
        if figure.requirement.in_each_year:
            years = zip(years_in(standing.period), figure.parts, strict=False)
            windows = [year for year, part in years if not part.met]
        for window in windows:
            day = due_in(figure.requirement, standing.rules.period, window)
            title = f"{_name(scheme)} {window.short_title}: {figure.requirement.title}"
            key = f"declaration:{scheme.id}:{window.start}:{figure.requirement.id}"
            yield Deadline(Cause.DECLARATION, day, title, key)


def _name(scheme: Scheme) -> str:
    return scheme.abbreviation or scheme.body or scheme.id


def _missing(figures: Iterable[Figure]) -> str:
    """Return the requirements that are short, with what is missing."""
    return "; ".join(
        f"{each.requirement.title}: {with_unit(each.short_by, each.unit)} {'short' if each.unit else 'missing'}"
        for each in figures
        if each.is_unmet
    )


def _of_plan(journal: Journal, on: date) -> Iterator[Deadline]:
    for progress in plan_of(journal.objectives, (), (), on).objectives:
        objective = progress.objective
        if not progress.is_open:
            continue
        if objective.by and "CPD602" not in objective.accepted:
            key = f"objective:{objective.path}"
            yield Deadline(Cause.OBJECTIVE, objective.by, objective.title, key, path=objective.path)
        same = Counter[str]()
        for action in objective.actions:
            same[action.action] += 1
            if action.by and not action.done and "CPD605" not in objective.accepted:
                number = same[action.action]
                key = f"action:{objective.path}:{action.action}" + (f"#{number}" if number > 1 else "")
                yield Deadline(Cause.ACTION, action.by, action.action, key, objective.title, objective.path)


def _of_review(journal: Journal, on: date) -> Iterator[Deadline]:
    """Yield the review of the CPD year that has to be reviewed next, if the year has activities."""
    year = year_to_review(journal, on)
    period: Period = cpd_year(year, year_start(journal))
    if review_of(journal, year) or period.last is None:
        return
    if any(is_within(each, period) and each.status.counts for each in journal.activities):
        path = review_path(year)
        yield Deadline(Cause.REVIEW, period.last, f"Review of {period.short_title}", f"review:{path}", path=path)


def _of_qualifications(journal: Journal) -> Sequence[Deadline]:
    """Return when qualifications expire; one that the owner accepts as expired has no deadline."""
    return [
        Deadline(
            Cause.QUALIFICATION, each.last_day, f"{each.title} expires", f"qualification:{each.path}", path=each.path
        )
        for each in journal.qualifications
        if each.last_day and not {"CPD613", "CPD614"} & each.accepted.keys()
    ]
