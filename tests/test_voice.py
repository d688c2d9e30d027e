"""The voice: what cpdkit prints, and what its pages read, is plain English (docs/glossary.md).

Three rules. No phrase of DIALECT anywhere that a person reads; no sentence of help, a message or a label over
MAX_WORDS words; no message over MAX_MESSAGE characters, which are two lines of a terminal. What breaks a rule on
purpose is in EXCEPTIONS, with the reason.
"""

import ast
import re
import tokenize
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import click
import pytest

from cpdkit.cli.main import cpd

ROOT = Path(__file__).resolve().parents[1]
MAX_WORDS = 25
MAX_MESSAGE = 160

# What not to write, and the plain words for it.
DIALECT: Mapping[str, str] = {
    r"\btold\b|\btells?\b": "lists, shows, reports",
    r"\bsaid\b|\bsays?\b|\bsaying\b|\bunsaid\b": "shows, states, sets, lists, explains",
    r"\b(?:is|are|was|were|be|been|what) asked\b|\basked (?:for|of)\b|\basks? (?:of|for it)\b": "required, requirement",
    r"\bmend(?:s|ed|ing)?\b": "fix",
    r"\bparted\b": "separated",
    r"\b(?:left|leaves?|leaving) (?:\w+ )?out\b": "omit, omitted",
    r"\bbehind\b": "after",
    r"\bwhat waits\b|\bwaits? for (?:you|an?)\b|\bwaiting for (?:you|an?)\b": "needs attention",
    r"\bstands?\b(?!-in| for)|\bstood\b": "is",
    r"\b(?:lies|lie|lay) (?:in|on|at|under|below|before|after|over|above|beside|outside|there|as)\b": "is",
    r"\b(?:anew|of late|amiss|hereby|thereby|thereof|whereof|as it were|hardly)\b": "plain words",
    r"\bfor good\b": "permanently",
    r"\bbeside\b": "next to, with, in addition to",
    r"\bapart\b(?! from)": "separately",
    r"\bnone there\b": "missing",
    r"\b(?:is|are|was) not known\b|\bnothing is known\b": "unknown, cannot",
    r"\blook(?:s|ed|ing)? back\b": "review",
    r"\b(?:is|are|was|were|be) looked (?:at|for|up)\b": "checks, looks for",
    r"\bhas nothing to\b|\bits like\b|\bthe like\b|\band such\b": "plain words",
    r"\bholds\b": "has, contains",
    r"\b(?:takes?|taken|taking) in\b": "includes, imports, accepts",
    r"\bway out\b|\bneeds? an eye\b|\bwithout a doubt\b|\bthe least that\b": "what to do; review; safe; minimum",
    r"(?<!there )\bis no\b(?! longer)": "is not a",
    r"[,;] else\b": "otherwise",
    r"\bthere (?:is|are): ": "available: ",
    r"\bsettles?\b|\bsettled\b": "resolves",
    r"\bjudg(?:e|es|ed|ing)\b": "checks",
    r"\bto the (?:byte|letter)\b": "byte for byte",
    r"\bin place of\b": "instead of",
    r"\bbe it\b|\bbe they\b|\bwhat comes of\b|\bamounts? to\b|\bneed be\b|\bcome to\b": "plain words",
    r"\bno catalogue of\b|\bwritten down\b|\bput down\b": "recorded",
    r"\b(?:goes|go) (?:wrong|with it)\b|\bgo(?:es)? together\b": "fails; combine",
    r"\bserves\b": "is linked to, supports",
    r"\bhandsome\b|\bthe whole of\b|\bthe one before\b|\bof its own accord\b|\bof your own accord\b": "plain words",
    r"\b(?:journal|file|record) does not say\b|\bnot stated whether\b": "not recorded",
}
REFUSED = re.compile("|".join(f"(?:{pattern})" for pattern in DIALECT), re.IGNORECASE)

# Texts that break a rule on purpose: a part of the text, and the reason.
EXCEPTIONS: Mapping[str, str] = {
    "a about all also always an and are": "a list of words that says_nothing ignores",
    "activity anything attended beneficial": "a list of words that only praise",
    "a academic activities activity afternoon": "a list of words that name no subject",
    "Settings of distance relays on double-circuit lines, with a day of injection": "the text of an example record",
}


class Passage(NamedTuple):
    """A text that a person reads, where it is, and what it is: help, message, label, page or code."""

    place: str
    kind: str
    text: str


def python_passages(path: Path) -> Iterator[Passage]:
    """Yield the messages of a module (strings with a space; `{}` for values), and its docstrings and comments."""
    name = path.relative_to(ROOT).as_posix()
    source = path.read_text("utf-8")
    tree = ast.parse(source)
    docstrings = set()
    for node in ast.walk(tree):
        # A string that is a statement: the docstring of a module, a class, a function or a name.
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            docstrings.add(node.value)
            yield Passage(f"{name}:{node.lineno}", "code", node.value.value)
    parts = {part for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in ast.walk(node)}
    for node in ast.walk(tree):
        text = ""
        if isinstance(node, ast.JoinedStr):
            text = "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in docstrings | parts:
            text = node.value
        if " " in text.strip():
            yield Passage(f"{name}:{node.lineno}", "message" if name.startswith("cpdkit") else "code", text)
    with path.open("rb") as stream:
        for token in tokenize.tokenize(stream.readline):
            if token.type == tokenize.COMMENT:
                yield Passage(f"{name}:{token.start[0]}", "code", token.string)


def toml_passages(path: Path, kind: str) -> Iterator[Passage]:
    """Yield the texts of a TOML file, without examples of journals."""

    def walk(entry: object, key: str) -> Iterator[Passage]:
        if isinstance(entry, dict):
            for name, value in entry.items():
                if name not in ("wrong", "right", "beside", "wrong_beside", "right_beside"):
                    yield from walk(value, f"{key}.{name}")
        elif isinstance(entry, list):
            for value in entry:
                yield from walk(value, key)
        elif isinstance(entry, str):
            yield Passage(f"{path.relative_to(ROOT).as_posix()}{key.replace('.', ': ', 1)}", kind, entry)

    yield from walk(tomllib.loads(path.read_text("utf-8")), "")
    yield from comments(path)


def comments(path: Path) -> Iterator[Passage]:
    """Yield the comments of a file that uses `#`."""
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if match := re.search(r"(?:^|\s)# ?(.*)", line):
            yield Passage(f"{path.relative_to(ROOT).as_posix()}:{number}", "code", match[1])


def page_passages(path: Path) -> Iterator[Passage]:
    """Yield the lines of a page of Markdown, without its code and addresses."""
    text = re.sub(
        r"^```.*?^```$", lambda match: "\n" * match[0].count("\n"), path.read_text("utf-8"), flags=re.M | re.S
    )
    for number, line in enumerate(text.splitlines(), 1):
        if not line.startswith("    "):
            prose = re.sub(r"`[^`]*`", "`…`", re.sub(r"\]\(https?://[^)\s]*\)", "](…)", line))
            yield Passage(f"{path.relative_to(ROOT).as_posix()}:{number}", "page", prose)


def help_passages(command: click.Command, name: str) -> Iterator[Passage]:
    """Yield the help of a command, its options and the commands below it, without its examples."""
    text = re.sub(r"\x08\n.*?(?:\n\n|\Z)", "\n\n", command.help or "", flags=re.S)
    yield from (Passage(name, "help", part) for part in text.split("\n\n"))
    for parameter in command.params:
        if isinstance(parameter, click.Option) and parameter.help:
            yield Passage(f"{name} {parameter.opts[-1]}", "help", parameter.help)
    if isinstance(command, click.Group):
        context = click.Context(command)
        for below in command.list_commands(context):
            if child := command.get_command(context, below):
                yield from help_passages(child, f"{name} {below}")


def passages() -> Iterator[Passage]:
    """Yield every passage that a person reads."""
    yield from help_passages(cpd, "cpd")
    for folder in ("cpdkit", "tools", "bench", "fuzz"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield from python_passages(path)
    for path in sorted((ROOT / "cpdkit").rglob("*.toml")):
        yield from toml_passages(path, "label" if "explained" not in path.parts else "page")
    for path in sorted((ROOT / "templates" / "labels").glob("*.toml")):
        yield from toml_passages(path, "label")
    for path in sorted((ROOT / "cpdkit" / "schemes" / "data").rglob("*.yaml")):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if re.search(r"\{page: .*\burl: ", line):
                continue  # the title of somebody else's page
            yield Passage(f"{path.relative_to(ROOT).as_posix()}:{number}", "page", line)
    for path in (ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))):
        yield from page_passages(path)
    yield from comments(ROOT / "Makefile")
    yield from comments(ROOT / "pyproject.toml")


def excepted(passage: Passage) -> bool:
    return any(part in passage.text for part in EXCEPTIONS)


def sentences(text: str) -> list[str]:
    """Return the sentences of a text. A colon, a semicolon and a blank line end one too: what follows reads alone."""
    plain = re.sub(r"\s+", " ", re.sub(r"\n\s*\n", ". ", text))
    return re.split(r"(?<=[.!?:;])\s+(?!\d)", plain)


def too_long(passage: Passage) -> bool:
    if passage.kind == "message" and len(passage.text) > MAX_MESSAGE:
        return True
    return passage.kind in ("help", "message", "label") and any(
        len(s.split()) > MAX_WORDS for s in sentences(passage.text)
    )


# Hints that list what may be written, or show a line of the file, may be longer.
LISTING = re.compile(r"available |use (?:one of|a field)|write more of|give the value|line \d+:")
ERROR = re.compile(r"^  ! cpd: (.*)\n((?:  !      .*\n)*)", re.MULTILINE)


def errors() -> Iterator[tuple[str, str, list[str]]]:
    """Yield each error of the transcripts: its file, its sentence, and the lines below it."""
    for path in sorted((ROOT / "tests" / "golden" / "commands").glob("*.txt")):
        for match in ERROR.finditer(path.read_text("utf-8")):
            yield path.name, match[1], [line.removeprefix("  !      ") for line in match[2].splitlines()]


EVERY = [passage for passage in passages() if not excepted(passage)]


def folder_of(passage: Passage) -> str:
    """Return the folder of a passage, two levels deep: `cpdkit/journal`; `cpd` for the help."""
    return "/".join(re.split(r"[: ]", passage.place)[0].split("/")[:2])


@pytest.mark.parametrize("folder", sorted({folder_of(passage) for passage in EVERY}))
def test_no_dialect(folder: str) -> None:
    found = [
        f"{passage.place}: “{match[0]}” in {passage.text.strip()[:90]!r}"
        for passage in EVERY
        if folder_of(passage) == folder
        for match in REFUSED.finditer(passage.text)
    ]
    assert not found, "\n".join(found)


def test_sentences_and_messages_are_short() -> None:
    found = [f"{passage.place}: {passage.text.strip()[:200]!r}" for passage in EVERY if too_long(passage)]
    assert not found, "\n".join(found)


def test_an_error_is_a_sentence_and_what_to_do() -> None:
    every = [*errors()]
    assert len(every) > 200
    for name, sentence, lines in every:
        hints = [line for line in lines if not LISTING.match(line)]
        assert len(sentence) <= MAX_MESSAGE, (name, sentence)
        assert len(hints) <= 1, (name, lines)
        assert all(len(hint) <= MAX_MESSAGE for hint in hints), (name, hints)


def test_every_exception_is_still_needed() -> None:
    texts = [passage.text for passage in passages()]
    assert [part for part in EXCEPTIONS if not any(part in text for text in texts)] == []
