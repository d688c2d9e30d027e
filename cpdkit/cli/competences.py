"""`cpd competences`: what evidences each competence, when it was last used, and where the gaps are."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cpdkit.cli.console import Console
from cpdkit.cli.options import form_option, journal_option, option, output_options, selection_options

if TYPE_CHECKING:
    from cpdkit.journal.choice import Choice


@click.command()
@option("--framework", "named", metavar="ID", multiple=True, help="Only this framework. Repeatable.")
@option("--gaps", is_flag=True, help="Only competences without evidence, or below the level wanted.")
@option("--by-year", is_flag=True, help="A table of how many records claim each in each year.")
@form_option
@journal_option
@selection_options("all years")
@output_options
def competences(
    named: tuple[str, ...],
    gaps: bool,
    by_year: bool,
    form: str,
    journal: Path | None,
    choice: "Choice",
    console: Console,
) -> int:
    """Show what evidences each competence: activities, posts and their achievements, the strongest first.

    The frameworks are those that cpd.yaml names under `frameworks:`, else the one that most records claim. Without a
    period the whole journal counts. `levels-held` and `levels-wanted` in cpd.yaml say where you are and want to be.
    """
    from cpdkit.cli.covering import Asked, covered, shown

    found = covered(journal, choice, named)
    for sentence in found.remarks:
        console.say(f"cpd: {sentence}")
    console.show(shown(found, Asked(gaps, by_year, form == "json", console.columns or 80, console.colour)))
    return 0
