"""From what the selection options say to a period and filters of one journal."""

from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from typing import TypeVar

from cpdkit.errors import UsageError
from cpdkit.journal.loading import Journal
from cpdkit.journal.period import Period, cpd_year_of, from_to, parse_period
from cpdkit.journal.records import ActivityType, Status
from cpdkit.journal.selection import Filters
from cpdkit.text.clock import today

Word = TypeVar("Word", bound=StrEnum)
ALL_TIME = "all"
"""The period that leaves nothing out."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The selection options as typed; `first` and `last` are `--from` and `--to`. An empty one was not given."""

    period: str = ""
    first: str = ""
    last: str = ""
    folders: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    competences: tuple[str, ...] = ()
    objectives: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    text: tuple[str, ...] = ()
    highlights: bool = False
    confidential: bool = False

    def within(self, period: str) -> "Choice":
        """The same, within a period where none was given."""
        return self if self.period or self.first or self.last else replace(self, period=period)

    def of_every_status(self) -> "Choice":
        """The same, of every status where none was given."""
        return replace(self, statuses=self.statuses or tuple(each.value for each in Status))


def resolve(journal: Journal, choice: Choice, day: date | None = None) -> tuple[Period, Filters]:
    """The period and the filters that were asked for. `day` is today. Raises UsageError for what names nothing."""
    return period_of(journal, choice, day or today()), filters_of(choice)


def period_of(journal: Journal, choice: Choice, day: date) -> Period:
    """`--period`, or `--from` and `--to`, or the journal's own default."""
    if choice.period and (choice.first or choice.last):
        raise UsageError("--period and --from/--to both say the period", "give the one or the other")
    if choice.first or choice.last:
        return from_to(choice.first, choice.last, day, year_start(journal))
    said = choice.period or (journal.member.default_period if journal.member else "")
    return parse_period(said, day, year_start(journal)) if said else newest_year(journal, day)


def newest_year(journal: Journal, day: date) -> Period:
    """The CPD year of the newest done activity, so that what is made from it is not empty; else today's."""
    done = [activity.end for activity in journal.activities if activity.status is Status.DONE]
    return cpd_year_of(max(done, default=day), year_start(journal))


def year_start(journal: Journal) -> tuple[int, int]:
    return journal.member.year_start if journal.member else (1, 1)


def filters_of(choice: Choice) -> Filters:
    """The filters, with the words of fixed lists checked; `selection.unmatched` says what a journal has nothing of."""
    return Filters(
        folders=choice.folders,
        types=tuple(word(said, "type", ActivityType) for said in choice.types),
        topics=choice.topics,
        competences=choice.competences,
        objectives=choice.objectives,
        statuses=tuple(word(said, "status", Status) for said in choice.statuses),
        text=choice.text,
        highlights=choice.highlights,
        confidential=choice.confidential,
    )


def word(said: str, what: str, words: type[Word]) -> Word:
    """One of a fixed list of words, forgiving case, spaces and underscores. Raises UsageError for any other."""
    tidy = "-".join(said.lower().replace("_", " ").split())
    names = [each.value for each in words]
    if tidy in names:
        return words(tidy)
    near = get_close_matches(tidy, names, n=1)
    hint = f"did you mean {near[0]}?" if near else f"there are: {', '.join(names)}"
    raise UsageError(f'there is no {what} "{said}"', hint)
