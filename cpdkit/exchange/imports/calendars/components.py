"""The components of an iCalendar file: which properties stand in which event of which calendar."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from cpdkit.errors import UsageError
from cpdkit.exchange.imports.calendars.lines import Line, taken_apart

MOST_COMPONENTS = 50_000
DEEPEST = 8
KEPT = frozenset({
    "BEGIN", "END", "SUMMARY", "DESCRIPTION", "LOCATION", "CATEGORIES", "ORGANIZER", "ATTENDEE", "STATUS", "UID",
    "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "EXRULE", "RECURRENCE-ID", "SEQUENCE", "METHOD",
    "NAME", "X-WR-CALNAME", "TZID", "X-LIC-LOCATION", "TZOFFSETFROM", "TZOFFSETTO", "X-CPDKIT-MINUTES",
    "X-MICROSOFT-CDO-ALLDAYEVENT",
})  # fmt: skip
"""The properties that are looked at; all others are passed over unread, pictures and sounds among them."""
_PARTS = frozenset({"VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY", "VTIMEZONE", "VCALENDAR"})
"""What never stands inside an event."""


class NotACalendar(UsageError):
    """A file that holds no iCalendar."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(
            f"{name} is no calendar that can be read: {why}",
            "export the calendar again, as an iCalendar file (.ics)",
        )


@dataclass(slots=True)
class Component:
    """A component with its properties in the file's order. `closed` is whether its END was found.

    `odd` are the lines in it that hold no property.
    """

    name: str
    lines: list[Line] = field(default_factory=list)
    inside: "list[Component]" = field(default_factory=list)
    odd: list[str] = field(default_factory=list)
    closed: bool = False

    def all(self, name: str) -> list[Line]:
        """Every property of a name."""
        return [line for line in self.lines if line.name == name]

    def first(self, name: str) -> Line | None:
        """The first property of a name."""
        return next((line for line in self.lines if line.name == name), None)

    def value(self, name: str) -> str:
        """What the first property of a name says, without blanks around it; empty where there is none."""
        line = self.first(name)
        return line.value.strip() if line else ""

    def parts(self, name: str) -> "Iterator[Component]":
        """The components of a name that stand directly in it."""
        return (each for each in self.inside if each.name == name)


def calendars_of(lines: Iterable[str], name: str) -> list[Component]:
    """The calendars of a file. Raises NotACalendar where there is none, or far too much in it."""
    tree = _Tree(name)
    for text in lines:
        tree.take(text)
    found = list(tree.top.parts("VCALENDAR"))
    if not found:
        raise NotACalendar(name, "there is no BEGIN:VCALENDAR in it")
    return found


class _Tree:
    """What was read so far: the open components, outermost first."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.count = 0
        self.top = Component("")
        self.open = [self.top]

    def take(self, text: str) -> None:
        """Put one line where it belongs."""
        line = taken_apart(text)
        if line is None:
            if text.strip():
                self.open[-1].odd.append(text)
        elif line.name == "BEGIN":
            self.begin(line.value.strip().upper())
        elif line.name == "END":
            self.end(line.value.strip().upper())
        elif line.name in KEPT:
            self.open[-1].lines.append(line)

    def begin(self, name: str) -> None:
        """Open a component. An event that was not closed ends where the next one starts."""
        self.count += 1
        if self.count > MOST_COMPONENTS:
            raise NotACalendar(self.name, f"there are more than {MOST_COMPONENTS:,} entries in it")
        if name in _PARTS:
            while self.open[-1].name not in ("", "VCALENDAR"):
                self.open.pop()
        if len(self.open) > DEEPEST:
            raise NotACalendar(self.name, f"its entries are nested more than {DEEPEST} deep")
        new = Component(name)
        self.open[-1].inside.append(new)
        self.open.append(new)

    def end(self, name: str) -> None:
        """Close the innermost component of a name, with all that is open in it."""
        at = max((number for number, each in enumerate(self.open) if each.name == name and number), default=0)
        if at:
            self.open[at].closed = True
            del self.open[at:]
