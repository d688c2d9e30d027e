"""`cpd reflect`: the questions that still wait for an answer, one at a time."""

from pathlib import Path

import click

from cpdkit.cli.completing import complete_ids
from cpdkit.cli.console import Console
from cpdkit.cli.options import dry_change_option, journal_option, option, output_options


@click.command()
@click.argument("name", metavar="[ID]", default="", shell_complete=complete_ids)
@option("--answer", "answers", metavar="QUESTION=TEXT", multiple=True, help="An answer, without asking. Repeatable.")
@option("--later", metavar="TEXT", default="", help="Add a later reflection, under today's date.")
@option("--model", metavar="NAME", default="", help="Whose questions: iet, gibbs, kolb …; else as cpd.yaml says.")
@option("--list", "listed", is_flag=True, help="List what waits for a reflection, and ask nothing.")
@option(
    "--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True, help="How to list it."
)
@journal_option
@dry_change_option
@output_options
def reflect(
    name: str,
    answers: tuple[str, ...],
    later: str,
    model: str,
    listed: bool,
    form: str,
    journal: Path | None,
    dry_run: bool,
    console: Console,
) -> int:
    """Write the reflections that are missing, one question at a time.

    Without an ID it goes through all that was done and still waits for answers, the newest first. Each answer is put
    into the file as soon as it is given, so that you may stop at any time. Of one whose questions are all
    answered it asks what you think of it now, and adds that under today's date.

    Where there is no terminal it lists what is waiting; --answer and --later do the same as the questions.

    \b
    cpd reflect
    cpd reflect battery-room --answer "What did you learn?=The limits."
    cpd reflect storage-lecture --later "I used it at Ty Newydd."
    """
    from cpdkit.cli.exits import FINE
    from cpdkit.cli.reflecting import Wanted, answer, interview, list_waiting
    from cpdkit.journal.finding import find

    wanted = Wanted(find(journal).resolve(), name, answers, later, model, dry_run)
    if answers or later:
        answer(wanted, console)
    elif listed or form == "json" or not interview(wanted, console):
        list_waiting(wanted, form, console)
    return FINE
