"""Update a record's links to files whose paths change.

These are relative links and images in its body, `[[links]]` as note-taking programs write them, and the fields
`objectives` and `evidence`.
"""

import posixpath
from collections.abc import Iterator, Mapping
from urllib.parse import quote

from cpdkit.diagnostics import Edit, Span
from cpdkit.journal.links import is_elsewhere, links, path_of, place_of
from cpdkit.journal.naming import id_of
from cpdkit.journal.paths import EVIDENCE
from cpdkit.text.edits import apply
from cpdkit.text.front_matter import split
from cpdkit.text.markdown import Link, read
from cpdkit.text.names import composed
from cpdkit.text.source import decode, line_and_column
from cpdkit.text.yaml import MappingNode, Node, ScalarNode, SequenceNode, parse, span
from cpdkit.text.yaml_edit import FieldEditor
from cpdkit.text.yaml_scalars import scalar

Moved = Mapping[str, str]
"""New paths of files in the journal, by their old paths."""
_LINKING = (b"](", b"]:", b"[[")


def followed(path: str, data: bytes, moved: Moved) -> bytes:
    """Return the bytes of the record at `path`, which may move itself, with its links updated. Raises Unreadable."""
    edits = [*_of_fields(path, data, moved), *_of_body(path, data, moved)]
    return apply(data, edits) if edits else data


def _of_fields(path: str, data: bytes, moved: Moved) -> Iterator[Edit]:
    """Yield the edits of `objectives` and `evidence`."""
    plans = {id_of(old): id_of(new) for old, new in moved.items() if old.startswith("plan/")}
    files = {composed(_inside(old)): _inside(new) for old, new in moved.items() if old.startswith(f"{EVIDENCE}/")}
    named = {"objectives": plans, EVIDENCE: files}
    if not path.startswith("activities/") or (not any(plans) and not any(files)):
        return
    text = decode(path, data).text
    front = parse(split(text).placed)
    for field, names in named.items():
        words = list(_words(front.values.get(field)))
        there = {composed(node.value) for node in words}
        for number, node in enumerate(words):
            new = names.get(composed(node.value), node.value)
            if new != node.value and composed(new) in there - {composed(node.value)}:
                yield from FieldEditor(text).remove(field, number)
            elif new != node.value:
                yield Edit(span(node), scalar(new, flow=True))


def _inside(path: str) -> str:
    return path.removeprefix(f"{EVIDENCE}/")


def _words(node: Node | None) -> Iterator[ScalarNode]:
    """Yield the names in a list of objectives or evidence: a single one, items, or the paths of mappings."""
    if isinstance(node, ScalarNode):
        yield node
    elif isinstance(node, SequenceNode):
        for item in node.items:
            yield from _words(item)
    elif isinstance(node, MappingNode):
        yield from _words(node.values.get("path"))


def _of_body(path: str, data: bytes, moved: Moved) -> Iterator[Edit]:
    if not any(mark in data for mark in _LINKING):
        return
    text = decode(path, data).text
    first = split(text).body
    body = text[first:]
    for link in links(body):
        new = _address(path, link, moved)
        if new is not None:
            yield _edit(text, first + link.start, first + link.stop, new)
    ids = {id_of(old): id_of(new) for old, new in moved.items() if old.endswith(".md")}
    paths = {old.removesuffix(".md"): new.removesuffix(".md") for old, new in moved.items()}
    for link in read(body).wiki_links if "[[" in body else ():
        name = link.address.removesuffix(".md")
        renamed = ids.get(name.strip()) or paths.get(name.strip())
        if renamed and renamed != name.strip():
            yield _edit(text, first + link.start, first + link.start + len(name), renamed)


def _address(path: str, link: Link, moved: Moved) -> str | None:
    """Return the new address of a link; None if it does not change."""
    if is_elsewhere(link.address):
        return None
    target = _target(path, link.address, moved)
    here = posixpath.dirname(moved.get(path, path))
    if target is None or (target not in moved and here == posixpath.dirname(path)):
        return None
    bare = link.address.partition("#")[0].partition("?")[0]
    aim = moved.get(target, target)
    way = posixpath.relpath(aim or ".", here or ".") + ("/" if bare.endswith("/") else "")
    new = quote(way, safe="/!$&'*+,;=:@~") + link.address[len(bare) :]
    return None if place_of(moved.get(path, path), path_of(new)) != aim or new == link.address else new


def _target(path: str, address: str, moved: Moved) -> str | None:
    """Return the file that an address means, which may be percent-encoded."""
    bare = address.partition("#")[0].partition("?")[0]
    written = place_of(path, bare)
    return written if written in moved else place_of(path, path_of(address))


def _edit(text: str, start: int, stop: int, new: str) -> Edit:
    return Edit(Span(*line_and_column(text, start), *line_and_column(text, stop)), new)
