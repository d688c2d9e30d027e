"""What `cpd plan` does once its options are read."""

import json
from pathlib import Path
from typing import Any

from cpdkit.journal.choice import ALL_TIME, Choice, resolve
from cpdkit.journal.loading import find, load
from cpdkit.journal.minutes import Minutes, format_hours
from cpdkit.journal.progress import Plan, Progress, plan_of
from cpdkit.journal.records import Action
from cpdkit.journal.selection import select, unmatched
from cpdkit.text.cells import cut, printable, wrap
from cpdkit.text.clock import today


def planned(place: Path | None, choice: Choice) -> tuple[Plan, tuple[str, ...]]:
    """The plan of a journal, and sentences about what is not in it. Raises UsageError, NoJournal."""
    journal = load(find(place))
    period, filters = resolve(journal, choice.within(ALL_TIME))
    unread = [path for path in journal.unread if path.startswith(("activities/", "plan/"))]
    selection = select(journal.activities, len(unread), period, filters)
    asked = [each for each in journal.activities if choice.confidential or not each.confidential]
    found = plan_of(journal.objectives, selection.included, asked, today())
    remarks = [printable(sentence) for sentence in unmatched(filters, journal.activities)]
    for name, count in found.unknown.items():
        remarks.append(f"no file under plan/ is called {printable(name)}, which {_counted(count, 'activity')} named")
    if selection.left_out.confidential:
        remarks.append(f"confidential and left out: {selection.left_out.confidential}; --confidential takes them in")
    if unread:
        remarks.append(f"files that could not be read: {len(unread)}; cpd check says why")
    return found, tuple(remarks)


def as_text(plan: Plan, every: bool, columns: int, colour: bool) -> str:
    """The plan for a terminal; without `every`, the open objectives alone, the others counted."""
    some = [each for each in plan.objectives if every or each.is_open]
    blocks = ["\n".join(_lines(each, columns, colour)) for each in some]
    closed = len(plan.objectives) - len(some)
    foot = [_share(plan)] + ([f"{_counted(closed, 'objective')} achieved or dropped: cpd plan --all"] if closed else [])
    if not plan.objectives:
        foot.insert(0, "no objectives yet: cpd plan new writes one down")
    return "\n\n".join([*blocks, "\n".join(foot)])


def as_json(plan: Plan) -> str:
    """The plan as plain data; times in minutes, days ISO."""
    data = {
        "minutes": plan.minutes,
        "planned": plan.planned,
        "unplanned": plan.unplanned,
        "unknown": dict(plan.unknown),
        "objectives": [data_of(each) for each in plan.objectives],
    }
    return json.dumps(data, ensure_ascii=False, indent=2)


def data_of(progress: Progress) -> dict[str, Any]:
    """An objective and how far it has come as plain data, as in `as_json`."""
    objective = progress.objective
    return {
        "id": objective.id,
        "title": objective.title,
        "status": objective.status,
        "priority": objective.priority,
        "by": objective.by.isoformat() if objective.by else None,
        "overdue": progress.is_overdue,
        "minutes": progress.minutes,
        "activities": [each.id for each in progress.done],
        "ahead": [each.id for each in progress.ahead],
        "actions": [
            {"action": each.action, "by": _iso(each.by), "done": _iso(each.done)} for each in objective.actions
        ],
    }


def _iso(day: Any) -> str | None:
    return day.isoformat() if day else None


def _lines(progress: Progress, columns: int, colour: bool) -> list[str]:
    """An objective: its title, one line of figures, and what is late."""
    objective = progress.objective
    title = cut(printable(objective.title), columns)
    lines = [f"\x1b[1m{title}\x1b[0m" if colour else title]
    lines += [f"  {line}" for line in wrap(" · ".join(figures_of(progress)), columns - 2)]
    lines += [cut(f"  late: {_action(each)}", columns) for each in progress.actions_overdue]
    return lines


def figures_of(progress: Progress) -> list[str]:
    """What one line says of an objective: its id, when it is due, what was done towards it."""
    objective = progress.objective
    said = [objective.id, f"{objective.priority} priority"]
    if progress.is_open:
        said += [_due(progress)] if objective.by else []
    else:
        said.append(objective.status)
    did = f"{_hours(progress.minutes)} in {_counted(len(progress.done), 'activity')}"
    said.append(did if progress.done else "no activity yet")
    said += [f"{len(progress.ahead)} planned"] if progress.ahead else []
    total = len(objective.actions)
    return said + ([f"{progress.actions_done} of {_counted(total, 'action')} done"] if total else [])


def _due(progress: Progress) -> str:
    by = progress.objective.by
    days = (by - progress.day).days if by else 0
    when = f"{_counted(-days, 'day')} overdue" if days < 0 else f"{_counted(days, 'day')} left" if days else "today"
    return f"due {by}, {when}"


def _action(action: Action) -> str:
    return f"{printable(action.action)} (by {action.by})"


def _share(plan: Plan) -> str:
    if not plan.minutes:
        return "no hours in this period"
    percent = (100 * plan.unplanned + plan.minutes // 2) // plan.minutes
    return (
        f"{_hours(plan.planned)} of {_hours(plan.minutes)} led to an objective; "
        f"{_hours(plan.unplanned)} ({percent} %) did not"
    )


def _hours(minutes: Minutes) -> str:
    return f"{format_hours(minutes)} h"


def _counted(number: int, what: str) -> str:
    several = f"{what[:-1]}ies" if what.endswith("ty") else f"{what}s"
    return f"{number} {what if number == 1 else several}"
