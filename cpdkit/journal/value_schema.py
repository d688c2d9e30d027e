"""The JSON Schema of values: what the kinds of value build theirs from.

An editor's YAML server has decided already what is a number, a truth or a text before it looks into the schema, by
YAML 1.2 or 1.1; the journal's reader takes the text that stands there. So a title may be a number here, and a pattern
judges texts alone. Where a schema can't be as exact as the reader, it is the milder of the two.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from cpdkit.journal.values import LEVELS

Schema = dict[str, Any]
PLAIN = ("string", "number", "boolean")
"""What a text without quotes may turn out to be."""
ONE_LINE = r"^\s*[^\n]*\s*$"
NOT_BLANK = r"^\s*\S[^\n]*\s*$"
"""A line with at least one character that is no blank."""
PADDED: Schema = {"type": "string", "pattern": r"^\s|\s$"}
"""A word in quotes with blanks around it, which the reader takes off."""


@dataclass(frozen=True, slots=True)
class Words:
    """What may stand in the fields. A mapping leads from a word to what it means.

    `objectives` is None where no journal is known, so that any may be right. The others are only what is offered.
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
        """Return the words for a field of a table of fields; empty where any text will do."""
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
    """Where a value stands: in which field of which table, with which words known. `required` forbids an empty one."""

    table: str
    field: str
    words: Words
    required: bool = False

    @property
    def offered(self) -> Sequence[str]:
        """The words that the journal has for the field."""
        return self.words.offered(self.table, self.field)

    def types(self, *types: str) -> list[str]:
        """Return the JSON types of a value, null among them where it may be empty."""
        return [*types] if self.required else [*types, "null"]

    def with_value(self) -> "Position":
        """Return the same position, where a value must stand."""
        return replace(self, required=True)

    def one_of(self, options: Iterable[str], *others: Schema) -> Schema:
        """Return the schema of one of these words, or of what the others describe."""
        empty: list[Schema] = [] if self.required else [{"type": "null"}]
        return {"anyOf": [{"enum": list(options)}, PADDED, *empty, *others]}

    def by_code(self, value: Schema) -> Schema:
        """Return the schema of a mapping from codes of diagnostics to values."""
        known = {code: {"description": title, **value} for code, title in self.words.codes.items()}
        return {"type": self.types("object"), "properties": known, "additionalProperties": value}


def suggested(words: Sequence[str], general: Schema) -> Schema:
    """Return the schema that offers words and takes whatever else the general one takes."""
    return {"anyOf": [{"enum": list(words)}, general]} if words else general
