"""`cpd attach`: evidence copied into the journal and linked."""

from pathlib import Path

import click

from cpdkit.cli.complete import complete_ids
from cpdkit.cli.console import Console
from cpdkit.cli.options import journal_option, option, output_options


@click.command()
@click.argument("name", metavar="ID", shell_complete=complete_ids)
@click.argument("sources", metavar="FILE|URL...", nargs=-1, required=True)
@option("--title", metavar="TEXT", default="", help="What a reader sees in place of the file's name; for one alone.")
@journal_option
@option("--dry-run", is_flag=True, help="Show what would be copied and changed, and do nothing.")
@output_options
def attach(
    name: str, sources: tuple[str, ...], title: str, journal: Path | None, dry_run: bool, console: Console
) -> int:
    """Attach evidence to an activity: certificates, slides, pictures, web pages.

    ID is any part of the activity's file name that no other has. A FILE is copied into evidence/, named after the
    activity's day and its own name, and linked; the FILE itself stays where it is. One that is in evidence/ already,
    under whatever name, is only linked; one that the activity names already, and that was missing, gets the name it has
    there. Nothing there is ever overwritten. An address (https://…) is linked.

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
    copied, links = ("would be copied", "would link") if dry_run else ("copied", "links")
    for copy in plan.copies:
        console.say(f"evidence/{printable(copy)} {copied}")
    linked = ", ".join(map(printable, plan.links))
    console.say(f"{plan.file.path} {links} {linked}" if linked else f"{plan.file.path} links all of it already")
    return FINE
