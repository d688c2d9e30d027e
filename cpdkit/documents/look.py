"""Where the shipped templates and the look of each format are: in the wheel, or in the checkout."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cpdkit.errors import ToolMissing

_PACKAGE = Path(__file__).resolve().parent.parent


@cache
def templates_folder() -> Path:
    """The shipped templates: `cpdkit/templates` where installed, `templates/` beside the package in a checkout."""
    for folder in (_PACKAGE / "templates", _PACKAGE.parent / "templates"):
        if (folder / "look").is_dir():
            return folder
    raise ToolMissing("cpdkit", str(_PACKAGE / "templates"), "the installation is damaged; install cpdkit again")


def template_file(*parts: str) -> Path:
    """A shipped file below `templates/`; whether it is there is the reader's to see."""
    return templates_folder().joinpath(*parts)


def look_file(name: str) -> Path:
    """A file of `templates/look/`: a reference document, a page, a style sheet, the Typst program."""
    return template_file("look", name)


@cache
def palette(theme: str = "light") -> Mapping[str, str]:
    """Return the colours of every format by name, each as `#rrggbb`; `theme` is `light` or `dark`."""
    colours: Mapping[str, str] = tomllib.loads(look_file("palette.toml").read_text("utf-8"))[theme]
    return colours


@dataclass(frozen=True, slots=True)
class Face:
    """Title, running header and footer, language and paper of one document.

    `page_label` holds `{page}` and `{pages}`; `skip_label` is for those who hear a web page or go through it by keys.
    `paper` is `a4` or `letter`. `epoch` is the document's own date in seconds since 1970, UTC: the only clock that a
    writer may read.
    """

    title: str
    author: str
    header_left: str
    header_right: str
    footer_left: str
    page_label: str = "Page {page} of {pages}"
    skip_label: str = "Skip to the content"
    language: str = "en-GB"
    paper: str = "a4"
    subject: str = ""
    keywords: tuple[str, ...] = ()
    epoch: int = 0
