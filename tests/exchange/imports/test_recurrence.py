"""Repeating events: the dates from rules, exceptions and changes, and that no rule takes long."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cpdkit.exchange.imports.recurrence import Budget, TooMuch
from cpdkit.exchange.imports.table import ImportOptions
from tests.exchange.imports.calendars import YEAR, event, faults, read, times

LONDON = "DTSTART;TZID=Europe/London:"
HOUR = "DURATION:PT1H"


def days(*lines: str, options: ImportOptions = YEAR) -> list[str]:
    """Return the first date of each row as month and day."""
    return [start[5:] for start, _, _ in times(read(*lines, options=options))]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("FREQ=DAILY;COUNT=3", ["03-05", "03-06", "03-07"]),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH;WKST=SU;COUNT=4", ["03-05", "03-16", "03-19", "03-30"]),
        ("freq=monthly;count=3;byday=-1fr", ["03-05", "03-27", "04-24", "05-29"]),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=2", ["03-05", "03-31", "04-30"]),
        ("FREQ=YEARLY;BYDAY=53TH", ["03-05", "12-31"]),
        ("FREQ=MONTHLY;BYMONTHDAY=-31;UNTIL=20260601", ["03-05", "05-01"]),
        ("FREQ=YEARLY;BYYEARDAY=-1", ["03-05", "12-31"]),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", ["03-05"]),
        ("FREQ=MONTHLY;BYMONTHDAY=5;UNTIL=99991231", [f"{month:02d}-05" for month in range(3, 13)]),
        ("", ["03-05"]),
    ],
)  # fmt: skip
def test_rules_that_are_followed(rule: str, expected: list[str]) -> None:
    table = read(*event("DTSTART:20260305", f"RRULE:{rule}"))
    assert sorted({"03-05", *(start[5:] for start, _, _ in times(table))}) == expected
    assert faults(table) == []


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        ("FREQ=SECONDLY", "every second"), ("FREQ=MINUTELY;COUNT=2", "every minute"), ("FREQ=HOURLY", "every hour"),
        ("COUNT=3", "no frequency"), ("FREQ=DAILY;BYHOUR=1,2,3,4,5", "5 times a day"),
        ("FREQ=DAILY;BYHOUR=1,2;BYMINUTE=1,2,3", "6 times a day"),
        ("FREQ=DAILY;BYMONTHDAY=" + "1," * 600 + "1", "too long"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "no date matches"),
        ("FREQ=YEARLY;BYMONTH=6;BYYEARDAY=1", "no date matches"),
        ("FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=-30", "no date matches"), ("FREQ=DAILY;BYSETPOS=2", "no date matches"),
        *((rule, "cannot read its repeat rule") for rule in (
            "FREQ=NEVER", "FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;COUNT=0", "FREQ=DAILY;COUNT=-1", "FREQ=DAILY;UNTIL=PT3H",
            "FREQ=DAILY;COUNT=999999", "FREQ=DAILY;FREQ=DAILY", "FREQ=DAILY;BYEASTER=1", "FREQ=DAILY;BYDAY",
            "FREQ=WEEKLY;BYDAY=1MO", "FREQ=MONTHLY;BYDAY=6MO", "FREQ=MONTHLY;BYDAY=0MO", "FREQ=MONTHLY;BYDAY=+MO",
            "FREQ=DAILY;BYMINUTE=60", "FREQ=DAILY;BYHOUR=x", "FREQ=DAILY;BYMONTH=13", "FREQ=DAILY;BYMONTH=5L",
            "FREQ=DAILY;BYMONTHDAY=0", "FREQ=DAILY;UNTIL=never", "FREQ=DAILY;UNTIL=00010101",
        )),
    ],
)  # fmt: skip
def test_rules_that_are_not_followed_leave_the_start_with_a_fault(rule: str, why: str) -> None:
    table = read(*event("DTSTART:20260305", f"RRULE:{rule}"))
    assert times(table) == [("2026-03-05", "2026-03-05", "")]
    (header, problem), (_, way) = faults(table)
    assert header == "start" and why in problem and "not imported" in way


@pytest.mark.parametrize("start", ["20260305", "20200305"])
def test_a_rule_that_is_not_followed_shows_its_first_day_whenever_that_was(start: str) -> None:
    assert len(days(*event(f"DTSTART:{start}", "RRULE:FREQ=HOURLY"))) == 1


@pytest.mark.parametrize(
    ("start", "until", "last"),
    [
        ("DTSTART:20260705", "20260710", "07-10"),
        ("DTSTART:20260705", "20260710T225959Z", "07-10"),
        ("DTSTART:20260705T090000", "20260710", "07-10"),
        ("DTSTART:20260705T090000", "20260710T080000Z", "07-10"),
        ("DTSTART:20260705T090000", "20260710T075959Z", "07-09"),
        (f"{LONDON}20260705T230000", "20260710", "07-10"),
        (f"{LONDON}20260705T230000", "99991231T235959Z", "12-31"),
        (f"{LONDON}20260705T090000", "20260710T090000", "07-10"),
        (f"{LONDON}20260705T090000", "20260710T075959Z", "07-09"),
        ("DTSTART:20260705T080000Z", "20260710T080000Z", "07-10"),
    ],
)
def test_the_end_of_a_rule_is_read_as_the_kind_of_its_start(start: str, until: str, last: str) -> None:
    assert days(*event(start, f"RRULE:FREQ=DAILY;UNTIL={until}"))[-1] == last


def test_a_series_keeps_its_clock_over_the_change_of_it_with_exceptions_and_extra_days() -> None:
    table = read(
        *event("UID:u", f"{LONDON}20260322T090000", HOUR, "RRULE:FREQ=WEEKLY;COUNT=4",
               "EXDATE;TZID=Europe/London:20260405T090000", "RDATE;VALUE=PERIOD:20260501T170000Z/PT2H"),
        *event("UID:u", f"{LONDON}20260414T100000", "DURATION:PT30M",
               "RECURRENCE-ID;TZID=Europe/London:20260412T090000"),
    )  # fmt: skip
    assert [(start[5:], hours) for start, _, hours in times(table)] == [
        ("03-22", "1h00"), ("03-29", "1h00"), ("04-14", "0h30"), ("05-01", "2h00"),
    ]  # fmt: skip
    assert [row.key for row in table.rows] == [
        "u 20260322T090000Z", "u 20260329T080000Z", "u 20260412T080000Z", "u 20260501T170000Z",
    ]  # fmt: skip


def test_a_change_of_all_later_days() -> None:
    table = read(
        *event("UID:u", f"{LONDON}20260301T090000", HOUR, "RRULE:FREQ=WEEKLY;COUNT=4"),
        *event("UID:u", f"{LONDON}20260315T110000", "DURATION:PT2H",
               "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/London:20260315T090000"),
    )  # fmt: skip
    assert [(start[5:], hours) for start, _, hours in times(table)] == [
        ("03-01", "1h00"), ("03-08", "1h00"), ("03-15", "2h00"), ("03-22", "2h00"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("start", "without"),
    [
        ("DTSTART:20260301", "20260302"),
        ("DTSTART:20260301", "20260302T090000Z"),
        (f"{LONDON}20260301T090000", "20260302"),
        (f"{LONDON}20260301T090000", "20260302T090000Z"),
        ("DTSTART:20260301T090000", "20260302T090000Z"),
        (f"{LONDON}20260301T090000", "20260302T090000"),
        ("DTSTART:20260301", "20260302,"),
    ],
)
def test_an_exception_of_whatever_kind_takes_its_day_out(start: str, without: str) -> None:
    assert days(*event(start, "RRULE:FREQ=DAILY;COUNT=3", f"EXDATE:{without}", "EXDATE:")) == ["03-01", "03-03"]


def test_a_change_without_its_series_is_an_event_of_its_own() -> None:
    table = read(*event("UID:u", f"{LONDON}20260304T090000", "RECURRENCE-ID:20260303T090000Z"))
    assert [row.key for row in table.rows] == ["u 20260303T090000Z"]
    two = [line for number in (4, 5) for line in event("UID:u", f"DTSTART:2026030{number}", "RECURRENCE-ID:soon")]
    table = read(*two)
    assert len(table.rows) == 2 and [header for header, _ in faults(table)] == ["start", "start"]


def test_what_reaches_into_the_days_belongs_to_them() -> None:
    lines = event("DTSTART:20251230", "DURATION:P4D", "RRULE:FREQ=YEARLY")
    assert days(*lines) == ["12-30", "12-30"]
    assert days(*lines, options=ImportOptions(period="2026-01-03..2026-12-31")) == ["12-30"]
    assert days(*lines, options=ImportOptions(period="2026-01-01..2026-01-02")) == ["12-30"]


def test_rules_and_days_are_read_up_to_a_bound() -> None:
    many = [f"RRULE:FREQ=YEARLY;BYMONTH={month}" for month in range(1, 13)]
    assert "more repeat rules" in faults(read(*event("DTSTART:20260305", *many)))[0][1]
    assert "more repeat rules" in faults(read(*event("DTSTART:20260305", "EXRULE:FREQ=DAILY")))[0][1]
    table = read(*event("DTSTART:20260314", *["RDATE:" + ",".join(["20260315"] * 4000)] * 3))
    assert {start for start, _, _ in times(table)} == {"2026-03-14", "2026-03-15"}
    assert "more than 5,000 dates" in faults(table)[0][1]


@pytest.mark.slow
def test_the_work_is_bounded() -> None:
    with pytest.raises(TooMuch, match="in this period"):
        read(*event("DTSTART:19500101", "RRULE:FREQ=DAILY"), options=ImportOptions(period="1950..2026"))
    with pytest.raises(TooMuch, match="longer than"):
        Budget(seconds=-1).spend(0)


@pytest.mark.slow
@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=WEEKLY;BYWEEKNO=53;BYMONTH=6", "FREQ=YEARLY;INTERVAL=2;BYMONTH=2;BYMONTHDAY=29",
        "FREQ=DAILY;INTERVAL=7;BYDAY=MO",
        "FREQ=MONTHLY;BYDAY=1MO;BYMONTHDAY=31", "FREQ=DAILY;BYMONTHDAY=31;BYMONTH=2,4,6,9,11",
    ],
)  # fmt: skip
def test_a_rule_that_never_fits_comes_to_an_end(rule: str) -> None:
    assert days(*event("DTSTART:20260304", f"RRULE:{rule}")) == ["03-04"]


NEVER = (
    "FREQ=YEARLY;BYSETPOS=-1;BYWEEKNO=1;BYMONTH=2",
    "FREQ=DAILY;BYWEEKNO=1;BYMONTH=6",
    "FREQ=DAILY;BYMONTH=2;BYDAY=MO;BYYEARDAY=60;BYWEEKNO=30",
    "FREQ=WEEKLY;INTERVAL=7;BYMONTH=2;BYMONTHDAY=29;BYWEEKNO=20",
    "FREQ=MONTHLY;BYWEEKNO=53;BYMONTH=7",
    "FREQ=MONTHLY;BYDAY=5MO;BYMONTHDAY=1",
    "FREQ=DAILY;INTERVAL=7;BYDAY=SU",
    "FREQ=YEARLY;BYWEEKNO=20;BYYEARDAY=1;BYHOUR=9",
    "FREQ=MONTHLY;BYDAY=1MO,2MO;BYSETPOS=40",
    "FREQ=YEARLY;INTERVAL=2;BYMONTH=2;BYMONTHDAY=29;BYWEEKNO=1",
)


@pytest.mark.parametrize("start", ["20260305", "16040229", "21991231", "20260305T090000Z"])
def test_rules_that_never_match_are_found_in_bounded_time(start: str) -> None:
    started = time.process_time()
    table = read(*event(f"DTSTART:{start}", *(f"RRULE:{rule}" for rule in NEVER)))
    assert time.process_time() - started < 20
    refused = ("no date matches", "is not between 1900 and 2100")
    assert any(reason in problem for _, problem in faults(table) for reason in refused) or not table.rows


WEEKS = st.lists(st.integers(1, 53), max_size=2).map(lambda numbers: ("BYWEEKNO", numbers))
PARTS = st.lists(
    st.one_of(
        WEEKS,
        st.lists(st.integers(1, 12), max_size=2).map(lambda numbers: ("BYMONTH", numbers)),
        st.lists(st.integers(-366, 366).filter(bool), max_size=2).map(lambda numbers: ("BYYEARDAY", numbers)),
        st.lists(st.integers(-31, 31).filter(bool), max_size=2).map(lambda numbers: ("BYMONTHDAY", numbers)),
        st.sampled_from([("BYDAY", ["MO"]), ("BYDAY", ["SA", "SU"]), ("BYSETPOS", [-1]), ("INTERVAL", [13])]),
    ),
    max_size=5,
    unique_by=lambda part: part[0],
)


@pytest.mark.slow
@given(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]), PARTS)
@settings(max_examples=100, deadline=None)
def test_any_rule_is_followed_or_refused_in_bounded_time(frequency: str, parts: list[tuple[str, list[object]]]) -> None:
    rule = ";".join(
        [f"FREQ={frequency}", *(f"{name}={','.join(map(str, values))}" for name, values in parts if values)]
    )
    started = time.process_time()
    read(*event("DTSTART:20260305", f"RRULE:{rule}"))
    assert time.process_time() - started < 10
