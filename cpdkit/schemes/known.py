"""The shipped schemes by their ids, and reading one from a text."""

from functools import cache

from cpdkit.diagnostics import Diagnostic
from cpdkit.schemes.reading import shipped_ids, shipped_text
from cpdkit.schemes.rules import Scheme
from cpdkit.text.source import Source

FOLDER = "schemes"


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
