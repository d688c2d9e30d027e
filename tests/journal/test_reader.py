from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdkit.diagnostics import Severity
from cpdkit.journal.reader import RECORD_KINDS, read_record
from cpdkit.journal.records import Action, Activity, Objective, Post, Review, Session, SignOff
from cpdkit.journal.values import ActivityType, Competence, Evidence, Skill, Status
from cpdkit.text.faults import Unreadable
from cpdkit.text.source import decode
from tests.journal.folders import BODY, FIELDS, GOOD, record
from tests.journal.reader import codes, messages, record_of

WHOLE = """\
---
title: "IET lecture: grid-scale storage"
type: event
date: 2026-03-14
end: 2026-03-15
hours: 1h30
status: in-progress
provider: 関西電力
location: Łódź
role: chair
objectives: [grid-storage]
competences: {A1: E}
topics: sustainability
skills: [technical, soft]
structured: true
planned: false
verifiable: true
participatory: 30 min
units: {PDU: 1.5}
benefit: |
  Two
  lines
follow-up: no
evidence: [a.pdf]
confidential: true
highlight: true
signed-off: {by: J. Evans, on: 2026-03-20}
x-cost: 0123
---

What it was.
"""


def test_every_field_of_an_activity() -> None:
    made, found = record_of(WHOLE)
    assert found == []
    assert isinstance(made, Activity)
    assert made == Activity(
        id="course",
        path="activities/2026/course.md",
        folder="2026",
        title="IET lecture: grid-scale storage",
        type=ActivityType.EVENT,
        start=date(2026, 3, 14),
        end=date(2026, 3, 15),
        minutes=90,
        status=Status.IN_PROGRESS,
        provider="関西電力",
        location="Łódź",
        role="chair",
        objectives=("grid-storage",),
        competences=(Competence("A1", "E"),),
        topics=("sustainability",),
        skills=(Skill.TECHNICAL, Skill.SOFT),
        structured=True,
        planned=False,
        verifiable=True,
        participatory=30,
        units={"PDU": "1.5"},
        benefit="Two\nlines",
        follow_up="no",
        evidence=(Evidence("a.pdf"),),
        confidential=True,
        highlight=True,
        signed_off=SignOff("J. Evans", date(2026, 3, 20)),
        own={"x-cost": "0123"},
        body="\nWhat it was.\n",
        spans=made.spans,
    )


def test_an_objective() -> None:
    made, found = record_of(
        record(
            "title: Storage\nby: 2026-12-31\nsuccess-measure: A study\n"
            "actions: [{action: Read, done: 2026-02-01}, Write]\n"
        ),
        "plan",
    )
    assert found == []
    assert isinstance(made, Objective)
    assert (made.id, made.by, made.priority, made.status) == ("course", date(2026, 12, 31), "medium", "open")
    assert made.actions == (Action("Read", None, date(2026, 2, 1)), Action("Write"))


def test_an_objective_cannot_be_due_before_it_starts() -> None:
    assert codes(record_of(record("title: A\nstart: 2026-02-01\nby: 2026-01-01\n"), "plan")[1]) == ["CPD214"]


def test_a_post_and_a_review() -> None:
    post, found = record_of(record("role: Engineer\nemployer: Gridwise\nstart: 2020-01-01\n"), "career")
    assert (isinstance(post, Post) and post.end, found) == (None, [])
    review, found = record_of(record("year: 2025\nwritten: 2026-01-09\n"), "reviews")
    assert (isinstance(review, Review) and review.year, found) == (2025, [])


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("blank", [0, 2])
@pytest.mark.parametrize("before", ["", "location:\t東京 🙂\n", "benefit: |\n  two\n\n  lines\n\n"])
def test_a_place_is_right_in_any_file(newline: str, bom: bytes, blank: int, before: str) -> None:
    text = "\n" * blank + record(before + FIELDS.replace("2026-03-14", "'2026-02-30'"))
    found = record_of(bom + text.replace("\n", newline).encode())[1]
    assert [each.code for each in found if each.code != "CPD204"] == ["CPD117"] * bool(bom)
    (each,) = (each for each in found if each.code == "CPD204")
    assert each.span is not None
    line = blank + 1 + before.count("\n") + 3
    assert (each.code, each.span.line, each.span.column, each.span.end_column) == ("CPD204", line, 8, 20)
    assert each.source == "start: '2026-02-30'"


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_the_newlines_of_a_body_are_plain(newline: str) -> None:
    made, _ = record_of(GOOD.replace("\n", newline).encode())
    assert made is not None
    assert made.body == BODY
    assert made.spans["body"].line == 7


def test_a_misspelt_field_costs_the_record() -> None:
    made, found = record_of(record(FIELDS + "confidental: true\n"))
    assert made is None
    assert [(each.code, each.note) for each in found] == [("CPD212", 'did you mean "confidential"?')]


def test_a_warning_does_not_cost_the_record() -> None:
    made, found = record_of(record(FIELDS + "topics: safety, ethics\n"))
    assert codes(found) == ["CPD217"]
    assert isinstance(made, Activity)
    assert made.topics == ("safety, ethics",)


def test_several_problems_are_reported_together() -> None:
    assert codes(record_of(record("title:\ntype: seminar\nstart: 2026-02-30\nhours: 1,5\nprovder: A\n"))[1]) == [
        "CPD208",
        "CPD204",
        "CPD207",
        "CPD212",
        "CPD201",
    ]


def check_reading(data: bytes) -> None:
    """Check that there is a record, or an error with its reason, and that every position is in the file."""
    try:
        source = decode("activities/a.md", data)
    except Unreadable as error:
        assert error.faults
        return
    for form in RECORD_KINDS.values():
        made, found = read_record(source, form)
        assert (made is None) == any(each.severity is Severity.ERROR for each in found)
        lines = source.text.split("\n")
        for each in found:
            if each.span:
                assert 1 <= each.span.line <= len(lines)
                assert each.source == lines[each.span.line - 1]
                assert 1 <= each.span.column <= len(each.source) + 1


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_reported(data: bytes) -> None:
    check_reading(data)


@given(
    st.lists(
        st.tuples(st.integers(0, len(WHOLE)), st.sampled_from("\0\x07\t\n\r :-#'\"[]{}&*!|>%@`,~\\\u202eé東0")),
        max_size=6,
    )
)
def test_any_typing_error_is_read_or_reported(slips: list[tuple[int, str]]) -> None:
    text = WHOLE
    for at, character in slips:
        text = text[:at] + character + text[at + len(slips) % 2 :]
    check_reading(text.encode())


MISTAKES = """---
title: Relay course: distance protection
typ: training
start: 30/02/2026
location: @home
hours: 1,5
---

Text.
"""


def test_problems_after_a_line_that_yaml_cannot_read_are_reported_too() -> None:
    made, found = record_of(MISTAKES)
    assert made is None
    assert [(each.code, each.span and each.span.line) for each in found] == [
        ("CPD121", 2),
        ("CPD124", 5),
        ("CPD212", 3),
        ("CPD204", 4),
        ("CPD207", 6),
    ]
    assert all(each.span and MISTAKES.split("\n")[each.span.line - 1] == each.source for each in found)


def test_problems_that_a_repaired_line_may_hide_are_not_reported() -> None:
    _, found = record_of("---\ntitle: Relay course type: training\nstart: 2026-03-14\n---\n")
    assert [each.code for each in found] == ["CPD121"]


def test_a_field_under_a_wrong_name_is_not_called_missing() -> None:
    _, found = record_of("---\ntitel: A\ntype: event\nstart: 2026-03-14\nhurs: 2\n---\n")
    assert [each.code for each in found] == ["CPD212", "CPD212"]


START = "title: Relay course\ntype: training\nstart: 2026-03-14\n"
SESSIONS = "sessions:\n  - {date: 2026-03-14, hours: 1.5}\n  - {date: 2026-04-02, hours: 30 min}\n"


def activity_of(fields: str) -> Activity:
    made, found = record_of(record(fields))
    assert found == []
    assert isinstance(made, Activity)
    return made


def test_without_an_end_the_activity_ends_where_it_starts() -> None:
    made = activity_of(FIELDS)
    assert (made.start, made.end, made.minutes) == (date(2026, 3, 14), date(2026, 3, 14), 120)


def test_sessions_give_the_hours_and_the_end() -> None:
    made = activity_of(START + SESSIONS)
    assert (made.end, made.minutes) == (date(2026, 4, 2), 120)
    assert made.sessions == (Session(date(2026, 3, 14), 90), Session(date(2026, 4, 2), 30))


def test_hours_may_repeat_the_total_of_the_sessions() -> None:
    assert activity_of(START + "hours: 2\n" + SESSIONS).minutes == 120


@pytest.mark.parametrize("fields", ["status: planned\n", "status: planned\nhours: 0\n", "status: draft\nhours: 0\n"])
def test_what_is_not_yet_needs_no_hours(fields: str) -> None:
    assert activity_of(START + fields).minutes == 0


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("", ("CPD301", "", "write the time it took, such as hours: 1.5; a planned activity needs none")),
        (
            "sessions: []\n",
            ("CPD301", "", "write the time it took, such as hours: 1.5; a planned activity needs none"),
        ),
        (
            "status: draft\n",
            ("CPD301", "", "write the time it took, such as hours: 1.5; a planned activity needs none"),
        ),
        ("hours: 0\n", ("CPD305", "", "write the time it took, such as 0.5")),
        ("hours: 0\nstatus: in-progress\n", ("CPD305", "", "write the time it took, such as 0.5")),
        ("hours: 3\n" + SESSIONS, ("CPD302", "", "delete hours; the sessions are enough")),
        ("end: 2026-04-01\n" + SESSIONS, ("CPD303", "", "correct the wrong date")),
        ("sessions: [{date: 2026-03-13, hours: 1}]\n", ("CPD303", "", "correct the wrong date")),
        ("hours: 25\n", ("CPD306", "one day has 24 hours", "correct the hours, or write the last day as end:")),
        (
            "hours: 49\nend: 2026-03-15\n",
            ("CPD306", "2 days have 48 hours", "correct the hours, or write the last day as end:"),
        ),
        ("hours: 2\nend: 2026-03-13\n", ("CPD214", "", "swap the two dates, or correct one of them")),
    ],
)
def test_contradictions_within_a_record(fields: str, expected: tuple[str, str, str]) -> None:
    made, found = record_of(record(START + fields))
    assert messages(found) == [expected]
    assert (made is None) == (expected[0] != "CPD306")


def test_wrong_values_are_reported_once() -> None:
    found = record_of(record("title: A\ntype: training\nstart: soon\nhours: 1,5\nstatus: over\n"))[1]
    assert [each.code for each in found] == ["CPD205", "CPD207", "CPD208"]
