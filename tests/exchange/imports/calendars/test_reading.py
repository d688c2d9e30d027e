from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cpdkit.errors import CpdError, UsageError
from cpdkit.exchange.exports.ics import ics_bytes
from cpdkit.exchange.imports.calendars import Wanted, read_calendar, reading
from cpdkit.exchange.imports.table import Row, Table
from tests.journal.strategies import activity, with_sessions

SAMPLES = Path(__file__).parents[1] / "samples"
YEAR = Wanted((), (), date(2026, 1, 1), date(2026, 12, 31), "Europe/London")


def sample(name: str, **wanted: object) -> Table:
    asked = {"calendars": (), "words": (), "first": YEAR.first, "last": YEAR.last, "zone": YEAR.zone, **wanted}
    return read_calendar((SAMPLES / name).read_bytes(), name, Wanted(**asked))  # type: ignore[arg-type]


def text(*lines: str) -> bytes:
    return "\r\n".join(["BEGIN:VCALENDAR", *lines, "END:VCALENDAR", ""]).encode()


def cell(table: Table, row: Row, header: str) -> str:
    return row.cells[table.headers.index(header)]


def shown(table: Table) -> list[tuple[str, str, str, str]]:
    return [tuple(cell(table, row, name) for name in ("title", "start", "end", "hours")) for row in table.rows]  # type: ignore[misc]


def test_a_calendar_of_google() -> None:
    table = sample("google.ics")
    long = "Webinar from Vancouver – the café’s long, long title that needs folding éééééééééééé"
    lecture = "IET lecture: grid-scale storage"
    assert shown(table) == [
        (lecture, "2026-03-05", "2026-03-05", "1h30"),
        ("IET lecture: moved for Easter", "2026-04-08", "2026-04-08", "2h00"),
        (lecture, "2026-06-04", "2026-06-04", "1h30"),
        (long, "2026-06-15", "2026-06-15", "1h30"),
        (lecture, "2026-07-02", "2026-07-02", "1h30"),
        ("CIGRE session", "2026-09-14", "2026-09-16", ""),
    ]
    first = table.rows[0]
    assert first.where == f'google.ics, event "{lecture}" of 5 March 2026'
    assert (first.key, first.faults) == ("monthly@google.com 20260305T173000Z", ())
    assert cell(table, first, "location") == "Leeds, University; Room 1.05"
    assert cell(table, first, "provider") == "IET Yorkshire"
    assert cell(table, first, "description").startswith("Evening lectures, with questions.\n\n- Doors at 17:00\n- Prog")
    assert table.rows[1].key == "monthly@google.com 20260402T163000Z"
    assert table.remarks == ("1 event left out: cancelled", "1 event left out: declined by you")


def test_a_calendar_of_outlook() -> None:
    table = sample("outlook.ics")
    assert shown(table) == [
        ("Call with Boston", "2026-03-20", "2026-03-20", "1h15"),
        ("Toolbox talk", "2026-03-25", "2026-03-25", "0h30"),
        ("Toolbox talk", "2026-04-01", "2026-04-01", "0h30"),
        ("Toolbox talk", "2026-04-08", "2026-04-08", "0h30"),
        ("Study day", "2026-04-10", "2026-04-10", ""),
        ("In no zone", "2026-04-12", "2026-04-12", "1h00"),
    ]
    assert cell(table, table.rows[0], "description") == "Agenda\n\nOne & two"
    talk = table.rows[2]
    assert cell(table, talk, "description") == "Toolbox talk on isolation\n\nBring PPE"
    assert cell(table, talk, "categories") == "CPD; Safety, electrical"
    assert cell(table, talk, "provider") == "Evans, John"
    assert talk.key.endswith(" 20260401T083000Z")
    assert [header for header, _ in table.rows[-1].faults] == ["start", "end"]


def test_a_calendar_of_apple() -> None:
    table = sample("apple.ics")
    assert shown(table) == [
        ("Night test at the substation", "2026-03-28", "2026-03-29", "4h00"),
        ("Reading group, floating", "2026-03-30", "2026-03-30", "1h15"),
        ("Reminder without an end", "2026-03-31", "2026-03-31", ""),
        ("Reading day", "2026-04-01", "2026-04-01", ""),
        ("Reading day", "2026-04-20", "2026-04-20", ""),
        ("Reading day", "2026-04-29", "2026-04-29", ""),
        ("Backwards", "2026-05-01", "2026-05-01", ""),
        ("Every second", "2026-05-06", "2026-05-06", "0h30"),
        ("No day", "", "", ""),
    ]
    assert [len(row.faults) for row in table.rows] == [0, 0, 0, 0, 0, 0, 1, 2, 1]
    assert table.rows[-1].where == 'apple.ics, event "No day"'
    assert table.remarks == ("1 to-do passed over: only events are read",)


def test_the_same_day_is_another_far_away() -> None:
    table = sample("google.ics", zone="America/Vancouver")
    assert ("2026-06-14", "1h30") in {(start, hours) for _, start, _, hours in shown(table)}
    keys = {row.key for row in table.rows}
    assert keys == {row.key for row in sample("google.ics").rows}


@pytest.mark.parametrize(
    ("wanted", "titles", "remark"),
    [
        ({"words": ("READING", "dáy")}, {"Reading day"}, "6 events left out: without the words asked for"),
        ({"calendars": ("cpd",), "words": ("substation",)}, {"Night test at the substation"}, ""),
        ({"calendars": ("apple.ics",), "words": ("substation",)}, {"Night test at the substation"}, ""),
        ({"calendars": ("Home",)}, set(), "the calendars in it are CPD"),
        ({"first": date(2026, 4, 2), "last": date(2026, 4, 28)}, {"Reading day", "No day"},
         "5 events left out: not between 2 April 2026 and 28 April 2026"),
    ],
)  # fmt: skip
def test_what_is_asked_for(wanted: dict[str, object], titles: set[str], remark: str) -> None:
    table = sample("apple.ics", **wanted)
    assert {row.cells[0] for row in table.rows} == titles
    assert not remark or remark in table.remarks


def test_a_rule_that_is_not_followed_shows_its_first_day_whenever_that_was() -> None:
    data = text("BEGIN:VEVENT", "UID:1", "DTSTART:20200101", "RRULE:FREQ=HOURLY", "SUMMARY:A", "END:VEVENT")
    assert shown(read_calendar(data, "a.ics", YEAR)) == [("A", "2020-01-01", "2020-01-01", "")]


def test_what_is_declined_shows_by_the_owners_address() -> None:
    event = ["BEGIN:VEVENT", "DTSTART:20260101", "ATTENDEE;PARTSTAT=DECLINED:mailto:me@example.org", "END:VEVENT"]
    assert len(read_calendar(text(*event), "a.ics", YEAR).rows) == 1
    mine = Wanted((), (), YEAR.first, YEAR.last, YEAR.zone, ("Me@example.org",))
    assert read_calendar(text(*event), "a.ics", mine).rows == ()


def test_what_is_odd_about_the_file_is_said() -> None:
    data = text("BEGIN:VEVENT", "UID:1", "DTSTART:20260101", "SUMMARY:caf\xe9", "END:VEVENT").decode().encode("latin-1")
    twice = data.replace(b"END:VCALENDAR", b"BEGIN:VEVENT\nUID:1\nDTSTART:20260101\nSEQUENCE:2\nEND:VEVENT\n")
    table = read_calendar(twice, "a.ics", YEAR)
    assert len(table.rows) == 1 and table.rows[0].where == "a.ics, an event without a title of 1 January 2026"
    assert table.remarks == (
        "1 event left out: replaced by a newer version in the same file",
        "1 line not in UTF-8 read as Windows-1252",
        "the file ends before its calendar does: a part of it may be missing",
    )


@pytest.mark.parametrize(
    ("data", "wanted", "why"),
    [
        (b"\x89PNG\r\n", YEAR, "no calendar"),
        (text(), Wanted((), (), YEAR.last, YEAR.first), "lies before"),
        (text(), Wanted((), (), YEAR.first, YEAR.last, "Mars"), "no time zone"),
    ],
)
def test_what_is_no_calendar_or_no_question_is_refused(data: bytes, wanted: Wanted, why: str) -> None:
    with pytest.raises(UsageError, match=why):
        read_calendar(data, "a.ics", wanted)


def test_a_file_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_BYTES", 10)
    with pytest.raises(UsageError, match="more than"):
        read_calendar(text(), "a.ics", YEAR)


def test_what_cpdkit_exports_comes_back() -> None:
    one = activity(days=2, minutes=100, location="Leeds; upstairs, left", body="Words; more, all.\n")
    several = with_sessions((date(2026, 3, 14), 90), (date(2026, 3, 20), 5))
    table = read_calendar(ics_bytes([one]), "cpd.ics", YEAR)
    last = (one.start + timedelta(days=1)).isoformat()
    assert shown(table) == [(one.title, one.start.isoformat(), last, "1h40")]
    assert cell(table, table.rows[0], "location") == one.location
    assert cell(table, table.rows[0], "description").endswith("Words; more, all.")
    assert cell(table, table.rows[0], "categories").startswith(one.type.value)
    back = read_calendar(ics_bytes([several]), "cpd.ics", YEAR)
    assert [hours for *_, hours in shown(back)] == ["1h30", "0h05"]


@settings(max_examples=60)
@given(st.data())
def test_a_damaged_file_is_read_or_refused_in_a_sentence(data: st.DataObject) -> None:
    whole = bytearray((SAMPLES / data.draw(st.sampled_from(["google.ics", "outlook.ics", "apple.ics"]))).read_bytes())
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(whole) - 1))
        whole[at : at + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=8))
    try:
        table = read_calendar(bytes(whole), "a.ics", YEAR)
    except CpdError:
        return
    assert all(len(row.cells) == len(table.headers) for row in table.rows)
