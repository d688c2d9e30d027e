from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from cpdkit.exchange.imports.calendars.components import calendars_of
from cpdkit.exchange.imports.calendars.events import Context, Event, alike, read_event
from cpdkit.exchange.imports.calendars.zones import Zones, home

HOME = home("Europe/London")
LONDON = ZoneInfo("Europe/London")


def event(*lines: str, mine: str = "", cancelled: bool = False, end: bool = True) -> Event:
    close = ["END:VEVENT", "END:VCALENDAR"] if end else []
    (calendar,) = calendars_of(["BEGIN:VCALENDAR", "BEGIN:VEVENT", *lines, *close], "work.ics")
    context = Context("Work", Zones(), HOME, frozenset({mine}), cancelled)
    return read_event(calendar.inside[0], context)


@pytest.mark.parametrize(
    ("lines", "length"),
    [
        (["DTSTART:20260314T090000Z", "DTEND:20260314T103000Z"], timedelta(minutes=90)),
        (["DTSTART;TZID=Europe/London:20260328T230000", "DTEND:20260329T030000Z"], timedelta(hours=4)),
        (["DTSTART;TZID=Europe/London:20260328T230000", "DURATION:PT4H"], timedelta(hours=4)),
        (["DTSTART;TZID=Europe/London:20260328T230000", "DURATION:P1D"], timedelta(hours=23)),
        (["DTSTART;TZID=Europe/Paris:20260314T180000", "DTEND;TZID=Europe/London:20260314T180000"], timedelta(hours=1)),
        (["DTSTART:20260328T230000", "DTEND:20260329T040000"], timedelta(hours=4)),
        (["DTSTART;VALUE=DATE:20260314", "DTEND;VALUE=DATE:20260316"], timedelta(days=2)),
        (["DTSTART;VALUE=DATE:20260314", "DURATION:P2D"], timedelta(days=2)),
        (["DTSTART:20260314T200000", "DTEND;VALUE=DATE:20260315"], timedelta(hours=4)),
        (["DTSTART:20260314T090000Z"], None),
        (["DTSTART:20260314T000000", "DTEND:20260315T000000", "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE"], timedelta(days=1)),
    ],
)  # fmt: skip
def test_how_long_it_takes(lines: list[str], length: timedelta | None) -> None:
    found = event(*lines)
    assert (found.length, found.faults) == (length, [])


@pytest.mark.parametrize(
    ("lines", "header", "why"),
    [
        ([], "start", "no start"),
        (["DTSTART:soon"], "start", "is no day"),
        (["DTSTART:20260314T090000Z", "DTEND:20260314T080000Z"], "end", "ends before it starts"),
        (["DTSTART:20260314T090000Z", "DTEND:soon"], "end", "is no day"),
        (["DTSTART:20260314T090000Z", "DURATION:long"], "hours", "is no duration"),
        (["DTSTART:20260314T090000Z", "RRULE:FREQ=SECONDLY"], "start", "every second"),
        (["DTSTART:20260314T090000Z", "EXDATE:soon"], "start", "is no day"),
        (["DTSTART:20260314T090000Z", "EXRULE:FREQ=DAILY"], "start", "more rules"),
        (["DTSTART:20260314T090000Z", "no property at all"], "description", "no property at all"),
    ],
)  # fmt: skip
def test_what_can_not_be_read_is_a_fault_of_its_column(lines: list[str], header: str, why: str) -> None:
    (found, said), *_ = event("SUMMARY:Kept", *lines).faults
    assert found == header and why in said


def test_words_and_people() -> None:
    found = event(
        "SUMMARY:A\\, b\\n c", "LOCATION:Leeds", "CATEGORIES:CPD,Safety", "CATEGORIES:CPD", "SEQUENCE:3",
        "ORGANIZER;CN=Jo Evans:mailto:jo@example.org", "STATUS:CANCELLED", "DTSTART:20260314", "X-CPDKIT-MINUTES:95",
        "ATTENDEE;PARTSTAT=DECLINED:MAILTO:Me@example.org", mine="me@example.org",
    )  # fmt: skip
    assert (found.title, found.location, found.categories) == ("A, b c", "Leeds", "CPD; Safety")
    assert (found.provider, found.sequence, found.minutes) == ("Jo Evans", 3, 95)
    assert found.cancelled and found.declined
    assert event("DTSTART:20260314", cancelled=True).cancelled


@pytest.mark.parametrize("said", ["me@example.org", "Work", "'Me'"])
def test_whoever_only_put_it_into_the_calendar_is_no_provider(said: str) -> None:
    found = event("DTSTART:20260314", f"ORGANIZER;CN={said}:mailto:me@example.org", mine="me@example.org")
    assert found.provider == ""


def test_an_event_that_the_file_cuts_off_says_so() -> None:
    assert event("DTSTART:20260314", end=False).faults[0][0] == "title"


def test_recurrence() -> None:
    found = event(
        "DTSTART;TZID=Europe/London:20260314T090000", "RRULE:FREQ=DAILY", "EXDATE;VALUE=DATE:20260315",
        "RDATE;VALUE=PERIOD:20260401T080000Z/PT3H", "RECURRENCE-ID;RANGE=THISANDFUTURE:20260316",
    )  # fmt: skip
    assert found.rules == ["FREQ=DAILY"] and found.recurs and found.onwards and not found.alone
    assert found.without == [date(2026, 3, 15)]
    assert found.own_lengths == {datetime(2026, 4, 1, 9, tzinfo=LONDON): timedelta(hours=3)}
    assert found.recurrence == datetime(2026, 3, 16, 9, tzinfo=LONDON)
    assert event("DTSTART:20260314", "RECURRENCE-ID:soon").alone


def test_moments_become_of_the_kind_of_the_start() -> None:
    noon = datetime(2026, 7, 1, 12)
    aware = noon.replace(tzinfo=LONDON)
    assert alike(aware, date(2026, 1, 1), HOME) == date(2026, 7, 1)
    assert alike(date(2026, 7, 1), aware, HOME) == aware
    assert alike(aware.astimezone(ZoneInfo("UTC")), noon, HOME) == noon
    assert alike(noon, aware, HOME) == aware


def test_days_are_listed_up_to_a_bound() -> None:
    found = event("DTSTART:20260314", *["RDATE:" + ",".join(["20260315"] * 4000)] * 3)
    assert len(found.more) == 5000 and found.unclear
    assert "more than 5,000 days" in found.faults[0][1]
