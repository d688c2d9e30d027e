"""What `cpd reflect` asks and says."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cpdkit.checks.fixing import FilePatch, write_fixes
from cpdkit.cli.console import Console
from cpdkit.cli.conversing import HOW, Conversation, Next, Stop, conversation
from cpdkit.cli.printing import show_patches
from cpdkit.errors import UsageError
from cpdkit.journal.changing import Refused
from cpdkit.journal.loading import load
from cpdkit.journal.prompts import Model, Prompt
from cpdkit.journal.speaking import speak_days
from cpdkit.text.cells import printable
from cpdkit.text.clock import today
from cpdkit.text.files import Disk
from cpdkit.upkeep.answering import Misplaced
from cpdkit.upkeep.held import hold
from cpdkit.upkeep.reflecting import (
    Waiting,
    all_waiting,
    answer_patches,
    later_patches,
    model_of,
    parse_answer,
    waiting_of,
    with_answers,
)

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
        return model_of(Disk(str(self.root)), self.model_name)


def answer(wanted: Wanted, console: Console) -> None:
    """Put in what the options say. Raises UsageError, Misplaced, Refused, ChangedOnDisk, CannotWrite."""
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
        activity = each.activity
        self.terminal.tell(f"\n{printable(activity.title)} ({speak_days(activity.start, activity.end)})")
        try:
            for prompt in each.prompts or (NOW,):
                self.put(activity.path, prompt)
            self.terminal.leave()
        except Next:
            return

    def put(self, path: str, prompt: Prompt) -> None:
        """Ask until the answer can be put in, or is skipped."""
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
        root = self.wanted.root
        if prompt is NOW:
            return later_patches(root, path, today(), said)
        return answer_patches(root, path, prompt.question, said)


def _make(wanted: Wanted, patches: Sequence[FilePatch], console: Console) -> None:
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
