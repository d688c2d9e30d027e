"""The values that a field may have in this journal: fixed words, names of other files, what was written before."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import NamedTuple

from cpdkit.checks.registry import CODES
from cpdkit.editor.known import Known, used
from cpdkit.editor.meanings import LEVEL_SAYS, WORD_SAYS
from cpdkit.editor.page import Meaning, Page
from cpdkit.journal.compound import LEVELS, Competences, EvidenceList
from cpdkit.journal.kinds import Choice, Day, Flag, Items, Kind, Year
from cpdkit.journal.settings import SEVERITIES, Accepted, Severities, is_fixed

MOST = 500
"""More than these help nobody who chooses from a list."""
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Offer(NamedTuple):
    """One value: what is written, what is shown beside it, and more to find it by."""

    value: str
    detail: str = ""
    search: str = ""


def values_for(found: Meaning, page: Page, known: Known) -> list[Offer]:
    """What the value of a field may be."""
    kind = found.field.kind
    if found.rest:
        return _of_mapping(kind)
    if source := _SOURCES.get(found.names):
        return list(source(known))[:MOST]
    if isinstance(kind, Items):
        kind = kind.kind
    if isinstance(kind, Choice):
        return [Offer(word, WORD_SAYS.get((found.names[-1], word), "")) for word in kind.options]
    if isinstance(kind, Flag):
        return [Offer("true"), Offer("false")]
    if isinstance(kind, Day):
        return list(_days(found.names, page, known.day))
    return [Offer(str(known.day.year - 1)), Offer(str(known.day.year))] if isinstance(kind, Year) else []


def keys_for(found: Meaning, page: Page, known: Known) -> list[Offer]:
    """What the keys of a mapping may be that has no fields: codes of competences or of diagnostics."""
    kind = found.field.kind
    if found.rest:
        return []
    if isinstance(kind, Competences):
        return list(_competences(known))[:MOST]
    if isinstance(kind, Accepted):
        return _codes(each.code for each in known.diagnostics(page.path))
    return _codes() if isinstance(kind, Severities) else []


def is_list(kind: Kind) -> bool:
    """Whether a field takes several values, so that one given already is of no use."""
    return isinstance(kind, Items | Competences | EvidenceList)


def _of_mapping(kind: Kind) -> list[Offer]:
    if isinstance(kind, Competences):
        return [Offer(level, LEVEL_SAYS[level]) for level in LEVELS]
    return [Offer(word) for word in SEVERITIES.options] if isinstance(kind, Severities) else []


def _competences(known: Known) -> Iterable[Offer]:
    """The codes that may be claimed, those claimed before first."""
    titles = known.words.competences
    before = used(each.competences for each in known.activities)
    for code in dict.fromkeys((*before, *titles)):
        yield Offer(code, titles.get(code, ""), titles.get(code, ""))


def _objectives(known: Known) -> Iterable[Offer]:
    """The objectives, the open ones first."""
    some = known.objectives.values()
    for each in sorted(some, key=lambda each: (each.status != "open", each.id)):
        yield Offer(each.id, f"{each.title} ({each.status})", each.title)
    for name in sorted(known.listing.objectives - known.objectives.keys()):
        yield Offer(name)


def _topics(known: Known) -> Iterable[Offer]:
    """The topics that cpd.yaml allows; where it allows any, those used and those that the member's schemes ask for."""
    if known.words.topics:
        return [Offer(topic, "in cpd.yaml") for topic in known.words.topics]
    schemes = [known.words.scheme(name) for name in known.words.followed]
    asked = {topic: scheme.label for scheme in schemes if scheme for topic in scheme.topics}
    before = used(each.topics for each in known.activities)
    return [Offer(topic, asked.get(topic, "")) for topic in dict.fromkeys((*before, *asked))]


def _evidence(known: Known) -> Iterable[Offer]:
    """The evidence, what no activity names first, then the newest name first."""
    named = {path for each in known.activities for path in each.evidence}
    for path in sorted(sorted(known.listing.evidence, reverse=True), key=lambda path: path in named):
        yield Offer(path, "used already" if path in named else "")


def _frameworks(known: Known) -> Iterable[Offer]:
    return [Offer(name, each.title, each.title) for name, each in known.words.frameworks.items()]


def _schemes(known: Known) -> Iterable[Offer]:
    for name in known.words.scheme_ids:
        scheme = known.words.scheme(name)
        yield Offer(name, scheme.body if scheme else "", scheme.title if scheme else "")


def _said(name: str) -> Callable[[Known], Iterable[Offer]]:
    """What one field of the activities says."""
    return lambda known: [Offer(value) for value in used((getattr(each, name),) for each in known.activities)]


_SOURCES: Mapping[tuple[str, ...], Callable[[Known], Iterable[Offer]]] = MappingProxyType(
    {
        ("competences",): _competences,
        ("objectives",): _objectives,
        ("topics",): _topics,
        ("evidence",): _evidence,
        ("evidence", "path"): _evidence,
        ("frameworks",): _frameworks,
        ("schemes",): _schemes,
        ("schemes", "scheme"): _schemes,
        ("provider",): _said("provider"),
        ("location",): _said("location"),
        ("role",): _said("role"),
    }
)


def _codes(first: Iterable[str] = ()) -> list[Offer]:
    """The codes that may be set or accepted; those that the file has come first."""
    codes = [code for code in dict.fromkeys((*first, *CODES)) if code in CODES and not is_fixed(code)]
    return [Offer(code, CODES[code].title, CODES[code].title) for code in codes]


def _days(names: tuple[str, ...], page: Page, today: date) -> Iterable[Offer]:
    """The days that are likely: the one in the file's name, the activity's own, today and yesterday."""
    in_name = _DAY.search(page.path.rpartition("/")[2])
    start = next(iter(page.outline.values_of(("start",)) or page.outline.values_of(("date",))), "")
    likely = {
        in_name[0] if in_name and names != ("end",) else "": "in the file's name",
        start if names != ("start",) and _DAY.fullmatch(start) else "": "the start",
        str(today): "today",
        str(today - timedelta(days=1)): "yesterday",
    }
    return [Offer(day, said, said) for day, said in likely.items() if day]
