"""One activity as a document tells it: every field that the owner filled in, in words."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from cpdkit.dates.hours import format_hours
from cpdkit.dates.period import Period
from cpdkit.dates.wording import Months, day_text, days_text
from cpdkit.documents.bodies.splice import placeholder
from cpdkit.documents.literal import Markdown, escape, link
from cpdkit.documents.templating.labels import Labels
from cpdkit.documents.view import Entry, Fact
from cpdkit.journal.compound_types import Units
from cpdkit.journal.date_types import Day
from cpdkit.journal.field_types import Choice, Flag, Hours, Items
from cpdkit.journal.fields import Field
from cpdkit.journal.records import ACTIVITY, Activity, Competence, Evidence, Objective, Status
from cpdkit.journal.selection import Included


@dataclass(frozen=True, slots=True)
class Teller:
    """What telling an activity needs besides the activity itself."""

    labels: Labels
    period: Period
    objectives: Mapping[str, Objective]
    nonce: str
    codes: bool

    @property
    def months(self) -> Months:
        return Months(self.labels.words("dates.months"))

    @property
    def short_months(self) -> Months:
        return Months(self.labels.words("dates.short_months"))

    @property
    def one_year(self) -> bool:
        """Whether the period lies in one calendar year, so that a row's date can leave the year out."""
        first, last = self.period.start, self.period.last
        return first is not None and last is not None and first.year == last.year


def entry_of(teller: Teller, item: Included, anchor: str) -> Entry:
    """One activity of the selection; `anchor` names its section, and the places of its body."""
    activity, labels = item.activity, teller.labels
    year = None if not teller.one_year or teller.period.start is None else teller.period.start.year
    return Entry(
        anchor=anchor,
        title=activity.title,
        type=activity.type.value,
        type_name=labels(f"types.{activity.type}"),
        date=days_text(activity.start, activity.end, teller.short_months, without_year=year),
        full_date=days_text(activity.start, activity.end, teller.months),
        hours=format_hours(item.minutes),
        part=_part(item, labels),
        status="" if activity.status is Status.DONE else labels(f"statuses.{activity.status}"),
        provider=activity.provider,
        location=activity.location,
        codes=" ".join(each.code for each in activity.competences) if teller.codes else "",
        meta=_meta(teller, item),
        fields=tuple(_fields(teller, activity)),
        evidence=_evidence(activity.evidence, labels),
        description=placeholder(teller.nonce, f"{anchor}.description"),
        reflection=placeholder(teller.nonce, f"{anchor}.reflection"),
        highlight=activity.highlight,
    )


def _part(item: Included, labels: Labels) -> str:
    if item.whole:
        return ""
    return labels("values.part", part=format_hours(item.minutes), whole=format_hours(item.activity.minutes))


def _meta(teller: Teller, item: Included) -> tuple[str, ...]:
    """The line under an activity's heading: when, what, how long, where, by whom."""
    activity, labels = item.activity, teller.labels
    hours = _part(item, labels) or labels("values.hours", hours=format_hours(activity.minutes))
    parts = (
        days_text(activity.start, activity.end, teller.months),
        labels(f"types.{activity.type}"),
        hours if activity.minutes else "",
        "" if activity.status is Status.DONE else labels(f"statuses.{activity.status}"),
        ", ".join(part for part in (activity.provider, activity.location) if part),
    )
    return tuple(part for part in parts if part)


def _fields(teller: Teller, activity: Activity) -> Iterable[Fact]:
    """Return the fields that are filled in as facts: in the order of their declarations, the role first.

    All details are one fact, where the first of them stands.
    """
    facts: dict[str, Fact] = {}
    for each in sorted(ACTIVITY.fields, key=lambda each: each.name != "role"):
        if each.shown == "fact":
            tell = _TOLD.get(each.name)
            text = tell(teller, activity) if tell else ", ".join(_texts(teller, each, activity))
            facts[each.name] = Fact(_label(teller.labels, each, activity), text)
        elif each.shown == "detail":
            facts["details"] = Fact(teller.labels("fields.details"), " · ".join(_details(teller, activity)))
    own = (Fact(own_label(name), value) for name, value in activity.own.items())
    return (fact for fact in (*facts.values(), *own) if fact.value)


def _label(labels: Labels, field: Field, activity: Activity) -> str:
    """Return the name of a field, for one or for several where the catalogue has both."""
    key = f"fields.{field.target}"
    return labels.count(key, len(getattr(activity, field.target))) if labels.counted(key) else labels(key)


def _texts(teller: Teller, field: Field, activity: Activity) -> Iterable[str]:
    """Yield a field's value in words, each item of a list for itself."""
    labels, kind, value = teller.labels, field.kind, getattr(activity, field.target)
    if value is None:
        return
    if isinstance(kind, Flag):
        # A catalogue says nothing of a "no" that goes without saying, such as "not confidential".
        key = field.target if value else f"not_{field.target}"
        yield from [labels(f"values.{key}")] if key in labels.keys("values") else []
    elif isinstance(kind, Hours):
        yield labels(f"values.{field.target}", hours=format_hours(value))
    elif isinstance(kind, Day):
        yield day_text(value, teller.months)
    elif isinstance(kind, Units):
        yield from (f"{number} {name}" for name, number in value.items())
    elif isinstance(kind, Items) and isinstance(kind.kind, Choice):
        yield from (labels(f"{field.target}.{each}") for each in value)
    else:
        cell = kind.cell(value)
        yield from cell if isinstance(cell, tuple) else [str(cell)]


def own_label(name: str) -> str:
    """How a document names an owner's own field: `x-course-fee` is `Course fee`."""
    words = name.removeprefix("x-").replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def _details(teller: Teller, activity: Activity) -> Iterable[str]:
    """What is said in a word each, on one line: what kind of learning it was, what it counts as, where it is kept."""
    details = (each for each in ACTIVITY.fields if each.shown == "detail")
    for each in sorted(details, key=lambda each: each.name == "confidential"):
        yield from _texts(teller, each, activity)
    if activity.folder:
        yield teller.labels("values.folder", folder=activity.folder)


def _sessions(teller: Teller, activity: Activity) -> str:
    return "; ".join(
        teller.labels("values.session", day=_day(teller, each.date), hours=format_hours(each.minutes))
        for each in activity.sessions
    )


def _day(teller: Teller, day: date) -> str:
    return day_text(day, teller.short_months)


def _objectives(teller: Teller, activity: Activity) -> str:
    """The objectives by their titles; one that the journal doesn't hold by its id."""
    known = teller.objectives
    return "; ".join(known[each].title if each in known else each for each in activity.objectives)


def _competences(teller: Teller, competences: Iterable[Competence]) -> str:
    if not teller.codes:
        return ""
    return ", ".join(_claim(teller.labels, each) for each in competences)


def claims_told(teller: Teller, competences: Iterable[Competence], titles: Mapping[str, str]) -> str:
    """Competences with their titles and levels, for those who don't know the codes by heart."""
    if not teller.codes:
        return ""
    return "; ".join(
        " ".join(part for part in (each.code, titles.get(each.code, ""), _in_brackets(teller.labels, each)) if part)
        for each in competences
    )


def _in_brackets(labels: Labels, competence: Competence) -> str:
    return f"({level_told(labels, competence.level)})" if competence.level else ""


def _claim(labels: Labels, competence: Competence) -> str:
    return f"{competence.code} ({level_told(labels, competence.level)})" if competence.level else competence.code


def level_told(labels: Labels, level: str) -> str:
    """A level in words."""
    known = labels.keys("levels")
    return labels(f"levels.{level}") if level in known else level


def _signed_off(teller: Teller, activity: Activity) -> str:
    sign_off = activity.signed_off
    if sign_off is None:
        return ""
    if sign_off.on is None:
        return sign_off.by
    return teller.labels("values.signed_off", by=sign_off.by, on=day_text(sign_off.on, teller.months))


def _evidence(evidence: Iterable[Evidence], labels: Labels) -> Markdown:
    """Addresses as links, files by their names: a report is read away from the journal."""
    return Markdown("; ".join(_one_evidence(each, labels) for each in evidence))


def _one_evidence(evidence: Evidence, labels: Labels) -> Markdown:
    if evidence.url:
        return link(evidence.label, evidence.url)
    if evidence.title:
        return escape(labels("values.file", title=evidence.title, file=evidence.path))
    return escape(evidence.path)


_TOLD: Mapping[str, Callable[[Teller, Activity], str | Markdown]] = {
    "sessions": _sessions,
    "objectives": _objectives,
    "competences": lambda teller, activity: _competences(teller, activity.competences),
    "evidence": lambda teller, activity: _evidence(activity.evidence, teller.labels),
    "signed-off": _signed_off,
}
"""Fields that a document says in more words than their values."""
