"""What the headings of other people's tables mean: from their words to fields.

A field's headings are declared with it, in `journal/records.py`. Beside the fields of an activity there are targets of
their own, `TARGETS`.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files

from cpdkit.exchange.layouts import LAYOUTS, Layout
from cpdkit.journal.records import ACTIVITY

TARGETS = {
    "description": "the text above the reflection",
    "reflection": "the reflection; the heading becomes its question",
    "body": "the whole Markdown below the fields",
    "folder": "the folder below activities/",
    "path": "the file's own path",
    "days": "a day, or two with a dash or “to” between them",
    "time": "a duration to the minute",
    "minutes": "a number of minutes",
    "details": "a title, and behind its first line a description",
    "signed-off-on": "the day of the sign-off",
    "skip": "nothing: the column is left out",
}
"""What a column may become beside a field, and what it then holds."""
REPEATABLE = ("description", "reflection", "benefit", "follow-up", "topics", "evidence", "details")
"""What several columns may become at once."""
_WORDS: Mapping[str, Mapping[str, Sequence[str]]] = tomllib.loads(
    files(__package__).joinpath("import_headings.toml").read_text("utf-8")
)
_ASIDE = re.compile(r"[(\[][^)\]]*[)\]]")
_BREAK = re.compile(r"[\W_]+")


def plain_heading(heading: str) -> str:
    """Return a heading's words alone, in small letters: `Date(s)` and `date s` are the same."""
    return " ".join(_BREAK.sub(" ", heading.casefold()).split())


def target_of(heading: str) -> str:
    """Return the field or target that a heading means; empty where it means none."""
    plain = plain_heading(heading)
    bare = plain_heading(_ASIDE.sub(" ", heading))
    return _KNOWN.get(plain) or _KNOWN.get(bare, "")


def layout_of(headings: Iterable[str]) -> Layout | None:
    """Return the professional body's table whose headings these are; None where no table has all of its own here."""
    there = {plain_heading(heading) for heading in headings}
    layouts = LAYOUTS.values()
    return next(
        (each for each in layouts if all(plain_heading(column.header) in there for column in each.columns)), None
    )


def _known() -> dict[str, str]:
    """Return fields and targets by the headings that mean them."""
    targets: dict[str, str] = {}
    for name, words in _WORDS["headings"].items():
        targets |= {plain_heading(word): name for word in words}
    for field in ACTIVITY.fields:
        targets |= {plain_heading(word): field.name for word in field.headings}
    for field in ACTIVITY.fields:
        for word in (*field.meant, *field.aliases):
            targets.setdefault(plain_heading(word), field.name)
    names = (*TARGETS, *(field.name for field in ACTIVITY.fields))
    return targets | {plain_heading(name): name for name in names}


_KNOWN = _known()
TYPE_WORDS: Mapping[str, str] = {word: name for name, words in _WORDS["types"].items() for word in words}
"""From other people's words for types of activity to the six."""
