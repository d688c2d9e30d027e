"""A new objective from what somebody says of it: its file's name, its days, its actions, and how it reads."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cpdkit.errors import UsageError
from cpdkit.journal.changing import Refused, record_of
from cpdkit.journal.drafting import Plain, drafted
from cpdkit.journal.naming import id_of, slug, unique
from cpdkit.journal.period import parse_period
from cpdkit.journal.reading import FORMS
from cpdkit.journal.records import Competence, Objective
from cpdkit.journal.said_days import said_day

OBJECTIVES = FORMS["plan"]
NAMELESS = "objective"
WORTH_SAYING = {
    "why": "what you need it for",
    "how": "what you will do",
    "success-measure": "how you will know that you are there",
    "by": "the day by which",
    "actions": "the steps, each with a day",
}
"""The fields that make an objective one that can be checked, and what each says."""
_WITH_DAY = re.compile(r"(?P<action>.*\S)\s+by\s+(?P<day>\S.*)", re.DOTALL | re.IGNORECASE)
_YEAR = re.compile(r"[0-9]{4}")
_IS_DATE = re.compile(r"[0-9]{4}(-|\Z)|[0-9]{1,2}[./][0-9]")


@dataclass(frozen=True, slots=True)
class Aimed:
    """A new objective: its path in the journal, its bytes, and the fields that are worth saying and were not said."""

    path: str
    data: bytes
    unsaid: tuple[str, ...] = ()


def aimed(paths: Sequence[str], said: Mapping[str, Plain], day: date, like: Objective | None = None) -> Aimed:
    """The file of a new objective, begun on `day` where nothing else is said.

    `paths` are the journal's objectives, `said` its fields with a title, the days ISO. Raises UsageError where what was
    said makes no objective.
    """
    values = {**(_repeated(like) if like else {}), **said}
    values.setdefault("start", day.isoformat())
    unsaid = tuple(name for name in WORTH_SAYING if not values.get(name))
    path = _free(slug(str(values.get("title", "")), NAMELESS), paths)
    data = drafted(OBJECTIVES, values, _body(unsaid))
    _judge(path, data)
    return Aimed(path, data, unsaid)


def due_day(said: str, today: date) -> date:
    """The day by which: one to come, as `said_day` reads it, or the last of a period, as in `June 2027`, `2027-Q2`.

    Raises UsageError for anything else.
    """
    try:
        return said_day(said, today, ahead=True)
    except UsageError:
        last = _last_day(said, today)
    # A month without a year may be one that is over.
    if last is None or (last < today and not _YEAR.search(said)):
        raise UsageError(f'"{said}" is not a day', "write 2027-06-30, June 2027, 2027-Q2 or in 12 weeks")
    return last


def _last_day(said: str, today: date) -> date | None:
    try:
        period = parse_period(said, today)
    except UsageError:
        return None
    return period.last if period.start else None


def action_of(said: str, today: date) -> Plain:
    """An action as a record has it, from `Read the guide by 2027-01-31`; without a day at the end, all of it is words.

    Raises UsageError for what looks like a day and is none.
    """
    words = " ".join(said.split())
    if not words:
        raise UsageError("an action has no words", '--action "Read the guide by 2027-01-31"')
    match = _WITH_DAY.fullmatch(words)
    if not match:
        return {"action": words}
    try:
        return {"action": match["action"], "by": due_day(match["day"], today).isoformat()}
    except UsageError:
        if _IS_DATE.match(match["day"]):
            raise
        return {"action": words}


def claims_of(said: Sequence[str]) -> Plain:
    """Competences as a record has them, from `A1` and `A1:P`: codes, a table where all have a level."""
    parts = [(code.strip(), level.strip()) for code, _, level in (each.partition(":") for each in said)]
    if all(level for _, level in parts):
        return dict(parts)
    return [{code: level} if level else code for code, level in parts]


def _repeated(like: Objective) -> dict[str, Plain]:
    """What an objective that builds on another has from it: not its days, nor how far it came."""
    values: dict[str, Plain] = {
        "title": like.title,
        "why": like.why,
        "how": like.how,
        "success-measure": like.success_measure,
        "priority": like.priority if "priority" in like.spans else "",
        "competences": claims_of([_claim(each) for each in like.competences]),
        "actions": [{"action": each.action} for each in like.actions],
    }
    return {name: value for name, value in values.items() if value}


def _claim(competence: Competence) -> str:
    return f"{competence.code}:{competence.level}" if competence.level else competence.code


def _free(name: str, paths: Sequence[str]) -> str:
    """A path of that name; objectives are told apart by their names alone, whatever folder they are in."""
    return unique(f"plan/{name}.md", [f"plan/{id_of(path)}.md" for path in paths])


def _body(unsaid: Sequence[str]) -> str:
    """The fields that are worth adding, in a comment, which reports leave out."""
    if not unsaid:
        return "<!-- How it goes: what changed, and why. -->"
    lines = "\n".join(f"  {name}: {WORTH_SAYING[name]}" for name in unsaid)
    return f"<!-- Worth adding above:\n{lines}\nBelow: how it goes, what changed, and why. -->"


def _judge(path: str, data: bytes) -> None:
    """Raise what makes it no objective."""
    try:
        record_of(path, data, OBJECTIVES)
    except Refused as error:
        first = error.diagnostics[0]
        raise UsageError(first.message, first.hint or first.note) from None
