"""Whether the Pandoc and the Typst that are here are those that cpdkit is tested with."""

import importlib.util
import os
from collections.abc import Collection
from pathlib import Path

from cpdkit.documents import pandoc

PANDOC_PACKAGE = "1.17"
"""The version of pypandoc_binary that holds the tested Pandoc."""

TYPST_PACKAGE = "0.15.2"
ADVICE = "so look the documents over before you send them"


def untested(formats: Collection[str]) -> tuple[str, ...]:
    """A sentence for each tool that these formats need and that is of another version. Raises ToolError."""
    return tuple(filter(None, (_pandoc(), _typst() if "pdf" in formats else "")))


def _pandoc() -> str:
    # Asking Pandoc itself takes a process, so the package's version stands for it where there is one.
    if not os.environ.get("CPD_PANDOC") and installed("pypandoc", "pypandoc_binary") in ("", PANDOC_PACKAGE):
        return ""
    return _sentence("Pandoc", pandoc.version(), pandoc.TESTED)


def _typst() -> str:
    return _sentence("Typst", installed("typst", "typst"), TYPST_PACKAGE)


def _sentence(tool: str, found: str, tested: str) -> str:
    return "" if found in ("", tested) else f"{tool} is {found} here and cpdkit is tested with {tested}, {ADVICE}"


def installed(package: str, distribution: str) -> str:
    """The version of an installed package, empty where it isn't known; by its folder's name, for speed."""
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        return ""
    found = sorted(Path(spec.origin).parents[1].glob(f"{distribution}-*.dist-info"))
    return found[0].name.removesuffix(".dist-info").rpartition("-")[2] if found else ""
