"""How the owner of a journal writes dates and hours on the command line, from cpd.yaml."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from cpdkit.dates.days import parse_day
from cpdkit.errors import UsageError
from cpdkit.text.clock import today

if TYPE_CHECKING:
    from cpdkit.journal.member import Member
    from cpdkit.text.files import Disk


@dataclass(frozen=True, slots=True)
class Settings:
    """What typed dates and hours depend on: today, and how the owner of the journal writes them."""

    today: date
    day_first: bool = False
    working_day: int = 0

    @classmethod
    def of(cls, member: Member | None) -> Settings:
        """Return the settings of a journal's owner."""
        return cls(today(), member.day_first, member.working_day) if member else cls(today())

    def day(self, text: str, *, ahead: bool = False) -> date:
        """Return a date as typed. Raises UsageError."""
        return parse_day(text, self.today, ahead=ahead, day_first=self.day_first)

    def due_day(self, text: str) -> date:
        """Return a due date as typed, which can be the end of a period. Raises UsageError."""
        from cpdkit.journal.objectives import parse_due_day

        return parse_due_day(text, self.today, day_first=self.day_first)

    def hours(self, text: str, start: str, end: str) -> str:
        """Return the time spent, as a record has it, between two dates as records have them. Raises UsageError."""
        from cpdkit.dates.hours import parse_time_spent, written_time

        first = date.fromisoformat(start) if start else self.today
        days = (date.fromisoformat(end) - first).days + 1 if end else 1
        try:
            return written_time(text, parse_time_spent(text, days=max(days, 1), working_day=self.working_day))
        except ValueError as error:
            message, _, hint = str(error).partition(": ")
            raise UsageError(message, hint) from None


def settings_of(root: Path) -> Settings:
    """Return the settings of the journal at `root`."""
    from cpdkit.text.files import Disk

    return Settings.of(read_owner(Disk(str(root)))[0])


def read_owner(disk: Disk) -> tuple[Member | None, tuple[str, ...]]:
    """Return a journal's owner and its ignored paths, without reading a record."""
    from cpdkit.journal.member import read_member
    from cpdkit.journal.paths import MEMBER_FILE
    from cpdkit.text.faults import Unreadable
    from cpdkit.text.front_matter import FRONT_LIMIT
    from cpdkit.text.source import decode

    # cpd check reports problems in cpd.yaml; they do not stop the recording.
    with suppress(Unreadable):
        member, ignore, _ = read_member(decode(MEMBER_FILE, disk.read(MEMBER_FILE, FRONT_LIMIT)[0]))
        return member, ignore
    return None, ()
