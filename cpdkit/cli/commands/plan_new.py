"""`cpd plan new`: an objective written down in one line, or question by question."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cpdkit.cli.complete import complete_objectives, complete_words
from cpdkit.cli.console import Console
from cpdkit.cli.options import dry_write_option, edit_option, journal_option, option, output_options
from cpdkit.errors import UsageError

if TYPE_CHECKING:
    from cpdkit.cli.conversation import Conversation
    from cpdkit.journal.objectives import NewObjective
    from cpdkit.journal.record_writer import Plain

PRIORITIES = ("high", "medium", "low")
MOST_ACTIONS = 50
SKIP = "An empty line skips a question; Ctrl-D ends them, and what was answered counts."
TITLE = "What do you want to learn, or become able to do?"
QUESTIONS = {
    "why": "Why? What do you need it for?",
    "how": "How? What will you do?",
    "measure": "How will you know that you are there?",
    "by": "By when? (2027-06-30, June 2027, in 12 weeks)",
    "priority": "How important is it: high, medium or low?",
}
NEXT_ACTION = "A step on the way, with its day (Read the guide by 2027-01-31)"


@dataclass(frozen=True, slots=True)
class ObjectiveOptions:
    """What the options of `cpd plan new` say of the objective, as typed; None and empty where they say nothing."""

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
@option("-b", "--by", metavar="DAY", help="When it should be reached: 2027-06-30, 'June 2027', 2027-Q2, 'in 12 weeks'.")
@option("--from", "--start", "start", metavar="DAY", help="When it begins; else today.")
@option("--why", metavar="TEXT", help="What you need it for.")
@option("--how", metavar="TEXT", help="What you will do.")
@option("--success-measure", "measure", metavar="TEXT", help="How you will know that you are there.")
@option("--priority", metavar="WORD", help="high, medium or low.", shell_complete=complete_words(PRIORITIES))
@option("-c", "--competence", "competences", metavar="CODE", multiple=True, help="A1, or A1:P with the level you aim "
        "at. Repeatable.")  # fmt: skip
@option("-a", "--action", "actions", metavar="TEXT", multiple=True, help="A step, with its day at the end if it has "
        "one: 'Read the guide by 2027-01-31'. Repeatable.")  # fmt: skip
@option("--like", metavar="ID", help="Take title, why, how … from this objective.", shell_complete=complete_objectives)
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
    """Write down a new objective, and print where.

    Only a TITLE is needed, but a day and a measure make it one that can be checked. Without a TITLE it asks, question
    by question. If you leave the file as it was in the editor, nothing is recorded.

    \b
    cpd plan new "Understand converter protection" --by "June 2027"
    cpd plan new "Chair a meeting" --action "Ask Helen by 2027-01-31"
    """
    from cpdkit.actions.record_file import find_objective
    from cpdkit.cli.conversation import conversation
    from cpdkit.cli.exits import FINE
    from cpdkit.cli.new_records import edit_draft, show_draft, write_draft
    from cpdkit.journal.objectives import new_objective
    from cpdkit.journal.paths import find, list_journal
    from cpdkit.text.clock import today
    from cpdkit.text.files import Disk

    options = ObjectiveOptions(" ".join(title), **values)
    root = Path(os.path.realpath(find(journal)))
    like = find_objective(root, options.like).record if options.like else None
    terminal = conversation(console)
    if not options.title.strip() and not like:
        if terminal is None:
            raise UsageError("say what you want to reach", 'cpd plan new "Chair a meeting" --by "June 2027"')
        options = _asked_for(options, terminal)

    def draft_beside(taken: Sequence[str]) -> NewObjective:
        paths = list_journal(Disk(str(root))).records["plan"]
        return new_objective([*paths, *taken], field_values(options, today()), today(), like)

    if dry_run:
        show_draft(draft_beside(()), console)
        return FINE
    draft = write_draft(root, draft_beside)
    if not edit_draft(root, draft, edit, terminal is not None, console) and draft.unsaid:
        console.say(f"still to be said: {', '.join(draft.unsaid)}")
    return FINE


def field_values(options: ObjectiveOptions, day: date) -> dict[str, Plain]:
    """Return the fields that the options give, as a record has them. Raises UsageError."""
    from cpdkit.dates.days import parse_day
    from cpdkit.journal.objectives import parse_action, parse_claims, parse_due_day

    texts = {"title": options.title, "why": options.why, "how": options.how, "success-measure": options.measure}
    values: dict[str, Plain] = {name: text.strip() for name, text in texts.items() if text and text.strip()}
    if options.priority:
        values["priority"] = _priority(options.priority)
    if options.start:
        values["start"] = parse_day(options.start, day).isoformat()
    if options.by:
        values["by"] = parse_due_day(options.by, day).isoformat()
    if options.competences:
        values["competences"] = parse_claims(options.competences)
    if options.actions:
        values["actions"] = [parse_action(each, day) for each in options.actions]
    return values


def _asked_for(options: ObjectiveOptions, terminal: Conversation) -> ObjectiveOptions:
    """The questions that no option answers. Raises UsageError where not even a title is given."""
    from cpdkit.cli.conversation import Stop

    terminal.tell(SKIP)
    answers: dict[str, Any] = {}
    actions = list(options.actions)
    try:
        answers["title"] = _line(terminal, TITLE, str)
        for name, question in QUESTIONS.items():
            if getattr(options, name) is None and (text := _line(terminal, question, _READERS.get(name, str))):
                answers[name] = text
        while len(actions) < MOST_ACTIONS and (text := _line(terminal, NEXT_ACTION, _readable_action)):
            actions.append(text)
    except Stop:
        pass
    if not answers.get("title"):
        raise UsageError("it is not said what you want to reach, so nothing is recorded")
    return replace(options, **answers, actions=tuple(actions))


def _line(terminal: Conversation, question: str, read: Callable[[str], str]) -> str:
    """One line that `read` takes; empty where it is skipped. Raises Stop."""
    return terminal.ask_line(question, "", read, optional=True)


def _due_day(text: str) -> str:
    from cpdkit.journal.objectives import parse_due_day
    from cpdkit.text.clock import today

    return parse_due_day(text, today()).isoformat()


def _readable_action(text: str) -> str:
    from cpdkit.journal.objectives import parse_action
    from cpdkit.text.clock import today

    parse_action(text, today())
    return text


def _priority(text: str) -> str:
    """`high`, `medium` or `low`, or the beginning of one. Raises UsageError."""
    word = text.strip().casefold()
    priorities = [each for each in PRIORITIES if word and each.startswith(word)]
    if not priorities:
        raise UsageError(f'there is no priority "{text}"', f"there are: {', '.join(PRIORITIES)}")
    return priorities[0]


_READERS: dict[str, Callable[[str], str]] = {"by": _due_day, "priority": _priority}
