"""`cpd plan done`: an objective, or one of its actions, is done, or given up."""

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
from cpdkit.text.terminal import printable
from cpdkit.text.wording import counted

if TYPE_CHECKING:
    from cpdkit.actions.objectives import Closing
    from cpdkit.actions.record_file import RecordFile
    from cpdkit.cli.conversation import Conversation
    from cpdkit.journal.records import Objective

MOST_LISTED = 10
CLOSING_WORD = Prompt(
    "A closing word?", "What came of it. It goes into the file with the day; an empty line leaves it out."
)
WHY_DONE = Prompt("Why is it done all the same?", "It goes into the file; without an answer nothing changes.")
WHY_DROPPED = Prompt("Why is it dropped?", "It goes into the file with the day; without an answer nothing changes.")


@click.command()
@click.argument("name", metavar="ID", shell_complete=complete_objectives)
@option("--on", "day", metavar="DAY", default="", help="When it was: 2026-11-20, yesterday, friday; else today.")
@option("--met/--not-met", default=None, help="Whether its success measure was met.")
@option("--note", metavar="TEXT", default="", help="A closing word, which goes into its file with the day.")
@option("--action", metavar="WORDS", default="", help="Only the action that holds these words is done.")
@option("--dropped", is_flag=True, help="It is given up; --note says why.")
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
    """Say that an objective, or one of its actions, is done.

    ID is any part of its file's name that no other has. What was done towards it is added up. On a terminal it asks
    whether the success measure was met, and for a closing word.

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
    from cpdkit.dates.days import parse_day
    from cpdkit.journal.paths import find
    from cpdkit.text.clock import today

    if action and (dropped or met is not None or note):
        raise UsageError("--action is about one action alone", "leave out --met, --dropped and --note")
    if dropped and met is not None:
        raise UsageError("what is dropped was not measured", "leave out --met and --not-met, or --dropped")
    root = find(journal).resolve()
    file = find_objective(root, name)
    on = parse_day(day, today()) if day else today()
    if action:
        return _finish_action(root, file, action, on, dry_run, console)
    require_open(file)
    closing = Closing(Outcome.DROPPED if dropped else Outcome.ACHIEVED, on, met, note)
    if terminal := conversation(console):
        try:
            closing = asked_for(file.record, closing, terminal)
        except Stop:
            console.say("nothing was changed")
            return FINE
    apply_patches(root, file.patches(closed(file, closing, today())), dry_run, console)
    console.say(summary_of(root, file, closing, dry_run))
    return FINE


def asked_for(objective: Objective, closing: Closing, terminal: Conversation) -> Closing:
    """Return the closing with its measure and note asked for where they are missing; what is not answered stays out.

    Raises Stop.
    """
    from cpdkit.actions.objectives import Outcome
    from cpdkit.cli.conversation import Next

    try:
        if closing.met is None and objective.success_measure and closing.outcome is Outcome.ACHIEVED:
            terminal.tell(f"it is reached when: {printable(' '.join(objective.success_measure.split()))}")
            met = terminal.ask_line("Was that met? (yes or no; empty: not said)", "", _yes_or_no, optional=True)
            closing = replace(closing, met=met == "yes" if met else None)
        if not closing.note.strip():
            why = WHY_DONE if closing.met is False else CLOSING_WORD
            why = WHY_DROPPED if closing.outcome is Outcome.DROPPED else why
            closing = replace(closing, note=terminal.ask(why))
    except Next:
        pass
    return closing


def summary_of(root: Path, file: RecordFile[Objective], closing: Closing, dry_run: bool) -> str:
    """Return the outcome, what was done towards it, the newest first, and which of its actions are open."""
    from cpdkit.actions.objectives import Outcome
    from cpdkit.actions.review_year import progress_towards
    from cpdkit.dates.day_words import days_text
    from cpdkit.dates.hours import format_hours
    from cpdkit.journal.load import load
    from cpdkit.text.clock import today

    progress, confidential = progress_towards(load(root), file.record, today())
    count = len(progress.done)
    towards = f"{format_hours(progress.minutes)} h in {counted(count, 'activity', 'activities')}"
    outcome = f"{'would be' if dry_run else 'is'} {closing.outcome}"
    lines = [f"{file.path} {outcome}: {towards if count else 'no activity'}"]
    newest = sorted(progress.done, key=lambda each: (each.start, each.path), reverse=True)
    lines += [f"  {days_text(each.start, each.end)}  {each.title}" for each in newest[:MOST_LISTED]]
    if count > MOST_LISTED:
        lines.append(f"  and {count - MOST_LISTED} more: cpd list --period all --objective {file.record.id}")
    if confidential:
        lines.append(f"confidential and left out: {confidential}")
    if closing.outcome is Outcome.ACHIEVED:
        lines += [f"still open in it: {each.action}" for each in file.record.actions if not each.done]
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
    state = f"{left} of its {len(actions)} actions still open" if left else "all of its actions are done"
    would = "would be" if dry_run else "is"
    console.say(printable(f"{file.path}: “{actions[number].action}” {would} done; {state}"))
    if not left and file.record.status == "open":
        console.say(printable(f"cpd plan done {file.record.id} closes it"))
    return FINE


def _yes_or_no(text: str) -> str:
    answers = [each for each in ("yes", "no") if each.startswith(text.casefold())]
    if not answers:
        raise UsageError(f'"{text}" is neither yes nor no')
    return answers[0]
