import pytest

from cpdkit.diagnostics import Fix, Span
from cpdkit.text.edits import apply
from cpdkit.text.mending import ODD_BLANK, delete, in_quotes, quote, whole_line, write
from cpdkit.text.values import parse

HERE = Span(1, 4, 1, 9)


def made(fix: Fix) -> str:
    return apply(b"a: b: c\nd: e\n".replace(b"b: c", b"b: cd"), fix.edits).decode()


@pytest.mark.parametrize("value", ["a: b", 'say "hi"', "C:\\x", "don't", "'\"\\", "# a", "@b", "- c", "a # b"])
def test_in_quotes_is_read_as_the_value(value: str) -> None:
    assert parse(f"k: {in_quotes(value)}\n").values["k"].value == value


def test_the_fixes() -> None:
    assert made(write(HERE, "x")) == "a: x\nd: e\n"
    assert made(quote(HERE, "b: cd")) == 'a: "b: cd"\nd: e\n'
    assert made(delete("delete it", whole_line(1))) == "d: e\n"
    assert write(HERE, "x" * 90).title == f"write {'x' * 59}…"


def test_what_may_be_a_comment_is_not_quoted_without_an_eye() -> None:
    assert quote(HERE, "a#b").safe
    assert not quote(HERE, "a #b").safe
    assert not quote(HERE, "a", safe=False).safe


def test_blanks_that_are_none() -> None:
    assert not ODD_BLANK.search("plain \t\n")
    assert len(ODD_BLANK.findall("\u00a0\u2003\u3000\u200b")) == 4
