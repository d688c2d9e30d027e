"""Read the look of a journal's owner: `look:` in cpd.yaml, and style files under `templates/look/`.

A journal may be a stranger's. A style sheet can therefore load nothing and end nothing, a reference document only gives
its styles, and Typst runs without a network, in a folder of its own.
"""

import io
import re
import tomllib
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from lxml import etree

from cpdkit.documents.codes import Problem
from cpdkit.documents.look import LEAST_CONTRAST, PALETTE, SHIPPED, THEMES, Look, contrast, palette
from cpdkit.errors import UsageError
from cpdkit.journal.document_choices import LookChoices
from cpdkit.text.faults import Unreadable
from cpdkit.text.files import Disk, list_tree

FOLDER = "templates/look"
FONTS = f"{FOLDER}/fonts"
STYLES = {"reference.docx": "word/styles.xml", "reference.odt": "styles.xml"}
"""The parts of a reference document that cpdkit uses."""
PROGRAMS = ("report.typ", "charts.typ", "maths.typ")
FILES = (PALETTE, "page.css", *STYLES, *PROGRAMS)
"""The style files that an owner may replace. `page.html` is not one: it keeps a page from loading anything."""
MOST_BYTES = 4 * 2**20
MOST_FONT_BYTES, MOST_FONTS = 20 * 2**20, 12
_FONT = (".ttf", ".otf")
_STYLE = tuple({f".{name.rpartition('.')[2]}" for name in (*FILES, "page.html")})
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_LOADING = re.compile(rb"</|@import|url\s*\(|image-set\s*\(", re.IGNORECASE)


def look_of(choices: LookChoices | None, root: Path | None) -> tuple[Look, tuple[Problem, ...]]:
    """Return the look of a journal, and what about it a reader may not see well. `root` is None without its files.

    Raises UsageError for a file that cannot be used.
    """
    files: dict[str, bytes] = {}
    fonts: dict[str, bytes] = {}
    if root is not None:
        disk = Disk(str(root))
        for name in _names(root, FOLDER):
            if name in FILES:
                files[name] = _usable(name, _read(disk, f"{FOLDER}/{name}", MOST_BYTES))
            elif name.lower().endswith(_STYLE):
                raise UsageError(
                    f"{FOLDER}/{name} is not a style file that can be replaced", f"available: {', '.join(FILES)}"
                )
        names = [name for name in _names(root, FONTS) if name.lower().endswith(_FONT)]
        if len(names) > MOST_FONTS:
            raise UsageError(f"{FONTS} has more than {MOST_FONTS} fonts", "keep those of one family")
        fonts = {name: _read(disk, f"{FONTS}/{name}", MOST_FONT_BYTES) for name in names}
    colours = _colours(files.pop(PALETTE)) if PALETTE in files else {}
    accent = f"#{choices.accent.lstrip('#').lower()}" if choices and choices.accent else ""
    font = choices.font if choices else ""
    if not (files or fonts or colours or accent or font):
        return SHIPPED, ()
    look = Look(files, colours, accent, font, fonts)
    return look, tuple(_pale(look))


def _pale(look: Look) -> Iterator[Problem]:
    """Yield the colours in which words are hard to read on the page."""
    light = look.palette()
    for name in ("ink", "accent", "soft"):
        ratio = contrast(light[name], light["paper"])
        if light[name] != palette()[name] and ratio < LEAST_CONTRAST:
            yield Problem(
                "CPD922",
                f"the colour {name} ({light[name]}) is hard to read on the page: its contrast is {ratio:.1f}, "
                f"less than {LEAST_CONTRAST}",
                "choose a darker colour",
            )


def _names(root: Path, folder: str) -> list[str]:
    """Return the names of the files in a folder. Links are not followed."""
    place = root.joinpath(*folder.split("/"))
    if any(each.is_symlink() for each in (place, place.parent)) or not place.is_dir():
        return []
    tree = list_tree(str(root), folder, lambda _path, name, _folder: name.startswith("."))
    names = [path.removeprefix(f"{folder}/") for path in tree.files]
    return sorted(name for name in names if "/" not in name)


def _read(disk: Disk, path: str, limit: int) -> bytes:
    try:
        return disk.read(path, limit)[0]
    except Unreadable as error:
        raise UsageError(f"cannot read {path}: {error}") from None


def _usable(name: str, data: bytes) -> bytes:
    """Return what a document takes from a file. Raises UsageError."""
    if name == "page.css" and (found := _LOADING.search(data)):
        raise UsageError(
            f"{FOLDER}/{name} contains {found[0].decode()}: a page loads nothing and has no other markup", "remove it"
        )
    if name in STYLES:
        return _styles(name, data)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        raise UsageError(f"{FOLDER}/{name} is not UTF-8 text", "save it as UTF-8") from None
    return data


def _styles(name: str, data: bytes) -> bytes:
    """Return the styles of a reference document, without what they would load from elsewhere. Raises UsageError."""
    part = STYLES[name]
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if package.getinfo(part).file_size > MOST_BYTES:
                raise UsageError(f"the styles of {FOLDER}/{name} are larger than {MOST_BYTES // 2**20} MiB")
            text = package.read(part)
        root = etree.fromstring(text, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError, RuntimeError, NotImplementedError, EOFError, OSError):
        hint = "start from the shipped one: cpd report look/" + name + " --eject"
        raise UsageError(f"{FOLDER}/{name} is not a document with styles", hint) from None
    if b"<!DOCTYPE" in text:
        raise UsageError(f"{FOLDER}/{name} is not a document with styles", "save it again with a word processor")
    for element in list(root.iter(etree.Element)):
        for key in [key for key in element.attrib if key.endswith("}href") or "/relationships}" in key]:
            del element.attrib[key]
    cleaned: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return cleaned


def _colours(data: bytes) -> Mapping[str, Mapping[str, str]]:
    """Return the colours of a palette by theme. Raises UsageError."""
    path = f"{FOLDER}/{PALETTE}"
    try:
        tables = tomllib.loads(data.decode("utf-8"))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise UsageError(f"cannot read {path}: {error}") from None
    for theme, colours in tables.items():
        if theme not in THEMES or not isinstance(colours, dict):
            raise UsageError(f"{path} has {theme}, which is not light or dark", "write the colours under [light]")
        for name, colour in colours.items():
            if name not in palette():
                raise UsageError(f'{path} has an unknown colour "{name}"', f"available colours: {', '.join(palette())}")
            if not (isinstance(colour, str) and _COLOUR.fullmatch(colour)):
                raise UsageError(
                    f"{path}: {name} is not a colour", f'write six digits, such as "{palette()["accent"]}"'
                )
    return {theme: {name: colour.lower() for name, colour in colours.items()} for theme, colours in tables.items()}
