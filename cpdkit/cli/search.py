"""`cpd search`: the records that hold some words."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cpdkit.cli.console import Console
from cpdkit.cli.options import form_option, journal_option, output_options, selection_options

if TYPE_CHECKING:
    from cpdkit.journal.choice import Choice


@click.command()
@click.argument("words", nargs=-1, required=True)
@form_option
@journal_option
@selection_options("all years", "all")
@output_options
def search(words: tuple[str, ...], form: str, journal: Path | None, choice: "Choice", console: Console) -> int:
    """Find the records that hold all WORDS, the best first, with the lines where they stand.

    It looks into titles, fields and bodies of activities, objectives, posts and reviews; case and accents don't matter.
    Without a period and a status all activities are searched; confidential ones only with --confidential.
    """
    from cpdkit.cli.searching import as_json, as_text, searched

    hits, remarks = searched(journal, choice, words)
    console.show(as_json(hits) if form == "json" else as_text(hits, words, console.colour))
    for sentence in remarks:
        console.say(f"cpd: {sentence}")
    return 0
