"""JSON Resume (`resume.json`, jsonresume.org/schema): volunteer work, certificates and awards, and jobs as posts.

Education and the other parts are named, because no record of a journal can be made from them yet.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from cpdkit.exchange.export_columns import SEPARATOR
from cpdkit.exchange.imports.entries import Entry, entry_table, list_at, long_text_at, text_at, texts_at
from cpdkit.exchange.imports.table import ImportedTable, ImportOptions
from cpdkit.text.wording import shortened

_PARTS = ("volunteer", "certificates", "awards", "work")
_NAMES: Mapping[str, tuple[str, ...]] = {
    "education": ("studyType", "area", "institution"),
    "publications": ("name", "publisher"),
    "projects": ("name", "entity"),
    "skills": ("name",),
    "languages": ("language",),
    "interests": ("name",),
    "references": ("name",),
}
"""The parts that are not imported, and the keys that name one of their items."""
_MOST_NAMED = 20
_LONGEST_NAME = 70


def is_resume(document: Any) -> bool:
    """Return whether a JSON document is a resume: `basics`, or its schema, and a list of one of its parts."""
    if not isinstance(document, dict):
        return False
    marked = "jsonresume" in text_at(document, "$schema") or isinstance(document.get("basics"), dict)
    return marked and any(isinstance(document.get(part), list) for part in (*_PARTS, *_NAMES))


def read_resume(document: Any, name: str, _options: ImportOptions) -> ImportedTable:
    """Return the volunteer work, certificates, awards and jobs of a resume; the remarks name the rest."""
    entries = [
        Entry(
            f"{name}, {part} {number}",
            "\x1f".join((part, *_identity(item))),
            _VALUES[part](item),
            is_post=part == "work",
        )
        for part in _PARTS
        for number, item in enumerate(list_at(document, part), start=1)
    ]
    return entry_table(name, entries, _remarks(document, name))


def _identity(item: Any) -> tuple[str, ...]:
    keys = ("name", "title", "organization", "position", "date", "startDate")
    return (_employer(item), *(text_at(item, key) for key in keys[1:]))


def _volunteer(item: Any) -> dict[str, str]:
    position, organisation = text_at(item, "position"), text_at(item, "organization")
    return {
        "title": ", ".join(part for part in (position, organisation) if part),
        "start": text_at(item, "startDate"),
        "end": text_at(item, "endDate"),
        "type": "volunteering",
        "provider": organisation,
        "role": position,
        "location": text_at(item, "location"),
        "description": _description(item),
        "evidence": _address(item),
    }


def _certificate(item: Any) -> dict[str, str]:
    return {
        "title": text_at(item, "name"),
        "start": text_at(item, "date"),
        "type": "training",
        "provider": text_at(item, "issuer"),
        "description": _description(item),
        "evidence": _address(item),
    }


def _award(item: Any) -> dict[str, str]:
    return {
        "title": text_at(item, "title"),
        "start": text_at(item, "date"),
        "provider": text_at(item, "awarder"),
        "description": _description(item),
        "evidence": _address(item),
    }


def _job(item: Any) -> dict[str, str]:
    return {
        "role": text_at(item, "position"),
        "employer": _employer(item),
        "start": text_at(item, "startDate"),
        "end": text_at(item, "endDate"),
        "location": text_at(item, "location"),
        "description": _description(item),
        "x-url": text_at(item, "url") or text_at(item, "website"),
    }


def _employer(item: Any) -> str:
    """Return the name of the employer; `company` is the key of older resumes."""
    return text_at(item, "name") or text_at(item, "company")


_VALUES = {"volunteer": _volunteer, "certificates": _certificate, "awards": _award, "work": _job}


def _description(item: Any) -> str:
    """Return the summary, with the highlights as a list below it."""
    points = "\n".join(f"- {point}" for point in texts_at(item, "highlights"))
    return "\n\n".join(part for part in (long_text_at(item, "summary"), points) if part)


def _address(item: Any) -> str:
    address = text_at(item, "url") or text_at(item, "website")
    return address.replace(";", "%3B") if address.startswith(("http://", "https://")) else ""


def _remarks(document: Any, name: str) -> Iterator[str]:
    """Yield what is not imported, by name."""
    yield f"{name}: read as a JSON Resume"
    for part, keys in _NAMES.items():
        named = [shown for item in list_at(document, part) if (shown := _shown(item, keys))]
        if named:
            more = f" and {len(named) - _MOST_NAMED} more" if len(named) > _MOST_NAMED else ""
            yield f"{part}: not imported yet: {SEPARATOR.join(named[:_MOST_NAMED])}{more}"
    known = {*_PARTS, *_NAMES, "basics", "meta", "$schema"}
    others = [shortened(str(key), _LONGEST_NAME) for key in document if key not in known]
    if isinstance(document.get("basics"), dict):
        yield "basics: not imported; cpd.yaml has your name and memberships"
    if others:
        yield f"unknown parts not imported: {', '.join(others[:_MOST_NAMED])}"


def _shown(item: Any, keys: tuple[str, ...]) -> str:
    """Return the name of an item with its dates."""
    words = ", ".join(text for key in keys if (text := text_at(item, key)))
    dates = " to ".join(text for key in ("startDate", "endDate") if (text := text_at(item, key)))
    dates = dates or text_at(item, "releaseDate")
    return shortened(words, _LONGEST_NAME) + (f" ({dates})" if words and dates else "")
