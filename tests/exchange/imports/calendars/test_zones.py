import os
import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from cpdkit.exchange.imports.calendars.components import Component, calendars_of
from cpdkit.exchange.imports.calendars.zones import Home, NoZone, Zones, described, home, named

SUMMER, WINTER = datetime(2026, 7, 1, 12), datetime(2026, 1, 1, 12)
BOSTON = """BEGIN:VTIMEZONE|TZID:Own|BEGIN:STANDARD|DTSTART:16011104T020000|RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11
|TZOFFSETFROM:-0400|TZOFFSETTO:-0500|END:STANDARD|BEGIN:DAYLIGHT|DTSTART:16010311T020000
|RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3|TZOFFSETFROM:-0500|TZOFFSETTO:-0400|END:DAYLIGHT|END:VTIMEZONE"""


def zone(text: str) -> Component:
    (calendar,) = calendars_of(["BEGIN:VCALENDAR", *text.replace("\n", "").split("|"), "END:VCALENDAR"], "x")
    return next(calendar.parts("VTIMEZONE"))


@pytest.mark.parametrize(
    ("name", "hours"),
    [
        ("Europe/London", 1), ("GMT Standard Time", 1), ('"W. Europe Standard Time"', 2), ("UTC", 0), ("GMT", 0),
        ("/softwarestudio.org/Olson_1/Europe/London", 1), ("tzone://Microsoft/Utc", 0), ("Japan", 9),
        ("America/Argentina/Buenos_Aires", -3),
    ],
)  # fmt: skip
def test_zones_by_the_names_that_programs_use(name: str, hours: int) -> None:
    found = named(name)
    assert found is not None and SUMMER.replace(tzinfo=found).utcoffset() == timedelta(hours=hours)


@pytest.mark.parametrize(
    "name", ["", "Nowhere", "../../etc/passwd", "/etc/passwd", "localtime", "Europe", "a/" * 999, "\0"]
)
def test_no_zones(name: str) -> None:
    assert named(name) is None


def test_a_described_zone_changes_when_it_says() -> None:
    found = described(zone(BOSTON))
    boston = ZoneInfo("America/New_York")
    hours = (datetime(2026, 1, 1) + timedelta(hours=number) for number in range(0, 24 * 366, 1))
    wrong = [at for at in hours if at.replace(tzinfo=found).utcoffset() != at.replace(tzinfo=boston).utcoffset()]
    # Where the clock leaves an hour out, there is no right answer.
    assert wrong in ([], [datetime(2026, 3, 8, 2)])


def test_a_file_gives_its_zone_a_name_that_is_known() -> None:
    own = zone("BEGIN:VTIMEZONE|TZID:X|X-LIC-LOCATION:Europe/Paris|END:VTIMEZONE")
    assert Zones([own]).get("X") == ZoneInfo("Europe/Paris")
    assert Zones([own]).get("Y") is None


@pytest.mark.parametrize(
    "change",
    [
        ("FREQ=YEARLY", "FREQ=SECONDLY"), ("BYDAY=1SU", "BYDAY=1XX"), ("BYMONTH=11", "BYMONTH=13"),
        ("-0500|END", "-9900|END"), ("16011104T020000", "tomorrow"), ("BYMONTH=3", "BYMONTH=3;BYHOUR=1"),
    ],
)  # fmt: skip
def test_what_is_not_understood_of_a_zone_makes_it_unknown(change: tuple[str, str]) -> None:
    assert described(zone(BOSTON.replace(*change))) is None


def test_a_zone_of_single_changes_and_one_of_none() -> None:
    text = "BEGIN:VTIMEZONE|TZID:X|BEGIN:STANDARD|DTSTART:20200101T000000|TZOFFSETFROM:+0100|TZOFFSETTO:+0200"
    fixed = described(zone(text + "|END:STANDARD|END:VTIMEZONE"))
    assert fixed and SUMMER.replace(tzinfo=fixed).utcoffset() == timedelta(hours=2)
    more = "|BEGIN:DAYLIGHT|DTSTART:20260601T000000|RDATE:20270601T000000|TZOFFSETFROM:+0200|TZOFFSETTO:+0300"
    changing = described(zone(f"{text}|END:STANDARD{more}|END:DAYLIGHT|END:VTIMEZONE"))
    assert changing and SUMMER.replace(tzinfo=changing).utcoffset() == timedelta(hours=3)
    assert datetime(2010, 1, 1, tzinfo=changing).utcoffset() == timedelta(hours=1)
    assert described(zone("BEGIN:VTIMEZONE|TZID:X|END:VTIMEZONE")) is None


def test_the_owners_clock() -> None:
    london = home("Europe/London")
    assert london.utc(SUMMER) == datetime(2026, 7, 1, 11, tzinfo=UTC)
    assert london.local(datetime(2026, 7, 1, 11, tzinfo=UTC)) == SUMMER
    with pytest.raises(NoZone, match="no time zone"):
        home("Nowhere")


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="Windows can't change the zone of a process")
def test_the_systems_clock_where_no_zone_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    before = os.environ.get("TZ")
    try:
        os.environ["TZ"] = "Europe/London"
        time.tzset()
        assert Home().local(datetime(2026, 7, 1, 11, tzinfo=UTC)) == SUMMER
        assert (Home().utc(SUMMER).hour, Home().utc(WINTER).hour) == (11, 12)
    finally:
        os.environ.pop("TZ")
        if before is not None:
            os.environ["TZ"] = before
        time.tzset()
