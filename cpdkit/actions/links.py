"""Update a record's links to files whose paths change.

These are relative links and images in its body, `[[links]]` as note programs write them in its body and in the texts of
fields, and the fields `objectives`, `evidence` and `evidenced-by`.
"""

import posixpath
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import quote

from cpdkit.diagnostics import Edit, Span
from cpdkit.journal.links import is_elsewhere, links, path_of, place_of
from cpdkit.journal.naming import id_of
from cpdkit.journal.paths import EVIDENCE
from cpdkit.journal.wiki_links import Targets, body_links, is_relative, raw_links
from cpdkit.text.edits import apply
from cpdkit.text.front_matter import split
from cpdkit.text.markdown import Link
from cpdkit.text.names import composed, folded
from cpdkit.text.source import decode, line_and_column
from cpdkit.text.yaml import MappingNode, Node, ScalarNode, SequenceNode, parse, span
from cpdkit.text.yaml_edit import FieldEditor
from cpdkit.text.yaml_scalars import scalar

Moved = Mapping[str, str]
"""New paths of files in the journal, by their old paths."""
CITED = ("activities", "career", "qualifications")
"""The folders of the records that a claim can name."""
_LINKING = (b"](", b"]:")
_PLAIN = re.compile(r"[\w./ -]+")
"""A name that needs no quotes in any place of a field."""
_UNFIT = re.compile(r"[\[\]|#^\\]")
"""Characters that a name in a `[[link]]` cannot have."""


class LeftLink(NamedTuple):
    """A `[[link]]` that names a file by its old name and was not changed: in code, a comment, or with two meanings."""

    path: str
    line: int
    name: str


@dataclass(frozen=True, slots=True)
class Moves:
    """New paths of files by their old ones, and the files that `[[links]]` can name before and after."""

    moved: Moved
    before: Targets
    after: Targets


def moves_among(moved: Moved, paths: Iterable[str] = ()) -> Moves:
    """Return the moves of some files among all `paths` of the journal."""
    all_paths = dict.fromkeys((*paths, *moved))
    return Moves(moved, Targets(all_paths), Targets(dict.fromkeys(moved.get(path, path) for path in all_paths)))


def followed(path: str, data: bytes, moves: Moves) -> bytes:
    """Return the bytes of the record at `path`, which may move itself, with its links updated. Raises Unreadable."""
    edits = [*_of_fields(path, data, moves.moved), *_of_body(path, data, moves.moved)]
    edits += _of_wiki_links(path, data, moves, edits)
    return apply(data, edits) if edits else data


def left_links(path: str, after: bytes, moves: Moves) -> Iterator[LeftLink]:
    """Yield the `[[links]]` in the updated bytes of the record at `path` (its old path) that lead to no moved file."""
    text = decode(path, after).text
    here = moves.moved.get(path, path)
    for link in raw_links(text):
        new = [moves.moved[old] for old in moves.before.named(link.name, path) if old in moves.moved]
        if new and not set(new) & set(moves.after.named(link.name, here)):
            yield LeftLink(here, line_and_column(text, link.start)[0], link.name)


def _of_fields(path: str, data: bytes, moved: Moved) -> Iterator[Edit]:
    """Yield the edits of `objectives`, `evidence` and `evidenced-by`."""
    named = {field: names for field, names in _named_in(path, moved).items() if names}
    if not named:
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


def _named_in(path: str, moved: Moved) -> Mapping[str, Mapping[str, str]]:
    """Return the old and new names that each field of a record can contain."""
    folder = path.partition("/")[0]
    if folder == "claims":
        return {"evidenced-by": _new_ids(moved, CITED)}
    files = {composed(_inside(old)): _inside(new) for old, new in moved.items() if old.startswith(f"{EVIDENCE}/")}
    if folder == "activities":
        return {"objectives": _new_ids(moved, ("plan",)), EVIDENCE: files}
    return {EVIDENCE: files} if folder == "qualifications" else {}


def _new_ids(moved: Moved, folders: Collection[str]) -> dict[str, str]:
    """Return the new IDs of the records in some folders, by their old ones."""
    return {composed(id_of(old)): id_of(new) for old, new in moved.items() if old.partition("/")[0] in folders}


def _inside(path: str) -> str:
    return path.removeprefix(f"{EVIDENCE}/")


def _words(node: Node | None) -> Iterator[ScalarNode]:
    """Yield the names in a list: a single one, items, or the paths or IDs of mappings."""
    if isinstance(node, ScalarNode):
        yield node
    elif isinstance(node, SequenceNode):
        for item in node.items:
            yield from _words(item)
    elif isinstance(node, MappingNode):
        yield from _words(node.values.get("path") or node.values.get("id"))


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


def _of_wiki_links(path: str, data: bytes, moves: Moves, others: Iterable[Edit]) -> Iterator[Edit]:
    """Yield the edits of the links in the body and in the texts of fields, except where there is another edit."""
    if b"[[" not in data:
        return
    text = decode(path, data).text
    body = split(text).body
    taken = {(edit.span.line, edit.span.column) for edit in others}
    for link in raw_links(text[:body]):
        new = _new_name(path, link.name, moves)
        if new and _PLAIN.fullmatch(new) and line_and_column(text, link.start) not in taken:
            yield _edit(text, link.start, link.stop, new)
    for link in body_links(text[body:]):
        if new := _new_name(path, link.name, moves):
            yield _edit(text, body + link.start, body + link.stop, new)


def _new_name(path: str, name: str, moves: Moves) -> str:
    """Return the new name in a link, in the form in which it was written; empty if it stays, or means several files."""
    files = moves.before.named(name, path)
    if len(files) != 1:
        return ""
    old, here = files[0], moves.moved.get(path, path)
    new = moves.moved.get(old, old)
    if new in moves.after.named(name, here) or _UNFIT.search(new):
        return ""
    written = new if name.lower().endswith(".md") else new.removesuffix(".md")
    if is_relative(name):
        way = posixpath.relpath(written, posixpath.dirname(here) or ".")
        return way if way.startswith("../") else f"./{way}"
    if folded(name.strip("/")).removesuffix(".md") == folded(old).removesuffix(".md"):
        return written
    return "/".join(written.split("/")[-len(name.strip("/").split("/")) :])


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
    there = {composed(old): old for old in moved}
    written, decoded = place_of(path, bare), place_of(path, path_of(address))
    return there.get(composed(written or "")) or there.get(composed(decoded or ""), decoded)


def _edit(text: str, start: int, stop: int, new: str) -> Edit:
    return Edit(Span(*line_and_column(text, start), *line_and_column(text, stop)), new)
