"""Read an inbox: plain text in which one line, or one block, is a future activity.

`2h IET lecture on fault levels, learned: …`, with the date and the time at the beginning or the end of the first line,
and parts with a name (`learned:`, `provider:`) anywhere. What is not clear is a placeholder, and named.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from cpdkit.dates.day_words import MONTHS
from cpdkit.dates.days import parse_day
from cpdkit.dates.grammar import WEEKDAYS, numbered_days
from cpdkit.dates.hours import HOUR, Minutes, parse_time_spent
from cpdkit.errors import UsageError
from cpdkit.exchange.imports.dated_sections import minutes_between
from cpdkit.exchange.meetings import without_access
from cpdkit.journal.new_record import hours_text, type_in
from cpdkit.journal.records import TYPES
from cpdkit.journal.spelling import tidied
from cpdkit.journal.values import ActivityType
from cpdkit.text.wording import shortened

LONGEST_TITLE = 100
LONGEST_TIME: Minutes = 12 * HOUR
"""A longer time in a line is rather a part of the title, as in `24h hackathon`."""
MOST_FACTS = 4
"""Dates and times that are taken from one end of a line."""
_MONTH = rf"(?:{'|'.join(rf'{name[:3]}(?:{name[3:]})?' for name in MONTHS)}|sept)\.?"
_WEEKDAY = rf"(?:{'|'.join(rf'{name[:3]}(?:{name[3:]})?' for name in WEEKDAYS)}|tues|thurs?)\.?"
_RELATIVE = rf"(?:today|yesterday|(?:last|this|on) {_WEEKDAY}|\w{{1,6}} (?:day|week|fortnight|month)s? ago)"
_FULL = (
    r"\d{4}-\d{1,2}-\d{1,2}",
    r"\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})",
    rf"\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{_MONTH}(?:,? \d{{4}})?",
    rf"{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?",
)
_DAY = rf"(?:(?:{_WEEKDAY},? )?(?:{'|'.join(_FULL)})|{_RELATIVE})"
_SHORT_DAY = rf"(?:{_WEEKDAY}|\d{{1,2}}/\d{{1,2}})"
_CLOCK = r"(?:[01]?\d|2[0-3]):[0-5]\d"
_BETWEEN = re.compile(rf"({_CLOCK}) ?(?:-|–|to) ?({_CLOCK})")
_TIMES = (
    rf"{_CLOCK} ?(?:-|–|to) ?{_CLOCK}",
    r"\d{1,2} ?h ?\d{2}(?: ?m(?:ins?)?)?",
    r"\d{1,3}(?:[.,]\d{1,2})? ?(?:hours?|hrs?|h)(?: (?:and )?\d{1,2} ?(?:minutes?|mins?|m))?",
    r"\d{1,3} ?(?:minutes?|mins?)",
    r"(?:half an|an|one|two|three|four|five|six) hours?(?: and a half)?",
    r"(?:half )?a day",
    r"half day",
)
_TIME = f"(?:{'|'.join(_TIMES)})"
_GAP = r"(?: ?[,;:|·–—-]{1,2} ?| |$)"
_PARTED = r"(?: ?[,;:|·–—]| -|$) ?"
_AT_START = (
    ("time", re.compile(rf"(?P<fact>{_TIME})\b{_GAP}(?:of )?", re.IGNORECASE)),
    ("start", re.compile(rf"(?:on )?(?P<fact>{_DAY})(?!\w){_GAP}", re.IGNORECASE)),
    ("start", re.compile(rf"(?P<fact>{_SHORT_DAY})(?!\w){_PARTED}", re.IGNORECASE)),
)
_AT_END = (
    ("time", re.compile(rf"(?:[,;:|·–—-] ?| )[(\[]?(?:for )?(?P<fact>{_TIME})[)\]]?\.?$", re.IGNORECASE)),
    ("start", re.compile(rf"(?:[,;:|·–—-] ?| )[(\[]?(?:on )?(?P<fact>{_DAY})[)\]]?\.?$", re.IGNORECASE)),
    ("start", re.compile(rf"(?:, ?| ?[(\[])(?P<fact>{_SHORT_DAY})[)\]]?\.?$", re.IGNORECASE)),
)
LABELS: Mapping[str, tuple[str, ...]] = {
    "learned": ("learned", "learnt", "lesson", "lessons", "takeaway", "takeaways", "what i learned", "what i learnt"),
    "title": ("title",),
    "start": ("date", "day", "when"),
    "time": ("hours", "time", "duration", "took"),
    "type": ("type",),
    "provider": ("provider", "by", "organiser"),
    "location": ("location", "where", "place"),
    "role": ("role",),
    "topics": ("topic", "topics", "tags"),
    "objectives": ("objective", "objectives"),
    "competences": ("competence", "competences"),
    "note": ("note", "notes", "description"),
}
"""The names of parts, in English; the part ends at the next name."""
_TARGETS = {name: target for target, names in LABELS.items() for name in names}
_NAMES = "|".join(sorted(_TARGETS, key=len, reverse=True))
_LABEL = re.compile(rf"(?:^|(?<=[,;.]) ?|(?<= )- )({_NAMES}): ?", re.IGNORECASE | re.MULTILINE)
_MARK = re.compile(r"(?:[-*+•]|\d{1,3}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?")
_HEADING = re.compile(r"#{1,6}[ \t]+")
_TAG = re.compile(r"(?:^|(?<=\s))#([^\W\d_][\w/-]{0,60})")
_URL = re.compile(r"https?://[^\s<>\"]{1,2000}[^\s<>\".,;:!?)\]']")
_PHOTO = re.compile(
    r"!\[\[([^\[\]|\n]{1,200})(?:\|[^\[\]\n]{0,100})?\]\]|!\[[^\[\]\n]{0,200}\]\(<?([^()<>\n]{1,300})>?\)"
)
_WRITTEN_DAY = re.compile(rf"(?:on )?(?:{_RELATIVE}|{_WEEKDAY})", re.IGNORECASE)
"""A date that depends on the day on which it was written."""


@dataclass(frozen=True, slots=True)
class InboxEntry:
    """A future activity: its lines in the file (from 1, the last included) and its values by field.

    `unsure` are the fields whose values are placeholders or depend on when the line was written. `doubts` has the
    reasons.
    `photos` are names of files next to the inbox.
    """

    line: int
    last_line: int
    text: str
    values: Mapping[str, str]
    note: str = ""
    learned: str = ""
    photos: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What dates and times in an inbox depend on: today, and how the owner writes them."""

    today: date
    day_first: bool = False
    working_day: Minutes = 0


@dataclass(slots=True)
class _Parts:
    """The parts of an entry while it is read; the first value of a field counts.

    `unclear` is a date as written that has two meanings, or depends on when it was written.
    """

    reading: Reading
    values: dict[str, str] = field(default_factory=dict)
    unclear: str = ""
    notes: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)

    def take(self, target: str, text: str) -> bool:
        """Take a part; return whether it can be read."""
        plain = text.strip(" ,;\n")
        if target in self.values:
            return False
        if target == "start":
            return self._day(plain)
        if target == "time":
            return self._time(plain)
        if target == "type":
            word = _type_of(plain)
            self.values |= {"type": word} if word else {}
            return bool(word)
        self.values[target] = plain
        return True

    def _day(self, text: str) -> bool:
        try:
            day = parse_day(text, self.reading.today, day_first=self.reading.day_first)
        except UsageError as error:
            if len(numbered_days(text) or []) < 2:
                return False
            self.doubts.append(f"{error}; today is a placeholder")
            self.unclear, day = text, self.reading.today
        if _WRITTEN_DAY.fullmatch(text):
            self.doubts.append(f'"{shortened(text, 30)}" depends on when you wrote it; check the date')
            self.unclear = text
        self.values["start"] = day.isoformat()
        return True

    def _time(self, text: str) -> bool:
        if clocks := _BETWEEN.fullmatch(text):
            minutes = minutes_between(clocks[1], clocks[2])
        else:
            try:
                minutes = parse_time_spent(text, working_day=self.reading.working_day)
            except ValueError:
                return False
        if not 0 < minutes <= LONGEST_TIME:
            return False
        self.values["time"] = str(minutes)
        return True


def entries_in(text: str, reading: Reading) -> list[InboxEntry]:
    """Return the entries of an inbox in which each line or block is one."""
    return [_entry(number, lines, reading, context) for number, lines, context in _blocks(text.split("\n"), reading)]


def count_entries(text: str, reading: Reading) -> int:
    """Return how many entries `entries_in` would return."""
    return sum(1 for _ in _blocks(text.split("\n"), reading))


def entry_of_note(text: str, name: str, reading: Reading) -> InboxEntry | None:
    """Return the entry that a whole note is; None for an empty one. `name` is the title of one without words."""
    lines = text.rstrip().split("\n")
    first = next((number for number, line in enumerate(lines) if line.strip()), None)
    if first is None:
        return None
    return _entry(first + 1, lines[first:], reading, "", name)


def _blocks(lines: list[str], reading: Reading) -> Iterator[tuple[int, list[str], str]]:
    """Yield the first line (from 1), the lines and the date above of each entry."""
    above, number = "", 0
    while number < len(lines):
        line = lines[number]
        if not line.strip():
            number += 1
        elif match := _HEADING.match(line):
            above = _heading_day(line[match.end() :], reading)
            number += 1
        else:
            end = _end_of(lines, number, reading)
            yield number + 1, lines[number:end], above
            number = end


def _heading_day(title: str, reading: Reading) -> str:
    """Return the date that a heading consists of; empty for any other heading, which belongs to no entry."""
    parts = _Parts(reading)
    return parts.values["start"] if parts.take("start", title) else ""


def _end_of(lines: list[str], start: int, reading: Reading) -> int:
    """Return the line after an entry: a blank line, a heading, or the next line that begins an entry."""
    is_item = _MARK.match(lines[start])
    for number in range(start + 1, len(lines)):
        line = lines[number]
        if not line.strip():
            following = next((each for each in lines[number:] if each.strip()), "")
            if is_item and following[:1] in (" ", "\t"):
                continue
            return number
        if _HEADING.match(line) or _MARK.match(line):
            return number
        if not is_item and line[:1] not in (" ", "\t") and _begins_entry(line, reading):
            return number
    return len(lines)


def _begins_entry(line: str, reading: Reading) -> bool:
    """Return whether a line has a date or a time at one end, and a title."""
    if _LABEL.match(line):
        return False
    parts = _Parts(reading)
    title = _title(_without_marks(line), parts)
    return bool(parts.values) and re.search(r"\w", title) is not None


def _without_marks(line: str) -> str:
    """Return a line without tags, addresses and photos."""
    return _TAG.sub("", _URL.sub("", _PHOTO.sub("", line)))


def _entry(number: int, lines: list[str], reading: Reading, above: str, name: str = "") -> InboxEntry:
    raw = "\n".join(lines)
    head = _HEADING.sub("", _MARK.sub("", lines[0].strip(), count=1), count=1)
    text = "\n".join([head, *(line.strip() if _MARK.match(lines[0]) else line for line in lines[1:])])
    text = without_access(text)
    photos = tuple(dict.fromkeys((match[1] or match[2]).strip() for match in _PHOTO.finditer(text)))
    text = _PHOTO.sub("", text)
    urls = tuple(dict.fromkeys(_URL.findall(text)))
    parts = _Parts(reading)
    first = _labelled(text, parts)
    head, _, rest = first.strip("\n").partition("\n")
    tags = [*_TAG.findall(head), *parts.tags]
    head = _title(_without_marks(head), parts)
    types = [word for tag in tags if (word := _type_of(tag))]
    topics = [tag for tag in tags if not _type_of(tag)]
    if types:
        parts.values.setdefault("type", types[0])
    if topics:
        parts.values["topics"] = ", ".join([*filter(None, [parts.values.get("topics")]), *topics])
    rest = "\n".join(line for line in rest.split("\n") if not _takes_facts(line, parts))
    if rest.strip():
        parts.notes.insert(0, rest.strip("\n"))
    parts.values.setdefault("title", head or name)
    if above and "start" not in parts.values:
        parts.values["start"] = above
    values, unsure = _completed(parts)
    return InboxEntry(
        number, number + len(lines) - 1, raw, values, "\n\n".join(parts.notes), values.pop("learned", ""), photos, urls,
        unsure, tuple(parts.doubts),
    )  # fmt: skip


def _takes_facts(line: str, parts: _Parts) -> bool:
    """Take the dates and times of a line that has nothing else; return whether it has nothing else."""
    alone = _Parts(parts.reading)
    if not line.strip() or _title(line, alone):
        return False
    _title(line, parts)
    return True


def _labelled(text: str, parts: _Parts) -> str:
    """Take the named parts of a text, and return the text before them. A part that cannot be read stays a note."""
    matches = list(_LABEL.finditer(text))
    if not matches:
        return text
    for match, following in zip(matches, [*matches[1:], None], strict=True):
        value = text[match.end() : following.start() if following else len(text)]
        target = _TARGETS[match[1].casefold()]
        if target not in ("learned", "note"):
            parts.tags += _TAG.findall(value)
            value = _title(_TAG.sub("", value), parts) if "\n" not in value.strip() else value
        if target == "note":
            parts.notes.append(value.strip(" ,;\n"))
        elif value.strip() and not parts.take(target, value):
            parts.notes.append(f"{match[0].strip()} {value.strip()}")
    return text[: matches[0].start()].rstrip(" ,;-")


def _title(head: str, parts: _Parts) -> str:
    """Take the dates and times at both ends of the first line, and return the title between them."""
    head = " ".join(head.split())
    for patterns in (_AT_START, _AT_END):
        for _ in range(MOST_FACTS):
            found = next(
                ((target, match) for target, pattern in patterns
                 if (match := pattern.match(head) if patterns is _AT_START else pattern.search(head))
                 and target not in parts.values and parts.take(target, match["fact"])), None,
            )  # fmt: skip
            if not found:
                break
            match = found[1]
            head = (head[: match.start()] + head[match.end() :]).strip(" ,;:|·–—-")
    if len(head) > LONGEST_TITLE:
        parts.notes.append(head)
        cut = head[: LONGEST_TITLE - 1]
        head = f"{cut.rpartition(' ')[0] or cut}…"
    return head


def _completed(parts: _Parts) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return the values with placeholders for the missing ones, and the names of the fields that are unsure."""
    values, unsure = dict(parts.values), []
    if "type" not in values:
        values["type"] = type_in(values["title"]) or ActivityType.EVENT.value
        unsure.append("type")
    if "start" not in values:
        values["start"] = parts.reading.today.isoformat()
        unsure.append("start")
        parts.doubts.append("no date; today is a placeholder")
    elif parts.unclear:
        values["x-start"] = parts.unclear
        unsure.append("start")
    minutes = int(values.pop("time", "0"))
    values["hours"] = hours_text(minutes)
    if not minutes:
        unsure.append("hours")
        parts.doubts.append("no hours")
    return values, tuple(unsure)


def _type_of(word: str) -> str:
    """Return the type that a word is, or another word for it; empty for any other."""
    plain = tidied(word)
    return plain if plain in TYPES.options else str(TYPES.meant.get(plain, ""))
