"""`cpd plan`: how far the objectives have come; below it, the commands that change them."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cpdkit.cli.console import Console
from cpdkit.cli.lazy import LazyGroup
from cpdkit.cli.options import form_option, journal_option, option, output_options, selection_options

if TYPE_CHECKING:
    from cpdkit.journal.choice import Choice

COMMANDS = {
    "done": "Say that an objective, or one of its actions, is done.",
    "new": "Write down a new objective.",
    "review": "Look back on a year, and decide on what is still open.",
}


@click.group(
    cls=LazyGroup,
    package="cpdkit.cli.plans",
    table=COMMANDS,
    invoke_without_command=True,
    subcommand_metavar="[COMMAND] [ARGS]...",
)
@option("--all", "every", is_flag=True, help="Objectives that are achieved or dropped too.")
@form_option
@journal_option
@selection_options("all years")
@output_options
def plan(every: bool, form: str, journal: Path | None, choice: "Choice", console: Console) -> int:
    """Show how far each objective has come, what is overdue, and how much was done outside the plan.

    Without a period, the activities of all years count. An objective is a file under plan/; an activity points to it by
    `objectives: [its-name]`.

    The commands below it write objectives down, close them, and look back on a year.
    """
    ctx = click.get_current_context()
    if ctx.invoked_subcommand is not None:
        _refuse_options(ctx)
        return 0
    from cpdkit.cli.planning import as_json, as_text, planned

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
