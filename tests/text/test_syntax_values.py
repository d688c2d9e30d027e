import pytest

from cpdkit.text.edits import apply
from cpdkit.text.faults import Fault, Kind, Unreadable
from cpdkit.text.values import parse


def fault(text: str) -> Fault:
    with pytest.raises(Unreadable) as caught:
        parse(text)
    return caught.value.faults[0]


@pytest.mark.parametrize(
    ("text", "kind", "after", "safe"),
    [
        ("a: b: c\n", Kind.COLON, 'a: "b: c"\n', True),
        ("a: b: c # d\n", Kind.COLON, 'a: "b: c # d"\n', False),
        ("a:\n  - b: c: d\n", Kind.COLON, 'a:\n  - b: "c: d"\n', True),
        ('a: "b\nc: d\n', Kind.QUOTE, 'a: "b"\nc: d\n', True),
        ("a: 'b\nc: d\n", Kind.QUOTE, 'a: "b"\nc: d\n', False),
        ("a: \"b'\nc: d\n", Kind.QUOTE, 'a: "b\'"\nc: d\n', False),
        ('a: "b # e\nc: d\n', Kind.QUOTE, None, False),
        ('a: "b\\x\nc: d\n', Kind.QUOTE, None, False),
        ('a: "b]\nc: d\n', Kind.QUOTE, None, False),
        ('a: "C:\\Users"\n', Kind.ESCAPE, "a: 'C:\\Users'\n", True),
        ('a: "50\\% of it\\n"\n', Kind.ESCAPE, "a: '50\\% of it\\n'\n", False),
        ('a: "it\'s 50\\%"\n', Kind.ESCAPE, "a: 'it''s 50\\%'\n", True),
        ('a: "say \\"x\\" \\%"\n', Kind.ESCAPE, None, False),
        ("a: 'don't'\n", Kind.AFTER_QUOTE, 'a: "don\'t"\n', True),
        ("a: 'don't\nb: c\n", Kind.AFTER_QUOTE, 'a: "don\'t"\nb: c\n', False),
        ('a: "b" c\n', Kind.AFTER_QUOTE, "a: '\"b\" c'\n", True),
        ('a: "b", c\n', Kind.AFTER_QUOTE, "a: '\"b\", c'\n", False),
        ("a: @b\n", Kind.RESERVED, 'a: "@b"\n', True),
        ("a: @b # c\n", Kind.RESERVED, 'a: "@b # c"\n', False),
        ("a: [@b, c]\n", Kind.RESERVED, 'a: ["@b", c]\n', True),
        ("a: - b\n", Kind.DASH, "a: [b]\n", False),
        ("a: - b, c\n", Kind.DASH, None, False),
        ("a: -\n", Kind.DASH, "a: \n", False),
        ("a: [b, , c]\n", Kind.SYNTAX, "a: [b, c]\n", True),
        ("a: [, b]\n", Kind.SYNTAX, "a: [b]\n", True),
        ("a: [b] c\n", Kind.BRACKET, 'a: "[b] c"\n', True),
        ("a: [b, c] d\n", Kind.BRACKET, 'a: "[b, c] d"\n', False),
        ("a: b]\n", None, None, False),
        ("a: [b\nc: d\n", Kind.BRACKET, "a: [b]\nc: d\n", True),
        ("a: [b,\n  c\nd: e\n", Kind.BRACKET, None, False),
        ("a: [b # c]\nd: e\n", Kind.BRACKET, None, False),
    ],
)
def test_the_cause_and_what_mends_it(text: str, kind: Kind | None, after: str | None, safe: bool) -> None:
    if kind is None:
        assert parse(text).values["a"].value == "b]"
        return
    found = fault(text)
    assert found.kind is kind
    assert (apply(text.encode(), found.fix.edits).decode() if found.fix else None) == after
    assert (found.fix is not None and found.fix.safe) is safe


def test_a_bracket_in_a_comment_is_told() -> None:
    found = fault("a: [b # c]\nd: e\n")
    assert (found.message, found.span and found.span.column) == ("this # makes a comment of the ] behind it", 7)


def test_an_apostrophe_is_not_taken_for_a_quote_for_sure() -> None:
    fix = fault("a: 'tis the season\nb: c\n").fix
    assert fix is not None
    assert not fix.safe
