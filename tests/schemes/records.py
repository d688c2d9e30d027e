"""Activities for the tests of schemes, made without a file."""

from datetime import date
from typing import Any

from cpdkit.journal.records import Activity
from cpdkit.journal.values import ActivityType


def activity(start: str, minutes: int = 60, number: int = 0, **fields: Any) -> Activity:
    """Return a done activity of one day; the fields replace its values."""
    day = date.fromisoformat(start)
    values: dict[str, Any] = {"type": ActivityType.TRAINING, "end": day} | fields
    name = f"{start}-{number:03}"
    return Activity(name, f"activities/{name}.md", "", "A", start=day, minutes=minutes, **values)
