"""The words of a journal, such as topics and competences, for completion by JSON Schema."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from cpdkit.checks.registry import CODES
from cpdkit.checks.rule import RecordFacts
from cpdkit.checks.session import Session
from cpdkit.journal.codes import is_fixed
from cpdkit.journal.load import load
from cpdkit.journal.value_schema import Words
from cpdkit.schemes.vocabulary import Vocabulary

MOST = 200
"""Maximum number of words of one kind; the most used ones are kept."""


def shipped_words() -> Words:
    """Return the words that don't depend on a journal."""
    return _words(Vocabulary())


def words_in(root: Path, confidential: bool = False) -> Words:
    """Return the words of the journal at `root`; those of confidential activities only if asked. Raises NoJournal."""
    session = Session(root)
    session.check()
    journal = load(root)
    kept_out = [] if confidential else [each for each in journal.activities if each.confidential]
    hidden = {each.path for each in kept_out}
    records = [each.facts for each in session.results.values() if each.facts and each.path not in hidden]
    titles = {each.id: each.title for each in records if each.kind == "plan"}
    objectives = {name: titles.get(name, "") for name in sorted(session.context.objectives)}
    others = {each.path for one in journal.activities if one.path not in hidden for each in one.evidence}
    private = {each.path for one in kept_out for each in one.evidence} - others
    evidence = [path for path in sorted(session.listing.evidence) if path not in private]
    return _words(session.context.vocabulary, objectives, evidence, records)


def _words(
    known: Vocabulary,
    objectives: Mapping[str, str] | None = None,
    evidence: Sequence[str] = (),
    records: Sequence[RecordFacts] = (),
) -> Words:
    topics = known.topics or _most(topic for each in records for topic in each.topics)
    return Words(
        dict(sorted(known.competences.items())),
        objectives,
        {name: _label(known, name) for name in known.scheme_ids},
        {name: each.title for name, each in sorted(known.frameworks.items())},
        {code: rule.title for code, rule in CODES.items() if not is_fixed(code)},
        tuple(dict.fromkeys((*topics, *sorted(known.themes)))),
        tuple(evidence)[:MOST],
        _most(each.provider for each in records if each.kind == "activities" and each.provider),
        known.levels,
    )


def _label(known: Vocabulary, name: str) -> str:
    scheme = known.scheme(name)
    return scheme.body or scheme.title if scheme else ""


def _most(words: Iterable[str]) -> tuple[str, ...]:
    """Return the words, most used first, then in alphabetical order."""
    counts = Counter(words)
    return tuple(sorted(counts, key=lambda word: (-counts[word], word))[:MOST])
