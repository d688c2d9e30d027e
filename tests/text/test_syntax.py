import pytest

from cpdkit.text.faults import Kind, Unreadable
from cpdkit.text.mending import in_quotes
from cpdkit.text.values import parse


@pytest.mark.parametrize(
    ("text", "kind", "place", "hint"),
    [
        (
            "title: IET lecture: storage\n",
            Kind.COLON,
            (1, 19),
            'put the value in quotes: title: "IET lecture: storage"',
        ),
        ('a: "x": y: z\n', Kind.AFTER_QUOTE, (1, 6), """write '"x": y: z'"""),
        ("l:\n  - a: 1\n    b: x: y\n", Kind.COLON, (3, 9), 'put the value in quotes: b: "x: y"'),
        ('a: say "hi": now\n', Kind.COLON, (1, 12), """put the value in quotes: a: 'say "hi": now'"""),
        ("a: 1\n\tb: 2\n", Kind.TAB, (2, 1), "use spaces; YAML takes no tabs here"),
        ("a:\n \t- x\n", Kind.TAB, (2, 2), "use spaces; YAML takes no tabs here"),
        ('a: "open\nb: 2\n', Kind.QUOTE, (1, 4), 'write "open"'),
        ('a: "open\nb: "x"\nc: 1\n', Kind.QUOTE, (1, 4), 'write "open"'),
        ("a: 'open\nb: 1\n", Kind.QUOTE, (1, 4), 'write "open"'),
        ('a: ["x]\nb: 2\n', Kind.QUOTE, (1, 5), 'close it with " where the value ends'),
        ("a: @x\n", Kind.RESERVED, (1, 4), 'put the value in quotes: a: "@x"'),
        ("a: `x`\n", Kind.RESERVED, (1, 4), 'put the value in quotes: a: "`x`"'),
        ("a: *bold*\n", Kind.RESERVED, (1, 4), 'put the value in quotes: a: "*bold*"'),
        ("a: 50%\nb: %x\n", Kind.RESERVED, (2, 4), 'put the value in quotes: b: "%x"'),
        ("a: > x\n", Kind.RESERVED, (1, 4), 'put the value in quotes: a: "> x"'),
        ("a: - b\n", Kind.DASH, (1, 4), "start the list on its own line, or write a: [b]"),
        ("a: [@x]\n", Kind.RESERVED, (1, 5), 'put the value in quotes: "@x"'),
        ("a: [1, 2\nb: 3\n", Kind.BRACKET, (1, 4), "write [1, 2]"),
        ("a: {b: 1\nc: 2\n", Kind.BRACKET, (1, 4), "write {b: 1}"),
        ("a: [b]]\n", Kind.BRACKET, (1, 7), "delete it, or put the value in quotes"),
        ("a: [Draft] x\n", Kind.BRACKET, (1, 10), 'put the value in quotes: "[Draft] x"'),
        ("a: 1\nb: [\n", Kind.BRACKET, (2, 4), "write []"),
        ("a: 1\n  b: 2\n", Kind.INDENT, (2, 1), "start fields that belong together in the same column"),
        (" a: 1\nb: 2\n", Kind.INDENT, (2, 1), "start fields that belong together in the same column"),
        ("a:\n  - x\n - y\n", Kind.INDENT, (3, 1), "start fields that belong together in the same column"),
        ('a: "x"\ntype event\nb: 2\n', Kind.NO_COLON, (2, 1), "write type: event"),
        ("type:event\nb: 2\n", Kind.NO_COLON, (1, 1), "write type: event"),
        ("type:event\n", Kind.NO_COLON, (1, 1), "write type: event"),
        ('a: "C:\\Users"\n', Kind.ESCAPE, (1, 7), "write 'C:\\Users'"),
        ('a: "\\q"\n', Kind.ESCAPE, (1, 5), "write '\\q'"),
        ('a: "x" y\n', Kind.AFTER_QUOTE, (1, 6), """write '"x" y'"""),
        ("a: 'don't'\n", Kind.AFTER_QUOTE, (1, 8), 'write "don\'t"'),
        ("a: [,]\n", Kind.SYNTAX, (1, 5), "delete it, or put the value in quotes"),
    ],
)
def test_the_cause_and_the_way_out(text: str, kind: Kind, place: tuple[int, int], hint: str) -> None:
    with pytest.raises(Unreadable) as caught:
        parse(text)
    (fault,) = caught.value.faults
    assert fault.span is not None
    assert (fault.kind, (fault.span.line, fault.span.column), fault.hint) == (kind, place, hint)


@pytest.mark.parametrize("value", ["a: b", 'say "hi"', "C:\\x", "don't", "'\"\\"])
def test_in_quotes_is_read_as_the_value(value: str) -> None:
    assert parse(f"a: {in_quotes(value)}\n").values["a"].value == value  # type: ignore[union-attr]
