"""`cpd plan review`: the year's look back."""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cpdkit.cli.console import Console, is_terminal
from cpdkit.cli.options import dry_write_option, journal_option, option, output_options
from cpdkit.errors import UsageError
from cpdkit.journal.prompts import Prompt
from cpdkit.text.terminal import printable, wrap

if TYPE_CHECKING:
    from cpdkit.actions.objectives import HeldObjective, Outcome
    from cpdkit.actions.review_year import Look
    from cpdkit.cli.prompts import Conversation
    from cpdkit.journal.load import Journal
    from cpdkit.journal.objectives import Progress

CHOICES = ("keep", "postpone", "done", "dropped")
HOW = "Each decision is written at once. :q stops, and what was decided is kept."
REASON = Prompt("Why later?", "It goes into the file with the day; an empty line leaves it out.")


@dataclass(frozen=True, slots=True)
class Wanted:
    """The journal's folder and the command line's words; no `year` is the one that is due."""

    root: Path
    dry_run: bool = False
    year: int | None = None
    postponed: tuple[str, ...] = ()
    note: str = ""
    edit: bool | None = None
    form: str = "text"


def look_back_on(wanted: Wanted, console: Console) -> None:
    """Go through the open objectives, and make and open the year's review.

    Raises UsageError, NoJournal, Refused, ChangedOnDisk, CannotWrite.
    """

    from cpdkit.actions.review_year import figures
    from cpdkit.cli.prompts import conversation
    from cpdkit.journal.load import load

    if wanted.postponed:
        postpone_all(wanted, console)
        return
    if wanted.note:
        raise UsageError("--note says why an objective is postponed", "add --postpone ID=DAY")
    look = _look(wanted, load(wanted.root))
    if wanted.form == "json":
        console.show(as_json(look))
        return
    console.say(
        "\n".join([f"{look.period.spoken}:", *(line for each in figures(look) for line in _lines(each, console))])
    )
    terminal = None if wanted.dry_run else conversation(console)
    if terminal:
        _Walk(wanted.root, console, terminal).go_through(look)
    path = _review(wanted, console)
    if not terminal:
        console.show(listed(look, console))
    if path and (wanted.edit if wanted.edit is not None else terminal and is_terminal(sys.stdout)):
        from cpdkit.cli.editor import edit

        edit(wanted.root / path)


def postpone_all(wanted: Wanted, console: Console) -> None:
    """Give the objectives that the options name their new days, all or none."""

    from cpdkit.actions.objectives import hold_objective, postponed
    from cpdkit.cli.commands.plan_done import make
    from cpdkit.dates.wording import day_text
    from cpdkit.journal.objectives import due_day
    from cpdkit.text.clock import today

    patches, lines = {}, []
    for each in wanted.postponed:
        name, sign, day = each.rpartition("=")
        if not sign or not name.strip() or not day.strip():
            raise UsageError(f'"{each}" names no objective and day', "write --postpone ID=2027-06-30")
        by = due_day(day, today())
        held = hold_objective(wanted.root, name)
        if held.path in patches:
            raise UsageError(f"{held.path} is postponed twice", "name its new day once")
        patches[held.path] = held.patches(postponed(held, by, today(), wanted.note))
        lines.append(_told(held, f"due on {day_text(by)}", wanted.dry_run))
    make(wanted.root, [patch for some in patches.values() for patch in some], wanted.dry_run, console)
    console.say("\n".join(lines))


def as_json(look: Look) -> str:
    """The year as plain data; times in minutes, days ISO."""

    from cpdkit.actions.objectives import Outcome
    from cpdkit.cli.commands.plan import data_of

    period = look.period
    data = {
        "year": look.year,
        "first": str(period.start),
        "last": str(period.last),
        "minutes": look.types.minutes,
        "types": {part.key: part.minutes for part in look.types.parts},
        "unplanned": look.plan.unplanned,
        "confidential": look.confidential,
        "achieved": [each.id for each in look.closed if each.status == Outcome.ACHIEVED],
        "dropped": [each.id for each in look.closed if each.status == Outcome.DROPPED],
        "actions_done": len(look.actions),
        "open": [data_of(each) for each in look.open],
    }
    return json.dumps(data, ensure_ascii=False, indent=2)


def listed(look: Look, console: Console) -> str:
    """What would be asked on a terminal: each open objective, and the commands that decide on it."""

    from cpdkit.cli.commands.plan import figures_of

    lines = []
    for each in look.open:
        name = printable(each.objective.id)
        lines += ["", printable(each.objective.title), *_lines(" · ".join(figures_of(each)), console)]
        lines.append(f"  cpd plan review --postpone {name}=DAY")
        lines.append(f"  cpd plan done {name}")
        lines.append(f'  cpd plan done {name} --dropped --note "…"')
    return "\n".join(lines)


def _lines(text: str, console: Console) -> list[str]:
    """A text for the terminal, set in and broken at its width."""
    return [f"  {line}" for line in wrap(printable(text), (console.columns or 80) - 2)]


def _look(wanted: Wanted, journal: Journal) -> Look:
    from cpdkit.actions.review_year import look_back, year_to_review
    from cpdkit.text.clock import today

    year = wanted.year if wanted.year is not None else year_to_review(journal, today())
    return look_back(journal, year, today())


def _review(wanted: Wanted, console: Console) -> str:
    """The path of the year's review, printed; one is made where there is none, with what was decided just now in it.
    With `dry_run` only shown, and empty.
    """

    from cpdkit.actions.review_year import begun_review, review_of, review_path
    from cpdkit.cli.editor import shown
    from cpdkit.journal.load import load
    from cpdkit.text.write import below, write_new

    journal = load(wanted.root)
    look = _look(wanted, journal)
    root = str(journal.root)
    if there := review_of(journal, look.year):
        console.say(f"{printable(there.path)} is there already, and was left as it is")
        console.show(shown(root, there.path))
        return "" if wanted.dry_run else there.path
    path, data = review_path(look.year), begun_review(look)
    if path in journal.unread:
        raise UsageError(f"{path} can't be read", f"cpd check {path} says why")
    if wanted.dry_run:
        console.show(f"{path}\n{data.decode()}".rstrip("\n"))
        return ""
    write_new({below(journal.root, path): data})
    console.show(shown(root, path))
    return path


class _Walk:
    """The open objectives asked about one by one, and each decision written at once."""

    def __init__(self, root: Path, console: Console, terminal: Conversation) -> None:
        self.root = root
        self.console = console
        self.terminal = terminal

    def go_through(self, look: Look) -> None:
        """Ask about all of them, until it is told to stop."""

        from cpdkit.cli.prompts import Stop

        if look.open:
            self.terminal.tell(HOW)
        try:
            for each in look.open:
                self.decide(each)
                self.leave()
        except Stop:
            pass

    def decide(self, progress: Progress) -> None:
        """Ask about one. Raises Stop."""

        from cpdkit.actions.objectives import Outcome
        from cpdkit.cli.commands.plan import figures_of
        from cpdkit.cli.prompts import Next
        from cpdkit.journal.edit import Refused

        self.terminal.tell(f"\n{printable(progress.objective.title)}")
        self.terminal.tell("\n".join(_lines(" · ".join(figures_of(progress)), self.console)))
        for each in progress.actions_overdue:
            self.terminal.tell(f"  late: {printable(each.action)}")
        choice = self.terminal.ask_line("Keep, postpone, done or dropped?", "keep", _choice)
        try:
            if choice == "postpone":
                self.postpone(progress.objective.id)
            elif choice != "keep":
                self.close(progress.objective.id, Outcome.ACHIEVED if choice == "done" else Outcome.DROPPED)
        except Next:
            return
        except (UsageError, Refused) as error:
            self.terminal.tell(f"{error}; it is kept")

    def leave(self) -> None:
        """Stop where the last answer ended with that."""

        from cpdkit.cli.prompts import Next

        with suppress(Next):
            self.terminal.leave()

    def postpone(self, name: str) -> None:
        """Ask until when, and why."""

        from cpdkit.actions.objectives import hold_objective, postponed
        from cpdkit.cli.commands.plan_done import make
        from cpdkit.dates.wording import day_text
        from cpdkit.journal.objectives import due_day
        from cpdkit.text.clock import today

        held = hold_objective(self.root, f"{name}.md")
        by = due_day(self.terminal.ask_line("Until when?", "", lambda line: self.later(held, line)), today())
        note = self.terminal.ask(REASON)
        make(self.root, held.patches(postponed(held, by, today(), note)), False, self.console)
        self.console.say(_told(held, f"due on {day_text(by)}", False))

    def later(self, held: HeldObjective, line: str) -> str:
        """A day that it can be postponed to. Raises UsageError."""

        from cpdkit.actions.objectives import postponed
        from cpdkit.journal.objectives import due_day
        from cpdkit.text.clock import today

        by = due_day(line, today())
        postponed(held, by, today())
        return by.isoformat()

    def close(self, name: str, outcome: Outcome) -> None:
        """Ask whether its measure was met, and for a word on it."""

        from cpdkit.actions.objectives import Closing, closed, hold_objective
        from cpdkit.cli.commands.plan_done import completed, make, told
        from cpdkit.text.clock import today

        held = hold_objective(self.root, f"{name}.md")
        closing = completed(held.objective, Closing(outcome, today()), self.terminal)
        make(self.root, held.patches(closed(held, closing, today())), False, self.console)
        self.console.say(told(self.root, held, closing, False))


def _choice(said: str) -> str:
    """One of the choices, or the beginning of one. Raises Stop for `:q`."""

    from cpdkit.cli.prompts import Stop

    if said == ":q":
        raise Stop
    found = [each for each in CHOICES if each.startswith(said.casefold())]
    if len(found) != 1:
        raise UsageError(f'"{said}" is none of them', "say keep, postpone, done or dropped")
    return found[0]


def _told(held: HeldObjective, what: str, dry_run: bool) -> str:
    return printable(f"{held.path} {'would be' if dry_run else 'is'} {what}")


@click.command()
@option("--year", metavar="YEAR", type=click.IntRange(1900, 9998), help="The CPD year, by the calendar year it starts "
        "in; else the one that is over, from its second half on the one at hand.")  # fmt: skip
@option(
    "--postpone", "postponed", metavar="ID=DAY", multiple=True, help="Only give an objective a later day. Repeatable."
)
@option("--note", metavar="TEXT", default="", help="Why it is postponed, which goes into its file.")
@option("--edit/--no-edit", default=None, help="Open your editor, or don't; else it opens on a terminal.")
@option("--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True, help="json: only "
        "print the year's figures and what is open, as data.")  # fmt: skip
@journal_option
@dry_write_option
@output_options
def review(journal: Path | None, dry_run: bool, console: Console, **given: Any) -> int:
    """Look back on a year, and decide on what is still open.

    On a terminal it goes through the open objectives one by one: keep, postpone, done, drop. Then it opens the year's
    review, reviews/YEAR.md; if there is none, it makes one that asks what went as planned, what did not, what was
    learned unplanned and what comes next. The year's figures stand in it as comments, which no report prints.

    Where there is no terminal it lists the open objectives and the commands that decide on them.

    \b
    cpd plan review --year 2026
    cpd plan review --postpone converter=2027-06-30 --note "Relay B is late."
    """
    from cpdkit.cli.exits import FINE
    from cpdkit.journal.paths import find

    look_back_on(Wanted(find(journal).resolve(), dry_run, **given), console)
    return FINE
