from datetime import date, timedelta
from typing import Any

from icalendar import Calendar

from cpdkit.exchange.exports.ics import Reminder, ics_bytes, reminders_bytes, uid
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


def reminders(*given: Reminder, on: date = DAY, alarms: tuple[int, ...] = (14, 1)) -> list[Any]:
    return list(Calendar.from_ical(reminders_bytes(given, on, alarms)).walk("VEVENT"))


def test_a_reminder_is_an_all_day_event_with_alarms_at_nine() -> None:
    (event,) = reminders(Reminder("period:iet", DAY, "IET ends; soon, 日本", "3 h short"), alarms=(0, 1, 14, 1))
    assert (event.decoded("dtstart"), str(event["uid"])) == (DAY, uid("period:iet"))
    assert (str(event["summary"]), str(event["description"])) == ("IET ends; soon, 日本", "3 h short")
    triggers = [alarm.decoded("trigger") for alarm in event.walk("VALARM")]
    assert triggers == [timedelta(hours=9) - timedelta(days) for days in (14, 1, 0)]
    assert all(str(alarm["action"]) == "DISPLAY" and alarm["description"] for alarm in event.walk("VALARM"))


def test_a_reminder_keeps_its_uid_and_has_no_empty_text() -> None:
    before, after = (reminders(Reminder("a", day, "A"), on=day)[0] for day in (DAY, DAY + timedelta(1)))
    assert before["uid"] == after["uid"]
    assert before["dtstamp"].dt < after["dtstamp"].dt
    assert "description" not in before
    assert reminders(Reminder("a", DAY, "A"), alarms=())[0].walk("VALARM") == []


def test_a_calendar_of_reminders_is_of_folded_lines() -> None:
    data = reminders_bytes([Reminder("a", DAY, "é" * 200, "日" * 200)], DAY, (1,))
    assert max(map(len, data.split(b"\r\n"))) <= 75
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert Calendar.from_ical(reminders_bytes([], DAY, ())).walk("VEVENT") == []
