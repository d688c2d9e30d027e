"""Jobs become posts: dates that are only a month or a year, and posts that the journal already has."""

import json
from datetime import date

import pytest

from cpdkit.exchange.adopt import Adoption, AdoptOptions, Existing, adopt, imported_keys
from cpdkit.exchange.column_matching import ColumnMapping, match
from cpdkit.exchange.exports.csv import csv_bytes
from cpdkit.exchange.imports.table import ImportedTable
from cpdkit.exchange.posts import CAREER
from cpdkit.exchange.rejects import rejected_rows
from cpdkit.journal.edit import record_of
from cpdkit.journal.records import Post
from tests.exchange.imports.adopted import KINDS, table_in

HEAD = "Company Name,Title,Description,Location,Started On,Finished On\n"


def taken_in(table: ImportedTable, posts: tuple[Post, ...] = ()) -> Adoption:
    paths = frozenset(post.path for post in posts)
    existing = Existing(paths, keys=imported_keys(posts), posts=posts)
    return adopt(table, match(table, ColumnMapping()), existing, AdoptOptions())


def posts_of(adoption: Adoption) -> tuple[Post, ...]:
    records = [record_of(path, data, CAREER) for path, data in adoption.files.items() if path.startswith("career/")]
    return tuple(record for record in records if isinstance(record, Post))


def positions(*rows: str) -> ImportedTable:
    return table_in("Positions.csv", HEAD + "".join(f"{row}\n" for row in rows))


def job(**fields: str) -> ImportedTable:
    return table_in("resume.json", json.dumps({"basics": {}, "work": [fields]}))


def test_the_positions_of_linkedin() -> None:
    adoption = taken_in(table_in("Positions.csv", (KINDS / "Positions.csv").read_bytes()))
    now, first, summer = posts_of(adoption)
    assert list(adoption.files) == [
        "career/2021-northern-grid.md", "career/2018-mills-ltd.md", "career/2017-mills-ltd.md",
    ]  # fmt: skip
    assert (now.role, now.employer, now.location) == (
        "Protection engineer", "Northern Grid", "Leeds, England, United Kingdom",
    )  # fmt: skip
    assert (now.start, now.end, now.own["x-start"]) == (date(2021, 9, 1), None, "Sep 2021")
    assert now.body.strip() == "Relays and feeders.\n- Led the replacement of 12 relays"
    assert (first.start, first.end) == (date(2018, 9, 1), date(2021, 8, 31))
    assert (summer.start, summer.end, summer.own["x-end"]) == (date(2017, 1, 1), date(2017, 12, 31), "2017")
    assert (adoption.posts, adoption.drafts, adoption.doubts, len(adoption.partial)) == (3, 0, (), 5)


@pytest.mark.parametrize(
    ("start", "end", "first", "last"),
    [
        ("2021-09-06", "", date(2021, 9, 6), None),
        ("6 September 2021", "Present", date(2021, 9, 6), None),
        ("2021-09", "2022-02", date(2021, 9, 1), date(2022, 2, 28)),
        ("09/2021", "now", date(2021, 9, 1), None),
        ("2020", "2020", date(2020, 1, 1), date(2020, 12, 31)),
        ("Q1 2020", "31/12/2021", date(2020, 1, 1), date(2021, 12, 31)),
    ],
)
def test_dates_with_and_without_a_day(start: str, end: str, first: date, last: date | None) -> None:
    adoption = taken_in(job(name="Northern Grid", position="Engineer", startDate=start, endDate=end))
    (made,) = posts_of(adoption)
    assert (made.start, made.end) == (first, last)
    is_exact = len(start) > 7
    assert made.own.get("x-start", "") == ("" if is_exact else start)
    assert bool(adoption.partial) is not (is_exact and (last is None or len(end) > 7))


@pytest.mark.parametrize(
    "row",
    [
        "Northern Grid,Engineer,,,soon,",
        "Northern Grid,Engineer,,,,",
        "Northern Grid,,,,Sep 2021,",
        ",Engineer,,,Sep 2021,",
        "Northern Grid,Engineer,,,Sep 2021,Aug 2019",
        "Northern Grid,Engineer,,,31 Feb 2021,",
    ],
)
def test_a_bad_row_is_rejected_and_can_be_corrected(row: str) -> None:
    table = positions(row, "Mills Ltd,Engineer,,,Sep 2018,")
    adoption = taken_in(table)
    assert ([each.employer for each in posts_of(adoption)], bool(adoption.rejections)) == (["Mills Ltd"], True)
    rejected = csv_bytes(rejected_rows(table, match(table, ColumnMapping()), adoption)).decode()
    head = rejected.partition("\n")[0]
    corrected = table_in("rejects.csv", f"{head}\nNorthern Grid,Engineer,,,Sep 2021,,\n")
    assert [each.start for each in posts_of(taken_in(corrected))] == [date(2021, 9, 1)]


def test_the_rejected_rows_of_a_resume_can_be_corrected() -> None:
    parts = {
        "work": [{"name": "Northern Grid", "position": "Engineer"}],
        "awards": [{"title": "Young engineer", "date": "2025-13-40"}],
    }
    table = table_in("resume.json", json.dumps({"basics": {}, **parts}))
    rejected = rejected_rows(table, match(table, ColumnMapping()), taken_in(table))
    again = table_in("rejects.csv", csv_bytes(rejected))
    assert sorted(row.is_post for row in again.rows) == [False, True]
    text = csv_bytes(rejected).decode().replace("2025-13-40", "2025-12-01")
    corrected = text.replace('"","","Engineer"', '"","2021-09-01","Engineer"')
    assert sorted(taken_in(table_in("rejects.csv", corrected)).files) == [
        "activities/2025/2025-12-01-young-engineer.md", "career/2021-northern-grid.md",
    ]  # fmt: skip


def existing(start: date, role: str = "Engineer", employer: str = "Northern Grid", end: date | None = None) -> Post:
    return Post("a", "career/a.md", role, employer, start, end)


@pytest.mark.parametrize(
    ("post", "result"),
    [
        (existing(date(2021, 9, 1)), "known"),
        (existing(date(2021, 9, 20), "engineer", "NORTHERN  GRID"), "known"),
        (existing(date(2021, 9, 6), end=date(2022, 1, 1)), "known"),
        (existing(date(2021, 9, 6), "Manager"), "changed"),
        (existing(date(2021, 10, 1)), "new"),
        (existing(date(2021, 9, 1), employer="Another"), "new"),
    ],
)
def test_a_post_that_the_journal_has(post: Post, result: str) -> None:
    adoption = taken_in(positions("Northern Grid,Engineer,,,Sep 2021,"), (post,))
    assert (adoption.known, len(adoption.changed), adoption.posts) == (
        result == "known", result == "changed", result == "new",
    )  # fmt: skip


def test_an_end_that_the_journal_does_not_have_is_reported() -> None:
    row = "Northern Grid,Engineer,,,Sep 2021,Aug 2024"
    assert taken_in(positions(row), (existing(date(2021, 9, 6)),)).changed
    assert not taken_in(positions(row), (existing(date(2021, 9, 6), end=date(2024, 8, 9)),)).changed


def test_an_imported_post_does_not_come_again_whatever_became_of_it() -> None:
    table = positions("Northern Grid,Engineer,,,Sep 2021,", "Northern Grid,Engineer,,,Sep 2021,")
    made = posts_of(taken_in(table))
    edited = tuple(Post(each.id, each.path, "Other", "Other", date(1999, 1, 1), own=each.own) for each in made)
    assert (taken_in(table, edited).known, taken_in(table, edited).posts) == (2, 0)


def test_a_table_of_ones_own_and_an_activity_in_it() -> None:
    rows = ("Role,Employer,Start,Title,Salary", "Engineer,Grid,2021-09-06,,much", ",Mills Ltd,2026-03-14,Relays,")
    adoption = taken_in(table_in("jobs.csv", "\n".join(rows)))
    (made,) = posts_of(adoption)
    assert (made.start, made.own["x-salary"]) == (date(2021, 9, 6), "much")
    assert b"x-employer: Mills Ltd\n" in adoption.files["activities/2026/2026-03-14-relays.md"]


def test_join_links_and_hidden_characters_are_removed() -> None:
    text = '"Northern\u202e Grid",Engineer,"Calls: https://zoom.us/j/123456789?pwd=abc",,Sep 2021,'
    (made,) = posts_of(taken_in(positions(text)))
    assert made.employer == "Northern Grid"
    assert "zoom" not in made.body


@pytest.mark.parametrize("heading", ["Title", "Activity", "Hours", "Type", "Topic", "Reflection"])
def test_a_log_with_employers_stays_a_log(heading: str) -> None:
    table = table_in("log.csv", f"Role,Employer,Start,{heading}\nEngineer,Northern Grid,2026-03-14,1\n")
    assert [row.is_post for row in table.rows] == [False]
