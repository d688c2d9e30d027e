"""Activities with an incomplete reflection, and the answers to its questions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cpdkit.actions.record_file import RecordFile, activity_of, read_activity
from cpdkit.actions.reflection_edit import holds, is_whole, later_heading, prompts_of, with_answer, with_later
from cpdkit.checks.fixes import FilePatch
from cpdkit.errors import UsageError
from cpdkit.journal.new_record import template_body
from cpdkit.journal.paths import MEMBER_FILE, list_journal
from cpdkit.journal.prompts import MODELS, Model, Prompt, normal
from cpdkit.journal.records import Activity
from cpdkit.journal.sections import outline
from cpdkit.journal.values import Status
from cpdkit.text.files import Disk

WHOLE = Prompt("Reflection", "What you learned, and what you do differently now.")
_PROMPTS: Mapping[str, Prompt] = {
    normal(each.question): each for model in reversed(tuple(MODELS.values())) for each in model.prompts
}


@dataclass(frozen=True, slots=True)
class OpenReflection:
    """An activity and its unanswered questions; none if its reflection is complete."""

    activity: Activity
    prompts: tuple[Prompt, ...]


def reflection_model(disk: Disk, name: str = "") -> Model:
    """Return the model, or the owner's own template, of that name; without a name, the one that cpd.yaml sets.

    For a template without questions, the only question is the whole reflection. Raises UsageError if there is none.
    """
    if not name:
        member = list_journal(disk, (MEMBER_FILE,)).member
        name = member.reflection if member else next(iter(MODELS))
    if name in MODELS:
        return MODELS[name]
    own = tuple(_with_help(each.question) for each in prompts_of(template_body(disk, name)))
    return Model(name, name, "the owner", own or (WHOLE,))


def open_reflection(activity: Activity, model: Model) -> OpenReflection:
    """Return the unanswered prompts; the model's if the reflection has neither prompt nor text."""
    prompts = prompts_of(activity.body)
    if not prompts and not outline(activity.body).answered:
        return OpenReflection(activity, model.prompts)
    return OpenReflection(activity, tuple(_with_help(each.question) for each in prompts if each.waiting))


def open_reflections(activities: Iterable[Activity], model: Model) -> tuple[OpenReflection, ...]:
    """Return the activities with unanswered questions, newest first: done, or in progress with a reflection begun."""
    candidates = (each for each in activities if each.status is Status.DONE or _is_begun(each))
    waiting = [each for each in (open_reflection(one, model) for one in candidates) if each.prompts]
    return tuple(sorted(waiting, key=lambda each: (each.activity.start, each.activity.path), reverse=True))


def parse_answer(text: str) -> tuple[str, str]:
    """Return the two parts of `QUESTION=TEXT`. Raises UsageError."""
    question, sign, answer = text.partition("=")
    if not sign or not question.strip() or not answer.strip():
        raise UsageError(f'cannot read "{text}" as an answer', 'write --answer "What did you learn?=That …"')
    return question.strip(), answer


def with_answers(
    file: RecordFile[Activity], answers: Sequence[tuple[str, str]], later: str, day: date, model: Model
) -> bytes:
    """Return the file's bytes with the answers (question, text) below their headings, and a later reflection.

    An answer that the file already has, word for word, is not added again. Raises UsageError for an unknown question,
    and for one that has another answer.
    """
    data = file.data
    for words, text in answers:
        body = activity_of(file.path, data).body
        question = _question_named(words, body, model)
        if not holds(body, question, text):
            _refuse_second_answer(body, question)
            data = with_answer(file.path, data, question, text)
    if later and not holds(activity_of(file.path, data).body, later_heading(day), later):
        data = with_later(file.path, data, day, later)
    activity_of(file.path, data)
    return data


def answer_patches(root: Path, path: str, question: str, text: str) -> Sequence[FilePatch]:
    """Return the change that adds one answer to the file as it is now, after any text already below the question."""
    file = read_activity(Disk(str(root)), path)
    return _readable(file, with_answer(path, file.data, question, text))


def later_patches(root: Path, path: str, day: date, text: str) -> Sequence[FilePatch]:
    """Return the change that adds a later reflection of that day to the file as it is now."""
    file = read_activity(Disk(str(root)), path)
    return _readable(file, with_later(path, file.data, day, text))


def _with_help(question: str) -> Prompt:
    """Return the question as a prompt, with help if a model has it."""
    return Prompt(question, _PROMPTS[normal(question)].help if normal(question) in _PROMPTS else "")


def _readable(file: RecordFile[Activity], after: bytes) -> Sequence[FilePatch]:
    """Return the change. Raises Refused if the file could not be read after it."""
    activity_of(file.path, after)
    return file.patches(after)


def _is_begun(activity: Activity) -> bool:
    return activity.status is Status.IN_PROGRESS and outline(activity.body).answered > 0


def _question_named(words: str, body: str, model: Model) -> str:
    """Return the question that starts with these words; empty for the reflection itself. Raises UsageError."""
    wanted = normal(words)
    if words and is_whole(words):
        return ""
    own, of_model = [each.question for each in prompts_of(body)], [each.question for each in model.prompts]
    for questions in (own, of_model):
        exact = [each for each in questions if normal(each) == wanted]
        matches = exact or [each for each in questions if wanted and normal(each).startswith(wanted)]
        if len(matches) == 1:
            return matches[0]
        if matches:
            hint = f"use more words of one of them: {' '.join(matches)}"
            raise UsageError(f'"{words}" matches {len(matches)} questions', hint)
    hint = f"use one of these questions: {' '.join(dict.fromkeys([*own, *of_model]))}"
    raise UsageError(f'unknown question "{words}"', hint)


def _refuse_second_answer(body: str, question: str) -> None:
    section = next(
        (each for each in outline(body).reflection if normal(each.title) == normal(question or "Reflection")), None
    )
    if section is not None and section.text:
        hint = "to add to the reflection under today's date, use --later TEXT"
        raise UsageError(f'"{section.title}" already has an answer', hint)
