"""`cpd inbox`: turn the lines of a text file from your phone into drafts."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cpdkit.cli.console import Console
from cpdkit.cli.options import dry_write_option, format_option, journal_option, output_options, yes_option
from cpdkit.journal.naming import id_of
from cpdkit.text.shell import quote
from cpdkit.text.terminal import printable
from cpdkit.text.wording import counted

if TYPE_CHECKING:
    from cpdkit.actions.inbox import InboxPlan, TakenEntry
    from cpdkit.journal.list_columns import Row


@click.command()
@click.argument("files", metavar="[FILE]...", nargs=-1, type=click.Path(path_type=Path))
@yes_option
@format_option
@journal_option
@dry_write_option
@output_options
def inbox(
    files: tuple[Path, ...], yes: bool, output_format: str, journal: Path | None, dry_run: bool, console: Console
) -> int:
    """Turn the entries of your inbox into drafts.

    The inbox is inbox.md and the folder inbox/ of your journal, or the places under inbox: in cpd.yaml. FILE, or
    $CPD_INBOX, names a file or folder elsewhere, such as one of a notes app. In a file, each line or block is an
    entry. In a folder, each note is one.

    You see what cpd reads, and confirm it. Each entry becomes a draft, which does not count until you run cpd done.
    What was taken moves to inbox/done.md. Photos that an entry names become evidence.

    \b
    cpd inbox --dry-run
    cpd inbox ~/notes/cpd.md --dry-run

    Entries such as:

    \b
    2h IET lecture on fault levels, learned: why the offset decays
    14 March, visit to Ty Newydd, 3h, by: the operator #event
    """
    from cpdkit.actions.inbox import VARIABLE, plan_inbox, sources, take
    from cpdkit.cli.changes import confirmed
    from cpdkit.cli.exits import FINE, PROBLEMS
    from cpdkit.cli.settings import settings_of
    from cpdkit.cli.tables import hand_out, json_text
    from cpdkit.exchange.inbox import Reading
    from cpdkit.journal.paths import MEMBER_FILE, find, list_journal
    from cpdkit.text.files import Disk

    root = find(journal).resolve()
    settings = settings_of(root)
    member = list_journal(Disk(str(root)), (MEMBER_FILE,)).member
    found, unread = sources(root, member.inbox if member else (), files)
    plan = plan_inbox(root, found, Reading(settings.today, settings.day_first, settings.working_day))
    plan.left[:0] = unread
    if output_format == "json":
        hand_out(console, json_text(_data(plan)))
    else:
        _show(plan, console)
    if plan.taken and not dry_run:
        if not confirmed(f"Write {counted(len(plan.taken), 'draft')}?", yes=yes):
            console.say("nothing written")
            return FINE
        take(root, plan, settings.today)
        if output_format == "text":
            console.show("\n".join(printable(each.path) for each in plan.taken))
        console.say(_next_step([each.path for each in plan.taken]))
    elif not plan.taken and not plan.left:
        console.say("the inbox is empty" if found or files or os.environ.get(VARIABLE) else _how_to_start())
    return PROBLEMS if plan.left else FINE


def _next_step(paths: Sequence[str]) -> str:
    if len(paths) == 1:
        return f"wrote 1 draft; confirm it with cpd done {quote(id_of(paths[0]))}"
    return f"wrote {len(paths)} drafts; confirm each with cpd done ID, or all complete ones with cpd done --drafts"


def _how_to_start() -> str:
    return "there is no inbox: write a line such as “2h IET lecture” into inbox.md in the folder of your journal"


def _show(plan: InboxPlan, console: Console) -> None:
    """Print the entries as a table, then the doubts and what stays."""
    from cpdkit.cli.tables import table_lines

    several = len({each.file.path for each in plan.taken}) > 1
    rows: list[Row] = [_row(each, several) for each in plan.taken]
    if rows:
        console.show("\n".join(table_lines(rows, console.columns, colour=console.colour)))
    for each in plan.taken:
        place = f"{each.file.path}:{each.entry.line}"
        for doubt in each.entry.doubts:
            console.say(printable(f"{place}: {doubt}"))
        for photo in each.photos:
            console.say(printable(f"{place}: {photo} becomes evidence"))
        for photo in each.missing:
            console.warn(printable(f"{place}: cannot find {photo}; the text keeps its name"))
    for left in plan.left:
        place = f"{left.path}:{left.line}" if left.line else left.path
        console.warn(printable(f"{place}: not taken: {left.reason}"))


def _row(taken: TakenEntry, several: bool) -> Row:
    """Return the columns of an entry; a value with a question mark is a placeholder."""
    values, unsure = taken.entry.values, taken.entry.unsure
    shown = {name: f"{values[name]}{' ?' if name in unsure else ''}" for name in ("start", "hours", "type")}
    place = f"{taken.file.path}:{taken.entry.line}" if several else str(taken.entry.line)
    return {"line": place, **shown, "title": values["title"]}


def _data(plan: InboxPlan) -> dict[str, object]:
    return {
        "entries": [
            {
                "file": each.file.path,
                "line": each.entry.line,
                "path": each.path,
                "values": dict(each.entry.values),
                "unsure": list(each.entry.unsure),
                "doubts": list(each.entry.doubts),
                "photos": list(each.photos),
            }
            for each in plan.taken
        ],
        "left": [{"file": each.path, "line": each.line, "reason": each.reason} for each in plan.left],
    }
