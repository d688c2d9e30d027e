"""An objective closed, moved, and its actions done: nothing else in its file changes."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdkit.actions.objectives import (
    Closing,
    Outcome,
    closed,
    find_action,
    postponed,
    with_action_done,
    with_note,
)
from cpdkit.actions.record_file import RecordFile, objective_of
from cpdkit.errors import UsageError
from cpdkit.journal.objectives import closing_day
from cpdkit.journal.records import Objective
from tests.journal.folders import record

TODAY = date(2026, 11, 24)
PATH = "plan/a.md"
FIELDS = """title: Relays  # mine
success-measure: It works.
start: 2026-01-01
by: 2026-12-31
status: open   # for long
"""
ACTIONS = """actions:
  - {action: Ask Helen, by: 2026-12-01}  # soon
  - action: Ask Margaret
    by: 2026-12-02   # later
  - Read, and write
  - {action: Read it, done: 2026-02-01}
  - action: Ring
    done:
x-own: 1
"""


def file_of(fields: str = FIELDS, body: str = "\nWords.\n") -> RecordFile[Objective]:
    data = record(fields, body).encode()
    return RecordFile(PATH, data, objective_of(PATH, data))


@pytest.mark.parametrize(
    ("closing", "status", "line"),
    [
        (Closing(Outcome.ACHIEVED, TODAY), "achieved", "**Achieved on 24 November 2026.**"),
        (
            Closing(Outcome.ACHIEVED, TODAY, True, "Twice.\n\nMore."),
            "achieved",
            "**Achieved on 24 November 2026; the success measure was met.** Twice.\n\nMore.",
        ),
        (
            Closing(Outcome.ACHIEVED, date(2026, 3, 1), False, "Enough."),
            "achieved",
            "**Achieved on 1 March 2026, though the success measure was not met.** Enough.",
        ),
        (Closing(Outcome.DROPPED, TODAY, note=" No money. "), "dropped", "**Dropped on 24 November 2026.** No money."),
    ],
)
def test_closed_to_the_byte(closing: Closing, status: str, line: str) -> None:
    after = closed(file_of(), closing, TODAY)
    assert after.decode() == record(FIELDS.replace("open ", f"{status} "), f"\nWords.\n\n{line}\n")
    found = objective_of(PATH, after)
    assert closing_day(found) == closing.day
    with pytest.raises(UsageError, match=f"already {status} on"):
        closed(RecordFile(PATH, after, found), closing, TODAY)


def test_a_body_that_is_empty_and_lines_that_end_otherwise() -> None:
    assert closed(file_of(body=""), Closing(Outcome.ACHIEVED, TODAY), TODAY).endswith(
        b"---\n\n**Achieved on 24 November 2026.**\n"
    )
    data = record(FIELDS, "\nWords.").replace("\n", "\r\n").encode()
    after = closed(
        RecordFile(PATH, data, objective_of(PATH, data)), Closing(Outcome.DROPPED, TODAY, None, "a\nb"), TODAY
    )
    assert after.endswith(b"Words.\r\n\r\n**Dropped on 24 November 2026.** a\r\nb\r\n")
    assert b"\n" not in after.replace(b"\r\n", b"")


@pytest.mark.parametrize(
    ("fields", "closing", "expected"),
    [
        (FIELDS, Closing(Outcome.DROPPED, TODAY), "a dropped objective needs a reason"),
        (FIELDS, Closing(Outcome.ACHIEVED, TODAY, False), "whose success measure was not met needs a reason"),
        (FIELDS, Closing(Outcome.ACHIEVED, date(2026, 11, 25)), "in the future"),
        (FIELDS, Closing(Outcome.ACHIEVED, date(2025, 11, 25)), "before the start of the objective, 1 January 2026"),
        ("title: a\n", Closing(Outcome.ACHIEVED, TODAY, True), "has no success-measure"),
        (FIELDS, Closing(Outcome.ACHIEVED, TODAY, None, "a\n\n# b"), "would break the text around it"),
        (FIELDS, Closing(Outcome.ACHIEVED, TODAY, None, "a <!-- b -->"), "would break the text around it"),
        (FIELDS, Closing(Outcome.ACHIEVED, TODAY, None, "a\x1b[0m"), "control character"),
    ],
)
def test_what_cannot_be_closed(fields: str, closing: Closing, expected: str) -> None:
    with pytest.raises(UsageError, match=expected):
        closed(file_of(fields), closing, TODAY)


def test_a_note_behind_what_is_still_open_is_refused() -> None:
    for body in ("\n```\ncode\n", "\n## (private) Notes\n\nx\n", "\n<!-- mine\n"):
        with pytest.raises(UsageError, match="would break"):
            with_note(PATH, file_of(body=body).data, "Done.", "x")


def test_postponed_with_and_without_a_reason() -> None:
    by = date(2027, 6, 30)
    moved = FIELDS.replace("2026-12-31", "2027-06-30")
    assert postponed(file_of(), by, TODAY).decode() == record(moved, "\nWords.\n")
    line = "**Moved from 31 December 2026 to 30 June 2027, on 24 November 2026.** Late."
    assert postponed(file_of(), by, TODAY, "Late.").decode() == record(moved, f"\nWords.\n\n{line}\n")
    for day in (date(2026, 12, 31), date(2026, 11, 23)):
        with pytest.raises(UsageError, match=r"already|past"):
            postponed(file_of(), day, TODAY)


@pytest.mark.parametrize(
    ("words", "old", "new"),
    [
        ("helen", "by: 2026-12-01}", "by: 2026-12-01, done: 2026-11-20}"),
        ("ask MARG", "    by: 2026-12-02   # later\n", "    by: 2026-12-02   # later\n    done: 2026-11-20\n"),
        ("read, and", "- Read, and write", '- {action: "Read, and write", done: 2026-11-20}'),
        ("read", "- Read, and write", '- {action: "Read, and write", done: 2026-11-20}'),
        ("ring", "    done:\n", "    done: 2026-11-20\n"),
    ],
)
def test_an_action_done_to_the_byte(words: str, old: str, new: str) -> None:
    one = file_of(FIELDS + ACTIONS)
    after = with_action_done(one, find_action(one.record, words), date(2026, 11, 20), TODAY)
    assert after.decode() == record((FIELDS + ACTIONS).replace(old, new), "\nWords.\n")


@pytest.mark.parametrize(
    ("words", "expected"),
    [("ask", "matches 2 actions"), ("read it", "was already done on 1 February 2026"), ("x", "no action of a contains"),
     (" ", "no action of a contains")],
)  # fmt: skip
def test_no_single_open_action(words: str, expected: str) -> None:
    with pytest.raises(UsageError, match=expected):
        find_action(file_of(FIELDS + ACTIONS).record, words)


def test_an_action_is_not_done_tomorrow_nor_where_it_cannot_be_written() -> None:
    with pytest.raises(UsageError, match="in the future"):
        with_action_done(file_of(FIELDS + ACTIONS), 0, date(2026, 11, 25), TODAY)
    with pytest.raises(UsageError, match="by has no value"):
        with_action_done(file_of(FIELDS + "actions: [{action: a, by: }]\n"), 0, TODAY, TODAY)


@given(st.text(max_size=60))
def test_a_note_is_refused_or_stands_at_the_end_with_all_else_as_it_was(note: str) -> None:
    before = file_of().data
    try:
        after = with_note(PATH, before, "Done.", note)
    except UsageError:
        return
    assert after.startswith(before.rstrip(b"\n"))
    assert objective_of(PATH, after).body.count("**Done.**") == 1
