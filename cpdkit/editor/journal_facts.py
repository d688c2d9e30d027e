"""What is known of a journal after a check: plain data, so that every answer to an editor is a look-up."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from cpdkit.checks.engine import CheckResult, FileResult
from cpdkit.checks.rule import Context, RecordFacts
from cpdkit.diagnostics import Diagnostic
from cpdkit.journal.paths import Listing
from cpdkit.schemes.vocabulary import Vocabulary

ByPath = dict[str, tuple[Diagnostic, ...]]


@dataclass(frozen=True)
class Known:
    """A journal as the last check found it. `root` is its folder's real path.

    `alone` are each file's own problems, `together` those that come of other files: the first can be found anew while
    somebody types, the second wait for the next check.
    """

    root: str
    listing: Listing
    context: Context
    records: tuple[RecordFacts, ...]
    alone: ByPath = field(default_factory=dict)
    together: ByPath = field(default_factory=dict)

    @property
    def day(self) -> date:
        """The day that counts as today."""
        return self.context.day

    @property
    def words(self) -> Vocabulary:
        """What records may claim and name."""
        return self.context.vocabulary

    @cached_property
    def by_path(self) -> Mapping[str, RecordFacts]:
        """The records by their files."""
        return {each.path: each for each in self.records}

    @cached_property
    def activities(self) -> tuple[RecordFacts, ...]:
        """The activities, the newest first."""
        return tuple(sorted(self.of("activities"), key=lambda each: (each.start or date.min, each.path), reverse=True))

    @cached_property
    def objectives(self) -> Mapping[str, RecordFacts]:
        """The objectives that can be read, by their ids."""
        return {each.id: each for each in reversed(self.of("plan"))}

    def of(self, kind: str) -> list[RecordFacts]:
        """The records of one folder."""
        return [each for each in self.records if each.kind == kind]

    def diagnostics(self, path: str) -> tuple[Diagnostic, ...]:
        """All problems of one file."""
        return tuple(sorted((*self.alone.get(path, ()), *self.together.get(path, ())), key=lambda each: each.order))

    @property
    def paths(self) -> set[str]:
        """The files that have problems."""
        return {*self.alone, *self.together}


def known_from(checked: CheckResult, listing: Listing, context: Context, judged: Mapping[str, FileResult]) -> Known:
    """What a check tells, sorted for look-ups."""
    alone = {path: each.diagnostics for path, each in judged.items() if each.diagnostics}
    together = by_path(each for each in checked.diagnostics if each not in alone.get(each.path, ()))
    records = tuple(sorted(each.facts for each in judged.values() if each.facts))
    return Known(str(checked.root), listing, context, records, alone, together)


def by_path(diagnostics: Iterable[Diagnostic]) -> ByPath:
    """Diagnostics by the file they are in, in their order."""
    found: dict[str, list[Diagnostic]] = {}
    for each in diagnostics:
        found.setdefault(each.path, []).append(each)
    return {path: tuple(some) for path, some in found.items()}


def used(records: Iterable[Sequence[str]]) -> list[str]:
    """Values that records have, the most used first, then the newest; the records come with the newest first."""
    counts: dict[str, int] = {}
    for values in records:
        for value in values:
            if value:
                counts[value] = counts.get(value, 0) + 1
    return sorted(counts, key=lambda value: -counts[value])
