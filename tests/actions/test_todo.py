"""What needs attention, by kind: when it does, when it no longer does, and the command that resolves it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdkit.actions.todo import HEADINGS, Cause, Todo, ago, follow_up_day, waiting
from cpdkit.dates.period import Period, parse_period
from cpdkit.journal.prompts import MODELS
from cpdkit.journal.selection import Filters
from cpdkit.journal.values import ActivityType, Status
from tests.journal.folders import FIELDS, GOOD, journal_of, record

DAY = date(2026, 11, 24)
NOTES = "Seen.\n\n## Reflection\n\n### What did you learn?\n\nMuch.\n\n### What went well?\n"
PLANNED = "title: Retest\ntype: event\nstart: 2026-11-10\nstatus: planned\n"
CARD = "qualifications/card.md"
ACTION = "{action: Read the whole of IEC 62933, by: 2026-10-01}"


def todo(
    root: Path, files: Mapping[str, str], day: date = DAY, period: Period | None = None, **filters: object
) -> Todo:
    """Return what needs attention in a journal of these files, whose review of 2026 is written."""
    journal = journal_of(root, {"reviews/2026.md": record("year: 2026\n", ""), **files})
    return waiting(journal, MODELS["iet"], day, period or Period(), replace(Filters(), **filters))


def commands(found: Todo) -> list[tuple[str, str]]:
    return [(each.cause.value, item.command) for each in found.sections for item in each.items]


@pytest.mark.parametrize(
    ("path", "text", "waits"),
    [
        ("activities/a.md", GOOD, []),
        ("activities/a.md", "broken", [("unread", "cpd check activities/a.md")]),
        ("activities/a b.md", "broken", [("unread", "cpd check 'activities/a b.md'")]),
        ("activities/a.md", record(PLANNED), [("planned", "cpd done a")]),
        ("activities/a.md", record(PLANNED.replace("-10", "-24")), []),
        ("activities/a.md", record(PLANNED + "accepted: {CPD311: put off}\n"), []),
        ("activities/a.md", record(FIELDS + "status: draft\n"), [("drafts", "cpd done a")]),
        ("activities/a.md", record(FIELDS + "status: in-progress\n"), []),
        ("activities/a.md", record(FIELDS + "status: in-progress\nend: 2026-11-23\n"), [("in-progress", "cpd done a")]),
        ("activities/a.md", record(FIELDS + "status: in-progress\nend: 2026-11-24\n"), []),
        ("activities/a.md", record(FIELDS, ""), [("reflections", "cpd reflect a")]),
        ("activities/a.md", record(FIELDS, NOTES), [("reflections", "cpd reflect a")]),
        ("activities/a.md", record(FIELDS + "accepted: {CPD401: short}\n", ""), []),
        ("activities/a.md", record(FIELDS + "accepted: {CPD401: short}\n", NOTES), [("reflections", "cpd reflect a")]),
        ("activities/-a.md", record(FIELDS, ""), [("reflections", "cpd reflect activities/-a.md")]),
        ("activities/a.md", record(FIELDS + "evidence: [x/b c.pdf]\n"), [("evidence", "cpd attach a 'b c.pdf'")]),
        ("activities/a.md", record(FIELDS + "follow-up: Ask.\n"), [("follow-ups", "cpd set a x-followed-up=yes")]),
        ("activities/a.md", record(FIELDS + "follow-up: Ask.\nx-followed-up: 2026-05-01\n"), []),
        ("activities/a.md", record(FIELDS + "follow-up: Ask by 2026-11-25.\n"), []),
        ("activities/a.md", record(FIELDS.replace("03-14", "09-01") + "follow-up: Ask.\n"), []),
        ("activities/a.md", record(FIELDS.replace("03-14", "11-01") + "follow-up: Ask on 3 November 2026.\n"),
         [("follow-ups", "cpd set a x-followed-up=yes")]),
        ("inbox.md", "# Inbox\n\n2h a lecture\n\na visit\n", [("inbox", "cpd inbox")]),
        ("inbox.md", "# Inbox\n", []),
        ("inbox/a note.md", "a lecture", [("inbox", "cpd inbox")]),
        ("inbox/a note.md", "\n", []),
        ("inbox/done.md", "a lecture", []),
        ("plan/o.md", record("title: O\nby: 2026-11-23\n"), [("objectives", "cpd plan done o")]),
        ("plan/o.md", record("title: O\nby: 2026-11-24\n"), []),
        ("plan/o.md", record("title: O\nby: 2026-11-01\nstatus: achieved\n"), []),
        ("plan/o.md", record("title: O\nby: 2026-11-23\naccepted: {CPD602: waits}\n"), []),
        ("plan/o.md", record(f"title: O\nactions: [{ACTION}]\n"),
         [("actions", "cpd plan done o --action 'Read the whole'")]),
        ("plan/o.md", record(f"title: O\nactions: [{ACTION}, {{action: read the whole list}}]\n"),
         [("actions", "cpd plan done o --action 'Read the whole of IEC 62933'")]),
        (CARD, record("title: Card\nexpires: 2027-02-22\n"), [("qualifications", f"cpd edit {CARD}")]),
        (CARD, record("title: Card\nexpires: 2027-02-23\n"), []),
        (CARD, record("title: Card\nexpires: 2027-01\n"), [("qualifications", f"cpd edit {CARD}")]),
        (CARD, record("title: Card\nexpires: 2027\n"), []),
        (CARD, record("title: Card\nexpires: 2026-11-23\n"), [("qualifications", f"cpd edit {CARD}")]),
        (CARD, record("title: Card\nexpires: 2026-10\naccepted: {CPD613: no longer needed}\n"), []),
        (CARD, record("title: Card\nexpires: 2026-10\nconfidential: true\n"), []),
    ],
)  # fmt: skip
def test_what_waits_and_what_does_not(tmp_path: Path, path: str, text: str, waits: list[tuple[str, str]]) -> None:
    assert commands(todo(tmp_path, {path: text})) == waits


@pytest.mark.parametrize(
    "narrowed", [{"types": (ActivityType.EVENT,)}, {"objectives": ("o",)}, {"period": parse_period("2025", DAY)}]
)
def test_the_inbox_has_no_date_and_no_type(tmp_path: Path, narrowed: dict[str, object]) -> None:
    assert commands(todo(tmp_path, {"inbox.md": "a lecture"}, **narrowed)) == []


def test_an_inbox_shows_how_much_waits_where_and_what_cannot_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {"inbox.md": "one\n\ntwo\n", "inbox/a.md": "three", "inbox/b.txt": "four", "inbox/c.md": "\0"}
    (section,) = todo(tmp_path, files).sections
    notes = [item.note for item in section.items]
    assert notes[:2] == ["inbox.md: 2 entries", "inbox/: 2 entries"]
    assert notes[2].startswith("inbox/c.md: ")
    assert len(notes) == 3
    monkeypatch.setenv("CPD_INBOX", str(tmp_path / "missing.md"))
    (section,) = todo(tmp_path, {}).sections
    assert [(item.path, item.command) for item in section.items] == [(str(tmp_path / "missing.md"), "cpd inbox")]


def test_the_most_urgent_comes_first_and_names_are_told_apart(tmp_path: Path) -> None:
    files = {
        "activities/a.md": record(FIELDS, ""),
        "activities/old/A.md": record(FIELDS.replace("2026", "2024"), ""),
        "activities/b.md": record(PLANNED),
        "cpd.yaml": "name: A\nchecks: {CPD602: off}\n",
        "plan/o.md": record("title: O\nby: 2026-11-23\n"),
    }
    found = todo(tmp_path, files)
    paths = ["cpd reflect activities/a.md", "cpd reflect activities/old/A.md"]
    assert commands(found) == [("planned", "cpd done b"), *(("reflections", each) for each in paths)]
    assert found.count == 3
    (planned,) = found.sections[0].items
    assert (planned.title, planned.day, planned.note) == ("Retest", date(2026, 11, 10), "14 days ago")


def test_the_selection_narrows_it(tmp_path: Path) -> None:
    secret = record(PLANNED + "confidential: true\n")
    files = {"activities/a.md": record(PLANNED), "activities/b.md": record(FIELDS, ""), "activities/c.md": secret}
    files["plan/o.md"] = record("title: O\nby: 2026-01-31\n")
    every = [("planned", "cpd done a"), ("objectives", "cpd plan done o"), ("reflections", "cpd reflect b")]
    found = todo(tmp_path, files)
    assert (commands(found), found.confidential) == (every, 1)
    assert len(todo(tmp_path, files, confidential=True).sections[0].items) == 2
    assert commands(todo(tmp_path, files, period=parse_period("2026-11", DAY))) == every[:1]
    assert commands(todo(tmp_path, files, types=(ActivityType.TRAINING,))) == every[2:]
    assert commands(todo(tmp_path, files, statuses=(Status.PLANNED,))) == every[:1]
    assert commands(todo(tmp_path, files, objectives=("O",))) == every[1:2]


@pytest.mark.parametrize(
    ("day", "year"),
    [("2026-06-30", 2025), ("2026-07-01", 0), ("2026-10-31", 0), ("2026-11-01", 2026), ("2027-02-01", 2026)],
)
def test_the_review_is_asked_for_late_in_its_year(tmp_path: Path, day: str, year: int) -> None:
    files = {"activities/a.md": GOOD, "activities/b.md": GOOD.replace("2026", "2025")}
    journal = journal_of(tmp_path, files)
    found = waiting(journal, MODELS["iet"], date.fromisoformat(day), Period(), Filters())
    assert commands(found) == ([("review", f"cpd plan review --year {year}")] if year else [])
    assert commands(todo(tmp_path, files)) == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Book it by 2027-01-31.", "2027-01-31"),
        ("Until 3rd March 2027, then 2027-02-01 latest", "2027-02-01"),
        ("The exam in February 2028", "2028-02-29"),
        ("As on 2 March 2020", None),
        ("Before 2027-02-30", None),
        ("December 9999", None),
        ("Next spring", None),
    ],
)
def test_the_day_of_a_follow_up(text: str, day: str | None) -> None:
    found = follow_up_day(text, DAY)
    assert (found.isoformat() if found else None) == day


def test_the_time_that_has_passed() -> None:
    expected = {
        0: "today",
        1: "yesterday",
        61: "61 days ago",
        62: "2 months ago",
        364: "11 months ago",
        731: "2 years ago",
    }
    assert {days: ago(days) for days in expected} == expected
    assert (ago(-1), ago(-2)) == ("in 1 day", "in 2 days")


@given(st.text())
def test_any_text_may_follow(text: str) -> None:
    found = follow_up_day(text, DAY)
    assert found is None or found > DAY


def test_every_kind_has_its_heading() -> None:
    assert set(HEADINGS) == set(Cause)
