import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from cpdkit.text.quoting import block_text, flow_list, scalar
from cpdkit.text.values import Sequence, parse

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
    assert isinstance(node, Sequence)
    assert [item.value for item in node.items] == texts
    assert yaml.safe_load(f"k: {flow_list(texts)}\n") == {"k": texts}


@given(st.text(st.sampled_from("ab :#-\n\t'\"é"), max_size=30))
def test_a_block_reads_back_as_it_was(text: str) -> None:
    assert parse(f"k: {block_text(text)}\nl: x\n").values["k"].value == text


def test_a_text_of_several_lines_is_a_block() -> None:
    assert block_text("One.\n\nTwo: three") == "|-\n  One.\n\n  Two: three"
