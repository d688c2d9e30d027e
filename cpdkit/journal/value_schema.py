"""Parts of the JSON Schemas that the field types build.

The YAML server of an editor decides what is a number, a boolean or a text before it reads the schema, by YAML 1.2 or
1.1. The reader of the journal uses the text as it is written. So in a schema a title may be a number, and a pattern
applies only to texts. If a schema cannot be as exact as the reader, it accepts more.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from cpdkit.journal.values import LEVELS

Schema = dict[str, Any]
PLAIN = ("string", "number", "boolean")
"""The JSON types that a text without quotes may have."""
ONE_LINE = r"^\s*[^\n]*\s*$"
NOT_BLANK = r"^\s*\S[^\n]*\s*$"
"""A line with at least one character other than a space."""
PADDED: Schema = {"type": "string", "pattern": r"^\s|\s$"}
"""A quoted word with spaces around it, which the reader removes."""


@dataclass(frozen=True, slots=True)
class Words:
    """The known words for fields. A mapping leads from a word to its description.

    `objectives` is None without a journal, so any objective is valid. The others are only suggestions.
    """

    competences: Mapping[str, str] = field(default_factory=dict)
    objectives: Mapping[str, str] | None = None
    schemes: Mapping[str, str] = field(default_factory=dict)
    frameworks: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, str] = field(default_factory=dict)
    topics: Sequence[str] = ()
    evidence: Sequence[str] = ()
    providers: Sequence[str] = ()
    levels: Sequence[str] = LEVELS

    def offered(self, table: str, name: str) -> Sequence[str]:
        """Return the known words for a field of a table, or nothing if there are none."""
        by_field: Mapping[tuple[str, str], Iterable[str]] = {
            ("activity", "topics"): self.topics,
            ("activity", "provider"): self.providers,
            ("activity", "objectives"): self.objectives or (),
            ("scheme", "scheme"): self.schemes,
            ("member", "frameworks"): self.frameworks,
            ("member", "period"): ("cpd-year", "last 12 months", "all"),
        }
        return tuple(by_field.get((table, name), ()))


@dataclass(frozen=True, slots=True)
class Position:
    """The place of a value: its table, its field, and the known words. `required` forbids an empty value."""

    table: str
    field: str
    words: Words
    required: bool = False

    @property
    def offered(self) -> Sequence[str]:
        """The known words for the field."""
        return self.words.offered(self.table, self.field)

    def types(self, *types: str) -> list[str]:
        """Return the JSON types of a value, with null if it may be empty."""
        return [*types] if self.required else [*types, "null"]

    def with_value(self) -> "Position":
        """Return the same position with a required value."""
        return replace(self, required=True)

    def one_of(self, options: Iterable[str], *others: Schema) -> Schema:
        """Return the schema of one of these words, or of one of the other schemas."""
        empty: list[Schema] = [] if self.required else [{"type": "null"}]
        return {"anyOf": [{"enum": list(options)}, PADDED, *empty, *others]}

    def by_code(self, value: Schema) -> Schema:
        """Return the schema of a mapping from problem codes to values."""
        known = {code: {"description": title, **value} for code, title in self.words.codes.items()}
        return {"type": self.types("object"), "properties": known, "additionalProperties": value}


def suggested(words: Sequence[str], general: Schema) -> Schema:
    """Return a schema that suggests words but accepts everything that the general schema accepts."""
    return {"anyOf": [{"enum": list(words)}, general]} if words else general
