import re

import pytest

from cpdkit.documents.formats.md import write_markdown
from tests.documents.office_sample import photograph, sample
from tests.documents.sample_ast import PROPERTIES, parse


def made(markdown: str) -> str:
    return write_markdown(parse(markdown), {}, PROPERTIES).decode()


def test_the_sample_reads_well_and_has_no_html() -> None:
    text = write_markdown(sample(), {"m0001.png": photograph()}, PROPERTIES).decode()
    assert not re.search(r"<[a-z/]|&nbsp;|\[TABLE\]|cpd-media|:::", text)
    assert text.startswith("*Continuing professional development*\n\n# Activity report 2026\n")
    for line in (
        "- **Member:** Angharad Llywelyn MEng MIET",
        "- **41.5 h** recorded",
        "> - **Follow-up:** Relay test in June",
    ):
        assert f"\n{line}\n" in text
    assert "| January 2026   |     2 |" in text
    assert "*A relay made from a nail and a coil*" in text


def test_links_lead_to_the_anchors_that_headings_get() -> None:
    text = made("[one](#x1) [two](#x2) [none](#x3)\n\n## Grid: *storage*, again {#x1}\n\n## Grid storage again {#x2}\n")
    assert "[one](#grid-storage-again) [two](#grid-storage-again-1) [none](#x3)" in text


def test_fields_are_separate_from_a_list_before_them() -> None:
    text = made("- a\n\n::: {.fields}\n| | |\n|--|--|\n| Role | b |\n:::\n")
    assert text == "- a\n\n> - **Role:** b\n"


@pytest.mark.parametrize(
    ("words", "written"),
    [
        (r"\\(z\\) C:\\dir\\ \\\*", r"\\(z\\) C:\\dir\\ \\\*"),
        (r"\&nbsp; \&#65; \&#x41; &amp;amp;", r"\&nbsp; \&#65; \&#x41; \&amp;"),
        ("R&D, AT&T; a & b", r"R&D, AT\&T; a & b"),
        (r"`\&lt;` $\alpha & b$", r"`\&lt;` $`\alpha & b`$"),
        ("https://x.example/?a=1&b=2", "<https://x.example/?a=1&b=2>"),
        (r"[a \\ \&lt;](https://x.example/?a&b)", r"[a \\ \&lt;](https://x.example/?a&b)"),
        (r"[\!\[x\](y)](https://x.example/)", r"[!\[x\](y)](https://x.example/)"),
        (r"\![a link](https://x.example/)", r"\![a link](https://x.example/)"),
        (r"![a\\b \&lt;](cpd-media:m0001.png)", r"*a\\b \&lt;*"),
    ],
)
def test_what_pandoc_would_lose_is_literal(words: str, written: str) -> None:
    assert made(f"{words}\n\n# {words}\n") == f"{written}\n\n# {written}\n"


def test_a_backslash_is_as_wide_in_a_table_as_it_is_written() -> None:
    assert made("| a |\n|---|\n| \\\\\\\\ |\n| bcdef |\n").splitlines()[2:] == [r"| \\\\  |", "| bcdef |"]
