"""`cpd totals`: hours by type, month, topic and the like, with bars."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cpdkit.cli.console import Console
from cpdkit.cli.options import form_option, journal_option, option, output_options, selection_options

if TYPE_CHECKING:
    from cpdkit.journal.choice import Choice

BY = ("type", "month", "year", "folder", "topic", "competence", "provider", "objective")


@click.command()
@option("--by", type=click.Choice(BY), default="type", show_default=True, help="What to part the hours by.")
@form_option
@journal_option
@selection_options()
@output_options
def totals(by: str, form: str, journal: Path | None, choice: "Choice", console: Console) -> int:
    """Add up the hours of the selected activities.

    For the hours of each month of a year: cpd totals --by month --period 2025. An activity that a period cuts counts
    with its part; one with several topics, competences or objectives counts in full for each.
    """
    from cpdkit.cli.totalling import as_json, as_text, totalled

    found, period, remarks = totalled(journal, choice, by)
    console.show(as_json(found, period) if form == "json" else as_text(found, period, console.columns or 80))
    for sentence in remarks:
        console.say(f"cpd: {sentence}")
    return 0
