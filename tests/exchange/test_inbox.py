"""Lines of an inbox: what becomes the date, the hours, the type, the title and the text, and what stays open."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdkit.exchange.inbox import InboxEntry, Reading, entries_in, entry_of_note

TODAY = date(2026, 11, 30)  # a Monday
READING = Reading(TODAY)


def one(text: str, reading: Reading = READING) -> InboxEntry:
    (entry,) = entries_in(text, reading)
    return entry


# The line | title | start | hours | type | unsure fields.
LINES = """
2h IET lecture on fault levels, learned: x | IET lecture on fault levels | 2026-11-30 | 2 | event | type start
14/3/2026 IET lecture 2h | IET lecture | 2026-03-14 | 2 | event | type
2026-03-14: Visit to Ty Newydd (3h) #visit | Visit to Ty Newydd | 2026-03-14 | 3 | event |
- [ ] reading IEC 60255, 45 mins, 14 March | reading IEC 60255 | 2026-03-14 | 0.75 | self-study | type
* Sat 14th of March 2026 - course on relays, 7.5 hours #training | course on relays | 2026-03-14 | 7.5 | training |
1) 1h30 mentoring Sian on 12 March 2026 | mentoring Sian | 2026-03-12 | 1.5 | volunteering | type
Course on HVDC, 1 h 30 min, 14.3.26 | Course on HVDC | 2026-03-14 | 1.5 | training | type
18:00-19:30 evening talk, 2026-03-12 | evening talk | 2026-03-12 | 1.5 | event | type
half an hour podcast, 2026-03-12 | podcast | 2026-03-12 | 0.5 | self-study | type
an hour and a half of reading on 12 March | reading | 2026-03-12 | 1.5 | self-study | type
Relay webinar yesterday 90 min | Relay webinar | 2026-11-29 | 1.5 | event | type start
two weeks ago - lunch talk, 1 hour | lunch talk | 2026-11-16 | 1 | event | type start
3 days ago: lunch talk, 1 hour | lunch talk | 2026-11-27 | 1 | event | type start
Site walk, Tuesday | Site walk | 2026-11-24 | 0 | event | type start hours
Monday morning meeting | Monday morning meeting | 2026-11-30 | 0 | event | type start hours
24h hackathon | 24h hackathon | 2026-11-30 | 0 | event | type start hours
24/7 support on call | 24/7 support on call | 2026-11-30 | 0 | event | type start hours
IEC 61850 part 7 | IEC 61850 part 7 | 2026-11-30 | 0 | event | type start hours
Talk to 14 engineers, 1h | Talk to 14 engineers | 2026-11-30 | 1 | event | type start
Panel: women in engineering, 2h | Panel: women in engineering | 2026-11-30 | 2 | event | type start
3/4/2026 arc flash webinar 1h | arc flash webinar | 2026-11-30 | 1 | event | type start
half a day in the lab | half a day in the lab | 2026-11-30 | 0 | event | type start hours
Safety briefing 20 minutes, type: training, date: 14/3/26 | Safety briefing | 2026-03-14 | 20 | training |
"""


@pytest.mark.parametrize("line", LINES.strip("\n").splitlines())
def test_a_line_is_an_activity(line: str) -> None:
    text, title, start, hours, kind, unsure = (part.strip() for part in line.split("|"))
    entry = one(text)
    expected = {"20": "0h20"}.get(hours, hours)
    got = [entry.values[name] for name in ("title", "start", "hours", "type")]
    assert got == [title, start, expected, kind]
    assert list(entry.unsure) == unsure.split()
    assert entry.text == text


def test_parts_with_names_and_tags() -> None:
    entry = one(
        "Course on relays, 2026-03-14, by: Omicron, where: Leeds, objective: lead-people, competences: A1:P B2, "
        "2h #safety #ethics\nnote: two days of labs\nlearned: grading\nmargins"
    )
    assert {name: entry.values[name] for name in ("provider", "location", "objectives", "competences", "hours")} == {
        "provider": "Omicron", "location": "Leeds", "objectives": "lead-people", "competences": "A1:P B2", "hours": "2",
    }  # fmt: skip
    assert (entry.note, entry.learned) == ("two days of labs", "grading\nmargins")


def test_lines_and_blocks_of_a_file() -> None:
    text = "\n".join(
        ["# Inbox", "", "2h One", "more of one", "2026-03-14 Two", "", "Three", "2h", "14/3/2026, ", "", "- Four, 1h",
         "  learned: much", "", "  and more", "- Five", "", "## 12 March 2026", "", "Six, 1h", "", "## Ideas", "Seven"]
    )  # fmt: skip
    entries = entries_in(text, READING)
    assert [(each.values["title"], each.line, each.last_line) for each in entries] == [
        ("One", 3, 4), ("Two", 5, 5), ("Three", 7, 9), ("Four", 11, 14), ("Five", 15, 15), ("Six", 19, 19),
        ("Seven", 22, 22),
    ]  # fmt: skip
    assert [each.values["start"] for each in entries] == [
        "2026-11-30", "2026-03-14", "2026-03-14", "2026-11-30", "2026-11-30", "2026-03-12", "2026-11-30",
    ]  # fmt: skip
    assert (entries[0].note, entries[2].values["hours"], entries[3].learned) == ("more of one", "2", "much\n\nand more")


def test_a_note_is_one_entry() -> None:
    entry = entry_of_note("\n# Relays\n\n2h, 14/3/2026\n\nLed by *Sian*.\n\n- one\n- two\n", "relays", READING)
    assert entry is not None
    assert (entry.values["title"], entry.values["start"], entry.values["hours"]) == ("Relays", "2026-03-14", "2")
    assert entry.note == "Led by *Sian*.\n\n- one\n- two"
    named = entry_of_note("![](a.jpg)\n", "Relay board", READING)
    assert named is not None
    assert (named.values["title"], named.photos) == ("Relay board", ("a.jpg",))
    assert entry_of_note(" \n\n", "empty", READING) is None


def test_the_owner_decides_what_dates_and_days_mean() -> None:
    entry = one("3/4/2026 course, half a day", Reading(TODAY, day_first=True, working_day=450))
    assert (entry.values["start"], entry.values["hours"], entry.unsure) == ("2026-04-03", "3.75", ("type",))
    assert one("3/4/2026 course").values["x-start"] == "3/4/2026"


def test_access_to_an_online_meeting_is_removed() -> None:
    entry = one("Webinar 1h\nJoin: https://zoom.us/j/123456789?pwd=abc\nPasscode: 991234\nGood slides.")
    assert "zoom" not in repr((entry.values, entry.note, entry.urls))
    assert "991234" not in entry.note
    assert "Good slides." in entry.note


@given(st.lists(st.sampled_from(["2h talk", "", "- a, 1h", "  more", "# h", "## 2026-03-14", "plain", "x, 14/3/2026"])))
def test_no_line_is_lost_and_none_is_taken_twice(lines: list[str]) -> None:
    entries = entries_in("\n".join(lines), READING)
    numbers = [number for each in entries for number in range(each.line, each.last_line + 1)]
    assert len(numbers) == len(set(numbers))
    words = {number for number, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")}
    assert words <= set(numbers)
    for each in entries:
        assert each.text == "\n".join(lines[each.line - 1 : each.last_line])
