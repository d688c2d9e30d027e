"""One activity in a document: every field that the owner filled in, in words."""

from collections.abc import Callable, Iterable, Mapping

from cpdkit.documents.kinds.context import ReportContext
from cpdkit.documents.kinds.quantities import part_of
from cpdkit.documents.literal import Markdown, escape, link, phrase_of
from cpdkit.documents.templating.labels import Labels
from cpdkit.documents.view import ActivityEntry, Fact
from cpdkit.journal.compound_types import Units
from cpdkit.journal.date_types import Day
from cpdkit.journal.declarations import Field
from cpdkit.journal.field_types import Choice, Flag, Hours, Items
from cpdkit.journal.records import ACTIVITY, Activity
from cpdkit.journal.selection import Included
from cpdkit.journal.values import Competence, Evidence, Status


def activity_entries(context: ReportContext) -> dict[str, ActivityEntry]:
    """Return the rows of the selected activities by their paths, numbered in their order."""
    numbered = enumerate(context.ordered, start=1)
    return {item.activity.path: _entry(context, item, n) for n, item in numbered}


def _entry(context: ReportContext, item: Included, number: int) -> ActivityEntry:
    """Return one activity of the selection; its anchor, from the number, names the places of its text."""
    anchor = f"a{number}"
    activity, labels = item.activity, context.labels
    return ActivityEntry(
        anchor=anchor,
        number=str(number),
        title=activity.title,
        type=activity.type.value,
        type_name=labels(f"types.{activity.type}"),
        date=context.short_dates(activity.start, activity.end, without_year=context.one_year),
        full_date=context.long_dates(activity.start, activity.end),
        hours=context.number(item.minutes),
        part=_part(item, labels),
        status="" if activity.status is Status.DONE else labels(f"statuses.{activity.status}"),
        provider=activity.provider,
        location=activity.location,
        codes=" ".join(each.code for each in activity.competences) if context.codes else "",
        meta=_meta(context, item),
        fields=tuple(_fields(context, activity)),
        evidence=evidence_links(activity.evidence, labels),
        description=context.description(anchor),
        reflection=context.reflection(anchor),
        highlight=activity.highlight,
    )


def _part(item: Included, labels: Labels) -> str:
    if item.whole:
        return ""
    return labels("values.part", part=part_of(labels, item.minutes, item.activity.minutes))


def _meta(context: ReportContext, item: Included) -> tuple[str, ...]:
    """Return the line under an activity's heading: dates, type, hours, status, provider and location."""
    activity, labels = item.activity, context.labels
    hours = _part(item, labels) or context.hours(activity.minutes)
    parts = (
        context.long_dates(activity.start, activity.end),
        labels(f"types.{activity.type}"),
        hours if activity.minutes else "",
        "" if activity.status is Status.DONE else labels(f"statuses.{activity.status}"),
        ", ".join(part for part in (activity.provider, activity.location) if part),
    )
    return tuple(part for part in parts if part)


def _fields(context: ReportContext, activity: Activity) -> Iterable[Fact]:
    """Return the fields that are filled in as facts: those that an assessor looks for, then in their declared order.

    All details are one fact, at the place of the first of them.
    """
    facts: dict[str, Fact] = {}
    for each in sorted(ACTIVITY.fields, key=_place):
        if each.shown == "fact":
            write = _WRITERS.get(each.name)
            text = write(context, activity) if write else phrase_of(_texts(context, each, activity), ", ")
            facts[each.name] = Fact(_label(context.labels, each, activity), text)
        elif each.shown == "detail":
            facts["details"] = Fact(context.labels("fields.details"), phrase_of(_details(context, activity), " · "))
    own = (Fact(own_label(name), activity.own.get(name, "")) for name in context.member.printed)
    return (fact for fact in (*facts.values(), *own) if fact.value)


FIRST = ("role", "competences", "evidence")


def _place(field: Field) -> int:
    return FIRST.index(field.name) if field.name in FIRST else len(FIRST)


def _label(labels: Labels, field: Field, activity: Activity) -> str:
    """Return the name of a field, for one or for several where the catalogue has both."""
    key = f"fields.{field.target}"
    return labels.count(key, len(getattr(activity, field.target))) if labels.counted(key) else labels(key)


def _texts(context: ReportContext, field: Field, activity: Activity) -> Iterable[str]:
    """Yield a field's value in words, each item of a list for itself."""
    labels, kind, value = context.labels, field.kind, getattr(activity, field.target)
    if value is None:
        return
    if isinstance(kind, Flag):
        # A catalogue has no words for the usual "no", such as "not confidential".
        key = field.target if value else f"not_{field.target}"
        yield from [labels(f"values.{key}")] if key in labels.keys("values") else []
    elif isinstance(kind, Hours):
        yield labels(f"values.{field.target}", hours=context.hours(value))
    elif isinstance(kind, Day):
        yield context.long_date(value)
    elif isinstance(kind, Units):
        yield from (f"{number} {name}" for name, number in value.items())
    elif isinstance(kind, Items) and isinstance(kind.kind, Choice):
        yield from (labels(f"{field.target}.{each}") for each in value)
    else:
        cell = kind.cell(value)
        yield from cell if isinstance(cell, tuple) else [str(cell)]


def own_label(name: str) -> str:
    """Return the label of an owner's own field: `x-course-fee` is `Course fee`."""
    words = name.removeprefix("x-").replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def _details(context: ReportContext, activity: Activity) -> Iterable[str]:
    """Yield the details, a word or two each: what kind of learning it was, and what it counts as."""
    details = (each for each in ACTIVITY.fields if each.shown == "detail")
    for each in sorted(details, key=lambda each: each.name == "confidential"):
        yield from _texts(context, each, activity)


def _sessions(context: ReportContext, activity: Activity) -> str:
    sessions = (
        context.labels("values.session", day=context.short_date(each.date), hours=context.hours(each.minutes))
        for each in activity.sessions
    )
    return phrase_of(sessions, "; ")


def _objectives(context: ReportContext, activity: Activity) -> str:
    """Return the titles of the objectives; the ID of one that the journal does not have."""
    known = context.journal.objectives
    return "; ".join(known[each].title if each in known else each for each in activity.objectives)


def _competences(context: ReportContext, competences: Iterable[Competence]) -> str:
    return phrase_of((_claim(context, each, "") for each in competences), ", ") if context.codes else ""


def titled_competences(context: ReportContext, competences: Iterable[Competence]) -> str:
    """Return competences with their titles and levels."""
    if not context.codes:
        return ""
    return phrase_of((_claim(context, each, context.competence_title(each.code)) for each in competences), "; ")


def _claim(context: ReportContext, competence: Competence, title: str) -> str:
    level = phrase_of(("(", context.level(competence.level), ")")) if competence.level else ""
    return phrase_of((part for part in (competence.code, title, level) if part), " ")


def _signed_off(context: ReportContext, activity: Activity) -> str:
    sign_off = activity.signed_off
    if sign_off is None:
        return ""
    if sign_off.on is None:
        return sign_off.by
    return context.labels("values.signed_off", by=sign_off.by, on=context.long_date(sign_off.on))


def evidence_links(evidence: Iterable[Evidence], labels: Labels) -> Markdown:
    """Return addresses as links and files by their names, because a report is read away from the journal."""
    return Markdown("; ".join(_one_evidence(each, labels) for each in evidence))


def _one_evidence(evidence: Evidence, labels: Labels) -> Markdown:
    if evidence.url:
        return link(evidence.label, evidence.url)
    if evidence.title:
        return escape(labels("values.file", title=evidence.title, file=evidence.path))
    return escape(evidence.path)


_WRITERS: Mapping[str, Callable[[ReportContext, Activity], str | Markdown]] = {
    "sessions": _sessions,
    "objectives": _objectives,
    "competences": lambda context, activity: _competences(context, activity.competences),
    "evidence": lambda context, activity: evidence_links(activity.evidence, context.labels),
    "signed-off": _signed_off,
}
"""Fields that a document prints in more words than their values."""
