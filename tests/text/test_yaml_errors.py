"""Why YAML rejects a text, where, and the fix."""

import pytest

from cpdkit.text.edits import apply
from cpdkit.text.faults import Fault, FaultKind, Unreadable
from cpdkit.text.yaml import parse
from cpdkit.text.yaml_scalars import in_quotes


def fault(text: str) -> Fault:
    with pytest.raises(Unreadable) as caught:
        parse(text)
    return caught.value.faults[0]


@pytest.mark.parametrize(
    ("text", "kind", "after", "safe"),
    [
        ("a: b: c\n", FaultKind.COLON, 'a: "b: c"\n', True),
        ("a: b: c # d\n", FaultKind.COLON, 'a: "b: c # d"\n', False),
        ("a:\n  - b: c: d\n", FaultKind.COLON, 'a:\n  - b: "c: d"\n', True),
        ('a: "b\nc: d\n', FaultKind.QUOTE, 'a: "b"\nc: d\n', True),
        ("a: 'b\nc: d\n", FaultKind.QUOTE, 'a: "b"\nc: d\n', False),
        ("a: \"b'\nc: d\n", FaultKind.QUOTE, 'a: "b\'"\nc: d\n', False),
        ('a: "b # e\nc: d\n', FaultKind.QUOTE, None, False),
        ('a: "b\\x\nc: d\n', FaultKind.QUOTE, None, False),
        ('a: "b]\nc: d\n', FaultKind.QUOTE, None, False),
        ('a: "C:\\Users"\n', FaultKind.ESCAPE, "a: 'C:\\Users'\n", True),
        ('a: "50\\% of it\\n"\n', FaultKind.ESCAPE, "a: '50\\% of it\\n'\n", False),
        ('a: "it\'s 50\\%"\n', FaultKind.ESCAPE, "a: 'it''s 50\\%'\n", True),
        ('a: "say \\"x\\" \\%"\n', FaultKind.ESCAPE, None, False),
        ("a: 'don't'\n", FaultKind.AFTER_QUOTE, 'a: "don\'t"\n', True),
        ("a: 'don't\nb: c\n", FaultKind.AFTER_QUOTE, 'a: "don\'t"\nb: c\n', False),
        ('a: "b" c\n', FaultKind.AFTER_QUOTE, "a: '\"b\" c'\n", True),
        ("a: 'it''s' x\n", FaultKind.AFTER_QUOTE, "a: \"'it''s' x\"\n", True),
        ('a: "b\\"c" d\n', FaultKind.AFTER_QUOTE, 'a: \'"b\\"c" d\'\n', True),
        ("'a b': c: d\n", FaultKind.COLON, "'a b': \"c: d\"\n", True),
        ("follow-up:  c: d\n", FaultKind.COLON, 'follow-up:  "c: d"\n', True),
        ('a: "b", c\n', FaultKind.AFTER_QUOTE, "a: '\"b\", c'\n", False),
        ("a: @b\n", FaultKind.RESERVED, 'a: "@b"\n', True),
        ("a: @b # c\n", FaultKind.RESERVED, 'a: "@b # c"\n', False),
        ("a: [@b, c]\n", FaultKind.RESERVED, 'a: ["@b", c]\n', True),
        ("a: - b\n", FaultKind.DASH, "a: [b]\n", False),
        ("a: - b, c\n", FaultKind.DASH, None, False),
        ("a: -\n", FaultKind.DASH, "a: \n", False),
        ("a: [b, , c]\n", FaultKind.SYNTAX, "a: [b, c]\n", True),
        ("a: [, b]\n", FaultKind.SYNTAX, "a: [b]\n", True),
        ("a: [b] c\n", FaultKind.BRACKET, 'a: "[b] c"\n', True),
        ("a: [b, c] d\n", FaultKind.BRACKET, 'a: "[b, c] d"\n', False),
        ("a: b]\n", None, None, False),
        ("a: [b\nc: d\n", FaultKind.BRACKET, "a: [b]\nc: d\n", True),
        ("a: [b,\n  c\nd: e\n", FaultKind.BRACKET, None, False),
        ("a: [b # c]\nd: e\n", FaultKind.BRACKET, None, False),
    ],
)
def test_the_cause_and_what_mends_it(text: str, kind: FaultKind | None, after: str | None, safe: bool) -> None:
    if kind is None:
        assert parse(text).values["a"].value == "b]"
        return
    found = fault(text)
    assert found.kind is kind
    assert (apply(text.encode(), found.fix.edits).decode() if found.fix else None) == after
    assert (found.fix is not None and found.fix.safe) is safe


@pytest.mark.parametrize(
    ("text", "kind", "after"),
    [
        ("a:\n\t- b\n\t- c\n", FaultKind.TAB, "a:\n  - b\n  - c\n"),
        ("a:\n\t- b: 1\n\t\tc: 2\n", FaultKind.TAB, "a:\n  - b: 1\n    c: 2\n"),
        ("a: b\n\tc: d\n", FaultKind.TAB, "a: b\n  c: d\n"),
        ("a:\n \t- b\n", FaultKind.TAB, None),
        ("a: b\n c: d\n", FaultKind.INDENT, "a: b\nc: d\n"),
        (" a: b\n c: d\ne: f\n", FaultKind.INDENT, "a: b\nc: d\ne: f\n"),
        ("a:\n  - b\n - c\n", FaultKind.INDENT, None),
        ("a:\n  - b\n c: d\n", FaultKind.INDENT, None),
        ("type:event\nb: 2\n", FaultKind.NO_COLON, "type: event\nb: 2\n"),
        ("https://example.org\nb: 2\n", FaultKind.NO_COLON, None),
        ("type event\nb: 2\n", FaultKind.NO_COLON, "type: event\nb: 2\n"),
        ("12 Leeds\nb: 2\n", FaultKind.NO_COLON, None),
        ("a:\u00a0b\nc: d\n", FaultKind.BLANK, "a: b\nc: d\n"),
        ("a: b\nc:\u2003d\n", FaultKind.BLANK, "a: b\nc: d\n"),
        ("a:\u200bb\nc: d\n", FaultKind.BLANK, "a:b\nc: d\n"),
        ("a:\n\u00a0\u00a0- b\n", FaultKind.BLANK, "a:\n  - b\n"),
        ("- a: b\nc: d\n", FaultKind.DASH, "a: b\nc: d\n"),
        ("a: b\n- c: d\n", FaultKind.DASH, "a: b\nc: d\n"),
        ("a: b\n-\nc: d\n", FaultKind.DASH, "a: b\nc: d\n"),
    ],
)
def test_the_cause_in_a_line_and_what_mends_it(text: str, kind: FaultKind, after: str | None) -> None:
    found = fault(text)
    assert found.kind is kind
    assert (apply(text.encode(), found.fix.edits).decode() if found.fix else None) == after


def test_a_bracket_in_a_comment_is_told() -> None:
    found = fault("a: [b # c]\nd: e\n")
    assert (found.message, found.span and found.span.column) == ("this # turns the ] after it into a comment", 7)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a:\u00a0b\nc: d\n", "this is a no-break space, U+00A0, not a normal space"),
        ("a:\u2003b\nc: d\n", "this space is U+2003, not a normal space"),
        ("a: b\n- c: d\n", "this - starts a list where a field is required"),
    ],
)
def test_the_sentence(text: str, message: str) -> None:
    assert fault(text).message == message


def test_a_missing_colon_may_be_a_line_that_goes_on() -> None:
    fix = fault("type event\nb: 2\n").fix
    assert fix is not None
    assert not fix.safe


def test_an_apostrophe_is_not_taken_for_a_quote_for_sure() -> None:
    fix = fault("a: 'tis the season\nb: c\n").fix
    assert fix is not None
    assert not fix.safe


@pytest.mark.parametrize(
    ("text", "kind", "place", "hint"),
    [
        (
            "title: IET lecture: storage\n",
            FaultKind.COLON,
            (1, 19),
            'put the value in quotes: title: "IET lecture: storage"',
        ),
        ('a: "x": y: z\n', FaultKind.AFTER_QUOTE, (1, 6), """write '"x": y: z'"""),
        ("l:\n  - a: 1\n    b: x: y\n", FaultKind.COLON, (3, 9), 'put the value in quotes: b: "x: y"'),
        ('a: say "hi": now\n', FaultKind.COLON, (1, 12), """put the value in quotes: a: 'say "hi": now'"""),
        ("a: 1\n\tb: 2\n", FaultKind.TAB, (2, 1), "use spaces: YAML does not allow tabs here"),
        ("a:\n \t- x\n", FaultKind.TAB, (2, 2), "use spaces: YAML does not allow tabs here"),
        ('a: "open\nb: 2\n', FaultKind.QUOTE, (1, 4), 'write "open"'),
        ('a: "open\nb: "x"\nc: 1\n', FaultKind.QUOTE, (1, 4), 'write "open"'),
        ("a: 'open\nb: 1\n", FaultKind.QUOTE, (1, 4), 'write "open"'),
        ('a: ["x]\nb: 2\n', FaultKind.QUOTE, (1, 5), 'close it with " where the value ends'),
        ("a: @x\n", FaultKind.RESERVED, (1, 4), 'put the value in quotes: a: "@x"'),
        ("a: `x`\n", FaultKind.RESERVED, (1, 4), 'put the value in quotes: a: "`x`"'),
        ("a: *bold*\n", FaultKind.RESERVED, (1, 4), 'put the value in quotes: a: "*bold*"'),
        ("a: 50%\nb: %x\n", FaultKind.RESERVED, (2, 4), 'put the value in quotes: b: "%x"'),
        ("a: > x\n", FaultKind.RESERVED, (1, 4), 'put the value in quotes: a: "> x"'),
        ("a: - b\n", FaultKind.DASH, (1, 4), "start the list on its own line, or write a: [b]"),
        ("a: [@x]\n", FaultKind.RESERVED, (1, 5), 'put the value in quotes: "@x"'),
        ("a: [1, 2\nb: 3\n", FaultKind.BRACKET, (1, 4), "write [1, 2]"),
        ("a: {b: 1\nc: 2\n", FaultKind.BRACKET, (1, 4), "write {b: 1}"),
        ("a: [b]]\n", FaultKind.BRACKET, (1, 7), "delete it, or put the value in quotes"),
        ("a: [Draft] x\n", FaultKind.BRACKET, (1, 10), 'put the value in quotes: "[Draft] x"'),
        ("a: 1\nb: [\n", FaultKind.BRACKET, (2, 4), "write []"),
        ("a: 1\n  b: 2\n", FaultKind.INDENT, (2, 1), "start fields that belong together in the same column"),
        (" a: 1\nb: 2\n", FaultKind.INDENT, (2, 1), "start fields that belong together in the same column"),
        ("a:\n  - x\n - y\n", FaultKind.INDENT, (3, 1), "start fields that belong together in the same column"),
        ('a: "x"\ntype event\nb: 2\n', FaultKind.NO_COLON, (2, 1), "write type: event"),
        ("type:event\nb: 2\n", FaultKind.NO_COLON, (1, 1), "write type: event"),
        ("type:event\n", FaultKind.NO_COLON, (1, 1), "write type: event"),
        ('a: "C:\\Users"\n', FaultKind.ESCAPE, (1, 7), "write 'C:\\Users'"),
        ('a: "\\q"\n', FaultKind.ESCAPE, (1, 5), "write '\\q'"),
        ('a: "x" y\n', FaultKind.AFTER_QUOTE, (1, 6), """write '"x" y'"""),
        ("a: 'don't'\n", FaultKind.AFTER_QUOTE, (1, 8), 'write "don\'t"'),
        ("a: [,]\n", FaultKind.SYNTAX, (1, 5), "delete it, or put the value in quotes"),
    ],
)
def test_the_cause_and_the_way_out(text: str, kind: FaultKind, place: tuple[int, int], hint: str) -> None:
    with pytest.raises(Unreadable) as caught:
        parse(text)
    (fault,) = caught.value.faults
    assert fault.span is not None
    assert (fault.kind, (fault.span.line, fault.span.column), fault.hint) == (kind, place, hint)


@pytest.mark.parametrize("value", ["a: b", 'say "hi"', "C:\\x", "don't", "'\"\\"])
def test_in_quotes_is_read_as_the_value(value: str) -> None:
    assert parse(f"a: {in_quotes(value)}\n").values["a"].value == value  # type: ignore[union-attr]
