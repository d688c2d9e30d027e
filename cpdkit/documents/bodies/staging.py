"""Bodies as files in a private folder, with a sentinel between them, and Pandoc's answer cut at the sentinels."""

import re
import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cpdkit.documents.tree import Block

_SENTINEL = "s.md"
# `--file-scope` puts the file's name, as an identifier, before every id and every address inside the file; an empty
# address becomes the name alone.
_SCOPE = re.compile(r"e[0-9]{6}md(?:__|$)")


class Unsplit(Exception):
    """Pandoc's answer can't be cut into as many bodies as it was given."""


def stage(folder: Path, bodies: Sequence[str]) -> tuple[list[str], str]:
    """Write the bodies into the folder; the file names for Pandoc in order, and the sentinel's nonce."""
    nonce = f"cpd-{secrets.token_hex(16)}"
    (folder / _SENTINEL).write_text(f"`{nonce}`\n", encoding="ascii")
    names: list[str] = []
    for number, body in enumerate(bodies):
        name = f"e{number:06}.md"
        (folder / name).write_text(body, encoding="utf-8", newline="\n")
        names += [name, _SENTINEL]
    return names, nonce


def divided(blocks: Sequence[Block], nonce: str, count: int) -> list[list[Block]]:
    """The blocks of each of `count` bodies. Raises Unsplit."""
    found: list[list[Block]] = [[]]
    for block in blocks:
        if _is_sentinel(block, nonce):
            found.append([])
        else:
            found[-1].append(block)
    if len(found) != count + 1 or found[-1]:
        raise Unsplit(f"{len(found) - 1} of {count} bodies came back")
    return found[:-1]


def _is_sentinel(block: Block, nonce: str) -> bool:
    if block["t"] != "Para" or len(block["c"]) != 1:
        return False
    only = block["c"][0]
    return bool(only["t"] == "Code" and only["c"][1] == nonce)


def notes_in(blocks: Sequence[Block]) -> int:
    """How many different footnotes stand in some blocks."""
    found: set[str] = set()
    waiting: list[Any] = list(blocks)
    while waiting:
        node = waiting.pop()
        if isinstance(node, list):
            waiting.extend(each for each in node if isinstance(each, (dict, list)))
        elif isinstance(content := node.get("c"), list):
            if node["t"] == "Note":
                found.add(repr(content))
            waiting.append(content)
    return len(found)


def unscoped(identifier: str) -> str:
    """An id, or an address without its `#`, as it was before Pandoc put the file's name before it."""
    return _SCOPE.sub("", identifier, count=1) if identifier.startswith("e") else identifier
