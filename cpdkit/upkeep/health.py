"""How what is looked at is found: fine, worth a note, or missing; and what to do."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """`missing` is only for what is needed: what it is needed for can't work without it."""

    OK = "ok"
    NOTE = "note"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing that was looked at: its name, how it is, in words, and what to do where something is to be done."""

    name: str
    level: Level
    said: str
    way_out: str = ""


def ok(name: str, said: str) -> Sign:
    return Sign(name, Level.OK, said)


def note(name: str, said: str, way_out: str = "") -> Sign:
    return Sign(name, Level.NOTE, said, way_out)


def missing(name: str, said: str, way_out: str) -> Sign:
    return Sign(name, Level.MISSING, said, way_out)


def lacks(signs: Sequence[Sign]) -> bool:
    """Whether anything that is needed is missing."""
    return any(each.level is Level.MISSING for each in signs)
