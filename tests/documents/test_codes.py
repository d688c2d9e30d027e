"""Every code that a document's parts report is in the table, and becomes a diagnostic at its place."""

import re
from pathlib import Path

from cpdkit.diagnostics import Severity, Span
from cpdkit.documents import codes
from cpdkit.documents.codes import CODES, diagnostic
from cpdkit.documents.problems import Problem

SOURCES = Path(codes.__file__).parent


def test_every_code_used_is_known() -> None:
    sources = [path.read_text("utf-8") for path in SOURCES.rglob("*.py") if path.name != "codes.py"]
    used = {code for source in sources for code in re.findall(r"CPD9\d\d", source)}
    assert used <= set(CODES)
    assert all(code.startswith("CPD9") and rule.title for code, rule in CODES.items())


def test_a_problem_gets_a_place_where_the_body_has_one() -> None:
    made = diagnostic("activities/a.md", Problem("CPD904", "message", "hint", 3), 10)
    assert made.location == "activities/a.md:12:1"
    assert (made.severity, made.message, made.hint) == (Severity.WARNING, "message", "hint")
    assert made.span == Span(12, 1, 12, 2)


def test_without_a_line_it_is_of_the_whole_file() -> None:
    assert diagnostic("a.md", Problem("CPD901", "x"), 10).span is None
    assert diagnostic("a.md", Problem("CPD901", "x", line=3)).span is None
