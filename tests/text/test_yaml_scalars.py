import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from cpdkit.diagnostics import Fix, Span
from cpdkit.text.edits import apply
from cpdkit.text.yaml import SequenceNode, parse
from cpdkit.text.yaml_scalars import (
    ODD_BLANK,
    block_text,
    delete,
    flow_list,
    in_quotes,
    quote,
    scalar,
    whole_line,
    write,
)

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\x85\u2028\u2029"), max_size=40)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Relay course", "Relay course"),
        ("IET lecture: storage", '"IET lecture: storage"'),
        ("Course #3", '"Course #3"'),
        ("C#", "C#"),
        ("", '""'),
        ("no", '"no"'),
        ("2026-03-14", '"2026-03-14"'),
        ("1100", '"1100"'),
        ("~", '"~"'),
        ("@home", '"@home"'),
        ("- a", '"- a"'),
        ('say "so"', 'say "so"'),
        ('"so"', '"\\"so\\""'),
        ("a\nb", '"a\\nb"'),
        (" a", '" a"'),
        ("a:", '"a:"'),
        ("Łódź 東京", "Łódź 東京"),
    ],
)
def test_only_what_needs_them_gets_quotes(text: str, written: str) -> None:
    assert scalar(text) == written


@given(TEXTS)
def test_a_text_reads_back_as_it_was(text: str) -> None:
    node = parse(f"k: {scalar(text)}\n").values["k"]
    assert node.value == text
    assert yaml.safe_load(f"k: {scalar(text)}\n") == {"k": text}


@given(st.lists(TEXTS, max_size=4))
def test_a_list_reads_back_as_it_was(texts: list[str]) -> None:
    node = parse(f"k: {flow_list(texts)}\n").values["k"]
    assert isinstance(node, SequenceNode)
    assert [item.value for item in node.items] == texts
    assert yaml.safe_load(f"k: {flow_list(texts)}\n") == {"k": texts}


@given(st.text(st.sampled_from("ab :#-\n\t'\"é"), max_size=30))
def test_a_block_reads_back_as_it_was(text: str) -> None:
    assert parse(f"k: {block_text(text)}\nl: x\n").values["k"].value == text


def test_a_text_of_several_lines_is_a_block() -> None:
    assert block_text("One.\n\nTwo: three") == "|-\n  One.\n\n  Two: three"


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
