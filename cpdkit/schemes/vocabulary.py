"""The competences, topics, schemes and forms that a journal may name: those shipped, and those of its own files.

Its own files are `frameworks/*.yaml`, `schemes/*.yaml` and `forms/*.yaml` of the journal.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from cpdkit.diagnostics import Diagnostic
from cpdkit.errors import UsageError
from cpdkit.journal.achievements import UK_SPEC_CODE
from cpdkit.journal.codes import CODES
from cpdkit.journal.load import Journal
from cpdkit.journal.member import Member
from cpdkit.journal.paths import OTHER_FOLDERS, list_journal
from cpdkit.journal.values import LEVELS
from cpdkit.schemes.data_files import FORMS, FRAMEWORKS, SCHEMES, shipped_ids, source_of
from cpdkit.schemes.frameworks import Framework, read_framework, shipped_frameworks
from cpdkit.schemes.rule_types import UNFIT
from cpdkit.text.files import Disk
from cpdkit.text.source import Source

if TYPE_CHECKING:
    from cpdkit.journal.selection import Included
    from cpdkit.schemes.forms import ApplicationForm
    from cpdkit.schemes.rules import Scheme

SUFFIX = ".yaml"
UK_SPEC = ("uk-spec-ceng", "uk-spec-engtech", "uk-spec-ieng")
"""The frameworks of a journal that names none. Others have codes that mean something else, such as E1."""


@dataclass(frozen=True, slots=True)
class Own:
    """A journal's own frameworks, schemes and forms, by ID. `unread` are files that cannot be read."""

    frameworks: Mapping[str, Framework] = field(default_factory=dict)
    schemes: "Mapping[str, Scheme]" = field(default_factory=dict)
    forms: "Mapping[str, ApplicationForm]" = field(default_factory=dict)
    unread: tuple[str, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = field(default=(), compare=False)

    def lacks(self, folder: str) -> bool:
        """Whether a file of this folder cannot be read, so that an ID may be missing."""
        return any(path.startswith(f"{folder}/") for path in self.unread)


@dataclass(frozen=True)
class Vocabulary:
    """The names that one member may use. Equal vocabularies give equal results; files are read when they are needed.

    `named` are the frameworks that cpd.yaml names, `topics` the topics it allows (none: any), `followed` the schemes
    that the member records for.
    """

    own: Own = field(default_factory=Own)
    named: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    followed: tuple[str, ...] = ()

    @cached_property
    def frameworks(self) -> Mapping[str, Framework]:
        """Every framework by ID; the owner's replaces a shipped one of the same ID."""
        return {**shipped_frameworks(), **self.own.frameworks}

    @cached_property
    def considered(self) -> tuple[Framework, ...]:
        """The frameworks whose competences the records may claim: those named, or if none is, UK-SPEC and the own."""
        if not self.named:
            usual = {**{name: self.frameworks[name] for name in UK_SPEC}, **self.own.frameworks}
            return tuple(usual.values())
        return tuple(self.frameworks[name] for name in self.named if name in self.frameworks)

    @cached_property
    def competences(self) -> Mapping[str, str]:
        """From a code of the considered frameworks to its title; the first framework wins."""
        return {code: title for each in reversed(self.considered) for code, title in each.titles.items()}

    @cached_property
    def levels(self) -> tuple[str, ...]:
        """The levels that a claim may have: the IET's, and those of the considered frameworks."""
        return tuple(dict.fromkeys((*LEVELS, *(level for each in self.considered for level in each.levels))))

    @cached_property
    def all_frameworks_known(self) -> bool:
        """Whether every framework that may count could be read."""
        return not self.own.lacks(FRAMEWORKS) and all(name in self.frameworks for name in self.named)

    def is_unknown(self, code: str) -> bool:
        """Whether a code is in none of the considered frameworks.

        If the owner neither names a framework nor has one, a code that doesn't look like UK-SPEC's may belong to
        another framework, and is not reported.
        """
        if code in self.competences or not self.all_frameworks_known:
            return False
        return bool(self.named or self.own.frameworks or UK_SPEC_CODE.fullmatch(code))

    def scheme(self, name: str) -> "Scheme | None":
        """Return a scheme by its ID, or None."""
        from cpdkit.schemes.scheme_file import shipped_scheme  # noqa: PLC0415  many journals name no scheme

        return self.own.schemes.get(name) or shipped_scheme(name)

    def form(self, name: str) -> "ApplicationForm | None":
        """Return an application form by its ID, or None."""
        from cpdkit.schemes.forms import shipped_form  # noqa: PLC0415  few journals name a form

        return self.own.forms.get(name) or shipped_form(name)

    @property
    def form_ids(self) -> tuple[str, ...]:
        """The IDs of all application forms."""
        return tuple(sorted({*shipped_ids(FORMS), *self.own.forms}))

    @property
    def scheme_ids(self) -> tuple[str, ...]:
        """The IDs of all schemes."""
        return tuple(sorted({*shipped_ids(SCHEMES), *self.own.schemes}))

    @cached_property
    def schemes(self) -> "tuple[Scheme, ...]":
        """The schemes that the member records for, without unknown ones."""
        return tuple(scheme for name in self.followed if (scheme := self.scheme(name)))

    @property
    def all_schemes_known(self) -> bool:
        """Whether every scheme file of the owner's could be read."""
        return not self.own.lacks(SCHEMES)

    @cached_property
    def themes(self) -> frozenset[str]:
        """The topics of the member's schemes."""
        return frozenset(topic for each in self.schemes for topic in each.topics)

    @cached_property
    def narrowest(self) -> "Scheme | None":
        """The member's scheme with the smallest limit on files; None if none has a limit."""
        limited = [each for each in self.schemes if each.evidence_limit]
        return min(limited, key=lambda each: each.evidence_limit, default=None)


def vocabulary_in(journal: Journal) -> Vocabulary:
    """Return the vocabulary of a journal. Read its own frameworks, schemes and forms."""
    disk = Disk(str(journal.root.resolve()))
    return vocabulary_of(journal.member, read_own(disk, list_journal(disk, OTHER_FOLDERS).others))


def vocabulary_of(member: Member | None, own: Own) -> Vocabulary:
    """Return the vocabulary of a member's journal."""
    if member is None:
        return Vocabulary(own)
    return Vocabulary(own, member.frameworks, member.topics, tuple(each.scheme for each in member.schemes))


def frameworks_for(
    vocabulary: Vocabulary, included: "Iterable[Included]", ids: Sequence[str] = ()
) -> tuple[Framework, ...]:
    """Return the frameworks of `ids`, or those of cpd.yaml, or the one that covers most claims (the first of equals).

    Raise UsageError for an unknown ID.
    """
    if unknown := [name for name in ids if name not in vocabulary.frameworks]:
        available = ", ".join(sorted(vocabulary.frameworks))
        raise UsageError(f'unknown framework "{unknown[0]}"', f"available frameworks: {available}")
    if ids:
        return tuple(vocabulary.frameworks[name] for name in dict.fromkeys(ids))
    if vocabulary.named:
        return vocabulary.considered
    claimed = {each.code for item in included for each in item.activity.competences}
    best = max(vocabulary.considered, key=lambda one: len(claimed & one.titles.keys()), default=None)
    return (best,) if best else ()


def read_own(disk: Disk, paths: Sequence[str]) -> Own:
    """Read the frameworks, schemes and forms among `paths`. Files in other folders are ignored."""
    files = _OwnFiles(disk)
    by_id = (
        files.read(paths, FRAMEWORKS, "CPD707", read_framework),
        files.read(paths, SCHEMES, UNFIT, _read_scheme),
        files.read(paths, FORMS, "CPD709", _read_form),
    )
    return Own(*by_id, tuple(files.unread), tuple(files.diagnostics))


def _read_scheme(source: Source) -> "tuple[Scheme | None, list[Diagnostic]]":
    from cpdkit.schemes.scheme_file import read_scheme  # noqa: PLC0415  few journals have a scheme of their own

    return read_scheme(source)


def _read_form(source: Source) -> "tuple[ApplicationForm | None, list[Diagnostic]]":
    from cpdkit.schemes.forms import read_form  # noqa: PLC0415  few journals have a form of their own

    return read_form(source)


class _OwnFiles:
    """The files of one journal while they are read."""

    def __init__(self, disk: Disk) -> None:
        self.disk = disk
        self.unread: list[str] = []
        self.diagnostics: list[Diagnostic] = []

    def read(
        self, paths: Sequence[str], folder: str, code: str, read: Callable[[Source], tuple[Any, list[Diagnostic]]]
    ) -> dict[str, Any]:
        """Return the records of one folder by ID. A second one of the same ID is reported under `code`."""
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
                message = f"this file is ignored: {first.path} has the same ID, {record.id}"
                self.diagnostics.append(_of_file(path, code, message, "change the id: of one of them"))
        return by_id


def _unused(path: str) -> Diagnostic:
    stem, _, suffix = path.rpartition("/")[2].rpartition(".")
    hint = f"rename it to {stem}{SUFFIX}" if suffix == "yml" else "move it, or list it under ignore: in cpd.yaml"
    return _of_file(path, "CPD801", "cpdkit does not read this file", hint)


def _of_file(path: str, code: str, message: str, hint: str) -> Diagnostic:
    return Diagnostic(path, None, code, CODES[code].severity, message, hint=hint)
