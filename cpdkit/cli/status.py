"""`cpd status`: where the owner stands, in every scheme, on one screen."""

from pathlib import Path
from typing import Any

import click

from cpdkit.cli.console import Console
from cpdkit.cli.options import form_option, journal_option, option, output_options


@click.command()
@option(
    "--scheme", "named", metavar="ID", multiple=True, help="Only this scheme, also one you don't follow. Repeatable."
)
@option("--on", "day", metavar="DAY", default="", help="As of this day: 2026-06-30, yesterday; else today.")
@option("--period", metavar="PERIOD", default="", help="As of this period's last day, or today where it is running.")
@option("--explain", is_flag=True, help="Which activities counted, and why others did not.")
@option("--require", is_flag=True, help="Exit with 1 where something that has to be kept is short.")
@form_option
@journal_option
@output_options
def status(journal: Path | None, console: Console, **said: Any) -> int:
    """Say where you stand: what each scheme asks, what you recorded, at what pace, and what is missing.

    The schemes are those that cpd.yaml names under `schemes:`; cpd scheme list shows all that there are. It says what
    was recorded and what is asked, not whether a professional body is content.

    \b
    cpd status
    cpd status --scheme rics --explain
    cpd status --on 2025-12-31 --format json
    """
    from cpdkit.cli.standing import Asked, show_status

    return show_status(journal, Asked(**said), console)
