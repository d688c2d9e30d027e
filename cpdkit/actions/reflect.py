"""What still lacks a reflection, and the answers put where they belong."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cpdkit.actions.activity_file import Held, activity_of, hold_at
from cpdkit.actions.reflection_edit import asked, holds, is_whole, later_heading, with_answer, with_later
from cpdkit.checks.fixes import FilePatch
from cpdkit.errors import UsageError
from cpdkit.journal.body import outline
from cpdkit.journal.new_record import body_of
from cpdkit.journal.paths import MEMBER_FILE, list_journal
from cpdkit.journal.prompts import MODELS, Model, Prompt, normal
from cpdkit.journal.records import Activity, Status
from cpdkit.text.files import Disk

_PROMPTS: Mapping[str, Prompt] = {
    normal(each.question): each for model in reversed(tuple(MODELS.values())) for each in model.prompts
}

WHOLE = Prompt("Reflection", "What you learned, and what you do differently now.")


@dataclass(frozen=True, slots=True)
class Waiting:
    """An activity and the questions that wait for an answer; none where its reflection is complete."""

    activity: Activity
    prompts: tuple[Prompt, ...]

    @property
    def plain(self) -> dict[str, object]:
        """For JSON: id, path, title, start and the questions."""
        each = self.activity
        questions = [prompt.question for prompt in self.prompts]
        return {"id": each.id, "path": each.path, "title": each.title, "start": str(each.start), "prompts": questions}


def model_of(disk: Disk, name: str = "") -> Model:
    """The model, or the owner's own template, of that name; of none, the one that cpd.yaml names.

    A template without questions asks for the reflection as a whole. Raises UsageError where there is none.
    """
    if not name:
        member = list_journal(disk, (MEMBER_FILE,)).member
        name = member.reflection if member else next(iter(MODELS))
    if name in MODELS:
        return MODELS[name]
    own = tuple(known(each.question) for each in asked(body_of(disk, name)))
    return Model(name, name, "the owner", own or (WHOLE,))


def waiting_of(activity: Activity, model: Model) -> Waiting:
    """The prompts of the reflection that wait for an answer, or the model's where there is neither prompt nor text."""
    there = asked(activity.body)
    if not there and not outline(activity.body).said:
        return Waiting(activity, model.prompts)
    return Waiting(activity, tuple(known(each.question) for each in there if each.waiting))


def all_waiting(activities: Iterable[Activity], model: Model) -> tuple[Waiting, ...]:
    """What was done and lacks answers, and what is in progress and has some of them; the newest first."""
    judged = (each for each in activities if each.status is Status.DONE or _is_begun(each))
    found = [waiting for each in judged if (waiting := waiting_of(each, model)).prompts]
    return tuple(sorted(found, key=lambda each: (each.activity.start, each.activity.path), reverse=True))


def known(question: str) -> Prompt:
    """The question with its help, where a model asks it; else without."""
    return Prompt(question, _PROMPTS[normal(question)].help if normal(question) in _PROMPTS else "")


def parse_answer(said: str) -> tuple[str, str]:
    """`QUESTION=TEXT` in its two parts. Raises UsageError."""
    question, sign, text = said.partition("=")
    if not sign or not question.strip() or not text.strip():
        raise UsageError(f'"{said}" answers no question', 'write --answer "What did you learn?=That …"')
    return question.strip(), text


def with_answers(held: Held, said: Sequence[tuple[str, str]], later: str, day: date, model: Model) -> bytes:
    """The file with the answers (question, text) below their headings, and a later reflection of that day.

    What stands there already, word for word, is left. Raises UsageError for a question that nobody asks, and for one
    that has another answer.
    """
    data = held.data
    for words, text in said:
        body = activity_of(held.path, data).body
        question = _meant(words, body, model)
        if not holds(body, question, text):
            _refuse_second(body, question)
            data = with_answer(held.path, data, question, text)
    if later and not holds(activity_of(held.path, data).body, later_heading(day), later):
        data = with_later(held.path, data, day, later)
    activity_of(held.path, data)
    return data


def answer_patches(root: Path, path: str, question: str, text: str) -> Sequence[FilePatch]:
    """One answer put into the file as it is now, whatever else has come to stand below its question meanwhile."""
    held = hold_at(Disk(str(root)), path)
    return _sound(held, with_answer(path, held.data, question, text))


def later_patches(root: Path, path: str, day: date, text: str) -> Sequence[FilePatch]:
    """A later reflection of that day put into the file as it is now."""
    held = hold_at(Disk(str(root)), path)
    return _sound(held, with_later(path, held.data, day, text))


def _sound(held: Held, after: bytes) -> Sequence[FilePatch]:
    activity_of(held.path, after)
    return held.patches(after)


def _is_begun(activity: Activity) -> bool:
    return activity.status is Status.IN_PROGRESS and outline(activity.body).said > 0


def _meant(words: str, body: str, model: Model) -> str:
    """The question that somebody names by its beginning; empty for the reflection itself."""
    wanted = normal(words)
    if words and is_whole(words):
        return ""
    for questions in ([each.question for each in asked(body)], [each.question for each in model.prompts]):
        exact = [each for each in questions if normal(each) == wanted]
        found = exact or [each for each in questions if wanted and normal(each).startswith(wanted)]
        if len(found) == 1:
            return found[0]
        if found:
            raise UsageError(f'"{words}" begins {len(found)} questions', f"say more of one: {' '.join(found)}")
    there = [*(each.question for each in asked(body)), *(each.question for each in model.prompts)]
    raise UsageError(f'nothing asks "{words}"', f"the questions are: {' '.join(dict.fromkeys(there))}")


def _refuse_second(body: str, question: str) -> None:
    own = outline(body).reflection
    there = next((each for each in own if normal(each.title) == normal(question or "Reflection")), None)
    if there is not None and there.text:
        hint = "--later TEXT adds to the reflection, with today's date"
        raise UsageError(f"“{there.title}” has an answer already", hint)
