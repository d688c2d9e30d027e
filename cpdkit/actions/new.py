"""What `cpd new` checks before it writes an activity (names, future dates, duplicates), and its answers."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from cpdkit.errors import UsageError
from cpdkit.journal.edit import record_of
from cpdkit.journal.load import read_file
from cpdkit.journal.naming import id_of
from cpdkit.journal.new_record import ACTIVITIES, NewActivity
from cpdkit.journal.paths import list_journal
from cpdkit.journal.prompts import Model
from cpdkit.journal.records import Activity
from cpdkit.journal.values import Status
from cpdkit.text.files import Disk
from cpdkit.text.names import folded

UNKNOWN = ("CPD503", "CPD506", "CPD518")
"""Names that nothing in the journal has: an objective, a competence, a level."""
UNLISTED = ("CPD507",)
"""A name that may be new: a topic."""
MOST_COMPARED = 100
"""The most activities of one day that are compared with a new one."""


def activity_in(draft: NewActivity) -> Activity:
    """Return the activity of a new file."""
    record = record_of(draft.path, draft.data, ACTIVITIES)
    assert isinstance(record, Activity)
    return record


def refuse_future(activity: Activity, today: date) -> None:
    """Raise UsageError for a done activity that ends in the future, or one in progress that starts there."""
    day = activity.end if activity.status is Status.DONE else activity.start
    if day > today and activity.status.counts:
        raise UsageError(f"{day} is in the future", "add --planned, or correct the date")


def doubts(disk: Disk, activity: Activity, data: bytes) -> list[str]:
    """Return a sentence for each name in a new file that the journal does not list. Raises UsageError for unknown ones.

    They are those that `cpd check` finds, and competences that may belong to a framework that cpdkit does not know.
    """
    # Most new activities have no such name, and the checks are slow to import.
    from cpdkit.checks.engine import check_file, context_of  # noqa: PLC0415

    unsaved = Disk(disk.root, {activity.path: data})
    context = context_of(list_journal(unsaved), unsaved, activity.end)
    found = check_file(activity.path, context).diagnostics
    for each in found:
        if each.code in UNKNOWN:
            raise UsageError(each.message, each.note or each.hint)
    codes = context.vocabulary.competences
    unknown = [each.code for each in activity.competences if each.code not in codes]
    return [each.message for each in found if each.code in UNLISTED] + [
        f'competence "{code}" is in no framework of the journal' for code in unknown
    ]


def same_activity(disk: Disk, paths: Iterable[str], activity: Activity) -> str:
    """Return the path of an activity with the same title, dates and hours; empty if there is none.

    Only files whose names start with the date are read.
    """
    start = str(activity.start)
    same_day = [path for path in paths if id_of(path).startswith(start) and path != activity.path][:MOST_COMPARED]
    others = (read_file(disk, path, ACTIVITIES)[0] for path in same_day)
    return next((each.path for each in others if isinstance(each, Activity) and _is_same(each, activity)), "")


def _is_same(one: Activity, other: Activity) -> bool:
    return folded(one.title) == folded(other.title) and (one.start, one.end, one.minutes, one.type) == (
        other.start, other.end, other.minutes, other.type,
    )  # fmt: skip


def with_answers(draft: NewActivity, answers: Sequence[tuple[str, str]], model: Model) -> NewActivity:
    """Return the new file with answers (question, text) in its reflection. Raises UsageError, Misplaced."""
    if not answers:
        return draft
    # Few activities are recorded with an answer, and the reader of Markdown is slow to import.
    from cpdkit.actions.record_file import RecordFile  # noqa: PLC0415
    from cpdkit.actions.reflect import with_answers as answered  # noqa: PLC0415

    def with_all(data: bytes) -> bytes:
        return answered(RecordFile(draft.path, data, activity_in(draft)), answers, "", date.min, model)

    return replace(draft, data=with_all(draft.data), bare=with_all(draft.bare))
