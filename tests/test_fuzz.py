"""Whatever bytes a journal contains, they are checked, reported in every format and fixed, and nothing breaks.

The same targets as `make fuzz`, fed by hypothesis: first any bytes, then texts that look like a record.
"""

import time
from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cpdkit.journal.member import MEMBER
from cpdkit.journal.records import ACTIVITY, OBJECTIVE, POST, REVIEW
from fuzz.targets import TARGETS
from tests.journal.folders import GOOD

SLOW = 2.0
"""Seconds that no text of this size may take in any target. A usual one takes a hundredth of them."""
FIELDS = sorted({name for kind in (ACTIVITY, OBJECTIVE, POST, REVIEW, MEMBER) for name in kind.known})
WORDS = (
    "2026-03-14",
    "2026-02-30",
    "14/03/2026",
    "1.5",
    "1h30",
    "-1",
    "999999999999999999999",
    "1e400",
    "true",
    "no",
    "null",
    "~",
    "planned",
    "training",
    "A1",
    "CPD401",
    "off",
    "../../etc/passwd",
    "a.pdf",
    "https://a.example/%",
    "\u202e",
    "\ufeff",
    "\x85",
    "\u2028",
    "É",
    "𝔘",
    "@x",
    "`x`",
    "*x",
    "&x",
    "!x",
    "%x",
    "a: b",
    "a #b",
    "'",
    '"',
    "[",
    "}",
    "|",
    ">-",
    "<<",
    "---",
    "...",
    "<!--",
    "## Reflection",
    "$x$",
    "[a](b)",
    "![a](b)",
    "| a |",
    "```",
    "AKIAIOSFODNN7EXAMPLE",
)
BLANKS = st.sampled_from(("", " ", "  ", "\t", "\n", "\r\n", "\u00a0"))
WORD = st.one_of(st.sampled_from(WORDS), st.text(max_size=20))


def flow(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Lists and mappings in one line."""
    pairs = st.tuples(st.one_of(st.sampled_from(FIELDS), WORD), inner)
    return st.one_of(
        st.lists(inner, max_size=4).map(lambda items: f"[{', '.join(items)}]"),
        st.lists(pairs, max_size=4).map(lambda items: "{" + ", ".join(f"{key}: {value}" for key, value in items) + "}"),
        inner.map(lambda word: f'"{word}"'),
    )


def block(items: Sequence[str]) -> str:
    return "".join(f"\n  - {item}" for item in items)


VALUE = st.recursive(WORD, flow, max_leaves=8)
LINE = st.one_of(
    st.tuples(st.sampled_from(FIELDS), BLANKS, st.one_of(VALUE, st.lists(VALUE, max_size=3).map(block))).map(
        lambda parts: f"{parts[0]}:{parts[1]}{parts[2]}"
    ),
    st.tuples(WORD, BLANKS, VALUE).map("".join),
)
FENCE = st.sampled_from(("---\n", "---\r\n", "--- \n", "", "...\n", "\ufeff---\n", "-- -\n"))
BODY = st.lists(st.one_of(WORD, BLANKS, st.sampled_from(("# ", "### What did you learn?\n", "- ", "> "))), max_size=30)
RECORD = st.tuples(FENCE, st.lists(LINE, max_size=10).map("\n".join), st.just("\n"), FENCE, BODY.map("".join)).map(
    "".join
)


def changed(parts: tuple[int, int, bytes]) -> bytes:
    """A good record with a stretch replaced."""
    start, length, new = parts
    data = GOOD.encode()
    return data[:start] + new + data[start + length :]


DATA = st.one_of(
    st.binary(max_size=400),
    RECORD.map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.tuples(st.integers(0, len(GOOD)), st.integers(0, 30), st.binary(max_size=12)).map(changed),
    st.tuples(
        st.integers(0, 120), st.integers(0, 12), WORD.map(lambda word: word.encode("utf-8", "surrogatepass"))
    ).map(changed),
)


@pytest.mark.slow
@pytest.mark.parametrize("name", TARGETS)
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=DATA)
def test_nothing_breaks(name: str, data: bytes) -> None:
    started = time.process_time()
    TARGETS[name](data)
    assert time.process_time() - started < SLOW
