from datetime import date
from typing import Any

from icalendar import Calendar

from cpdkit.exchange.exports.ics import ics_bytes, uid
from cpdkit.journal.values import Status
from tests.journal.strategies import activity, with_sessions

DAY = date(2026, 3, 14)


def events(*given: Any) -> list[Any]:
    return list(Calendar.from_ical(ics_bytes(given)).walk("VEVENT"))


def test_an_activity_is_an_all_day_event_of_its_days() -> None:
    (event,) = events(activity(days=2, minutes=100, location="Leeds", provider="IET", body="Words; more, all.\n"))
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (DAY, date(2026, 3, 16))
    assert str(event["summary"]) == "IET lecture"
    assert str(event["description"]) == "1h40, IET\n\nWords; more, all."
    assert str(event["x-cpdkit-minutes"]) == "100"
    assert str(event["status"]) == "CONFIRMED"


def test_each_session_is_an_event_with_its_own_time() -> None:
    found = events(with_sessions((DAY, 90), (date(2026, 3, 20), 5)))
    assert [event.decoded("dtstart") for event in found] == [DAY, date(2026, 3, 20)]
    assert [str(event["x-cpdkit-minutes"]) for event in found] == ["90", "5"]
    assert len({str(event["uid"]) for event in found}) == 2


def test_planned_is_tentative_and_confidential_has_its_class() -> None:
    (event,) = events(activity(status=Status.PLANNED, confidential=True, minutes=0))
    assert (str(event["status"]), str(event["class"])) == ("TENTATIVE", "CONFIDENTIAL")


def test_the_last_possible_date_has_no_next_day() -> None:
    (event,) = events(activity(date.max))
    assert event.decoded("dtstart") == date.max


def test_uids_last_and_lines_are_folded() -> None:
    assert uid("activities/a.md") == "43b54367-2221-55de-a629-c4bb5dabd05d@cpdkit"
    data = ics_bytes([activity(title="é" * 200)])
    assert max(map(len, data.split(b"\r\n"))) <= 75
    assert data == ics_bytes([activity(title="é" * 200)])
