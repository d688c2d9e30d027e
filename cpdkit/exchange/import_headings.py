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
    "seconds": "a number of seconds",
    "day-fraction": "a part of a day, as spreadsheets store times: 0.0625 is 1h30",
    "start-time": "the time of day at the start",
    "end-time": "the time of day at the end; with the start, it gives the hours",
    "break": "a break, which is subtracted from the time between start and end",
    "details": "a title on the first line, and a description below it",
    "signed-off-on": "the date of the sign-off",
    "skip": "nothing: the column is omitted",
}
"""What a column can become other than a field, and what it contains then."""
REPEATABLE = (
    "description", "reflection", "benefit", "follow-up", "topics", "evidence", "details", "start-time", "end-time",
    "break",
)  # fmt: skip
"""Fields and targets to which several columns can be matched."""
_WORDS: Mapping[str, Mapping[str, Sequence[str]]] = tomllib.loads(
    files(__package__).joinpath("import_headings.toml").read_text("utf-8")
)
UNITS = ("hours", "minutes", "seconds")
"""Targets whose plain numbers have a unit."""
AMOUNTS = (*UNITS, "time", "day-fraction")
"""Targets that give the hours."""
_TIME = {kind: frozenset(words) for kind, words in _WORDS["time"].items()}
_PLURAL = re.compile(r"(?<=\w)\(s\)", re.IGNORECASE)
_ASIDE = re.compile(r"[(\[][^()\[\]]*[)\]]")
TITLES = tuple(_WORDS["titles"]["instead"])
"""Headings of columns that are the title if no other one is, the best first."""
NEVER = frozenset(_WORDS["titles"]["never"])
"""Headings of columns whose content shows nothing: users, calendars, clients."""
STARTS = frozenset(_WORDS["dates"]["starts"])
"""Headings of dates that can be nothing but the start."""
COMPLETIONS = frozenset(_WORDS["dates"]["completions"])
"""Headings of dates that are the end if there is a start, otherwise the day."""
_BREAK = re.compile(r"[\W_]+")
_SIDES = ("start", "end", "start-time", "end-time")
_PAIR = re.compile(r"(.+) \d|(?:am|pm|morning|afternoon|evening) (.+)")
"""One of several pairs of times of a day: `Start 2`, `Morning in`."""


def plain_heading(heading: str) -> str:
    """Return only the words of a heading, in lower case: `Date(s)` and `date s` are the same."""
    return " ".join(_BREAK.sub(" ", heading.casefold()).split())


def target_of(heading: str) -> str:
    """Return the field or target that a heading means; empty for none."""
    plain = plain_heading(heading)
    known = _KNOWN.get(plain, "")
    if known and known != "hours":
        return known
    if break_unit(heading) is not None:
        return "break"
    if (pair := _PAIR.fullmatch(plain)) and _KNOWN.get(pair[1] or pair[2]) in _SIDES:
        return _KNOWN[pair[1] or pair[2]]
    heading = _PLURAL.sub("", heading)
    if target := time_target(plain_heading(heading)) or known:
        return target
    bare, aside = plain_heading(_ASIDE.sub(" ", heading)), plain_heading(" ".join(_ASIDE.findall(heading)))
    target = time_target(bare) or _KNOWN.get(bare, "")
    if (bare, aside) == ("length", "m"):
        return ""
    if target in AMOUNTS:
        return _in_units(target, aside)
    # `Formal (h)` has the hours of formal activities, not whether an activity is formal.
    units = [word for word in _unit_words(aside.split()) if len(word) > 1 or word == "h"]
    is_amount = bool(units) and target not in ("units", "participatory")
    return "" if is_amount else target


def break_unit(heading: str) -> str | None:
    """Return the unit of a heading of breaks: `clock` for their start or end, empty for none; None for another."""
    words = plain_heading(_PLURAL.sub("", heading)).split()
    if not _TIME["breaks"].intersection(words):
        return None
    sides = _TIME["sides"].intersection(words)
    known = _TIME["breaks"] | _TIME["meals"] | sides
    if not all(word in known or word.isdigit() or _is_of_time(word) for word in words):
        return None
    units = _units(words)
    return "clock" if sides else units.pop() if len(units) == 1 else ""


def time_target(plain: str) -> str:
    """Return `hours`, `minutes`, `seconds` or `time` (a duration without a unit) for a heading that names time."""
    words = plain.split()
    units = _units(words)
    durations = _TIME["duration"].intersection(words)
    if not (units or durations) or not all(_is_of_time(word) for word in words):
        return ""
    # A letter alone may be a size or a gender, and a length in m is in metres.
    if units and not durations - {"length"} and all(len(word) == 1 and word.isascii() for word in _unit_words(words)):
        return ""
    return units.pop() if len(units) == 1 else "time"


def names_clock(heading: str) -> bool:
    """Return whether a heading can also mean the time of day, such as `Time` or `Time (24h)`."""
    heading = _PLURAL.sub("", heading)
    words = plain_heading(_ASIDE.sub(" ", heading)).split()
    aside = plain_heading(" ".join(_ASIDE.findall(heading))).split()
    is_form = bool({"12", "24", "hh", "mm"}.intersection(aside))
    is_clock = bool(_TIME["clocks"].intersection(words)) and _TIME["clocks"] | _TIME["neutral"] >= set(words)
    return is_clock and (is_form or not _unit_words(aside))


def unit_named(word: str) -> str:
    """Return `hours`, `minutes` or `seconds` for a word in a cell; empty for another word."""
    return next((unit for unit in UNITS if word.casefold().rstrip(".") in _TIME[unit]), "")


def _in_units(target: str, aside: str) -> str:
    """Return the target of a heading of time with the unit in its brackets; empty for a unit of another kind."""
    words = aside.split()
    if {"mm"} < set(words) <= {"h", "hh", "mm", "ss"} and {"h", "hh"}.intersection(words):
        return "time"
    if (_TIME["other"] | _TIME["unspent"]).intersection(words):
        return ""
    units = _units(words)
    return target if not units else units.pop() if len(units) == 1 and target == "time" else "time"


def _unit_words(words: Iterable[str]) -> list[str]:
    return [word for word in words if any(word in _TIME[unit] for unit in UNITS)]


def _units(words: Sequence[str]) -> set[str]:
    return {unit for unit in UNITS if _TIME[unit].intersection(words)}


def _is_of_time(word: str) -> bool:
    return any(word in _TIME[kind] for kind in (*UNITS, "duration", "beside"))


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
