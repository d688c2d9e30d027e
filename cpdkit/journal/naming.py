"""Names of files: made of a day and a title, safe on every system; and found again by any part of them."""

import re
from collections.abc import Collection, Iterable
from datetime import date
from unicodedata import combining, normalize

from cpdkit.errors import UsageError

LONGEST = 60
"""How many characters of a title go into a file's name at most: paths stay short enough for Windows."""
MOST_NAMED = 8
_APART = re.compile(r"[\W_]+")
_APOSTROPHES = re.compile(r"['’]")


def slug(title: str) -> str:
    """A title as a part of a file's name: small letters, digits and hyphens, cut between words.

    Accents go where the letter stays one; letters of other scripts stay, since every system takes them.
    """
    plain = "".join(letter for letter in normalize("NFKD", title).casefold() if not combining(letter))
    words = [word for word in _APART.split(normalize("NFC", _APOSTROPHES.sub("", plain))) if word]
    kept = ""
    for word in words:
        longer = f"{kept}-{word}" if kept else word[:LONGEST]
        if len(longer) > LONGEST:
            break
        kept = longer
    return kept


def file_name(day: date, title: str) -> str:
    """`2026-03-14-grid-storage-lecture.md`."""
    return f"{'-'.join(part for part in (day.isoformat(), slug(title)) if part)}.md"


def unique(path: str, taken: Collection[str]) -> str:
    """A path that is not taken, also where capitals don't count: `…-2.md` for the second."""
    folded = {each.casefold() for each in taken}
    stem, dot, suffix = path.rpartition(".")
    number = 1
    while path.casefold() in folded:
        number += 1
        path = f"{stem}-{number}{dot}{suffix}"
    return path


def identified(said: str, paths: Iterable[str], what: str = "activity") -> str:
    """The path that somebody means: its id, a path, or any part of the id that no other has.

    Raises UsageError, which names what fits where several do.
    """
    paths = sorted(paths)
    wanted = said.strip().removeprefix("./").casefold()
    tests = (
        lambda path: path.casefold() == wanted or path.casefold().endswith(f"/{wanted}"),
        lambda path: id_of(path).casefold() == wanted.removesuffix(".md"),
        lambda path: id_of(path).casefold().startswith(wanted),
        lambda path: wanted in id_of(path).casefold(),
    )
    for fits in tests:
        found = [path for path in paths if wanted and fits(path)]
        if len(found) == 1:
            return found[0]
        if found:
            names = ", ".join(id_of(path) for path in found[:MOST_NAMED])
            more = f" and {len(found) - MOST_NAMED} more" if len(found) > MOST_NAMED else ""
            raise UsageError(f'"{said}" is a part of {len(found)} names', f"say more of one of them: {names}{more}")
    raise UsageError(f'there is no {what} "{said}"', "any part of its file's name will do; cpd list shows them")


def id_of(path: str) -> str:
    """A record's id: its file's name without `.md`."""
    return path.rpartition("/")[2].removesuffix(".md")
