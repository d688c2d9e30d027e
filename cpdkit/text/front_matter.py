"""The two parts of a record: its front matter between two `---` lines, and the body below."""

import re
from dataclasses import dataclass

from cpdkit.diagnostics import Edit, Fix, Span
from cpdkit.text.faults import Fault, FaultKind, Unreadable
from cpdkit.text.lookalikes import first_lookalike, is_dash

FENCE = "---"
_FIELD = re.compile(r"[A-Za-z][\w -]*:(?:[ \t]|$)", re.MULTILINE)
_FRONT = re.compile(rf"{_FIELD.pattern}|[ \t]+\S|- |#[^#]")
"""How a line of front matter starts: a field, a continuation of the field above, or a comment."""
FRONT_LIMIT = 64 * 1024
"""How many characters of front matter are read."""


@dataclass(frozen=True, slots=True)
class Parts:
    """A text split at its fences: `text[start:stop]` is the front matter, `text[body:]` the body.

    `line` is the front matter's first line and `body_line` the body's, counted from 1.
    """

    text: str
    start: int
    stop: int
    body: int
    line: int
    body_line: int

    @property
    def front(self) -> str:
        """The front matter, with the newline that ends its last line."""
        return self.text[self.start : self.stop]

    @property
    def placed(self) -> str:
        """The front matter after empty lines for all lines above it, so that a parser's line numbers are the file's."""
        return "\n" * (self.line - 1) + self.text[self.start : self.stop]

    @property
    def below(self) -> str:
        """The body."""
        return self.text[self.body :]


def split(text: str) -> Parts:
    """Split a text at its fences. Blank lines may precede the first, and spaces may follow either.

    Raises Unreadable if the text is empty, has no fence, no closing fence, or too much between them.
    """
    opening = 0
    if not text.startswith("---\n"):
        opening = _opening(text)
    start = text.find("\n", opening) + 1 or len(text)
    stop, body = _closing(text, start, opening)
    if stop - start > FRONT_LIMIT:
        raise Unreadable(_too_long(text, opening))
    line = text.count("\n", 0, start) + 1
    return Parts(text, start, stop, body, line, line + text.count("\n", start, body))


def _opening(text: str) -> int:
    """Return the offset of the first line that is not blank. It must be a fence."""
    rest = text.lstrip()
    if not rest:
        hint = "write a record in it, or delete it"
        raise Unreadable(Fault(FaultKind.EMPTY, "the file is empty", hint=hint))
    at = text.rfind("\n", 0, len(text) - len(rest)) + 1
    if text[at:].split("\n", 1)[0].rstrip(" \t") != FENCE:
        raise Unreadable(_no_fence(text, at))
    return at


def _closing(text: str, start: int, opening: int) -> tuple[int, int]:
    """Return where the front matter ends and where the body starts."""
    at = start - 1
    while (at := text.find("\n---", at)) >= 0:
        end = text.find("\n", at + 1)
        if end < 0:
            end = len(text)
        if end == at + 4 or not text[at + 4 : end].strip(" \t"):
            return at + 1, min(end + 1, len(text))
        at = end
    raise Unreadable(_no_closing(text, opening))


def _no_fence(text: str, at: int) -> Fault:
    line = text.count("\n", 0, at) + 1
    first = text[at:].split("\n", 1)[0]
    if not first.isascii() and _is_fence(first):
        where = Span(line, 1, line, len(first) + 1)
        message = f"{first_lookalike(first)} only looks like the dashes of front matter"
        return Fault(FaultKind.NO_FENCE, message, where, hint=f"write {FENCE}", fix=_plain_fences(text, at, line))
    return Fault(
        FaultKind.NO_FENCE,
        "the file has no front matter",
        Span(line, 1, line, max(len(first), 1) + 1),
        note="the first line should be ---",
        hint="put the fields at the top, between two lines that contain only ---",
        fix=_opened(text, at, line),
    )


def _is_fence(line: str) -> bool:
    """Return whether a line contains only dashes of any kind."""
    return bool(line.strip()) and all(map(is_dash, line.strip()))


def _plain_fences(text: str, at: int, line: int) -> Fix:
    """Return a fix that writes the first fence, and the next one if it has dashes of another kind too."""
    lines = text[at : at + FRONT_LIMIT].split("\n")
    fences = [number for number, each in enumerate(lines) if _is_fence(each)][:2]
    edits = (Edit(Span(line + each, 1, line + each, len(lines[each]) + 1), FENCE) for each in fences)
    return Fix(f"write {FENCE}", tuple(edits))


def _opened(text: str, at: int, line: int) -> Fix | None:
    """Return a fix that writes a fence above the first line if that is a field and a fence follows."""
    if not _FIELD.match(text, at) or not re.search(r"^---[ \t]*$", text[at:], re.MULTILINE):
        return None
    return Fix("write --- above it", (Edit(Span(line, 1, line, 1), "---\n"),), safe=False)


def _no_closing(text: str, opening: int) -> Fault:
    line = text.count("\n", 0, opening) + 1
    return Fault(
        FaultKind.OPEN_FENCE,
        "the front matter is not closed",
        Span(line, 1, line, 4),
        note="the closing --- is missing",
        hint="write --- on its own line below the last field",
        fix=_closed(text, opening, line),
    )


def _closed(text: str, opening: int, line: int) -> Fix | None:
    """Return a fix that writes a fence below the lines that look like front matter. Their end is a guess."""
    lines = text[opening:].split("\n")
    numbers = range(1, len(lines))
    odd = next((number for number in numbers if not lines[number].isascii() and _is_fence(lines[number])), 0)
    if odd and all(not each or _FRONT.match(each) for each in lines[1:odd]):
        return Fix("close it with ---", (Edit(Span(line + odd, 1, line + odd, len(lines[odd]) + 1), FENCE),))
    last = next((number for number in numbers if not _FRONT.match(lines[number])), len(lines)) - 1
    if last < 1:
        return None
    if last + 1 < len(lines):
        at = Span(line + last + 1, 1, line + last + 1, 1)
        return Fix("close it with ---", (Edit(at, "---\n"),), safe=False)
    column = len(lines[last]) + 1
    at = Span(line + last, column, line + last, column)
    return Fix("close it with ---", (Edit(at, "\n---\n"),), safe=False)


def _too_long(text: str, opening: int) -> Fault:
    line = text.count("\n", 0, opening) + 1
    return Fault(
        FaultKind.LONG_FRONT,
        f"the front matter is longer than {FRONT_LIMIT // 1024} KiB",
        Span(line, 1, line, 4),
        hint="move long text below the closing ---",
    )
