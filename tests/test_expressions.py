"""Every regular expression of the package needs time in proportion to its text, whatever the text.

An expression that reads a text again from each of its places is slow by the square; nested repeats are worse. The texts
here are made from the expression itself: a beginning that it accepts, one part often, and an end that it refuses.
"""

import ast
import importlib
import itertools
import pkgutil
import re
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from types import ModuleType
from typing import Any, NamedTuple

import pytest

import cpdkit

FUNCTIONS = ("search", "match", "fullmatch", "sub", "split", "findall", "finditer")
ANCHORED = {"match", "fullmatch"}
MADE_LATER = {
    "cpdkit/cli/commands/search.py",
    "cpdkit/dates/days.py",
    "cpdkit/documents/bodies/placement.py",
    "cpdkit/documents/formats/odt.py",
    "cpdkit/documents/formats/pdf_tree.py",
    "cpdkit/exchange/causes.py",
    "cpdkit/exchange/exports/xlsx.py",
    "cpdkit/journal/compound_types.py",
    "cpdkit/journal/field_types.py",
}
"""Files that make expressions in a function, from constants, escaped words or the patterns of declared fields."""
BOUNDED = {"cpdkit/text/synced.py: _COPIES"}
"""Expressions over names of files, which have at most 255 characters."""
LENGTHS = (24, 250, 2_000)
SUSPICIOUS = 0.002
"""Seconds for at most 2,000 characters. An expression that looks at each once needs a twentieth."""
ENDS = ("", "\0", "\n!", "a")
UNITS = (" ", "a", "1", "-", "\n", "\t", ".", "a ", " a", "a-", "1 ", "1-", "\\", "<", "[", "(", "a.", "''", '"', "/")


class Use(NamedTuple):
    """An expression, and whether it is tried only at the beginning of a text."""

    place: str
    pattern: "re.Pattern[Any]"
    anchored: bool


def uses() -> list[Use]:
    """Return every expression of the package that is a constant, with how it is used."""
    found = {}
    for module in modules():
        tree = ast.parse(Path(module.__file__ or "").read_text(encoding="utf-8"))
        name = str(Path(module.__file__ or "").relative_to(Path(cpdkit.__file__).parents[1]))
        methods = called(tree)
        for variable, value in vars(module).items():
            for pattern in patterns_in(value):
                known = methods.get(variable, set()) - {"pattern"}
                found[name, pattern] = Use(f"{name}: {variable}", pattern, bool(known) and known <= ANCHORED)
        for call in ast.walk(tree):
            if function := function_of(call):
                text = constant(call.args[0], module)
                if isinstance(text, str | bytes):
                    pattern = re.compile(text)
                    found[name, pattern] = Use(f"{name}:{call.lineno}", pattern, function in ANCHORED)
                elif not isinstance(text, re.Pattern):
                    assert name in MADE_LATER, f"{name}:{call.lineno}"
    return list(found.values())


@cache
def modules() -> list[ModuleType]:
    names = (module.name for module in pkgutil.walk_packages(cpdkit.__path__, "cpdkit."))
    return [importlib.import_module(name) for name in names if not name.endswith(("__main__", "_child"))]


def patterns_in(value: object) -> Iterator["re.Pattern[Any]"]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict):
        yield from itertools.chain.from_iterable(map(patterns_in, value.values()))
    elif isinstance(value, tuple | list | frozenset):
        yield from itertools.chain.from_iterable(map(patterns_in, value))


def called(tree: ast.AST) -> dict[str, set[str]]:
    """Return the methods that are called on each name, and `other` for any other use."""
    methods: dict[str, set[str]] = {}
    inside = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            inside.add(node.value)
            methods.setdefault(node.value.id, set()).add(node.attr)
        elif (function := function_of(node)) and isinstance(node.args[0], ast.Name):
            inside.add(node.args[0])
            methods.setdefault(node.args[0].id, set()).add(function)
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node not in inside:
            methods.setdefault(node.id, set()).add("other")
    return methods


def function_of(node: ast.AST) -> str:
    """Return the function of `re` that a call names, or nothing."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name):
        return node.func.attr if node.func.value.id == "re" and node.func.attr in FUNCTIONS else ""
    return ""


def constant(node: ast.expr, module: ModuleType) -> object:
    if isinstance(node, ast.Name):
        return vars(module).get(node.id)
    return node.value if isinstance(node, ast.Constant) else None


def samples(items: Any) -> list[str]:
    """Return a few texts that a part of an expression accepts: the shortest, with other choices."""
    texts = [""]
    for code, argument in items:
        texts = [before + text for before in texts for text in choices(code, argument)][:6]
    return texts


def choices(code: Any, argument: Any) -> list[str]:
    match code:
        case codes.LITERAL:
            return [chr(argument)]
        case codes.NOT_LITERAL | codes.ANY:
            return ["a", " "]
        case codes.IN:
            return [letter for letter in dict.fromkeys(map(in_class, argument)) if letter][:3] or ["a", " ", "é"]
        case codes.MAX_REPEAT | codes.MIN_REPEAT | codes.POSSESSIVE_REPEAT:
            return [text * max(argument[0], 0) for text in samples(argument[2])] + samples(argument[2])[:1]
        case codes.SUBPATTERN:
            return samples(argument[3])
        case codes.ATOMIC_GROUP:
            return samples(argument)
        case codes.BRANCH:
            return [samples(branch)[0] for branch in argument[1]][:6]
        case _:
            return [""]


def in_class(item: Any) -> str:
    code, argument = item
    if code is codes.LITERAL:
        return chr(argument)
    if code is codes.RANGE:
        return chr(argument[0])
    kinds = {
        codes.CATEGORY_DIGIT: "1",
        codes.CATEGORY_SPACE: " ",
        codes.CATEGORY_WORD: "a",
        codes.CATEGORY_NOT_SPACE: "b",
    }
    return kinds.get(argument, "") if code is codes.CATEGORY else ""


def pumps(items: Any, before: str = "") -> Iterator[tuple[str, str]]:
    """Yield a beginning and a part to repeat, for each repeat in an expression."""
    for code, argument in items:
        if code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
            for text in samples(argument[2]):
                yield before, text
            yield from pumps(argument[2], before)
        elif code is codes.SUBPATTERN:
            yield from pumps(argument[3], before)
        elif code is codes.ATOMIC_GROUP:
            yield from pumps(argument, before)
        elif code is codes.BRANCH:
            for branch in argument[1]:
                yield from pumps(branch, before)
        elif code in (codes.ASSERT, codes.ASSERT_NOT):
            yield from pumps(argument[1], before)
        before += choices(code, argument)[0]


def bad_texts(pattern: "re.Pattern[Any]") -> Iterator[tuple[str, str, str]]:
    """Yield beginning, part and end of texts that could be slow for an expression."""
    source = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    items = parser.parse(source, pattern.flags & ~re.UNICODE if isinstance(pattern.pattern, bytes) else pattern.flags)
    pairs = dict.fromkeys(pumps(items))
    units = dict.fromkeys([*(unit for _, unit in pairs), *(before for before, _ in pairs), *samples(items), *UNITS])
    parts = [*pairs, *(("", unit) for unit in units), *((before, " ") for before in dict.fromkeys(b for b, _ in pairs))]
    parts += [("", before + unit * 40) for before, unit in pairs if before]
    for (before, unit), end in itertools.product(dict.fromkeys(parts), ENDS):
        if unit:
            yield before, unit, end


def seconds(use: Use, before: str, unit: str, end: str, length: int, times: int = 1) -> float:
    text: Any = before + unit * (length // len(unit) + 1) + end
    if isinstance(use.pattern.pattern, bytes):
        text = text.encode("utf-8", "surrogatepass")
    shortest = 1e9
    for _ in range(times):
        started = time.process_time()
        if use.anchored:
            use.pattern.match(text)
            use.pattern.fullmatch(text)
        else:
            for _ in use.pattern.finditer(text):
                pass
        shortest = min(shortest, time.process_time() - started)
    return shortest


def grows_too_fast(use: Use, parts: tuple[str, str, str], length: int) -> bool:
    """Return whether four times the text needs much more than four times as long; by the square, it is 16."""
    if length == LENGTHS[0]:
        return seconds(use, *parts, length, 3) > SUSPICIOUS
    return seconds(use, *parts, 2 * length, 3) > 2.9 * seconds(use, *parts, length, 5) and seconds(
        use, *parts, 4 * length, 2
    ) > 9 * seconds(use, *parts, length, 5)


USES = uses()


@pytest.mark.slow
def test_each_expression_reads_a_text_in_time_in_proportion_to_its_length() -> None:
    slow = []
    for use in (use for use in USES if use.place not in BOUNDED):
        for parts in bad_texts(use.pattern):
            suspicious = next((n for n in LENGTHS if seconds(use, *parts, n) > SUSPICIOUS), None)
            # A busy machine can make one measurement wrong.
            if suspicious and all(grows_too_fast(use, parts, suspicious) for _ in range(3)):
                slow.append((use.place, use.anchored, parts))
                break
    assert len(USES) > 200
    assert slow == []
