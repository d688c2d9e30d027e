"""Formats of files by suffix, and file names that every system accepts."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdkit.documents.report_files import FORMATS, file_name, format_of
from cpdkit.errors import UsageError


@pytest.mark.parametrize(
    ("name", "suffix"), [("a.pdf", "pdf"), ("A.DOCX", "docx"), ("a.b/c.d.html", "html"), (" .md", "md")]
)
def test_the_format_of_a_suffix(name: str, suffix: str) -> None:
    assert format_of(Path(name)) == suffix


@pytest.mark.parametrize("name", ["report", "report.", "report.doc", "report.pdf.zip", ".pdf", "report.htm"])
def test_any_other_suffix_is_refused_with_those_there_are(name: str) -> None:
    with pytest.raises(UsageError, match="no known suffix") as caught:
        format_of(Path(name))
    assert all(f".{each}" in caught.value.hint for each in FORMATS)


@pytest.mark.parametrize(
    ("member", "period", "expected"),
    [
        ("Angharad Llywelyn", "2026", "angharad-llywelyn-detailed-2026.pdf"),
        ("Zażółć O'Gęślą", "all", "zażółć-o-gęślą-detailed-all.pdf"),
        ("山田 太郎", "2025-04-01--2026-03-31", "山田-太郎-detailed-2025-04-01--2026-03-31.pdf"),
        ("प्रिया शर्मा", "2026", "प्रिया-शर्मा-detailed-2026.pdf"),
        ("../../etc/passwd", "2026", "etc-passwd-detailed-2026.pdf"),
        ("---", "2026", "detailed-2026.pdf"),
        ("Ang\u0301e", "2026", "anǵe-detailed-2026.pdf"),
    ],
)
def test_a_file_name_has_the_member_the_kind_and_the_period(member: str, period: str, expected: str) -> None:
    assert file_name(member, "detailed", period, "pdf") == expected


@given(st.text())
def test_any_name_makes_a_plain_short_file_name(member: str) -> None:
    made = file_name(member, "summary", "2026", "docx")
    assert made.endswith("summary-2026.docx")
    assert not set(made) & set('/\\:*?"<>|\0\n\t ')
    assert not made.startswith((".", "-"))
    assert len(made.encode()) <= 130
