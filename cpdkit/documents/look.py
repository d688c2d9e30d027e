"""How documents look: the shipped templates and style files, and what an owner uses instead of them."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

from cpdkit.errors import ToolMissing

_PACKAGE = Path(__file__).resolve().parent.parent
CHECKOUT = _PACKAGE.parent
"""The folder of a checkout. For an installed cpdkit, a folder of other packages."""
PALETTE = "palette.toml"
THEMES = ("light", "dark")
LEAST_CONTRAST = 4.5
"""The least contrast of words with their background, WCAG 2.2, criterion 1.4.3."""
_SIX_DIGITS = re.compile("(?<![0-9A-Fa-f])[0-9A-Fa-f]{6}(?![0-9A-Fa-f])")
_FAINT = 0.45
"""How much of white the lines under links have."""


@cache
def templates_folder() -> Path:
    """Return the folder of the shipped templates: in the installed package, or next to it in a checkout."""
    for folder in (_PACKAGE / "templates", CHECKOUT / "templates"):
        if (folder / "look").is_dir():
            return folder
    raise ToolMissing("cpdkit", str(_PACKAGE / "templates"), "the installation is damaged; install cpdkit again")


def template_file(*parts: str) -> Path:
    """Return the path of a shipped file below `templates/`. It need not exist."""
    return templates_folder().joinpath(*parts)


def look_file(name: str) -> Path:
    """Return a file of `templates/look/`: a reference document, a page, a style sheet, the Typst program."""
    return template_file("look", name)


@cache
def palette(theme: str = "light") -> Mapping[str, str]:
    """Return the shipped colours by name, each as `#rrggbb`; `theme` is `light` or `dark`."""
    colours: Mapping[str, str] = tomllib.loads(look_file(PALETTE).read_text("utf-8"))[theme]
    return colours


@dataclass(frozen=True)
class Look:
    """The look of one document. `files` replace the shipped ones of the same names, `colours` those of a theme.

    Of a reference document, `files` has only the styles.

    `font` is the family of its words, `font_files` are fonts that it may be in, by their names.
    """

    files: Mapping[str, bytes] = field(default_factory=dict)
    colours: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    accent: str = ""
    font: str = ""
    font_files: Mapping[str, bytes] = field(default_factory=dict)

    def file(self, name: str) -> bytes:
        """Return a style file: the owner's, or the shipped one."""
        if name == PALETTE:
            return self._palette_file
        return self.files[name] if name in self.files else look_file(name).read_bytes()

    def palette(self, theme: str = "light") -> Mapping[str, str]:
        """Return the colours by name, each as `#rrggbb`."""
        return self._palettes[theme]

    def recoloured(self, styles: str) -> str:
        """Return the text of a style file, which has colours as `rrggbb`, with the colours of this look."""
        changed = {
            old.lstrip("#").upper(): self.palette()[name].lstrip("#").upper()
            for name, old in palette().items()
            if self.palette()[name] != old
        }
        # In one pass, since a new colour may be the old one of another name.
        return _SIX_DIGITS.sub(lambda hit: changed.get(hit[0].upper(), hit[0]), styles) if changed else styles

    @cached_property
    def _palettes(self) -> dict[str, dict[str, str]]:
        return {theme: {**palette(theme), **self.colours.get(theme, {}), **self._accented(theme)} for theme in THEMES}

    def _accented(self, theme: str) -> dict[str, str]:
        """Return the colours that follow from the owner's accent: on a dark page it is as light as it must be."""
        if not self.accent:
            return {}
        paper = self.colours.get(theme, {}).get("paper", palette(theme)["paper"])
        shown = self.accent.lower()
        while theme == "dark" and contrast(shown, paper) < LEAST_CONTRAST:
            shown = mixed(shown, palette(theme)["ink"], 0.1)
        return {"accent": shown, "faint": mixed(shown, paper, _FAINT)}

    @cached_property
    def _palette_file(self) -> bytes:
        if not (self.accent or self.colours):
            return look_file(PALETTE).read_bytes()
        lines = [
            line
            for theme in THEMES
            for line in (f"[{theme}]", *(f'{name} = "{colour}"' for name, colour in self.palette(theme).items()))
        ]
        return ("\n".join(lines) + "\n").encode()


SHIPPED = Look()


def mixed(colour: str, other: str, part: float) -> str:
    """Return a colour with a part of another one."""
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(one + (two - one) * part):02x}" for one, two in pairs)


def contrast(colour: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21. Source: WCAG 2.2, definition of contrast ratio."""
    low, high = sorted((_luminance(colour), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = [
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in (each / 255 for each in _channels(colour))
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def _channels(colour: str) -> tuple[int, int, int]:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return red, green, blue
