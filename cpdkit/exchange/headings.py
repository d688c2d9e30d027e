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
    files(__package__).joinpath("words.toml").read_text("utf-8")
)
_ASIDE = re.compile(r"[(\[][^)\]]*[)\]]")
_BREAK = re.compile(r"[\W_]+")


def plain_heading(said: str) -> str:
    """A heading's words alone, in small letters: `Date(s)` and `date s` are the same."""
    return " ".join(_BREAK.sub(" ", said.casefold()).split())


def target_of(heading: str) -> str:
    """The field or target that a heading means; empty where it means none."""
    plain = plain_heading(heading)
    bare = plain_heading(_ASIDE.sub(" ", heading))
    return _KNOWN.get(plain) or _KNOWN.get(bare, "")


def layout_of(headings: Iterable[str]) -> Layout | None:
    """The professional body's table whose headings these are; None where no table has nearly all of its own here."""
    there = {plain_heading(each) for each in headings}
    found = [(_share(layout, there), layout) for layout in LAYOUTS.values()]
    share, layout = max(found, key=lambda pair: pair[0])
    return layout if share == 1 else None


def _share(layout: Layout, there: set[str]) -> float:
    """How many of a layout's headings are there, of those that it has."""
    return sum(plain_heading(each.header) in there for each in layout.columns) / len(layout.columns)


def _known() -> dict[str, str]:
    found: dict[str, str] = {}
    for name, words in _WORDS["headings"].items():
        found |= {plain_heading(word): name for word in words}
    for each in ACTIVITY.fields:
        found |= {plain_heading(word): each.name for word in each.headings}
    for each in ACTIVITY.fields:
        for word in (*each.meant, *each.aliases):
            found.setdefault(plain_heading(word), each.name)
    names = (*TARGETS, *(each.name for each in ACTIVITY.fields))
    return found | {plain_heading(name): name for name in names}


_KNOWN = _known()
TYPE_WORDS: Mapping[str, str] = {word: name for name, words in _WORDS["types"].items() for word in words}
"""From other people's words for types of activity to the six."""
