"""The owner's own frameworks and schemes: `frameworks/*.yaml` and `schemes/*.yaml` of a journal."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cpdkit.diagnostics import Diagnostic
from cpdkit.journal.codes import CODES
from cpdkit.schemes import frameworks, known
from cpdkit.schemes.frameworks import Framework, read_framework
from cpdkit.schemes.known import read_scheme
from cpdkit.schemes.reading import source_of
from cpdkit.schemes.rules import Scheme
from cpdkit.text.files import Disk
from cpdkit.text.source import Source

SUFFIX = ".yaml"
Read = Callable[[Source], tuple[Any, list[Diagnostic]]]


@dataclass(frozen=True, slots=True)
class Own:
    """What a journal brings with it, by id. `unread` are the files that can't be read: their ids are not known."""

    frameworks: Mapping[str, Framework] = field(default_factory=dict)
    schemes: Mapping[str, Scheme] = field(default_factory=dict)
    unread: tuple[str, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = field(default=(), compare=False)

    def lacks(self, folder: str) -> bool:
        """Whether a file of this folder can't be read, so that not all ids are known."""
        return any(path.startswith(f"{folder}/") for path in self.unread)


def read_own(disk: Disk, paths: Sequence[str]) -> Own:
    """What the files among `paths` hold; those in other folders are passed over."""
    reader = _Reader(disk)
    found = reader.all(paths, frameworks.FOLDER, read_framework), reader.all(paths, known.FOLDER, read_scheme)
    return Own(*found, tuple(reader.unread), tuple(reader.found))


class _Reader:
    """The files of one journal while they are read."""

    def __init__(self, disk: Disk) -> None:
        self.disk = disk
        self.unread: list[str] = []
        self.found: list[Diagnostic] = []

    def all(self, paths: Sequence[str], folder: str, read: Read) -> dict[str, Any]:
        """The files of one folder by the ids they give; a second one of the same id is not used."""
        by_id: dict[str, Any] = {}
        for path in paths:
            if not path.startswith(f"{folder}/"):
                continue
            if not path.endswith(SUFFIX):
                self.found.append(_unused(path))
            elif (made := self.one(path, read)) is None:
                self.unread.append(path)
            elif (first := by_id.setdefault(made.id, made)) is not made:
                self.found.append(_same_id(path, made.id, first.path, folder))
        return by_id

    def one(self, path: str, read: Read) -> Any:
        source, found = source_of(self.disk, path)
        if source is None:
            self.found += found
            return None
        made, found = read(source)
        self.found += found
        return made


def _unused(path: str) -> Diagnostic:
    stem, _, suffix = path.rpartition("/")[2].rpartition(".")
    hint = f"rename it to {stem}{SUFFIX}" if suffix == "yml" else "move it, or name it under ignore: in cpd.yaml"
    return Diagnostic(path, None, "CPD801", CODES["CPD801"].severity, "nothing reads this", hint=hint)


def _same_id(path: str, name: str, first: str, folder: str) -> Diagnostic:
    code = "CPD706" if folder == known.FOLDER else "CPD707"
    message = f"{first} has the same id, {name}, so this file is not used"
    return Diagnostic(path, None, code, CODES[code].severity, message, hint="give one another id:")
