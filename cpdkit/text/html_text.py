"""The text of an event as plain text, without HTML and invisible characters."""

import re
from html.parser import HTMLParser

_TAG = re.compile(
    r"<(?:/?(?:html|body|p|div|span|a|ul|ol|li|b|i|u|em|strong|table|tr|td|th|h[1-6]|font|o:p|pre|code|blockquote)"
    r"(?:\s[^<>]*)?|(?:br|hr)\s*/?|!doctype[^<>]*)>",
    re.IGNORECASE | re.DOTALL,
)
MOST_MARKUP = 32 * 1024
"""In longer texts the markup stays: some hostile texts make Python's parser too slow."""
_SPACED = frozenset(["p", "ul", "ol", "table", "blockquote", "pre", *(f"h{level}" for level in range(1, 7))])
"""Blocks with an empty line above and below."""
_BLOCKS = _SPACED | {"div", "tr"}
_SILENT = frozenset({"script", "style", "head", "title"})
_BREAKS = re.compile(r"<(?:br|p|div|li|html)\b", re.IGNORECASE)
_BLANKS = re.compile("[ \t\xa0\r\n\f]+")
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)
_WEB = ("http://", "https://", "mailto:")


def plain_text(text: str) -> str:
    """Return a description without markup, invisible characters and repeated blank lines."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if len(text) <= MOST_MARKUP and (_TAG.search(text) or "-->" in text.partition("<!--")[2]):
        # Google mixes plain lines with a few tags; then its line breaks count.
        reader = _Reader(own_lines=not _BREAKS.search(text))
        reader.feed(text)
        reader.close()
        text = "".join(reader.parts)
    text = _UNSEEN.sub("", text.replace("\xa0", " "))
    lines = (line.rstrip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def with_line_breaks(text: str) -> str:
    """Return a plain text as Markdown that keeps its line breaks: two spaces at the end of a line that goes on."""
    return re.sub(r"(?<=\S)\n(?=[^\S\n]*(?![-*+] )\S)", "  \n", text)


def one_line(text: str) -> str:
    """Return a title, a place or a name on one line, with single spaces."""
    return _UNSEEN.sub("", " ".join(text.split()))


class _Reader(HTMLParser):
    """Converts markup to the parts of a plain text, in `parts`."""

    def __init__(self, *, own_lines: bool) -> None:
        super().__init__()
        self._own_lines = own_lines
        self.parts: list[str] = []
        self._silent = 0
        self._link = ""
        self._link_from = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag == "br":
            self.parts.append("\n")
        elif tag == "li":
            self._break(1)
            self.parts.append("- ")
        elif tag in _BLOCKS:
            self._break(2 if tag in _SPACED else 1)
        elif tag in ("td", "th") and not self._at_start():
            self.parts.append(" ")
        elif tag == "a":
            self._link = next((value or "" for name, value in attrs if name == "href"), "").strip()
            self._link_from = len(self.parts)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _SILENT:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(self._silent - 1, 0)
        elif tag in _BLOCKS:
            self._break(2 if tag in _SPACED else 1)
        elif tag == "a" and self._link:
            self._close_link()

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        text = "\n".join(_BLANKS.sub(" ", line) for line in (data.split("\n") if self._own_lines else [data]))
        self.parts.append(text.lstrip() if self._at_start() else text)

    def _close_link(self) -> None:
        """Add the address of a link after its words, unless they are the address."""
        words = "".join(self.parts[self._link_from :]).strip()
        address = self._link
        self._link = ""
        if address.lower().startswith(_WEB) and words not in (address, address.removeprefix("mailto:")):
            self.parts.append(f" ({address})" if words else address)

    def _at_start(self) -> bool:
        return not self.parts or self.parts[-1].endswith("\n")

    def _break(self, lines: int) -> None:
        """Add line breaks up to this number; those that are there count."""
        present = 0
        for part in reversed(self.parts[-3:]):
            present += len(part) - len(part.rstrip("\n"))
            if part.strip("\n"):
                break
        if self.parts and lines > present:
            self.parts.append("\n" * (lines - present))
