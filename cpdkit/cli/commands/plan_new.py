"""`cpd plan new`: an objective written down in one line, or question by question."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cpdkit.cli.complete import complete_objectives, complete_words
from cpdkit.cli.console import Console, is_terminal
from cpdkit.cli.options import dry_write_option, journal_option, option, output_options
from cpdkit.errors import CannotWrite, UsageError
from cpdkit.text.terminal import printable

if TYPE_CHECKING:
    from cpdkit.cli.prompts import Conversation
    from cpdkit.journal.objectives import Aimed
    from cpdkit.journal.record_writer import Plain
    from cpdkit.journal.records import Objective
    from cpdkit.text.files import Disk

_TRIES = 20
"""How often a name that somebody else took in the meantime is made anew."""
_PRIORITIES = ("high", "medium", "low")
MOST_ACTIONS = 50
SKIP = "An empty line skips a question; Ctrl-D ends them, and what was answered counts."


@dataclass(frozen=True, slots=True)
class Asked:
    """What the options of `cpd plan new` say; empty where they say nothing."""

    title: str
    journal: Path | None = None
    dry_run: bool = False
    by: str | None = None
    start: str | None = None
    why: str | None = None
    how: str | None = None
    measure: str | None = None
    priority: str | None = None
    competences: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    like: str | None = None
    edit: bool | None = None


def aim(asked: Asked, console: Console) -> int:
    """Write down one objective and print its path. Raises UsageError, NoJournal, Refused, CannotWrite."""

    from cpdkit.actions.objectives import hold_objective
    from cpdkit.cli.editor import kept, shown
    from cpdkit.cli.prompts import conversation
    from cpdkit.journal.paths import find
    from cpdkit.text.files import Disk

    disk = Disk(os.path.realpath(find(asked.journal)))
    like = hold_objective(Path(disk.root), asked.like).objective if asked.like else None
    terminal = conversation(console)
    if not asked.title.strip() and not like:
        if terminal is None:
            raise UsageError("say what you want to reach", 'cpd plan new "Chair a meeting" --by "June 2027"')
        asked = asked_for(asked, terminal)
    made = _made(disk, asked, like)
    if asked.dry_run:
        console.show(f"{printable(made.path)}\n{made.data.decode()}".rstrip("\n"))
        return 0
    made = _written(disk, asked, like)
    opens = asked.edit if asked.edit is not None else terminal is not None and is_terminal(sys.stdout)
    if opens and not kept(disk.root, made.path, made.data):
        console.say("left as it was, so it is not recorded")
        return 0
    if not opens and made.unsaid:
        console.say(f"still to be said: {', '.join(made.unsaid)}")
    console.show(shown(disk.root, made.path))
    return 0


def values_of(asked: Asked, day: date) -> dict[str, Plain]:
    """The fields that the options give, as a record has them. Raises UsageError."""

    from cpdkit.dates.days import parse_day
    from cpdkit.journal.objectives import action_of, claims_of, due_day

    texts = {"title": asked.title, "why": asked.why, "how": asked.how, "success-measure": asked.measure}
    values: dict[str, Plain] = {name: said.strip() for name, said in texts.items() if said and said.strip()}
    values |= {"priority": _priority(asked.priority)} if asked.priority else {}
    values |= {"start": parse_day(asked.start, day).isoformat()} if asked.start else {}
    values |= {"by": due_day(asked.by, day).isoformat()} if asked.by else {}
    values |= {"competences": claims_of(asked.competences)} if asked.competences else {}
    return values | ({"actions": [action_of(each, day) for each in asked.actions]} if asked.actions else {})


def asked_for(asked: Asked, terminal: Conversation) -> Asked:
    """The questions that no option answers. Raises UsageError where not even a title is said."""

    from cpdkit.cli.prompts import Stop

    terminal.tell(SKIP)
    found: dict[str, Any] = {}
    actions = list(asked.actions)
    try:
        found["title"] = _line(terminal, "What do you want to learn, or become able to do?", str)
        for name, question in _QUESTIONS.items():
            if getattr(asked, name) is None and (said := _line(terminal, question, _READ.get(name, str))):
                found[name] = said
        while len(actions) < MOST_ACTIONS and (said := _line(terminal, _NEXT, _read_action)):
            actions.append(said)
    except Stop:
        pass
    if not found.get("title"):
        raise UsageError("it is not said what you want to reach, so nothing is recorded")
    return replace(asked, **found, actions=tuple(actions))


_QUESTIONS = {
    "why": "Why? What do you need it for?",
    "how": "How? What will you do?",
    "measure": "How will you know that you are there?",
    "by": "By when? (2027-06-30, June 2027, in 12 weeks)",
    "priority": "How important is it: high, medium or low?",
}
_NEXT = "A step on the way, with its day (Read the guide by 2027-01-31)"


def _line(terminal: Conversation, question: str, read: Callable[[str], str]) -> str:
    """One line that `read` takes; empty where it is skipped. Raises Stop."""
    return terminal.ask_line(question, "", read, optional=True)


def _read_day(said: str) -> str:
    from cpdkit.journal.objectives import due_day
    from cpdkit.text.clock import today

    return due_day(said, today()).isoformat()


def _read_action(said: str) -> str:
    from cpdkit.journal.objectives import action_of
    from cpdkit.text.clock import today

    action_of(said, today())
    return said


def _priority(said: str) -> str:
    """`high`, `medium` or `low`, or the beginning of one. Raises UsageError."""
    found = [each for each in _PRIORITIES if said.strip() and each.startswith(said.strip().casefold())]
    if not found:
        raise UsageError(f'there is no priority "{said}"', f"there are: {', '.join(_PRIORITIES)}")
    return found[0]


_READ: dict[str, Callable[[str], str]] = {"by": _read_day, "priority": _priority}


def _made(disk: Disk, asked: Asked, like: Objective | None, taken: Sequence[str] = ()) -> Aimed:
    from cpdkit.journal.objectives import aimed
    from cpdkit.journal.paths import list_journal
    from cpdkit.text.clock import today

    day = today()
    return aimed([*list_journal(disk).records["plan"], *taken], values_of(asked, day), day, like)


def _written(disk: Disk, asked: Asked, like: Objective | None) -> Aimed:
    """The new file, under the next free name where another program was quicker."""

    from cpdkit.text.write import below, write_new

    taken: list[str] = []
    for _ in range(_TRIES):
        made = _made(disk, asked, like, taken)
        target = below(Path(disk.root), made.path)
        try:
            write_new({target: made.data})
            return made
        except CannotWrite:
            if not os.path.lexists(target):
                raise
            taken.append(made.path)
    raise CannotWrite(target, "all its names are taken")


@click.command()
@click.argument("title", nargs=-1)
@option("-b", "--by", metavar="DAY", help="When it should be reached: 2027-06-30, 'June 2027', 2027-Q2, 'in 12 weeks'.")
@option("--from", "--start", "start", metavar="DAY", help="When it begins; else today.")
@option("--why", metavar="TEXT", help="What you need it for.")
@option("--how", metavar="TEXT", help="What you will do.")
@option("--success-measure", "measure", metavar="TEXT", help="How you will know that you are there.")
@option(
    "--priority", metavar="WORD", help="high, medium or low.", shell_complete=complete_words(("high", "medium", "low"))
)
@option("-c", "--competence", "competences", metavar="CODE", multiple=True, help="A1, or A1:P with the level you aim "
        "at. Repeatable.")  # fmt: skip
@option("-a", "--action", "actions", metavar="TEXT", multiple=True, help="A step, with its day at the end if it has "
        "one: 'Read the guide by 2027-01-31'. Repeatable.")  # fmt: skip
@option("--like", metavar="ID", help="Take title, why, how … from this objective.", shell_complete=complete_objectives)
@option("--edit/--no-edit", default=None, help="Open your editor, or don't; else it opens on a terminal.")
@journal_option
@dry_write_option
@output_options
def new(title: tuple[str, ...], journal: Path | None, dry_run: bool, console: Console, **given: Any) -> int:
    """Write down a new objective, and print where.

    Only a TITLE is needed, but a day and a measure make it one that can be checked. Without a TITLE it asks, question
    by question. If you leave the file as it was in the editor, nothing is recorded.

    \b
    cpd plan new "Understand converter protection" --by "June 2027"
    cpd plan new "Chair a meeting" --action "Ask Helen by 2027-01-31"
    """

    return aim(Asked(" ".join(title), journal, dry_run, **given), console)
