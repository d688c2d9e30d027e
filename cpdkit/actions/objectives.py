"""An objective closed, given up or moved, and its actions done: its fields change to the byte, the word on it goes into
its body with the day.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from cpdkit.actions.record_file import OBJECTIVES, RecordFile, objective_of
from cpdkit.actions.reflection_edit import inserted, tidy
from cpdkit.dates.day_words import day_text
from cpdkit.diagnostics import Edit
from cpdkit.errors import UsageError
from cpdkit.journal.edit import Change, Operator, with_changes
from cpdkit.journal.objectives import written_closing_day
from cpdkit.journal.records import Action, Objective
from cpdkit.journal.sections import headings, sections
from cpdkit.text.edits import apply
from cpdkit.text.front_matter import split
from cpdkit.text.markdown import read
from cpdkit.text.source import decode, has_control
from cpdkit.text.yaml import ScalarNode, SequenceNode
from cpdkit.text.yaml_edit import CannotEdit, FieldEditor
from cpdkit.text.yaml_scalars import scalar


class Outcome(StrEnum):
    """What became of an objective."""

    ACHIEVED = "achieved"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Closing:
    """How an objective ends: on which day, whether its success measure was met (None: not said), and a word on it."""

    outcome: Outcome
    day: date
    met: bool | None = None
    note: str = ""


def require_open(file: RecordFile[Objective]) -> None:
    """Raise UsageError for an objective that is closed."""
    objective = file.record
    if objective.status != "open":
        day = written_closing_day(objective)
        when = f", on {day_text(day)}" if day else ""
        hint = f"cpd open {objective.id} opens it in your editor"
        raise UsageError(f"{file.path} is {objective.status} already{when}", hint)


def closed(file: RecordFile[Objective], closing: Closing, today: date) -> bytes:
    """Return the file of the objective with its new status, and a line of the day and the note at the end of its body.

    Raises UsageError where it is closed already, for a day to come or before its start, and where a reason is missing:
    one that is dropped, or done though its measure was not met, says why.
    """
    require_open(file)
    _judge(file, closing, today)
    after = with_changes(file.path, file.data, OBJECTIVES, [Change("status", Operator.PUT, closing.outcome)])
    after = with_note(file.path, after, closing_line(closing), closing.note)
    objective_of(file.path, after)
    return after


def closing_line(closing: Closing) -> str:
    """Return the line on it: `Achieved on 24 November 2026; the success measure was met.`"""
    line = f"{closing.outcome.capitalize()} on {day_text(closing.day)}"
    if closing.met is None:
        return f"{line}."
    return (
        f"{line}; the success measure was met." if closing.met else f"{line}, though the success measure was not met."
    )


def postponed(file: RecordFile[Objective], by: date, today: date, note: str = "") -> bytes:
    """Return the file of the objective with a later day, and with a note a line that says so at the end of its body.

    Raises UsageError where it is closed, and for a day that is past or the one that it has.
    """
    require_open(file)
    if by < today:
        raise UsageError(f"{day_text(by)} is past", "name a day to come")
    if by == file.record.by:
        raise UsageError(f"{file.path} is due on {day_text(by)} already")
    after = with_changes(file.path, file.data, OBJECTIVES, [Change("by", Operator.PUT, by.isoformat())])
    if note.strip():
        old = file.record.by
        moved = f"from {day_text(old)} to {day_text(by)}" if old else f"to {day_text(by)}"
        after = with_note(file.path, after, f"Moved {moved}, on {day_text(today)}.", note)
    objective_of(file.path, after)
    return after


def find_action(objective: Objective, words: str) -> int:
    """Return the number (from 0) of the action with these words in it, of several the one that is open.

    Raises UsageError where there is none or several, and where it is done already.
    """
    wanted = " ".join(words.casefold().split())
    texts = [" ".join(each.action.casefold().split()) for each in objective.actions]
    matches = [number for number, text in enumerate(texts) if wanted == text]
    matches = matches or [number for number, text in enumerate(texts) if wanted and wanted in text]
    still = [number for number in matches if not objective.actions[number].done]
    if len(still) == 1:
        return still[0]
    if still:
        raise UsageError(
            f'"{words}" is a part of {len(still)} actions', f"say more of one: {_listed(objective, still)}"
        )
    if matches:
        action = objective.actions[matches[0]]
        when = f", on {day_text(action.done)}" if action.done else ""
        raise UsageError(f"“{action.action}” is done already{when}")
    hint = f"there are: {_listed(objective, range(len(texts)))}" if texts else f"{objective.id} has no actions"
    raise UsageError(f'no action holds the words "{words}"', hint)


def with_action_done(file: RecordFile[Objective], number: int, day: date, today: date) -> bytes:
    """Return the file of the objective with one of its actions done on a day. Raises UsageError for one to come."""
    if day > today:
        raise UsageError(f"{day_text(day)} is still to come", "name the day on which it was done")
    hint = "change it in an editor"
    try:
        after = apply(file.data, _action_edits(file, number, day))
    except (CannotEdit, ValueError) as error:
        raise UsageError(f"{file.path} can't be changed: {error}", hint) from None
    old, new = file.record.actions, objective_of(file.path, after).actions
    done = Action(old[number].action, old[number].by, day)
    if new != (*old[:number], done, *old[number + 1 :]):
        raise UsageError(f"{file.path} can't be changed: its actions are written in an unusual way", hint)
    return after


def with_note(path: str, data: bytes, line: str, note: str) -> bytes:
    """Return a record's bytes with a paragraph at the end of its body: a line in bold, and a note behind it.

    Raises UsageError for control characters, and where the note would change the text around it.
    """
    paragraph = f"**{line}** {tidy(note)}".rstrip()
    if has_control(paragraph):
        raise UsageError("an invisible control character is in the note", "retype the words around it")
    text = decode(path, data).text
    after = apply(data, [inserted(text, len(text), paragraph)])
    before, behind = (split(decode(path, each).text).below for each in (data, after))
    if not _is_last(before, behind, paragraph):
        hint = "leave out headings, code fences and comments, or write it in an editor"
        raise UsageError(f"{path} was not changed: the note would change the text around it", hint)
    return after


def _is_last(before: str, after: str, paragraph: str) -> bool:
    """Whether the last section ends with a new paragraph, for all to read, and all else is as it was."""
    old, new = sections(before), sections(after)
    same = [each[2:] for each in old[:-1]] == [each[2:] for each in new[: max(len(old) - 1, 0)]]
    ends = (
        len(new) == max(len(old), 1)
        and new[-1].text.endswith(paragraph)
        and read(after).public().rstrip().endswith(paragraph)
    )
    return same and ends and not _is_open(before) and not _is_open(after)


def _is_open(body: str) -> bool:
    """Whether a code fence or a comment is not closed, so that a heading behind it would be none."""
    swallowed = len(headings(f"{body}\n\n# x\n")) == len(headings(body))
    return swallowed or any(each.kind == "open-comment" for each in read(body).remarks)


def _judge(file: RecordFile[Objective], closing: Closing, today: date) -> None:
    objective = file.record
    if closing.day > today:
        raise UsageError(f"{day_text(closing.day)} is still to come", "name the day on which it was")
    if objective.start and closing.day < objective.start:
        raise UsageError(f"{day_text(closing.day)} lies before its start, {day_text(objective.start)}")
    if closing.met is not None and not objective.success_measure:
        raise UsageError(f"{file.path} has no success-measure", "leave out --met and --not-met")
    if not closing.note.strip() and closing.outcome is Outcome.DROPPED:
        raise UsageError("it is not said why it is dropped", '--note "It is no longer needed."')
    if not closing.note.strip() and closing.met is False:
        hint = 'say why with --note "…", give it a later day with cpd plan review, or drop it with --dropped'
        raise UsageError("it is not said why it is done though its success measure was not met", hint)


def _action_edits(file: RecordFile[Objective], number: int, day: date) -> list[Edit]:
    editor = FieldEditor(decode(file.path, file.data).text)
    node = editor.mapping.values["actions"]
    item = node.items[number] if isinstance(node, SequenceNode) else node
    if isinstance(item, ScalarNode):
        words = scalar(file.record.actions[number].action, flow=True)
        return editor.replace("actions", number, f"{{action: {words}, done: {day}}}")
    return editor.put_part("actions", number, "done", day.isoformat())


def _listed(objective: Objective, numbers: Sequence[int]) -> str:
    return "; ".join(objective.actions[number].action for number in numbers)
