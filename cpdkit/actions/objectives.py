"""Objectives closed, dropped or postponed, and their actions marked as done.

Only the fields concerned change in the file; a note goes to the end of its body, with the date.
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
from cpdkit.text.shell import quote
from cpdkit.text.source import decode, has_control
from cpdkit.text.yaml import ScalarNode, SequenceNode
from cpdkit.text.yaml_edit import CannotEdit, FieldEditor
from cpdkit.text.yaml_scalars import scalar


class Outcome(StrEnum):
    """How an objective ended."""

    ACHIEVED = "achieved"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Closing:
    """How an objective ends: its outcome, date, whether its success measure was met (None: not given), and a note."""

    outcome: Outcome
    day: date
    met: bool | None = None
    note: str = ""


def require_open(file: RecordFile[Objective]) -> None:
    """Raise UsageError for an objective that is closed."""
    objective = file.record
    if objective.status != "open":
        day = written_closing_day(objective)
        when = f" on {day_text(day)}" if day else ""
        hint = f"to change it, open it in your editor: cpd edit {quote(objective.id)}"
        raise UsageError(f"{file.path} was already {objective.status}{when}", hint)


def closed(file: RecordFile[Objective], closing: Closing, today: date) -> bytes:
    """Return the bytes of the objective's file with its new status, and the date and note at the end of its body.

    Raises UsageError if it is closed already, for a date in the future or before its start, and for a missing reason:
    an objective that was dropped, or whose success measure was not met, needs one.
    """
    require_open(file)
    _check(file, closing, today)
    after = with_changes(file.path, file.data, OBJECTIVES, [Change("status", Operator.PUT, closing.outcome)])
    after = with_note(file.path, after, closing_line(closing), closing.note)
    objective_of(file.path, after)
    return after


def closing_line(closing: Closing) -> str:
    """Return the line for its body: `Achieved on 24 November 2026; the success measure was met.`"""
    line = f"{closing.outcome.capitalize()} on {day_text(closing.day)}"
    if closing.met is None:
        return f"{line}."
    return (
        f"{line}; the success measure was met." if closing.met else f"{line}, though the success measure was not met."
    )


def postponed(file: RecordFile[Objective], by: date, today: date, note: str = "") -> bytes:
    """Return the bytes of the objective's file with another due date, and the note, if any, at the end of its body.

    Raises UsageError if it is closed, for a date in the past, and for its present due date.
    """
    require_open(file)
    if by < today:
        raise UsageError(f"{day_text(by)} is in the past", "give today's date or a later one")
    if by == file.record.by:
        raise UsageError(f"{file.path} is already due on {day_text(by)}")
    after = with_changes(file.path, file.data, OBJECTIVES, [Change("by", Operator.PUT, by.isoformat())])
    if note.strip():
        old = file.record.by
        moved = f"from {day_text(old)} to {day_text(by)}" if old else f"to {day_text(by)}"
        after = with_note(file.path, after, f"Moved {moved}, on {day_text(today)}.", note)
    objective_of(file.path, after)
    return after


def find_action(objective: Objective, words: str) -> int:
    """Return the number (from 0) of the action that contains these words; of several, the only open one.

    Raises UsageError if there is none or several, and if it is already done.
    """
    wanted = " ".join(words.casefold().split())
    texts = [" ".join(each.action.casefold().split()) for each in objective.actions]
    matches = [number for number, text in enumerate(texts) if wanted == text]
    matches = matches or [number for number, text in enumerate(texts) if wanted and wanted in text]
    still = [number for number in matches if not objective.actions[number].done]
    if len(still) == 1:
        return still[0]
    if still:
        hint = f"use more words of one of them: {_listed(objective, still)}"
        raise UsageError(f'"{words}" matches {len(still)} actions', hint)
    if matches:
        action = objective.actions[matches[0]]
        when = f" on {day_text(action.done)}" if action.done else ""
        raise UsageError(f'the action "{action.action}" was already done{when}')
    if not texts:
        raise UsageError(f"{objective.id} has no actions")
    hint = f"use words of one of them: {_listed(objective, range(len(texts)))}"
    raise UsageError(f'no action of {objective.id} contains "{words}"', hint)


def with_action_done(file: RecordFile[Objective], number: int, day: date, today: date) -> bytes:
    """Return the bytes of the objective's file with one action marked as done. Raises UsageError for a future date."""
    if day > today:
        raise UsageError(f"{day_text(day)} is in the future", "give the date on which it was done")
    hint = "change it in an editor"
    try:
        after = apply(file.data, _action_edits(file, number, day))
    except (CannotEdit, ValueError) as error:
        raise UsageError(f"cannot change {file.path}: {error}", hint) from None
    old, new = file.record.actions, objective_of(file.path, after).actions
    done = Action(old[number].action, old[number].by, day)
    if new != (*old[:number], done, *old[number + 1 :]):
        raise UsageError(f"cannot change {file.path}: its actions have a layout that cpdkit cannot edit", hint)
    return after


def with_note(path: str, data: bytes, line: str, note: str) -> bytes:
    """Return a record's bytes with a paragraph at the end of its body: a line in bold, then the note.

    Raises UsageError for control characters, and if the note would change the text around it.
    """
    paragraph = f"**{line}** {tidy(note)}".rstrip()
    if has_control(paragraph):
        raise UsageError("the note contains an invisible control character", "retype the words around it")
    text = decode(path, data).text
    after = apply(data, [inserted(text, len(text), paragraph)])
    old, new = (split(decode(path, each).text).below for each in (data, after))
    if not _is_last(old, new, paragraph):
        hint = "remove headings, code fences and comments, or write it in an editor"
        raise UsageError(f"{path} was not changed: the note would break the text around it", hint)
    return after


def _is_last(before: str, after: str, paragraph: str) -> bool:
    """Return whether the last section ends with the paragraph, not as a private passage, and nothing else changed."""
    old, new = sections(before), sections(after)
    same = [each[2:] for each in old[:-1]] == [each[2:] for each in new[: max(len(old) - 1, 0)]]
    ends = (
        len(new) == max(len(old), 1)
        and new[-1].text.endswith(paragraph)
        and read(after).public().rstrip().endswith(paragraph)
    )
    return same and ends and not _is_open(before) and not _is_open(after)


def _is_open(body: str) -> bool:
    """Return whether a code fence or comment is not closed, so that a heading after it would not be one."""
    swallowed = len(headings(f"{body}\n\n# x\n")) == len(headings(body))
    return swallowed or any(each.kind == "open-comment" for each in read(body).remarks)


def _check(file: RecordFile[Objective], closing: Closing, today: date) -> None:
    objective = file.record
    if closing.day > today:
        raise UsageError(f"{day_text(closing.day)} is in the future", "give the date on which it ended")
    if objective.start and closing.day < objective.start:
        start = day_text(objective.start)
        raise UsageError(f"{day_text(closing.day)} is before the start of the objective, {start}")
    if closing.met is not None and not objective.success_measure:
        raise UsageError(f"{file.path} has no success-measure", "remove --met or --not-met")
    if not closing.note.strip() and closing.outcome is Outcome.DROPPED:
        raise UsageError("a dropped objective needs a reason", 'give it with --note "It is no longer needed."')
    if not closing.note.strip() and closing.met is False:
        hint = 'give it with --note "…", set a later date with cpd plan review, or use --dropped'
        raise UsageError("an objective whose success measure was not met needs a reason", hint)


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
