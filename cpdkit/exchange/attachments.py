"""Files that belong to imported rows, such as attachments of e-mails: which become evidence, and under which names.

The names and limits are those of `cpd attach`. A name in use gets a number, because nobody can rename a file inside an
e-mail.
"""

import posixpath
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import quote

from cpdkit.exchange.causes import Remark
from cpdkit.exchange.imports.table import Attachment, ImportedRow
from cpdkit.journal.evidence import EVIDENCE_LIMIT, EvidenceFolder, evidence_name
from cpdkit.journal.paths import EVIDENCE
from cpdkit.text.faults import Unreadable
from cpdkit.text.html_text import one_line
from cpdkit.text.markdown import read
from cpdkit.text.wording import counted, shortened

MOST_OF_A_ROW = 100
"""The files of one row that are attached."""
MOST_ALTOGETHER = 512 * 2**20
"""Bytes of all files of an import."""
_LONGEST_NAME = 60
_LONGEST_READ = 1_000
"""Characters of a name that are read."""


@dataclass(frozen=True, slots=True)
class Attached:
    """A file of a row: the row's place, the file's own name, the path of its copy, and its address in the text."""

    where: str
    name: str
    path: str
    address: str = ""


@dataclass(slots=True)
class EvidencePlan:
    """The files of all rows: those that are attached, and a remark for each that cannot be."""

    folder: EvidenceFolder
    attached: list[Attached] = field(default_factory=list)
    refused: list[Remark] = field(default_factory=list)
    size: int = 0

    def attach(self, row: ImportedRow, day: date) -> Sequence[Attached]:
        """Plan to copy the files of a row, whose activity starts on `day`, and return them."""
        first = len(self.attached)
        for attachment in row.attachments[:MOST_OF_A_ROW]:
            name = shortened(one_line(attachment.name), _LONGEST_NAME)
            try:
                path = f"{EVIDENCE}/{self._name(attachment, day)}"
                self.attached.append(Attached(row.where, name, path, attachment.address))
            except Unreadable as error:
                why = error.faults[0].message
                self.refused.append(Remark(row.where, "", f'"{name}" is not attached: {why}', name))
            except ValueError as error:
                self.refused.append(Remark(row.where, "", f'"{name}" is not attached: {error}', name))
        more = len(row.attachments) - MOST_OF_A_ROW
        if more > 0:
            why = f"{counted(more, 'file')} not attached: the limit is {MOST_OF_A_ROW}"
            self.refused.append(Remark(row.where, "", why))
        return self.attached[first:]

    def _name(self, attachment: Attachment, day: date) -> str:
        """Return the name under `evidence/` that a file has or will have. Raises Unreadable and ValueError."""
        data = attachment.read()
        if not data:
            raise ValueError("it is empty")
        if len(data) > EVIDENCE_LIMIT:
            raise ValueError(f"it is larger than {EVIDENCE_LIMIT // 2**20} MiB")
        if known := self.folder.name_of(data):
            return known
        if self.size + len(data) > MOST_ALTOGETHER:
            raise ValueError(f"the files are larger than {MOST_ALTOGETHER // 2**20} MiB in total")
        self.size += len(data)
        name = self.folder.free(evidence_name(day, base_name(attachment.name)))
        self.folder.add(name, data)
        return name


def base_name(name: str) -> str:
    """Return the last part of a file's name, which a stranger chose: it may be a path of any system."""
    return name.replace("\\", "/").rstrip("/ .").rpartition("/")[2][-_LONGEST_READ:]


def names_of(attached: Iterable[Attached]) -> list[str]:
    """Return the names of the copies under `evidence/`, each once."""
    return list(dict.fromkeys(each.path.removeprefix(f"{EVIDENCE}/") for each in attached))


def relinked(body: str, path: str, attached: Iterable[Attached]) -> str:
    """Return the text of the record at `path`, with its links to these files leading to their copies."""
    copies = {each.address: each.path for each in attached if each.address}
    if not copies:
        return body
    above = posixpath.dirname(path)
    document = read(body)
    edits = [
        (link, quote(posixpath.relpath(copies[link.address], above)))
        for link in document.links
        if link.address in copies
    ]
    edits += [
        (link, posixpath.basename(copies[link.address.strip()]))
        for link in document.wiki_links
        if link.address.strip() in copies
    ]
    for link, new in sorted(edits, key=lambda edit: edit[0].start, reverse=True):
        body = f"{body[: link.start]}{new}{body[link.stop :]}"
    return body
