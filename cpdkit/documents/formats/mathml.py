"""Turn TeX formulas into plain trees for the Typst program. One Pandoc process converts all of them to MathML."""

import json
import re
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias
from xml.etree import ElementTree

from cpdkit.documents.bodies.builder import harmless
from cpdkit.documents.formats.pdf_words import Node
from cpdkit.documents.pandoc import write
from cpdkit.documents.tree import document
from cpdkit.errors import ToolFailed, ToolTimeout

Tree: TypeAlias = dict[str, Any] | list[Any]

"""Each further level of `x^{` doubles Pandoc's time: 12 take 0.1 s, 18 take 3 s, 60 never end."""
DEEPEST = 40
MOST_NODES = 4_000
SECONDS = 20.0

_APPLY = "⁡"
_INVISIBLE = "⁡⁢⁣⁤​﻿"
_WITH_LIMITS = {"lim", "max", "min", "sup", "inf", "det", "gcd", "Pr", "liminf", "limsup", "lim sup", "lim inf"}
_ACCENTS = set("̂̃̄̆̇̈̊̌́̀⃗⃖⃛⃜→←↔¯‾ˉ^ˆ~˜˙¨ˇ˘´`_̲⏞⏟⎴⎵")
_COMBINING = {"^": "̂", "ˆ": "̂", "~": "̃", "˜": "̃", "ˉ": "̄", "˙": "̇", "¨": "̈", "ˇ": "̌", "˘": "̆", "´": "́", "`": "̀"}
# Pandoc writes the relation sign for the bars around a determinant, but only the fence grows with its content.
_BARS = {"∣": "|", "∥": "‖"}
_ARROWS = set("→←↔⇒⇐⇔⟶⟵↦⟹⟸⟺⇌↪↩")
_LENGTH = re.compile(r"(-?[0-9.]+)(em|ex|mu)?")


class _Unreadable(Exception):
    """A formula that this module cannot turn into a tree."""


def fill(formulas: Sequence[Node]) -> tuple[str, ...]:
    """Give each formula node (`s`: TeX, `b`: whether displayed) its tree `t`. Return the TeX of those without one."""
    wanted = {(node["s"], node["b"]) for node in formulas if harmless(node["s"])}
    read = dict(zip(ordered := sorted(wanted), _trees(ordered), strict=True))
    for node in formulas:
        node["t"] = read.get((node["s"], node["b"]))
    return tuple(dict.fromkeys(node["s"] for node in formulas if node["t"] is None))


def _trees(formulas: list[tuple[str, bool]]) -> list[Tree | None]:
    """Halve the batch when Pandoc fails, so that a bad formula affects only itself."""
    if not formulas:
        return []
    try:
        return _read(formulas)
    except (ToolFailed, ToolTimeout):
        half = len(formulas) // 2
        return [*_trees(formulas[:half]), *_trees(formulas[half:])] if half else [None]


def _read(formulas: list[tuple[str, bool]]) -> list[Tree | None]:
    ast = json.dumps(document([_paragraph(*formula) for formula in formulas])).encode()
    page = write(ast, "html", epoch=0, extra=("--mathml", "--wrap=none"), timeout=SECONDS).decode()
    paragraphs = [part.partition("<p>")[2] for part in page.split("</p>")[:-1]]
    if len(paragraphs) != len(formulas):
        return [None] * len(formulas)
    return [tree(paragraph) for paragraph in paragraphs]


def _paragraph(tex: str, displayed: bool) -> dict[str, Any]:
    kind = {"t": "DisplayMath" if displayed else "InlineMath"}
    return {"t": "Para", "c": [{"t": "Math", "c": [kind, tex]}]}


def tree(markup: str) -> Tree | None:
    """Return the tree of the first formula in some MathML; None if there is none that can be drawn."""
    start, end, _ = markup.partition("<math")[2].rpartition("</math>")
    if not end:
        return None
    try:
        # The text starts after any declaration, so it cannot define an entity.
        return _Reader().read(ElementTree.fromstring(f"<math{start}{end}"))
    except (_Unreadable, ElementTree.ParseError):
        return None


class _Reader:
    """Read one formula, with limits on its size and depth."""

    def __init__(self) -> None:
        self.nodes = 0
        self._kinds: dict[str, Callable[[Any, int], Tree]] = {
            "mi": lambda e, _: _identifier(e),
            "mn": lambda e, _: _number(_words(e)),
            "mo": lambda e, _: _operator(e),
            "mtext": lambda e, _: {"k": "text", "s": _words(e)},
            "ms": lambda e, _: {"k": "text", "s": _words(e)},
            "mspace": lambda e, _: {"k": "space", "w": _length(e.get("width", "0em"))},
            "mfrac": self._fraction,
            "msqrt": lambda e, d: {"k": "sqrt", "a": self._row(e, d)},
            "mroot": lambda e, d: {"k": "root", **self._named(e, d, "ab")},
            "msub": lambda e, d: {"k": "attach", **self._named(e, d, "ab")},
            "msup": lambda e, d: {"k": "attach", **self._named(e, d, "at")},
            "msubsup": lambda e, d: {"k": "attach", **self._named(e, d, "abt")},
            "munder": lambda e, d: self._around(e, d, "ab"),
            "mover": lambda e, d: self._around(e, d, "at"),
            "munderover": lambda e, d: self._around(e, d, "abt"),
            "mtable": self._table,
            "mphantom": lambda e, d: {"k": "hidden", "c": self._row(e, d)},
            "menclose": lambda e, d: {"k": "boxed", "c": self._row(e, d)},
        }
        for name in ("math", "mrow", "mstyle", "mpadded"):
            self._kinds[name] = self._row

    def read(self, element: Any, depth: int = 0) -> Tree:
        """Return one element with its descendants."""
        self.nodes += 1
        name = _name(element)
        if depth > DEEPEST or self.nodes > MOST_NODES:
            raise _Unreadable
        if name == "semantics":
            return self.read(element[0], depth + 1)
        if name not in self._kinds:
            raise _Unreadable
        return self._kinds[name](element, depth)

    def _row(self, element: Any, depth: int) -> Tree:
        children = list(element)
        row: list[Any] = []
        for at, child in enumerate(children):
            applied = at + 1 < len(children) and _words(children[at + 1]) == _APPLY
            row.append(_function(child) if applied and _is(child, "mi") else self.read(child, depth + 1))
        return {"k": "fence", "c": row} if children and _stretches(children) else row

    def _named(self, element: Any, depth: int, names: str) -> dict[str, Tree]:
        if len(element) != len(names):
            raise _Unreadable
        return {name: self.read(child, depth + 1) for name, child in zip(names, element, strict=True)}

    def _fraction(self, element: Any, depth: int) -> Tree:
        parts = self._named(element, depth, "ab")
        if element.get("linethickness", "").startswith("0"):
            return {"k": "table", "aligned": False, "align": "center", "rows": [[parts["a"]], [parts["b"]]]}
        return {"k": "frac", **parts}

    def _around(self, element: Any, depth: int, names: str) -> Tree:
        sign = _words(element[-1]) if len(element) == 2 and _is(element[-1], "mo") else ""
        if sign in _ACCENTS and sign:
            return {"k": "accent", "s": _COMBINING.get(sign, sign), "a": self.read(element[0], depth + 1)}
        around = {"k": "attach", "limits": True, **self._named(element, depth, names)}
        return around | {"arrow": True} if _words(element[0]) in _ARROWS else around

    def _table(self, element: Any, depth: int) -> Tree:
        rows = [[self._row(cell, depth + 2) for cell in row] for row in element]
        sides = [[cell.get("columnalign", "center") for cell in row] for row in element]
        aligned = all(side == ("left" if at % 2 else "right") for row in sides for at, side in enumerate(row))
        align = sides[0][0] if sides and sides[0] else "center"
        return {"k": "table", "aligned": aligned and bool(rows), "align": align, "rows": _padded(rows)}


def _identifier(element: Any) -> Tree:
    words = _words(element)
    if len(words) == 1 and element.get("mathvariant") != "normal":
        return {"k": "sign", "s": words}
    return {"k": "upright", "s": words}


def _number(words: str) -> Tree:
    return {"k": "sign", "s": words} if len(words) == 1 else {"k": "text", "s": words}


def _operator(element: Any) -> Tree:
    words = "".join(char for char in _words(element) if char not in _INVISIBLE)
    if len(words) != 1:
        return {"k": "text", "s": words} if words else []
    stretches = element.get("stretchy") == "true"
    sign = _BARS.get(words, words) if stretches else words
    return {"k": "mid" if stretches and element.get("form") == "infix" else "sign", "s": sign}


def _function(element: Any) -> Tree:
    words = _words(element)
    return {"k": "name", "s": words, "limits": words in _WITH_LIMITS}


def _stretches(children: list[Any]) -> bool:
    ends = (children[0], children[-1])
    return any(_is(end, "mo") and end.get("stretchy") == "true" and end.get("form") != "infix" for end in ends)


def _padded(rows: list[list[Any]]) -> list[list[Any]]:
    longest = max((len(row) for row in rows), default=0)
    return [row + [[]] * (longest - len(row)) for row in rows]


def _is(element: Any, name: str) -> bool:
    return _name(element) == name


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _words(element: Any) -> str:
    return "".join(element.itertext())


def _length(given: str) -> float:
    hit = _LENGTH.match(given)
    if not hit:
        return 0.0
    return float(hit[1]) * {"mu": 1 / 18, "ex": 0.43}.get(hit[2] or "", 1.0)
