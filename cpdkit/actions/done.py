"""A planned activity marked as done: its status is removed, and its hours and dates become the actual ones."""

from dataclasses import dataclass
from datetime import date

from cpdkit.actions.record_file import ACTIVITIES, RecordFile, activity_of
from cpdkit.actions.reflection_edit import with_prompts
from cpdkit.dates.day_words import day_text, days_text
from cpdkit.dates.hours import parse_hours
from cpdkit.errors import UsageError
from cpdkit.journal.declarations import UNSURE
from cpdkit.journal.edit import Change, Operator, unsure_fields, with_changes
from cpdkit.journal.prompts import Model
from cpdkit.journal.records import Activity
from cpdkit.journal.sections import outline
from cpdkit.journal.values import Status
from cpdkit.text.shell import quote


@dataclass(frozen=True, slots=True)
class Finish:
    """What is known of the activity. Without `hours` or `day`, the plan applies. `model` supplies prompts to add."""

    hours: str = ""
    day: date | None = None
    changes: tuple[Change, ...] = ()
    model: Model | None = None

    def changes_field(self, name: str) -> bool:
        """Return whether one of the changes is to this field."""
        return any(each.name == name for each in self.changes)


def unsure_of(activity: Activity, finish: Finish) -> list[str]:
    """Return the fields of a draft whose values are only placeholders, without those that `finish` gives."""
    given = {"hours", "start"} if finish.day else {"hours"}  # missing hours are refused anyway
    return [name for name in unsure_fields(activity.own) if name not in given and not finish.changes_field(name)]


def is_to_come(activity: Activity, finish: Finish, today: date) -> bool:
    """Return whether the activity is planned for the future and `finish` gives no other date."""
    has_day = finish.day is not None or finish.changes_field("start") or finish.changes_field("end")
    return activity.end > today and not has_day


def finished(file: RecordFile[Activity], finish: Finish, today: date) -> bytes:
    """Return the bytes of the activity's file, marked as done.

    Raises UsageError for missing hours, a value that is only a placeholder, a date in the future, and a new date for an
    activity with sessions.
    """
    activity = file.record
    if unsure := unsure_of(activity, finish):
        name = unsure[0]
        hint = f"confirm or change it: cpd done {quote(activity.id)} {name}={getattr(activity, name, '') or '…'}"
        raise UsageError(f"{name} is only a placeholder", hint)
    has_hours = finish.hours or finish.changes_field("hours") or finish.changes_field("sessions")
    if not (activity.minutes or has_hours):
        raise UsageError("hours is missing", f"give the time that it took: cpd done {quote(activity.id)} --hours 1h30")
    hours = [Change("hours", Operator.PUT, checked_hours(finish.hours))] if finish.hours else []
    emptied = [Change(name, Operator.PUT, "") for name in ("status", UNSURE)]
    changes = [*emptied, *_moved_days(activity, finish.day), *hours, *finish.changes]
    after = with_changes(file.path, file.data, ACTIVITIES, changes)
    done = activity_of(file.path, after)
    if done.status is not Status.DONE:
        hint = "remove status=, or use cpd set to change fields"
        raise UsageError(f"status={done.status} and cpd done cannot be combined", hint)
    if done.end > today:
        when = days_text(done.start, done.end)
        raise UsageError(
            f"{when} is in the future",
            f"give the date on which you did it: cpd done {quote(activity.id)} --date {today}",
        )
    if finish.model and not outline(done.body).answered:
        after = with_prompts(file.path, after, finish.model.prompts)
        activity_of(file.path, after)
    return after


def checked_hours(text: str) -> str:
    """Return hours as a record can have them. Raises UsageError."""
    try:
        parse_hours(text)
    except ValueError as error:
        raise UsageError(str(error)) from None
    return text.strip()


def _moved_days(activity: Activity, day: date | None) -> list[Change]:
    """Return the changes that move the start to a day, and an end date in the file with it. Raises UsageError."""
    if day is None or day == activity.start:
        return []
    if activity.sessions:
        hint = f"change the dates of its sessions in {activity.path}"
        raise UsageError(f"cannot set the date to {day_text(day)}: the activity has sessions", hint)
    moved = [Change("start", Operator.PUT, str(day))]
    if "end" in activity.spans:
        moved.append(Change("end", Operator.PUT, str(day + (activity.end - activity.start))))
    return moved
