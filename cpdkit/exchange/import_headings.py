"""Headings of other people's tables, matched to fields.

A field's headings are declared with it, in `journal/records.py`. In addition to the fields of an activity there are
`TARGETS`.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files

from cpdkit.exchange.layouts import LAYOUTS, Layout
from cpdkit.journal.records import ACTIVITY

TARGETS = {
    "description": "the text above the reflection",
    "reflection": "the reflection; the column heading becomes the prompt",
    "body": "the whole text below the front matter",
    "folder": "the folder under activities/",
    "path": "the path of the file",
    "days": "a date, or two dates with a dash or “to” between them",
    "time": "a duration, exact to the minute",
    "minutes": "a number of minutes",
    "details": "a title on the first line, and a description below it",
    "signed-off-on": "the date of the sign-off",
    "skip": "nothing: the column is omitted",
}
"""What a column can become other than a field, and what it contains then."""
REPEATABLE = ("description", "reflection", "benefit", "follow-up", "topics", "evidence", "details")
"""Fields and targets to which several columns can be matched."""
_WORDS: Mapping[str, Mapping[str, Sequence[str]]] = tomllib.loads(
    files(__package__).joinpath("import_headings.toml").read_text("utf-8")
)
_ASIDE = re.compile(r"[(\[][^()\[\]]*[)\]]")
_BREAK = re.compile(r"[\W_]+")


def plain_heading(heading: str) -> str:
    """Return only the words of a heading, in lower case: `Date(s)` and `date s` are the same."""
    return " ".join(_BREAK.sub(" ", heading.casefold()).split())


def target_of(heading: str) -> str:
    """Return the field or target that a heading means; empty for none."""
    plain = plain_heading(heading)
    bare = plain_heading(_ASIDE.sub(" ", heading))
    return _KNOWN.get(plain) or _KNOWN.get(bare, "")


def layout_of(headings: Iterable[str]) -> Layout | None:
    """Return the professional body's layout whose headings are all among these; None if there is none."""
    present = {plain_heading(heading) for heading in headings}
    layouts = LAYOUTS.values()
    return next(
        (layout for layout in layouts if all(plain_heading(column.header) in present for column in layout.columns)),
        None,
    )


def _known() -> dict[str, str]:
    """Return the field or target of each known heading."""
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
"""The type of activity for each word in other people's tables."""
