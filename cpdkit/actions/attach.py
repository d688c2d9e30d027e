"""Attach evidence to an activity: copy files into `evidence/` under a good name, then link them.

The copies are written before the links, so that nothing is lost. If a run is interrupted, the next one finds the copies
by their content.
"""

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from cpdkit.actions.record_file import ACTIVITIES, RecordFile, activity_of
from cpdkit.checks.fixes import FilePatch, write_fixes
from cpdkit.errors import CpdError, UsageError
from cpdkit.journal.evidence import EVIDENCE_LIMIT, EvidenceFolder, evidence_name
from cpdkit.journal.paths import EVIDENCE, list_journal
from cpdkit.journal.records import Activity
from cpdkit.text.edits import apply
from cpdkit.text.faults import Unreadable
from cpdkit.text.files import Disk, read_bytes
from cpdkit.text.names import composed
from cpdkit.text.source import decode
from cpdkit.text.write import below, write_new
from cpdkit.text.yaml_edit import CannotEdit, FieldEditor
from cpdkit.text.yaml_scalars import scalar

_URL = re.compile(r"https?://[^\s/]\S*", re.IGNORECASE)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")


class NotAttached(CpdError):
    """A file cannot be attached; nothing was copied or changed."""

    def __init__(self, what: str | Path, reason: str, hint: str = "") -> None:
        super().__init__(f"{what} was not attached: {reason}")
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Attachments:
    """A plan to attach. `copies` are bytes by path below `evidence/`, `links` the paths and URLs to add to it."""

    file: RecordFile[Activity]
    copies: Mapping[str, bytes]
    links: tuple[str, ...]
    after: bytes

    @property
    def patches(self) -> Sequence[FilePatch]:
        return self.file.patches(self.after)


def plan_attachments(root: Path, file: RecordFile[Activity], sources: Sequence[str], title: str = "") -> Attachments:
    """Plan to attach files and URLs to an activity. Everything is checked, nothing is written.

    Raises NotAttached for a file that can't be read or whose name is taken, UsageError, Refused.
    """
    return plan_for_all(root, [file], sources, title)[0]


def plan_for_all(
    root: Path, files: Sequence[RecordFile[Activity]], sources: Sequence[str], title: str = ""
) -> list[Attachments]:
    """Plan to attach the same files and URLs to several activities; all link the copy of the first.

    Raises the same as `plan_attachments`.
    """
    if title and len(sources) != 1:
        raise UsageError("a title needs exactly one file or address", "attach the other files separately")
    _refuse_linked_folder(root)
    evidence = EvidenceFolder(root, list_journal(Disk(str(root)), (EVIDENCE,)).evidence)
    return [_plan(evidence, file, sources, title) for file in files]


def _plan(evidence: EvidenceFolder, file: RecordFile[Activity], sources: Sequence[str], title: str) -> Attachments:
    before = set(evidence.coming)
    links = dict.fromkeys(
        each if _URL.fullmatch(each) else _evidence_for(evidence, each, file.record) for each in sources
    )
    copies = {name: data for name, data in evidence.coming.items() if name not in before}
    there = {composed(each.path or each.url) for each in file.record.evidence}
    new = tuple(each for each in links if composed(each) not in there)
    return Attachments(file, copies, new, linked(file, new, title))


def attach(root: Path, *plans: Attachments) -> None:
    """Copy the files, then link them. Raises CannotWrite, ChangedOnDisk; files already copied stay."""
    copies = {below(root, f"{EVIDENCE}/{name}"): data for plan in plans for name, data in plan.copies.items()}
    write_new(copies, root)
    write_fixes(root, [patch for plan in plans for patch in plan.patches])


def linked(file: RecordFile[Activity], links: Sequence[str], title: str = "") -> bytes:
    """Return the bytes of the activity's file with these links added to its evidence. Raises UsageError, Refused."""
    order = [each.name for each in ACTIVITIES.fields.fields]
    data = file.data
    for each in links:
        kind = "url" if _URL.fullmatch(each) else "path"
        item = scalar(each, flow=True)
        item = f"{{{kind}: {item}, title: {scalar(title, flow=True)}}}" if title else item
        try:
            data = apply(data, FieldEditor(decode(file.path, data).text).add(EVIDENCE, item, order))
        except CannotEdit as error:
            raise UsageError(f"cannot change {file.path}: {error}", "change it in an editor") from None
    _only_more(file, activity_of(file.path, data), links)
    return data


def _evidence_for(evidence: EvidenceFolder, address: str, activity: Activity) -> str:
    """Return the name under `evidence/` that a file has or will have. Raises NotAttached, UsageError."""
    source = Path(address)
    if _SCHEME.match(address) and not source.exists():
        hint = "give a file, or an address that starts with https://"
        raise NotAttached(address, "readers cannot open this kind of address", hint)
    if not os.path.lexists(source):
        raise UsageError(f"file not found: {address}", "check its name and folder")
    if source.is_symlink():
        raise NotAttached(address, "it is a symbolic link", "give the file that it points to")
    try:
        data = read_bytes(address, EVIDENCE_LIMIT)[0]
    except Unreadable as error:
        fault = error.faults[0]
        hint = "attach the files in it, or an archive of them" if source.is_dir() else fault.hint
        raise NotAttached(address, fault.message, hint) from None
    if not data:
        raise NotAttached(address, "it is empty")
    if inside := _below_evidence(evidence, source):
        return inside
    if missing := _missing_name(evidence, source.name, activity):
        return _named(evidence, address, missing, data)
    return evidence.name_of(data) or _named(evidence, address, evidence_name(activity.start, source.name), data)


def _missing_name(evidence: EvidenceFolder, name: str, activity: Activity) -> str:
    """Return the path of evidence of this name that the activity lists and that is missing; empty if there is none."""
    paths = (each.path for each in activity.evidence if _same_name(each.path, name))
    return next((path for path in paths if path and not evidence.taken(path) and not evidence.holds(path)), "")


def _same_name(path: str, name: str) -> bool:
    return composed(path.rpartition("/")[2]) == composed(name)


def _named(evidence: EvidenceFolder, address: str, name: str, data: bytes) -> str:
    if other := evidence.taken(name):
        raise NotAttached(address, f"{EVIDENCE}/{other} exists with different content", "rename the file first")
    evidence.add(name, data)
    return name


def _below_evidence(evidence: EvidenceFolder, source: Path) -> str:
    """Return the name of a file that is already under `evidence/`; empty for any other."""
    place = source.parent.resolve() / source.name
    folder = (evidence.root / EVIDENCE).resolve()
    inside = place.relative_to(folder).as_posix() if place.is_relative_to(folder) else ""
    return inside if inside in evidence.names else ""


def _refuse_linked_folder(root: Path) -> None:
    if (root / EVIDENCE).is_symlink():
        hint = "replace it with a folder"
        raise UsageError(f"{EVIDENCE}/ is a symbolic link, and cpdkit does not follow links", hint)


def _only_more(file: RecordFile[Activity], after: Activity, links: Sequence[str]) -> None:
    """Raise UsageError unless the evidence is what it was, followed by the new links."""
    was = [each.path or each.url for each in file.record.evidence]
    if [each.path or each.url for each in after.evidence] != [*was, *map(composed, links)]:
        message = f"cannot change {file.path}: its evidence has a layout that cpdkit cannot edit"
        raise UsageError(message, "change it in an editor")
