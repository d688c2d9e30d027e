"""Texts that are made to need much time or memory: any one file is checked and reported within limits."""

import os
import time
from pathlib import Path

import pytest

from cpdkit.checks.engine import MOST_FINDINGS
from cpdkit.journal.load import RECORD_LIMIT
from cpdkit.text.front_matter import FRONT_LIMIT
from fuzz.targets import check, in_every_format
from tests.journal.folders import BODY, FIELDS, record
from tests.program import make_journal, peak_of

PLACE = "activities/2026/2026-03-14-x.md"
SIZE = 2**19
SECONDS = 8.0  # two to four seconds, but machines differ; a quadratic program needs minutes
"""For half a megabyte; the slowest takes a third of it. What grows with the square of the size takes minutes."""
PEAK = 300 * 2**20
PIECES = (
    # Markdown that is never closed, or that nests
    *("<!--", "--> ", "<!-- a -->", "[", "](", "[a](", "](a", "![", "[a]: ", "[a]:\n", "(", "`", "``` "),
    *("*", "_", "$", "|", "> ", "- ", "  - ", "\t", " ", "\n", "\u00a0", "\\", "<", "#", "~", "=", "-"),
    *("[a](b) ", "![a](b)\n", "![a](../x/y) ", "[a]: b\n", "[a]: b\n[a] ", "[^1]: a\n", "|a|b|\n"),
    *("# ", "# a\n", "######\n", "a\n===\n", "## Reflection\n", "### What did you learn?\n\n"),
    *("# (private)\n", "- (private) ", "(private)\n", "```\n", "~~~a\n", "---\n", "===\n", "<<<<<<< "),
    # what looks like a person's data, or a secret
    *("1", "07700 900123 ", "1234567890 ", "NHS no 1234567890 ", "4111 1111 1111 1111 ", "AB123456C "),
    *("GB82 WEST 1234 5698 7654 32 ", "a@", "a@gmail.com ", "2026-03-14 ", "+44 ", "AKIA", "dob "),
    *("password: ", "password: hunter22 ", "eyJaaaaaaaaaaaa-", "eyJaaaaaaaaaaaa.eyJ", "ghp_" + "a" * 40),
    *("-----BEGIN PRIVATE KEY-----\n", "api key=", "https://a.example/", "../", "%2"),
    # and words
    *("a", "a ", "I learnt a lot. ", "TODO ", "é", "a\u0301", "\u0301", "😀", "\u202e", "\x01", "\r"),
)
RUNS = {
    "runs of backticks, each of another length": "".join("`" * length + "a" for length in range(1, 1_400)),
    "a link's blanks": "](" + " " * SIZE,
    "many links' blanks": ("](" + " " * 3_000) * 300,
    "a birth's blanks": "123456 dob" + " " * SIZE,
    "many births' blanks": ("123456 dob" + " " * 3_000) * 300,
    "definitions, each of another name": "".join(f"[a{number}]: b\n" for number in range(70_000)),
    "uses of no definition": "[a]: b\n" + "[c" * (SIZE // 2),
}


def filled(piece: str) -> str:
    return (piece * (SIZE // len(piece.encode()) + 1)).encode()[:SIZE].decode("utf-8", "ignore")


BODIES = {**{repr(piece): filled(piece) for piece in PIECES}, **RUNS}


@pytest.mark.slow
@pytest.mark.parametrize("name", BODIES)
def test_a_body_is_judged_in_bounded_time(name: str) -> None:
    for body in (BODIES[name], f"{BODIES[name]}\n{BODY}"):
        started = time.process_time()
        checked = check(PLACE, record(FIELDS, body).encode())
        expected = in_every_format(checked)
        assert time.process_time() - started < SECONDS
        assert len(checked.diagnostics) < 3 * MOST_FINDINGS
        assert max(map(len, expected)) < SIZE


NAMES = ("title", "start", "hours", "evidence", "objectives", "competences", "accepted", "sessions", "zzz")
ATOMS = ("a", "1", "-", "[", "{", "'", '"', "\\", "#", " #", ": ", "- ", "é", "/", "../", "@", "[a],", "a,", "{a: b},")
QUOTES = ("{}", '"{}"', "[{}]", "|\n  {}")


@pytest.mark.parametrize("name", NAMES)
def test_a_value_is_judged_in_bounded_time(name: str) -> None:
    others = "".join(f"{line}\n" for line in FIELDS.splitlines() if not line.startswith(name))
    for atom in ATOMS:
        value = atom * (30_000 // len(atom.encode()))
        for quote in QUOTES:
            started = time.process_time()
            in_every_format(check(PLACE, record(f"{others}{name}: {quote.format(value)}\n").encode()))
            assert time.process_time() - started < SECONDS


ITEMS = {
    "missing evidence": ("evidence", "e{}.pdf"),
    "unknown objectives": ("objectives", "storag{}"),
    "unknown competences": ("competences", "Z{}"),
    "days that are none": ("sessions", "{{date: 2026-13-{}, hours: x}}"),
    "skills misspelt": ("skills", "techical{}"),
    "one thing often": ("topics", "ethics"),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", ITEMS)
def test_thousands_of_items_are_judged_in_bounded_time(name: str) -> None:
    field, item = ITEMS[name]
    items = ", ".join(item.format(number) for number in range(4_000))[: FRONT_LIMIT - 1_000].rpartition(", ")[0]
    started = time.process_time()
    in_every_format(check(PLACE, record(f"{FIELDS}{field}: [{items}]\n").encode()))
    assert time.process_time() - started < SECONDS


LINES = (
    "a: b\n",
    "a{}: b\n",
    "titl{}: b\n",
    "- a\n",
    "[\n",
    "\n",
    "# x\n",
    "  a\n",
    "\ta\n",
    "---\n",
    "'\n",
    "x-{}: 1\n",
)


@pytest.mark.slow
@pytest.mark.parametrize("line", LINES)
def test_thousands_of_lines_are_judged_in_bounded_time(line: str) -> None:
    lines = "".join(line.format(number) for number in range(10_000))[: FRONT_LIMIT - 1_000]
    started = time.process_time()
    in_every_format(check(PLACE, record(FIELDS + lines).encode()))
    in_every_format(check("cpd.yaml", f"name: A\n{lines}".encode()))
    assert time.process_time() - started < 2 * SECONDS


def test_what_one_rule_finds_in_one_file_is_cut_with_a_word_on_it() -> None:
    body = "".join(f"[a](b{number}.md)\n" for number in range(MOST_FINDINGS + 1))
    found = [each for each in check(PLACE, record(FIELDS, body).encode()).diagnostics if each.code == "CPD510"]
    assert len(found) == MOST_FINDINGS
    assert [each.note.endswith(" · there are more below") for each in found] == [
        *[False] * (MOST_FINDINGS - 1),
        True,
    ]
    fewer = body.rpartition("[")[0]
    found = [each for each in check(PLACE, record(FIELDS, fewer).encode()).diagnostics if each.code == "CPD510"]
    assert len(found) == MOST_FINDINGS
    assert not any("more below" in each.note for each in found)


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="asks the system for the peak")
def test_large_hostile_files_take_bounded_memory(tmp_path: Path) -> None:
    size = RECORD_LIMIT - 1_000
    pieces = ("# a\n", "a\n===\n", "1", "<!--", "- (private) ", "[a](b) ", "07700 900123 ", "```\n", "\n")
    files = {
        f"activities/{number}.md": record(FIELDS, (piece * (size // len(piece) + 1))[:size])
        for number, piece in enumerate(pieces)
    }
    root = make_journal(tmp_path / "journal", files)
    code, _, peak = peak_of("check", "--journal", root, folder=tmp_path)
    assert code == 1
    assert peak < PEAK
