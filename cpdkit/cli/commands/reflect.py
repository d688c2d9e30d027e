"""`cpd reflect`: answer the open questions of reflections, one at a time."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cpdkit.cli.complete import complete_ids
from cpdkit.cli.console import Console
from cpdkit.cli.options import dry_change_option, journal_option, model_option, option, output_options
from cpdkit.cli.tables import hand_out, json_text
from cpdkit.errors import UsageError
from cpdkit.journal.prompts import Prompt
from cpdkit.text.terminal import printable
from cpdkit.text.wording import counted, plural

if TYPE_CHECKING:
    from cpdkit.actions.reflect import OpenReflection
    from cpdkit.cli.conversation import Conversation
    from cpdkit.journal.prompts import Model

LATER = Prompt("What do you think of it now?", "Your answer is added to the reflection, under today's date.")


@click.command()
@click.argument("name", metavar="[ID]", default="", shell_complete=complete_ids)
@option("--answer", "answers", metavar="QUESTION=TEXT", multiple=True, help="Answer a question directly. Repeatable.")
@option("--later", metavar="TEXT", default="", help="Add a later reflection, under today's date.")
@model_option
@option("--list", "only_list", is_flag=True, help="List the activities without a complete reflection, and ask nothing.")
@option(
    "--format",
    "output_format",
    type=click.Choice(("text", "json")),
    default="text",
    show_default=True,
    help="Output format of the list.",
)
@journal_option
@dry_change_option
@output_options
def reflect(
    name: str,
    answers: tuple[str, ...],
    later: str,
    model: str,
    only_list: bool,
    output_format: str,
    journal: Path | None,
    dry_run: bool,
    console: Console,
) -> int:
    """Write missing reflections, one question at a time.

    Without an ID, it asks about every done activity with open questions, the newest first. ID is any part of the file
    name or title. Each answer is saved at once, so you can stop at any time.

    If you name an activity whose questions are all answered, it asks what you think of it now. It adds your answer
    under today's date.

    Without a terminal, it lists the activities with open questions. --answer and --later work without a terminal.

    \b
    cpd reflect
    cpd reflect battery-room --answer "What did you learn?=The limits."
    cpd reflect storage-lecture --later "I used it at Ty Newydd."
    """
    from cpdkit.actions.record_file import find_activity
    from cpdkit.actions.reflect import open_reflection, open_reflections, reflection_model
    from cpdkit.cli.conversation import conversation
    from cpdkit.cli.exits import FINE
    from cpdkit.cli.record_choice import activity_named
    from cpdkit.journal.load import load
    from cpdkit.journal.paths import find
    from cpdkit.text.files import Disk

    root = find(journal).resolve()
    if (answers or later) and not name:
        raise UsageError("ID is missing", 'name the activity: cpd reflect relay-course --later "…"')
    questions = reflection_model(Disk(str(root)), model)
    name = activity_named(root, name) if name else ""
    if answers or later:
        _answer(root, name, answers, later, questions, dry_run, console)
        return FINE
    waiting: tuple[OpenReflection, ...]
    if name:
        waiting = (open_reflection(find_activity(root, name).record, questions),)
    else:
        waiting = open_reflections(load(root).activities, questions)
    terminal = None if only_list or output_format == "json" else conversation(console)
    if output_format == "json":
        hand_out(console, json_text([_data(each) for each in waiting if each.prompts]))
    elif terminal is None:
        _list(waiting, name, console)
    elif waiting:
        Interview(root, terminal, dry_run, console).ask_all(waiting)
    else:
        console.say(_summary(0))
    return FINE


class Interview:
    """A conversation about reflections. Each answer is written to its file at once."""

    def __init__(self, root: Path, terminal: Conversation, dry_run: bool, console: Console) -> None:
        self.root = root
        self.terminal = terminal
        self.dry_run = dry_run
        self.console = console
        self.count = 0

    def ask_all(self, waiting: Sequence[OpenReflection]) -> None:
        """Ask the questions of each activity, until all are answered or the user stops."""
        from cpdkit.cli.conversation import HOW, Stop

        self.terminal.tell(HOW)
        try:
            for each in waiting:
                self.ask_about(each)
        except Stop:
            pass
        finally:
            self.console.say(f"\n{counted(self.count, 'answer')} {'would be saved' if self.dry_run else 'saved'}")

    def ask_about(self, reflection: OpenReflection) -> None:
        """Ask the open questions of one activity; without any, ask for a later reflection. Raises Stop."""
        from cpdkit.cli.conversation import Next
        from cpdkit.dates.day_words import days_text

        activity = reflection.activity
        self.terminal.tell(f"\n{printable(activity.title)} ({days_text(activity.start, activity.end)})")
        try:
            for prompt in reflection.prompts or (LATER,):
                self.ask(activity.path, prompt)
            self.terminal.leave()
        except Next:
            return

    def ask(self, path: str, prompt: Prompt) -> None:
        """Ask until the answer can be written, or is skipped. Raises Next and Stop."""
        from cpdkit.actions.reflect import answer_patches, later_patches
        from cpdkit.actions.reflection_edit import Misplaced
        from cpdkit.cli.changes import apply_patches
        from cpdkit.journal.edit import Refused
        from cpdkit.text.clock import today

        while answer := self.terminal.ask(prompt):
            try:
                if prompt is LATER:
                    patches = later_patches(self.root, path, today(), answer)
                else:
                    patches = answer_patches(self.root, path, prompt.question, answer)
            except (Misplaced, Refused, UsageError) as error:
                self.terminal.tell(f"{error}; {error.hint}")
                continue
            apply_patches(self.root, patches, self.dry_run, self.console)
            self.count += 1
            return


def _answer(
    root: Path, name: str, answers: Sequence[str], later: str, model: Model, dry_run: bool, console: Console
) -> None:
    """Write the answers of the options. Raises UsageError, Misplaced, Refused, ChangedOnDisk, CannotWrite."""
    from cpdkit.actions.record_file import find_activity
    from cpdkit.actions.reflect import parse_answer, with_answers
    from cpdkit.cli.changes import apply_patches
    from cpdkit.text.clock import today

    file = find_activity(root, name)
    patches = file.patches(with_answers(file, [parse_answer(each) for each in answers], later, today(), model))
    apply_patches(root, patches, dry_run, console)
    change = "would change" if dry_run else "changed"
    console.say(f"{change} {file.path}" if patches else "nothing to change")


def _list(waiting: Sequence[OpenReflection], name: str, console: Console) -> None:
    """Print the activities with open questions, and how many; for a named activity, the questions too."""
    waiting = [each for each in waiting if each.prompts]
    for each in waiting:
        questions = counted(len(each.prompts), "open question")
        console.show(f"{each.activity.start}  {printable(each.activity.id)}  {questions}")
        if name:
            console.show("\n".join(f"  {printable(prompt.question)}" for prompt in each.prompts))
    console.say(_summary(len(waiting)))


def _data(reflection: OpenReflection) -> dict[str, object]:
    activity = reflection.activity
    return {
        "id": activity.id,
        "path": activity.path,
        "title": activity.title,
        "start": str(activity.start),
        "prompts": [prompt.question for prompt in reflection.prompts],
    }


def _summary(count: int) -> str:
    if not count:
        return "no open questions: every reflection is complete"
    return f"{counted(count, 'activity', 'activities')} {plural(count, 'needs', 'need')} a reflection"
