"""The origin and date of a document, such that the same journal gives the same bytes on any day and any machine."""

from datetime import UTC, datetime

from cpdkit.documents.kinds.report import Origin
from cpdkit.history.git import newest_commit
from cpdkit.journal.load import MEMBER_FILE, Journal
from cpdkit.journal.paths import PEOPLE_FILE
from cpdkit.journal.selection import Selection
from cpdkit.text.clock import LAST_SECOND, source_date_epoch


def origin_of(journal: Journal, selection: Selection, *, whole: bool = False) -> tuple[Origin, int]:
    """Return the origin of a report, and its date in seconds since 1970.

    `whole` reports use all records, not only the selected activities.

    The date is `$SOURCE_DATE_EPOCH`, or that of the newest commit, or of the newest file. The commit comes before the
    files because all files of a clone are as new as the clone.
    """
    used = [MEMBER_FILE, *(item.activity.path for item in selection.included)]
    if whole:
        used += [PEOPLE_FILE, *(each.path for each in journal.records)]
    commit = newest_commit(journal.root, used)
    epoch = source_date_epoch()
    if epoch is None:
        # A commit or a file can have a date that no document can have.
        epoch = min(max(commit.epoch if commit else journal.newest, 0), LAST_SECOND)
    day = datetime.fromtimestamp(epoch, UTC).date()
    return Origin(day, commit.short if commit else "", bool(commit and commit.dirty)), epoch
