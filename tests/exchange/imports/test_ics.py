"""Calendars as programs write them: dates, minutes, words, and omitted events."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cpdkit.errors import CpdError, UsageError
from cpdkit.exchange.exports.ics import ics_bytes
from cpdkit.exchange.imports import ics, ics_components
from cpdkit.exchange.imports.ics import HEADERS, read_ics
from cpdkit.exchange.imports.table import ImportedTable, ImportOptions
from tests.exchange.imports.calendars import YEAR, calendar, cell, event, faults, read, times
from tests.journal.strategies import activity, with_sessions

SAMPLES = Path(__file__).parent / "samples"
LONDON = ZoneInfo("Europe/London")
AT_NINE = "DTSTART:20260314T090000Z"


def sample(name: str, **options: object) -> ImportedTable:
    given = ImportOptions(**{"period": "2026", "zone": "Europe/London", **options})  # type: ignore[arg-type]
    return read_ics((SAMPLES / name).read_bytes(), name, given)


def shown(table: ImportedTable) -> list[tuple[str, str, str, str]]:
    return [(cell(table, row, "title"), *days) for row, days in zip(table.rows, times(table), strict=True)]


def only(header: str, *lines: str) -> str:
    """Return a cell of an event that has these lines."""
    table = read(*event("DTSTART:20260314", *lines))
    (row,) = table.rows
    return cell(table, row, header)


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
    assert first.where == f'google.ics, event "{lecture}" on 5 March 2026'
    assert (first.key, first.faults) == ("monthly@google.com 20260305T173000Z", ())
    assert cell(table, first, "location") == "Leeds, University; Room 1.05"
    assert cell(table, first, "provider") == "IET Yorkshire"
    assert cell(table, first, "description").startswith("Evening lectures, with questions.\n\n- Doors at 17:00\n- Prog")
    assert table.rows[1].key == "monthly@google.com 20260402T163000Z"
    assert table.remarks == ("1 event omitted: cancelled", "1 event omitted: declined by you")


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
    assert table.remarks == ("1 to-do ignored: only events are imported",)


def test_the_same_day_is_another_far_away() -> None:
    table = sample("google.ics", zone="America/Vancouver")
    assert ("2026-06-14", "1h30") in {(start, hours) for start, _, hours in times(table)}
    assert {row.key for row in table.rows} == {row.key for row in sample("google.ics").rows}


@pytest.mark.parametrize(
    ("options", "titles", "remark"),
    [
        ({"words": ("READING dáy",)}, {"Reading day"}, "6 events omitted: not with all the words in --words"),
        ({"calendars": ("cpd",), "words": ("substation",)}, {"Night test at the substation"}, ""),
        ({"calendars": ("apple.ics",), "words": ("substation",)}, {"Night test at the substation"}, ""),
        ({"calendars": ("Home",)}, set(), "calendars in the file: CPD"),
        ({"period": "2026-04-02..2026-04-28"}, {"Reading day", "No day"},
         "5 events omitted: not between 2 April 2026 and 28 April 2026"),
    ],
)  # fmt: skip
def test_options_choose_events(options: dict[str, object], titles: set[str], remark: str) -> None:
    table = sample("apple.ics", **options)
    assert {row.cells[0] for row in table.rows} == titles
    assert not remark or remark in table.remarks


@pytest.mark.parametrize(
    ("lines", "last", "hours"),
    [
        ((AT_NINE, "DTEND:20260314T103000Z"), "03-14", "1h30"),
        (("DTSTART;TZID=Europe/London:20260328T230000", "DTEND:20260329T030000Z"), "03-29", "4h00"),
        (("DTSTART;TZID=Europe/London:20260328T230000", "DURATION:PT4H"), "03-29", "4h00"),
        (("DTSTART;TZID=Europe/London:20260328T230000", "DURATION:P1D"), "03-29", "23h00"),
        (("DTSTART;TZID=Europe/London:20260328T230000", "DURATION:PT24H"), "03-29", "24h00"),
        (("DTSTART;TZID=Europe/London:20260314T090000", "duration:p1dt12h"), "03-15", "36h00"),
        (("DTSTART;TZID=Europe/Paris:20260314T180000", "DTEND;TZID=Europe/London:20260314T180000"), "03-14", "1h00"),
        (("DTSTART:20260328T230000", "DTEND:20260329T040000"), "03-29", "4h00"),
        (("DTSTART:20260314T200000", "DTEND;VALUE=DATE:20260315"), "03-14", "4h00"),
        (("DTSTART:20260314T220000", "DTEND:20260315T020000"), "03-15", "4h00"),
        ((AT_NINE, "DURATION:PT90S"), "03-14", "0h02"),
        ((AT_NINE, "DURATION:PT0S"), "03-14", ""),
        ((AT_NINE,), "03-14", ""),
        (("DTSTART:20260630T233000Z", "DURATION:PT1H"), "07-01", "1h00"),
        (("DTSTART;VALUE=DATE:20260314", "DTEND;VALUE=DATE:20260316"), "03-15", ""),
        (("DTSTART;VALUE=DATE:20260314", "DURATION:P2D"), "03-15", ""),
        (("DTSTART;VALUE=DATE:20260314", "DTEND;VALUE=DATE:20260314"), "03-14", ""),
        (("DTSTART:20260314T000000", "DTEND:20260315T000000", "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE"), "03-14", ""),
        (("DTSTART:2026-03-14T09:30:00.123Z", "DTEND:20260314T1030Z"), "03-14", "1h00"),
        (("DTSTART:2026-03-14", "DTEND:2026-03-16"), "03-15", ""),
        (("DTSTART:20261231T230000Z", "DTEND:20261231T235960Z"), "12-31", "1h00"),
    ],
)  # fmt: skip
def test_the_last_day_and_the_hours_that_passed(lines: tuple[str, ...], last: str, hours: str) -> None:
    table = read(*event(*lines))
    assert [(end[5:], spent) for _, end, spent in times(table)] == [(last, hours)]
    assert faults(table) == []


@pytest.mark.parametrize(
    ("lines", "header", "why"),
    [
        ((), "start", "no start"),
        *(((f"DTSTART:{text}",), "start", "as a date or time") for text in
          ("soon", "20260230", "20260314T250000", "093000", "PT3H", "20260101T000000Z/PT1H")),
        (("DTSTART:99990101",), "start", "the year 9999"),
        (("DTSTART:00010101",), "start", "the year 1 "),
        ((AT_NINE, "DTEND:20260314T080000Z"), "end", "ends before it starts"),
        ((AT_NINE, "DTEND:soon"), "end", "as a date or time"),
        *(((AT_NINE, f"DURATION:{text}"), "hours", "as a duration") for text in ("long", "1H", "PT1X", "P1H")),
        ((AT_NINE, "DURATION:P9999999D"), "hours", "as a duration"),
        (("DTSTART:20260314", "DURATION:-P9999999D"), "hours", "as a duration"),
        ((AT_NINE, "RDATE;VALUE=PERIOD:20260401T080000Z/P9999999D"), "start", "as a date or time"),
        ((AT_NINE, "EXDATE:soon"), "start", "as a date or time"),
        ((AT_NINE, "RDATE:soon"), "start", "as a date or time"),
        (("DTSTART;TZID=Mars:20260314T090000",), "start", 'unknown time zone "Mars"'),
        ((AT_NINE, "no property at all"), "description", "no property at all"),
        ((AT_NINE, "LOCATION;LANGUAGE:Leeds"), "description", "LOCATION;LANGUAGE:Leeds"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_a_fault_of_its_column(lines: tuple[str, ...], header: str, why: str) -> None:
    table = read(*event("SUMMARY:Kept", *lines))
    assert [cell(table, row, "title") for row in table.rows][:1] == ["Kept"]
    assert (faults(table)[0][0], why in faults(table)[0][1]) == (header, True)


@pytest.mark.parametrize(
    ("line", "header", "text"),
    [
        (r"SUMMARY:a\, b\; c\\n\n d", "title", r"a, b; c\n d"),
        ("summary;LANGUAGE=en-gb:a:b", "title", "a:b"),
        (r"SUMMARY:Zu \"gucken\"", "title", 'Zu "gucken"'),
        ("SUMMARY;ENCODING=QUOTED-PRINTABLE;CHARSET=ISO-8859-1:caf=E9=0D=0Ax", "title", "café x"),
        ("SUMMARY;CHARSET=none;ENCODING=QUOTED-PRINTABLE:=C3=A9", "title", "é"),
        ("SUMMARY;X=1;:v", "title", "v"),
        ("DESCRIPTION:R&amp\\;D, 1 < 2\\n", "description", "R&amp;D, 1 < 2"),
        ("DESCRIPTION:<p>One</p><p>Two</p>", "description", "One\n\nTwo"),
        ("CATEGORIES:CPD,Safety\\, electrical, ,CPD", "categories", "CPD; Safety, electrical"),
        ("ORGANIZER;CN=Jo Evans:mailto:jo@example.org", "provider", "Jo Evans"),
        ('ORGANIZER;CN="Evans, Jo":mailto:jo@example.org', "provider", "Evans, Jo"),
        ("ORGANIZER;CN=jo@example.org:mailto:jo@example.org", "provider", ""),
        ("ORGANIZER;CN='A':mailto:jo@example.org", "provider", ""),
        ("X-CPDKIT-MINUTES:95", "hours", "1h35"),
        ("X-CPDKIT-MINUTES:9999999", "hours", ""),
    ],
)  # fmt: skip
def test_words(line: str, header: str, text: str) -> None:
    assert only(header, line) == text


def test_an_owner_is_known_by_the_calendars_name() -> None:
    name = "X-WR-CALNAME:me@example.org"
    kept = event(AT_NINE, "ORGANIZER;CN=Me:mailto:Me@example.org", "ATTENDEE;PARTSTAT=DECLINED:mailto:you@example.org")
    table = read(name, *kept, *event(AT_NINE, "ATTENDEE;PARTSTAT=DECLINED:MAILTO:Me@example.org"))
    assert [cell(table, row, "provider") for row in table.rows] == [""]
    assert table.remarks == ("1 event omitted: declined by you",)


def test_a_calendar_of_cancellations() -> None:
    table = read("METHOD:CANCEL", *event(AT_NINE))
    assert (table.rows, table.remarks) == ((), ("1 event omitted: cancelled",))


def test_an_event_in_several_calendars_of_a_file_counts_once() -> None:
    one = event("UID:u", AT_NINE, "DURATION:PT1H")
    assert len(read_ics(calendar(*one) + calendar(*one), "a.ics", YEAR).rows) == 1
    newer = event("UID:u", "DTSTART:20260315T090000", "DURATION:PT2H", "SEQUENCE:2")
    for data in (calendar(*one) + calendar(*newer), calendar(*newer) + calendar(*one)):
        assert times(read_ics(data, "a.ics", YEAR)) == [("2026-03-15", "2026-03-15", "2h00")]
    gone = event("UID:u", AT_NINE, "SEQUENCE:3", "STATUS:CANCELLED")
    assert read_ics(calendar(*newer) + calendar(*gone), "a.ics", YEAR).rows == ()
    nameless = event(AT_NINE, "DURATION:PT1H")
    assert len(read_ics(calendar(*nameless) + calendar(*nameless), "a.ics", YEAR).rows) == 2


def test_a_series_and_its_exception_in_another_calendar_of_the_file() -> None:
    series = event("UID:u", "DTSTART:20260105T090000", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=3")
    moved = event("UID:u", "RECURRENCE-ID:20260106T090000", "DTSTART:20260110T090000", "DURATION:PT2H")
    for data in (calendar(*series) + calendar(*moved), calendar(*moved) + calendar(*series)):
        assert [(day, hours) for day, _, hours in times(read_ics(data, "a.ics", YEAR))] == [
            ("2026-01-05", "1h00"), ("2026-01-07", "1h00"), ("2026-01-10", "2h00"),
        ]  # fmt: skip


def test_the_newest_version_stays() -> None:
    old, new = (event("UID:u", "DTSTART:20260101", f"SEQUENCE:{each}", f"SUMMARY:{each}") for each in (1, 2))
    table = read(*new, *old)
    assert [row.cells[0] for row in table.rows] == ["2"]
    assert table.remarks == ("1 event omitted: the same event, or a newer version of it, is in the same file",)


@pytest.mark.parametrize("eol", [b"\n", b"\r\n", b"\r"])
def test_folds_are_undone_even_inside_a_character(eol: bytes) -> None:
    data = calendar(*event("DTSTART:20260314", "SUMMARY:café")).replace(b"\r\n", eol)
    start = data.index(b"SUMMARY")
    for cut in range(start + 1, start + len("SUMMARY:café".encode())):
        table = read_ics(data[:cut] + eol + b" " + data[cut:], "a.ics", YEAR)
        assert ([row.cells[0] for row in table.rows], table.remarks) == (["café"], ())


@pytest.mark.parametrize(
    ("data", "title", "remarks"),
    [
        (b"\xef\xbb\xbf" + calendar(*event("DTSTART:20260314", "SUMMARY:é")), "é", 0),
        (calendar(*event("DTSTART:20260314", "SUMMARY:é")).decode().encode("utf-16"), "é", 0),
        (calendar(*event("DTSTART:20260314", "SUMMARY:é")).decode().encode("latin-1"), "é", 1),
        (calendar(*event("DTSTART:20260314", "", "SUMMARY;ENCODING=QUOTED-PRINTABLE:one=", "two=", "three")),
         "onetwothree", 0),
        (calendar(*event("DTSTART:20260314", "SUMMARY:x=")), "x=", 0),
    ],
)  # fmt: skip
def test_lines_of_any_exporter(data: bytes, title: str, remarks: int) -> None:
    table = read_ics(data, "a.ics", YEAR)
    assert ([row.cells[0] for row in table.rows], len(table.remarks)) == ([title], remarks)


def test_what_is_in_an_event_is_not_its_own() -> None:
    table = read(
        *event("DTSTART:20260314", "SUMMARY:A", "BEGIN:VALARM", "SUMMARY:B", "END:VALARM", "UID:1", "ATTACH:aa")
    )
    assert [(row.cells[0], row.key, row.faults) for row in table.rows] == [("A", "1", ())]


def test_what_is_not_closed_ends_where_the_next_starts_or_the_file_does() -> None:
    lines = (
        "UID:1",
        "BEGIN:VALARM",
        *event("UID:2", "DTSTART:20260314"),
        "END:X",
        "BEGIN:VEVENT",
        "UID:3",
        "DTSTART:20260315",
    )
    table = read_ics("\n".join(["BEGIN:VCALENDAR", "BEGIN:VEVENT", *lines]).encode(), "a.ics", YEAR)
    assert [(row.key, [header for header, _ in row.faults]) for row in table.rows] == [
        ("2", []), ("3", ["title"]), ("1", ["start", "title"]),
    ]  # fmt: skip
    assert table.remarks == ("the file ends in the middle of a calendar: some events may be missing",)


def test_several_calendars_in_a_file() -> None:
    home = calendar("NAME:Home", *event("DTSTART:20260314", "SUMMARY:A"), "BEGIN:VJOURNAL", "END:VJOURNAL")
    data = home + calendar("X-WR-CALNAME:Work", *event("DTSTART:20260315", "SUMMARY:B"))
    assert [row.cells[HEADERS.index("calendar")] for row in read_ics(data, "a.ics", YEAR).rows] == ["Home", "Work"]
    table = read_ics(data, "a.ics", ImportOptions(period="2026", calendars=("work",)))
    assert [row.cells[0] for row in table.rows] == ["B"]
    assert table.remarks == (
        "1 event omitted: not in the calendars chosen with --calendar",
        "calendars in the file: Home, Work",
        "1 journal entry ignored: only events are imported",
    )


def test_an_event_of_no_title() -> None:
    assert read(*event("DTSTART:20260101")).rows[0].where == "a.ics, an event without a title on 1 January 2026"


BOSTON = """BEGIN:VTIMEZONE|TZID:Own|BEGIN:STANDARD|DTSTART:16011104T020000|RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11
|TZOFFSETFROM:-0400|TZOFFSETTO:-0500|END:STANDARD|BEGIN:DAYLIGHT|DTSTART:16010311T020000
|RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3|TZOFFSETFROM:-0500|TZOFFSETTO:-0400|END:DAYLIGHT|END:VTIMEZONE"""
SINGLE = "BEGIN:VTIMEZONE|TZID:Own|BEGIN:STANDARD|DTSTART:20200101T000000|TZOFFSETFROM:+0100|TZOFFSETTO:+0200"
MORE = "BEGIN:DAYLIGHT|DTSTART:20260601T000000|RDATE:20270601T000000|TZOFFSETFROM:+0200|TZOFFSETTO:+0300|END:DAYLIGHT"


def instants(zone: str, *texts: str) -> tuple[list[str], list[tuple[str, str]]]:
    """Return the starts, in UTC, of events in the time zone `Own`, and the faults."""
    described = zone.replace("\n", "").split("|")
    events = [line for text in texts for line in event(f"DTSTART;TZID=Own:{text}", "UID:u", "RDATE:19990101")]
    # The key of one event of a series has its start in UTC.
    table = read(*described, *(line.replace("UID:u", f"UID:u{number}") for number, line in enumerate(events)))
    return [row.key.partition(" ")[2] for row in table.rows], faults(table)


@pytest.mark.slow
def test_a_described_time_zone_changes_on_its_dates() -> None:
    local = [datetime(2026, 1, 1) + timedelta(hours=hours) for hours in range(0, 24 * 364, 5)]
    found, problems = instants(BOSTON, *(f"{moment:%Y%m%dT%H%M%S}" for moment in local))
    boston = ZoneInfo("America/New_York")
    assert found == [f"{moment.replace(tzinfo=boston).astimezone(UTC):%Y%m%dT%H%M%SZ}" for moment in local]
    assert not problems


@pytest.mark.parametrize(
    ("zone", "local", "utc"),
    [
        ("BEGIN:VTIMEZONE|TZID:Own|X-LIC-LOCATION:Europe/Paris|END:VTIMEZONE", "20260701T120000", "20260701T100000Z"),
        (f"{SINGLE}|END:STANDARD|END:VTIMEZONE", "20260701T120000", "20260701T100000Z"),
        (f"{SINGLE}|END:STANDARD|{MORE}|END:VTIMEZONE", "20260701T120000", "20260701T090000Z"),
        (f"{SINGLE}|END:STANDARD|{MORE}|END:VTIMEZONE", "20260301T120000", "20260301T100000Z"),
        (BOSTON.replace("TZID:Own", "TZID:Own|X-LIC-LOCATION:Mars"), "20260701T120000", "20260701T160000Z"),
    ],
)
def test_other_described_zones(zone: str, local: str, utc: str) -> None:
    assert instants(zone, local) == ([utc], [])


@pytest.mark.parametrize(
    "zone",
    [
        "BEGIN:VTIMEZONE|TZID:Own|END:VTIMEZONE",
        *(BOSTON.replace(*change) for change in (
            ("FREQ=YEARLY", "FREQ=SECONDLY"), ("FREQ=YEARLY", "FREQ=DAILY"), ("BYDAY=1SU", "BYDAY=1XX"),
            ("BYMONTH=11", "BYMONTH=13"), ("-0500|END", "-9900|END"), ("16011104T020000", "tomorrow"),
            ("TZOFFSETTO:-0500|", ""),
        )),
    ],
)  # fmt: skip
def test_what_is_not_understood_of_a_zone_makes_it_unknown(zone: str) -> None:
    _, problems = instants(zone, "20260701T120000")
    assert [header for header, _ in problems] == ["start"] and 'unknown time zone "Own"' in problems[0][1]


@pytest.mark.parametrize(
    ("data", "options", "why"),
    [
        (b"", YEAR, "as a calendar"),
        (b"\x89PNG\r\n", YEAR, "as a calendar"),
        (b"BEGIN:VCARD\nEND:VCARD", YEAR, "as a calendar"),
        (b"BEGIN:VCALENDAR\n" + b"BEGIN:A\n" * 20, YEAR, "nested"),
        (calendar(), ImportOptions(period="all"), "needs a start and an end"),
        (calendar(), ImportOptions(zone="Mars"), "unknown time zone"),
    ],
)
def test_what_is_no_calendar_or_no_question_is_refused(data: bytes, options: ImportOptions, why: str) -> None:
    with pytest.raises(UsageError, match=why):
        read_ics(data, "a.ics", options)


def test_what_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ics_components, "MOST_COMPONENTS", 10)
    with pytest.raises(UsageError, match="more than 10 entries"):
        read(*event() * 10)
    monkeypatch.setattr(ics, "MOST_BYTES", 10)
    with pytest.raises(UsageError, match="MiB"):
        read()


def test_without_a_period_the_last_twelve_months_are_read() -> None:
    days = [date.today() - timedelta(days) for days in (400, 300, 1)]
    lines = [line for day in days for line in event(f"DTSTART:{day:%Y%m%d}")]
    assert len(read(*lines, options=ImportOptions()).rows) == 2


def test_what_cpdkit_exports_comes_back() -> None:
    one = activity(days=2, minutes=100, location="Leeds; upstairs, left", body="Words; more, all.\n")
    several = with_sessions((date(2026, 3, 14), 90), (date(2026, 3, 20), 5))
    table = read_ics(ics_bytes([one]), "cpd.ics", YEAR)
    last = (one.start + timedelta(days=1)).isoformat()
    assert shown(table) == [(one.title, one.start.isoformat(), last, "1h40")]
    assert cell(table, table.rows[0], "location") == one.location
    assert cell(table, table.rows[0], "description").endswith("Words; more, all.")
    assert cell(table, table.rows[0], "categories").startswith(one.type.value)
    assert [hours for _, _, hours in times(read_ics(ics_bytes([several]), "cpd.ics", YEAR))] == ["1h30", "0h05"]


@given(
    start=st.datetimes(datetime(2025, 12, 1), datetime(2027, 1, 31)),
    zone=st.sampled_from(["Europe/London", "America/New_York", "Pacific/Auckland", "UTC"]),
    minutes=st.integers(1, 3000),
)
def test_whatever_the_zone_the_minutes_are_those_between_the_instants(start: datetime, zone: str, minutes: int) -> None:
    first = start.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    there = first.astimezone(ZoneInfo(zone))
    if there.fold:
        return  # RFC 5545 cannot name the second of two hours with the same local time
    lines = event(f"DTSTART;TZID={zone}:{there:%Y%m%dT%H%M%S}", f"DURATION:PT{minutes}M")
    table = read(*lines, options=ImportOptions(period="2025..2027", zone="Europe/London"))
    ((day, last, hours),) = times(table)
    assert hours == f"{minutes // 60}h{minutes % 60:02d}"
    assert date.fromisoformat(day) == first.astimezone(LONDON).date()
    assert day <= last <= (date.fromisoformat(day) + timedelta(days=3)).isoformat()


@settings(max_examples=60)
@given(st.data())
def test_a_damaged_file_is_read_or_refused_in_a_sentence(data: st.DataObject) -> None:
    whole = bytearray((SAMPLES / data.draw(st.sampled_from(["google.ics", "outlook.ics", "apple.ics"]))).read_bytes())
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(whole) - 1))
        whole[at : at + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=8))
    try:
        table = read_ics(bytes(whole), "a.ics", YEAR)
    except CpdError:
        return
    assert all(len(row.cells) == len(table.headers) for row in table.rows)


@pytest.mark.parametrize(
    ("charset", "title"),
    [
        ("utf-8", "Llŷn"),
        ("UTF-8", "Llŷn"),
        *((name, "Llŷn") for name in ("undefined", "idna", "punycode", "rot13", "hex", "zlib", "utf-7")),
        *(
            (name, "Llŷn")
            for name in ("unicode_escape", "mbcs", "base64", "no such", '"', "x" * 5_000, "\0", "utf_8\\0")
        ),
    ],
)
def test_any_charset_of_a_text(charset: str, title: str) -> None:
    summary = f"SUMMARY;ENCODING=QUOTED-PRINTABLE;CHARSET={charset}:Ll=C5=B7n"
    table = read(*event(summary, "DTSTART:20260305"))
    assert [cell(table, row, "title") for row in table.rows] in ([title], [""])


def test_links_of_an_event_are_kept_and_other_attachments_counted() -> None:
    table = read(*event(
        "DTSTART:20260314", "RRULE:FREQ=DAILY;COUNT=2", "URL;VALUE=URI:https://example.org/talk",
        "ATTACH:https://example.org/a;b\\,c.pdf", 'ATTACH;FMTTYPE=text/plain;FILENAME="My (new) notes":http://x.org/n',
        "ATTACH;FILENAME=photo.png;ENCODING=BASE64;VALUE=BINARY:iVBORw0KGgo=", "ATTACH:CID:part3@example.org",
    ))  # fmt: skip
    for row in table.rows:
        assert cell(table, row, "url") == "https://example.org/talk"
        assert cell(table, row, "attachments").split("\n") == [
            "https://example.org/a%3Bb,c.pdf", "http://x.org/n (My new notes)",
        ]  # fmt: skip
    assert faults(table) == []
    assert [remark for remark in table.remarks if remark.startswith("2 attachments omitted") and "photo.png" in remark]


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Hall 3\\nDoors at 18:00\\n\\nBring a pen", "Hall 3  \nDoors at 18:00\n\nBring a pen"),
        ("Agenda\\n- one\\n- two", "Agenda\n- one\n- two"),
        ("<p>Hall 3<br>Doors at 18:00</p>", "Hall 3  \nDoors at 18:00"),
        ("One line", "One line"),
    ],
)
def test_line_breaks_of_a_description_are_kept_as_markdown(written: str, kept: str) -> None:
    assert only("description", f"DESCRIPTION:{written}") == kept
