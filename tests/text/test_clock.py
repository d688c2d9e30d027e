"""Today and the documents' time, from the environment or the system."""

import time
from datetime import date

import pytest

from cpdkit.errors import UsageError
from cpdkit.text.clock import document_day, now, source_date_epoch, today


def test_the_environment_sets_today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CPD_TODAY", "2026-11-23")
    assert today() == date(2026, 11, 23)


@pytest.mark.parametrize("environment", [{}, {"CPD_TODAY": ""}, {"CPD_TODAY": "  "}])
def test_else_the_system_says_what_day_it_is(environment: dict[str, str]) -> None:
    before = date.today()
    assert before <= today(environment) <= date.today()


@pytest.mark.parametrize("expected", ["tomorrow", "2026-02-30", "23/11/2026", "20261123", "2026-W12-1", "2026-1-1"])
def test_what_is_no_day_is_refused(expected: str) -> None:
    with pytest.raises(UsageError, match=f'CPD_TODAY is "{expected}", which is not a date') as refusal:
        today({"CPD_TODAY": expected})
    assert refusal.value.exit_code == 2
    assert "2026-03-14" in refusal.value.hint


@pytest.mark.parametrize(
    ("expected", "epoch"),
    [("", None), (" ", None), ("0", 0), ("1767225600", 1767225600), ("253402300799", 253402300799)],
)
def test_the_documents_time_is_a_number_of_seconds(expected: str, epoch: int | None) -> None:
    assert source_date_epoch({"SOURCE_DATE_EPOCH": expected}) == epoch


@pytest.mark.parametrize("expected", ["-1", "1.5", "now", "253402300800", "9" * 5000, "١٢"])
def test_any_other_time_is_refused(expected: str) -> None:
    with pytest.raises(UsageError, match="which is not a number of seconds since 1970"):
        source_date_epoch({"SOURCE_DATE_EPOCH": expected})


@pytest.mark.parametrize("value", ["0001-01-01", "1899-12-31", "2101-01-01", "9999-12-31"])
def test_today_is_in_the_calendar(value: str) -> None:
    with pytest.raises(UsageError, match="1900 and 2100"):
        today({"CPD_TODAY": value})


@pytest.mark.parametrize("day", [date(1900, 1, 1), date(2100, 12, 31)])
def test_the_first_and_the_last_day(day: date) -> None:
    assert today({"CPD_TODAY": str(day)}) == day


@pytest.mark.parametrize("seconds", ["4133980800", "253402300799"])
def test_the_day_of_a_document_is_in_the_calendar(seconds: str) -> None:
    with pytest.raises(UsageError, match=r"SOURCE_DATE_EPOCH is .* 1900 and 2100"):
        document_day({"SOURCE_DATE_EPOCH": seconds})


def test_the_systems_time() -> None:
    before = time.time()
    assert before <= now() <= time.time()


@pytest.mark.parametrize(
    ("environment", "day"),
    [
        ({"CPD_TODAY": "2026-03-14"}, date(2026, 3, 14)),
        ({"SOURCE_DATE_EPOCH": "1767225600"}, date(2026, 1, 1)),
        ({"SOURCE_DATE_EPOCH": "1767225600", "CPD_TODAY": "2026-03-14"}, date(2026, 3, 14)),
    ],
)
def test_the_day_of_a_document(environment: dict[str, str], day: date) -> None:
    assert document_day(environment) == day
