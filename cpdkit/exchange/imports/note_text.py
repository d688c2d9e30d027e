"""What note programs write in their own way: properties and bullets of Logseq, links, tags, headings that reflect."""

import re

from cpdkit.exchange.import_headings import target_of
from cpdkit.journal.sections import is_reflection
from cpdkit.text.markdown import read

_PROPERTY = re.compile(
    r"(?P<mark>[ \t]*(?:[-*][ \t]+)?)(?P<name>[A-Za-z][\w /-]{0,60})::(?:[ \t]+(?P<value>\S.*)|[ \t]*)"
)
_INTERNAL = frozenset(["id", "collapsed", "heading", "background-color", "logseq.order-list-type"])
"""Properties that only matter to Logseq itself."""
_BULLET_HEADING = re.compile(r"[-*][ \t]+#{1,6}[ \t]")
_WIKI = re.compile(r"!?\[\[([^\[\]|\n]{1,300})(?:\|([^\[\]\n]{1,300}))?\]\]")
_LINK = re.compile(r"!?\[([^\[\]\n]{0,300})\]\([^()\s]{0,2000}\)")
_MARKS = re.compile(
    r"(?:#{1,6}[ \t]+|[-*+>][ \t]+|\d{1,3}[.)][ \t]+|\[[ xX]\][ \t]+|(?:TODO|DONE|DOING|LATER|NOW)[ \t]+)"
)
_MOST_MARKS = 6
_LEVEL = re.compile(r"^ {0,3}#{1,6}")
_FRONT_LINE = re.compile(r"(\s*(?:-\s+)?(?:[^\s:#\"'\[{-][^:\n]{0,80}:\s+)?)(\S.*)")
_HASH = re.compile(r"(?:^|(?<=[\s,\[]))#[^\W_][\w/-]*")
_PLAIN_VALUE = re.compile(r"(?:[\d.,:/T-]+|true|false)\s+#.*", re.IGNORECASE)


def plain_words(line: str) -> str:
    """Return a line without the marks of bullets, headings, emphasis and links."""
    line = line.strip()
    for _ in range(_MOST_MARKS):
        if not (match := _MARKS.match(line)):
            break
        line = line[match.end() :]
    line = _LINK.sub(r"\1", _WIKI.sub(lambda match: match[2] or match[1], line))
    return re.sub(r"\*\*|__|==", "", line).strip()


def tags_of(text: str) -> str:
    """Return tags such as `#ethics, [[grid storage]]` as a list, separated by semicolons."""
    plain = _WIKI.sub(lambda match: match[1], text)
    parts = re.split(r"[;,\n]|(?<!\s)\s+(?=#)", plain)
    return "; ".join(dict.fromkeys(part.strip().lstrip("#").strip() for part in parts if part.strip(" #")))


def with_quoted_tags(front: str) -> str:
    """Return YAML in which tags such as `#ethics` are values, not comments. A comment has a space after its sign."""
    return "\n".join(map(_with_quotes, front.split("\n"))) if "#" in front else front


def _with_quotes(line: str) -> str:
    match = _FRONT_LINE.fullmatch(line)
    value = match[2] if match else ""
    if not match or value[0] in "\"'|>{&*!%" or _PLAIN_VALUE.fullmatch(value) or not _HASH.search(value):
        return line
    if value[0] == "[":
        return match[1] + _HASH.sub(lambda tag: f'"{tag[0]}"', value) if '"' not in value and "'" not in value else line
    if not match[1].strip():
        return line  # a comment of its own
    escaped = re.sub(r'([\\"])', r"\\\1", value.rstrip())
    return f'{match[1]}"{escaped}"'


def properties_of(body: str) -> tuple[dict[str, str], str]:
    """Return the properties of a Logseq page or a Dataview note, and the text without them.

    The first value of a name counts; a later one stays in the text. In a page of bullets, the first level becomes text.
    """
    fields: dict[str, str] = {}
    kept: list[str] = []
    fence = ""
    for line in body.split("\n"):
        if mark := re.match(r"\s*(?:[-*]\s+)?(```|~~~)", line):
            fence = "" if fence == mark[1] else fence or mark[1]
        match = None if fence else _PROPERTY.fullmatch(line.rstrip())
        name = match["name"].strip().casefold() if match else ""
        if match is None or name in fields:
            kept.append(line)
        else:
            fields[name] = _property_value(match["value"])
            if match["mark"].strip():
                kept.append("")
    is_outline = bool(fields) or any(_BULLET_HEADING.match(line) for line in kept)
    fields = {name: value for name, value in fields.items() if name not in _INTERNAL and value}
    return fields, _without_bullets(kept) if is_outline else body


def _property_value(text: str) -> str:
    links = [match[1] for match in _WIKI.finditer(text)] if not _WIKI.sub("", text).strip(" ,") else []
    return "; ".join(links) if links else _WIKI.sub(lambda match: match[2] or match[1], text.strip())


def _without_bullets(lines: list[str]) -> str:
    """Return the lines of an outline with its first level as paragraphs; other texts stay as they are."""
    full = [line for line in lines if line.strip()]
    if not all(line[0] in "-* \t" and not line.startswith("**") for line in full):
        return "\n".join(lines)
    text: list[str] = []
    for line in lines:
        if match := re.match(r"[-*](?:[ \t]+|$)", line):
            text += ["", line[match.end() :]]
        else:
            text.append(re.sub(r"^(?:\t| {2})", "", line))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(text)).strip("\n")


def with_reflection(body: str) -> str:
    """Return a text whose headings such as "What I learnt" are prompts of a reflection, at its end.

    A text with a reflection of its own stays as it is.
    """
    headings = read(body).headings
    if any(is_reflection(each.text) for each in headings):
        return body
    lines = body.split("\n")
    inner = {each.line - 1 for each in headings}
    moved: list[str] = []
    kept: list[str] = []
    last = 0
    for number, each in enumerate(headings):
        if each.line - 1 < last or not is_prompt(each.text):
            continue
        end = next((other.line - 1 for other in headings[number + 1 :] if other.level <= each.level), len(lines))
        kept += lines[last : each.line - 1]
        first = body.count("\n", 0, each.below) + (body[each.below : each.below + 1] == "\n")
        text = [_LEVEL.sub("####", lines[at]) if at in inner else lines[at] for at in range(first, end)]
        moved += ["", f"### {each.text}", "", *text]
        last = end
    if not moved:
        return body
    description = "\n".join([*kept, *lines[last:]]).strip("\n")
    return re.sub(r"\n{3,}", "\n\n", "\n".join([description, "", "## Reflection", *moved])).strip("\n") + "\n"


def is_prompt(heading: str) -> bool:
    """Return whether a heading starts a part of a reflection."""
    return target_of(plain_words(heading)) == "reflection"
