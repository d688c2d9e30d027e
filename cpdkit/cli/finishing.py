"""What `cpd done` asks for, and what it says."""

from dataclasses import dataclass, replace
from pathlib import Path

from cpdkit.checks.fixing import write_fixes
from cpdkit.cli.console import Console
from cpdkit.cli.conversing import Conversation, Stop, conversation
from cpdkit.cli.printing import show_patches
from cpdkit.errors import UsageError
from cpdkit.journal.body import has_reflection
from cpdkit.journal.changing import parse_change
from cpdkit.journal.minutes import format_hours
from cpdkit.journal.records import Activity
from cpdkit.journal.said_days import said_day
from cpdkit.journal.speaking import speak_days
from cpdkit.text.clock import today
from cpdkit.text.files import Disk
from cpdkit.upkeep.finishing import Finish, finished, hours_said, is_done, is_to_come
from cpdkit.upkeep.held import ACTIVITIES, Held, activity_of, hold
from cpdkit.upkeep.reflecting import model_of


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
    return Finish(
        hours_said(said.hours) if said.hours else "",
        said_day(said.day, today()) if said.day else None,
        tuple(parse_change(word, ACTIVITIES.fields) for word in said.changes),
        model_of(Disk(str(root)), said.model) if said.reflect else None,
    )


def _completed(activity: Activity, wanted: Finish, terminal: Conversation | None) -> Finish:
    """The hours, and a day that lay ahead, asked for on a terminal; without an answer they stay as planned."""
    try:
        if terminal and is_to_come(activity, wanted, today()):
            day = terminal.ask_line("When was it?", "today", lambda line: str(said_day(line, today())))
            wanted = replace(wanted, day=said_day(day, today()))
        if terminal and not (wanted.hours or wanted.says("hours") or wanted.says("sessions") or activity.sessions):
            planned = format_hours(activity.minutes) if activity.minutes else ""
            hours = terminal.ask_line("How long did it take? (1.5, 1h30, 90 min)", planned, hours_said)
            # What was planned stays as it is written.
            wanted = replace(wanted, hours="" if hours == planned else hours)
    except Stop:
        pass
    return wanted


def _told(held: Held, after: bytes, dry_run: bool) -> str:
    activity = activity_of(held.path, after)
    days, hours = speak_days(activity.start, activity.end), format_hours(activity.minutes)
    told = f"{held.path} {'would be' if dry_run else 'is'} done: {hours} h, {days}"
    if activity.start != held.activity.start and activity.id.startswith(str(held.activity.start)):
        told += f"\nits name still says {held.activity.start}: cpd rename {activity.id}"
    if not has_reflection(activity.body) and not dry_run:
        told += f"\ncpd reflect {activity.id} asks what you learned"
    return told
