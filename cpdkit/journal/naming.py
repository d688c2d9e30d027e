"""File names of records: made from a title, and found by any part."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from pathlib import PurePosixPath

from cpdkit.errors import UsageError
from cpdkit.journal.spelling import plain
from cpdkit.text.names import composed, folded

# Microsoft, "Naming Files, Paths, and Namespaces": a reserved name stays reserved with a suffix.
WINDOWS_DEVICE = r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])"
"""The names, in small letters, that no file of Windows can have."""
_IS_DEVICE = re.compile(WINDOWS_DEVICE)
MOST_NAMED = 8
LONGEST_SLUG = 60
LONGEST_BYTES = 180
"""Common file systems allow 255 bytes; the date, a number and `.md` need room too."""
NAMELESS = "activity"
LOOSEST = 4
"""Letters in order are a match if they are in a part of the name that is at most this many times as long."""
LEAST_LETTERS = 4
"""A short ID has at least so many letters, so that it is a word that a person recognises."""
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MARKS = {"Mn", "Mc", "Me"}


def slug(title: str, nameless: str = NAMELESS) -> str:
    """Return a title as a part of a file name that every system accepts: `IET lecture: grid` → `iet-lecture-grid`.

    Latin letters lose their accents. Letters of other scripts stay. A title without letters or digits gives
    `nameless`.
    """
    plain = unicodedata.normalize("NFKD", title).casefold().replace("ı", "i").replace("'", "").replace("’", "")
    letters = "".join(letter for letter in plain if not _is_accent(letter))
    words = "".join(letter if _belongs(letter) else " " for letter in composed(letters)).split()
    name = _shortened(words) or nameless
    return f"{name}-{nameless}" if is_windows_device(name) else name


def is_windows_device(name: str) -> bool:
    """Return whether Windows reserves a name without a suffix for a device, so that no file can have it."""
    return _IS_DEVICE.fullmatch(name.casefold()) is not None


def file_name(day: date, title: str) -> str:
    """Return the default file name of an activity: `2026-03-14-iet-lecture.md`."""
    return f"{day.isoformat()}-{slug(title)}.md"


def unique(path: str, taken: Collection[str]) -> str:
    """Return the path, with a number after its stem if the path is in use, in any case: `lecture-2.md`."""
    return Paths(taken).free(path)


class Paths:
    """The paths in use, in any case. Each of many equal ones gets its number at once."""

    def __init__(self, paths: Iterable[str] = ()) -> None:
        self._used = {folded(path) for path in paths}
        self._numbers: dict[str, int] = {}

    def __contains__(self, path: str) -> bool:
        return folded(path) in self._used

    def add(self, path: str) -> None:
        """Mark a path as used."""
        self._used.add(folded(path))

    def free(self, path: str) -> str:
        """Return the path, with a number after its stem if the path is in use: `lecture-2.md`."""
        suffix = PurePosixPath(path).suffix
        stem = path[: len(path) - len(suffix)]
        number, free = self._numbers.get(folded(path), 1), path
        while free in self:
            number += 1
            free = f"{stem}-{number}{suffix}"
        self._numbers[folded(path)] = max(number - 1, 1)
        return free


class NoMatch(UsageError):
    """No file name and no title has this text in it."""

    def __init__(self, text: str, what: str) -> None:
        command = LISTING.get(what, "cpd search")
        super().__init__(f'no {what} matches "{text}"', f"use a part of the file name or title; {command} shows them")


class SeveralMatch(UsageError):
    """A text matches several files; `paths` are these."""

    def __init__(self, text: str, paths: Sequence[str]) -> None:
        names = ", ".join(id_of(path) for path in paths[:MOST_NAMED])
        more = f" and {len(paths) - MOST_NAMED} more" if len(paths) > MOST_NAMED else ""
        super().__init__(
            f'"{text}" matches {len(paths)} files', f"write more of the name, to match only one of: {names}{more}"
        )
        self.paths = tuple(paths)


LISTING = {"activity": "cpd list", "objective": "cpd plan"}
"""The commands that show the IDs of records."""
Titles = Callable[[], Mapping[str, str]]
"""Returns titles by path. They are read only if no file name matches."""


def resolve_id(text: str, paths: Iterable[str], what: str = "activity", titles: Titles = dict) -> str:
    """Return the path for a text: an ID, a path, or any part of an ID or title that fits only one path.

    Raise NoMatch if none fits, SeveralMatch if several do.
    """
    matches = _matches(text, sorted(paths), titles)
    if not matches:
        raise NoMatch(text, what)
    if len(matches) > 1:
        raise SeveralMatch(text, matches)
    return matches[0]


def _matches(text: str, paths: Sequence[str], titles: Titles) -> list[str]:
    """Return the paths that a text fits best: whole names before beginnings before other parts, then titles."""
    wanted = _compared(text.strip()).removeprefix("./")
    words = plain(wanted)
    of_names: tuple[Callable[[str], bool], ...] = (
        lambda path: _compared(path) == wanted or _compared(path).endswith(f"/{wanted}"),
        lambda path: _compared(id_of(path)) == wanted.removesuffix(".md"),
        lambda path: _compared(id_of(path)).startswith(wanted),
        lambda path: wanted in _compared(id_of(path)),
        lambda path: words in plain(id_of(path)),
    )
    if not words:
        return []
    for fits in of_names:
        if matches := [path for path in paths if fits(path)]:
            return matches
    plain_titles = {path: plain(title) for path, title in titles().items()}
    of_titles: tuple[Callable[[str], bool], ...] = (
        lambda title: title == words,
        lambda title: title.startswith(words),
        lambda title: words in title,
    )
    for fits in of_titles:
        if matches := [path for path in paths if fits(plain_titles.get(path, ""))]:
            return matches
    return []


def narrowed(text: str, names: Mapping[str, str]) -> list[str]:
    """Return the paths whose names contain all the words of a text; without any, those with its letters in order.

    `names` maps paths to all that a person may write of them. The closest together of such letters come first.
    """
    words = plain(text).split()
    texts = {path: plain(name) for path, name in names.items()}
    if matches := [path for path, name in texts.items() if all(word in name for word in words)]:
        return matches
    letters = "".join(words)
    spans = {path: _span_of(letters, name) for path, name in texts.items()}
    near = [path for path, span in spans.items() if 0 < span <= LOOSEST * len(letters)]
    return sorted(near, key=lambda path: spans[path])


def _span_of(letters: str, text: str) -> int:
    """Return the length of the shortest part of a text that has the letters in this order; 0 for none."""
    if not letters:
        return 0
    best = 0
    for start, letter in enumerate(text):
        if letter != letters[0]:
            continue
        at = start
        for wanted in letters[1:]:
            at = text.find(wanted, at + 1)
            if at < 0:
                return best
        if not best or at - start + 1 < best:
            best = at - start + 1
    return best


def _compared(path: str) -> str:
    """Return a path as `resolve_id` compares it. Shells of Windows complete paths with backslashes."""
    return folded(path).replace("\\", "/")


def id_of(path: str) -> str:
    """Return the ID of a record: its file name without `.md`, composed."""
    return composed(path.rpartition("/")[2].removesuffix(".md"))


def short_ids(paths: Iterable[str], everything: Iterable[str]) -> dict[str, str]:
    """Return the shortest words of each ID that fit no other record, or the whole ID; the path if two IDs are the same.

    `everything` has the paths of all records of the journal, these included.
    """
    names = [folded(id_of(path)) for path in everything]
    count_of_names = Counter(names)
    by_letters: dict[str, list[str]] = {}
    for name in names:
        for letters in {name[at : at + LEAST_LETTERS] for at in range(len(name) - LEAST_LETTERS + 1)}:
            by_letters.setdefault(letters, []).append(name)

    def is_unique(part: str) -> bool:
        starts = range(len(part) - LEAST_LETTERS + 1)
        few = min((by_letters.get(part[at : at + LEAST_LETTERS], ()) for at in starts), key=len)
        return len(few) == 1 or len(list(islice((name for name in few if part in name), 2))) == 1

    def short_id(path: str) -> str:
        name = id_of(path)
        if count_of_names[folded(name)] > 1:
            return path
        return next((part for part in _parts_of(name) if is_unique(folded(part))), name)

    return {path: short_id(path) for path in paths}


def _parts_of(name: str) -> Iterator[str]:
    """Yield the parts of an ID that consist of whole words: fewer words first, then shorter ones, without the date."""
    dated = _DATE.match(name)
    words = [match.span() for match in re.finditer(r"\w+", name) if not dated or match.start() >= dated.end()]
    for count in range(1, len(words) + 1):
        parts = {name[words[at][0] : words[at + count - 1][1]] for at in range(len(words) - count + 1)}
        known_words = [part for part in parts if sum(map(str.isalpha, part)) >= LEAST_LETTERS]
        yield from sorted(known_words, key=lambda part: (len(part), part))


def _is_accent(letter: str) -> bool:
    """Return whether a mark is an accent of a Latin, Greek or Cyrillic letter. In other scripts, marks are letters."""
    return "\u0300" <= letter <= "\u036f"


def _belongs(letter: str) -> bool:
    return letter.isalnum() or unicodedata.category(letter) in _MARKS


def _shortened(words: Iterable[str]) -> str:
    """Return as many whole words as fit, or the start of the first word."""
    name = ""
    for word in words:
        longer = f"{name}-{word}" if name else word
        if len(longer) > LONGEST_SLUG or len(longer.encode()) > LONGEST_BYTES:
            return name or _cut(word)
        name = longer
    return name


def _cut(word: str) -> str:
    return word[:LONGEST_SLUG].encode()[:LONGEST_BYTES].decode(errors="ignore")
