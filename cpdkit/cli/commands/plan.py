"""`cpd plan`: show the progress of the objectives; its subcommands change them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cpdkit.cli.console import Console
from cpdkit.cli.main import LazyGroup
from cpdkit.cli.options import (
    format_option,
    journal_option,
    omissions,
    option,
    output_options,
    refuse_two_periods,
    select_from,
    selection_options,
)
from cpdkit.cli.tables import BOLD, hand_out, json_text, styled
from cpdkit.text.terminal import limited, printable, width, wrap
from cpdkit.text.wording import counted, plural

if TYPE_CHECKING:
    from cpdkit.dates.hours import Minutes
    from cpdkit.journal.objectives import Plan, Progress
    from cpdkit.journal.selection import SelectionOptions

COLUMNS = 80
"""Columns of wrapped lines that do not go to a terminal."""
LEAST_TITLE = 20
"""Minimum columns for a title in front of a long ID."""
COMMANDS = {
    "done": "Close an objective, or mark one of its actions as done.",
    "new": "Record a new objective.",
    "review": "Review a CPD year and decide on open objectives.",
}


class PlanGroup(LazyGroup):
    """A group whose first word can be a command or a period: `cpd plan 2025` is `cpd plan --period 2025`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        rest = self.make_parser(ctx).parse_args(list(args))[1]  # from the first word that is not of an option
        count = 0 if rest[:1] and rest[0] in {*self.table, *self.aliases} else _words_of_period(rest)
        options = [*args[: len(args) - len(rest)], *rest[count:]]
        below = super().parse_args(ctx, options)
        if count:
            refuse_two_periods(ctx, ctx.params)
            _refuse_command(rest[count:], self.table)
            ctx.params["period"] = " ".join(rest[:count])
        return below


def _refuse_command(words: Sequence[str], commands: Collection[str]) -> None:
    """Raise UsageError for a command after a period, which would ignore the period."""
    from cpdkit.errors import UsageError

    for word in words:
        if word in commands:
            raise UsageError(f"a period and {word} cannot be combined", f"see cpd plan {word} --help")


def _words_of_period(words: Sequence[str]) -> int:
    """Return how many of the words, from the first on, are a period; 0 if none are."""
    return next((count for count in range(len(words), 0, -1) if _is_period(" ".join(words[:count]))), 0)


def _is_period(text: str) -> bool:
    from cpdkit.dates.period import parse_period
    from cpdkit.errors import UsageError
    from cpdkit.text.clock import today

    try:
        parse_period(text, today(), day_first=True)
    except UsageError:
        return False
    return True


@click.group(
    cls=PlanGroup,
    prefix="plan_",
    table=COMMANDS,
    aliases={"add": "new", "close": "done"},
    invoke_without_command=True,
    subcommand_metavar="[PERIOD] | [COMMAND] [ARGS]...",
)
@option("--all", "with_closed", is_flag=True, help="Show achieved and dropped objectives too.")
@format_option
@journal_option
@selection_options("all years", period_words="")
@output_options
def plan(
    with_closed: bool, output_format: str, journal: Path | None, choice: SelectionOptions, console: Console
) -> int:
    """Show your progress towards each objective.

    It shows the hours and activities towards each objective, what is overdue, and the hours outside your plan. By
    default, the activities of all years count.

    An objective is a file under plan/. To link an activity to it, add objectives: [ID] to the activity.

    \b
    cpd plan
    cpd plan 2026
    cpd plan new "Learn to test relays"
    """
    from cpdkit.cli.exits import FINE
    from cpdkit.journal.objectives import plan_of
    from cpdkit.journal.selection import ALL_TIME
    from cpdkit.text.clock import today

    ctx = click.get_current_context()
    if ctx.invoked_subcommand is not None:
        _refuse_options(ctx)
        return FINE
    records, selection, remarks = select_from(journal, choice.within(ALL_TIME))
    activities = [each for each in records.activities if choice.confidential or not each.confidential]
    progress = plan_of(records.objectives, selection.included, activities, today())
    for name, count in progress.unknown.items():
        activity = counted(count, "activity", "activities")
        remarks.append(f'unknown objective "{printable(name)}" in {activity}')
    unread = sum(path.startswith(("activities/", "plan/")) for path in records.unread)
    for sentence in [*remarks, *omissions(selection, unread)]:
        console.say(f"cpd: {sentence}")
    if output_format == "json":
        hand_out(console, json_text(_data(progress)))
    else:
        console.page(text_of(progress, with_closed, console.columns, console.colour))
    return FINE


def text_of(plan: Plan, with_closed: bool, columns: int, colour: bool) -> str:
    """Return the plan as text; without `with_closed`, closed objectives are only counted."""
    shown = [each for each in plan.objectives if with_closed or each.is_open]
    closed = len(plan.objectives) - len(shown)
    foot = [_share(plan)]
    if closed:
        them = plural(closed, "it", "them")
        foot.append(f"{counted(closed, 'achieved or dropped objective')} not shown (show {them} with --all)")
    if not plan.objectives:
        foot.insert(0, "no objectives yet; record one with cpd plan new")
    wrapped = [line for text in foot for line in wrap(text, columns or COLUMNS)]
    return "\n\n".join("\n".join(lines) for lines in (*(_lines(each, columns, colour) for each in shown), wrapped))


def progress_data(progress: Progress) -> dict[str, object]:
    """Return an objective and its progress as plain data: whole minutes, ISO dates."""
    objective = progress.objective
    return {
        "id": objective.id,
        "title": objective.title,
        "status": objective.status,
        "priority": objective.priority,
        "by": _iso(objective.by),
        "overdue": progress.is_overdue,
        "minutes": progress.minutes,
        "activities": [each.id for each in progress.done],
        "ahead": [each.id for each in progress.ahead],
        "actions": [
            {"action": each.action, "by": _iso(each.by), "done": _iso(each.done)} for each in objective.actions
        ],
    }


def progress_figures(progress: Progress) -> str:
    """Return an objective in one line: its priority, due date and progress."""
    objective = progress.objective
    parts = [f"{objective.priority} priority"]
    if not progress.is_open:
        parts.append(objective.status)
    elif objective.by:
        parts.append(_due(objective.by, progress.day))
    activities = counted(len(progress.done), "activity", "activities")
    parts.append(f"{_hours(progress.minutes)} in {activities}" if progress.done else "no activities yet")
    if progress.ahead:
        parts.append(f"{len(progress.ahead)} planned")
    if objective.actions:
        parts.append(f"{progress.actions_done} of {counted(len(objective.actions), 'action')} done")
    return " · ".join(parts)


def _data(plan: Plan) -> dict[str, object]:
    return {
        "minutes": plan.minutes,
        "planned": plan.planned,
        "unplanned": plan.unplanned,
        "unknown": dict(plan.unknown),
        "objectives": [progress_data(each) for each in plan.objectives],
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _lines(progress: Progress, columns: int, colour: bool) -> list[str]:
    """Return an objective: its title and ID, its figures, and overdue actions."""
    name = f" ({printable(progress.objective.id)})"
    room = max(columns - width(name), LEAST_TITLE) if columns else 0
    title = limited(printable(progress.objective.title), room) + name
    lines = [styled(title, BOLD, enabled=colour)]
    lines += [f"  {line}" for line in wrap(progress_figures(progress), (columns or COLUMNS) - 2)]
    for each in progress.actions_overdue:
        lines.append(limited(f"  overdue since {each.by}: {printable(each.action)}", columns))
    return lines


def _due(by: date, today: date) -> str:
    days = (by - today).days
    when = f"{counted(-days, 'day')} overdue" if days < 0 else f"{counted(days, 'day')} left" if days else "today"
    return f"due {by}, {when}"


def _share(plan: Plan) -> str:
    if not plan.minutes:
        return "no hours in this period"
    percent = (100 * plan.unplanned + plan.minutes // 2) // plan.minutes
    return (
        f"{_hours(plan.planned)} of {_hours(plan.minutes)} were towards an objective; "
        f"{_hours(plan.unplanned)} ({percent} %) were not"
    )


def _hours(minutes: Minutes) -> str:
    from cpdkit.dates.hours import format_hours

    return f"{format_hours(minutes)} h"


def _refuse_options(ctx: click.Context) -> None:
    """Raise UsageError for options before a subcommand, which would ignore them. Global options are handed on."""
    from cpdkit.cli.global_options import NAMES, is_typed
    from cpdkit.errors import UsageError

    for each in ctx.command.params:
        if each.name and each.name not in NAMES and is_typed(ctx, each.name):
            name = max(each.opts, key=len)
            raise UsageError(
                f"{name} must come after {ctx.invoked_subcommand}",
                f"write cpd plan {ctx.invoked_subcommand} {name} …",
            )
