"""Links in bodies, and the files of the journal that they point to.

A link is relative to the folder of its file, as in Markdown and as for the images of a report.
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
    """Return whether an address points to the web, to mail, or to a place in the same body."""
    return not address or address[0] in "#?" or _SCHEME.match(address) is not None


def path_of(address: str) -> str:
    """Return the path of an address, without query and fragment, percent-decoded."""
    return unquote(address.partition("#")[0].partition("?")[0])


def place_of(path: str, address: str) -> str | None:
    """Return the path in the journal that an address in the file `path` points to, or None if it is outside."""
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
    """Yield the links and images of a body outside code and comments: inline ones and used definitions.

    A body that links only to the web may yield nothing, because none of its links is a file.
    """
    if _may_link_to_files(body):
        yield from read(body).links


def _may_link_to_files(body: str) -> bool:
    """Return whether a body may contain a link to a file. Most don't, and need not be parsed."""
    if "](" in body and _INLINE.search(body):
        return True
    return "]:" in body and any(not _is_footnote(body, match.start()) for match in _DEFINED.finditer(body))


def _is_footnote(body: str, close: int) -> bool:
    """Return whether the bracket that closes at `close`, before a colon, belongs to a footnote."""
    opening = body.rfind("[", 0, close)
    return opening >= 0 and body[opening + 1] == "^" and body[opening - 1 : opening] != "\\"
