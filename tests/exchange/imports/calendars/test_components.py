import pytest

from cpdkit.exchange.imports.calendars import components
from cpdkit.exchange.imports.calendars.components import Component, NotACalendar, calendars_of


def read(text: str) -> list[Component]:
    return calendars_of(text.split("|"), "work.ics")


def test_properties_stand_in_their_component() -> None:
    (calendar,) = read(
        "BEGIN:VCALENDAR|X-WR-CALNAME:Work|BEGIN:VEVENT|SUMMARY:A|ATTACH:aaaa|BEGIN:VALARM|SUMMARY:B|END:VALARM"
        "|broken|UID:1|END:VEVENT|END:VCALENDAR"
    )
    (event,) = calendar.parts("VEVENT")
    assert (calendar.value("X-WR-CALNAME"), calendar.closed) == ("Work", True)
    assert [(line.name, line.value) for line in event.lines] == [("SUMMARY", "A"), ("UID", "1")]
    assert (event.odd, event.closed, event.value("STATUS")) == (["broken"], True, "")


def test_what_is_not_closed_ends_where_the_next_starts_or_the_file_does() -> None:
    (calendar,) = read(
        "BEGIN:VCALENDAR|BEGIN:VEVENT|BEGIN:VALARM|BEGIN:VEVENT|UID:2|END:VEVENT|END:X|BEGIN:VEVENT|UID:3"
    )
    assert [(each.value("UID"), each.closed) for each in calendar.parts("VEVENT")] == [
        ("", False), ("2", True), ("3", False),
    ]  # fmt: skip
    assert not calendar.closed


def test_several_calendars_in_a_file() -> None:
    assert len(read("BEGIN:VCALENDAR|END:VCALENDAR|BEGIN:VCALENDAR|END:VCALENDAR")) == 2


@pytest.mark.parametrize("text", ["", "<html>", "BEGIN:VCARD|END:VCARD", "BEGIN:VCALENDAR|" + "BEGIN:A|" * 20])
def test_what_is_no_calendar_is_refused(text: str) -> None:
    with pytest.raises(NotACalendar, match=r"^work\.ics is no calendar"):
        read(text)


def test_a_calendar_of_far_too_many_entries_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(components, "MOST_COMPONENTS", 10)
    with pytest.raises(NotACalendar, match="more than 10 entries"):
        read("BEGIN:VCALENDAR|" + "BEGIN:VEVENT|END:VEVENT|" * 10)
