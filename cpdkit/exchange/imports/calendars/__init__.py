"""iCalendar files as Google, Outlook, Apple and others write them: a row for each occurrence of an event."""

from cpdkit.exchange.imports.calendars.reading import Wanted, read_calendar

__all__ = ["Wanted", "read_calendar"]
