from pathlib import Path

import pytest

from cpdkit.checks.report import summary, tell, told
from cpdkit.diagnostics import Diagnostic, Severity, Span
from cpdkit.text.cells import width
from tests.journal.folders import GOOD, journal_of


def problem(source: str, span: Span | None, note: str = "", hint: str = "", path: str = "a.md") -> Diagnostic:
    return Diagnostic(path, span, "CPD204", Severity.ERROR, "so", source, note, hint)


def test_the_place_the_line_and_the_way_out() -> None:
    each = problem("start: 2026-02-30", Span(4, 8, 4, 18), "February 2026 ends on the 28th", "mend it")
    assert told([each]) == (
        "a.md:4:8: error CPD204: so\n"
        "  4 │ start: 2026-02-30\n"
        "    │        ^^^^^^^^^^ February 2026 ends on the 28th\n"
        "    │        mend it"
    )


def test_of_a_whole_file_there_is_no_line() -> None:
    assert tell(problem("", None, hint="mend it")) == ["a.md: error CPD204: so", "    mend it"]


def test_a_far_line_keeps_the_gutter_straight() -> None:
    first, line, caret = tell(problem("ab", Span(12345, 2, 12345, 3)))
    assert (first, line, caret) == ("a.md:12345:2: error CPD204: so", "12345 │ ab", "      │  ^")


@pytest.mark.parametrize(
    ("source", "span", "line", "caret"),
    [
        ("a:\tb", Span(1, 4, 1, 5), "a:    b", "      ^"),
        ("\tb", Span(1, 1, 1, 2), "    b", "^^^^"),
        ("東京 b", Span(1, 4, 1, 5), "東京 b", "     ^"),
        ("a 東京", Span(1, 3, 1, 5), "a 東京", "  ^^^^"),
        ("e\u0301 b", Span(1, 4, 1, 5), "e\u0301 b", "  ^"),
        ("a: |", Span(1, 4, 3, 1), "a: |", "   ^"),
        ("a: b   ", Span(1, 4, 2, 1), "a: b   ", "   ^"),
        ("a: ", Span(1, 4, 1, 4), "a: ", "   ^"),
        ("a\x1b[2Jb", Span(1, 6, 1, 7), "a\\e[2Jb", "      ^"),
    ],
)
def test_the_caret_stands_under_what_is_marked(source: str, span: Span, line: str, caret: str) -> None:
    _, shown, below = tell(problem(source, span))
    assert (shown, below) == (f"  1 │ {line}", f"    │ {caret}")


@pytest.mark.parametrize("at", [1, 50, 500, 4_990])
def test_a_long_line_is_cut_around_its_mark(at: int) -> None:
    source = "x" * (at - 1) + "東" + "y" * (5_000 - at)
    _, shown, below = tell(problem(source, Span(1, at, 1, at + 1)))
    assert width(shown) <= 110
    before = width(below.rstrip("^"))
    assert below.endswith("^^")
    assert width(shown[: shown.index("東")]) == before


def test_nothing_steers_the_terminal() -> None:
    each = problem("a\x1b]0;x\x07", Span(1, 1, 1, 2), "\u202enote", "hi\nnt", "a\nb\x1b.md")
    assert all(line.isprintable() for line in told([each]).split("\n"))


def test_colour_is_only_where_it_is_wanted() -> None:
    each = problem("ab", Span(1, 1, 1, 2))
    assert "\x1b" not in told([each])
    assert told([each], colour=True).count("\x1b[1;31m") == 2


@pytest.mark.parametrize(
    ("severities", "said"),
    [
        ([], "1 activity checked: no problems"),
        ([Severity.ERROR], "1 activity checked: 1 error"),
        ([Severity.WARNING, Severity.ERROR, Severity.ERROR], "1 activity checked: 2 errors, 1 warning"),
        ([Severity.ADVICE, Severity.ADVICE], "1 activity checked: 2 pieces of advice"),
    ],
)
def test_summary(tmp_path: Path, severities: list[Severity], said: str) -> None:
    journal = journal_of(tmp_path, {"activities/a.md": GOOD})
    assert summary(journal, [Diagnostic("a.md", None, "CPD204", each, "so") for each in severities]) == said


def test_what_could_not_be_read_was_checked_too(tmp_path: Path) -> None:
    journal = journal_of(tmp_path, {"activities/a.md": GOOD, "activities/b.md": b"", "plan/c.md": b""})
    assert summary(journal, journal.diagnostics) == "2 activities checked: 2 errors"
