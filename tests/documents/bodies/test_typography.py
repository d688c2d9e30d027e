"""Quotes, dashes, ellipses and bare addresses."""

import pytest

from cpdkit.documents.bodies.typography import typeset
from cpdkit.text.markdown import read
from cpdkit.text.markdown_blocks import plain, walk_inlines


def set_of(body: str) -> str:
    return plain(typeset(read(body).blocks[0].inlines))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("\"a\" 'b'", "“a” ‘b’"),
        ("it's the '90s, a 5\" pipe", "it’s the ’90s, a 5” pipe"),
        ("\"'a' b\"", "“‘a’ b”"),
        ('**"a"** ("b") "*c*"', "“a” (“b”) “c”"),
        ('"open', "“open"),
        ('\\"a\\" &quot;b&quot; `"c"` $"d"$', '"a" "b" "c" "d"'),
        ("`x`'s", "x’s"),
        ("a -- b --- c - d ----- e", "a – b — c - d —– e"),
        ("a... b.. c....", "a… b.. c…."),
        ('a\n"b"', "a “b”"),
        ("no signs", "no signs"),
    ],
)
def test_signs(body: str, expected: str) -> None:
    assert set_of(body) == expected


@pytest.mark.parametrize(
    ("body", "addresses"),
    [
        ("see https://x.example/a_(b)--c... or", ["https://x.example/a_(b)--c"]),
        ("(www.x.example/y). www.x.example.", ["http://www.x.example/y", "http://www.x.example"]),
        ("me@x.org, mailto:me@x.org", ["mailto:me@x.org", "mailto:me@x.org"]),
        ("**http://x.example**", ["http://x.example"]),
        ("[https://x.example](https://y.example)", ["https://y.example"]),
        ("`https://x.example` ftp://x.example //x.example x.example", []),
    ],
)
def test_bare_addresses_are_links(body: str, addresses: list[str]) -> None:
    made = typeset(read(body).blocks[0].inlines)
    assert [each.address for each in walk_inlines(made) if each.kind == "link"] == addresses
    assert plain(made).replace("…", "...") == plain(read(body).blocks[0].inlines)


def test_what_was_read_stays_as_it_was() -> None:
    inlines = read('"a *b\'s* -- www.x.example"').blocks[0].inlines
    before = repr(inlines)
    typeset(inlines)
    assert repr(inlines) == before


@pytest.mark.slow
@pytest.mark.parametrize(
    "text", ["\"a'" * 10_000, "www." * 4_000, "a@" * 10_000, "http://" * 5_000, "a" + "-" * 50_000]
)
def test_hostile_texts_end(text: str) -> None:
    assert set_of(text)
