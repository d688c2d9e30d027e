"""Hours as people write them, and minutes shared out over days."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdkit.dates.hours import (
    Minutes,
    format_hours,
    parse_hours,
    parse_time_spent,
    spread,
    spread_between,
    spread_in_runs,
    written_time,
)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("2", 120), ("1.5", 90), ("0.25", 15), (".5", 30), ("0", 0), (" 2 ", 120), ("007", 420), ("1.50", 90),
        ("0.33", 20), ("1.67", 100), ("0.01", 1), ("2h", 120), ("2 h", 120), ("2.5h", 150), ("2 hours", 120),
        ("1 hour", 60), ("3 hrs", 180), ("1 hr", 60), ("1h30", 90), ("1h05", 65), ("1h5", 65), ("1 h 30 min", 90),
        ("1h30m", 90), ("1H30", 90), ("2 Hours 15 Minutes", 135), ("0h45", 45), ("90 min", 90), ("90min", 90),
        ("45m", 45), ("1 minute", 1), ("90 mins", 90), ("1000", 60000), ("99999", 5999940),
    ],
)  # fmt: skip
def test_hours_are_read_as_written(text: str, minutes: Minutes) -> None:
    assert parse_hours(text) == minutes


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("1,5", "1,5 has a comma: write 1.5"),
        ("2,25 h", "2,25 h has a comma: write 2.25"),
        ("1:30", "1:30 looks like a time of day: write 1h30"),
        ("01:05", "01:05 looks like a time of day: write 1h05"),
        ("1h75", "1h75 has 75 minutes after the hours; the maximum is 59"),
        ("0.001", "0.001 hours is less than a minute"),
        ("-1", "-1 is a negative number of hours: write 1.5, 1h30 or 90 min"),
        ("100000", "100000 is more than 99,999 hours"),
        ("", "hours are missing: write 1.5, 1h30 or 90 min"),
        ("two", '"two" is not a number of hours: write 1.5, 1h30 or 90 min'),
        ("1e3", '"1e3" is not a number of hours: write 1.5, 1h30 or 90 min'),
        ("1.5h30", '"1.5h30" is not a number of hours: write 1.5, 1h30 or 90 min'),
        ("1.", '"1." is not a number of hours: write 1.5, 1h30 or 90 min'),
        ("٣", '"٣" is not a number of hours: write 1.5, 1h30 or 90 min'),
        ("2\n", None), ("nan", ""), ("inf", ""), ("1_0", ""), ("0x10", ""), ("1/2", ""),
        ("x" * 90, '"' + "x" * 39 + '…" is not a number of hours: write 1.5, 1h30 or 90 min'),
    ],
)  # fmt: skip
def test_anything_else_gets_a_sentence(text: str, sentence: str | None) -> None:
    if sentence is None:
        assert parse_hours(text) == 120
        return
    with pytest.raises(ValueError, match=r".") as refusal:
        parse_hours(text)
    expected = str(refusal.value)
    assert expected == (sentence or f'"{text}" is not a number of hours: write 1.5, 1h30 or 90 min')


@pytest.mark.parametrize(
    ("minutes", "text"),
    [(0, "0"), (60, "1"), (90, "1.5"), (2490, "41.5"), (100, "1.67"), (20, "0.33"), (6, "0.1"), (600, "10"),
     (1, "0.02"), (65, "1.08"), (60000, "1000"), (55, "0.92"), (15, "0.25")],
)  # fmt: skip
def test_hours_print_short(minutes: Minutes, text: str) -> None:
    assert format_hours(minutes) == text


@given(st.integers(0, 5_999_940))
def test_printed_hours_read_back_as_the_same_minutes(minutes: Minutes) -> None:
    assert parse_hours(format_hours(minutes)) == minutes


@given(st.integers(0, 100_000), st.integers(1, 800))
def test_spreading_loses_nothing_and_favours_no_day(minutes: Minutes, days: int) -> None:
    parts = spread(minutes, days)
    assert len(parts) == days
    assert sum(parts) == minutes
    assert max(parts) - min(parts) <= 1
    assert parts == tuple(sorted(parts, reverse=True))


@given(st.integers(0, 10_000), st.integers(1, 60), st.data())
def test_the_sum_between_two_days_is_the_sum_of_their_parts(minutes: Minutes, days: int, data: st.DataObject) -> None:
    first = data.draw(st.integers(0, days))
    stop = data.draw(st.integers(first, days))
    assert spread_between(minutes, days, first, stop) == sum(spread(minutes, days)[first:stop])


@given(st.integers(0, 10_000), st.integers(1, 60))
def test_the_runs_of_equal_days_are_the_days(minutes: Minutes, days: int) -> None:
    parts = [0] * days
    for first, stop, each in spread_in_runs(minutes, days):
        assert each > 0
        parts[first:stop] = [each] * (stop - first)
    assert tuple(parts) == spread(minutes, days)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("1:30", 90), ("0:45", 45), ("1,5", 90), ("1½", 90), ("½ h", 30), ("1 1/2 hours", 90), ("half an hour", 30),
        ("an hour and a half", 90), ("one and a half hours", 90), ("two hours", 120), ("a quarter of an hour", 15),
        ("three quarters of an hour", 45), ("90", 90), ("25", 25), ("180", 180), ("24", 1440), ("1h30m", 90),
        ("half a day", 225), ("half day", 225), ("a day", 450), ("2 days", 900), ("1.5 days", 675),
    ],
)  # fmt: skip
def test_more_forms_are_read_on_the_command_line(text: str, minutes: Minutes) -> None:
    days = 2 if text == "2 days" else 1
    assert parse_time_spent(text, days=days, working_day=450) == minutes


@pytest.mark.parametrize(
    "text", ["0", "0h", "0:00", "-2", "1:75", "181", "200", "1000", "25h", "1500 min", "day", "abc", "", "1:2", "½½"]
)
def test_a_time_that_a_day_cannot_have(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        parse_time_spent(text, working_day=450)


def test_a_day_has_no_hours_unless_the_owner_gives_them() -> None:
    with pytest.raises(ValueError, match="hours-per-day"):
        parse_time_spent("half a day")


def test_a_plain_number_is_hours_if_the_days_have_as_many() -> None:
    assert [parse_time_spent("90", days=days) for days in (1, 3, 4)] == [90, 90, 5400]


@given(st.integers(1, 1440), st.sampled_from(["{h}:{m:02}", "{h}h{m:02}", "{h} h {m} min", "{t} min", "{t}m"]))
def test_a_time_on_the_command_line_reads_back_from_the_record(minutes: Minutes, form: str) -> None:
    text = form.format(h=minutes // 60, m=minutes % 60, t=minutes)
    assert parse_hours(written_time(text, parse_time_spent(text))) == minutes
