"""The labels of a document: the words that it prints by itself, from one catalogue per language.

A catalogue may be partial. Each entry that it lacks is taken from the English one and marked as English, so that
screen readers can pronounce it. Titles that are written in a scheme or a framework can be translated in the same
catalogue, under `schemes` and `frameworks`.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cpdkit.documents.literal import DEFAULT_LANGUAGE as DEFAULT_LANGUAGE
from cpdkit.documents.literal import in_english, phrase_of
from cpdkit.documents.tree import clean_line
from cpdkit.errors import UsageError

Path = tuple[str, ...]
"""The place of an entry in a catalogue: `("facts", "member")`."""
_NAME = re.compile(r"\{(\w+)\}")


class Labels:
    """The labels of one language: `labels("facts.member")`, `labels.count("counts.activities", 3)`.

    `missing` are the entries that its catalogues lack. What is English in a document of another language is returned as
    a `Phrase`.
    """

    def __init__(self, language: str, entries: Mapping[str, Any], missing: frozenset[Path] = frozenset()) -> None:
        self.language = language
        self.missing = missing
        self._entries = entries

    @property
    def is_english(self) -> bool:
        """Whether the document itself is in English."""
        return is_english(self.language)

    def __call__(self, key: str, **facts: object) -> str:
        """Return the words under a dotted key, with `{names}` filled in."""
        return self._filled(key, str(self._look_up(key)), facts)

    def count(self, key: str, n: int, **facts: object) -> str:
        """Return the words for one or for several, with `{n}` filled in."""
        one, several = self._look_up(key)
        return self._filled(key, one if n == 1 else several, {"n": self.grouped(str(n)), **facts})

    def grouped(self, digits: str) -> str:
        """Return a number with separated thousands, in the way of the language: `1,247.33`."""
        whole, point, rest = digits.partition(".")
        if not whole.isdecimal():
            return digits
        return f"{int(whole):,}".replace(",", str(self._find(("values", "thousands")) or "")) + point + rest

    def words(self, key: str) -> tuple[str, ...]:
        """Return a list of words, such as the names of the months."""
        return tuple(self._look_up(key))

    def counted(self, key: str) -> bool:
        """Return whether the key has words for one and for several."""
        return isinstance(self._look_up(key), list)

    def keys(self, table: str) -> frozenset[str]:
        """Return the names in a table of the catalogue."""
        return frozenset(self._look_up(table))

    def of(self, key: str, text: str) -> str:
        """Return a text that was made with the words under a key, such as a date with the names of the months."""
        return in_english(text) if tuple(key.split(".")) in self.missing else text

    def english(self, text: str) -> str:
        """Return a text that cpdkit has in English only. Without letters, it is the same in every language."""
        return text if self.is_english or not any(map(str.isalpha, text)) else in_english(text)

    def translated(self, path: Path, text: str, *, shipped: bool = True) -> str:
        """Return the catalogue's words at a path, or `text`, which is in English if it is `shipped` with cpdkit."""
        entry = self._find(path)
        if isinstance(entry, str):
            return entry
        return self.english(text) if shipped else text

    def has(self, path: Path) -> bool:
        """Return whether the catalogues have words at a path."""
        return isinstance(self._find(path), str)

    def _find(self, path: Path) -> object:
        entry: object = self._entries
        for part in path:
            entry = entry.get(part) if isinstance(entry, Mapping) else None
        return entry

    def _look_up(self, key: str) -> Any:
        entry: Any = self._entries
        for part in key.split("."):
            entry = entry[part]
        return entry

    def _filled(self, key: str, words: str, facts: Mapping[str, object]) -> str:
        """Return the words with their `{names}` filled in, in one pass: a value may itself have braces.

        A number in an English sentence is read in English; the owner's own words are not.
        """
        if self.is_english:
            return _NAME.sub(lambda match: str(facts.get(match[1], match[0])), words)
        english = tuple(key.split(".")) in self.missing
        parts = list[str]()
        for n, part in enumerate(_NAME.split(words)):
            fact = facts.get(part, f"{{{part}}}") if n % 2 else part
            text = fact if isinstance(fact, str) else str(fact)
            own = n % 2 and any(char.isalpha() for char in text)
            parts.append(in_english(text) if english and not own else text)
        return phrase_of(parts)


@dataclass(frozen=True, slots=True)
class LabelFile:
    """A catalogue on disk: its name, and its bytes."""

    name: str
    data: bytes

    @property
    def language(self) -> str:
        """The language that its name gives: `cy` for `labels/cy.toml`."""
        return self.name.rpartition("/")[2].removesuffix(".toml")


def is_english(language: str) -> bool:
    """Return whether a language tag is one of English."""
    return language.split("-")[0].casefold() == "en"


def labels_for(language: str, catalogues: Iterable[LabelFile]) -> Labels:
    """Return the labels of a language from `catalogues` in rising precedence, the English one first.

    Raises UsageError for a catalogue that cannot be read.
    """
    entries: dict[str, Any] = {}
    translated = set[Path]()
    for catalogue in catalogues:
        try:
            own = _cleaned(tomllib.loads(catalogue.data.decode("utf-8")))
            entries = _merged(entries, own)
        except (UnicodeDecodeError, tomllib.TOMLDecodeError, _WrongShape, RecursionError) as error:
            reason = "it is not UTF-8 text" if isinstance(error, UnicodeDecodeError) else error
            reason = "it is nested too deeply" if isinstance(error, RecursionError) else reason
            raise UsageError(f"cannot read {catalogue.name} as a catalogue of labels: {reason}") from None
        if is_english(catalogue.language) == is_english(language):
            translated |= set(paths_of(own))
    return Labels(language, entries, frozenset(set(paths_of(entries)) - translated))


def candidates(language: str) -> tuple[str, ...]:
    """Return the file names to look for, the most particular last: `en-GB.toml`, `de.toml`, `de-AT.toml`."""
    base = language.split("-")[0]
    return tuple(dict.fromkeys(f"{name}.toml" for name in (DEFAULT_LANGUAGE, base, language)))


def paths_of(entries: Mapping[str, Any], above: Path = ()) -> Iterator[Path]:
    """Yield the place of every entry of a catalogue."""
    for key, value in entries.items():
        if isinstance(value, dict):
            yield from paths_of(value, (*above, key))
        else:
            yield (*above, key)


class _WrongShape(Exception):
    pass


def _merged(below: dict[str, Any], above: dict[str, Any], table: str = "") -> dict[str, Any]:
    """Return `above` over `below`; an entry keeps the shape it has in English, so that no template fails over it."""
    merged = dict(below)
    for key, value in above.items():
        known = below.get(key)
        if known is not None and _shape(known) != _shape(value):
            raise _WrongShape(f"{table}{key} must be {_shape_in_words(known)}, as in {DEFAULT_LANGUAGE}.toml")
        merged[key] = _merged(known, value, f"{table}{key}.") if isinstance(known, dict) else value
    return merged


def _cleaned(entry: Any) -> Any:
    """Return the catalogue with each entry on one line, without characters that never reach a document."""
    if isinstance(entry, dict):
        return {key: _cleaned(value) for key, value in entry.items()}
    if isinstance(entry, list):
        return [_cleaned(value) for value in entry]
    return clean_line(entry) if isinstance(entry, str) else entry


def _shape(entry: object) -> object:
    """Return the form of an entry: words, a table of them, or a list of so many."""
    return [type(item) for item in entry] if isinstance(entry, list) else type(entry)


def _shape_in_words(entry: object) -> str:
    if isinstance(entry, dict):
        return "a table"
    return f"a list of {len(entry)} texts" if isinstance(entry, list) else "a text"
