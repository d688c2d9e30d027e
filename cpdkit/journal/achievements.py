"""The achievements of a post: the list under the heading "Achievements", and the claims in brackets after each item."""

import re
from collections.abc import Container
from dataclasses import dataclass
from datetime import date

from cpdkit.dates.partial import days_of_part
from cpdkit.journal.sections import items
from cpdkit.journal.values import Competence

HEADINGS = frozenset({"achievements", "personal achievements"})
UK_SPEC_CODE = re.compile(r"[A-Ea-e][0-9]{1,2}")
"""The form of UK-SPEC codes. The codes of other frameworks mostly look different."""
_BRACKETS = re.compile(r"(?<!\s)\s*\(([^()]{1,200})\)[\s.]*\Z")
_CLAIM = re.compile(r"([^\W_][\w.-]{0,31})(?:\s*:\s*([^\s:]{1,32}))?")


@dataclass(frozen=True, slots=True)
class Achievement:
    """One achievement.

    `brackets` are the words in brackets at its end, which may be claims. `line` is the line of the body where they
    end, from 1. `first` and `last` are the first and last day of the year, month or day in the brackets, or None.
    """

    text: str
    line: int
    brackets: tuple[Competence, ...] = ()
    first: date | None = None
    last: date | None = None

    def claims(self, known: Container[str]) -> tuple[Competence, ...]:
        """Return the claimed competences. `known` contains codes in lower case.

        Brackets without a known code or a code in UK-SPEC form are ordinary text: `(Leeds)`, `(G99)`.
        """
        is_code = any(each.code.casefold() in known or UK_SPEC_CODE.fullmatch(each.code) for each in self.brackets)
        return self.brackets if is_code else ()


def achievements(body: str) -> tuple[Achievement, ...]:
    """Return the items of the lists under the heading "Achievements", without comments and private items."""
    return tuple(_achievement(text, line) for text, line in items(body, HEADINGS))


def _achievement(text: str, line: int) -> Achievement:
    match = _BRACKETS.search(text)
    content = _read(match[1]) if match else None
    if match is None or content is None:
        return Achievement(text, line)
    brackets, span = content
    return Achievement(text[: match.start()], line, brackets, *(span or (None, None)))


def _read(brackets: str) -> tuple[tuple[Competence, ...], tuple[date, date] | None] | None:
    """Return the codes and the days between brackets, or None if there is anything else."""
    claims: list[Competence] = []
    span: tuple[date, date] | None = None
    for part in (each.strip() for each in brackets.split(",")):
        if (days := days_of_part(part)) and not span:
            span = days
        elif claim := _CLAIM.fullmatch(part):
            claims.append(Competence(claim[1], claim[2] or ""))
        else:
            return None
    return tuple(claims), span
