from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from cpdkit.exchange.imports.calendars.lines import Line
from cpdkit.exchange.imports.calendars.times import UnknownZone, duration, later, moment, moments, plain_moment
from cpdkit.exchange.imports.calendars.zones import Zones, home

LONDON = ZoneInfo("Europe/London")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("20260314", date(2026, 3, 14)), ("2026-03-14", date(2026, 3, 14)),
        ("20260314T093015", datetime(2026, 3, 14, 9, 30, 15)), ("20260314T0930", datetime(2026, 3, 14, 9, 30)),
        ("20260314T093000Z", datetime(2026, 3, 14, 9, 30, tzinfo=UTC)),
        ("2026-03-14T09:30:00.123Z", datetime(2026, 3, 14, 9, 30, tzinfo=UTC)),
        ("20261231T235960Z", datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC)),
    ],
)  # fmt: skip
def test_days_and_times(text: str, found: date) -> None:
    assert plain_moment(text) == found


@pytest.mark.parametrize("text", ["", "tomorrow", "20260230", "20260314T250000", "99990101", "00010101", "٢٠٢٦٠٣١٤"])
def test_no_days(text: str) -> None:
    with pytest.raises(ValueError, match=r"day|year"):
        plain_moment(text)


def test_a_time_stands_in_its_zone() -> None:
    zones = Zones()
    assert moment(Line("DTSTART", {"TZID": "GMT Standard Time"}, "20260701T090000"), zones) == datetime(
        2026, 7, 1, 9, tzinfo=LONDON
    )
    with pytest.raises(UnknownZone, match='"Mars" is not known') as told:
        moment(Line("DTSTART", {"TZID": "Mars"}, "20260701T090000"), zones)
    assert told.value.moment == datetime(2026, 7, 1, 9)


def test_lists_with_periods() -> None:
    line = Line("RDATE", {}, "20260314,20260315T090000Z/PT1H30M,20260316T090000Z/20260316T100000Z,")
    assert [own for _, own in moments(line, Zones())] == [
        None, timedelta(minutes=90), datetime(2026, 3, 16, 10, tzinfo=UTC),
    ]  # fmt: skip
    with pytest.raises(ValueError, match="more than"):
        list(moments(Line("RDATE", {}, "20260314," * 6000), Zones()))


@pytest.mark.parametrize(
    ("text", "days", "minutes"),
    [("PT1H30M", 0, 90), ("P1W", 7, 0), ("P1DT12H", 1, 720), ("-PT15M", 0, -15), ("pt90s", 0, 1.5)],
)
def test_durations(text: str, days: int, minutes: float) -> None:
    assert duration(text) == (days, timedelta(minutes=minutes))


@pytest.mark.parametrize("text", ["", "P", "PT", "1H", "PT1X", "P1H"])
def test_no_durations(text: str) -> None:
    with pytest.raises(ValueError, match="is no duration"):
        duration(text)


def test_a_day_is_one_by_the_clock_and_an_hour_an_hour() -> None:
    night = datetime(2026, 3, 28, 20, tzinfo=LONDON)
    assert later(night, 1, timedelta(0), home("Europe/London")) == timedelta(hours=23)
    assert later(night, 0, timedelta(hours=24), home("Europe/London")) == timedelta(hours=24)
    with pytest.raises(ValueError, match="past the calendar's end"):
        later(night, 99999 * 99, timedelta(0), home("UTC"))
