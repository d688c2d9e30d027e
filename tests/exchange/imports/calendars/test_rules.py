from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from cpdkit.exchange.imports.calendars.rules import vetted
from cpdkit.exchange.imports.calendars.zones import home

AT = home("Europe/London")
DAY = date(2026, 3, 5)
LOCAL = datetime(2026, 3, 5, 9)
LONDON = LOCAL.replace(tzinfo=ZoneInfo("Europe/London"))


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;WKST=SU", "FREQ=MONTHLY;COUNT=3;BYDAY=-1FR",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        "FREQ=YEARLY;BYDAY=53MO", "FREQ=MONTHLY;BYMONTHDAY=-31", "FREQ=YEARLY;BYYEARDAY=-366",
        "FREQ=DAILY;BYHOUR=9,17;BYMINUTE=0,30",
    ],
)  # fmt: skip
def test_rules_that_are_followed(rule: str) -> None:
    assert vetted(rule, DAY, AT) == rule


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        ("FREQ=SECONDLY", "every second"), ("FREQ=MINUTELY;COUNT=2", "every minute"), ("FREQ=HOURLY", "every hour"),
        ("", "how often"), ("COUNT=3", "how often"), ("FREQ=DAILY;INTERVAL=0", "INTERVAL"),
        ("FREQ=DAILY;COUNT=0", "COUNT"), ("FREQ=DAILY;COUNT=-1", "COUNT"), ("FREQ=DAILY;FREQ=DAILY", "can't be read"),
        ("FREQ=DAILY;BYEASTER=1", "can't be read"), ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "no day fits"),
        ("FREQ=YEARLY;BYMONTH=6;BYYEARDAY=1", "no day fits"), ("FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=-30", "no day fits"),
        ("FREQ=DAILY;BYSETPOS=2", "no day fits"), ("FREQ=WEEKLY;BYDAY=1MO", "days of the week"),
        ("FREQ=MONTHLY;BYDAY=6MO", "days of the week"), ("FREQ=DAILY;BYHOUR=1,2,3,4,5", "5 times a day"),
        ("FREQ=DAILY;BYMINUTE=60", "0 to 59"), ("FREQ=DAILY;BYHOUR=x", "no numbers"),
        ("FREQ=DAILY;UNTIL=never", "no day or time"),
        ("FREQ=DAILY;BYMONTHDAY=" + "1," * 600 + "1", "too long"),
    ],
)  # fmt: skip
def test_rules_that_are_not(rule: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        vetted(rule, DAY, AT)


@pytest.mark.parametrize(
    ("start", "until", "found"),
    [
        (DAY, "20260701", "20260701"),
        (DAY, "20260701T225959Z", "20260701"),
        (LOCAL, "20260701", "20260701T235959"),
        (LOCAL, "20260701T080000Z", "20260701T090000"),
        (LONDON, "20260701", "20260701T225959Z"),
        (LONDON, "20260701T090000", "20260701T080000Z"),
        (LONDON.astimezone(UTC), "20260701T090000Z", "20260701T090000Z"),
    ],
)
def test_the_end_of_a_rule_is_of_the_kind_of_its_start(start: date, until: str, found: str) -> None:
    assert vetted(f"FREQ=DAILY;UNTIL={until}", start, AT) == f"FREQ=DAILY;UNTIL={found}"
