"""What the owner's own past says of a new activity: records of a similar name, or of the same provider."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cpdkit.journal.loading import read_file
from cpdkit.journal.minutes import Minutes
from cpdkit.journal.naming import id_of, slug
from cpdkit.journal.reading import FORMS
from cpdkit.journal.records import Activity, ActivityType, Status
from cpdkit.text.files import Disk

MOST_READ = 5
"""How many records of similar names are read."""
NEWEST = 30
"""Among how many of the newest records one of the same provider is looked for."""
ENOUGH = 0.34
"""How much of two names' words must be the same."""
_DATE = re.compile(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}-?")
_FILLER = frozenset(
    {"a", "an", "and", "at", "by", "for", "from", "how", "in", "into", "is", "it", "my", "of", "on", "or", "our", "the"}
    | {"to", "up", "with", "about", "again", "day", "days", "part", "one", "two"}
)


@dataclass(frozen=True, slots=True)
class Guess:
    """What a past record leads to expect, and why: `like` is the record's id."""

    type: ActivityType
    minutes: Minutes
    like: str
    why: str


def guess_from(disk: Disk, paths: Sequence[str], title: str, provider: str = "") -> Guess | None:
    """What the past says of a title and a provider; None where nothing is like it. Reads a few records at most."""
    if found := _read(disk, similar(paths, title)):
        return _guess(found, "its title is similar")
    if not provider:
        return None
    newest = sorted(paths, key=id_of, reverse=True)[:NEWEST]
    same = [each for each in _read(disk, newest) if each.provider.casefold() == provider.casefold()]
    return _guess(same, "it has the same provider") if same else None


def similar(paths: Iterable[str], title: str) -> list[str]:
    """The paths whose names have most of a title's words, the most similar first, of equals the newest."""
    wanted = _words(slug(title))
    if not wanted:
        return []
    scored = [
        (share, id_of(path), path)
        for path in paths
        if (words := _words(_DATE.sub("", id_of(path)))) and (share := len(wanted & words) / len(wanted | words))
    ]
    best = sorted((each for each in scored if each[0] >= ENOUGH), reverse=True)
    return [path for _, _, path in best[:MOST_READ]]


def _words(name: str) -> frozenset[str]:
    return frozenset(word for word in name.casefold().split("-") if word not in _FILLER and not word.isdecimal())


def _read(disk: Disk, paths: Iterable[str]) -> list[Activity]:
    """The activities at these paths that can be read and happened, in their order."""
    records = (read_file(disk, path, FORMS["activities"])[0] for path in paths)
    return [each for each in records if isinstance(each, Activity) and each.status in (Status.DONE, Status.PLANNED)]


def _guess(found: Sequence[Activity], why: str) -> Guess:
    """The commonest type, and the hours of the first that is of it and has some."""
    kind = Counter(each.type for each in found).most_common(1)[0][0]
    of_it = [each for each in found if each.type is kind]
    first = next((each for each in of_it if each.minutes), of_it[0])
    return Guess(kind, first.minutes, first.id, why)
