"""A planned activity happened: its status goes, and the hours and the days are those that it took."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cpdkit.actions.activity_file import ACTIVITIES, Held, activity_of
from cpdkit.actions.reflection_edit import with_prompts
from cpdkit.dates.hours import parse_hours
from cpdkit.dates.wording import day_text, days_text
from cpdkit.errors import UsageError
from cpdkit.journal.body import outline
from cpdkit.journal.edit import Change, How, changed
from cpdkit.journal.prompts import Model
from cpdkit.journal.records import Activity, Status


@dataclass(frozen=True, slots=True)
class Finish:
    """What is said of how it went. Empty `hours` and no `day`: as planned. `model` is whose prompts are added."""

    hours: str = ""
    day: date | None = None
    changes: tuple[Change, ...] = ()
    model: Model | None = None

    def says(self, name: str) -> bool:
        """Whether one of the changes is to this field."""
        return any(each.name == name for each in self.changes)


def is_done(activity: Activity) -> bool:
    return activity.status is Status.DONE


def lacks_hours(activity: Activity, finish: Finish) -> bool:
    """Whether nothing says yet how long it took."""
    return not (activity.minutes or finish.hours or finish.says("hours") or finish.says("sessions"))


def is_to_come(activity: Activity, finish: Finish, today: date) -> bool:
    """Whether the days that it was planned for lie ahead, and nothing says when it was."""
    return activity.end > today and finish.day is None and not finish.says("start") and not finish.says("end")


def finished(held: Held, finish: Finish, today: date) -> bytes:
    """The file of the activity as done.

    Raises UsageError where the hours are missing, where it lies in the future, and for days that sessions give.
    """
    activity = held.activity
    if lacks_hours(activity, finish):
        raise UsageError("it is not said how long it took", f"cpd done {activity.id} --hours 1h30")
    after = changed(held.path, held.data, ACTIVITIES, [*_of_status(), *_days(activity, finish), *_rest(finish)])
    done = activity_of(held.path, after)
    if not is_done(done):
        raise UsageError(f"with status={done.status} it is not done", "cpd set changes fields of any activity")
    if done.end > today:
        when = days_text(done.start, done.end)
        raise UsageError(f"{when} is still to come", f"cpd done {activity.id} --date DAY says when it was")
    if finish.model and not outline(done.body).said:
        after = with_prompts(held.path, after, finish.model.prompts)
        activity_of(held.path, after)
    return after


def hours_said(said: str) -> str:
    """Hours as they may be written into a record. Raises UsageError."""
    try:
        parse_hours(said)
    except ValueError as error:
        raise UsageError(str(error)) from None
    return said.strip()


def _of_status() -> Sequence[Change]:
    return [Change("status", How.PUT, "")]


def _rest(finish: Finish) -> Sequence[Change]:
    hours = [Change("hours", How.PUT, hours_said(finish.hours))] if finish.hours else []
    return [*hours, *finish.changes]


def _days(activity: Activity, finish: Finish) -> Sequence[Change]:
    """The start moved to the day, and an end that the file gives moved along."""
    if finish.day is None or finish.day == activity.start:
        return []
    if activity.sessions:
        hint = f"its sessions say its days; correct them in {activity.path}"
        raise UsageError(f"{day_text(finish.day)} can't be put in as the day", hint)
    moved = [Change("start", How.PUT, str(finish.day))]
    if "end" in activity.spans:
        moved.append(Change("end", How.PUT, str(finish.day + (activity.end - activity.start))))
    return moved
