"""`cpd attach`: copy evidence into the journal and link it."""

from pathlib import Path

import click

from cpdkit.cli.complete import complete_ids
from cpdkit.cli.console import Console
from cpdkit.cli.options import journal_option, option, output_options


@click.command()
@click.argument("name", metavar="ID", shell_complete=complete_ids)
@click.argument("sources", metavar="FILE|URL...", nargs=-1, required=True)
@option(
    "--title",
    metavar="TEXT",
    default="",
    help="Title that reports show instead of the file name. For a single FILE or URL.",
)
@journal_option
@option("--dry-run", is_flag=True, help="Show what would be copied and changed, without doing it.")
@output_options
def attach(
    name: str, sources: tuple[str, ...], title: str, journal: Path | None, dry_run: bool, console: Console
) -> int:
    """Attach evidence to an activity.

    Evidence is a certificate, slides, a picture or a web page. ID is any part of the file name that fits one activity
    only.

    Each FILE is copied into evidence/ and linked. The copy is named after the date of the activity and the FILE. If
    evidence/ already has the same content under any name, that file is linked. If the activity already names the
    FILE, but it is missing, the copy gets that name. Existing files are not changed. A URL (https://…) is only linked.

    \b
    cpd attach relay-settings ~/Downloads/Scan.PDF --title Certificate
    cpd attach relay-settings slides.pdf https://example.org/recording
    """
    from cpdkit.actions.attach import attach as copy_and_link
    from cpdkit.actions.attach import plan_attachments
    from cpdkit.actions.record_file import find_activity
    from cpdkit.cli.changes import show_patches
    from cpdkit.cli.exits import FINE
    from cpdkit.journal.paths import find
    from cpdkit.text.terminal import printable

    root = find(journal).resolve()
    plan = plan_attachments(root, find_activity(root, name), sources, title)
    if dry_run:
        show_patches(plan.patches, console)
    else:
        copy_and_link(root, plan)
    copied, linked = ("would copy", "would link") if dry_run else ("copied", "linked")
    for copy in plan.copies:
        console.say(f"{copied} evidence/{printable(copy)}")
    links = ", ".join(map(printable, plan.links))
    console.say(f"{linked} {links} in {plan.file.path}" if links else f"{plan.file.path} already links all of them")
    return FINE
