"""`cpd import`: what stands elsewhere, a table, a calendar, notes or an exported journal, as activities."""

from pathlib import Path
from typing import Any

import click

from cpdkit.cli.console import Console
from cpdkit.cli.options import dry_write_option, form_option, journal_option, option, output_options


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@option(
    "--map", "maps", metavar="COLUMN=FIELD", multiple=True, help="What a column becomes; - leaves it out. Repeatable."
)
@option("--set", "sets", metavar="FIELD=VALUE", multiple=True, help="For rows that don't say it. Repeatable.")
@option(
    "--means",
    metavar="WORD=VALUE",
    multiple=True,
    help='What a word in a cell means: "Toolbox talk=training". Repeatable.',
)
@option("--mapping", type=click.Path(path_type=Path), help="A mapping that --save-mapping wrote.")
@option("--save-mapping", type=click.Path(path_type=Path), help="Keep what the columns become, for the next time.")
@option(
    "--sheet",
    "sheets",
    metavar="NAME",
    multiple=True,
    help="A workbook's sheet; else the first with a table. Repeatable.",
)
@option("--day-first/--month-first", "day_first", default=None, help="Whether 03/04/2026 is in April or in March.")
@option("--done", is_flag=True, help="Take rows in as done; else they are drafts.")
@option("--folder", metavar="NAME", help="The folder below activities/; else as cpd.yaml says.")
@option("--period", metavar="PERIOD", default="", help="Of a calendar: which days; else the last twelve months.")
@option("--calendar", "calendars", metavar="NAME", multiple=True, help="Of several calendars: this one. Repeatable.")
@option("--words", metavar="WORDS", multiple=True, help="Of a calendar: events with all of these words. Repeatable.")
@option("--zone", metavar="ZONE", default="", help="Your time zone, such as Europe/London; else this machine's.")
@option("--yes", is_flag=True, help="Don't ask before writing.")
@form_option
@journal_option
@dry_write_option
@output_options
def import_(file: Path, journal: Path | None, dry_run: bool, console: Console, **said: Any) -> int:
    """Take in activities from FILE: CSV, XLSX, JSON, an iCalendar file, a folder of notes, or an exported journal.

    Columns are matched to fields by their headings and by what is in them, and shown before anything is written. Rows
    come in as drafts until you confirm them: cpd set ID status=done, or --done at once. A row that came in before does
    not come again, even where you changed its file since. A bad row is named, and costs only itself.

    \b
    cpd import log.xlsx --dry-run
    cpd import log.csv --map "Key learning=reflection" --set type=training
    cpd import work.ics --words CPD --period 2026
    cpd import cpd.json --journal new-journal
    """
    from cpdkit.cli.importing import imported
    from cpdkit.cli.opening import Said

    return imported(file, journal, Said(dry_run=dry_run, **said), console)
