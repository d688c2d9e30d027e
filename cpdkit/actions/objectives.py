"""An objective closed, given up or moved, and its actions done: its fields change to the byte, the word on it goes into
its body with the day.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from cpdkit.actions.reflection_edit import inserted, tidy
from cpdkit.checks.fixes import FilePatch
from cpdkit.dates.wording import day_text
from cpdkit.diagnostics import Edit
from cpdkit.errors import UsageError
from cpdkit.journal.body import headings, sections, without_notes, without_private
from cpdkit.journal.codes import of_fault
from cpdkit.journal.edit import Change, How, Refused, changed, record_of
from cpdkit.journal.load import RECORD_LIMIT
from cpdkit.journal.naming import identified
from cpdkit.journal.objectives import OBJECTIVES, said_closing_day
from cpdkit.journal.paths import list_journal
from cpdkit.journal.records import Action, Objective
from cpdkit.text.edits import apply
from cpdkit.text.faults import Unreadable
from cpdkit.text.files import Disk
from cpdkit.text.front_matter import split
from cpdkit.text.source import decode, has_control
from cpdkit.text.yaml import Scalar
from cpdkit.text.yaml import Sequence as Items
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


@dataclass(frozen=True, slots=True)
class HeldObjective:
    """An objective, its path in the journal, and the bytes that it was read from."""

    path: str
    data: bytes
    objective: Objective

    def patches(self, after: bytes) -> Sequence[FilePatch]:
        """The change from the bytes that were read to these; none where they are the same."""
        return [] if after == self.data else [FilePatch(self.path, self.data, after, ())]


def hold_objective(root: Path, said: str) -> HeldObjective:
    """The objective that somebody means by any part of its name. No other record is read.

    Raises UsageError where there is none or several, Refused where it can't be read, NoJournal.
    """
    disk = Disk(str(root))
    path = identified(said, list_journal(disk).records["plan"], "objective")
    try:
        data = disk.read(path, RECORD_LIMIT)[0]
    except Unreadable as error:
        raise Refused(path, [of_fault(path, fault) for fault in error.faults]) from None
    return HeldObjective(path, data, objective_of(path, data))


def objective_of(path: str, data: bytes) -> Objective:
    """The objective that a file of these bytes would hold. Raises Refused where there is none."""
    record = record_of(path, data, OBJECTIVES)
    assert isinstance(record, Objective)
    return record


def require_open(held: HeldObjective) -> None:
    """Raise UsageError for an objective that is closed."""
    objective = held.objective
    if objective.status != "open":
        day = said_closing_day(objective)
        when = f", on {day_text(day)}" if day else ""
        hint = f"cpd open {objective.id} opens it in your editor"
        raise UsageError(f"{held.path} is {objective.status} already{when}", hint)


def closed(held: HeldObjective, closing: Closing, today: date) -> bytes:
    """The file of the objective with its new status, and a line of the day and the note at the end of its body.

    Raises UsageError where it is closed already, for a day to come or before its start, and where a reason is missing:
    one that is dropped, or done though its measure was not met, says why.
    """
    require_open(held)
    _judge(held, closing, today)
    after = changed(held.path, held.data, OBJECTIVES, [Change("status", How.PUT, closing.outcome)])
    after = with_note(held.path, after, closing_line(closing), closing.note)
    objective_of(held.path, after)
    return after


def closing_line(closing: Closing) -> str:
    """`Achieved on 24 November 2026; the success measure was met.`"""
    said = f"{closing.outcome.capitalize()} on {day_text(closing.day)}"
    if closing.met is None:
        return f"{said}."
    return (
        f"{said}; the success measure was met." if closing.met else f"{said}, though the success measure was not met."
    )


def postponed(held: HeldObjective, by: date, today: date, note: str = "") -> bytes:
    """The file of the objective with a later day, and with a note a line that says so at the end of its body.

    Raises UsageError where it is closed, and for a day that is past or the one that it has.
    """
    require_open(held)
    if by < today:
        raise UsageError(f"{day_text(by)} is past", "name a day to come")
    if by == held.objective.by:
        raise UsageError(f"{held.path} is due on {day_text(by)} already")
    after = changed(held.path, held.data, OBJECTIVES, [Change("by", How.PUT, by.isoformat())])
    if note.strip():
        old = held.objective.by
        moved = f"from {day_text(old)} to {day_text(by)}" if old else f"to {day_text(by)}"
        after = with_note(held.path, after, f"Moved {moved}, on {day_text(today)}.", note)
    objective_of(held.path, after)
    return after


def action_meant(objective: Objective, words: str) -> int:
    """The number (from 0) of the action that somebody means by a part of its words, of several the one that is open.

    Raises UsageError where there is none or several, and where it is done already.
    """
    wanted = " ".join(words.casefold().split())
    texts = [" ".join(each.action.casefold().split()) for each in objective.actions]
    found = [number for number, text in enumerate(texts) if wanted == text]
    found = found or [number for number, text in enumerate(texts) if wanted and wanted in text]
    still = [number for number in found if not objective.actions[number].done]
    if len(still) == 1:
        return still[0]
    if still:
        raise UsageError(
            f'"{words}" is a part of {len(still)} actions', f"say more of one: {_listed(objective, still)}"
        )
    if found:
        action = objective.actions[found[0]]
        when = f", on {day_text(action.done)}" if action.done else ""
        raise UsageError(f"“{action.action}” is done already{when}")
    hint = f"there are: {_listed(objective, range(len(texts)))}" if texts else f"{objective.id} has no actions"
    raise UsageError(f'no action holds the words "{words}"', hint)


def with_action_done(held: HeldObjective, number: int, day: date, today: date) -> bytes:
    """The file of the objective with one of its actions done on a day. Raises UsageError for one to come."""
    if day > today:
        raise UsageError(f"{day_text(day)} is still to come", "name the day on which it was done")
    hint = "change it in an editor"
    try:
        after = apply(held.data, _action_edits(held, number, day))
    except (CannotEdit, ValueError) as error:
        raise UsageError(f"{held.path} can't be changed: {error}", hint) from None
    old, new = held.objective.actions, objective_of(held.path, after).actions
    done = Action(old[number].action, old[number].by, day)
    if new != (*old[:number], done, *old[number + 1 :]):
        raise UsageError(f"{held.path} can't be changed: its actions are written in an unusual way", hint)
    return after


def with_note(path: str, data: bytes, line: str, note: str) -> bytes:
    """A record's bytes with a paragraph at the end of its body: a line in bold, and a note behind it.

    Raises UsageError for control characters, and where the note would change the text around it.
    """
    said = f"**{line}** {tidy(note)}".rstrip()
    if has_control(said):
        raise UsageError("an invisible control character is in the note", "retype the words around it")
    text = decode(path, data).text
    after = apply(data, [inserted(text, len(text), said)])
    before, behind = (split(decode(path, each).text).below for each in (data, after))
    if not _stands(before, behind, said):
        hint = "leave out headings, code fences and comments, or write it in an editor"
        raise UsageError(f"{path} was not changed: the note would change the text around it", hint)
    return after


def _stands(before: str, after: str, said: str) -> bool:
    """Whether the last section ends with what was said, for all to read, and all else is as it was."""
    old, new = sections(before), sections(after)
    same = [each[2:] for each in old[:-1]] == [each[2:] for each in new[: max(len(old) - 1, 0)]]
    ends = (
        len(new) == max(len(old), 1) and new[-1].text.endswith(said) and without_private(after).rstrip().endswith(said)
    )
    return same and ends and not _is_open(before) and not _is_open(after)


def _is_open(body: str) -> bool:
    """Whether a code fence or a comment is not closed, so that a heading behind it would be none."""
    return len(headings(f"{body}\n\n# x\n")) == len(headings(body)) or "<!--" in without_notes(body, code=False)


def _judge(held: HeldObjective, closing: Closing, today: date) -> None:
    objective = held.objective
    if closing.day > today:
        raise UsageError(f"{day_text(closing.day)} is still to come", "name the day on which it was")
    if objective.start and closing.day < objective.start:
        raise UsageError(f"{day_text(closing.day)} lies before its start, {day_text(objective.start)}")
    if closing.met is not None and not objective.success_measure:
        raise UsageError(f"{held.path} has no success-measure", "leave out --met and --not-met")
    if not closing.note.strip() and closing.outcome is Outcome.DROPPED:
        raise UsageError("it is not said why it is dropped", '--note "It is no longer needed."')
    if not closing.note.strip() and closing.met is False:
        hint = 'say why with --note "…", give it a later day with cpd plan review, or drop it with --dropped'
        raise UsageError("it is not said why it is done though its success measure was not met", hint)


def _action_edits(held: HeldObjective, number: int, day: date) -> list[Edit]:
    editor = FieldEditor(decode(held.path, held.data).text)
    node = editor.mapping.values["actions"]
    item = node.items[number] if isinstance(node, Items) else node
    if isinstance(item, Scalar):
        words = scalar(held.objective.actions[number].action, flow=True)
        return editor.replace("actions", number, f"{{action: {words}, done: {day}}}")
    return editor.put_part("actions", number, "done", day.isoformat())


def _listed(objective: Objective, numbers: Sequence[int]) -> str:
    return "; ".join(objective.actions[number].action for number in numbers)
