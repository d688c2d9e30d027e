"""`cpd attach`: copy evidence into the journal and link it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cpdkit.cli.complete import complete_ids
from cpdkit.cli.console import Console
from cpdkit.cli.options import bulk_options, journal_option, option, output_options
from cpdkit.errors import UsageError

if TYPE_CHECKING:
    from cpdkit.actions.attach import Attachments
    from cpdkit.journal.records import Activity
    from cpdkit.journal.selection import SelectionOptions


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
@bulk_options()
@output_options
def attach(
    words: tuple[str, ...],
    title: str,
    journal: Path | None,
    dry_run: bool,
    choice: SelectionOptions,
    yes: bool,
    console: Console,
) -> int:
    """Attach evidence to an activity.

    Evidence is a certificate, slides, a picture or a web page. ID is any part of the file name or title. If it is
    missing or fits several activities, cpd asks on a terminal. Instead of an ID, options can select activities. They
    are listed, and you confirm the change.

    Each FILE is copied into evidence/ and linked. The copy is named after the date of the activity and the FILE. If
    evidence/ already has the same content under any name, that file is linked. If the activity already names the
    FILE, but it is missing, the copy gets that name. Existing files are not changed. A URL (https://…) is only linked.

    \b
    cpd attach relay-settings ~/Downloads/Scan.PDF --title Certificate
    cpd attach relay-settings slides.pdf https://example.org/recording
    """
    from cpdkit.actions.attach import plan_attachments
    from cpdkit.actions.record_file import find_activity
    from cpdkit.cli.record_choice import activity_named, asked
    from cpdkit.cli.selected import has_selection, selected
    from cpdkit.journal.naming import NoMatch
    from cpdkit.journal.paths import find

    root = find(journal).resolve()
    if has_selection():
        return _attach_to_all(root, selected(root, choice, (), console), words, title, dry_run, yes, console)
    name, sources = _parts(root, words)
    try:
        path = activity_named(root, name, example="relay-course FILE")
    except NoMatch as error:
        if sources or not _looks_like_a_file(name):
            raise
        raise UsageError(f'"{name}" is neither an activity nor a file', "check the name and the folder") from error
    if not sources:
        sources = (asked("FILE", "File or web address to attach", f"write cpd attach {name or 'relay-course'} FILE"),)
    plans = [plan_attachments(root, find_activity(root, path), sources, title)]
    return _write(root, plans, dry_run, console)


def _attach_to_all(
    root: Path,
    activities: Sequence[Activity],
    sources: Sequence[str],
    title: str,
    dry_run: bool,
    yes: bool,
    console: Console,
) -> int:
    """Attach the same files to several activities, after the confirmation."""
    from cpdkit.actions.attach import plan_for_all
    from cpdkit.actions.record_file import find_activity
    from cpdkit.cli.exits import FINE
    from cpdkit.cli.selected import agreed

    if not sources:
        raise UsageError("FILE is missing", "write the files or web addresses after the options")
    plans = plan_for_all(root, [find_activity(root, each.path) for each in activities], sources, title)
    if not dry_run and not agreed("Attach to", activities, console, yes=yes):
        console.say("nothing attached")
        return FINE
    return _write(root, plans, dry_run, console)


def _write(root: Path, plans: Sequence[Attachments], dry_run: bool, console: Console) -> int:
    """Copy and link the files, or show the change, and print what was done."""
    from cpdkit.actions.attach import attach as copy_and_link
    from cpdkit.cli.changes import show_patches
    from cpdkit.cli.exits import FINE
    from cpdkit.text.terminal import printable

    if dry_run:
        show_patches([patch for plan in plans for patch in plan.patches], console)
    else:
        copy_and_link(root, *plans)
    copied, linked = ("would copy", "would link") if dry_run else ("copied", "linked")
    for plan in plans:
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


def _looks_like_a_file(word: str) -> bool:
    """Return whether a word has a folder, or the end of a file that no record has."""
    return bool(re.search(r"[/\\]|\.(?!md$)\w{1,5}$", word))
