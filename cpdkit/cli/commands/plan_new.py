"""`cpd plan new`: record an objective in one line, or question by question."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cpdkit.cli.complete import complete_objectives, complete_words
from cpdkit.cli.console import Console
from cpdkit.cli.options import dry_write_option, edit_option, journal_option, option, output_options
from cpdkit.errors import UsageError

if TYPE_CHECKING:
    from cpdkit.cli.conversation import Conversation
    from cpdkit.cli.settings import Settings
    from cpdkit.journal.objectives import NewObjective
    from cpdkit.journal.record_writer import Plain

PRIORITIES = ("high", "medium", "low")
MOST_ACTIONS = 50
SKIP = "An empty answer skips a question. Ctrl-C or Ctrl-D stops; your answers are kept."
TITLE = "What do you want to learn or be able to do?"
QUESTIONS = {
    "why": "Why do you need it?",
    "how": "What will you do to achieve it?",
    "measure": "How will you know that you have achieved it?",
    "by": "By when? (2027-06-30, June 2027, in 12 weeks)",
    "priority": "How important is it: high, medium or low?",
}
NEXT_ACTION = "What is the next step? (Read the guide by 2027-01-31)"


@dataclass(frozen=True, slots=True)
class ObjectiveOptions:
    """The objective, as typed in the options of `cpd plan new`; None or empty for what is not given."""

    title: str
    by: str | None = None
    start: str | None = None
    why: str | None = None
    how: str | None = None
    measure: str | None = None
    priority: str | None = None
    competences: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    like: str | None = None


@click.command()
@click.argument("title", nargs=-1)
@option("-b", "--by", metavar="DATE", help="Due date: 2027-06-30, 'June 2027', 2027-Q2, 'in 12 weeks'.")
@option("--from", "--start", "start", metavar="DATE", help="Start date. Default: today.")
@option("--why", metavar="TEXT", help="Why you need it.")
@option("--how", metavar="TEXT", help="What you will do to achieve it.")
@option("--success-measure", "measure", metavar="TEXT", help="How you will know that you have achieved it.")
@option("--priority", metavar="WORD", help="Priority: high, medium or low.", shell_complete=complete_words(PRIORITIES))
@option("-c", "--competence", "competences", metavar="CODE", multiple=True, help="Competence to develop: A1, or A1:P "
        "with the level that you want. Repeatable.")  # fmt: skip
@option("-a", "--action", "actions", metavar="TEXT", multiple=True, help="Action, with its due date if it has "
        "one: 'Read the guide by 2027-01-31'. Repeatable.")  # fmt: skip
@option(
    "--like",
    metavar="ID",
    help="Copy the title and other fields from this objective.",
    shell_complete=complete_objectives,
)
@edit_option
@journal_option
@dry_write_option
@output_options
def new(
    title: tuple[str, ...],
    edit: bool | None,
    journal: Path | None,
    dry_run: bool,
    console: Console,
    **values: Any,
) -> int:
    """Record a new objective.

    Only the TITLE is required. Add a due date and a success measure, so that you can check your progress.

    Without a TITLE, it asks one question at a time.

    \b
    cpd plan new "Understand converter protection" --by "June 2027"
    cpd plan new "Chair a meeting" --action "Ask Helen by 2027-01-31"
    """
    from cpdkit.actions.record_file import find_objective
    from cpdkit.cli.conversation import conversation
    from cpdkit.cli.exits import FINE, INTERRUPTED
    from cpdkit.cli.new_records import edit_draft, show_draft, write_draft
    from cpdkit.cli.settings import settings_of
    from cpdkit.journal.objectives import new_objective
    from cpdkit.journal.paths import find, list_journal
    from cpdkit.text.files import Disk

    options = ObjectiveOptions(" ".join(title), **values)
    root = Path(os.path.realpath(find(journal)))
    settings = settings_of(root)
    like = find_objective(root, options.like).record if options.like else None
    terminal = conversation(console)
    interrupted = False
    if not options.title.strip() and not like:
        if terminal is None:
            raise UsageError("TITLE is missing", 'name the objective: cpd plan new "Chair a meeting" --by "June 2027"')
        options, interrupted = _asked_for(options, terminal, settings)

    def make_draft(taken: Sequence[str]) -> NewObjective:
        paths = list_journal(Disk(str(root))).records["plan"]
        return new_objective([*paths, *taken], field_values(options, settings), settings.today, like)

    if dry_run:
        show_draft(make_draft(()), console)
        return FINE
    draft = write_draft(root, make_draft)
    if interrupted:
        console.warn("\nkept your answers")
    edited = edit_draft(root, draft, False if interrupted else edit, terminal is not None, console)
    if not edited and draft.missing:
        console.say(f"still to add: {', '.join(draft.missing)}")
    return INTERRUPTED if interrupted else FINE


def field_values(options: ObjectiveOptions, settings: Settings) -> dict[str, Plain]:
    """Return the fields of the record that the options give. Raises UsageError."""
    from cpdkit.journal.objectives import parse_action, parse_claims

    texts = {"title": options.title, "why": options.why, "how": options.how, "success-measure": options.measure}
    values: dict[str, Plain] = {name: text.strip() for name, text in texts.items() if text and text.strip()}
    if options.priority:
        values["priority"] = _priority(options.priority)
    if options.start:
        values["start"] = settings.day(options.start).isoformat()
    if options.by:
        values["by"] = settings.due_day(options.by).isoformat()
    if options.competences:
        values["competences"] = parse_claims(options.competences)
    if options.actions:
        values["actions"] = [
            parse_action(each, settings.today, day_first=settings.day_first) for each in options.actions
        ]
    return values


def _asked_for(options: ObjectiveOptions, terminal: Conversation, settings: Settings) -> tuple[ObjectiveOptions, bool]:
    """Ask for what the options do not give; return also whether Ctrl-C ended it. Raises UsageError without a title."""
    from cpdkit.cli.conversation import Stop
    from cpdkit.journal.objectives import parse_action

    terminal.tell(SKIP)
    answers: dict[str, Any] = {}
    actions = list(options.actions)
    readers: dict[str, Callable[[str], str]] = {
        "by": lambda text: settings.due_day(text).isoformat(),
        "priority": _priority,
    }

    def readable_action(text: str) -> str:
        parse_action(text, settings.today, day_first=settings.day_first)
        return text

    interrupted = False
    try:
        answers["title"] = _line(terminal, TITLE, str)
        for name, question in QUESTIONS.items():
            if getattr(options, name) is None and (text := _line(terminal, question, readers.get(name, str))):
                answers[name] = text
        while len(actions) < MOST_ACTIONS and (text := _line(terminal, NEXT_ACTION, readable_action)):
            actions.append(text)
    except Stop:
        pass
    except KeyboardInterrupt:
        if not answers.get("title"):
            raise
        interrupted = True
    if not answers.get("title"):
        raise UsageError("nothing recorded: the objective has no title")
    return replace(options, **answers, actions=tuple(actions)), interrupted


def _line(terminal: Conversation, question: str, read: Callable[[str], str]) -> str:
    """Return one line that `read` accepts; empty if skipped. Raises Stop."""
    return terminal.ask_line(question, "", read, optional=True)


def _priority(text: str) -> str:
    """Return `high`, `medium` or `low` for the word or its beginning. Raises UsageError."""
    word = text.strip().casefold()
    priorities = [each for each in PRIORITIES if word and each.startswith(word)]
    if not priorities:
        raise UsageError(f'"{text}" is not a priority', "use high, medium or low")
    return priorities[0]
