"""The generated pages of docs/, each with the function that makes it."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from cpdkit.checks.explain import Explanation, explanations
from cpdkit.documents.explained import OF_DOCUMENTS
from cpdkit.schemes.scheme_file import shipped_schemes
from tools.docs import commands, diagnostics, exchange, forms, journal_format, schemes, terminal

DOCS = Path(__file__).resolve().parents[2] / "docs"
DIAGNOSTICS = "reference/diagnostics"
_EXPLANATIONS = explanations(OF_DOCUMENTS)


def _diagnostic(explanation: Explanation, _text: str) -> str:
    return diagnostics.page(explanation)


def _scheme(name: str, _text: str) -> str:
    return schemes.scheme_page(name)


# From a page's text to its fresh text, so that a page may have parts that are written by hand.
PAGES: Mapping[str, Callable[[str], str]] = {
    "reference/commands.md": lambda _text: commands.page(),
    "reference/forms.md": forms.page,
    "reference/import-and-export.md": exchange.page,
    "reference/journal-format.md": journal_format.page,
    "reference/schemes.md": schemes.page,
    **{f"{schemes.FOLDER}/{name}.md": partial(_scheme, name) for name in shipped_schemes()},
    "images/terminal.svg": lambda _text: terminal.picture(),
    f"{DIAGNOSTICS}/README.md": lambda _text: diagnostics.index(_EXPLANATIONS),
    **{f"{DIAGNOSTICS}/{one.code}.md": partial(_diagnostic, one) for one in _EXPLANATIONS},
}


def fresh(name: str) -> str:
    """Return the page of this name as it should be."""
    path = DOCS / name
    return PAGES[name](path.read_text("utf-8") if path.exists() else "")


def write_all() -> None:
    """Write every generated page, and remove the pages of codes and schemes that no longer exist."""
    for folder in (DIAGNOSTICS, schemes.FOLDER):
        for path in (DOCS / folder).glob("*.md"):
            if path.relative_to(DOCS).as_posix() not in PAGES:
                path.unlink()
    for name in PAGES:
        (DOCS / name).parent.mkdir(exist_ok=True)
        (DOCS / name).write_text(fresh(name), encoding="utf-8")
