"""Find the shipped templates and the style files of each format, in the wheel or in a checkout."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from cpdkit.errors import ToolMissing

_PACKAGE = Path(__file__).resolve().parent.parent
CHECKOUT = _PACKAGE.parent
"""The folder of a checkout. For an installed cpdkit, a folder of other packages."""


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
    """Return the colours of every format by name, each as `#rrggbb`; `theme` is `light` or `dark`."""
    colours: Mapping[str, str] = tomllib.loads(look_file("palette.toml").read_text("utf-8"))[theme]
    return colours
