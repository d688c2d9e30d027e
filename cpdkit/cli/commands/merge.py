"""`cpd merge`: merge two records of the same thing into one."""

from pathlib import Path

import click

from cpdkit.cli.complete import complete_records
from cpdkit.cli.console import Console
from cpdkit.cli.options import dry_change_option, journal_option, option, output_options


@click.command()
@click.argument("first", metavar="[ID]", default="", shell_complete=complete_records)
@click.argument("second", metavar="[OTHER]", default="", shell_complete=complete_records)
@click.argument("changes", metavar="[FIELD=VALUE]...", nargs=-1)
@option("--prefer", type=click.Choice(("first", "second")), help="Which record's values to keep where the two differ.")
@journal_option
@dry_change_option
@output_options
def merge(
    first: str,
    second: str,
    changes: tuple[str, ...],
    prefer: str | None,
    journal: Path | None,
    dry_run: bool,
    console: Console,
) -> int:
    """Merge two records into one.

    OTHER is merged into ID. Both are activities, or both are objectives. Each is any part of a file name or title. If
    one is missing or fits several records, cpd asks on a terminal.

    All fields, lists, texts and answers of both
    are kept. Where a field differs, choose with FIELD=VALUE or --prefer. The file of OTHER is deleted, and links to it
    lead to ID.

    \b
    cpd merge relay-settings-level-2 relay-b-retest --prefer first --dry-run
    cpd merge relay-settings-level-2 relay-b-retest --prefer first location=Leeds
    """
    from cpdkit.actions.merge import merge as write_merged
    from cpdkit.actions.merge import plan_merge
    from cpdkit.cli.changes import show_patches, warn_of_left, warn_of_unread
    from cpdkit.cli.exits import FINE
    from cpdkit.cli.record_choice import chosen, record_named
    from cpdkit.journal.paths import find, list_journal
    from cpdkit.text.files import Disk
    from cpdkit.text.terminal import printable

    root = find(journal).resolve()
    path = record_named(root, first)
    disk = Disk(str(root))
    alike = list_journal(disk).records[path.partition("/")[0]]
    candidates = [each for each in alike if second or each != path]
    other = chosen(disk, second, candidates, "record of the same kind", missing="OTHER", example=f"{first} lecture")
    plan = plan_merge(root, path, other, changes, prefer or "")
    if dry_run:
        show_patches(plan.patches, console)
    else:
        write_merged(root, plan)
        console.show(printable(plan.path))
    warn_of_unread(plan.unread, console)
    warn_of_left(plan.left, console)
    for field, value in plan.omitted.items():
        console.say(f"omitted {field}: {printable(value)}")
    console.say(f"{'would merge' if dry_run else 'merged'} {printable(plan.gone)} into {printable(plan.path)}")
    return FINE
