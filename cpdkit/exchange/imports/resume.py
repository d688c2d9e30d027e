"""JSON Resume (`resume.json`, jsonresume.org/schema): jobs, education and certificates, volunteer work and awards.

Jobs become posts, education and certificates become qualifications. The other parts have no place in a record, and are
named.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from cpdkit.exchange.export_columns import SEPARATOR
from cpdkit.exchange.imports.entries import Entry, entry_table, list_at, long_text_at, text_at, texts_at
from cpdkit.exchange.imports.table import ImportedTable, ImportOptions
from cpdkit.text.wording import shortened

_PARTS = ("volunteer", "certificates", "awards", "work", "education")
_QUALIFICATIONS = ("certificates", "education")
_NAMES: Mapping[str, tuple[str, ...]] = {
    "publications": ("name", "publisher"),
    "projects": ("name", "entity"),
    "skills": ("name",),
    "languages": ("language",),
    "interests": ("name",),
    "references": ("name",),
}
"""The parts that are not imported, and the keys that name one of their items."""
_PLACES = {
    **dict.fromkeys(("publications", "skills", "languages", "interests"), "write them under cv: in cpd.yaml"),
    "references": "write them into people.yaml, with referee: true",
}
"""Where the owner can write the parts that are not imported."""
_COMMON = ("startDate", "endDate", "summary", "highlights", "url", "website")
_KEYS: Mapping[str, tuple[str, ...]] = {
    "volunteer": (*_COMMON, "position", "organization", "location"),
    "certificates": ("name", "date", "issuer", "url", "website", "summary", "highlights"),
    "awards": ("title", "date", "awarder", "summary", "highlights", "url", "website"),
    "work": (*_COMMON, "position", "name", "company", "location", "description"),
    "education": (*_COMMON, "studyType", "area", "institution", "score", "gpa", "courses"),
}
"""The keys of each imported part that a record has a place for."""
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
            is_qualification=part in _QUALIFICATIONS,
        )
        for part in _PARTS
        for number, item in enumerate(list_at(document, part), start=1)
    ]
    return entry_table(name, entries, _remarks(document, name))


def _identity(item: Any) -> tuple[str, ...]:
    keys = ("name", "title", "organization", "position", "date", "startDate", "institution", "area", "studyType")
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
        "kind": "certificate",
        "awarded": text_at(item, "date"),
        "institution": text_at(item, "issuer"),
        "description": _description(item),
        "evidence": _address(item),
    }


def _education(item: Any) -> dict[str, str]:
    """Return a study. Its courses become the text."""
    title = " ".join(part for part in (text_at(item, "studyType"), text_at(item, "area")) if part)
    courses = "\n".join(f"- {course}" for course in texts_at(item, "courses"))
    return {
        "title": title or text_at(item, "institution"),
        "institution": text_at(item, "institution"),
        "start": text_at(item, "startDate"),
        "awarded": text_at(item, "endDate"),
        "grade": text_at(item, "score") or text_at(item, "gpa"),
        "description": "\n\n".join(part for part in (_description(item), courses) if part),
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
        "description": _work_description(item),
        "x-url": text_at(item, "url") or text_at(item, "website"),
    }


def _employer(item: Any) -> str:
    """Return the name of the employer; `company` is the key of older resumes."""
    return text_at(item, "name") or text_at(item, "company")


_VALUES = {
    "volunteer": _volunteer, "certificates": _certificate, "awards": _award, "work": _job, "education": _education
}  # fmt: skip


def _description(item: Any) -> str:
    """Return the summary, with the highlights as a list below it."""
    points = "\n".join(f"- {point}" for point in texts_at(item, "highlights"))
    return "\n\n".join(part for part in (long_text_at(item, "summary"), points) if part)


def _work_description(item: Any) -> str:
    """Return the summary of a job, what the employer does, and the highlights as the achievements of a post."""
    points = "\n".join(f"- {point}" for point in texts_at(item, "highlights"))
    achieved = f"## Achievements\n\n{points}" if points else ""
    texts = (long_text_at(item, "summary"), long_text_at(item, "description"), achieved)
    return "\n\n".join(text for text in texts if text)


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
            place = _PLACES.get(part, "no place in a journal")
            yield f"{part}: not imported; {place}: {SEPARATOR.join(named[:_MOST_NAMED])}{more}"
    for part in _PARTS:
        entries = (item for item in list_at(document, part) if isinstance(item, dict))
        lost = dict.fromkeys(shortened(key, _LONGEST_NAME) for item in entries for key in _lost(part, item))
        if lost:
            yield f"{part}: not imported: {', '.join(list(lost)[:_MOST_NAMED])}"
    known = {*_PARTS, *_NAMES, "basics", "meta", "$schema"}
    others = [shortened(str(key), _LONGEST_NAME) for key in document if key not in known]
    if isinstance(document.get("basics"), dict):
        yield "basics: not imported; your name, contact and summary belong in cpd.yaml, the summary under cv: profile"
    if others:
        yield f"unknown parts not imported: {', '.join(others[:_MOST_NAMED])}"


def _lost(part: str, item: Mapping[str, Any]) -> Iterator[str]:
    """Yield the keys of an item that its record has no place for."""
    for key, value in item.items():
        if value not in ("", None, [], {}) and key not in _KEYS[part]:
            yield str(key)


def _shown(item: Any, keys: tuple[str, ...]) -> str:
    """Return the name of an item with its dates."""
    words = ", ".join(text for key in keys if (text := text_at(item, key)))
    dates = " to ".join(text for key in ("startDate", "endDate") if (text := text_at(item, key)))
    dates = dates or text_at(item, "releaseDate")
    return shortened(words, _LONGEST_NAME) + (f" ({dates})" if words and dates else "")
