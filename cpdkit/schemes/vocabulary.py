"""The words that a journal may use for its competences, topics and schemes: what is shipped and the owner's own files.

The owner's own are `frameworks/*.yaml` and `schemes/*.yaml` of the journal.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from cpdkit.diagnostics import Diagnostic
from cpdkit.errors import UsageError
from cpdkit.journal.achievements import UK_SPEC_CODE
from cpdkit.journal.codes import CODES
from cpdkit.journal.load import Journal
from cpdkit.journal.member import Member
from cpdkit.journal.paths import OTHER_FOLDERS, list_journal
from cpdkit.journal.selection import Included
from cpdkit.journal.values import LEVELS
from cpdkit.schemes import frameworks, scheme_file
from cpdkit.schemes.data_files import source_of
from cpdkit.schemes.frameworks import Framework, read_framework, shipped_frameworks
from cpdkit.schemes.rule_types import UNFIT
from cpdkit.schemes.rules import Scheme
from cpdkit.schemes.scheme_file import read_scheme, shipped_scheme, shipped_schemes
from cpdkit.text.files import Disk
from cpdkit.text.source import Source

SUFFIX = ".yaml"


@dataclass(frozen=True, slots=True)
class Own:
    """What a journal brings with it, by id. `unread` are the files that cannot be read: their ids are not known."""

    frameworks: Mapping[str, Framework] = field(default_factory=dict)
    schemes: Mapping[str, Scheme] = field(default_factory=dict)
    unread: tuple[str, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = field(default=(), compare=False)

    def lacks(self, folder: str) -> bool:
        """Whether a file of this folder cannot be read, so that not all ids are known."""
        return any(path.startswith(f"{folder}/") for path in self.unread)


@dataclass(frozen=True)
class Vocabulary:
    """The words for one member. Equal vocabularies judge alike; what a rule needs is read when it needs it.

    `named` are the frameworks that cpd.yaml names, `topics` the topics it allows (none: any), `followed` the schemes
    that the member records for.
    """

    own: Own = field(default_factory=Own)
    named: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    followed: tuple[str, ...] = ()

    @cached_property
    def frameworks(self) -> Mapping[str, Framework]:
        """Every framework by id, the owner's in place of a shipped one of the same id."""
        return {**shipped_frameworks(), **self.own.frameworks}

    @cached_property
    def considered(self) -> tuple[Framework, ...]:
        """The frameworks whose competences the records may claim: those named, else all."""
        if not self.named:
            return tuple(self.frameworks.values())
        return tuple(self.frameworks[name] for name in self.named if name in self.frameworks)

    @cached_property
    def competences(self) -> Mapping[str, str]:
        """From a code of the frameworks considered to its title; where two have it, the first one's."""
        return {code: title for each in reversed(self.considered) for code, title in each.titles.items()}

    @cached_property
    def levels(self) -> tuple[str, ...]:
        """The levels that a claim may have: the IET's, and those of the frameworks considered."""
        return tuple(dict.fromkeys((*LEVELS, *(level for each in self.considered for level in each.levels))))

    @cached_property
    def all_frameworks_known(self) -> bool:
        """Whether every framework that may count could be read."""
        return not self.own.lacks(frameworks.FOLDER) and all(name in self.frameworks for name in self.named)

    def is_unknown(self, code: str) -> bool:
        """Whether a code is in no framework that counts.

        Where the owner neither names a framework nor has one, a code that doesn't look like UK-SPEC's may be another
        framework's, and is let be.
        """
        if code in self.competences or not self.all_frameworks_known:
            return False
        return bool(self.named or self.own.frameworks or UK_SPEC_CODE.fullmatch(code))

    def scheme(self, name: str) -> Scheme | None:
        """Return a scheme by its id."""
        return self.own.schemes.get(name) or shipped_scheme(name)

    @property
    def scheme_ids(self) -> tuple[str, ...]:
        """The ids of all schemes."""
        return tuple(sorted({*shipped_schemes(), *self.own.schemes}))

    @cached_property
    def schemes(self) -> tuple[Scheme, ...]:
        """The schemes that the member records for, as far as they are known."""
        return tuple(scheme for name in self.followed if (scheme := self.scheme(name)))

    @property
    def all_schemes_known(self) -> bool:
        """Whether every scheme file of the owner's could be read."""
        return not self.own.lacks(scheme_file.FOLDER)

    @cached_property
    def themes(self) -> frozenset[str]:
        """The topics of the member's schemes."""
        return frozenset(topic for each in self.schemes for topic in each.topics)

    @cached_property
    def narrowest(self) -> Scheme | None:
        """The member's scheme that takes the smallest files; None where none has a limit."""
        limited = [each for each in self.schemes if each.evidence_limit]
        return min(limited, key=lambda each: each.evidence_limit, default=None)


def vocabulary_in(journal: Journal) -> Vocabulary:
    """Return the words of a journal; its own frameworks and schemes are read here."""
    disk = Disk(str(journal.root.resolve()))
    return vocabulary_of(journal.member, read_own(disk, list_journal(disk, OTHER_FOLDERS).others))


def vocabulary_of(member: Member | None, own: Own) -> Vocabulary:
    """Return the words of a member's journal."""
    if member is None:
        return Vocabulary(own)
    return Vocabulary(own, member.frameworks, member.topics, tuple(each.scheme for each in member.schemes))


def frameworks_for(
    vocabulary: Vocabulary, included: Iterable[Included], ids: Sequence[str] = ()
) -> tuple[Framework, ...]:
    """Return the frameworks of `ids`, else those of cpd.yaml, else the one that covers most claims.

    Of equals the first one. Raises UsageError for an id that there is not.
    """
    if unknown := [name for name in ids if name not in vocabulary.frameworks]:
        there = ", ".join(sorted(vocabulary.frameworks))
        raise UsageError(f'there is no framework "{unknown[0]}"', f"there are: {there}")
    if ids:
        return tuple(vocabulary.frameworks[name] for name in dict.fromkeys(ids))
    if vocabulary.named:
        return vocabulary.considered
    claimed = {each.code for item in included for each in item.activity.competences}
    best = max(vocabulary.considered, key=lambda one: len(claimed & one.titles.keys()), default=None)
    return (best,) if best else ()


def read_own(disk: Disk, paths: Sequence[str]) -> Own:
    """Read the frameworks and schemes among `paths`; files in other folders are passed over."""
    files = _OwnFiles(disk)
    by_id = (
        files.read(paths, frameworks.FOLDER, "CPD707", read_framework),
        files.read(paths, scheme_file.FOLDER, UNFIT, read_scheme),
    )
    return Own(*by_id, tuple(files.unread), tuple(files.diagnostics))


class _OwnFiles:
    """The files of one journal while they are read."""

    def __init__(self, disk: Disk) -> None:
        self.disk = disk
        self.unread: list[str] = []
        self.diagnostics: list[Diagnostic] = []

    def read(
        self, paths: Sequence[str], folder: str, code: str, read: Callable[[Source], tuple[Any, list[Diagnostic]]]
    ) -> dict[str, Any]:
        """Return the records of one folder by their ids; a second one of the same id is noted under `code`."""
        by_id: dict[str, Any] = {}
        for path in paths:
            if not path.startswith(f"{folder}/"):
                continue
            if not path.endswith(SUFFIX):
                self.diagnostics.append(_unused(path))
                continue
            source, problems = source_of(self.disk, path)
            record = None
            if source:
                record, problems = read(source)
            self.diagnostics += problems
            if record is None:
                self.unread.append(path)
            elif (first := by_id.setdefault(record.id, record)) is not record:
                message = f"{first.path} has the same id, {record.id}, so this file is not used"
                self.diagnostics.append(_of_file(path, code, message, "give one another id:"))
        return by_id


def _unused(path: str) -> Diagnostic:
    stem, _, suffix = path.rpartition("/")[2].rpartition(".")
    hint = f"rename it to {stem}{SUFFIX}" if suffix == "yml" else "move it, or name it under ignore: in cpd.yaml"
    return _of_file(path, "CPD801", "nothing reads this", hint)


def _of_file(path: str, code: str, message: str, hint: str) -> Diagnostic:
    return Diagnostic(path, None, code, CODES[code].severity, message, hint=hint)
