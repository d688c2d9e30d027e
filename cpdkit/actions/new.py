"""What `cpd new` checks before it writes an activity (names, future dates, duplicates), and its answers."""

from collections.abc import Iterable, Mapping, Sequence
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


def doubts(disk: Disk, files: Mapping[str, bytes]) -> list[str]:
    """Return a sentence for each name in these activities that the journal does not list, if it is new there.

    They are those that `cpd check` finds, and competences that may belong to a framework that cpdkit does not know.
    `files` are the bytes to write, by path. Raises UsageError for a name that is unknown.
    """
    # Most new activities have no such name, and the checks are slow to import.
    from cpdkit.checks.engine import check_file, context_of  # noqa: PLC0415

    after = Disk(disk.root, dict(files))
    contexts = [context_of(list_journal(each), each, date.max) for each in (after, disk)]
    sentences: dict[str, None] = {}
    for path in files:
        now, before = (
            {(each.code, each.message): each for each in check_file(path, context).diagnostics}
            if context.disk.exists(path)
            else {}
            for context in contexts
        )
        for (code, message), each in now.items():
            if code in UNKNOWN and (code, message) not in before:
                raise UsageError(message, each.note or each.hint)
            if code in UNLISTED and (code, message) not in before:
                sentences[message] = None
        known = contexts[0].vocabulary.competences
        claimed = [_competences(context.disk, path) for context in contexts]
        for name in sorted(claimed[0] - claimed[1] - known.keys()):
            sentences[f'competence "{name}" is in no framework of the journal'] = None
    return list(sentences)


def _competences(disk: Disk, path: str) -> set[str]:
    """Return the codes that an activity claims; none if there is no such file."""
    record = read_file(disk, path, ACTIVITIES)[0] if disk.exists(path) else None
    return {each.code for each in record.competences} if isinstance(record, Activity) else set()


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
