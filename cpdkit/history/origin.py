"""What a document is dated from: so that the same journal gives the same bytes, today and on another machine."""

from datetime import UTC, datetime

from cpdkit.documents.kinds.report import Origin
from cpdkit.history.git import newest_commit
from cpdkit.journal.load import MEMBER_FILE, Journal
from cpdkit.journal.selection import Selection
from cpdkit.text.clock import source_date_epoch


def origin_of(journal: Journal, selection: Selection) -> tuple[Origin, int]:
    """Return where a report comes from, and its date in seconds since 1970.

    `$SOURCE_DATE_EPOCH`, else the newest commit (a clone's files are all as new as the clone), else the newest file.
    """
    used = [MEMBER_FILE, *(item.activity.path for item in selection.included)]
    commit = newest_commit(journal.root, used)
    epoch = source_date_epoch()
    if epoch is None:
        epoch = commit.epoch if commit else journal.newest
    day = datetime.fromtimestamp(epoch, UTC).date()
    return Origin(day, commit.short if commit else "", bool(commit and commit.dirty)), epoch
