"""The generated pages of docs/, each with the function that makes it."""

from collections.abc import Callable, Mapping
from pathlib import Path

from cpdkit.checks.explain import as_page, explanations
from cpdkit.documents.codes import OF_DOCUMENTS
from tools.docs import commands, exchange, journal_format, schemes

DOCS = Path(__file__).resolve().parents[2] / "docs"

# From a page's text to its fresh text, so that a page may have parts that are written by hand.
PAGES: Mapping[str, Callable[[str], str]] = {
    "reference/commands.md": lambda _text: commands.page(),
    "reference/import-and-export.md": exchange.page,
    "reference/diagnostics.md": lambda _text: as_page(explanations(OF_DOCUMENTS)),
    "reference/journal-format.md": journal_format.page,
    "reference/schemes.md": schemes.page,
}


def fresh(name: str) -> str:
    """Return the page of this name as it should be."""
    return PAGES[name]((DOCS / name).read_text("utf-8"))
