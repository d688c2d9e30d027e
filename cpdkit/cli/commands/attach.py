"""`cpd attach`: evidence copied into the journal and linked."""

from pathlib import Path

import click

from cpdkit.cli.complete import complete_ids
from cpdkit.cli.console import Console
from cpdkit.cli.options import journal_option, option, output_options


@click.command()
@click.argument("name", metavar="ID", shell_complete=complete_ids)
@click.argument("said", metavar="FILE|URL...", nargs=-1, required=True)
@option("--title", metavar="TEXT", default="", help="What a reader sees in place of the file's name; for one alone.")
@journal_option
@option("--dry-run", is_flag=True, help="Show what would be copied and changed, and do nothing.")
@output_options
def attach(name: str, said: tuple[str, ...], title: str, journal: Path | None, dry_run: bool, console: Console) -> int:
    """Attach evidence to an activity: certificates, slides, pictures, web pages.

    ID is any part of the activity's file name that no other has. A FILE is copied into evidence/, named after the
    activity's day and its own name, and linked; the FILE itself stays where it is. One that is in evidence/ already,
    under whatever name, is only linked; one that the activity names already, and that was missing, gets the name it has
    there. Nothing there is ever overwritten. An address (https://…) is linked.

    \b
    cpd attach relay-settings ~/Downloads/Scan.PDF --title Certificate
    cpd attach relay-settings slides.pdf https://example.org/recording
    """
    from cpdkit.actions import attach as attaching
    from cpdkit.actions.activity_file import hold
    from cpdkit.cli.console import show_patches
    from cpdkit.cli.exits import FINE
    from cpdkit.journal.paths import find
    from cpdkit.text.terminal import printable

    root = find(journal).resolve()
    plan = attaching.plan_attachments(root, hold(root, name), said, title)
    if dry_run:
        show_patches(console, plan.patches)
    else:
        attaching.attach(root, plan)
    copied, links = ("would be copied", "would link") if dry_run else ("copied", "links")
    for each in plan.copies:
        console.say(f"evidence/{printable(each)} {copied}")
    linked = ", ".join(map(printable, plan.links))
    console.say(f"{plan.held.path} {links} {linked}" if linked else f"{plan.held.path} links all of it already")
    return FINE
