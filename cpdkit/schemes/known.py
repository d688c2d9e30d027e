"""Schemes: whose they are, what they are called, where that was read and when, and their rules (`rules.py`)."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from cpdkit.diagnostics import Diagnostic
from cpdkit.schemes.reading import shipped_ids, shipped_text
from cpdkit.text.source import Source

if TYPE_CHECKING:
    from cpdkit.schemes.rules import Rules

FOLDER = "schemes"
MEGABYTE = 1_000_000
"""Bytes. Where a body says "MB" without more, the smaller of the two meanings keeps a file below its limit."""


@dataclass(frozen=True, slots=True)
class Scheme:
    """A professional body's CPD rules, the newest first. `evidence_limit` is the most bytes of one file, 0 for none.

    `retention` is for how many years records are to be kept, 0 where nothing says it; `audit` who is asked for them.
    """

    id: str
    title: str = ""
    body: str = ""
    source: str = ""
    checked: date | None = None
    unsure: str = ""
    topics: tuple[str, ...] = ()
    evidence_limit: int = 0
    retention: int = 0
    audit: str = ""
    note: str = ""
    rules: "tuple[Rules, ...]" = ()
    path: str = ""

    @property
    def label(self) -> str:
        """The id with the body's name, for a list to choose from."""
        return f"{self.id} ({self.body})" if self.body else self.id


def shipped_schemes() -> tuple[str, ...]:
    """The ids of the shipped schemes."""
    return _ids()


@cache
def shipped_scheme(name: str) -> Scheme | None:
    """A shipped scheme by its id. Only this one is read."""
    return read_scheme(shipped_text(FOLDER, name), path="")[0] if name in _ids() else None


def read_scheme(source: Source, path: str | None = None) -> tuple[Scheme | None, list[Diagnostic]]:
    """The scheme in a text, None with an error in it, and every problem found."""
    from cpdkit.schemes.schemefile import scheme_in  # noqa: PLC0415  most checks read none, and would start later

    return scheme_in(source, path)


@cache
def _ids() -> tuple[str, ...]:
    return shipped_ids(FOLDER)
