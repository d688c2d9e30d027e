"""A planned activity happened: its status goes, and the hours and the days are those that it took."""

from dataclasses import dataclass
from datetime import date

from cpdkit.actions.record_file import ACTIVITIES, RecordFile, activity_of
from cpdkit.actions.reflection_edit import with_prompts
from cpdkit.dates.day_words import day_text, days_text
from cpdkit.dates.hours import parse_hours
from cpdkit.errors import UsageError
from cpdkit.journal.edit import Change, Operator, with_changes
from cpdkit.journal.prompts import Model
from cpdkit.journal.records import Activity
from cpdkit.journal.sections import outline
from cpdkit.journal.values import Status


@dataclass(frozen=True, slots=True)
class Finish:
    """How an activity went. Empty `hours` and no `day`: as planned. `model` is whose prompts are added."""

    hours: str = ""
    day: date | None = None
    changes: tuple[Change, ...] = ()
    model: Model | None = None

    def changes_field(self, name: str) -> bool:
        """Whether one of the changes is to this field."""
        return any(each.name == name for each in self.changes)


def is_to_come(activity: Activity, finish: Finish, today: date) -> bool:
    """Whether the days that it was planned for lie ahead, and nothing gives others."""
    has_day = finish.day is not None or finish.changes_field("start") or finish.changes_field("end")
    return activity.end > today and not has_day


def finished(file: RecordFile[Activity], finish: Finish, today: date) -> bytes:
    """Return the file of the activity as done.

    Raises UsageError where the hours are missing, where it lies in the future, and for days that sessions give.
    """
    activity = file.record
    has_hours = finish.hours or finish.changes_field("hours") or finish.changes_field("sessions")
    if not (activity.minutes or has_hours):
        raise UsageError("it is not said how long it took", f"cpd done {activity.id} --hours 1h30")
    hours = [Change("hours", Operator.PUT, checked_hours(finish.hours))] if finish.hours else []
    changes = [Change("status", Operator.PUT, ""), *_moved_days(activity, finish.day), *hours, *finish.changes]
    after = with_changes(file.path, file.data, ACTIVITIES, changes)
    done = activity_of(file.path, after)
    if done.status is not Status.DONE:
        raise UsageError(f"with status={done.status} it is not done", "cpd set changes fields of any activity")
    if done.end > today:
        when = days_text(done.start, done.end)
        raise UsageError(f"{when} is still to come", f"cpd done {activity.id} --date DAY says when it was")
    if finish.model and not outline(done.body).answered:
        after = with_prompts(file.path, after, finish.model.prompts)
        activity_of(file.path, after)
    return after


def checked_hours(text: str) -> str:
    """Return hours as they may be written into a record. Raises UsageError."""
    try:
        parse_hours(text)
    except ValueError as error:
        raise UsageError(str(error)) from None
    return text.strip()


def _moved_days(activity: Activity, day: date | None) -> list[Change]:
    """The start moved to the day, and an end that the file gives moved along. Raises UsageError."""
    if day is None or day == activity.start:
        return []
    if activity.sessions:
        hint = f"its sessions say its days; correct them in {activity.path}"
        raise UsageError(f"{day_text(day)} can't be put in as the day", hint)
    moved = [Change("start", Operator.PUT, str(day))]
    if "end" in activity.spans:
        moved.append(Change("end", Operator.PUT, str(day + (activity.end - activity.start))))
    return moved
