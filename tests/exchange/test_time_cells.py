"""Durations, times of day, and the unit of a column."""

import pytest

from cpdkit.exchange.time_cells import TimeColumn, clocks_of, column_of, is_clock, minutes_in, minutes_of, names_time


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("1.5", 90), ("1,5", 90), ("1:30", 90), ("1:30:00", 90), ("1:29:45", 90), ("90 min", 90), ("1h30", 90),
     ("1 hr 30 mins", 90), ("2 hours", 120), ("1 hour and 15 minutes", 75), ("25:00", 1500), ("PT1H30M", 90),
     ("90 Minuten", 90), ("1,5 Std.", 90), ("2 heures", 120), ("45 menit", 45), ("5400 s", 90), ("1 Std. 5 Min.", 65)],
)  # fmt: skip
def test_durations(text: str, minutes: int) -> None:
    assert minutes_of(text) == minutes


@pytest.mark.parametrize(
    "text", ["half a day", "", "-1", "2 days", "1,200 min", "30 min 2 h", "6 pm", "1h75", "12 pages"]
)
def test_what_is_no_duration(text: str) -> None:
    with pytest.raises(ValueError, match=r"hours|minutes"):
        minutes_of(text)


@pytest.mark.parametrize(
    ("text", "unit", "minutes"),
    [("90", "minutes", 90), ("90.0", "minutes", 90), ("45.5", "minutes", 46), ("45,5", "minutes", 46),
     ("1h30", "minutes", 90), ("1.5 h", "minutes", 90), ("5400", "seconds", 90), ("90 min", "seconds", 90),
     ("0.0625", "day-fraction", 90), ("0.041666667", "day-fraction", 60), ("1.5", "hours", 90)],
)  # fmt: skip
def test_plain_numbers_have_the_unit_of_their_column(text: str, unit: str, minutes: int) -> None:
    assert minutes_in(text, unit) == minutes


def test_two_numbers_in_a_column_of_minutes_are_not_guessed() -> None:
    with pytest.raises(ValueError, match="as minutes"):
        minutes_in("1:30", "minutes")


@pytest.mark.parametrize(
    ("text", "clocks"),
    [("18:00", (1080, None)), ("6pm", (1080, None)), ("6.30 p.m.", (1110, None)), ("18:00:00", (1080, None)),
     ("18:00-19:30", (1080, 1170)), ("6–7.30pm", (1080, 1170)), ("9am to 5pm", (540, 1020)), ("11-1pm", (660, 780)),
     ("12am", (0, None))],
)  # fmt: skip
def test_times_of_day(text: str, clocks: tuple[int, int | None]) -> None:
    assert is_clock(text)
    assert clocks_of(text) == clocks


@pytest.mark.parametrize("text", ["1.5", "90 min", "1h30", "14", "half past six", ""])
def test_what_is_not_written_like_a_time_of_day(text: str) -> None:
    assert not is_clock(text)


def test_cells_that_name_time() -> None:
    assert [names_time(text) for text in ("1h30", "90 min", "1.5 hours")] == [True] * 3
    assert [names_time(text) for text in ("14", "1.5", "1:30", "6 pm", "3 days", "")] == [False] * 6


@pytest.mark.parametrize(
    ("header", "target", "cells", "expected"),
    [
        ("Duration", "time", ["1.5", "2", "1h30"], TimeColumn("time")),
        ("Duration", "time", ["45", "15"], TimeColumn("time", is_unclear=True)),
        ("Duration", "time", ["5400"], TimeColumn("time", is_unclear=True)),
        ("Duration", "time", ["0.1"], TimeColumn("time", is_unclear=True)),
        ("Duration", "time", ["0.0625", "0.5"], TimeColumn("day-fraction")),
        ("Duration", "time", ["0.0625", "1.5"], TimeColumn("time", is_unclear=True)),
        ("Duration", "time", ["1:30", "0:45"], TimeColumn("time")),
        ("Duration", "time", ["18:00"], TimeColumn("time", is_unclear=True)),
        ("Duration", "time", ["12:34", "1:02:33"], TimeColumn("time", is_unclear=True)),
        ("Duration", "time", ["18:00–19:30"], TimeColumn("start-time")),
        ("Time", "time", ["18:00"], TimeColumn("start-time")),
        ("Time", "time", ["1.5", "1h30"], TimeColumn("time")),
        ("Hora", "hours", ["18:00"], TimeColumn("start-time")),
        ("Hours", "hours", ["5400"], TimeColumn("hours")),
        ("Hours", "hours", ["0.0625"], TimeColumn("hours", is_unclear=True)),
        ("Hours", "hours", ["0.083333333"], TimeColumn("hours", is_unclear=True)),
        ("Hours", "hours", ["0.3333", "0.17", "0.0833"], TimeColumn("hours")),
    ],
)
def test_the_meaning_of_a_column(header: str, target: str, cells: list[str], expected: TimeColumn) -> None:
    assert column_of(header, target, cells) == expected
