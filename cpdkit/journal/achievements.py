"""The achievements of a post: the list under its heading "Achievements", and what each item claims in brackets."""

import re
from collections.abc import Container
from dataclasses import dataclass
from datetime import date, timedelta

from cpdkit.journal.sections import items
from cpdkit.journal.values import Competence

HEADINGS = frozenset({"achievements", "personal achievements"})
UK_SPEC_CODE = re.compile(r"[A-Ea-e][0-9]{1,2}")
"""How UK-SPEC writes its codes; another framework's look different, most of the time."""
_BRACKETS = re.compile(r"\s*\(([^()]{1,200})\)[\s.]*\Z")
_CLAIM = re.compile(r"([^\W_][\w.-]{0,31})(?:\s*:\s*([^\s:]{1,32}))?")
_WHEN = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


@dataclass(frozen=True, slots=True)
class Achievement:
    """One item. `brackets` are the words of the brackets at its end, which may be claims; `line` is where those end,
    counted in the body from 1; `first` and `last` are the days of the year, month or day said there, else None.
    """

    text: str
    line: int
    brackets: tuple[Competence, ...] = ()
    first: date | None = None
    last: date | None = None

    def claims(self, known: Container[str]) -> tuple[Competence, ...]:
        """The competences claimed. Brackets with no code of `known` (small letters) and none that looks like UK-SPEC's
        are words like others: `(Leeds)`, `(G99)`.
        """
        is_code = any(each.code.casefold() in known or UK_SPEC_CODE.fullmatch(each.code) for each in self.brackets)
        return self.brackets if is_code else ()


def achievements(body: str) -> tuple[Achievement, ...]:
    """The items of the lists under the heading "Achievements", without comments and private ones."""
    return tuple(_achievement(text, line) for text, line in items(body, HEADINGS))


def _achievement(text: str, line: int) -> Achievement:
    found = _BRACKETS.search(text)
    said = _read(found[1]) if found else None
    if found is None or said is None:
        return Achievement(text, line)
    brackets, span = said
    return Achievement(text[: found.start()], line, brackets, *(span or (None, None)))


def _read(brackets: str) -> tuple[tuple[Competence, ...], tuple[date, date] | None] | None:
    """The codes between brackets, and the days; None where anything else stands there too."""
    claims: list[Competence] = []
    span: tuple[date, date] | None = None
    for part in (each.strip() for each in brackets.split(",")):
        if _WHEN.fullmatch(part) and (days := _days(part)) and not span:
            span = days
        elif claim := _CLAIM.fullmatch(part):
            claims.append(Competence(claim[1], claim[2] or ""))
        else:
            return None
    return tuple(claims), span


def _days(said: str) -> tuple[date, date] | None:
    """The first and the last day of `2025`, `2025-07` or `2025-07-30`."""
    try:
        first = date.fromisoformat((said + "-01-01")[:10])
        if len(said) == 10:
            return first, first
        behind = first.replace(year=first.year + 1) if len(said) == 4 else (first + timedelta(31)).replace(day=1)
    except ValueError:
        return None
    return first, behind - timedelta(1)
