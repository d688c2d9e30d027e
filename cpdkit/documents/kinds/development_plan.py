"""The development plan in a document: what was achieved, and what is still to do."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from cpdkit.dates.hours import Minutes
from cpdkit.dates.period import Period
from cpdkit.documents.kinds.activities import titled_competences
from cpdkit.documents.kinds.context import ReportContext, signatories_of
from cpdkit.documents.literal import Markdown
from cpdkit.documents.view import (
    ActivityEntry,
    Contribution,
    DevelopmentPlan,
    Fact,
    HeadlineFigure,
    ObjectiveEntry,
    OpenStep,
)
from cpdkit.journal.objectives import Plan, Progress, closing_day, measure_met, objective_as_of, plan_of
from cpdkit.journal.records import Objective
from cpdkit.journal.sections import outline


def development_plan(context: ReportContext) -> DevelopmentPlan:
    """Return the plan: what the selected activities contributed, and what is open on the context's date."""
    objectives = {each.id: objective_as_of(each, context.day) for each in _in_the_plan(context)}
    confidential = context.selection.filters.confidential
    activities = [each for each in context.journal.activities if confidential or not each.confidential]
    plan = plan_of(objectives, context.included, activities, context.day)
    entries = [(each, _entry(context, each)) for each in plan.objectives]
    past = [entry for each, entry in entries if entry.deeds or _closed_within(each.objective, context.period)]
    ahead = [entry for _, entry in entries if entry.is_open]
    unplanned = _unplanned(context, objectives)
    return DevelopmentPlan(
        day=context.long_date(context.day),
        figures=_figures(context, plan, ahead),
        sentences=tuple(_sentences(context, plan, past, ahead)),
        aims=tuple(entry for _, entry in entries if entry in past or entry in ahead),
        past=tuple(past),
        ahead=tuple(ahead),
        unplanned=unplanned,
        unplanned_share=_unplanned_share(context, plan, len(unplanned)),
        signatories=signatories_of(context),
    )


def _in_the_plan(context: ReportContext) -> Iterator[Objective]:
    """Yield the objectives that existed on the date of the plan."""
    for each in context.journal.objectives.values():
        if context.day >= context.today or each.start is None or each.start <= context.day:
            yield each


def _closed_within(objective: Objective, period: Period) -> bool:
    day = closing_day(objective)
    return day is not None and period.contains(day)


def _unplanned(context: ReportContext, known: Mapping[str, Objective]) -> tuple[ActivityEntry, ...]:
    """Return the activities without an objective of the plan, newest first."""
    chosen = {
        item.activity.path
        for item in context.included
        if item.activity.status.counts and not any(name in known for name in item.activity.objectives)
    }
    return tuple(entry for path, entry in context.entries.items() if path in chosen)


# --- one objective ---


def _entry(context: ReportContext, progress: Progress) -> ObjectiveEntry:
    objective, actions = progress.objective, progress.objective.actions
    anchor = context.anchors[objective.id]
    return ObjectiveEntry(
        anchor=anchor,
        done_anchor=f"{anchor}done" if progress.is_open else anchor,
        title=objective.title,
        state=context.labels(f"plan.states.{objective.status}"),
        late=_late(context, progress),
        by=context.short_date(objective.by),
        priority=context.labels(f"plan.priorities.{objective.priority}"),
        actions=context.labels("figures.of", n=progress.actions_done, all=len(actions)) if actions else "",
        hours=context.number(progress.minutes),
        codes=" ".join(each.code for each in objective.competences) if context.codes else "",
        is_open=progress.is_open,
        done_meta=tuple(_done_meta(context, progress)),
        meta=tuple(_meta(context, progress)),
        done_fields=tuple(_done_fields(context, objective)),
        fields=tuple(_fields(context, objective)),
        deeds=tuple(_contributions(context, progress)),
        steps=tuple(_open_steps(context, progress)),
        remarks=context.description(anchor) if outline(objective.body).described else Markdown(""),
    )


def _late(context: ReportContext, progress: Progress) -> str:
    if progress.is_overdue:
        return context.labels("plan.overdue")
    late = len(progress.actions_overdue)
    return context.labels.count("plan.actions_overdue", late) if late else ""


def _done_meta(context: ReportContext, progress: Progress) -> Iterator[str]:
    """Yield the outcome of an objective, and what was done for it in the period."""
    objective = progress.objective
    closed = closing_day(objective)
    if progress.is_open:
        by = objective.by
        yield context.labels("plan.open_until", day=context.long_date(by)) if by else context.labels("plan.still")
    else:
        key = f"{objective.status}_on" if closed else f"states.{objective.status}"
        yield context.labels(f"plan.{key}", day=context.long_date(closed) if closed else "")
    if progress.done:
        yield context.labels.count("plan.did", len(progress.done), hours=context.hours(progress.minutes))
    else:
        yield context.labels("plan.no_activity")
    if objective.actions:
        yield context.labels.count("plan.actions_done", len(objective.actions), done=progress.actions_done)


def _meta(context: ReportContext, progress: Progress) -> Iterator[str]:
    """Yield the due date, the priority and the start of an objective."""
    objective = progress.objective
    if objective.by:
        yield context.labels("plan.due", day=context.long_date(objective.by))
    yield context.labels("plan.priority", priority=context.labels(f"plan.priorities.{objective.priority}"))
    if objective.start:
        key = "since" if objective.start <= context.day else "begins"
        yield context.labels(f"plan.{key}", day=context.long_date(objective.start))
    if not progress.done:
        yield context.labels("plan.no_activity")


def _done_fields(context: ReportContext, objective: Objective) -> Iterator[Fact]:
    """Yield the success measure, and whether it was met if the journal records it."""
    if objective.success_measure:
        yield Fact(context.labels("plan.measure"), objective.success_measure)
        if objective.status == "achieved":
            outcome = {True: "met", False: "not_met", None: "not_said"}[measure_met(objective)]
            yield Fact(context.labels("plan.outcome"), context.labels(f"plan.{outcome}"))


def _fields(context: ReportContext, objective: Objective) -> Iterator[Fact]:
    claims = titled_competences(context, objective.competences)
    named = (
        (context.labels("plan.why"), objective.why),
        (context.labels("plan.how"), objective.how),
        (context.labels("plan.measure"), objective.success_measure),
        (context.labels.count("fields.competences", len(objective.competences)), claims),
    )
    return (Fact(label, value) for label, value in named if value)


def _contributions(context: ReportContext, progress: Progress) -> list[Contribution]:
    """Return the actions and activities of the period, newest first."""
    dated: list[tuple[date, Contribution]] = []
    for activity in progress.done:
        entry = context.entries[activity.path]
        row = Contribution(entry.date, entry.title, entry.type_name, entry.hours, entry.part, entry.status)
        dated.append((activity.end, row))
    for action in progress.objective.actions:
        if action.done and context.period.contains(action.done):
            day = context.short_dates(action.done, action.done, without_year=context.one_year)
            dated.append((action.done, Contribution(day, action.action, context.labels("plan.action"))))
    return [contribution for _, contribution in sorted(dated, key=lambda pair: pair[0], reverse=True)]


def _open_steps(context: ReportContext, progress: Progress) -> list[OpenStep]:
    """Return what is still to do: open actions and planned activities, by due date."""
    if not progress.is_open:
        return []
    dated: list[tuple[date, OpenStep]] = []
    for action in progress.objective.actions:
        if not action.done:
            late = context.labels("plan.overdue") if action.by and action.by < context.day else ""
            dated.append((action.by or date.max, OpenStep(context.short_date(action.by), action.action, "", late)))
    for activity in progress.ahead:
        days = context.short_dates(activity.start, activity.end)
        remark = context.labels("plan.planned", type=context.labels(f"types.{activity.type}"))
        late = context.labels("plan.past_day") if activity.end < context.day else ""
        dated.append((activity.end, OpenStep(days, activity.title, remark, late)))
    return [step for _, step in sorted(dated, key=lambda pair: pair[0])]


# --- the whole ---


def _figures(context: ReportContext, plan: Plan, ahead: Sequence[ObjectiveEntry]) -> tuple[HeadlineFigure, ...]:
    done = [each for each in plan.objectives if each.objective.status == "achieved"]
    achieved = sum(1 for each in done if _closed_within(each.objective, context.period))
    overdue = sum(each.is_overdue + len(each.actions_overdue) for each in plan.objectives)
    figures = [
        HeadlineFigure(str(achieved), context.labels.count("plan.figures.achieved", achieved)),
        HeadlineFigure(str(len(ahead)), context.labels.count("plan.figures.open", len(ahead))),
        HeadlineFigure(str(overdue), context.labels("plan.figures.overdue")),
    ]
    if plan.minutes:
        share = context.labels("plan.figures.percent", n=_percent(plan.planned, plan.minutes))
        figures.append(HeadlineFigure(share, context.labels("plan.figures.planned")))
    return tuple(figures)


def _percent(part: Minutes, whole: Minutes) -> int:
    return (100 * part + whole // 2) // whole


def _sentences(
    context: ReportContext, plan: Plan, past: Iterable[ObjectiveEntry], ahead: Sequence[ObjectiveEntry]
) -> Iterator[str]:
    """Yield what the table of objectives does not show."""
    if not plan.objectives:
        yield context.labels("plan.none")
    elif not ahead:
        yield context.labels("plan.none_open")
    shown = {entry.anchor for entry in past}
    closed = [each.objective.id for each in plan.objectives if not each.is_open]
    missing = sum(1 for each in closed if context.anchors[each] not in shown)
    if missing:
        yield context.labels.count("plan.closed_earlier", missing)
    for name, count in plan.unknown.items():
        yield context.labels.count("plan.unknown", count, name=name)
    served = sum(each.minutes for each in plan.objectives)
    if served > plan.planned:
        yield context.labels("plan.twice")


def _unplanned_share(context: ReportContext, plan: Plan, count: int) -> str:
    if not count:
        return context.labels("plan.all_planned") if plan.minutes else ""
    part, whole = context.hours(plan.unplanned), context.hours(plan.minutes)
    percent = _percent(plan.unplanned, plan.minutes) if plan.minutes else 0
    return context.labels.count("plan.unplanned", count, hours=part, all=whole, percent=percent)
