"""Links in bodies: where they stand, and which files of the journal they mean.

A link is read as Markdown has it, seen from the folder of the file that it stands in, as for the images of a report.
"""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from cpdkit.text.markdown import Link, read

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_WEB = r"(?!\s*<?(?:https?:|mailto:|tel:|#))"
_INLINE = re.compile(r"\]\(" + _WEB)
_DEFINED = re.compile(r"\]:" + _WEB)


def is_elsewhere(address: str) -> bool:
    """Whether an address leads to the web, to mail, or to a place in the same body."""
    return not address or address[0] in "#?" or _SCHEME.match(address) is not None


def path_of(address: str) -> str:
    """The path in an address: without query and fragment, percent-decoded."""
    return unquote(address.partition("#")[0].partition("?")[0])


def place_of(path: str, address: str) -> str | None:
    """The path in the journal that an address means in the file at `path`; None for one outside."""
    if address.startswith(("/", "~")) or "\\" in address:
        return None
    parts = path.split("/")[:-1]
    for name in address.split("/"):
        if name == "..":
            if not parts:
                return None
            parts.pop()
        elif name not in ("", "."):
            parts.append(name)
    return "/".join(parts)


def links(body: str) -> Iterator[Link]:
    """The links and images of a body outside code and comments, inline ones and the definitions that are used.

    Of a body that links only to the web, none may be told: no file is meant.
    """
    if _may_link_to_files(body):
        yield from read(body).links


def _may_link_to_files(body: str) -> bool:
    """Whether a body may hold a link to a file. Most don't, and are not read for it."""
    if "](" in body and _INLINE.search(body):
        return True
    return "]:" in body and any(not _is_footnote(body, match.start()) for match in _DEFINED.finditer(body))


def _is_footnote(body: str, close: int) -> bool:
    """Whether the bracket that closes there, before a colon, is a footnote's."""
    opening = body.rfind("[", 0, close)
    return opening >= 0 and body[opening + 1] == "^" and body[opening - 1 : opening] != "\\"
