"""`cpd delete`: move records into the trash of the journal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cpdkit.cli.complete import complete_records
from cpdkit.cli.console import Console
from cpdkit.cli.options import journal_option, option, output_options, yes_option

if TYPE_CHECKING:
    from cpdkit.actions.delete import Deletion


@click.command()
@click.argument("names", metavar="[ID]...", nargs=-1, shell_complete=complete_records)
@option(
    "--evidence/--no-evidence",
    default=None,
    help="Delete the evidence that nothing else uses, or not. Default: ask on a terminal, otherwise keep it.",
)
@yes_option
@journal_option
@option("--dry-run", is_flag=True, help="Show what would be deleted, without deleting it.")
@output_options
def delete(
    names: tuple[str, ...], evidence: bool | None, yes: bool, journal: Path | None, dry_run: bool, console: Console
) -> int:
    """Delete records, such as activities and claims, and evidence.

    ID is any part of the file name or title, or the path of a file under evidence/. If it is missing or fits several
    records, cpd asks on a terminal.

    The files move into .trash/ in the journal, under the time and their path. Nothing reads that folder, and git
    ignores it. To put the files back, use cpd undo. To remove them permanently, delete .trash/.

    Other records that refer to a deleted one are listed and not changed.

    \b
    cpd delete lunch-talk
    cpd delete relay-b-retest --evidence --yes
    cpd delete evidence/2026-03-14-scan.pdf --dry-run
    """
    from cpdkit.actions.delete import delete as move_to_trash
    from cpdkit.actions.delete import plan_deletion
    from cpdkit.actions.move import names_evidence
    from cpdkit.cli.changes import confirmed, warn_of_unread
    from cpdkit.cli.exits import FINE
    from cpdkit.cli.record_choice import record_named
    from cpdkit.journal.paths import TRASH, find, list_journal
    from cpdkit.text.files import Disk
    from cpdkit.text.terminal import printable
    from cpdkit.text.wording import counted

    root = find(journal).resolve()
    unread = list_journal(Disk(str(root))).unread
    whole = [name if name in unread or names_evidence(name) else record_named(root, name) for name in names or ("",)]
    plan = plan_deletion(root, whole)
    lines = "\n".join(_lines(plan))
    if dry_run:
        files = {**plan.files, **(plan.evidence if evidence else {})}
        console.show(lines)
        console.say(f"would delete {counted(len(files), 'file')}")
        return FINE
    if not yes:
        console.warn(lines)
    files = {**plan.files, **_evidence_too(plan, evidence, yes=yes)}
    if not confirmed(f"Delete {counted(len(files), 'file')}?", yes=yes):
        console.say("nothing deleted")
        return FINE
    move_to_trash(root, files)
    console.show("\n".join(map(printable, files)))
    warn_of_unread(plan.unread, console)
    if yes:
        console.say("\n".join(_remarks(plan, files)))
    console.say(f"{counted(len(files), 'file')} moved to {TRASH}/; to put everything back: cpd undo")
    return FINE


def _evidence_too(plan: Deletion, evidence: bool | None, *, yes: bool) -> Mapping[str, bytes]:
    """Return the evidence to delete with the records, by the option or the answer on a terminal."""
    from cpdkit.cli.changes import confirmed
    from cpdkit.text.wording import counted, plural

    if not plan.evidence or evidence is False or (evidence is None and yes):
        return {}
    files = counted(len(plan.evidence), "evidence file")
    uses = plural(len(plan.evidence), "it", "them")
    if evidence or confirmed(f"Delete {files} too? Nothing else uses {uses}.", yes=False):
        return plan.evidence
    return {}


def _lines(plan: Deletion) -> Iterator[str]:
    """Yield the files to delete with their titles, then what refers to them and what only they use."""
    from cpdkit.text.terminal import printable

    for path in plan.files:
        title = plan.titles.get(path, "")
        yield printable(f"{path}  {title}" if title else path)
    yield from _remarks(plan, {})


def _remarks(plan: Deletion, deleted: Mapping[str, bytes]) -> Iterator[str]:
    """Yield a sentence for each record that refers to a file, for evidence that stays, and on git."""
    from cpdkit.text.terminal import printable
    from cpdkit.text.wording import counted

    for path, others in plan.referring.items():
        for other in others:
            yield printable(f"{other} refers to {path}")
    for path in plan.evidence:
        if path not in deleted:
            yield printable(f"{path} is used by nothing else")
    if plan.committed:
        yield f"the git history keeps {counted(len(plan.committed), 'of these files', 'of these files')}"
