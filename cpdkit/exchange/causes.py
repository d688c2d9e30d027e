"""One message for each cause, with the rows that it concerns: `log.csv, rows 2–42: the date is missing`."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cpdkit.text.wording import shortened

_ROW = re.compile(r"(.*\b(?:row|object))( )(\d+)")
_MOST_PLACES = 8
_MOST_WORDS = 3
_QUOTED = 40


@dataclass(frozen=True, slots=True)
class Remark:
    """A message about a row or a cell: the row's place, the column's heading (empty for the whole row), the cell."""

    where: str
    header: str
    message: str
    cell: str = ""

    @property
    def cause(self) -> str:
        """The message without the words of the cell."""
        words = [word for word in (self.cell, shortened(self.cell, _QUOTED), self.cell[:_QUOTED]) if word]
        return _without(self.message, words)


def causes(remarks: Iterable[Remark]) -> list[str]:
    """Return a sentence for each cause, in the order of the first row of each."""
    groups: dict[tuple[str, str, str], list[Remark]] = {}
    for remark in remarks:
        match = _ROW.fullmatch(remark.where)
        groups.setdefault((match[1] if match else "", remark.header, remark.cause), []).append(remark)
    return [_sentence(group) for group in groups.values()]


def _without(message: str, words: Sequence[str]) -> str:
    for word in words:
        message = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", "…", message)
    return message


def _sentence(group: Sequence[Remark]) -> str:
    first = group[0]
    column = f', column "{first.header}"' if first.header else ""
    cells = list(dict.fromkeys(shortened(remark.cell, _QUOTED) for remark in group if remark.cell != first.cell))
    also = ""
    if first.cause != first.message and cells:
        more = len(cells) - _MOST_WORDS
        also = f" (also {', '.join(cells[:_MOST_WORDS])}{f' and {more} more' if more > 0 else ''})"
    return f"{_places([remark.where for remark in group])}{column}: {first.message}{also}"


def _places(wheres: Sequence[str]) -> str:
    """Return the places of several rows; numbers that follow each other as a range."""
    wheres = list(dict.fromkeys(wheres))
    matches = [_ROW.fullmatch(where) for where in wheres]
    if len(wheres) == 1:
        return wheres[0]
    if not all(matches):
        return _some(wheres)
    runs: list[list[int]] = []
    for number in sorted(int(match[3]) for match in matches if match):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    texts = [str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs]
    return f"{matches[0][1] if matches[0] else ''}s {_some(texts)}"


def _some(texts: Sequence[str]) -> str:
    more = len(texts) - _MOST_PLACES
    return ", ".join(texts[:_MOST_PLACES]) + (f" and {more} more" if more > 0 else "")
