"""What ends or is due, from each part of a journal, and for how long it is listed."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from cpdkit.actions.deadlines import Cause, Deadline, days_words, deadlines, schemes_without_start
from cpdkit.schemes.vocabulary import vocabulary_in
from tests.journal.folders import GOOD, journal_of, record

DAY = date(2026, 11, 23)
REVIEWED = {"reviews/2026.md": record("year: 2026\n", ""), "reviews/2025.md": record("year: 2025\n", "")}
FIRM = "id: firm\nabbreviation: Firm\nrequirements: [{id: total, title: Hours, at-least: 10}]\n"


def due(root: Path, files: Mapping[str, str], on: date = DAY) -> tuple[Deadline, ...]:
    """Return the deadlines of a journal with these files, whose reviews are written."""
    journal = journal_of(root, {**REVIEWED, **files})
    return deadlines(journal, vocabulary_in(journal), on)


def rows(found: tuple[Deadline, ...]) -> list[tuple[str, str, str]]:
    return [(each.cause.value, each.day.isoformat(), each.title) for each in found]


def member(*schemes: str) -> dict[str, str]:
    return {"cpd.yaml": f"name: A\nschemes: [{', '.join(schemes)}]\n"}


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "today"), (1, "1 day left"), (12, "12 days left"), (-1, "1 day overdue"), (-3, "3 days overdue")],
)
def test_the_days_until_it(days: int, words: str) -> None:
    assert days_words(days) == words


def test_a_period_ends_with_what_is_missing(tmp_path: Path) -> None:
    files = member("{scheme: firm}") | {"schemes/firm.yaml": FIRM, "activities/a.md": GOOD}
    (found,) = due(tmp_path, files)
    assert rows((found,)) == [("period", "2026-12-31", "Firm 2026 ends")]
    assert (found.note, found.key, found.days_left(DAY)) == ("Hours: 8 h short", "period:firm:2026-01-01", 38)
    (found,) = due(tmp_path, {**files, "schemes/firm.yaml": FIRM.replace("10", "2")})
    assert found.note == ""


@pytest.mark.parametrize(
    ("on", "days"),
    [
        ("2026-12-31", ["2026-12-31", "2027-01-31"]),
        ("2027-01-01", ["2027-01-31", "2027-12-31", "2028-01-31"]),
        ("2027-01-31", ["2027-01-31", "2027-12-31", "2028-01-31"]),
        ("2027-02-01", ["2027-12-31", "2028-01-31"]),
    ],
)
def test_the_last_day_to_record_is_listed_until_it_passes(tmp_path: Path, on: str, days: list[str]) -> None:
    firm = FIRM + "period: {years: 1, starts: 01-01, record-by: 01-31}\n"
    files = member("{scheme: firm, start: 2026-01-01}") | {"schemes/firm.yaml": firm}
    found = [each for each in due(tmp_path, files, date.fromisoformat(on)) if each.cause is not Cause.REVIEW]
    assert [each.day.isoformat() for each in found] == days


@pytest.mark.parametrize(
    ("start", "records", "overdue"),
    [("2026-01-01", "2025", False), ("2025-06-01", "2026", True), ("", "2025", False), ("", "2026", False)],
)
def test_a_declaration_of_the_period_before_is_of_members_at_that_time(
    tmp_path: Path, start: str, records: str, overdue: bool
) -> None:
    joined = f", start: {start}" if start else ""
    files = member(f"{{scheme: acca{joined}}}") | {"activities/a.md": GOOD.replace("2026", records)}
    days = [each.day.year for each in due(tmp_path, files) if each.cause is Cause.DECLARATION]
    assert days == [2026, 2027] if overdue else [2027]


def test_a_declaration_is_listed_until_it_is_made(tmp_path: Path) -> None:
    scheme = "scheme: ca-peo, start: 2020-01-01"
    before = [each for each in due(tmp_path, member(f"{{{scheme}}}")) if each.cause is Cause.DECLARATION]
    # The first is the report of the year before.
    assert [each.day.isoformat() for each in before] == ["2025-12-31", "2026-01-31", "2026-01-31", "2026-12-31"]
    made = "declarations: [{requirement: evaluation, year: 2026, on: 2026-02-01}]"
    after = [each for each in due(tmp_path, member(f"{{{scheme}, {made}}}")) if each.cause is Cause.DECLARATION]
    assert {each.key for each in before} - {each.key for each in after} == {"declaration:ca-peo:2026-01-01:evaluation"}


def test_a_yearly_declaration_has_a_deadline_for_each_year_that_lacks_it(tmp_path: Path) -> None:
    made = "declarations: [{requirement: statement, year: 2023, on: 2023-12-01}]"
    found = due(tmp_path, member(f"{{scheme: gdc, start: 2022-01-01, {made}}}"))
    some = [each for each in found if each.cause is Cause.DECLARATION]
    assert [each.day.isoformat() for each in some] == ["2022-12-31", "2024-12-31", "2025-12-31", "2026-12-31"]
    assert len({each.key for each in some}) == 4


def test_a_scheme_without_the_start_that_it_needs_has_no_deadlines(tmp_path: Path) -> None:
    files = member("gdc", "{scheme: hcpc, start: 2025-09-01}", "nothing", "gdc")
    assert {each.key.split(":")[1] for each in due(tmp_path, files)} == {"hcpc"}
    journal = journal_of(tmp_path, files)
    assert schemes_without_start(journal, vocabulary_in(journal)) == ("gdc",)


def test_a_period_up_to_today_has_no_end(tmp_path: Path) -> None:
    firm = FIRM.replace("[{", "[{id: paper, title: Paper, measure: declared}, {")
    files = member("{scheme: firm}") | {"schemes/firm.yaml": firm + "period: {years: 1, starts: rolling}\n"}
    assert due(tmp_path, files) == ()


def test_a_scheme_that_is_named_twice_counts_once(tmp_path: Path) -> None:
    files = member("{scheme: firm}", "{scheme: firm, start: 2026-03-01}") | {"schemes/firm.yaml": FIRM}
    assert len(due(tmp_path, files)) == 1


def test_a_scheme_without_an_abbreviation_has_its_body_or_id(tmp_path: Path) -> None:
    firm = FIRM.replace("abbreviation: Firm\n", "")
    files = member("{scheme: firm}", "{scheme: engineers-ireland}") | {"schemes/firm.yaml": firm}
    titles = [each.title for each in due(tmp_path, files)]
    assert [titles[0].split(" 2026")[0], titles[1].split(" 2026")[0]] == ["Engineers Ireland", "firm"]


@pytest.mark.parametrize(
    ("start", "day"),
    [
        ("2024-02-29", "2027-02-28"),
        ("2023-12-31", "2026-12-30"),
        ("2024-03-01", "2027-02-28"),
        ("2025-02-28", "2028-02-27"),
    ],
)
def test_a_period_of_the_member_ends_a_day_before_its_anniversary(tmp_path: Path, start: str, day: str) -> None:
    found = due(tmp_path, member(f"{{scheme: comptia-security-plus, start: {start}}}"))
    assert [each.day.isoformat() for each in found if each.cause is Cause.PERIOD] == [day]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("title: O\n", []),
        ("title: O\nby: 2026-01-31\n", [("objective", "2026-01-31", "O")]),
        ("title: O\nby: 2028-02-29\n", [("objective", "2028-02-29", "O")]),
        ("title: O\nby: 2026-01-31\nstatus: achieved\n", []),
        ("title: O\nby: 2026-01-31\nstatus: dropped\n", []),
        ("title: O\nby: 2026-01-31\naccepted: {CPD602: waits}\n", []),
        ("title: O\nactions: [{action: Read, by: 2026-12-01}, Ask, {action: Go, by: 2026-12-02, done: 2026-11-01}]\n",
         [("action", "2026-12-01", "Read")]),
        ("title: O\nactions: [{action: Read, by: 2026-10-01}]\naccepted: {CPD605: waits}\n", []),
    ],
)  # fmt: skip
def test_objectives_and_actions(tmp_path: Path, fields: str, expected: list[tuple[str, str, str]]) -> None:
    found = due(tmp_path, {"plan/o.md": record(fields)})
    assert rows(found) == expected
    assert all(each.path == "plan/o.md" for each in found)


def test_actions_with_the_same_words_have_keys_of_their_own(tmp_path: Path) -> None:
    actions = "actions: [{action: Read, by: 2026-12-01}, {action: Read, by: 2027-12-01}]\n"
    keys = [each.key for each in due(tmp_path, {"plan/o.md": record(f"title: O\n{actions}")})]
    assert keys == ["action:plan/o.md:Read", "action:plan/o.md:Read#2"]


def test_the_review_is_due_at_the_end_of_a_year_with_activities(tmp_path: Path) -> None:
    journal = journal_of(tmp_path, {"activities/a.md": GOOD, "cpd.yaml": "name: A\ncpd-year: 03-01\n"})
    found = deadlines(journal, vocabulary_in(journal), DAY)
    assert [(each.cause, each.day, each.path) for each in found] == [
        (Cause.REVIEW, date(2027, 2, 28), "reviews/2026.md")
    ]
    assert due(tmp_path, {"activities/a.md": GOOD}) == ()


@pytest.mark.parametrize(
    ("fields", "days"),
    [
        ("expires: 2026-12", ["2026-12-31"]),
        ("expires: 2026-10-01", ["2026-10-01"]),
        ("expires: 2028-02", ["2028-02-29"]),
        ("expires: 2026-10\naccepted: {CPD613: gone}", []),
        ("date: 2026-10", []),
    ],
)
def test_qualifications_expire(tmp_path: Path, fields: str, days: list[str]) -> None:
    found = due(tmp_path, {"qualifications/card.md": record(f"title: Card\n{fields}\n")})
    assert [each.day.isoformat() for each in found] == days


def test_the_earliest_comes_first_and_keys_stay_the_same(tmp_path: Path) -> None:
    schemes = ["{scheme: acca}", "{scheme: rics}", "{scheme: hcpc, start: 2025-09-01}", "{scheme: firm}"]
    files = member(*schemes) | {
        "schemes/firm.yaml": FIRM,
        "activities/a.md": GOOD,
        "plan/o.md": record("title: O\nby: 2026-12-31\n"),
        "qualifications/c.md": record("title: Card\nexpires: 2026-12-31\n"),
    }
    found, later = due(tmp_path, files), due(tmp_path, files, date(2026, 12, 24))
    assert [each.day for each in found] == sorted(each.day for each in found)
    assert [each.key for each in found] == [each.key for each in later]
    assert len({each.key for each in found}) == len(found)
