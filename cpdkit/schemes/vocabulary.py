"""The words that a journal may use for its competences, topics and schemes: what is shipped and what the owner adds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from cpdkit.journal.achievements import UK_SPEC_CODE
from cpdkit.journal.compound_types import LEVELS
from cpdkit.journal.records import Member
from cpdkit.schemes import frameworks, known
from cpdkit.schemes.frameworks import Framework
from cpdkit.schemes.known import shipped_scheme, shipped_schemes
from cpdkit.schemes.own import Own
from cpdkit.schemes.rules import Scheme


@dataclass(frozen=True)
class Vocabulary:
    """The words for one member. Equal vocabularies judge alike; what a rule asks for is read when it asks.

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
        return {**frameworks.shipped(), **self.own.frameworks}

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
        """A scheme by its id."""
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
        return not self.own.lacks(known.FOLDER)

    @cached_property
    def themes(self) -> frozenset[str]:
        """The topics that the member's schemes ask for."""
        return frozenset(topic for each in self.schemes for topic in each.topics)

    @cached_property
    def narrowest(self) -> Scheme | None:
        """The member's scheme that takes the smallest files; None where none has a limit."""
        limited = [each for each in self.schemes if each.evidence_limit]
        return min(limited, key=lambda each: each.evidence_limit, default=None)


def vocabulary_of(member: Member | None, own: Own) -> Vocabulary:
    """The words of a member's journal."""
    if member is None:
        return Vocabulary(own)
    return Vocabulary(own, member.frameworks, member.topics, tuple(each.scheme for each in member.schemes))
