import time

import pytest

from cpdkit.text.html_text import MOST_MARKUP, one_line, plain_text


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Plain, with 1 < 2 and a > b\n", "Plain, with 1 < 2 and a > b"),
        ("R&amp;D as typed", "R&amp;D as typed"),
        ("One<br>two<br/>three", "One\ntwo\nthree"),
        ("<p>One&nbsp;&amp; two</p>\n<p>Three</p>", "One & two\n\nThree"),
        ("<ul><li>a</li>\n<li>b <b>c</b></li></ul>", "- a\n- b c"),
        ('<a href="https://example.org/x">Here</a>, <a href="https://example.org">https://example.org</a>',
         "Here (https://example.org/x), https://example.org"),
        ('<a href="javascript:alert(1)">Here</a>', "Here"),
        ("<html><head><title>T</title><style>p {}</style></head><body>\n<div>Words\nof one line</div></body></html>",
         "Words of one line"),
        ("<script>alert(1)</script><b>x</b>", "x"),
        ("First\nsecond, <b>bold</b>", "First\nsecond, bold"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
        ("a\r\n\r\n\r\n\r\nb\u202e\x07", "a\n\nb"),
    ],
)  # fmt: skip
def test_descriptions_become_plain_text(text: str, plain: str) -> None:
    assert plain_text(text) == plain


def test_long_markup_is_left_and_hostile_markup_ends() -> None:
    long = "<b>x</b>" * MOST_MARKUP
    assert plain_text(long) == long
    began = time.monotonic()
    for hostile in ('<b>x<a href="', "<b>x<!--", "<b>x</", "<b>x<![CDATA["):
        plain_text((hostile * MOST_MARKUP)[:MOST_MARKUP])
    assert time.monotonic() - began < 5


def test_one_line() -> None:
    assert one_line(" a\n\tb\u202e ") == "a b"
