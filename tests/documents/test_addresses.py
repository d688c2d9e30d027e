"""Which addresses may be linked."""

import pytest

from cpdkit.documents.addresses import MOST, safe_address


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://x.example/a?b=c#d", "https://x.example/a?b=c#d"),
        ("HTTP://X.example", "HTTP://X.example"),
        ("http://user@x.example", "http://user@x.example"),
        ("http://[::1]/", "http://[::1]/"),
        ("mailto:a@b.example", "mailto:a@b.example"),
        ("tel:+441132223333", "tel:+441132223333"),
        (" https://x.example ", "https://x.example"),
        ('https://x.example/a b"<c>', "https://x.example/a%20b%22%3Cc%3E"),
        ("https://x.example/\x01\x7f", "https://x.example/%01%7F"),
        ("https://ü.example/ü", "https://ü.example/ü"),
    ],
)
def test_safe(address: str, expected: str) -> None:
    assert safe_address(address) == expected


@pytest.mark.parametrize(
    "address",
    [
        "",
        "http://",
        "https:///path",
        "https://?q",
        "javascript:alert(1)",
        "JAVASCRIPT:x",
        "data:text/html,x",
        "file:///etc/passwd",
        "ftp://x.example",
        "//x.example",
        "x.example",
        "../a.pdf",
        "#a",
        "mailto:",
        "mailto:x",
        "tel:",
        "tel:x",
        "vbscript:x",
        "https://x.example/" + "a" * MOST,
        "java\nscript:x",
        "http s://x",
    ],
)
def test_not_safe(address: str) -> None:
    assert safe_address(address) is None
