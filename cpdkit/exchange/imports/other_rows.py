"""Rows of a table that are not records: totals, signatures, repeated headings, and those that the owner skips."""

import re
from collections.abc import Sequence
from fnmatch import fnmatchcase

from cpdkit.dates.grammar import month_number

_VALUE = re.compile(
    r"[\d.,:/\s%€£$-]+(?:h|hrs?|hours?|mins?|minutes|pdus?|points|credits)?[\d\s]{0,3}(?:m|min|mins)?\.?", re.IGNORECASE
)
_DATE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[T ].*)?")
_TOTALS = frozenset(
    ["total", "totals", "subtotal", "subtotals", "sum", "grand", "gesamt", "summe", "gesamtsumme", "totale", "totaal",
     "suma", "somme", "cyfanswm"]
)  # fmt: skip
_COUNTED = frozenset(
    ["hours", "hrs", "h", "time", "minutes", "mins", "days", "cpd", "points", "pdus", "units", "credits", "activities",
     "for", "in", "of", "to", "date", "the", "this", "all", "year", "period", "month", "annual", "overall", "running",
     "structured", "unstructured", "formal", "informal", "verifiable", "claimed", "so", "far", "stunden", "heures"]
)  # fmt: skip
"""What the label of a total can contain in addition, apart from months and numbers."""
_MOST_WORDS = 8
_FOLLOWED = r"\s*(?:[:_.]|$)"
_SIGNERS = ("member", "supervisor", "line manager", "manager", "mentor", "employer", "assessor", "trainee", "employee")
_SIGNATURES = (
    rf"(?:{'|'.join(_SIGNERS)})(?:['’]s)?\b.{{0,20}}(?:signature|signed|name|date){_FOLLOWED}",
    rf"(?:signed|signature)(?: by\b| of\b|{_FOLLOWED})",
    r"(?:countersigned|(?:approved|verified|checked|reviewed|witnessed) by)\b",
    rf"(?:declaration|unterschrift|firma){_FOLLOWED}",
    r"i (?:\w+ )?(?:declare|confirm|certify)\b",
    r"(?:date|name|printed name|print name)\s*:",
    r"page \d{1,4}\b",
)
_SIGNATURE = re.compile(rf"\W*(?:{'|'.join(_SIGNATURES)})", re.IGNORECASE)
_NUMBERS = re.compile(r"(\d{1,7})(?:-(\d{1,7}))?")


def is_skipped(number: int, cells: Sequence[str], skips: Sequence[str]) -> bool:
    """Return whether a row has one of these numbers (`7`, `7-9`), or a cell with one of these texts (`Total*`)."""
    texts = [" ".join(cell.split()).casefold() for cell in cells]
    for skip in skips:
        if match := _NUMBERS.fullmatch(skip.strip()):
            if int(match[1]) <= number <= int(match[2] or match[1]):
                return True
        elif any(fnmatchcase(text, skip.strip().casefold()) for text in texts if text):
            return True
    return False


def is_total(cells: Sequence[str], *, last: bool) -> bool:
    """Return whether a row has only the label of a total and numbers; the `last` row needs no label."""
    texts = [cell.strip() for cell in cells if cell.strip()]
    labels = [text for text in texts if not _VALUE.fullmatch(text)]
    if not texts or any(_DATE.fullmatch(text) for text in texts):
        return False
    return all(map(_is_total_label, labels)) and bool(labels or (last and len(texts) == 1))


def _is_total_label(text: str) -> bool:
    words = re.findall(r"[^\W\d_]+", text.casefold())
    others = [word for word in words if word not in _TOTALS]
    named = len(others) < len(words) <= _MOST_WORDS
    return named and all(word in _COUNTED or month_number(word) for word in others)


def is_signature(cells: Sequence[str]) -> bool:
    """Return whether a row starts with the label of a signature or a declaration, or has only a line to sign on."""
    first = next((cell.strip() for cell in cells if cell.strip()), "")
    return bool(_SIGNATURE.match(first[:200])) or (bool(first) and not first.strip("_. …"))
