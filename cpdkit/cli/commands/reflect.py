"""`cpd reflect`: the questions that still wait for an answer, one at a time."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cpdkit.cli.complete import complete_ids
from cpdkit.cli.console import Console, show_patches
from cpdkit.cli.options import dry_change_option, journal_option, option, output_options
from cpdkit.errors import UsageError
from cpdkit.journal.prompts import Prompt
from cpdkit.text.terminal import printable

if TYPE_CHECKING:
    from cpdkit.actions.reflect import Waiting
    from cpdkit.checks.fixes import FilePatch
    from cpdkit.cli.prompts import Conversation
    from cpdkit.journal.prompts import Model

NOW = Prompt("What do you see in it now?", "It joins the reflection, under today's date.")


@dataclass(frozen=True, slots=True)
class Wanted:
    """The command line's words; an empty `name` is all that waits."""

    root: Path
    name: str
    answers: tuple[str, ...]
    later: str
    model_name: str
    dry_run: bool

    @property
    def model(self) -> Model:
        from cpdkit.actions.reflect import model_of
        from cpdkit.text.files import Disk

        return model_of(Disk(str(self.root)), self.model_name)


def answer(wanted: Wanted, console: Console) -> None:
    """Put in what the options say. Raises UsageError, Misplaced, Refused, ChangedOnDisk, CannotWrite."""

    from cpdkit.actions.activity_file import hold
    from cpdkit.actions.reflect import parse_answer, with_answers
    from cpdkit.text.clock import today

    if not wanted.name:
        raise UsageError("it is not said which activity this belongs to", 'cpd reflect relay-course --later "…"')
    held = hold(wanted.root, wanted.name)
    said = [parse_answer(each) for each in wanted.answers]
    patches = held.patches(with_answers(held, said, wanted.later, today(), wanted.model))
    _make(wanted, patches, console)
    would = "would be changed" if wanted.dry_run else "changed"
    console.say(f"{held.path} {would}" if patches else "nothing to change")


def waiting(wanted: Wanted) -> tuple[Waiting, ...]:
    """What waits for answers, the newest first; of one activity also where none does. Raises UsageError, Refused."""

    from cpdkit.actions.activity_file import hold
    from cpdkit.actions.reflect import all_waiting, waiting_of
    from cpdkit.journal.load import load

    if wanted.name:
        return (waiting_of(hold(wanted.root, wanted.name).activity, wanted.model),)
    return all_waiting(load(wanted.root).activities, wanted.model)


def list_waiting(wanted: Wanted, form: str, console: Console) -> None:
    """Print the activities that wait, each with how many questions, of one alone with the questions; or all as JSON."""
    found = waiting(wanted)
    open_ones = [each for each in found if each.prompts]
    if form == "json":
        console.show(json.dumps([each.plain for each in open_ones], indent=2, ensure_ascii=False))
        return
    console.show("\n".join(_line(each) for each in open_ones))
    if wanted.name:
        console.show("\n".join(f"  {printable(prompt.question)}" for each in open_ones for prompt in each.prompts))
    console.say(_summary(len(open_ones)))


def interview(wanted: Wanted, console: Console) -> bool:
    """Ask on the terminal, and put each answer in at once; False where there is no terminal."""

    from cpdkit.cli.prompts import HOW, Stop, conversation

    terminal = conversation(console)
    if terminal is None:
        return False
    found = waiting(wanted)
    if not any(each.prompts for each in found) and not wanted.name:
        console.say(_summary(0))
        return True
    terminal.tell(HOW)
    kept = _Kept(wanted, console, terminal)
    try:
        for each in found:
            kept.go_through(each)
    except Stop:
        pass
    console.say(f"\n{_counted(kept.count, 'answer')} {'would be put in' if wanted.dry_run else 'put in'}")
    return True


class _Kept:
    """The answers of one conversation, put into the files one by one."""

    def __init__(self, wanted: Wanted, console: Console, terminal: Conversation) -> None:
        self.wanted = wanted
        self.console = console
        self.terminal = terminal
        self.count = 0

    def go_through(self, each: Waiting) -> None:
        """Ask all that waits in one activity; where nothing does, for a later reflection. Raises Stop."""

        from cpdkit.cli.prompts import Next
        from cpdkit.dates.wording import days_text

        activity = each.activity
        self.terminal.tell(f"\n{printable(activity.title)} ({days_text(activity.start, activity.end)})")
        try:
            for prompt in each.prompts or (NOW,):
                self.put(activity.path, prompt)
            self.terminal.leave()
        except Next:
            return

    def put(self, path: str, prompt: Prompt) -> None:
        """Ask until the answer can be put in, or is skipped."""

        from cpdkit.actions.reflection_edit import Misplaced
        from cpdkit.journal.edit import Refused

        while said := self.terminal.ask(prompt):
            try:
                patches = self.patches(path, prompt, said)
            except (Misplaced, Refused, UsageError) as error:
                self.terminal.tell(f"{error}; {error.hint}")
                continue
            _make(self.wanted, patches, self.console)
            self.count += 1
            return

    def patches(self, path: str, prompt: Prompt, said: str) -> Sequence[FilePatch]:
        from cpdkit.actions.reflect import answer_patches, later_patches
        from cpdkit.text.clock import today

        root = self.wanted.root
        if prompt is NOW:
            return later_patches(root, path, today(), said)
        return answer_patches(root, path, prompt.question, said)


def _make(wanted: Wanted, patches: Sequence[FilePatch], console: Console) -> None:
    from cpdkit.checks.fixes import write_fixes

    if wanted.dry_run:
        show_patches(console, patches)
    else:
        write_fixes(wanted.root, patches)


def _line(each: Waiting) -> str:
    count = _counted(len(each.prompts), "question")
    return f"{each.activity.start}  {printable(each.activity.id)}  {count}"


def _summary(count: int) -> str:
    if not count:
        return "every reflection is written"
    return f"{_counted(count, 'activity', 'activities')} wait{'s' if count == 1 else ''} for a reflection"


def _counted(count: int, one: str, many: str = "") -> str:
    return f"{count} {one if count == 1 else many or f'{one}s'}"


@click.command()
@click.argument("name", metavar="[ID]", default="", shell_complete=complete_ids)
@option("--answer", "answers", metavar="QUESTION=TEXT", multiple=True, help="An answer, without asking. Repeatable.")
@option("--later", metavar="TEXT", default="", help="Add a later reflection, under today's date.")
@option("--model", metavar="NAME", default="", help="Whose questions: iet, gibbs, kolb …; else as cpd.yaml says.")
@option("--list", "listed", is_flag=True, help="List what waits for a reflection, and ask nothing.")
@option(
    "--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True, help="How to list it."
)
@journal_option
@dry_change_option
@output_options
def reflect(
    name: str,
    answers: tuple[str, ...],
    later: str,
    model: str,
    listed: bool,
    form: str,
    journal: Path | None,
    dry_run: bool,
    console: Console,
) -> int:
    """Write the reflections that are missing, one question at a time.

    Without an ID it goes through all that was done and still waits for answers, the newest first. Each answer is put
    into the file as soon as it is given, so that you may stop at any time. Of one whose questions are all
    answered it asks what you think of it now, and adds that under today's date.

    Where there is no terminal it lists what is waiting; --answer and --later do the same as the questions.

    \b
    cpd reflect
    cpd reflect battery-room --answer "What did you learn?=The limits."
    cpd reflect storage-lecture --later "I used it at Ty Newydd."
    """
    from cpdkit.cli.exits import FINE
    from cpdkit.journal.paths import find

    wanted = Wanted(find(journal).resolve(), name, answers, later, model, dry_run)
    if answers or later:
        answer(wanted, console)
    elif listed or form == "json" or not interview(wanted, console):
        list_waiting(wanted, form, console)
    return FINE
