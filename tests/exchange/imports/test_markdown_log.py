import pytest

from cpdkit.exchange.imports.table import NoTable
from tests.exchange.imports.adopted import activities_in, sample, table_in


def test_a_log_with_headings_items_and_tables() -> None:
    made = {each.title: each for each in sample("log.md")}
    assert {title: (each.start.isoformat(), each.minutes) for title, each in made.items()} == {
        "Relay settings course": ("2026-01-12", 90),
        "Lunchtime talk on arc flash": ("2026-02-12", 45),
        "Reading": ("2026-03-03", 0),
        "Visit to a substation": ("2026-03-04", 0),
        "Talk on fuses": ("2026-04-02", 90),
        "Site visit": ("2026-04-02", 0),
        "Safety briefing": ("2026-05-20", 0),
        "Power system protection": ("2026-06-01", 360),
        "Earthing in practice": ("2026-06-20", 0),
        "Webinar on earthing": ("2026-07-01", 60),
        "Podcast about batteries": ("2026-07-02", 0),
    }
    assert all(each.status == "draft" for each in made.values())
    course = made["Relay settings course"]
    assert (course.type, course.provider) == ("training", "IET")
    assert "\n## What I learnt\n" in course.body
    assert [each.url for each in made["Safety briefing"].evidence] == ["https://example.org/brief"]
    assert "18:00" in made["Reading"].body


def test_ignored_text_is_named_by_its_lines() -> None:
    (remark,) = table_in("log.md", "# Log\n\nabout\n\n## 2026-01-12 a\n\nb\n\n# Ideas\n\nc\n").remarks
    assert [line in remark for line in ("line 3", "line 11", "line 5")] == [True, True, False]


def test_tables_among_prose_share_their_columns() -> None:
    made = {each.title: each for each in sample("tables.md")}
    assert [(each.start.isoformat(), each.minutes) for each in made.values()] == [
        ("2026-01-14", 60), ("2026-02-20", 30), ("2026-04-03", 0),
    ]  # fmt: skip
    assert made["Branch meeting on storage"].location == "Leeds"


@pytest.mark.parametrize(
    ("heading", "day", "title", "minutes"),
    [
        ("2026-01-12 Title", "2026-01-12", "Title", 0),
        ("2026-01-12: Title", "2026-01-12", "Title", 0),
        ("2026-01-12 - Title", "2026-01-12", "Title", 0),
        ("2026-01-12-Title", "2026-01-12", "Title", 0),
        ("2026-01-12 .NET course", "2026-01-12", ".NET course", 0),
        ("2026-01-12 Money for parts", "2026-01-12", "Money for parts", 0),
        ("2026-01-12 (Monday) Title", "2026-01-12", "Title", 0),
        ("[2026-01-12] Title", "2026-01-12", "Title", 0),
        ("**2026-01-12** Title", "2026-01-12", "Title", 0),
        ("20260112 Title", "2026-01-12", "Title", 0),
        ("Monday, 12 January 2026 – Title", "2026-01-12", "Title", 0),
        ("12th Jan 2026: Title", "2026-01-12", "Title", 0),
        ("January 12, 2026 Title", "2026-01-12", "Title", 0),
        ("13/01/2026 Title", "2026-01-13", "Title", 0),
        ("13.01.2026 Title", "2026-01-13", "Title", 0),
        ("Title (2026-01-12)", "2026-01-12", "Title", 0),
        ("Title, 12 January 2026", "2026-01-12", "Title", 0),
        ("Title on 12 January 2026", "2026-01-12", "Title on 12 January 2026", 0),
        ("2026-01-12 Title (1.5 h)", "2026-01-12", "Title", 90),
        ("2026-01-12 Title [90 min]", "2026-01-12", "Title", 90),
        ("2026-01-12 Title (part 2)", "2026-01-12", "Title (part 2)", 0),
        ("2026-01-12 Title (14)", "2026-01-12", "Title (14)", 0),
        ("2026-01-12 18:00 Title", "2026-01-12", "Title", 0),
        ("2026-01-12 18:00–19:30 Title", "2026-01-12", "Title", 90),
        ("2026-01-12 23:30-00:15 Title", "2026-01-12", "Title", 45),
        ("2026-01-12 18h30–20h Title", "2026-01-12", "Title", 90),
        ("2026-01-12, 6pm-7.30pm: Title", "2026-01-12", "Title", 90),
        ("2026-01-12 (18:30 - 20:00) Title", "2026-01-12", "Title", 90),
        ("2026-01-12 18 bis 19.30 Uhr Title", "2026-01-12", "Title", 90),
        ("2026-01-12 5.12-6.10 of the exercises", "2026-01-12", "5.12-6.10 of the exercises", 0),
        ("2026-01-12 3-4 talks", "2026-01-12", "3-4 talks", 0),
        ("Title, 12 January 2026 (2h)", "2026-01-12", "Title", 120),
        ("Title: 12 January 2026 (24h)", "2026-01-12", "Title (24h)", 0),
    ],
)
def test_the_date_of_a_heading(heading: str, day: str, title: str, minutes: int) -> None:
    (made,) = activities_in("log.md", f"# Log\n\n## {heading}\n\nText.\n")
    assert (made.start.isoformat(), made.title, made.minutes) == (day, title, minutes)


@pytest.mark.parametrize(
    ("title", "minutes"),
    [
        ("24h hackathon", 0), ("Hackathon (24h)", 0), ("Course (3 days)", 0), ("Le Mans 24h", 0), ("Race (48 hrs)", 0),
        ("Mast (30m)", 0), ("Filters (1h75)", 0), ("Talk (0 h)", 0), ("HTTP/2 [5 min read]", 0), ("Course (week 2)", 0),
        ("Course (12 h)", 720), ("Course (24h CPD)", 1440), ("Course (CPD: 24 h)", 1440), ("Talk (1,5 h)", 90),
        ("Talk (1h 30m)", 90), ("Talk (1:30 h)", 90), ("Reading (2 hours of study)", 120), ("Talk (~ 2h)", 120),
    ],
)  # fmt: skip
def test_a_time_in_a_title_is_hours_only_if_it_can_be_nothing_else(title: str, minutes: int) -> None:
    (made,) = activities_in("log.md", f"## 2026-01-12 {title}\n\nText.\n")
    assert (made.minutes, made.title == title) == (minutes, not minutes)


def test_a_longer_time_in_a_title_fits_several_days() -> None:
    (made,) = activities_in("log.md", "## 2026-01-12 to 2026-01-14 Course (24h)\n\nText.\n")
    assert (made.minutes, made.title) == (1440, "Course")


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("Time: 18h30", 0), ("Time: 18h", 0), ("Time: 1h30", 90), ("Duration: 9h", 540), ("Uhrzeit: 18h30", 0),
        ("Hours: 1.5", 90), ("- **Hours:** 1,5", 90), ("* Duration: 1h30", 90), ("Duration: 1:30", 90),
        ("CPD hours: 2", 120), ("Time: 90 min", 90), ("Time: 18:00 to 19:30", 90), ("Minutes: 45", 45),
        ("Time: 18:00", 0),
        ("Duration: 90", 0), ("Attendees: 14", 0), ("Hours: about two", 0), ("Rating: 4.5", 0), ("Week: 12", 0),
    ],
)  # fmt: skip
def test_only_a_named_unit_gives_hours(text: str, minutes: int) -> None:
    (made,) = activities_in("log.md", f"## 2026-01-12 Title\n\n{text}\n\nMore.\n")
    assert made.minutes == minutes
    assert (text in made.body) is (minutes == 0)


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("# 2026\n\n## January\n\n### 12 – a\n\n### Tuesday 13th\n\nb\n", ["2026-01-12 a", "2026-01-13 b"]),
        ("# CPD 2026\n\n- 12 January: a\n- January 13 b\n", ["2026-01-12 a", "2026-01-13 b"]),
        ("## 2026-01-12\n\n- a **b**\n- c\n", ["2026-01-12 a b"]),
        ("## 2026-01-12\n\n### a\n\n### b\n", ["2026-01-12 a", "2026-01-12 b"]),
        ("## 2026-01-12\n\n### What did you learn?\n\nb\n", ["2026-01-12 What did you learn?"]),
        ("## 2026-01-12 a\n\n### 2026-02-01 b\n\nc\n", ["2026-01-12 a", "2026-02-01 b"]),
        ("## March 2026\n\n### a\n", ["2026-03-01 a"]),
        ("## March 2026\n\n- a\n", ["2026-03-01 a"]),
        ("## 12-14 May 2026: a\n", ["2026-05-12 a"]),
        ("# Notes\n\n## Week 3\n\n## 2026-01-12 a\n", ["2026-01-12 a"]),
        ("**2026-01-12** – a\n\nText.\n\n- x\n\n**2026-01-13**: b\nmore\n", ["2026-01-12 a", "2026-01-13 b"]),
        ("2026-01-12\n\na\n\n2026-01-13: b\n\n2026-01-14 was a fine day.\n", ["2026-01-12 a", "2026-01-13 b"]),
        ("[2026-01-12 18:00] a\n\n---\n\n[2026-01-13 08:00] b\n", ["2026-01-12 a", "2026-01-13 b"]),
        ("## 📅 2026-01-12 a\n\n## ✅ 13 January 2026: b\n", ["2026-01-12 a", "2026-01-13 b"]),
        ("### Day 1: January 12, 2026\n\n**Today**: a\n", ["2026-01-12 Day 1"]),
        ("## Week 3 (12–16 January 2026)\n\na\n", ["2026-01-12 Week 3"]),
        ("# Log of 12 March 2026\n\n## 2026-01-12 a\n", ["2026-01-12 a"]),
        ("2026-01-12 a\n============\n\nb\n", ["2026-01-12 a"]),
        ("```\n## 2026-01-12 no\n```\n\n## 2026-01-13 a\n", ["2026-01-13 a"]),
        ("## 2026-01-12 a\n\n| Date | x |\n|---|---|\n| 2026-01-01 | part of a |\n", ["2026-01-12 a"]),
        ("---\ndate: 2026-01-12\ntitle: a\n---\n\nA single note.\n", ["2026-01-12 a"]),
        ("| Wann | Was |\n|---|---|\n| 2026-01-12 | Some talk |\n", ["2026-01-12 Some talk"]),
    ],
)
def test_the_entries_of_a_log(text: str, made: list[str]) -> None:
    assert [f"{each.start} {each.title}" for each in activities_in("log.md", text)] == made


def test_a_rule_between_entries_belongs_to_none() -> None:
    first, second = activities_in("log.md", "## 2026-01-12 a\n\nb\n\n---\n\n## 2026-01-13 c\n\nd\n\n---\n")
    assert (first.body.strip(), second.body.strip()) == ("b", "d")


def test_a_date_that_does_not_exist_is_rejected_not_skipped() -> None:
    table = table_in("log.md", "## 2026-02-31 a\n\n## 2026-01-12 b\n")
    assert [row.cells[1] for row in table.rows] == ["2026-02-31", "2026-01-12"]


def test_an_entry_is_known_after_its_text_changed() -> None:
    first, second = (table_in("log.md", f"## 2026-01-12 a\n\n{text}\n").rows[0] for text in "bc")
    assert first.key == second.key


@pytest.mark.parametrize("text", ["", "only prose\n", "# Heading\n", b"\xff\xfe", b"\0", "a\n" * 50_000])
def test_a_file_without_dates_is_refused_by_its_name(text: str | bytes) -> None:
    with pytest.raises(NoTable, match=r"^log\.md: "):
        table_in("log.md", text)
