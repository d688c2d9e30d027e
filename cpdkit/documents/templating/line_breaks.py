"""Keep quantities and dates of our own sentences on one line: `7.5 h`, `6 of 9 h`, `14 March 2026`."""

import re
from collections.abc import Sequence
from typing import Any

from cpdkit.documents.templating.labels import Labels
from cpdkit.documents.tree import Block, Inline

NO_BREAK = "\u00a0"
UNITS = ("h", "min", "%")
_NUMBER = re.compile(r"[(–-]?[\d.,–]*\d")
_YEAR = re.compile(r"\d{4}")
DASH = "–"
_AFTER = ".,;:)"
_WITHOUT_PARTS = frozenset(("Str", "Space", "Code", "Math"))


def with_unbroken_quantities(skeleton: Sequence[Block], labels: Labels) -> list[Block]:
    """Return the skeleton with no-break spaces in quantities and dates. It has no text of the owner's records yet."""
    months = {*labels.words("dates.months"), *labels.words("dates.short_months")}
    between = labels("figures.of", n="", all="").strip()
    kept: list[Block] = _Joiner(months, between).of(list(skeleton))
    return kept


class _Joiner:
    def __init__(self, months: set[str], between: str) -> None:
        self.months = months
        self.between = between
        self.after_number = {*months, *UNITS, between, DASH}

    def of(self, node: Any) -> Any:
        if isinstance(node, list):
            parts = [self.of(each) if isinstance(each, (dict, list)) else each for each in node]
            return self.joined(parts) if _has_words(parts) else parts
        if node["t"] in _WITHOUT_PARTS or not isinstance(node.get("c"), list):
            return node
        return {**node, "c": self.of(node["c"])}

    def joined(self, inlines: list[Inline]) -> list[Inline]:
        """Return inlines with the words of a quantity as one, joined by no-break spaces."""
        out: list[Inline] = []
        for each in inlines:
            if len(out) > 1 and _is_word(each) and _is_word(out[-2]) and out[-1]["t"] == "Space":
                before = out[-2]["c"]
                if self._belongs(before, each["c"].rstrip(_AFTER)):
                    out[-2:] = [{"t": "Str", "c": f"{before}{NO_BREAK}{each['c']}"}]
                    continue
            out.append(each)
        return out

    def _belongs(self, before: str, word: str) -> bool:
        _, is_joined, before = before.rpartition(NO_BREAK)
        if before in self.months:
            return word == DASH or bool(_YEAR.fullmatch(word))
        if before == self.between and is_joined:
            return bool(_NUMBER.fullmatch(word))
        return word in self.after_number and bool(_NUMBER.fullmatch(before))


def _has_words(nodes: list[Any]) -> bool:
    return any(isinstance(each, dict) and each.get("t") == "Str" for each in nodes)


def _is_word(node: Any) -> bool:
    return isinstance(node, dict) and node["t"] == "Str"
