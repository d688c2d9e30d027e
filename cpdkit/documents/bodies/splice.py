"""Bodies put into their places: private passages out, the reflection apart, headings below the activity's own."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cpdkit.documents.bodies.comments import COMMENT
from cpdkit.documents.literal import Markdown
from cpdkit.documents.tree import BREAKS, Block, words_of

DEEPEST = 6
"""The lowest level that a heading can have in any format."""

_PRIVATE = re.compile(r"\s*\(private\)", re.IGNORECASE)
_PART = "cpd-part-"
_KEY = re.compile(r"[\w.-]+")


@dataclass(frozen=True, slots=True)
class Split:
    """A body in its two parts, and the heading that stood over the reflection.

    `unanswered` counts the prompts that were dropped.
    """

    description: list[Block]
    reflection: list[Block]
    unanswered: int
    heading: Block | None = None


class Misplaced(Exception):
    """Parts that a skeleton has no place for, or places that have no part, or more than one place for a part."""

    def __init__(self, keys: Sequence[str]) -> None:
        super().__init__(f"not placed exactly once: {', '.join(keys[:5])}")
        self.keys = tuple(keys)


def without_notes(blocks: Sequence[Block]) -> list[Block]:
    """The blocks without those that are nothing but closed comments, so that a prompt above one is unanswered."""
    return [block for block in blocks if not _is_note(block)]


def _is_note(block: Block) -> bool:
    if block["t"] == "RawBlock":
        return not COMMENT.sub("", block["c"][1]).strip()
    if block["t"] not in ("Para", "Plain"):
        return False
    return all(
        inline["t"] in BREAKS or (inline["t"] == "RawInline" and COMMENT.fullmatch(inline["c"][1]))
        for inline in block["c"]
    )


def without_private(blocks: Sequence[Block]) -> tuple[list[Block], int]:
    """The blocks without the sections and list items that start with `(private)`, and how many of those there were."""
    kept: list[Block] = []
    removed, inside = 0, 0
    for block in blocks:
        level = _level(block)
        if level and (not inside or level <= inside):
            inside = level if _starts_private(block) else 0
            removed += bool(inside)
        if not inside:
            below, count = _items_without_private(block)
            kept.extend(below)
            removed += count
    return kept, removed


def _items_without_private(block: Block) -> tuple[list[Block], int]:
    """The block with the private items of its lists gone; no block when nothing of it is left."""
    kind = block["t"]
    if kind == "BlockQuote":
        kept, removed = without_private(block["c"])
        return (_rebuilt(block, kept, kept) if removed else [block]), removed
    if kind not in ("BulletList", "OrderedList"):
        return [block], 0
    items: list[list[Block]] = block["c"] if kind == "BulletList" else block["c"][1]
    public = [item for item in items if not (item and _starts_private(item[0]))]
    inner = [without_private(item) for item in public]
    removed = len(items) - len(public) + sum(count for _, count in inner)
    if not removed:
        return [block], 0
    left = [item for item, _ in inner]
    return _rebuilt(block, left if kind == "BulletList" else [block["c"][0], left], left), removed


def _rebuilt(block: Block, content: object, left: Sequence[object]) -> list[Block]:
    return [{"t": block["t"], "c": content}] if left else []


def _starts_private(block: Block) -> bool:
    if block["t"] not in ("Header", "Para", "Plain"):
        return False
    said = words_of(block)
    # The box of a task stands before its text.
    return _PRIVATE.match(said.lstrip("☐☒ ")) is not None


def split(blocks: Sequence[Block], heading: str = "Reflection") -> Split:
    """The body before and after its reflection, and the reflection, whose unanswered prompts are dropped.

    The reflection reaches to the next heading of the same or a higher level; what follows it goes to the description.
    """
    at = next((i for i, block in enumerate(blocks) if _is_called(block, heading)), None)
    if at is None:
        return Split(list(blocks), [], 0)
    level = _level(blocks[at])
    end = next((i for i in range(at + 1, len(blocks)) if 0 < _level(blocks[i]) <= level), len(blocks))
    answered, unanswered = without_unanswered(blocks[at + 1 : end])
    return Split([*blocks[:at], *blocks[end:]], answered, unanswered, blocks[at])


def _is_called(block: Block, heading: str) -> bool:
    return block["t"] == "Header" and words_of(block).strip().casefold() == heading.casefold()


def without_unanswered(blocks: Sequence[Block]) -> tuple[list[Block], int]:
    """The blocks without the headings that have nothing below them, and how many of those there were.

    A heading above an answered one stays; one whose every heading below is unanswered goes with them.
    """
    kept: list[Block] = []
    lowest = 0  # the level of the heading kept last, 0 after anything else
    dropped = 0
    for block in reversed(blocks):
        level = _level(block)
        if level and not (kept and (lowest == 0 or lowest > level)):
            dropped += 1
            continue
        kept.append(block)
        lowest = level
    kept.reverse()
    return kept, dropped


def shifted(blocks: Sequence[Block], below: int) -> list[Block]:
    """The blocks with their headings at levels under `below`, none skipped, none deeper than `DEEPEST`.

    Not in place: a heading whose level changes is built anew, all else is handed on as it is.
    """
    open_levels: list[int] = []
    made = []
    for block in blocks:
        level = _level(block)
        if level:
            while open_levels and open_levels[-1] >= level:
                open_levels.pop()
            open_levels.append(level)
            block = _at_level(block, min(DEEPEST, below + len(open_levels)))
        made.append(block)
    return made


def _at_level(block: Block, level: int) -> Block:
    return block if block["c"][0] == level else {"t": "Header", "c": [level, *block["c"][1:]]}


def _level(block: Block) -> int:
    """A heading's level; 0 for any other block."""
    return int(block["c"][0]) if block["t"] == "Header" else 0


def placeholder(nonce: str, key: str) -> Markdown:
    """What a template puts where a part of a body goes: a paragraph of its own."""
    if not (_KEY.fullmatch(key) and _KEY.fullmatch(nonce)):
        raise ValueError(f"not a part's key: {nonce} {key}")
    return Markdown(f"`{_PART}{nonce}-{key}`")


def place(skeleton: Sequence[Block], parts: Mapping[str, list[Block]], nonce: str) -> list[Block]:
    """The skeleton with each placeholder replaced by its part, wherever it stands among the skeleton's Divs.

    The parts' blocks are not copied. Raises Misplaced for a placeholder without a part, and a part that is
    placed never or twice.
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
    """The keys of the placeholders in a skeleton's Markdown."""
    return frozenset(re.findall(rf"`{_PART}{nonce}-([\w.-]+)`", skeleton))
