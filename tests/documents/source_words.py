"""Read the content of a journal's files with a small reader that shares no code with the program.

It splits the Markdown by lines and patterns, as far as the example journal's bodies need, and gives *pieces*: runs of
words that have to arrive together. A paragraph is one piece; a formula, a note's mark or a link's address separates
two.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from tests.documents.read_back import squeezed

FENCE = re.compile(r"^(```|~~~)")
HEADING = re.compile(r"(#{1,6}) +(.*)")
BULLET = re.compile(r"(\s*)(?:[-*+]|\d+[.)])\s+(?:\[[ xX]\]\s+)?")
NOTE = re.compile(r"\[\^[^\]]+\]:\s*")
DEFINITION = re.compile(r"\[[^\]^]+\]:\s+(\S+)(?:\s+\"[^\"]*\")?$")
TABLE_RULE = re.compile(r"\|?[\s:|-]*--[\s:|-]*$")
FORMULA = re.compile(r"\$\$(.+?)\$\$|\$(?=\S)([^$]*?\S)\$(?!\d)", re.DOTALL)
PICTURE = re.compile(r"!\[([^\]]*)\]\([^)]*\)")
LINK = re.compile(r"\]\(<?([^\s)>]+)>?[^)]*\)|\]\[[^\]]+\]|<(https?://[^>]+)>")
BARE = re.compile(r"(?<![\w/(<])(?:https?://|www\.)[^\s<>)]+")
COMMAND = re.compile(r"\\(text|mathrm)\b|\\(cos|sin)\b|\\[A-Za-z]+|\\.")

TYPES = {
    "training": "Training",
    "work-experience": "Work experience",
    "academic-study": "Academic study",
    "volunteering": "Volunteering",
    "event": "Event",
    "self-study": "Self-study",
}
SKILLS = {"technical": "technical skill", "job": "job skill", "soft": "soft skill"}
LEVELS = {"T": "trainee", "SP": "supervised practitioner", "P": "practitioner", "E": "expert"}
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
FLAGS = {
    "structured": ("formal", "informal"),
    "planned": ("planned in advance", "not planned in advance"),
    "verifiable": ("verifiable", "not verifiable"),
    "highlight": ("highlight", ""),
    "confidential": ("confidential", ""),
}


@dataclass(slots=True)
class Content:
    """The content of one activity's file. `notes` are its footnotes, which a document may put elsewhere."""

    path: str
    title: str
    start: date
    pieces: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    formulas: list[str] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)


def contents_of(root: Path) -> list[Content]:
    """Return the content of every file below `activities/`."""
    return [content_of(path, root) for path in sorted(root.glob("activities/**/*.md"))]


def content_of(path: Path, root: Path) -> Content:
    _, front, body = path.read_text("utf-8").split("---\n", 2)
    fields = yaml.load(front, yaml.BaseLoader)
    fields.setdefault("start", fields.get("date"))
    content = Content(path.relative_to(root).as_posix(), fields["title"], date.fromisoformat(fields["start"]))
    content.pieces += _fields(fields, root)
    content.links += [each["url"] for each in _evidence(fields) if "url" in each]
    _body(content, body)
    return content


# --- the fields, as a report prints them ---


def _fields(fields: dict[str, Any], root: Path) -> Iterator[str]:
    yield from (
        fields[name] for name in ("title", "provider", "location", "role", "benefit", "follow-up") if name in fields
    )
    yield from fields.get("topics", [])
    yield TYPES[fields["type"]]
    yield from (SKILLS[name] for name in fields.get("skills", []))
    yield from (words[value != "true"] for name, words in FLAGS.items() if (value := fields.get(name)))
    yield from _days(fields)
    yield from _hours(fields)
    yield from (_title_of(root / "plan" / f"{name}.md") for name in fields.get("objectives", []))
    yield from _competences(fields.get("competences", []))
    yield from (each.get("title") or each.get("path") or each["url"] for each in _evidence(fields))
    yield from (each["path"] for each in _evidence(fields) if "path" in each and "title" in each)
    yield from (f"{number} {name}" for name, number in fields.get("units", {}).items())
    if signed := fields.get("signed-off"):
        yield f"{signed['by']}, {_day(signed['on'])}"
    if (status := fields.get("status", "done")) != "done":
        yield status
    for name, value in fields.items():
        if name.startswith("x-"):
            yield name.removeprefix("x-").replace("-", " ").capitalize()
            yield value


def _day(text: str, short: bool = False) -> str:
    day = date.fromisoformat(text)
    month = MONTHS[day.month - 1]
    return f"{day.day} {month[:3] if short else month} {day.year}"


def _days(fields: dict[str, Any]) -> Iterator[str]:
    start, end = fields["start"], fields.get("end", fields["start"])
    yield _day(end)
    if start != end:
        yield str(int(start[8:])) if start[:7] == end[:7] else _day(start).removesuffix(f" {end[:4]}")


def _hours(fields: dict[str, Any]) -> Iterator[str]:
    sessions = fields.get("sessions", [])
    if sessions:
        yield from (f"{_day(each['date'], short=True)}: {_plain(each['hours'])} h" for each in sessions)
        yield f"{sum(float(_plain(each['hours'])) for each in sessions):g} h"
    elif "hours" in fields:
        yield f"{_plain(fields['hours'])} h"
    if "participatory" in fields:
        yield f"{_plain(fields['participatory'])} h participatory"


def _plain(text: str) -> str:
    """Return `1h30` and `45 min` as hours."""
    found = re.fullmatch(r"(?:(\d+) ?h)? ?(?:(\d+)(?: ?min)?)?", text)
    if found and ("h" in text or "min" in text):
        return f"{int(found[1] or 0) + int(found[2] or 0) / 60:g}"
    return f"{float(text):g}"


def _competences(claims: Any) -> Iterator[str]:
    if isinstance(claims, dict):
        claims = [claims]
    for claim in claims:
        if isinstance(claim, dict):
            yield from (f"{code} {LEVELS[level]}" for code, level in claim.items())
        else:
            yield claim


def _evidence(fields: dict[str, Any]) -> list[dict[str, str]]:
    found = fields.get("evidence", [])
    return [each if isinstance(each, dict) else {"url" if "://" in each else "path": each} for each in found]


def _title_of(path: Path) -> str:
    return str(yaml.load(path.read_text("utf-8").split("---\n")[1], yaml.BaseLoader)["title"])


# --- the body ---


def _body(content: Content, body: str) -> None:
    for comment in re.findall(r"<!--(.*?)-->", body, re.DOTALL):
        content.hidden.append(comment)
    lines = _without_private(re.sub(r"<!--.*?-->", "", body, flags=re.DOTALL).split("\n"), content)
    for block in _blocks(_without_unanswered(lines)):
        _block(content, block)


def _without_private(lines: Sequence[str], content: Content) -> Iterator[str]:
    """Yield the lines outside sections and list items that start with `(private)`."""
    inside, deep = 0, None
    for line in lines:
        if heading := HEADING.fullmatch(line):
            level = len(heading[1])
            if not inside or level <= inside:
                inside = level if heading[2].startswith("(private)") else 0
        if deep is not None and line.strip() and len(line) - len(line.lstrip()) <= deep:
            deep = None
        if deep is None and (item := BULLET.match(line)) and line[item.end() :].startswith("(private)"):
            deep = len(item[1])
        if inside or deep is not None:
            content.hidden.append(line)
        else:
            yield line


def _without_unanswered(lines: Iterator[str]) -> Iterator[str]:
    """Yield the lines without the level-3 headings of a reflection that have no answer."""
    kept: list[str] = []
    answered = True
    for line in reversed(list(lines)):
        if line.startswith("### ") and not answered:
            continue
        answered = (line.strip() != "" and not line.startswith("#")) or (answered and not line.startswith("#"))
        kept.append(line)
    kept.reverse()
    for number, line in enumerate(kept):
        following = next((each for each in kept[number + 1 :] if each.strip()), "")
        if line.strip() == "## Reflection" and following.startswith("### "):
            continue  # the question is heading enough
        yield line


def _blocks(lines: Iterator[str]) -> Iterator[list[str]]:
    """Yield the lines of each paragraph, item, row, heading or code block."""
    block: list[str] = []
    fenced = False
    for line in lines:
        if FENCE.match(line.strip()):
            yield block
            block, fenced = ["```"] if not fenced else [], not fenced
        elif fenced:
            block.append(line)
        elif not line.strip() or HEADING.fullmatch(line) or BULLET.match(line) or line.lstrip().startswith(("|", "[")):
            yield block
            block = [line]
            if HEADING.fullmatch(line) or line.lstrip().startswith("|"):
                yield block
                block = []
        else:
            block.append(line)
    yield block


def _block(content: Content, block: list[str]) -> None:
    if block[:1] == ["```"]:
        content.pieces += [line for line in block[1:] if squeezed(line)]
        return
    text = "\n".join(line.lstrip("> ") for line in block).strip()
    if not text or TABLE_RULE.fullmatch(text):
        return
    if definition := DEFINITION.fullmatch(text):
        content.links.append(definition[1])
    elif note := NOTE.match(text):
        content.notes += _words(content, text[note.end() :])
    elif text.startswith("|"):
        content.pieces += [piece for cell in re.split(r"(?<!\\)\|", text) for piece in _words(content, cell)]
    else:
        bullet = BULLET.match(text)
        heading = HEADING.fullmatch(text)
        content.pieces += _words(content, heading[2] if heading else text[bullet.end() :] if bullet else text)


def _words(content: Content, text: str) -> Iterator[str]:
    """Yield the text between formulas, pictures and addresses, which are recorded separately."""
    content.pictures += PICTURE.findall(text)
    text = PICTURE.sub("\0", text)
    content.formulas += [shown or inline for shown, inline in FORMULA.findall(text)]
    text = FORMULA.sub("\0", text)
    content.links += [one or two for one, two in LINK.findall(text) if one or two]
    content.links += BARE.findall(LINK.sub(" ", text))
    text = LINK.sub(lambda hit: f" {hit[2]} " if hit[2] else "\0", text)
    text = re.sub(r"\[\^[^\]]+\]", "\0", text)
    yield from (piece for piece in text.split("\0") if squeezed(piece))


def letters_of(formula: str) -> str:
    """Return the letters and digits that a formula in TeX shows. A document may print them in another order."""
    shown = COMMAND.sub(lambda hit: hit[2] or "", formula)
    return squeezed(shown)
