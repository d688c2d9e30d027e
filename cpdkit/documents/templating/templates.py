"""Kinds of report: every `NAME.md.j2` among the shipped templates and the journal's own is one."""

import os
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from cpdkit.documents.look import template_file, templates_folder
from cpdkit.documents.owners_look import FILES
from cpdkit.documents.report_files import LAYOUTS
from cpdkit.documents.templating.labels import LabelFile, candidates
from cpdkit.errors import UsageError
from cpdkit.text.faults import Unreadable
from cpdkit.text.files import Disk, list_tree
from cpdkit.text.wording import listed
from cpdkit.text.write import write_new

SUFFIX = ".md.j2"
FOLDER = "templates"
LOOK = "look"
"""The folder of style files below it."""
MOST_TEMPLATE_BYTES = 256 * 1024
_SETTINGS = ("period", "codes", "layout", "font", "dates")


@dataclass(frozen=True, slots=True)
class ReportKind:
    """One kind of report; `own`: its template is the journal's.

    Comments in the template can set `period: all`, the default period, `codes: always`, which always shows
    competences, `layout: compact`, the default layout of the activities in detail, `font: Lato`, its font unless
    cpd.yaml sets one, and `dates: none`, which leaves the period out of its file name.
    """

    name: str
    description: str
    own: bool
    period: str = ""
    always_codes: bool = False
    layout: str = "full"
    font: str = ""
    undated: bool = False


@dataclass(frozen=True, slots=True)
class Templates:
    """All templates that a report can use, by file name; `own` names those of the journal."""

    sources: Mapping[str, str]
    own: frozenset[str]
    catalogues: tuple[LabelFile, ...]

    @property
    def kinds(self) -> tuple[ReportKind, ...]:
        names = sorted(name for name in self.sources if name.endswith(SUFFIX) and not name.startswith("_"))
        return tuple(self._kind(name) for name in names)

    def _kind(self, name: str) -> ReportKind:
        pairs = (comment.partition(":") for comment in _comments(self.sources[name]))
        settings = {key: value.strip() for key, colon, value in pairs if colon and key in _SETTINGS}
        layout = settings.get("layout", LAYOUTS[0])
        if layout not in LAYOUTS:
            raise UsageError(f'templates/{name} has an unknown layout "{layout}"', f"write {listed(LAYOUTS, 'or')}")
        return ReportKind(
            name.removesuffix(SUFFIX),
            self._description(name),
            name in self.own,
            settings.get("period", ""),
            settings.get("codes") == "always",
            layout,
            settings.get("font", ""),
            settings.get("dates") == "none",
        )

    def names(self, kind: str, words: Collection[str]) -> frozenset[str]:
        """Return which of these parts of the report a kind's template uses, itself or in what it includes."""
        text = "\n".join(self.sources[each] for each in self._with_parts(kind + SUFFIX))
        return frozenset(words) & frozenset(re.findall(r"\breport\.(\w+)", text))

    def _with_parts(self, name: str) -> set[str]:
        """Return a template and all templates that it includes, directly or not."""
        names, new = set[str](), {name} & self.sources.keys()
        while new:
            names |= new
            new = {each for each in self.sources if any(each in self.sources[one] for one in new)} - names
        return names

    def _description(self, name: str) -> str:
        text = self.sources[name].lstrip()
        return " ".join(next(_comments(text), "").split()) if text.startswith("{#") else ""

    def kind(self, name: str) -> ReportKind:
        """Return the kind of that name. Raises UsageError that names the nearest, or all."""
        for kind in self.kinds:
            if kind.name == name:
                return kind
        names = [kind.name for kind in self.kinds]
        near = get_close_matches(name, names, n=1)
        hint = f"did you mean {near[0]}?" if near else f"available kinds: {', '.join(names)}"
        raise UsageError(f'unknown kind of report "{name}"', f"{hint} (see cpd report --list)")


def load_templates(language: str, journal: Path | None) -> Templates:
    """Return the shipped templates, overridden by those in `templates/` of the journal, if any."""
    sources = {path.name: path.read_text("utf-8") for path in sorted(templates_folder().glob(f"*{SUFFIX}"))}
    catalogues = [_shipped_labels(name) for name in candidates(language)]
    own: dict[str, str] = {}
    if journal is not None:
        own = {name: _own_text(journal, name) for name in _own_names(journal, SUFFIX) if "/" not in name}
        theirs = set(_own_names(journal, ".toml"))
        for name in (f"labels/{name}" for name in candidates(language)):
            if name in theirs:
                catalogues.append(LabelFile(f"templates/{name}", _own_text(journal, name).encode()))
    label_files = tuple(catalogue for catalogue in catalogues if catalogue is not None)
    return Templates(sources | own, frozenset(own), label_files)


def eject_template(templates: Templates, name: str, journal: Path) -> Path:
    """Copy the shipped template of a kind, or a style file, into the journal, to start from. Never overwrites.

    Raises UsageError.
    """
    path = name if name.startswith(f"{LOOK}/") else f"{templates.kind(name).name}{SUFFIX}"
    if path == name and path.removeprefix(f"{LOOK}/") not in FILES:
        raise UsageError(f"cpdkit has no file {name}", f"available: {', '.join(f'{LOOK}/{each}' for each in FILES)}")
    target = journal.joinpath(FOLDER, *path.split("/"))
    for folder in (journal / FOLDER, target.parent):
        if folder.is_symlink():
            raise UsageError(f"{folder} is a symbolic link, which cpdkit does not follow", "replace it with a folder")
    if os.path.lexists(target):
        raise UsageError(f"{target} already exists", "edit it, or move it first")
    write_new({target: template_file(*path.split("/")).read_bytes()}, journal)
    return target


def _comments(text: str) -> Iterator[str]:
    """Yield the text of each comment of a template, as Jinja reads them."""
    start = text.find("{#")
    while start >= 0 and (stop := text.find("#}", start + 2)) >= 0:
        yield text[start + 2 : stop].removeprefix("-").removesuffix("-").strip()
        start = text.find("{#", stop + 2)


def _shipped_labels(name: str) -> LabelFile | None:
    path = template_file("labels", name)
    return LabelFile(path.name, path.read_bytes()) if path.is_file() else None


def _own_names(journal: Path, suffix: str) -> list[str]:
    """Return the journal's templates, as paths below its `templates/`. Links are not followed."""
    folder = journal / FOLDER
    if folder.is_symlink() or not folder.is_dir():
        return []
    tree = list_tree(str(journal), FOLDER, lambda _path, name, _folder: name.startswith("."))
    return [path.removeprefix(f"{FOLDER}/") for path in tree.files if path.endswith(suffix)]


def _own_text(journal: Path, name: str) -> str:
    try:
        data, _ = Disk(str(journal)).read(f"{FOLDER}/{name}", MOST_TEMPLATE_BYTES)
        return data.decode("utf-8-sig")
    except Unreadable as error:
        raise UsageError(f"templates/{name} cannot be read: {error}") from None
    except UnicodeDecodeError:
        raise UsageError(f"templates/{name} is not UTF-8 text", "save it as UTF-8") from None
