"""`cpd done`: mark a planned activity or a draft as done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cpdkit.cli.complete import complete_ids
from cpdkit.cli.console import Console
from cpdkit.cli.options import (
    bulk_options,
    dry_change_option,
    journal_option,
    model_option,
    option,
    output_options,
)
from cpdkit.text.shell import quote

if TYPE_CHECKING:
    from cpdkit.actions.done import Finish
    from cpdkit.actions.record_file import RecordFile
    from cpdkit.checks.fixes import FilePatch
    from cpdkit.cli.conversation import Conversation
    from cpdkit.cli.settings import Settings
    from cpdkit.journal.reader import Record
    from cpdkit.journal.records import Activity
    from cpdkit.journal.selection import SelectionOptions


@click.command()
@click.argument("name", metavar="[ID]", default="", shell_complete=complete_ids)
@click.argument("changes", metavar="[FIELD=VALUE]...", nargs=-1)
@option("--hours", metavar="HOURS", default="", help="Time spent: 1.5, 1h30, 1:30 or 90 min. Default: as planned.")
@option(
    "--date",
    "day",
    metavar="DATE",
    default="",
    help="Date: 2026-03-14, yesterday, friday, 14 March. Default: as planned.",
)
@option("--reflect/--no-reflect", default=False, help="Add the questions of a reflection, if there is none.")
@model_option
@journal_option
@dry_change_option
@option("--drafts", is_flag=True, help="Mark all drafts as done, or those that the options select.")
@bulk_options("planned, in-progress and draft")
@output_options
def done(
    name: str,
    changes: tuple[str, ...],
    hours: str,
    day: str,
    reflect: bool,
    model: str,
    journal: Path | None,
    dry_run: bool,
    drafts: bool,
    choice: SelectionOptions,
    yes: bool,
    console: Console,
) -> int:
    """Mark a planned activity or a draft as done.

    ID is any part of the file name or title. If it fits several activities, cpd asks on a terminal. Without an ID, it
    offers planned activities, drafts and activities in progress.

    cpd done removes the status and sets the hours and the date. Use FIELD=VALUE to change other fields. On a terminal,
    it asks for the hours and the date if you do not give them.

    --drafts, or options that select activities, mark several at once, after you confirm the list. An activity with a
    missing value or a placeholder is listed and stays as it is.

    \b
    cpd done relay-b-retest --hours 1h30 --date yesterday
    cpd done relay-b-retest --date friday location=Sheffield --reflect
    cpd done --drafts --period 2026 --dry-run
    """
    from cpdkit.actions.done import Finish, finished
    from cpdkit.actions.record_file import ACTIVITIES, find_activity
    from cpdkit.actions.reflect import reflection_model
    from cpdkit.actions.set import name_doubts
    from cpdkit.cli.changes import apply_patches
    from cpdkit.cli.conversation import conversation
    from cpdkit.cli.exits import FINE
    from cpdkit.cli.record_choice import activity_named
    from cpdkit.cli.selected import has_selection, selected
    from cpdkit.cli.settings import settings_of
    from cpdkit.errors import UsageError
    from cpdkit.journal.edit import parse_change
    from cpdkit.journal.paths import find
    from cpdkit.journal.values import Status
    from cpdkit.text.clock import today
    from cpdkit.text.files import Disk
    from cpdkit.text.terminal import printable

    root = find(journal).resolve()
    if drafts or has_selection():
        if hours or day or reflect:
            given = "--hours" if hours else "--date" if day else "--reflect"
            raise UsageError(f"{given} and a selection cannot be combined", f"remove {given}, or name one activity")
        statuses = ("draft",) if drafts else ("planned", "in-progress", "draft")
        activities = selected(root, choice, [name] if name else (), console, statuses)
        return _finish_all(root, activities, dry_run, yes, console)
    if "=" in name:
        name, changes = "", (name, *changes)
    file = find_activity(root, activity_named(root, name, _is_unfinished))
    settings = settings_of(root)
    # Check the options before any question.
    finish = Finish(
        settings.hours(hours, str(file.record.start), str(file.record.end)) if hours else "",
        settings.day(day) if day else None,
        tuple(parse_change(word, ACTIVITIES.fields) for word in changes),
        reflection_model(Disk(str(root)), model) if reflect else None,
    )
    if file.record.status is Status.DONE:
        if changes or hours or day:
            raise UsageError(f"{file.path} is already done", f"change its fields with cpd set {quote(file.record.id)}")
        console.say(f"{file.path} is already done")
        return FINE
    if terminal := conversation(console):
        finish = _asked_for(file.record, finish, terminal, settings)
    after = finished(file, finish, today())
    for sentence in name_doubts(root, file.patches(after), changes):
        console.say(printable(sentence))
    apply_patches(root, file.patches(after), dry_run, console)
    console.say(_summary(file, after, dry_run))
    return FINE


def _finish_all(root: Path, activities: Sequence[Activity], dry_run: bool, yes: bool, console: Console) -> int:
    """Mark the activities as done that have every value, and list the others."""
    from cpdkit.actions.done import Finish, finished
    from cpdkit.actions.record_file import find_activity
    from cpdkit.cli.changes import apply_patches
    from cpdkit.cli.exits import FINE, PROBLEMS
    from cpdkit.cli.selected import agreed
    from cpdkit.errors import CpdError
    from cpdkit.journal.values import Status
    from cpdkit.text.clock import today
    from cpdkit.text.terminal import printable
    from cpdkit.text.wording import counted

    patches: list[FilePatch] = []
    complete, reasons = [], []
    for each in activities:
        if each.status is Status.DONE:
            continue
        file = find_activity(root, each.path)
        try:
            patches += file.patches(finished(file, Finish(), today()))
            complete.append(each)
        except CpdError as error:
            reasons.append(f"{each.path} stays as it is: {error}")
    for sentence in reasons:
        console.warn(printable(sentence))
    if complete and (dry_run or agreed("Mark as done:", complete, console, yes=yes)):
        apply_patches(root, patches, dry_run, console)
        number = counted(len(complete), "activity", "activities")
        console.say(f"{'would mark' if dry_run else 'marked'} {number} as done")
    else:
        console.say("nothing changed")
    return PROBLEMS if reasons else FINE


def _is_unfinished(record: Record) -> bool:
    from cpdkit.journal.records import Activity
    from cpdkit.journal.values import Status

    return isinstance(record, Activity) and record.status is not Status.DONE


def _asked_for(activity: Activity, finish: Finish, terminal: Conversation, settings: Settings) -> Finish:
    """Ask for missing hours, and for the date if it is in the future; without an answer they stay as planned."""
    from cpdkit.actions.done import is_to_come, unsure_of
    from cpdkit.cli.conversation import Stop
    from cpdkit.dates.hours import format_hours
    from cpdkit.text.clock import today

    def typed_hours(line: str) -> str:
        # The planned hours stay exactly as they are written.
        return line if line == planned else settings.hours(line, str(activity.start), str(activity.end))

    planned = format_hours(activity.minutes) if activity.minutes else ""
    try:
        if is_to_come(activity, finish, today()):
            day = terminal.ask_line(
                "When? (2026-03-14, yesterday)", "today", lambda line: settings.day(line).isoformat()
            )
            finish = replace(finish, day=date.fromisoformat(day))
        for name in unsure_of(activity, finish):
            finish = _with_answer(activity, finish, name, terminal, settings)
        has_hours = finish.hours or finish.changes_field("hours") or finish.changes_field("sessions")
        if not has_hours and not activity.sessions:
            hours = terminal.ask_line("How long did it take? (1.5, 1h30, 90 min)", planned, typed_hours)
            finish = replace(finish, hours="" if hours == planned else hours)
    except Stop:
        pass
    return finish


def _with_answer(activity: Activity, finish: Finish, name: str, terminal: Conversation, settings: Settings) -> Finish:
    """Ask for a field whose value is only a placeholder, and return the finish with it. Raises Stop."""
    from cpdkit.cli.complete import TYPES
    from cpdkit.journal.edit import Change, Operator
    from cpdkit.journal.new_record import type_named

    if name == "type":
        value = terminal.ask_choice(
            "What type?", dict.fromkeys(TYPES, ""), activity.type, lambda line: type_named(line).value
        )
    elif name == "start":
        value = terminal.ask_line("When?", str(activity.start), lambda line: settings.day(line).isoformat())
        return replace(finish, day=date.fromisoformat(value))
    else:
        value = terminal.ask_line(f"Which {name}?", str(getattr(activity, name, "")), str)
    return replace(finish, changes=(*finish.changes, Change(name, Operator.PUT, value)))


def _summary(file: RecordFile[Activity], after: bytes, dry_run: bool) -> str:
    from cpdkit.actions.record_file import activity_of
    from cpdkit.dates.day_words import days_text
    from cpdkit.dates.hours import format_hours
    from cpdkit.journal.sections import has_reflection

    activity = activity_of(file.path, after)
    days, hours = days_text(activity.start, activity.end), format_hours(activity.minutes)
    lines = [f"{'would mark' if dry_run else 'marked'} {file.path} as done: {hours} h, {days}"]
    if activity.start != file.record.start and activity.id.startswith(str(file.record.start)):
        command = f"cpd rename {quote(activity.id)}"
        lines.append(f"the file name still has the date {file.record.start}; rename it with {command}")
    if not has_reflection(activity.body) and not dry_run:
        lines.append(f"write what you learned with cpd reflect {quote(activity.id)}")
    return "\n".join(lines)
