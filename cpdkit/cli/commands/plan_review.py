"""`cpd plan review`: review a CPD year."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cpdkit.cli.console import Console, is_terminal
from cpdkit.cli.options import dry_write_option, edit_option, journal_option, option, output_options
from cpdkit.cli.tables import hand_out, json_text
from cpdkit.errors import UsageError
from cpdkit.journal.prompts import Prompt
from cpdkit.text.shell import quote
from cpdkit.text.terminal import printable, wrap

if TYPE_CHECKING:
    from cpdkit.actions.objectives import Outcome
    from cpdkit.actions.record_file import RecordFile
    from cpdkit.actions.review_year import YearInReview
    from cpdkit.cli.conversation import Conversation
    from cpdkit.journal.objectives import Progress
    from cpdkit.journal.records import Objective

DECISIONS = ("keep", "postpone", "done", "dropped")
HOW = "Each decision is saved at once. :q stops."
WHY_LATER = Prompt(
    "Why do you postpone it?", "Your answer is added to the file, with the date. An empty answer adds nothing."
)


@click.command()
@option("--year", metavar="YEAR", type=click.IntRange(1900, 2099), help="CPD year, named by the calendar year it "
        "starts in. Default: the last one, or the current one in its second half.")  # fmt: skip
@option(
    "--postpone",
    "postponed",
    metavar="ID=DATE",
    multiple=True,
    help="Only postpone an objective to this date. Repeatable.",
)
@option("--note", metavar="TEXT", default="", help="Reason for --postpone, which is added to the file.")
@edit_option
@option(
    "--format",
    "output_format",
    type=click.Choice(("text", "json")),
    default="text",
    show_default=True,
    help="Output format. json only prints the figures and the open objectives.",
)
@journal_option
@dry_write_option
@output_options
def review(
    year: int | None,
    postponed: tuple[str, ...],
    note: str,
    edit: bool | None,
    output_format: str,
    journal: Path | None,
    dry_run: bool,
    console: Console,
) -> int:
    """Review a CPD year and decide on open objectives.

    On a terminal, it asks about each open objective: keep, postpone, done or dropped. Then it opens your review of the
    year, reviews/YEAR.md.

    If there is no review yet, it creates one. The new review asks what went as planned, what did not, what you learned
    outside your plan and what comes next. Comments in it show the figures of the year. Reports do not print them.

    Without a terminal, it lists the open objectives and the commands to decide on them.

    \b
    cpd plan review --year 2026
    cpd plan review --postpone converter=2027-06-30 --note "Relay B is late."
    """
    from cpdkit.actions.review_year import figures
    from cpdkit.cli.conversation import conversation
    from cpdkit.cli.editor import edit as open_editor
    from cpdkit.cli.exits import FINE
    from cpdkit.journal.paths import find

    root = find(journal).resolve()
    if postponed:
        postpone_all(root, postponed, note, dry_run, console)
        return FINE
    if note:
        raise UsageError("--note needs --postpone", "add --postpone ID=2027-06-30")
    review = _year_in_review(root, year)
    if output_format == "json":
        hand_out(console, json_text(data_of(review)))
        return FINE
    lines = [line for sentence in figures(review) for line in _indented(sentence, console)]
    console.say("\n".join([f"{review.period.words}:", *lines]))
    terminal = None if dry_run else conversation(console)
    if terminal:
        Walk(root, console, terminal).decide_all(review.open)
    path = _write_review(root, year, dry_run, console)
    if not terminal:
        console.show("\n".join(_decision_lines(review.open, console)))
    opens = edit if edit is not None else terminal and is_terminal(sys.stdout)
    if path and opens:
        open_editor(root / path)
    return FINE


def postpone_all(root: Path, postponed: Sequence[str], note: str, dry_run: bool, console: Console) -> None:
    """Postpone the objectives of `ID=DATE`, all or none. Raises UsageError, Refused."""
    from cpdkit.actions.objectives import postponed as file_postponed
    from cpdkit.actions.record_file import find_objective
    from cpdkit.cli.changes import apply_patches
    from cpdkit.cli.settings import settings_of
    from cpdkit.text.clock import today

    settings = settings_of(root)
    patches, lines = {}, []
    for text in postponed:
        name, sign, day = text.rpartition("=")
        if not sign or not name.strip() or not day.strip():
            raise UsageError(f'"{text}" is not ID=DATE', "write --postpone ID=2027-06-30")
        by = settings.due_day(day)
        file = find_objective(root, name)
        if file.path in patches:
            raise UsageError(f"{file.path} is postponed twice", "give one date for it")
        patches[file.path] = file.patches(file_postponed(file, by, today(), note))
        lines.append(_postponed_line(file, by, dry_run))
    apply_patches(root, [patch for some in patches.values() for patch in some], dry_run, console)
    console.say("\n".join(lines))


def data_of(review: YearInReview) -> dict[str, object]:
    """Return the year as plain data: whole minutes, ISO dates."""
    from cpdkit.actions.objectives import Outcome
    from cpdkit.cli.commands.plan import progress_data

    period = review.period
    return {
        "year": review.year,
        "first": str(period.start),
        "last": str(period.last),
        "minutes": review.types.minutes,
        "types": {part.key: part.minutes for part in review.types.parts},
        "unplanned": review.plan.unplanned,
        "confidential": review.confidential,
        "achieved": [each.id for each in review.closed if each.status == Outcome.ACHIEVED],
        "dropped": [each.id for each in review.closed if each.status == Outcome.DROPPED],
        "actions_done": len(review.actions),
        "open": [progress_data(each) for each in review.open],
    }


class Walk:
    """Ask about the open objectives one by one, and write each decision at once."""

    def __init__(self, root: Path, console: Console, terminal: Conversation) -> None:
        self.root = root
        self.console = console
        self.terminal = terminal

    def decide_all(self, objectives: Sequence[Progress]) -> None:
        """Ask about all of them, until the user stops."""
        from cpdkit.cli.conversation import Next, Stop

        if objectives:
            self.terminal.tell(HOW)
        try:
            for each in objectives:
                self.decide(each)
                with suppress(Next):
                    self.terminal.leave()
        except Stop:
            pass

    def decide(self, progress: Progress) -> None:
        """Ask about one objective. Raises Stop."""
        from cpdkit.actions.objectives import Outcome
        from cpdkit.actions.record_file import find_objective
        from cpdkit.cli.conversation import Next
        from cpdkit.journal.edit import Refused

        self.terminal.tell(f"\n{printable(progress.objective.title)}")
        self.terminal.tell("\n".join(_figure_lines(progress, self.console)))
        for action in progress.actions_overdue:
            self.terminal.tell(f"  overdue: {printable(action.action)}")
        decision = self.terminal.ask_line("Keep, postpone, done or dropped?", "keep", _decision)
        if decision == "keep":
            return
        try:
            file = find_objective(self.root, f"{progress.objective.id}.md")
            if decision == "postpone":
                self.postpone(file)
            else:
                self.close(file, Outcome.ACHIEVED if decision == "done" else Outcome.DROPPED)
        except Next:
            return
        except (UsageError, Refused) as error:
            self.terminal.tell(f"{error}; the objective is kept")

    def postpone(self, file: RecordFile[Objective]) -> None:
        """Ask for the new date and the reason. Raises Next and Stop."""
        from cpdkit.actions.objectives import postponed
        from cpdkit.cli.changes import apply_patches
        from cpdkit.cli.settings import settings_of
        from cpdkit.text.clock import today

        settings = settings_of(self.root)

        def later_day(text: str) -> str:
            by = settings.due_day(text)
            postponed(file, by, today())
            return by.isoformat()

        by = date.fromisoformat(self.terminal.ask_line("Until when? (2027-06-30, June 2027)", "", later_day))
        note = self.terminal.ask(WHY_LATER)
        apply_patches(self.root, file.patches(postponed(file, by, today(), note)), False, self.console)
        self.console.say(_postponed_line(file, by, False))

    def close(self, file: RecordFile[Objective], outcome: Outcome) -> None:
        """Ask whether the measure was met, and for the result. Raises Next and Stop."""
        from cpdkit.actions.objectives import Closing, closed
        from cpdkit.cli.changes import apply_patches
        from cpdkit.cli.commands.plan_done import ask_for_closing, summary_of
        from cpdkit.text.clock import today

        closing = ask_for_closing(file.record, Closing(outcome, today()), self.terminal)
        apply_patches(self.root, file.patches(closed(file, closing, today())), False, self.console)
        self.console.say(summary_of(self.root, file, closing, False))


def _year_in_review(root: Path, year: int | None) -> YearInReview:
    """Return the named year, or the one that is due, from the journal on disk."""
    from cpdkit.actions.review_year import year_summary, year_to_review
    from cpdkit.journal.load import load
    from cpdkit.text.clock import today

    records = load(root)
    return year_summary(records, year_to_review(records, today()) if year is None else year, today())


def _write_review(root: Path, year: int | None, dry_run: bool, console: Console) -> str:
    """Print and return the path of the year's review. Create a missing one, which contains the decisions just made.

    With `dry_run`, print the text of a new review and return an empty path.
    """
    from cpdkit.actions.review_year import begun_review, review_of, review_path
    from cpdkit.cli.editor import path_from_here
    from cpdkit.journal.load import load
    from cpdkit.text.write import below, write_new

    records = load(root)
    review = _year_in_review(root, year)
    if there := review_of(records, review.year):
        console.say(f"kept {printable(there.path)}, which already exists")
        console.show(path_from_here(root / there.path))
        return "" if dry_run else there.path
    path, data = review_path(review.year), begun_review(review)
    if path in records.unread:
        raise UsageError(f"cannot read {path}", f"run cpd check {quote(path)} to see why")
    if dry_run:
        console.show(f"{path}\n{data.decode()}".rstrip("\n"))
        return ""
    write_new({below(root, path): data}, root)
    console.show(path_from_here(root / path))
    return path


def _decision_lines(objectives: Sequence[Progress], console: Console) -> list[str]:
    """Return each open objective, with the commands to decide on it."""
    lines = []
    for each in objectives:
        name = printable(quote(each.objective.id))
        lines += ["", printable(each.objective.title), *_figure_lines(each, console)]
        lines.append(printable(f"  cpd plan review --postpone {quote(f'{each.objective.id}=DATE')}"))
        lines.append(f"  cpd plan done {name}")
        lines.append(f'  cpd plan done {name} --dropped --note "…"')
    return lines


def _figure_lines(progress: Progress, console: Console) -> list[str]:
    from cpdkit.cli.commands.plan import progress_figures

    return _indented(progress_figures(progress), console)


def _indented(text: str, console: Console) -> list[str]:
    """Return a text as lines, indented and wrapped at the width of the terminal."""
    return [f"  {line}" for line in wrap(printable(text), (console.columns or 80) - 2)]


def _decision(text: str) -> str:
    """Return the decision for a word or its beginning. Raises UsageError, and Stop for `:q`."""
    from cpdkit.cli.conversation import Stop

    if text == ":q":
        raise Stop
    decisions = [each for each in DECISIONS if each.startswith(text.casefold())]
    if len(decisions) != 1:
        raise UsageError(f'"{text}" is not an answer', "type keep, postpone, done or dropped")
    return decisions[0]


def _postponed_line(file: RecordFile[Objective], by: date, dry_run: bool) -> str:
    from cpdkit.dates.day_words import day_text

    return printable(f"{'would postpone' if dry_run else 'postponed'} {file.path} to {day_text(by)}")
