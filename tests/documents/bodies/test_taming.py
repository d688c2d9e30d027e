"""A body's text on its way to Pandoc."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdkit.documents.bodies.taming import SUSPICIOUS_SIZE, as_text, tame
from tests.documents.hostile import HOSTILE

ORDINARY = """Text with *words*, `code` and [a link](https://x.example/a|b).

- [x] item
  - below, [wrapped
    link](https://x.example)

```python
x = "[^1]: | <!-- $"
```

| a | b |
|---|---|
| 1 | 2 |

Note[^1] and [label].

[^1]: Text
    of it.
[label]: https://x.example
"""


def test_an_ordinary_body_stays_as_it_is() -> None:
    tamed = tame(ORDINARY)
    assert tamed.text == ORDINARY
    assert (tamed.problems, tamed.suspicious, tamed.notes) == ((), False, 1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("~~~ python\nx\n~~~", None),
        ("~~~ {.x} words\ncode\n~~~", "~~~\n{.x} words\ncode\n~~~"),
        ("  - ~~~ two words\n    code", "  - ~~~\n    two words\n    code"),
        ("> ``` two words\n> code", "> ```\n> two words\n> code"),
        ("~~~ ~~~\nx", "~~~\nx"),
        ("```\n[^1]: | a | b\n```", None),
        ("a\r\nb\x00\x0c", "a\nb "),
        ("<div>\n~~~ two words\n</div>\n\n[^1]: x", "<div>\n~~~ two words\n</div>\n\n\n\\[^1]: x"),
    ],
)
def test_fences_and_characters(text: str, expected: str | None) -> None:
    assert tame(text).text == (expected or text)


def test_problems_have_the_lines_of_the_body() -> None:
    text = "~~~ two words\n~~~\na <!-- x\ny --> b\n\n[^1]: unused\n\n| a |\n|---|\n| 1 | 2 |\n\n<!-- open"
    assert [(problem.code, problem.line) for problem in tame(text).problems] == [
        ("CPD904", 12),
        ("CPD907", 6),
        ("CPD908", 10),
    ]


def test_footnotes_can_become_text() -> None:
    tamed = as_text(tame("a[^1]\n\n```\n[^1]\n```\n\n[^1]: x"))
    assert tamed.text == "a\\[^1]\n\n```\n[^1]\n```\n\n\\[^1]: x"
    assert (tamed.notes, [problem.code for problem in tamed.problems]) == (0, ["CPD907"])


@pytest.mark.parametrize("text", ["x" * (SUSPICIOUS_SIZE + 1), "[a]" * 3000, "*a_ " * 3000])
def test_what_may_take_long_goes_alone(text: str) -> None:
    assert tame(text).suspicious


@given(st.text(alphabet="ab \n|-[]^:`~<>!*_#1.\\", max_size=300))
def test_no_letter_is_lost_but_those_of_comments(text: str) -> None:
    tamed = tame(text)
    if "<!--" not in text:
        assert [c for c in tamed.text if c.isalnum()] == [c for c in text if c.isalnum()]
    assert tame(tamed.text).text.count("a") == tamed.text.count("a")


def test_it_takes_no_time() -> None:
    started = time.process_time()
    for body in HOSTILE.values():
        tame(body)
    assert time.process_time() - started < 5
