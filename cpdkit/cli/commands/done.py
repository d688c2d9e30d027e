"""`cpd done`: a planned activity happened."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cpdkit.cli.complete import complete_ids
from cpdkit.cli.console import Console, show_patches
from cpdkit.cli.options import dry_change_option, journal_option, option, output_options
from cpdkit.errors import UsageError

if TYPE_CHECKING:
    from cpdkit.actions.activity_file import Held
    from cpdkit.actions.done import Finish
    from cpdkit.cli.prompts import Conversation
    from cpdkit.journal.records import Activity


@dataclass(frozen=True, slots=True)
class Said:
    """The command line's words: which activity, changes, hours, day, and whose prompts are wanted, if they are."""

    name: str
    changes: tuple[str, ...]
    hours: str
    day: str
    model: str
    reflect: bool = False


def finish(root: Path, said: Said, dry_run: bool, console: Console) -> None:
    """Mark one activity as done. Raises UsageError, Refused, ChangedOnDisk, CannotWrite."""

    from cpdkit.actions.activity_file import hold
    from cpdkit.actions.done import finished, is_done
    from cpdkit.checks.fixes import write_fixes
    from cpdkit.cli.prompts import conversation
    from cpdkit.text.clock import today

    held, wanted = hold(root, said.name), _wanted(root, said)
    if is_done(held.activity):
        if said.changes or said.hours or said.day:
            raise UsageError(f"{held.path} is done already", f"cpd set {held.activity.id} changes its fields")
        console.say(f"{held.path} is done already")
        return
    after = finished(held, _completed(held.activity, wanted, conversation(console)), today())
    patches = held.patches(after)
    if dry_run:
        show_patches(console, patches)
    else:
        write_fixes(root, patches)
    console.say(_told(held, after, dry_run))


def _wanted(root: Path, said: Said) -> Finish:
    """What the words say, each tried before anything is asked."""

    from cpdkit.actions.activity_file import ACTIVITIES
    from cpdkit.actions.done import Finish, hours_said
    from cpdkit.actions.reflect import model_of
    from cpdkit.dates.days import parse_day
    from cpdkit.journal.edit import parse_change
    from cpdkit.text.clock import today
    from cpdkit.text.files import Disk

    return Finish(
        hours_said(said.hours) if said.hours else "",
        parse_day(said.day, today()) if said.day else None,
        tuple(parse_change(word, ACTIVITIES.fields) for word in said.changes),
        model_of(Disk(str(root)), said.model) if said.reflect else None,
    )


def _completed(activity: Activity, wanted: Finish, terminal: Conversation | None) -> Finish:
    """The hours, and a day that lay ahead, asked for on a terminal; without an answer they stay as planned."""

    from cpdkit.actions.done import hours_said, is_to_come
    from cpdkit.cli.prompts import Stop
    from cpdkit.dates.days import parse_day
    from cpdkit.dates.hours import format_hours
    from cpdkit.text.clock import today

    try:
        if terminal and is_to_come(activity, wanted, today()):
            day = terminal.ask_line("When was it?", "today", lambda line: str(parse_day(line, today())))
            wanted = replace(wanted, day=parse_day(day, today()))
        if terminal and not (wanted.hours or wanted.says("hours") or wanted.says("sessions") or activity.sessions):
            planned = format_hours(activity.minutes) if activity.minutes else ""
            hours = terminal.ask_line("How long did it take? (1.5, 1h30, 90 min)", planned, hours_said)
            # What was planned stays as it is written.
            wanted = replace(wanted, hours="" if hours == planned else hours)
    except Stop:
        pass
    return wanted


def _told(held: Held, after: bytes, dry_run: bool) -> str:
    from cpdkit.actions.activity_file import activity_of
    from cpdkit.dates.hours import format_hours
    from cpdkit.dates.wording import days_text
    from cpdkit.journal.body import has_reflection

    activity = activity_of(held.path, after)
    days, hours = days_text(activity.start, activity.end), format_hours(activity.minutes)
    told = f"{held.path} {'would be' if dry_run else 'is'} done: {hours} h, {days}"
    if activity.start != held.activity.start and activity.id.startswith(str(held.activity.start)):
        told += f"\nits name still says {held.activity.start}: cpd rename {activity.id}"
    if not has_reflection(activity.body) and not dry_run:
        told += f"\ncpd reflect {activity.id} asks what you learned"
    return told


@click.command()
@click.argument("name", metavar="ID", shell_complete=complete_ids)
@click.argument("said", metavar="[FIELD=VALUE]...", nargs=-1)
@option("--hours", metavar="HOURS", default="", help="How long it took: 1.5, 1h30, 90 min. Without it, as planned.")
@option("--date", "day", metavar="DAY", default="", help="When it was: 2026-03-14, yesterday, friday, 14 March.")
@option("--reflect/--no-reflect", default=False, help="Put the prompts of a reflection into it, if it has none.")
@option("--model", metavar="NAME", default="", help="Whose questions: iet, gibbs, kolb …; else as cpd.yaml says.")
@journal_option
@dry_change_option
@output_options
def done(
    name: str,
    said: tuple[str, ...],
    hours: str,
    day: str,
    reflect: bool,
    model: str,
    journal: Path | None,
    dry_run: bool,
    console: Console,
) -> int:
    """Say that a planned activity happened.

    ID is any part of its file's name that no other has. Its status goes, its hours and its day are put in, and
    FIELD=VALUE changes what else came out differently. On a terminal it asks for what you don't say.

    \b
    cpd done relay-b-retest --hours 1h30 --date yesterday
    cpd done relay-b-retest --date friday location=Sheffield --reflect
    """
    from cpdkit.cli.exits import FINE
    from cpdkit.journal.paths import find

    finish(find(journal).resolve(), Said(name, said, hours, day, model, reflect), dry_run, console)
    return FINE
