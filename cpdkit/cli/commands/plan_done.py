"""`cpd plan done`: an objective, or one of its actions, is done, or given up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cpdkit.cli.complete import complete_objectives
from cpdkit.cli.console import Console, show_patches
from cpdkit.cli.options import dry_change_option, journal_option, option, output_options
from cpdkit.errors import UsageError
from cpdkit.journal.prompts import Prompt
from cpdkit.text.terminal import printable

if TYPE_CHECKING:
    from cpdkit.actions.objectives import Closing, HeldObjective
    from cpdkit.checks.fixes import FilePatch
    from cpdkit.cli.prompts import Conversation
    from cpdkit.journal.records import Objective

MOST_LISTED = 10
WORD = Prompt("A closing word?", "What came of it. It goes into the file with the day; an empty line leaves it out.")
DESPITE = Prompt("Why is it done all the same?", "It goes into the file; without an answer nothing changes.")
REASON = Prompt("Why is it dropped?", "It goes into the file with the day; without an answer nothing changes.")


@dataclass(frozen=True, slots=True)
class Said:
    """The command line's words: which objective, the day, whether its measure was met, a note; or which action."""

    name: str
    day: str = ""
    met: bool | None = None
    note: str = ""
    action: str = ""
    dropped: bool = False


def close(root: Path, said: Said, dry_run: bool, console: Console) -> None:
    """Mark an objective, or one of its actions, as done. Raises UsageError, Refused, ChangedOnDisk, CannotWrite."""

    from cpdkit.actions.objectives import (
        Closing,
        Outcome,
        action_meant,
        closed,
        hold_objective,
        require_open,
        with_action_done,
    )
    from cpdkit.cli.prompts import Stop, conversation
    from cpdkit.dates.days import parse_day
    from cpdkit.text.clock import today

    _refuse_both(said)
    held = hold_objective(root, said.name)
    day = parse_day(said.day, today()) if said.day else today()
    if said.action:
        number = action_meant(held.objective, said.action)
        make(root, held.patches(with_action_done(held, number, day, today())), dry_run, console)
        console.say(_told_of_action(held, number, dry_run))
        return
    require_open(held)
    closing = Closing(Outcome.DROPPED if said.dropped else Outcome.ACHIEVED, day, said.met, said.note)
    if terminal := conversation(console):
        try:
            closing = completed(held.objective, closing, terminal)
        except Stop:
            console.say("nothing was changed")
            return
    make(root, held.patches(closed(held, closing, today())), dry_run, console)
    console.say(told(root, held, closing, dry_run))


def make(root: Path, patches: Sequence[FilePatch], dry_run: bool, console: Console) -> None:
    """Write the change, or with `dry_run` show it. Raises ChangedOnDisk, CannotWrite."""

    from cpdkit.checks.fixes import write_fixes

    if dry_run:
        show_patches(console, patches)
    else:
        write_fixes(root, patches)


def completed(objective: Objective, closing: Closing, terminal: Conversation) -> Closing:
    """Whether the measure was met, and the note, asked for where they are not said; what is not answered stays out.

    Raises Stop.
    """

    from cpdkit.actions.objectives import Outcome
    from cpdkit.cli.prompts import Next

    try:
        if closing.met is None and objective.success_measure and closing.outcome is Outcome.ACHIEVED:
            terminal.tell(f"it is reached when: {printable(' '.join(objective.success_measure.split()))}")
            met = terminal.ask_line("Was that met? (yes or no; empty: not said)", "", _yes_or_no, optional=True)
            closing = replace(closing, met=met == "yes" if met else None)
        if not closing.note.strip():
            closing = replace(closing, note=terminal.ask(_prompt(closing)))
    except Next:
        pass
    return closing


def told(root: Path, held: HeldObjective, closing: Closing, dry_run: bool) -> str:
    """The outcome, what was done towards it, the newest first, and which of its actions are open."""

    from cpdkit.actions.objectives import Outcome
    from cpdkit.actions.review_year import towards
    from cpdkit.dates.hours import format_hours
    from cpdkit.dates.wording import days_text
    from cpdkit.journal.load import load
    from cpdkit.text.clock import today

    progress, hidden = towards(load(root), held.objective, today())
    count = len(progress.done)
    did = f"{format_hours(progress.minutes)} h in {count} {'activity' if count == 1 else 'activities'}"
    lines = [f"{held.path} {'would be' if dry_run else 'is'} {closing.outcome}: {did if count else 'no activity'}"]
    newest = sorted(progress.done, key=lambda each: (each.start, each.path), reverse=True)
    lines += [f"  {days_text(each.start, each.end)}  {each.title}" for each in newest[:MOST_LISTED]]
    if count > MOST_LISTED:
        lines.append(f"  and {count - MOST_LISTED} more: cpd list --period all --objective {held.objective.id}")
    if hidden:
        lines.append(f"confidential and left out: {hidden}")
    if closing.outcome is Outcome.ACHIEVED:
        lines += [f"still open in it: {each.action}" for each in held.objective.actions if not each.done]
    return "\n".join(map(printable, lines))


def _prompt(closing: Closing) -> Prompt:
    from cpdkit.actions.objectives import Outcome

    if closing.outcome is Outcome.DROPPED:
        return REASON
    return DESPITE if closing.met is False else WORD


def _yes_or_no(said: str) -> str:
    found = [each for each in ("yes", "no") if each.startswith(said.casefold())]
    if not found:
        raise UsageError(f'"{said}" is neither yes nor no')
    return found[0]


def _told_of_action(held: HeldObjective, number: int, dry_run: bool) -> str:
    actions = held.objective.actions
    left = sum(1 for each in actions if not each.done) - 1
    state = f"{left} of its {len(actions)} actions still open" if left else "all of its actions are done"
    lines = [f"{held.path}: “{actions[number].action}” {'would be' if dry_run else 'is'} done; {state}"]
    if not left and held.objective.status == "open":
        lines.append(f"cpd plan done {held.objective.id} closes it")
    return "\n".join(map(printable, lines))


def _refuse_both(said: Said) -> None:
    """Raise UsageError for words that contradict each other."""
    if said.action and (said.dropped or said.met is not None or said.note):
        raise UsageError("--action is about one action alone", "leave out --met, --dropped and --note")
    if said.dropped and said.met is not None:
        raise UsageError("what is dropped was not measured", "leave out --met and --not-met, or --dropped")


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
def done(name: str, journal: Path | None, dry_run: bool, console: Console, **given: Any) -> int:
    """Say that an objective, or one of its actions, is done.

    ID is any part of its file's name that no other has. What was done towards it is added up. On a terminal it asks
    whether the success measure was met, and for a closing word.

    \b
    cpd plan done budget --action "cost plan" --on yesterday
    cpd plan done converter --met --note "Relay B has been tested too."
    cpd plan done budget --dropped --note "The project was stopped."
    """
    from cpdkit.cli.exits import FINE
    from cpdkit.journal.paths import find

    close(find(journal).resolve(), Said(name, **given), dry_run, console)
    return FINE
