"""Characters that no font of the PDF has, and the activities that contain them."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from cpdkit.documents.look import CHECKOUT
from cpdkit.documents.tree import Block, classes_of, words_of
from cpdkit.errors import ToolMissing

# Typst's wording. Its version is pinned, and a test fails when the wording changes.
# PDF/A refuses a private-use character even if a font has it.
_QUOTED = r'`"((?:[^"\\]|\\.)*)"`'
_REFUSED = re.compile(rf"the text {_QUOTED} could not be displayed|contains the(?: disallowed)? codepoint {_QUOTED}")
_ESCAPE = re.compile(r"\\u\{([0-9a-fA-F]+)\}|\\(.)")
MOST = 200
_ADDRESSES = ("k", "u", "i", "p")
"""The keys of a node whose values are no words: its kind, and what it leads to."""


@dataclass(frozen=True, slots=True)
class MissingGlyph:
    """A character without a glyph. `where` lists the activities that contain it: (heading id, title) each."""

    char: str
    name: str
    where: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        return f"U+{ord(self.char):04X} {self.name}"


def missing_glyphs(refusal: str, ast: dict[str, Any]) -> tuple[MissingGlyph, ...]:
    """Return the characters that Typst reported, in the order of the document, without repeats."""
    named = dict.fromkeys(char for texts in _REFUSED.findall(refusal) for char in _unescaped("".join(texts)))
    # Typst refuses an invisible character together with the visible one before it, but the owner cannot see it.
    chars = [char for char in named if not _invisible(char)][:MOST] or list(named)
    if not chars:
        return ()
    activities = [(*_heading(div), frozenset("".join(_strings(div)))) for div in _activities(ast["blocks"])]
    return tuple(MissingGlyph(char, _name(char), _holders(char, activities)) for char in chars)


def codes_for(refusal: str) -> dict[int, str]:
    """Return what the PDF shows for each character that Typst reported, for `str.translate`: a code like `[U+A840]`.

    A character that is invisible disappears: its code would be all that a reader sees of it.
    """
    chars = {char for texts in _REFUSED.findall(refusal) for char in _unescaped("".join(texts))}
    return {ord(char): "" if _invisible(char) else f"[U+{ord(char):04X}]" for char in chars}


def in_codes(part: Any, codes: Mapping[int, str]) -> Any:
    """Return a part of the tree for Typst with these characters replaced in its words; addresses stay as they are."""
    if isinstance(part, str):
        return part.translate(codes)
    if isinstance(part, list):
        return [in_codes(each, codes) for each in part]
    if isinstance(part, dict):
        return {key: value if key in _ADDRESSES else in_codes(value, codes) for key, value in part.items()}
    return part


def anchors_with(text: str, ast: dict[str, Any]) -> tuple[str, ...]:
    """Return the anchors of the activities that contain exactly this text: a word, or the source of a formula."""
    return tuple(_heading(div)[0] for div in _activities(ast["blocks"]) if any(text == each for each in _strings(div)))


def _holders(char: str, activities: list[tuple[str, str, frozenset[str]]]) -> tuple[tuple[str, str], ...]:
    return tuple((identifier, title) for identifier, title, chars in activities if char in chars)


def _invisible(char: str) -> bool:
    return unicodedata.category(char) == "Cf" or "\ufe00" <= char <= "\ufe0f"


def _name(char: str) -> str:
    unnamed = "private-use character" if unicodedata.category(char) == "Co" else "unnamed character"
    return unicodedata.name(char, unnamed).lower()


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda hit: chr(int(hit[1], 16)) if hit[1] else hit[2], text)


def _activities(blocks: list[Block]) -> Iterator[Block]:
    for block in blocks:
        if block["t"] != "Div":
            continue
        if "activity" in classes_of(block):
            yield block
        else:
            yield from _activities(block["c"][1])


def _heading(div: Block) -> tuple[str, str]:
    header = next((block for block in div["c"][1] if block["t"] == "Header"), None)
    return (header["c"][1][0], words_of(header)) if header else ("", "")


def _strings(part: Any) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict):
        yield from _strings(part.get("c", ""))
    elif isinstance(part, list):
        for inner in part:
            yield from _strings(inner)


FOLDERS = ("Source Sans 3", "Noto Sans", "Mukta")
"""The only folders of the package given to Typst, which reads every file of its folders at start."""
MORE_FONTS = "cpdkit_fonts"
"""The optional package with fonts for Arabic, Hebrew, Thai and emoji, which are as large as all of cpdkit."""
TEXT = (
    "Source Sans 3", "Noto Sans", "Noto Sans Arabic", "Noto Sans Hebrew", "Noto Sans Thai", "Noto Sans JP",
    "Noto Sans KR", "Noto Sans SC", "Mukta", "DejaVu Sans Mono", "Noto Emoji",
)  # fmt: skip
CODE = ("DejaVu Sans Mono", *(name for name in TEXT if name != "DejaVu Sans Mono"))
# Typst embeds both.
MATHS = ("New Computer Modern Math", *TEXT)


@cache
def font_folders(font: str = "") -> tuple[Path, ...]:
    """Return the folders of the PDF's font families, with that of a `font` of the owner's choice if it has one.

    Find the package without importing it.
    """
    spec = find_spec("rendercv_fonts")
    home = Path(spec.origin).parent if spec and spec.origin else None
    names = [*FOLDERS, *([font] if home and font not in ("", *FOLDERS) and (home / font).is_dir() else [])]
    folders = tuple(home / name for name in names) if home else ()
    missing = [folder for folder in folders if not folder.is_dir()]
    if missing or not folders:
        raise ToolMissing("rendercv-fonts", str(missing[0] if missing else "any place"), "pip install rendercv-fonts")
    more = more_fonts()
    return (*folders, more) if more else folders


@cache
def more_fonts() -> Path | None:
    """Return the folder of the optional fonts: of their package, or of a checkout. None if there is neither."""
    spec = find_spec(MORE_FONTS)
    folder = Path(spec.origin).parent if spec and spec.origin else CHECKOUT / "fonts" / MORE_FONTS
    return folder if folder.is_dir() else None


def families() -> tuple[str, ...]:
    """Return the families that an owner can choose."""
    home = font_folders()[0].parent
    return tuple(
        sorted(
            path.name
            for path in home.iterdir()
            if path.is_dir() and path.name[0].isalpha() and "Awesome" not in path.name
        )
    )
