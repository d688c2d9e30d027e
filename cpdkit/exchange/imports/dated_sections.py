"""Find the entries of a log: headings with a date, and headings below a date, a month or a year."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from cpdkit.dates.day_words import MONTHS
from cpdkit.dates.grammar import WEEKDAYS, month_number
from cpdkit.dates.hours import HOUR, Minutes, parse_hours
from cpdkit.exchange.cells import day_of, days_of, status_of, type_of
from cpdkit.exchange.import_headings import names_clock, target_of
from cpdkit.exchange.imports.entries import duration
from cpdkit.exchange.time_cells import clocks_of, is_hour_of_day, minutes_of
from cpdkit.text.wording import shortened

LONGEST_HEADING = 1_000
"""Characters of a heading in which a date is searched."""
_TITLE_LENGTH = 100
_MONTH = rf"(?:{'|'.join(rf'{name[:3]}(?:{name[3:]})?' for name in MONTHS)}|sept)\.?"
_WEEKDAY_NAME = rf"(?:(?:{'|'.join(rf'{name[:3]}(?:{name[3:]})?' for name in WEEKDAYS)}|tues|thurs?)(?!\w)\.?)"
_WEEKDAY = rf"(?:{_WEEKDAY_NAME},?\s+)?"
_DAY_NUMBER = r"\d{1,2}(?:st|nd|rd|th)?"
_FORMS = (
    r"\d{4}-\d{1,2}-\d{1,2}",
    r"\d{4}/\d{1,2}/\d{1,2}",
    r"\d{4}\.\d{1,2}\.\d{1,2}",
    rf"{_DAY_NUMBER}[ .-]?\s?{_MONTH}[ ,.-]\s?\d{{4}}",
    rf"{_MONTH} {_DAY_NUMBER},? \d{{4}}",
    r"\d{1,2}/\d{1,2}/(?:\d{4}|\d{2})",
    r"\d{1,2}[.-]\d{1,2}[.-]\d{4}",
    r"\d{2}[.-]\d{2}[.-]\d{2}",
)
_DAY = rf"(?:{'|'.join(_FORMS)})(?!\d)"
_SPAN = (
    rf"(?:{_DAY}(?:\s?(?:–|—|-|to|until|/|\.\.)\s?{_WEEKDAY}{_DAY})?"
    rf"|\d{{1,2}}\s?[–—-]\s?{_DAY_NUMBER} {_MONTH},? \d{{4}})"
)
_CLOCK = r"(?:[01]?\d|2[0-3]):[0-5]\d"
_TIMES = rf"(?:(?:,|T|\s)\s?(?P<begin>{_CLOCK})(?::\d\d)?(?:\s?[–—-]\s?(?P<finish>{_CLOCK}))?)?"
_CLOCK_IN_WORDS = r"\d{1,2}(?:[:h][0-5]\d|h|(?:[:.][0-5]\d)?\s?(?:[ap]\.?m\b\.?|uhr))"
_TIMES_FIRST = re.compile(
    rf"[(\[]?(?P<times>\d{{1,2}}(?:[:.h][0-5]\d|h)?(?:\s?[ap]m)?\s?(?:–|—|-|to|bis)\s?{_CLOCK_IN_WORDS})(?!\w)"
    r"[)\]]?(?:\s*[:–—|,-]+(?:\s|$)|\s+|$)",
    re.IGNORECASE,
)
_OPEN = r"(?:[^\w\s]|_){0,4}\s?"
_CLOSE = rf"(?:,?\s\(?{_WEEKDAY_NAME}\)?)?"
_BETWEEN = r"[\])>*_`]{0,4}(?:\s*(?:[:–—|]+|[,.-]+(?=\s|$))\s*|-(?=[^\W\d])|\s+|$)"
_AT_START = re.compile(rf"{_OPEN}{_WEEKDAY}(?P<day>{_SPAN}){_CLOSE}{_TIMES}{_BETWEEN}", re.IGNORECASE)
_AT_END = re.compile(rf"(?<![\d./-])(?P<day>{_SPAN})[\])>*_]{{0,4}}\s*$", re.IGNORECASE)
_COMPACT = re.compile(rf"{_OPEN}(?P<day>(?:19|20)\d\d(?:0[1-9]|1[0-2])[0-3]\d)(?!\d){_BETWEEN}")
_DAY_AND_MONTH = re.compile(
    rf"{_OPEN}{_WEEKDAY}(?:(?P<day>{_DAY_NUMBER}) (?P<month>{_MONTH})|(?P<month2>{_MONTH}) (?P<day2>{_DAY_NUMBER}))"
    rf"{_BETWEEN}",
    re.IGNORECASE,
)
_DAY_ALONE = re.compile(
    rf"{_OPEN}{_WEEKDAY}(?P<day>\d{{1,2}})"
    r"(?:(?:st|nd|rd|th)\b[\])>*_]{0,4} ?[:–—|,-]{0,4} ?| ?[:–—|]{1,4} | -{1,3} |$)",
    re.IGNORECASE,
)
_MONTH_AND_YEAR = re.compile(
    rf"{_OPEN}(?P<when>{_MONTH},? (?P<year>\d{{4}})|(?P<year2>\d{{4}})-(?P<number>0[1-9]|1[0-2])(?!\d)"
    rf"(?:\s{_MONTH}(?=\W|$))?){_BETWEEN}",
    re.IGNORECASE,
)
_MONTH_ALONE = re.compile(rf"\W*({_MONTH})\W*", re.IGNORECASE)
_YEAR = re.compile(r"(?<![\d/–-])(?:19|20)\d\d(?![\d/–-])")
_HOUR = r"(?:h|hrs?|hours?)"
_MINUTE = r"(?:mins?|minutes?)"
_LENGTH = rf"\d[\d.,]{{0,8}} ?(?:{_HOUR}(?: ?\d{{1,2}} ?(?:m|{_MINUTE})?)?|{_MINUTE})|\d{{1,3}}:[0-5]\d ?{_HOUR}"
_SPENT = r"(?:cpd|cpe|time|duration|spent|total|of|hours?|learning|study|[:~])"
_HOURS_IN_TITLE = re.compile(
    rf" ?[(\[] ?(?P<before>(?:{_SPENT} ?){{0,4}})(?P<time>{_LENGTH}) ?(?P<after>(?:{_SPENT} ?){{0,4}})[)\]]$",
    re.IGNORECASE,
)
_LONGEST_DAY = 12 * HOUR
"""A longer time in brackets may be a part of the name, as that of a race, unless other words show what it is."""
_SIGNS = re.compile(r"(\d{1,2}):([0-5]\d)")
_BETWEEN_CLOCKS = re.compile(rf"({_CLOCK})\s*(?:–|—|-|to|until)\s*({_CLOCK})")
_LABEL = re.compile(r"\s*(?:[-*+]\s+)?(?:\*\*|__)[^*_:\n]{1,60}(?::(?:\*\*|__)|(?:\*\*|__)\s*:)")
"""A label in bold before a colon: `**Thoughts:**`."""
_FIELDS = frozenset(["provider", "location", "role", "topics", "competences"])
_PROMPTS = frozenset(["reflection", "description", "benefit", "follow-up", "evidence", "objectives", "hours", "time"])
_MOST_FIELDS = 20


@dataclass(frozen=True, slots=True)
class Section:
    """A heading (level 0: the text above the first) and the text below it, with its lines, counted from 0.

    `source` is the heading with its markup. `values` has the values that the format itself has for it, by field.
    """

    level: int
    title: str
    text: str
    line: int
    stop: int = 0
    source: str = ""
    values: dict[str, str] = field(default_factory=dict)


class Context(NamedTuple):
    """The date that the headings above a section give: a year, a month, and the text of a day or of a month."""

    year: int = 0
    month: int = 0
    when: str = ""


class DatedTitle(NamedTuple):
    """The date of a heading as written, the rest of the heading, and the time between two clock times."""

    day: str
    rest: str
    minutes: Minutes = 0
    is_first: bool = True


@dataclass(slots=True)
class LogEntry:
    """An entry of a log: its date as written, title, text and values; `line` is counted from 1."""

    day: str
    title: str
    text: str
    line: int
    values: dict[str, str] = field(default_factory=dict)

    def cells(self) -> dict[str, str]:
        """Return the values by field or target; fields at the top of the text are values."""
        title, own = " ".join(self.title.split()), dict(self.values)
        if "time" not in own and (match := _HOURS_IN_TITLE.search(title)) and (minutes := _spent(match, self.day)):
            own["time"] = duration(minutes)
            title = title[: match.start()]
        fields, text = _fields(_without_last_rule(self.text))
        own = {**fields, **{name: value for name, value in own.items() if value}}
        title = title.strip() or first_line(text)
        if text.strip() == title:
            text = ""
        return {"title": title, "start": self.day, **own, "description": text.strip("\n")}


def _spent(match: re.Match[str], day: str) -> Minutes:
    """Return the minutes in the brackets at the end of a title; 0 if they may be a part of the name."""
    try:
        minutes = minutes_of(match["time"].replace(",", "."))
    except ValueError:
        return 0
    try:
        first, last = days_of(day)
    except ValueError:  # a month, for example
        first = last = date.min
    is_named = bool((match["before"] + match["after"]).strip(" :~"))
    return minutes if is_named or minutes <= _LONGEST_DAY * ((last - first).days + 1) else 0


class Log(NamedTuple):
    """The entries of a log, and the sections that belong to none, each with its context."""

    entries: list[LogEntry]
    outside: list[tuple[Section, Context]]


def log_of(sections: Sequence[Section]) -> Log:
    """Return the entries of the sections of a file."""
    log = Log([], [])
    above: list[tuple[int, Context]] = []
    entry_level = 0
    for number, section in enumerate(sections):
        while above and above[-1][0] >= section.level:
            above.pop()
        context = above[-1][1] if above else Context()
        dated = dated_title(section.title, context) if section.level else None
        if entry_level and section.level > entry_level and not (dated and dated.is_first):
            _append(log.entries[-1], section, entry_level)
            continue
        entry_level = 0
        inner = _context(section.title, dated, context)
        above.append((section.level, inner))
        is_container = dated is not None and _is_container(sections, number, dated, inner)
        undated_entry = not dated and bool(context.when) and not _is_context(section.title, context)
        if (dated and not is_container) or undated_entry:
            start, rest, minutes = (dated.day, dated.rest, dated.minutes) if dated else (context.when, section.title, 0)
            values = {"time": duration(minutes)} if minutes else {}
            log.entries.append(LogEntry(start, rest, section.text, section.line + 1, {**values, **section.values}))
            entry_level = section.level
        else:
            log.outside.append((section, inner))
    return log


@lru_cache(maxsize=1024)
def dated_title(title: str, context: Context) -> DatedTitle | None:
    """Return the parts of a heading with a date, which may need the year and the month of its context."""
    title = " ".join(title.split())
    start = title[:LONGEST_HEADING]
    if match := _AT_START.match(start):
        begin, finish = match["begin"], match["finish"]
        minutes = minutes_between(begin, finish) if begin and finish else 0
        rest = title[match.end() :].strip()
        if not begin and (times := _TIMES_FIRST.match(rest)):
            first, last = clocks_of(times["times"])
            minutes = ((last or first) - first) % (24 * HOUR)
            rest = rest[times.end() :].strip() if minutes else rest
        return DatedTitle(match["day"], rest, minutes)
    if match := _COMPACT.match(start):
        day = match["day"]
        return DatedTitle(f"{day[:4]}-{day[4:6]}-{day[6:]}", title[match.end() :].strip())
    length = _HOURS_IN_TITLE.search(title) if title == start else None
    named, after = (title[: length.start()], title[length.start() :]) if length else (title, "")
    if title == start and (match := _AT_END.search(named)) and match.start():
        before = title[: match.start()].rstrip()
        plain = before.rstrip(" -–—:,|([<*_")
        return DatedTitle(match["day"], f"{plain}{after}" if plain != before else title, is_first=False)
    if context.year and (match := _DAY_AND_MONTH.match(start)):
        day, month = match["day"] or match["day2"], match["month"] or match["month2"]
        return DatedTitle(f"{day} {month} {context.year}", title[match.end() :].strip())
    if context.year and context.month and (match := _DAY_ALONE.match(start)):
        day = f"{int(match['day'])} {MONTHS[context.month - 1]} {context.year}"
        return DatedTitle(day, title[match.end() :].strip())
    match = _MONTH_AND_YEAR.match(start)
    rest = title[match.end() :].strip() if match else ""
    return DatedTitle(match["when"], rest) if match and rest else None


def minutes_between(begin: str, finish: str) -> Minutes:
    """Return the minutes from one clock time to another, which may be after midnight."""
    first, last = (int(text.partition(":")[0]) * HOUR + int(text.partition(":")[2][:2]) for text in (begin, finish))
    return (last - first) % (24 * HOUR)


def first_line(text: str) -> str:
    """Return the first line with words, without the marks of a list, a heading or emphasis."""
    lines = (re.sub(r"^[\s>#*+-]+(?:\[[ xX]\]\s+)?|^\s*\d{1,3}[.)]\s+", "", line) for line in text.split("\n", 200))
    line = next((re.sub(r"\*\*|__|`", "", line).strip(" *_") for line in lines if re.search(r"\w", line)), "")
    return shortened(line, _TITLE_LENGTH)


def _without_last_rule(text: str) -> str:
    """Return a text without a rule (`---`) at its end, which only separates entries."""
    before, _, last = text.rstrip().rpartition("\n")
    is_rule = len(last.strip()) > 2 and not last.strip().strip("-") and not before.rpartition("\n")[2].strip()
    return before.rstrip() if is_rule else text


def _context(title: str, dated: DatedTitle | None, context: Context) -> Context:
    """Return the context below a heading."""
    title = title[:LONGEST_HEADING]
    if dated and not dated.rest:
        return context._replace(when=dated.day)
    if match := _MONTH_AND_YEAR.match(title):
        month = int(match["number"] or month_number(re.sub(r"\W.*", "", match["when"], flags=re.DOTALL)))
        return Context(int(match["year"] or match["year2"]), month, match["when"])
    if context.year and (match := _MONTH_ALONE.fullmatch(title)):
        month = month_number(match[1].strip("."))
        return Context(context.year, month, f"{MONTHS[month - 1]} {context.year}")
    years = _YEAR.findall(title)
    if len(set(years)) == 1 and not dated:
        return Context(int(years[0]))
    return context


def _is_context(title: str, context: Context) -> bool:
    """Return whether an undated heading only narrows the date of its context, as a month does."""
    start = title[:LONGEST_HEADING]
    return bool(_MONTH_AND_YEAR.match(start) or (context.year and _MONTH_ALONE.fullmatch(start)))


def _below(sections: Sequence[Section], number: int) -> Iterator[Section]:
    """Yield the sections below another."""
    for section in sections[number + 1 :]:
        if section.level <= sections[number].level:
            return
        yield section


def _is_container(sections: Sequence[Section], number: int, dated: DatedTitle, inner: Context) -> bool:
    """Return whether the entries of a date are the headings below it, so that the date has no entry of its own.

    A date without a title has its entries below it if they are not parts of one entry, such as a reflection. A title
    that ends with a date, as that of the whole file may, is none if there are dates below it.
    """
    section = sections[number]
    if not dated.is_first:
        return any(dated_title(each.title, inner) for each in _below(sections, number))
    if dated.rest or section.text.strip():
        return False
    below = list(_below(sections, number))
    top = min((each.level for each in below), default=0)
    heads = [each.title.rstrip() for each in below if each.level == top]
    return bool(heads) and not any(target_of(title) in _PROMPTS or title.endswith("?") for title in heads)


def _append(entry: LogEntry, section: Section, level: int) -> None:
    """Add a section to the text of an entry, with its heading one level below the title of an activity."""
    marks = "#" * min(max(section.level - level + 1, 2), 6)
    entry.text = f"{entry.text.rstrip()}\n\n{marks} {section.source or section.title}\n\n{section.text.strip()}".strip(
        "\n"
    )
    for name, value in section.values.items():
        if name == "time":
            earlier = parse_hours(entry.values["time"]) if entry.values.get("time") else 0
            entry.values["time"] = duration(earlier + parse_hours(value))
        elif not section.source:
            entry.values.setdefault(name, value)


def _fields(text: str) -> tuple[dict[str, str], str]:
    """Return the fields at the top of a text (`Hours: 1.5`, `- **Type:** course`) and the text without them.

    Only values that can be read are fields; others stay in the text, as lines with other labels in bold do.
    """
    lines = text.strip("\n").split("\n", _MOST_FIELDS)
    fields: dict[str, str] = {}
    kept: list[str] = []
    for number, line in enumerate(lines):
        key, colon, value = line.partition(":")
        name = key.strip(" -*+_\t")
        target = target_of(name) if colon and len(name) <= _TITLE_LENGTH else ""
        read = _read(name, target, value.strip(" *_:\t")) if target else None
        if read and read[0] not in fields:
            fields[read[0]] = read[1]
        elif line.strip() and not target and not _LABEL.match(line):
            return fields, "\n".join([*kept, *lines[number:]])
        else:
            kept.append(line)
    return fields, "\n".join(kept)


def _read(name: str, target: str, value: str) -> tuple[str, str] | None:
    """Return the target and the cell of a field of an entry; None if the value is not clearly one."""
    if not value:
        return None
    try:
        if target in ("hours", "time", "minutes"):
            minutes = _minutes(name, target, value)
            return ("time", duration(minutes)) if minutes else None
        if target == "end":
            return target, day_of(value).isoformat()
    except ValueError:
        return None
    if target in ("type", "status"):
        word = type_of(value) if target == "type" else status_of(value)
        return (target, word) if word else None
    return (target, value) if target in _FIELDS else None


def _minutes(name: str, target: str, value: str) -> Minutes:
    """Return the minutes of a field; 0 unless its name or its value names the unit. Raises ValueError."""
    if match := _BETWEEN_CLOCKS.fullmatch(value):
        return minutes_between(match[1], match[2])
    plain = value.replace(",", ".")
    if names_clock(name) and is_hour_of_day(value):
        return 0
    if re.search(r"\d\s*(?:h|m)", value, re.IGNORECASE):
        return parse_hours(plain)
    if target == "minutes" or re.search(r"\bmin(?:ute)?s?\b", name, re.IGNORECASE):
        return parse_hours(f"{plain} min")
    names_hours = re.search(r"\b(?:hours?|hrs?|pdh)\b", name, re.IGNORECASE)
    if (match := _SIGNS.fullmatch(value)) and (names_hours or name.casefold() == "duration"):
        return int(match[1]) * HOUR + int(match[2])
    return parse_hours(plain) if names_hours else 0
