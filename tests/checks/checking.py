"""Journals made of a few lines, and what is found in them."""

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from cpdkit.checks.engine import check_journal
from cpdkit.diagnostics import Diagnostic
from tests.journal.folders import MEMBER, write

TODAY = date(2026, 11, 23)
_FIGURE = re.compile(r"[^\s,;?]*(?:\d|[./\\]\w)[^\s,;?]*")


def diagnostics(root: Path, files: Mapping[str, str | bytes], day: date = TODAY) -> list[Diagnostic]:
    """All that is found in the journal of these files and a plain cpd.yaml."""
    for path, text in {"cpd.yaml": MEMBER, **files}.items():
        write(root, path, text)
    return list(check_journal(root, day=day).diagnostics)


def located_codes(root: Path, files: Mapping[str, str | bytes], day: date = TODAY) -> list[tuple[str, str]]:
    """Place and code of each diagnostic."""
    return [(each.location, each.code) for each in diagnostics(root, files, day)]


def figures(text: str) -> str:
    """Return the numbers, dates and paths of a message: its facts, whatever its wording."""
    return " ".join(_FIGURE.findall(text))
