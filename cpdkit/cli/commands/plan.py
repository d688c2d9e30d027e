"""`cpd plan`: how far the objectives have come; below it, the commands that change them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cpdkit.cli.console import Console
from cpdkit.cli.main import LazyGroup
from cpdkit.cli.options import form_option, journal_option, option, output_options, selection_options
from cpdkit.text.terminal import cut, printable, wrap

if TYPE_CHECKING:
    from cpdkit.dates.hours import Minutes
    from cpdkit.journal.objectives import Plan, Progress
    from cpdkit.journal.records import Action
    from cpdkit.journal.selection import Choice


def planned(place: Path | None, choice: Choice) -> tuple[Plan, tuple[str, ...]]:
    """The plan of a journal, and sentences about what is not in it. Raises UsageError, NoJournal."""

    from cpdkit.journal.load import find, load
    from cpdkit.journal.objectives import plan_of
    from cpdkit.journal.selection import ALL_TIME, resolve, select, unmatched
    from cpdkit.text.clock import today

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
    from cpdkit.dates.hours import format_hours

    return f"{format_hours(minutes)} h"


def _counted(number: int, what: str) -> str:
    several = f"{what[:-1]}ies" if what.endswith("ty") else f"{what}s"
    return f"{number} {what if number == 1 else several}"


COMMANDS = {
    "done": "Say that an objective, or one of its actions, is done.",
    "new": "Write down a new objective.",
    "review": "Look back on a year, and decide on what is still open.",
}


@click.group(
    cls=LazyGroup,
    prefix="plan_",
    table=COMMANDS,
    invoke_without_command=True,
    subcommand_metavar="[COMMAND] [ARGS]...",
)
@option("--all", "every", is_flag=True, help="Objectives that are achieved or dropped too.")
@form_option
@journal_option
@selection_options("all years")
@output_options
def plan(every: bool, form: str, journal: Path | None, choice: Choice, console: Console) -> int:
    """Show how far each objective has come, what is overdue, and how much was done outside the plan.

    Without a period, the activities of all years count. An objective is a file under plan/; an activity points to it by
    `objectives: [its-name]`.

    The commands below it write objectives down, close them, and look back on a year.
    """
    ctx = click.get_current_context()
    if ctx.invoked_subcommand is not None:
        _refuse_options(ctx)
        return 0

    found, remarks = planned(journal, choice)
    for sentence in remarks:
        console.say(f"cpd: {sentence}")
    console.show(as_json(found) if form == "json" else as_text(found, every, console.columns or 80, console.colour))
    return 0


def _refuse_options(ctx: click.Context) -> None:
    """Options before a command's name would go unheard: one journal would be named, and another written to."""
    from click.core import ParameterSource

    from cpdkit.errors import UsageError

    for each in ctx.command.params:
        if each.name and ctx.get_parameter_source(each.name) is ParameterSource.COMMANDLINE:
            name = max(each.opts, key=len)
            raise UsageError(
                f"{name} stands before {ctx.invoked_subcommand}",
                f"write it behind: cpd plan {ctx.invoked_subcommand} {name} …",
            )
