import os
import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from cpdkit.exchange.imports.zones import Clock, NoZone, clock_in, zone_named

SUMMER, WINTER = datetime(2026, 7, 1, 12), datetime(2026, 1, 1, 12)


@pytest.mark.parametrize(
    ("name", "hours"),
    [
        ("Europe/London", 1), ("GMT Standard Time", 1), ('"W. Europe Standard Time"', 2), ("UTC", 0), ("GMT", 0),
        ("/softwarestudio.org/Olson_1/Europe/London", 1), ("tzone://Microsoft/Utc", 0), ("Japan", 9),
        ("America/Argentina/Buenos_Aires", -3),
    ],
)  # fmt: skip
def test_zones_by_the_names_that_programs_use(name: str, hours: int) -> None:
    zone = zone_named(name)
    assert zone is not None and SUMMER.replace(tzinfo=zone).utcoffset() == timedelta(hours=hours)


@pytest.mark.parametrize(
    "name", ["", "Nowhere", "../../etc/passwd", "/etc/passwd", "localtime", "Europe", "a/" * 999, "x" * 9999, "\0"]
)
def test_no_zones(name: str) -> None:
    assert zone_named(name) is None


def test_the_owners_clock() -> None:
    london = clock_in("Europe/London")
    assert london.utc(SUMMER) == datetime(2026, 7, 1, 11, tzinfo=UTC)
    assert london.local(datetime(2026, 7, 1, 11, tzinfo=UTC)) == SUMMER
    assert london.local(datetime(2026, 7, 1, 13, tzinfo=ZoneInfo("Europe/Paris"))) == SUMMER
    with pytest.raises(NoZone):
        clock_in("Nowhere")


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="Windows can't change the zone of a process")
def test_the_systems_clock_where_no_zone_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    before = os.environ.get("TZ")
    try:
        os.environ["TZ"] = "Europe/London"
        time.tzset()
        assert Clock().local(datetime(2026, 7, 1, 11, tzinfo=UTC)) == SUMMER
        assert (Clock().utc(SUMMER).hour, Clock().utc(WINTER).hour) == (11, 12)
    finally:
        os.environ.pop("TZ")
        if before is not None:
            os.environ["TZ"] = before
        time.tzset()
