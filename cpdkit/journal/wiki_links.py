"""`[[links]]` as note programs write them, and the files of the journal that they name.

A link names a file by its name, the end of its path, its whole path, or a path relative to the file with the link. Case
and the form of Unicode do not matter, and `.md` may be missing.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from cpdkit.journal.links import place_of
from cpdkit.text.markdown import read
from cpdkit.text.names import folded

_RAW = re.compile(r"\[\[([^\[\]\n|#^\\]+)(?:[|#^\\][^\[\]\n]*)?\]\]")
_RELATIVE = ("./", "../")


class WikiLink(NamedTuple):
    """A link: the name in it without spaces around, and the place of the name in the text."""

    name: str
    start: int
    stop: int


def raw_links(text: str) -> Iterator[WikiLink]:
    """Yield all links in a text of any kind: in fields, code and comments too."""
    for match in _RAW.finditer(text) if "[[" in text else ():
        if name := match[1].strip():
            start = match.start(1) + match[1].index(name)
            yield WikiLink(name, start, start + len(name))


def body_links(body: str) -> Iterator[WikiLink]:
    """Yield the links of a body, without those in code and comments."""
    for link in read(body).wiki_links if "[[" in body else ():
        if name := link.address.strip():
            start = link.start + link.address.index(name)
            yield WikiLink(name, start, start + len(name))


def field_links(front: str) -> Iterator[WikiLink]:
    """Yield the links in the texts of fields. YAML reads `[[1, 2]]` without quotes as a table, not as a link."""
    return (link for link in raw_links(front) if "," not in link.name and any(map(str.isalpha, link.name)))


def is_relative(name: str) -> bool:
    """Return whether a link starts from the folder of its file."""
    return name.startswith(_RELATIVE)


class Targets:
    """The files that links can name."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._paths: dict[str, list[str]] = {}
        for path in paths:
            self._paths.setdefault(_key(path).rpartition("/")[2], []).append(path)

    def named(self, name: str, path: str) -> list[str]:
        """Return the files that a link in the file `path` can mean; one if its whole path is given."""
        wanted = place_of(path, name) if is_relative(name) else name.strip("/")
        if not wanted:
            return []
        key = _key(wanted)
        near = self._paths.get(key.rpartition("/")[2], [])
        exact = [each for each in near if _key(each) == key]
        return exact if exact or is_relative(name) else [each for each in near if _key(each).endswith(f"/{key}")]


def _key(path: str) -> str:
    return folded(path).removesuffix(".md")
