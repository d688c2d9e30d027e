"""Which frameworks and schemes a journal is measured by, its own among them."""

from collections.abc import Iterable, Sequence
from datetime import date

from cpdkit.errors import UsageError
from cpdkit.journal.load import Journal
from cpdkit.journal.paths import OTHER_FOLDERS, list_journal
from cpdkit.journal.records import SchemeMembership
from cpdkit.journal.selection import Included
from cpdkit.schemes.evaluating import Records, evaluate
from cpdkit.schemes.frameworks import Framework
from cpdkit.schemes.own import read_own
from cpdkit.schemes.standing import Standing
from cpdkit.schemes.vocabulary import Vocabulary, vocabulary_of
from cpdkit.text.files import Disk


def vocabulary_in(journal: Journal) -> Vocabulary:
    """The words of a journal: what is shipped, and what it holds itself, which is read here."""
    disk = Disk(str(journal.root.resolve()))
    return vocabulary_of(journal.member, read_own(disk, list_journal(disk, OTHER_FOLDERS).others))


def frameworks_for(words: Vocabulary, included: Iterable[Included], named: Sequence[str] = ()) -> tuple[Framework, ...]:
    """Those asked for, else those of cpd.yaml, else the one that covers most claims, the first of equals.

    Raises UsageError for one that there is not.
    """
    if unknown := [name for name in named if name not in words.frameworks]:
        raise UsageError(f'there is no framework "{unknown[0]}"', f"there are: {', '.join(sorted(words.frameworks))}")
    if named:
        return tuple(words.frameworks[name] for name in dict.fromkeys(named))
    if words.named:
        return words.considered
    claimed = {each.code for item in included for each in item.activity.competences}
    best = max(words.considered, key=lambda one: len(claimed & one.titles.keys()), default=None)
    return (best,) if best else ()


def standings_in(journal: Journal, words: Vocabulary, on: date, named: Sequence[str] = ()) -> tuple[Standing, ...]:
    """Where the owner stands in the schemes named, else in those of cpd.yaml. Raises UsageError for one unknown."""
    follows = {each.scheme: each for each in (journal.member.schemes if journal.member else ())}
    records = Records(journal.activities, tuple(journal.objectives.values()), journal.reviews)
    found = []
    for name in named or follows:
        scheme = words.scheme(name)
        if scheme is None:
            if name in named:
                raise UsageError(f'there is no scheme "{name}"', f"there are: {', '.join(words.scheme_ids)}")
            continue
        if standing := evaluate(scheme, follows.get(name, SchemeMembership(name)), records, on):
            found.append(standing)
    return tuple(found)
