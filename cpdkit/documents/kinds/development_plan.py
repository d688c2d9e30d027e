"""The development plan as a document tells it: what came of the objectives, and what is still to be done."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cpdkit.dates.hours import Minutes, format_hours
from cpdkit.dates.period import Period
from cpdkit.dates.wording import day_text, days_text
from cpdkit.documents.bodies.splice import placeholder
from cpdkit.documents.kinds.activities import Teller, claims_told
from cpdkit.documents.literal import Markdown
from cpdkit.documents.view import Aim, Deed, Entry, Fact, Figure, Plan, Step
from cpdkit.journal.body import outline
from cpdkit.journal.load import Journal
from cpdkit.journal.member import Member
from cpdkit.journal.objectives import Plan as Reckoned
from cpdkit.journal.objectives import Progress, as_it_stood, closing_day, measure_met, plan_of
from cpdkit.journal.records import Action, Activity, Objective
from cpdkit.journal.selection import Selection


@dataclass(frozen=True, slots=True)
class Planning:
    """What telling a plan needs. `day` is the one it is told of, `entries` the activities' rows by path, `anchors` the
    objectives' sections and `titles` the competences' by code.
    """

    teller: Teller
    day: date
    entries: Mapping[str, Entry]
    anchors: Mapping[str, str]
    titles: Mapping[str, str]

    def say(self, key: str, **facts: object) -> str:
        return self.teller.labels(f"plan.{key}", **facts)

    def count(self, key: str, n: int, **facts: object) -> str:
        return self.teller.labels.count(f"plan.{key}", n, **facts)

    def hours(self, minutes: Minutes) -> str:
        return self.teller.labels("values.hours", hours=format_hours(minutes))

    def spoken(self, day: date) -> str:
        return day_text(day, self.teller.months)

    def short(self, day: date | None) -> str:
        return day_text(day, self.teller.short_months) if day else ""


def plan_told(planning: Planning, journal: Journal, member: Member, selection: Selection, today: date) -> Plan:
    """The plan of a journal: what the selected activities did for it, and what is open on the planning's day."""
    objectives = {each.id: as_it_stood(each, planning.day) for each in _in_the_plan(journal, planning.day, today)}
    asked = [each for each in journal.activities if selection.filters.confidential or not each.confidential]
    reckoned = plan_of(objectives, selection.included, asked, planning.day)
    aims = [(each, _aim(planning, each)) for each in reckoned.objectives]
    past = [aim for each, aim in aims if aim.deeds or _closed_within(each.objective, selection.period)]
    ahead = [aim for _, aim in aims if aim.is_open]
    unplanned = _unplanned(planning, objectives, selection)
    return Plan(
        day=planning.spoken(planning.day),
        figures=_figures(planning, reckoned, ahead),
        sentences=tuple(_sentences(planning, reckoned, past, ahead)),
        aims=tuple(aim for _, aim in aims if aim in past or aim in ahead),
        past=tuple(past),
        ahead=tuple(ahead),
        unplanned=unplanned,
        unplanned_said=_share(planning, reckoned, len(unplanned)),
        signatories=(Fact(planning.say("member"), member.full_name), Fact(planning.say("mentor"), "")),
    )


def objective_anchors(journal: Journal) -> dict[str, str]:
    """The anchor of each objective's section, by its id."""
    return {each: f"o{n}" for n, each in enumerate(journal.objectives, start=1)}


def _in_the_plan(journal: Journal, day: date, today: date) -> Iterator[Objective]:
    """The objectives, without those that an earlier day could not know of yet."""
    for each in journal.objectives.values():
        if day >= today or each.start is None or each.start <= day:
            yield each


def _closed_within(objective: Objective, period: Period) -> bool:
    day = closing_day(objective)
    return day is not None and period.contains(day)


def _unplanned(planning: Planning, known: Mapping[str, Objective], selection: Selection) -> tuple[Entry, ...]:
    """The activities towards no objective of the plan, the newest first."""
    chosen = {
        item.activity.path
        for item in selection.included
        if item.activity.status.counts and not any(name in known for name in item.activity.objectives)
    }
    return tuple(entry for path, entry in planning.entries.items() if path in chosen)


# --- one objective ---


def _aim(planning: Planning, progress: Progress) -> Aim:
    objective = progress.objective
    anchor = planning.anchors[objective.id]
    deeds = tuple(_deeds(planning, progress))
    return Aim(
        anchor=anchor,
        done_anchor=f"{anchor}done" if progress.is_open else anchor,
        title=objective.title,
        state=planning.say(f"states.{objective.status}"),
        late=_late(planning, progress),
        by=planning.short(objective.by),
        priority=planning.say(f"priorities.{objective.priority}"),
        actions=_actions(planning, progress),
        hours=format_hours(progress.minutes),
        is_open=progress.is_open,
        done_meta=tuple(_done_meta(planning, progress)),
        meta=tuple(_meta(planning, progress)),
        done_fields=tuple(_done_fields(planning, objective)),
        fields=tuple(_fields(planning, objective)),
        deeds=deeds,
        steps=tuple(_steps(planning, progress)),
        remarks=_remarks(planning, objective, anchor),
    )


def _late(planning: Planning, progress: Progress) -> str:
    if progress.is_overdue:
        return planning.say("overdue")
    late = len(progress.actions_overdue)
    return planning.count("actions_overdue", late) if late else ""


def _actions(planning: Planning, progress: Progress) -> str:
    count = len(progress.objective.actions)
    return planning.teller.labels("figures.of", n=progress.actions_done, all=count) if count else ""


def _done_meta(planning: Planning, progress: Progress) -> Iterator[str]:
    """What became of it, and what was done for it in the period."""
    objective = progress.objective
    closed = closing_day(objective)
    if progress.is_open:
        yield planning.say("open_until", day=planning.spoken(objective.by)) if objective.by else planning.say("still")
    else:
        key = f"{objective.status}_on" if closed else f"states.{objective.status}"
        yield planning.say(key, day=planning.spoken(closed) if closed else "")
    hours = planning.hours(progress.minutes)
    yield planning.count("did", len(progress.done), hours=hours) if progress.done else planning.say("no_activity")
    if objective.actions:
        yield planning.count("actions_done", len(objective.actions), done=progress.actions_done)


def _meta(planning: Planning, progress: Progress) -> Iterator[str]:
    """When it is due, how much it matters, since when it stands in the plan."""
    objective = progress.objective
    if objective.by:
        yield planning.say("due", day=planning.spoken(objective.by))
    yield planning.say("priority", priority=planning.say(f"priorities.{objective.priority}"))
    if objective.start:
        key = "since" if objective.start <= planning.day else "begins"
        yield planning.say(key, day=planning.spoken(objective.start))
    if not progress.done:
        yield planning.say("no_activity")


def _done_fields(planning: Planning, objective: Objective) -> Iterator[Fact]:
    """The success measure and whether it was met, so far as the journal says so."""
    if objective.success_measure:
        yield Fact(planning.say("measure"), objective.success_measure)
        if objective.status == "achieved":
            said = {True: "met", False: "not_met", None: "not_said"}[measure_met(objective)]
            yield Fact(planning.say("outcome"), planning.say(said))


def _fields(planning: Planning, objective: Objective) -> Iterator[Fact]:
    claims = claims_told(planning.teller, objective.competences, planning.titles)
    named = (
        (planning.say("why"), objective.why),
        (planning.say("how"), objective.how),
        (planning.say("measure"), objective.success_measure),
        (planning.teller.labels.count("fields.competences", len(objective.competences)), claims),
    )
    return (Fact(label, value) for label, value in named if value)


def _deeds(planning: Planning, progress: Progress) -> list[Deed]:
    """Its actions and activities of the period, the newest first."""
    period = planning.teller.period
    found = [(each.end, _activity_done(planning, each)) for each in progress.done]
    for each in progress.objective.actions:
        if each.done and period.contains(each.done):
            found.append((each.done, _action_done(planning, each, each.done)))
    return [deed for _, deed in sorted(found, key=lambda pair: pair[0], reverse=True)]


def _activity_done(planning: Planning, activity: Activity) -> Deed:
    entry = planning.entries[activity.path]
    return Deed(entry.date, entry.title, entry.type_name, entry.hours, entry.part, entry.status)


def _action_done(planning: Planning, action: Action, day: date) -> Deed:
    year = day.year if planning.teller.one_year else None
    said = days_text(day, day, planning.teller.short_months, without_year=year)
    return Deed(said, action.action, planning.say("action"))


def _steps(planning: Planning, progress: Progress) -> list[Step]:
    """What is to be done still: open actions and planned activities, by when they are due."""
    found = [(each.by or date.max, _step(planning, each)) for each in progress.objective.actions if not each.done]
    found += [(each.end, _planned(planning, each)) for each in progress.ahead]
    return [step for _, step in sorted(found, key=lambda pair: pair[0])] if progress.is_open else []


def _step(planning: Planning, action: Action) -> Step:
    late = planning.say("overdue") if action.by and action.by < planning.day else ""
    return Step(planning.short(action.by), action.action, "", late)


def _planned(planning: Planning, activity: Activity) -> Step:
    days = days_text(activity.start, activity.end, planning.teller.short_months)
    kind = planning.teller.labels(f"types.{activity.type}")
    late = planning.say("past_day") if activity.end < planning.day else ""
    return Step(days, activity.title, planning.say("planned", type=kind), late)


def _remarks(planning: Planning, objective: Objective, anchor: str) -> Markdown:
    shown = outline(objective.body).described > 0
    return placeholder(planning.teller.nonce, f"{anchor}.description") if shown else Markdown("")


# --- the whole ---


def _figures(planning: Planning, plan: Reckoned, ahead: Sequence[Aim]) -> tuple[Figure, ...]:
    done = [each for each in plan.objectives if each.objective.status == "achieved"]
    achieved = sum(1 for each in done if _closed_within(each.objective, planning.teller.period))
    overdue = sum(each.is_overdue + len(each.actions_overdue) for each in plan.objectives)
    figures = [
        Figure(str(achieved), planning.count("figures.achieved", achieved)),
        Figure(str(len(ahead)), planning.count("figures.open", len(ahead))),
        Figure(str(overdue), planning.say("figures.overdue")),
    ]
    if plan.minutes:
        share = planning.say("figures.percent", n=_percent(plan.planned, plan.minutes))
        figures.append(Figure(share, planning.say("figures.planned")))
    return tuple(figures)


def _is_among(progress: Progress, aims: Iterable[Aim], planning: Planning) -> bool:
    return any(each.anchor == planning.anchors[progress.objective.id] for each in aims)


def _percent(part: Minutes, whole: Minutes) -> int:
    return (100 * part + whole // 2) // whole


def _sentences(planning: Planning, plan: Reckoned, past: Sequence[Aim], ahead: Sequence[Aim]) -> Iterator[str]:
    """What the table of objectives does not say by itself."""
    if not plan.objectives:
        yield planning.say("none")
    elif not ahead:
        yield planning.say("none_open")
    missing = sum(1 for each in plan.objectives if not each.is_open and not _is_among(each, past, planning))
    if missing:
        yield planning.count("closed_earlier", missing)
    for name, count in plan.unknown.items():
        yield planning.count("unknown", count, name=name)
    served = sum(each.minutes for each in plan.objectives)
    if served > plan.planned:
        yield planning.say("twice")


def _share(planning: Planning, plan: Reckoned, count: int) -> str:
    if not count:
        return planning.say("all_planned") if plan.minutes else ""
    part, whole = planning.hours(plan.unplanned), planning.hours(plan.minutes)
    percent = _percent(plan.unplanned, plan.minutes) if plan.minutes else 0
    return planning.count("unplanned", count, hours=part, all=whole, percent=percent)
