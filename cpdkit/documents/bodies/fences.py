"""Code fences, as far as a body's text has to be understood before it is parsed."""

import re
from dataclasses import dataclass

# What may stand before a block: quote marks and list markers, and spaces.
CONTAINER = r"(?:[ \t]*(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t])))*[ \t]*"
_OPENING = re.compile(rf"(?P<before>{CONTAINER})(?P<fence>`{{3,}}(?=[^`]*$)|~{{3,}})(?P<info>.*)$")
_CONTAINER = re.compile(CONTAINER)


_HTML = re.compile(
    rf"{CONTAINER}<(?:/?[a-z][a-z0-9-]*(?:[ \t][^<>]*)?/?>[ \t]*$"
    r"|/?(?:address|article|aside|blockquote|body|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|fieldset"
    r"|figcaption|figure|footer|form|frame|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|nav|ol"
    r"|optgroup|option|p|param|pre|script|section|style|summary|table|tbody|td|textarea|tfoot|th|thead|title|tr|ul)"
    r"(?:[ \t/>]|$))",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Fence:
    """An open code fence: its characters, what stands before it, and whether it is inside a list item."""

    mark: str
    before: str
    inside_item: bool

    def closed_by(self, line: str) -> bool:
        bare = line.strip(" \t>")
        return len(bare) >= len(self.mark) and not bare.strip(self.mark[0])

    def left_by(self, line: str) -> bool:
        """Whether the line is outside the quote or list item that the fence stands in, which ends it."""
        if ">" in self.before and ">" not in line[: len(self.before) + 3]:
            return True
        if not self.inside_item or not line.strip():
            return False
        indent = len(line) - len(line.lstrip(" \t>"))
        return indent < min(len(self.before), 2) or (indent < len(self.before) and _has_marker(self.before))


def opening(line: str, *, in_list: bool) -> tuple[Fence, str] | None:
    """The fence that the line opens, and its info string. `in_list` says that a list item stands above."""
    if "```" not in line and "~~~" not in line:
        return None
    found = _OPENING.match(line)
    if found is None:
        return None
    before = found["before"]
    indented = len(before.expandtabs(4)) - len(before.expandtabs(4).lstrip(" "))
    if indented > 3 and not in_list and before.isspace():
        return None  # indented code
    inside = _has_marker(before) or (in_list and indented >= 2)
    return Fence(found["fence"], before, inside), found["info"].strip()


def opens_html(line: str) -> bool:
    """Whether the line starts a block of raw HTML, in which a fence is none, up to a blank line."""
    return "<" in line and _HTML.match(line) is not None


def _has_marker(before: str) -> bool:
    return bool(before.strip(" \t>"))


def starts_item(line: str) -> bool:
    """Whether the line starts a list item."""
    found = _CONTAINER.match(line)
    return found is not None and _has_marker(found[0])
