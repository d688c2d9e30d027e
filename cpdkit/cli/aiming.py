"""What `cpd plan new` does once its options are read: ask what is missing, write the file, open it."""

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from cpdkit.cli.console import Console, is_terminal
from cpdkit.cli.conversing import Conversation, Stop, conversation
from cpdkit.cli.keeping import kept, shown
from cpdkit.errors import CannotWrite, UsageError
from cpdkit.journal.aims import Aimed, action_of, aimed, claims_of, due_day
from cpdkit.journal.drafting import Plain
from cpdkit.journal.finding import find
from cpdkit.journal.listing import list_journal
from cpdkit.journal.records import Objective
from cpdkit.journal.said_days import said_day
from cpdkit.text.cells import printable
from cpdkit.text.clock import today
from cpdkit.text.files import Disk
from cpdkit.text.writing import below, write_new
from cpdkit.upkeep.objectives import hold_objective

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
    texts = {"title": asked.title, "why": asked.why, "how": asked.how, "success-measure": asked.measure}
    values: dict[str, Plain] = {name: said.strip() for name, said in texts.items() if said and said.strip()}
    values |= {"priority": _priority(asked.priority)} if asked.priority else {}
    values |= {"start": said_day(asked.start, day).isoformat()} if asked.start else {}
    values |= {"by": due_day(asked.by, day).isoformat()} if asked.by else {}
    values |= {"competences": claims_of(asked.competences)} if asked.competences else {}
    return values | ({"actions": [action_of(each, day) for each in asked.actions]} if asked.actions else {})


def asked_for(asked: Asked, terminal: Conversation) -> Asked:
    """The questions that no option answers. Raises UsageError where not even a title is said."""
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
    return due_day(said, today()).isoformat()


def _read_action(said: str) -> str:
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
    day = today()
    return aimed([*list_journal(disk).records["plan"], *taken], values_of(asked, day), day, like)


def _written(disk: Disk, asked: Asked, like: Objective | None) -> Aimed:
    """The new file, under the next free name where another program was quicker."""
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
