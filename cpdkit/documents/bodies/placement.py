"""Insert bodies into a skeleton: a template names a part, and the blocks of the part replace the name."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from cpdkit.documents.literal import Markdown
from cpdkit.documents.tree import Block

_PART = "cpd-part-"
_KEY = re.compile(r"[\w.-]+")


class Misplaced(Exception):
    """A part without a placeholder, a placeholder without a part, or two placeholders for one part."""

    def __init__(self, keys: Sequence[str]) -> None:
        super().__init__(f"not placed exactly once: {', '.join(keys[:5])}")
        self.keys = tuple(keys)


def placeholder(nonce: str, key: str) -> Markdown:
    """Return the placeholder of a part; a template prints it in a paragraph of its own."""
    if not (_KEY.fullmatch(key) and _KEY.fullmatch(nonce)):
        raise ValueError(f"invalid key of a part: {nonce} {key}")
    return Markdown(f"`{_PART}{nonce}-{key}`")


def place(skeleton: Sequence[Block], parts: Mapping[str, list[Block]], nonce: str) -> list[Block]:
    """Return the skeleton with each placeholder replaced by its part, also inside Divs.

    The blocks of the parts are not copied. Raise Misplaced for a placeholder without a part, and for a part that is
    not placed exactly once.
    """
    used: list[str] = []
    placed = _placed(skeleton, parts, _PART + nonce + "-", used)
    wrong = sorted({*parts} ^ {*used}) + sorted(key for key, count in Counter(used).items() if count > 1)
    if wrong:
        raise Misplaced(wrong)
    return placed


def _placed(blocks: Sequence[Block], parts: Mapping[str, list[Block]], prefix: str, used: list[str]) -> list[Block]:
    made: list[Block] = []
    for block in blocks:
        if block["t"] == "Div":
            made.append({"t": "Div", "c": [block["c"][0], _placed(block["c"][1], parts, prefix, used)]})
        elif (key := _key_in(block, prefix)) is not None:
            used.append(key)
            made.extend(parts.get(key, ()))
        else:
            made.append(block)
    return made


def _key_in(block: Block, prefix: str) -> str | None:
    if block["t"] not in ("Para", "Plain") or len(block["c"]) != 1 or block["c"][0]["t"] != "Code":
        return None
    code = block["c"][0]["c"][1]
    return code[len(prefix) :] if code.startswith(prefix) else None


def places_in(skeleton: str, nonce: str) -> frozenset[str]:
    """Return the keys of the placeholders in a skeleton's Markdown."""
    return frozenset(re.findall(rf"`{_PART}{nonce}-([\w.-]+)`", skeleton))
