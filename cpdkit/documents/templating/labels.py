"""The words that a document says by itself, from one catalogue a language."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from cpdkit.documents.tree import clean_line
from cpdkit.errors import UsageError

DEFAULT_LANGUAGE = "en-GB"
_NAME = re.compile(r"\{(\w+)\}")


class Labels:
    """One language's catalogue: `labels("facts.member")`, `labels.count("counts.activities", 3)`."""

    def __init__(self, language: str, entries: Mapping[str, Any]) -> None:
        self.language = language
        self._entries = entries

    def __call__(self, key: str, **facts: object) -> str:
        """The words under a dotted key, with `{names}` filled in."""
        return _filled(str(self._look_up(key)), facts)

    def count(self, key: str, n: int, **facts: object) -> str:
        """Return the words for one or for several, with `{n}` filled in."""
        one, several = self._look_up(key)
        return _filled(one if n == 1 else several, {"n": n, **facts})

    def words(self, key: str) -> tuple[str, ...]:
        """Return a list of words, such as the months' names."""
        return tuple(self._look_up(key))

    def counted(self, key: str) -> bool:
        """Return whether the key holds words for one and for several."""
        return isinstance(self._look_up(key), list)

    def keys(self, table: str) -> frozenset[str]:
        """Return the names under a table of the catalogue."""
        return frozenset(self._look_up(table))

    def _look_up(self, key: str) -> Any:
        entry: Any = self._entries
        for part in key.split("."):
            entry = entry[part]
        return entry


@dataclass(frozen=True, slots=True)
class LabelFile:
    """A catalogue as it lies on disk: where it is, and its bytes."""

    name: str
    data: bytes


def labels_for(language: str, catalogues: Iterable[LabelFile]) -> Labels:
    """Return the labels of a language: `catalogues` in rising precedence, the English one first."""
    entries: dict[str, Any] = {}
    for catalogue in catalogues:
        try:
            entries = _merged(entries, _cleaned(tomllib.loads(catalogue.data.decode("utf-8"))))
        except (UnicodeDecodeError, tomllib.TOMLDecodeError, _WrongShape) as error:
            raise UsageError(f"{catalogue.name} is no catalogue of labels: {error}") from None
    return Labels(language, entries)


def candidates(language: str) -> tuple[str, ...]:
    """Return the file names to look for, the most particular last: `en-GB.toml`, `de.toml`, `de-AT.toml`."""
    base = language.split("-")[0]
    return tuple(dict.fromkeys(f"{name}.toml" for name in (DEFAULT_LANGUAGE, base, language)))


class _WrongShape(Exception):
    pass


def _merged(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    """`above` over `below`; an entry keeps the shape it has in English, so that no template can trip over it."""
    merged = dict(below)
    for key, value in above.items():
        known = below.get(key)
        if known is not None and _shape(known) != _shape(value):
            raise _WrongShape(f"{key} is not of the shape it has in {DEFAULT_LANGUAGE}.toml")
        merged[key] = _merged(known, value) if isinstance(known, dict) else value
    return merged


def _cleaned(entry: Any) -> Any:
    """The catalogue with each entry on one line, without what never reaches a document."""
    if isinstance(entry, dict):
        return {key: _cleaned(value) for key, value in entry.items()}
    if isinstance(entry, list):
        return [_cleaned(value) for value in entry]
    return clean_line(entry) if isinstance(entry, str) else entry


def _shape(entry: object) -> object:
    """What an entry is: words, a table of them, or a list of so many."""
    return [type(each) for each in entry] if isinstance(entry, list) else type(entry)


def _filled(words: str, facts: Mapping[str, object]) -> str:
    """The words with their `{names}` filled in, in one pass: a value may itself hold braces."""
    return _NAME.sub(lambda found: str(facts.get(found[1], found[0])), words)
