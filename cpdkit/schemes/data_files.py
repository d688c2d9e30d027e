"""Read the YAML files of schemes, frameworks and forms, shipped or the owner's own."""

from pathlib import Path
from typing import Any, NamedTuple

from cpdkit.diagnostics import Diagnostic
from cpdkit.journal.codes import of_fault
from cpdkit.journal.declarations import Fields, read_fields
from cpdkit.journal.file_problems import Problems
from cpdkit.text.faults import Unreadable
from cpdkit.text.files import Disk
from cpdkit.text.source import Source, decode, odd_characters
from cpdkit.text.yaml import MappingNode, parse

SCHEMES, FRAMEWORKS, FORMS = "schemes", "frameworks", "forms"
"""The folders of the files, in a journal and in `DATA`."""
FILE_LIMIT = 2**19
"""The most bytes of one file: a framework may contain a body's complete text."""
DATA = Path(__file__).with_name("data")
"""Where the shipped files are."""


class DataFile(NamedTuple):
    """One file: its mapping, the values by the attributes of its record, and its problems."""

    mapping: MappingNode
    values: dict[str, Any]
    problems: Problems


def shipped_text(folder: str, name: str) -> Source:
    """Return one of the shipped files, by its ID."""
    path = DATA / folder / f"{name}.yaml"
    return decode(path.name, path.read_bytes())


def shipped_ids(folder: str) -> tuple[str, ...]:
    """Return the IDs of the shipped files, which are their names without the suffix."""
    return tuple(sorted(path.stem for path in (DATA / folder).glob("*.yaml")))


def source_of(disk: Disk, path: str) -> tuple[Source | None, list[Diagnostic]]:
    """Return the text of one of the owner's files; None and the reasons if it cannot be read."""
    try:
        return decode(path, disk.read(path, FILE_LIMIT)[0]), []
    except Unreadable as error:
        return None, [of_fault(path, fault) for fault in error.faults]


def read_data(source: Source, fields: Fields) -> DataFile:
    """Read the fields of a text. An unreadable text has no values, and its problems give the reasons."""
    problems = Problems(source)
    problems.faults(odd_characters(source, len(source.text)))
    if problems.errors:
        return DataFile(parse(""), {}, problems)
    try:
        mapping = parse(source.text)
    except Unreadable as error:
        problems.faults(error.faults)
        return DataFile(parse(""), {}, problems)
    return DataFile(mapping, read_fields(fields, mapping, problems), problems)
