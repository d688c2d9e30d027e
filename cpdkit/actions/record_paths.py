"""The paths that records get: as somebody says them, or as their dates and titles make them."""

import re
from collections.abc import Iterable, Sequence

from cpdkit.errors import UsageError
from cpdkit.journal.codes import of_fault
from cpdkit.journal.edit import Refused, record_of
from cpdkit.journal.load import RECORD_LIMIT
from cpdkit.journal.naming import file_name, id_of, identified, slug, unique
from cpdkit.journal.paths import EVIDENCE, Listing
from cpdkit.journal.reader import FORMS
from cpdkit.journal.records import Activity, Objective, Post
from cpdkit.text.faults import Unreadable
from cpdkit.text.files import Disk

ACTIVITIES = "activities"
_UNFIT = re.compile(r'[\x00-\x1f\x7f-\x9f\ud800-\udfff<>:"|?*\\]')
"""What a folder's name can't have on every system."""
_DATED = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?=[-.]|$)")


def folder_said(said: str) -> str:
    """A folder below `activities/` as somebody says it, empty for its top: `2026`, `activities/2026/`, `.`.

    Raises UsageError for one that lies elsewhere, or whose name some system can't have.
    """
    plain = said.strip().removeprefix("./").rstrip("/")
    plain = "" if plain in (".", ACTIVITIES) else plain.removeprefix(f"{ACTIVITIES}/")
    parts = plain.split("/") if plain else []
    if any(not part or part[0] in ". " or part[-1] in ". " for part in parts) or _UNFIT.search(plain):
        hint = 'it is one below activities/, such as 2026 or "CPD Activities 2013"; . is activities/ itself'
        raise UsageError(f'no folder can be called "{said}"', hint)
    return plain


def in_folder(path: str, folder: str) -> str:
    """The path that an activity has in a folder."""
    name = path.rpartition("/")[2]
    return f"{ACTIVITIES}/{folder}/{name}" if folder else f"{ACTIVITIES}/{name}"


def meant(said: str, paths: Sequence[str], folder: str) -> str:
    """The activity that somebody means to move; of two of one name the one that is not in the folder yet.

    Raises UsageError.
    """
    outside = [path for path in paths if in_folder(path, folder) != path]
    ids = {id_of(path) for path in outside}
    return identified(said, [*outside, *(path for path in paths if id_of(path) not in ids)])


def name_said(path: str, said: str) -> str:
    """The path of a file under the name that somebody says, which becomes one that every system takes.

    An activity keeps its day before the name unless another is said. Raises UsageError.
    """
    folder, _, name = path.rpartition("/")
    dot = name.rfind(".")
    suffix = name[dot:] if dot > 0 else ""
    stem = said.removesuffix(suffix)
    if not stem.strip() or "/" in stem or "\\" in stem:
        raise UsageError(f'no file can be called "{said}"', "cpd move puts it into another folder")
    day = _DATED.match(name)
    keeps_day = day and path.startswith((f"{ACTIVITIES}/", f"{EVIDENCE}/")) and not _DATED.match(stem)
    return f"{folder}/{day[0] if day and keeps_day else ''}{'-' if keeps_day else ''}{slug(stem)}{suffix}"


def usual_path(disk: Disk, path: str, listing: Listing) -> str:
    """The path that `cpd new` would give to a record today, from its date and title. Raises Refused, UsageError."""
    folder = path.partition("/")[0]
    if folder not in FORMS:
        raise UsageError(f"a file under {EVIDENCE}/ has no title", "say its new name: cpd rename FILE NAME")
    try:
        record = record_of(path, disk.read(path, RECORD_LIMIT)[0], FORMS[folder])
    except Unreadable as error:
        raise Refused(path, [of_fault(path, fault) for fault in error.faults]) from None
    if isinstance(record, Activity):
        name = file_name(record.start, record.title)
    elif isinstance(record, Objective):
        name = f"{slug(record.title)}.md"
    elif isinstance(record, Post):
        name = f"{record.start.year}-{slug(record.employer or record.role)}.md"
    else:
        name = f"{record.year}.md"
    return unique(f"{path.rpartition('/')[0]}/{name}", _others(path, listing.records[folder]))


def _others(path: str, paths: Iterable[str]) -> set[str]:
    return set(paths) - {path}
