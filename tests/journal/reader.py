"""Read one value or one record from a few lines, for the tests of the reader."""

from cpdkit.diagnostics import Diagnostic
from cpdkit.journal.field_types import FieldType
from cpdkit.journal.file_problems import Problems
from cpdkit.journal.reader import RECORD_KINDS, Record, read_record
from cpdkit.text.source import decode
from cpdkit.text.yaml import parse


def value_of(kind: FieldType, text: str) -> tuple[object, list[Diagnostic]]:
    """Return the value that a type reads from YAML, and its diagnostics."""
    source = decode("a.md", f"a: {text}\n".encode())
    to = Problems(source)
    return kind.read(parse(source.text).values["a"], to), to.diagnostics


def record_of(text: str | bytes, folder: str = "activities") -> tuple[Record | None, list[Diagnostic]]:
    """Return the record in a text, and its diagnostics."""
    data = text if isinstance(text, bytes) else text.encode()
    return read_record(decode(f"{folder}/2026/course.md", data), RECORD_KINDS[folder])


def codes(found: list[Diagnostic]) -> list[str]:
    return [each.code for each in found]


def messages(found: list[Diagnostic]) -> list[tuple[str, str, str]]:
    """Return the code, note and hint of each diagnostic."""
    return [(each.code, each.note, each.hint) for each in found]
