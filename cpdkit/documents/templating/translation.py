"""The words of schemes and frameworks that a catalogue of labels can translate, and what a catalogue lacks.

A scheme's or a framework's file has its titles in one language: English if cpdkit ships it. A catalogue translates them
by the ids and codes of these files, under `schemes` and `frameworks`.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from cpdkit.documents.templating.labels import Labels, Path
from cpdkit.schemes.frameworks import Framework
from cpdkit.schemes.rules import Requirement, Scheme


class Entry(NamedTuple):
    """One text of a scheme or framework: its place in a catalogue, the text, and whether cpdkit ships it in English."""

    path: Path
    text: str
    shipped: bool

    def in_words_of(self, labels: Labels) -> str:
        """Return the text as the labels translate it."""
        return labels.translated(self.path, self.text, shipped=self.shipped)


def body(scheme: Scheme) -> Entry:
    """Return the name of the professional body whose rules the scheme has."""
    return Entry((*_place(scheme), "body"), scheme.body or scheme.title or scheme.id, not scheme.path)


def requirement(scheme: Scheme, of: Requirement) -> Entry:
    """Return the title of a requirement."""
    return Entry((*_place(scheme), "requirements", of.id), of.title, not scheme.path)


def words(scheme: Scheme, text: str) -> Entry:
    """Return other words of a scheme, such as its unit. A catalogue translates them by the words themselves."""
    return Entry((*_place(scheme), "words", text), text, not scheme.path)


def framework_title(framework: Framework) -> Entry:
    """Return the title of a framework."""
    return Entry((*_place(framework), "title"), framework.title, not framework.path)


def competence(framework: Framework, code: str) -> Entry:
    """Return the title of a competence. Raises KeyError for a code that the framework lacks."""
    return Entry((*_place(framework), "competences", code), framework.titles[code], not framework.path)


def _place(data: Scheme | Framework) -> Path:
    return ("schemes" if isinstance(data, Scheme) else "frameworks", data.id)


def untranslated(labels: Labels, schemes: Iterable[Scheme], frameworks: Iterable[Framework]) -> list[Path]:
    """Return the places of all words that a report in the labels' language prints in English; none in an English one.

    `schemes` and `frameworks` are those that the reports can show.
    """
    if labels.is_english:
        return []
    texts = [*_texts_of(schemes, frameworks)]
    return sorted(labels.missing) + [entry.path for entry in texts if entry.shipped and not labels.has(entry.path)]


def _texts_of(schemes: Iterable[Scheme], frameworks: Iterable[Framework]) -> Iterator[Entry]:
    for scheme in schemes:
        yield body(scheme)
        yield from (requirement(scheme, one) for one in scheme.rules[-1].requirements)
    for framework in frameworks:
        yield framework_title(framework)
        yield from (competence(framework, code) for code in framework.titles)
