"""Convert a row about a degree or a certificate to a qualification under `qualifications/`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from cpdkit.dates.partial import days_of_part
from cpdkit.exchange.cells import day_of, is_blank
from cpdkit.exchange.column_matching import Matching
from cpdkit.exchange.imports.table import ImportedRow
from cpdkit.exchange.meetings import without_access
from cpdkit.exchange.partial_dates import part_named
from cpdkit.exchange.rows import UNSEEN, BadRow
from cpdkit.journal.declarations import OWN
from cpdkit.journal.naming import slug
from cpdkit.journal.reader import RECORD_KINDS
from cpdkit.journal.record_writer import Plain
from cpdkit.journal.records import Activity, Qualification
from cpdkit.text.names import folded

QUALIFICATIONS = RECORD_KINDS["qualifications"]
_DATES = ("start", "awarded", "expires")
_LINES = ("title", "institution", "grade", "number", "kind")


@dataclass(slots=True)
class QualificationValues:
    """The values of a new qualification, and its text."""

    fields: dict[str, Plain] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)

    @property
    def path(self) -> str:
        """The path of its file, if that is free."""
        year = str(self.fields.get("awarded") or self.fields.get("start") or "")[:4]
        name = "-".join(part for part in (year, slug(str(self.fields["title"]))) if part)
        return f"qualifications/{name}.md"

    @property
    def body(self) -> str:
        return "\n\n".join(self.texts)


def read_qualification(row: ImportedRow, headers: Sequence[str], matching: Matching) -> QualificationValues:
    """Return the values of a row about a qualification. Raises BadRow with every bad cell."""
    values = QualificationValues()
    faults = list(row.faults)
    for header, target, cell in zip(headers, matching.targets(), row.cells, strict=True):
        text = UNSEEN.sub("", cell).strip()
        if target == "skip" or not text or is_blank(text):
            continue
        try:
            _put(values, header, target, without_access(text, one_line=target != "description"), matching)
        except ValueError as error:
            faults.append((header, str(error)))
    # LinkedIn has the school of a study, and often no degree.
    if not values.fields.keys() & {"title", "kind"} and "institution" in values.fields:
        values.fields["title"] = values.fields["institution"]
    if "title" not in values.fields and not any(header in dict(faults) for header in headers):
        faults.append(("", "the title of the qualification is missing"))
    if faults:
        raise BadRow(faults)
    return values


def _put(values: QualificationValues, header: str, target: str, text: str, matching: Matching) -> None:
    """Take a cell. Raises ValueError for a date that cannot be read."""
    if target in _DATES:
        values.fields[target] = _part_of_date(text, matching)
    elif target == "description":
        values.texts.append(text)
    elif target == "evidence":
        values.fields["evidence"] = [text]
    elif target in _LINES:
        values.fields[target] = " ".join(text.split())
    else:
        values.fields[target if target.startswith(OWN) else f"{OWN}{slug(header)}"] = text


def _part_of_date(text: str, matching: Matching) -> str:
    """Return a year, a month or a date in the form of the files. Raises ValueError."""
    if days_of_part(text):
        return text
    try:
        return day_of(text, matching.order, matching.clock).isoformat()
    except ValueError:
        part = part_named(text)
        if part is None:
            raise
        return part


def same_qualification(values: QualificationValues, known: Iterable[Qualification]) -> Qualification | None:
    """Return the qualification with the same title and institution, or None. Of renewals, it is the one that agrees."""
    title, institution = _plain(values.fields["title"]), _plain(values.fields.get("institution", ""))
    same = [each for each in known if _plain(each.title) == title and _plain(each.institution) == institution]
    return next((each for each in same if not differences(each, values)), next(iter(same), None))


def is_course(values: QualificationValues, activities: Iterable[Activity]) -> bool:
    """Return whether a certificate is an activity of the journal, with its title and its first or last date."""
    title, awarded = _plain(values.fields["title"]), values.fields.get("awarded")
    return any(
        _plain(each.title) == title and awarded in (each.start.isoformat(), each.end.isoformat()) for each in activities
    )


def differences(known: Qualification, values: QualificationValues) -> Sequence[str]:
    """Return the fields in which a row differs from a qualification. A date that is less exact does not differ."""
    names = ("grade", "number")
    differing = [name for name in names if values.fields.get(name, getattr(known, name)) != getattr(known, name)]
    return [
        *differing,
        *(name for name in _DATES if _is_other_date(str(values.fields.get(name, "")), getattr(known, name))),
    ]


def _is_other_date(text: str, known: str) -> bool:
    return bool(text) and bool(known) and not (known.startswith(text) or text.startswith(known))


def _plain(text: Plain) -> str:
    return folded(" ".join(str(text).split()))
