"""`cpd attach`: copy evidence into the journal and link it."""

from pathlib import Path

import click

from cpdkit.cli.complete import complete_ids
from cpdkit.cli.console import Console
from cpdkit.cli.options import journal_option, option, output_options
from cpdkit.errors import UsageError


@click.command()
@click.argument("words", metavar="[ID] FILE|URL...", nargs=-1, shell_complete=complete_ids)
@option(
    "--title",
    metavar="TEXT",
    default="",
    help="Title that reports show instead of the file name. For a single FILE or URL.",
)
@journal_option
@option("--dry-run", is_flag=True, help="Show what would be copied and changed, without doing it.")
@output_options
def attach(words: tuple[str, ...], title: str, journal: Path | None, dry_run: bool, console: Console) -> int:
    """Attach evidence to an activity.

    Evidence is a certificate, slides, a picture or a web page. ID is any part of the file name or title. If it is
    missing or fits several activities, cpd asks on a terminal.

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
    from cpdkit.cli.record_choice import activity_named, asked
    from cpdkit.journal.paths import find
    from cpdkit.text.terminal import printable

    root = find(journal).resolve()
    name, sources = _parts(root, words)
    path = activity_named(root, name, example="relay-course FILE")
    if not sources:
        sources = (asked("FILE", "File or web address to attach", f"write cpd attach {name or 'relay-course'} FILE"),)
    plan = plan_attachments(root, find_activity(root, path), sources, title)
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


def _parts(root: Path, words: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """Return the ID and the sources. Only a web page, or an existing file that no activity is called, is not an ID."""
    from cpdkit.actions.record_file import find_activity
    from cpdkit.journal.naming import NoMatch

    if not words or not _is_source(words[0]):
        return "".join(words[:1]), words[1:]
    try:
        if len(words) > 1:
            find_activity(root, words[0])
            return words[0], words[1:]
    except NoMatch:
        return "", words
    except UsageError:
        return words[0], words[1:]
    return "", words


def _is_source(word: str) -> bool:
    """Return whether a word is a web page or an existing file, and so not an ID."""
    return "://" in word or Path(word).is_file()
