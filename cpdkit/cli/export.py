"""`cpd export`: activities for other programs, as a table, data or a calendar."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cpdkit.cli.console import Console
from cpdkit.cli.options import journal_option, option, output_options, selection_options

if TYPE_CHECKING:
    from cpdkit.journal.choice import Choice


@click.command()
@option("--format", "named", metavar="FORMAT", default="", help="csv, xlsx, json, jsonl, ics or parquet.")
@option(
    "--out",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file to write; without it, standard output. Its suffix says the format where --format doesn't.",
)
@option(
    "--layout",
    metavar="NAME",
    default="",
    help="The columns of a professional body, for csv and xlsx: ice, rics, mycareerpath, engineers-ireland or "
    "career-manager.",
)
@option("--bom", is_flag=True, help="Begin a csv with the mark by which Excel knows UTF-8.")
@option("--force", is_flag=True, help="Write over a file that is already there.")
@option("--dry-run", is_flag=True, help="Say what would be written, and write nothing.")
@journal_option
@selection_options("all years", "all")
@output_options
def export(
    named: str,
    out: Path | None,
    layout: str,
    bom: bool,
    force: bool,
    dry_run: bool,
    journal: Path | None,
    choice: "Choice",
    console: Console,
) -> int:
    """Write activities as a table, data or a calendar.

    Without --period and --status: all activities of every status. One that a period cuts is written whole.
    Confidential ones only with --confidential.

    json holds the whole journal without loss but for evidence files, and cpd import reads it back; jsonl has an
    activity a line. csv, xlsx and parquet have a row for each activity; ics has an event for each session.

    \b
    cpd export --out cpd.xlsx
    cpd export --format csv --layout ice --period 2026
    """
    from cpdkit.cli.exporting import export_journal
    from cpdkit.exchange.exporting import Order, checked, format_of

    order = checked(Order(format_of(named, out.name if out else ""), layout, bom))
    return export_journal(journal, choice, order, console, out=out, force=force, dry_run=dry_run)
