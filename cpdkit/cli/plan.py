"""`cpd plan`: how far the objectives have come."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cpdkit.cli.console import Console
from cpdkit.cli.options import journal_option, option, output_options, selection_options

if TYPE_CHECKING:
    from cpdkit.journal.choice import Choice


@click.command()
@option("--all", "every", is_flag=True, help="Objectives that are achieved or dropped too.")
@option(
    "--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True, help="How to print it."
)
@journal_option
@selection_options
@output_options
def plan(every: bool, form: str, journal: Path | None, choice: "Choice", console: Console) -> int:
    """Show how far each objective has come, what is overdue, and how much was done outside the plan.

    Without a period, the activities of all years count. An objective is a file under plan/; an activity points to it by
    `objectives: [its-name]`.
    """
    from cpdkit.cli.planning import as_json, as_text, planned

    found, remarks = planned(journal, choice)
    for sentence in remarks:
        console.say(f"cpd: {sentence}")
    console.show(as_json(found) if form == "json" else as_text(found, every, console.columns or 80, console.colour))
    return 0
