"""Code fences, and where they end."""

import pytest

from cpdkit.documents.bodies.fences import opening, opens_html, starts_item


@pytest.mark.parametrize(
    ("line", "in_list", "info"),
    [
        ("```python", False, "python"),
        ("   ~~~~ a b", False, "a b"),
        ("> ```", False, ""),
        ("- ```sh", False, "sh"),
        ("    ```", True, ""),
        ("    ```", False, None),
        ("``` a`b", False, None),
        ("~~~ a`b", False, "a`b"),
        ("``", False, None),
        ("text ```", False, None),
    ],
)
def test_opening(line: str, in_list: bool, info: str | None) -> None:
    found = opening(line, in_list=in_list)
    assert (found and found[1]) == info


@pytest.mark.parametrize(
    ("line", "closed"),
    [
        ("```", True),
        ("````  ", True),
        ("  ```", True),
        ("``", False),
        ("``` x", False),
        ("~~~", False),
        ("> ```", True),
    ],
)
def test_closing(line: str, closed: bool) -> None:
    found = opening("```", in_list=False)
    assert found is not None
    assert found[0].closed_by(line) is closed


@pytest.mark.parametrize(
    ("fence", "in_list", "line", "left"),
    [
        ("```", False, "text", False),
        ("> ```", False, "text", True),
        ("> ```", False, "> text", False),
        ("- ```", False, "text", True),
        ("- ```", False, "  text", False),
        ("- ```", False, "", False),
        ("  ```", True, "text", True),
        ("  ```", False, "text", False),
    ],
)
def test_a_fence_ends_with_what_it_stands_in(fence: str, in_list: bool, line: str, left: bool) -> None:
    found = opening(fence, in_list=in_list)
    assert found is not None
    assert found[0].left_by(line) is left


@pytest.mark.parametrize(
    ("line", "item"), [("- a", True), ("> 3) a", True), ("a - b", False), ("-a", False), ("1.5 h", False)]
)
def test_items(line: str, item: bool) -> None:
    assert starts_item(line) is item


@pytest.mark.parametrize(
    ("line", "html"),
    [
        ("<div>", True),
        ("  </table", True),
        ("> <p class='x'> text", True),
        ("<x-y a=b>", True),
        ("<b>text</b>", False),
        ("a <div>", False),
        ("<https://x.example>", False),
    ],
)
def test_raw_html(line: str, html: bool) -> None:
    assert opens_html(line) is html
