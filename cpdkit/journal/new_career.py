"""The files of a new qualification and of a new claim."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cpdkit.errors import UsageError
from cpdkit.journal.edit import Refused, record_of
from cpdkit.journal.naming import slug, unique
from cpdkit.journal.reader import RECORD_KINDS
from cpdkit.journal.record_writer import Plain, record_bytes

QUALIFICATIONS, CLAIMS = RECORD_KINDS["qualifications"], RECORD_KINDS["claims"]
CLAIM_HELP = "<!-- Write what you did yourself, in the first person: what you decided, and what came of it. -->"


@dataclass(frozen=True, slots=True)
class NewFile:
    """A new file: its path in the journal, and its bytes."""

    path: str
    data: bytes


def new_qualification(paths: Sequence[str], values: Mapping[str, Plain]) -> NewFile:
    """Return the file of a qualification. `paths` are those in use. Raise UsageError for a value that is not valid."""
    year = str(values.get("awarded") or values.get("start") or "")[:4]
    name = "-".join(part for part in (year, slug(str(values["title"]))) if part)
    return _checked(unique(f"qualifications/{name}.md", paths), record_bytes(QUALIFICATIONS, values))


def new_claim(paths: Sequence[str], values: Mapping[str, Plain], text: str = "") -> NewFile:
    """Return the file of a claim. `paths` are those in use. Raise UsageError for a value that is not valid."""
    codes = values["competences"]
    first = next(iter(codes)) if isinstance(codes, list | dict) else codes
    title = str(values.get("title", ""))
    name = "-".join(part for part in (slug(str(first)), slug(title) if title else "") if part)
    data = record_bytes(CLAIMS, values, text.strip() or CLAIM_HELP)
    return _checked(unique(f"claims/{name}.md", paths), data)


def _checked(path: str, data: bytes) -> NewFile:
    try:
        record_of(path, data, RECORD_KINDS[path.partition("/")[0]])
    except Refused as error:
        first = error.diagnostics[0]
        raise UsageError(first.message, first.hint or first.note) from None
    return NewFile(path, data)
