"""`cpd plan done`: close an objective as achieved or dropped, or mark an action as done."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cpdkit.cli.complete import complete_objectives
from cpdkit.cli.console import Console
from cpdkit.cli.options import dry_change_option, journal_option, option, output_options
from cpdkit.errors import UsageError
from cpdkit.journal.prompts import Prompt
from cpdkit.text.shell import quote
from cpdkit.text.terminal import printable
from cpdkit.text.wording import counted

if TYPE_CHECKING:
    from cpdkit.actions.objectives import Closing
    from cpdkit.actions.record_file import RecordFile
    from cpdkit.cli.conversation import Conversation
    from cpdkit.journal.records import Objective

MOST_LISTED = 10
RESULT = Prompt(
    "What was the result?", "Your answer is added to the file, with the date. An empty answer adds nothing."
)
WHY_DONE = Prompt(
    "Why do you close it, although the measure was not met?",
    "Your answer is added to the file. Without an answer, nothing changes.",
)
WHY_DROPPED = Prompt(
    "Why do you drop it?", "Your answer is added to the file, with the date. Without an answer, nothing changes."
)


@click.command()
@click.argument("name", metavar="ID", shell_complete=complete_objectives)
@option("--on", "day", metavar="DATE", default="", help="Date: 2026-11-20, yesterday, friday. Default: today.")
@option("--met/--not-met", default=None, help="Whether the success measure was met.")
@option("--note", metavar="TEXT", default="", help="Note that is added to the file, with the date.")
@option("--action", metavar="WORDS", default="", help="Only mark the action that contains these words as done.")
@option("--dropped", is_flag=True, help="Close the objective as dropped. Give the reason in --note.")
@journal_option
@dry_change_option
@output_options
def done(
    name: str,
    day: str,
    met: bool | None,
    note: str,
    action: str,
    dropped: bool,
    journal: Path | None,
    dry_run: bool,
    console: Console,
) -> int:
    """Close an objective, or mark one of its actions as done.

    ID is any part of the file name that fits one objective only. On a terminal, it asks whether the success measure
    was met, and for the result. Then it shows the hours and activities towards the objective.

    \b
    cpd plan done budget --action "cost plan" --on yesterday
    cpd plan done converter --met --note "Relay B has been tested too."
    cpd plan done budget --dropped --note "The project was stopped."
    """
    from cpdkit.actions.objectives import Closing, Outcome, closed, require_open
    from cpdkit.actions.record_file import find_objective
    from cpdkit.cli.changes import apply_patches
    from cpdkit.cli.conversation import Stop, conversation
    from cpdkit.cli.exits import FINE
    from cpdkit.cli.settings import settings_of
    from cpdkit.journal.paths import find
    from cpdkit.text.clock import today

    if action and (dropped or met is not None or note):
        raise UsageError("--action cannot be combined with --met, --dropped or --note", "remove one of them")
    if dropped and met is not None:
        raise UsageError("--dropped cannot be combined with --met or --not-met", "remove one of them")
    root = find(journal).resolve()
    file = find_objective(root, name)
    on = settings_of(root).day(day) if day else today()
    if action:
        return _finish_action(root, file, action, on, dry_run, console)
    require_open(file)
    closing = Closing(Outcome.DROPPED if dropped else Outcome.ACHIEVED, on, met, note)
    if terminal := conversation(console):
        try:
            closing = ask_for_closing(file.record, closing, terminal)
        except Stop:
            console.say("nothing changed")
            return FINE
    apply_patches(root, file.patches(closed(file, closing, today())), dry_run, console)
    console.say(summary_of(root, file, closing, dry_run))
    return FINE


def ask_for_closing(objective: Objective, closing: Closing, terminal: Conversation) -> Closing:
    """Ask for a missing measure and note, and return the closing with the answers.

    Raises Stop.
    """
    from cpdkit.actions.objectives import Outcome
    from cpdkit.cli.conversation import Next

    try:
        if closing.met is None and objective.success_measure and closing.outcome is Outcome.ACHIEVED:
            terminal.tell(f"Success measure: {printable(' '.join(objective.success_measure.split()))}")
            met = terminal.ask_line("Was it met? (yes or no, empty to skip)", "", _yes_or_no, optional=True)
            closing = replace(closing, met=met == "yes" if met else None)
        if not closing.note.strip():
            prompt = WHY_DONE if closing.met is False else RESULT
            prompt = WHY_DROPPED if closing.outcome is Outcome.DROPPED else prompt
            closing = replace(closing, note=terminal.ask(prompt))
    except Next:
        pass
    return closing


def summary_of(root: Path, file: RecordFile[Objective], closing: Closing, dry_run: bool) -> str:
    """Return the outcome, the newest activities towards the objective, and its open actions."""
    from cpdkit.actions.objectives import Outcome
    from cpdkit.actions.review_year import progress_towards
    from cpdkit.dates.day_words import days_text
    from cpdkit.dates.hours import format_hours
    from cpdkit.journal.load import load
    from cpdkit.text.clock import today

    progress, confidential = progress_towards(load(root), file.record, today())
    count = len(progress.done)
    towards = f"{format_hours(progress.minutes)} h in {counted(count, 'activity', 'activities')}"
    marked = "would mark" if dry_run else "marked"
    lines = [f"{marked} {file.path} as {closing.outcome}: {towards if count else 'no activities'}"]
    newest = sorted(progress.done, key=lambda each: (each.start, each.path), reverse=True)
    lines += [f"  {days_text(each.start, each.end)}  {each.title}" for each in newest[:MOST_LISTED]]
    if count > MOST_LISTED:
        lines.append(f"  and {count - MOST_LISTED} more (cpd list --period all --objective {quote(file.record.id)})")
    if confidential:
        lines.append(f"{counted(confidential, 'confidential activity', 'confidential activities')} omitted")
    if closing.outcome is Outcome.ACHIEVED:
        lines += [f"action still open: {each.action}" for each in file.record.actions if not each.done]
    return "\n".join(map(printable, lines))


def _finish_action(
    root: Path, file: RecordFile[Objective], words: str, day: date, dry_run: bool, console: Console
) -> int:
    """Mark the action with these words as done. Raises UsageError, ChangedOnDisk, CannotWrite."""
    from cpdkit.actions.objectives import find_action, with_action_done
    from cpdkit.cli.changes import apply_patches
    from cpdkit.cli.exits import FINE
    from cpdkit.text.clock import today

    actions = file.record.actions
    number = find_action(file.record, words)
    apply_patches(root, file.patches(with_action_done(file, number, day, today())), dry_run, console)
    left = sum(1 for each in actions if not each.done) - 1
    state = f"{left} of {counted(len(actions), 'action')} still open" if left else "all actions are done"
    marked = "would mark" if dry_run else "marked"
    console.say(printable(f'{file.path}: {marked} "{actions[number].action}" as done; {state}'))
    if not left and file.record.status == "open":
        console.say(printable(f"close the objective with cpd plan done {quote(file.record.id)}"))
    return FINE


def _yes_or_no(text: str) -> str:
    answers = [each for each in ("yes", "no") if each.startswith(text.casefold())]
    if not answers:
        raise UsageError(f'"{text}" is not an answer; type yes or no')
    return answers[0]
