from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdkit.checks.engine import CheckResult
from cpdkit.checks.formats.text import (
    LEAST_COLUMNS,
    diagnostic_lines,
    diagnostics_text,
    is_summarised,
    overview,
    summary,
)
from cpdkit.diagnostics import Diagnostic, Edit, Fix, Severity, Span
from cpdkit.text.terminal import width


def problem(source: str, span: Span | None, note: str = "", hint: str = "", path: str = "a.md") -> Diagnostic:
    return Diagnostic(path, span, "CPD204", Severity.ERROR, "so", source, note, hint)


def test_the_place_the_line_and_the_way_out() -> None:
    each = problem("start: 2026-02-30", Span(4, 8, 4, 18), "February 2026 ends on the 28th", "mend it")
    assert diagnostics_text([each]) == (
        "a.md:4:8: error CPD204: so\n"
        "  4 │ start: 2026-02-30\n"
        "    │        ^^^^^^^^^^ February 2026 ends on the 28th\n"
        "    │        mend it"
    )


def test_of_a_whole_file_there_is_no_line() -> None:
    assert diagnostic_lines(problem("", None, hint="mend it")) == ["a.md: error CPD204: so", "    mend it"]


def test_a_far_line_keeps_the_gutter_straight() -> None:
    first, line, caret = diagnostic_lines(problem("ab", Span(12345, 2, 12345, 3)))
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
    _, shown, below = diagnostic_lines(problem(source, span))
    assert (shown, below) == (f"  1 │ {line}", f"    │ {caret}")


@pytest.mark.parametrize("at", [1, 50, 500, 4_990])
def test_a_long_line_is_cut_around_its_mark(at: int) -> None:
    source = "x" * (at - 1) + "東" + "y" * (5_000 - at)
    _, shown, below = diagnostic_lines(problem(source, Span(1, at, 1, at + 1)))
    assert width(shown) <= 110
    before = width(below.rstrip("^"))
    assert below.endswith("^^")
    assert width(shown[: shown.index("東")]) == before


def test_nothing_steers_the_terminal() -> None:
    each = problem("a\x1b]0;x\x07", Span(1, 1, 1, 2), "\u202enote", "hi\nnt", "a\nb\x1b.md")
    assert all(line.isprintable() for line in diagnostics_text([each]).split("\n"))


def test_colour_is_only_where_it_is_wanted() -> None:
    each = problem("ab", Span(1, 1, 1, 2))
    assert "\x1b" not in diagnostics_text([each])
    assert diagnostics_text([each], colour=True).count("\x1b[1;31m") == 2


def test_a_path_is_written_as_asked() -> None:
    each = problem("ab", Span(1, 1, 1, 2))
    assert diagnostic_lines(each, path_of=lambda path: f"journal/{path}")[0] == "journal/a.md:1:1: error CPD204: so"


@pytest.mark.parametrize(
    ("safe", "expected"),
    [
        (True, "cpd check --fix renames it to provider"),
        (False, "cpd check --unsafe-fix renames it to provider"),
    ],
)
def test_what_can_mend_it_is_named(safe: bool, expected: str) -> None:
    span = Span(2, 1, 2, 8)
    fix = Fix("rename it to provider", (Edit(span, "provider"),), safe)
    each = Diagnostic("a.md", span, "CPD212", Severity.ERROR, "so", "provder: x", "did you mean provider?", fix=fix)
    assert diagnostic_lines(each)[2:] == ["    │ ^^^^^^^ did you mean provider?", f"    │ {expected}"]


def test_a_hint_that_says_the_same_is_not_said_twice() -> None:
    span = Span(4, 8, 4, 17)
    fix = Fix("write 2024-04-27", (Edit(span, "2024-04-27"),))
    each = Diagnostic("a.md", span, "CPD205", Severity.ERROR, "so", "start: 27.4.2024", "", "write 2024-04-27", fix)
    assert diagnostic_lines(each)[2:] == ["    │        ^^^^^^^^^ cpd check --fix writes 2024-04-27"]


def test_in_a_terminal_the_place_stays_whole_and_the_rest_is_fitted() -> None:
    path = "journal/activities/2026/2026-03-14-grid-storage-lecture.md"
    each = problem(
        "provider: " + "x" * 20, Span(4, 11, 4, 31), "a note that is too long to stand beside the caret", path=path
    )
    assert diagnostic_lines(each, columns=60) == [
        f"{path}:4:11:",
        "    error CPD204: so",
        f"  4 │ provider: {'x' * 20}",
        f"    │           {'^' * 20}",
        "    │           a note that is too long to stand beside the",
        "    │           caret",
    ]


def test_far_right_what_stands_below_the_caret_starts_at_the_left() -> None:
    each = problem("x" * 30 + "y", Span(4, 31, 4, 32), "a note that has no room to the right of it")
    assert diagnostic_lines(each, columns=50)[2:] == [
        f"    │ {' ' * 30}^",
        "    │ a note that has no room to the right of it",
    ]


WORDS = st.text(st.sampled_from("ab 東é\t\x1b"), max_size=120)


@given(WORDS, WORDS, st.integers(1, 130), st.integers(0, 60), st.integers(1, 120))
def test_no_line_of_the_file_is_wider_than_the_terminal(
    source: str, note: str, start: int, long: int, columns: int
) -> None:
    each = problem(source, Span(1, start, 1, start + long), note)
    lines = [line for line in diagnostic_lines(each, columns=columns) if "│" in line]
    widest = max(columns, LEAST_COLUMNS)
    # A word that is wider than the room next to the gutter sticks out, with the text before it.
    wide = [line[6:].split() for line in lines if width(line) > widest]
    assert all(len(words) < 2 or any(width(word) > widest - 6 for word in words) for words in wide)
    if source:
        assert "^" in lines[1]


def checked(*severities: Severity, fixes: int = 0) -> CheckResult:
    fix = Fix("mend it", (Edit(Span(1, 1, 1, 1), "x"),))
    return CheckResult(
        Path(),
        tuple(
            Diagnostic("a.md", None, f"CPD20{number}", each, "so", fix=fix if number < fixes else None)
            for number, each in enumerate(severities)
        ),
        61,
        70,
    )


ERROR, WARNING, ADVICE = Severity


@pytest.mark.parametrize(
    ("of", "expected"),
    [
        (checked(), "no problems"),
        (checked(ERROR), "1 error. Run cpd explain CPD200 for details."),
        (checked(ERROR, fixes=1), "1 error (can be fixed with --fix). Run cpd explain CPD200 for details."),
        (checked(ERROR, ERROR, fixes=1), "2 errors (1 can be fixed with --fix). Run cpd explain CPD200 for details."),
        (checked(ERROR, ERROR, fixes=2), "2 errors (all can be fixed with --fix). Run cpd explain CPD200 for details."),
        (checked(WARNING, ERROR, ERROR), "2 errors, 1 warning. Run cpd explain CPD201 for details."),
        (checked(ADVICE, ADVICE), "2 pieces of advice. Run cpd explain CPD200 for details."),
    ],
)
def test_summary(of: CheckResult, expected: str) -> None:
    assert summary(of) == f"61 activities checked: {expected}"


def test_the_summary_of_one_activity() -> None:
    assert summary(CheckResult(Path(), (), 1, 1)) == "1 activity checked: no problems"


def test_the_summary_says_what_options_leave_out() -> None:
    assert summary(checked(), hidden=3) == "61 activities checked: no matching problems; 3 others not shown"
    assert summary(checked(ERROR), hidden=1_000).startswith("61 activities checked: 1 error; 1,000 others not shown.")


def test_the_summary_is_fitted_too() -> None:
    assert summary(checked(ERROR, ERROR, fixes=1), columns=60).splitlines() == [
        "61 activities checked: 2 errors (1 can be fixed with --fix).",
        "Run cpd explain CPD200 for details.",
    ]


def several(*kinds: tuple[str, Severity], message: str = "so") -> list[Diagnostic]:
    """One problem of each kind, in files named by their order."""
    return [
        Diagnostic(f"{number}.md", Span(3, 1, 3, 2), code, severity, message)
        for number, (code, severity) in enumerate(kinds)
    ]


FAULT, CAUTION, TIP = ("CPD204", Severity.ERROR), ("CPD801", Severity.WARNING), ("CPD401", Severity.ADVICE)
OTHER_TIP = ("CPD601", Severity.ADVICE)


def heads(blocks: list[list[str]]) -> list[str]:
    return [block[0] for block in blocks]


def test_errors_come_last_in_the_order_of_the_files() -> None:
    found = overview(several(FAULT, CAUTION, OTHER_TIP, FAULT, CAUTION))
    assert [head.split(":")[0] for head in heads(found)] == ["2.md", "1.md", "4.md", "0.md", "3.md"]


@pytest.mark.parametrize(
    ("count", "line"),
    [
        (1, "0.md:3:1: advice CPD401: so"),
        (2, "advice CPD401: so (2 times): 0.md:3, 1.md:3"),
        (3, "advice CPD401: so (3 times): 0.md:3, 1.md:3, 2.md:3"),
        (1_004, "advice CPD401: so (1,004 times): 0.md:3, 1.md:3, 2.md:3 and 1,001 more"),
    ],
)
def test_repeated_advice_takes_one_line(count: int, line: str) -> None:
    assert overview(several(*[TIP] * count)) == [[line]]


def test_repeated_advice_is_together_and_each_is_there_on_request() -> None:
    diagnostics = several(TIP, OTHER_TIP, TIP, FAULT, TIP)
    assert [head.partition(" (")[0] for head in heads(overview(diagnostics))] == [
        "advice CPD401: so",
        "1.md:3:1: advice CPD601: so",
        "3.md:3:1: error CPD204: so",
    ]
    assert len(overview(diagnostics, every=True)) == 5
    assert is_summarised(diagnostics)
    assert not is_summarised(diagnostics[:2])


def test_warnings_and_errors_are_never_put_together() -> None:
    assert len(overview(several(FAULT, CAUTION, FAULT, CAUTION, CAUTION))) == 5


def test_advice_with_different_messages_has_the_title_of_its_code() -> None:
    diagnostics = [*several(TIP, message="this"), *several(TIP, message="that")]
    assert heads(overview(diagnostics)) == ["advice CPD401: activity has no reflection (2 times): 0.md:3"]


@given(
    st.lists(st.sampled_from([FAULT, CAUTION, TIP, OTHER_TIP]), max_size=12),
    st.integers(LEAST_COLUMNS, 120),
)
def test_in_any_width_each_problem_is_shown_or_counted(kinds: list[tuple[str, Severity]], columns: int) -> None:
    blocks = overview(several(*kinds), columns=columns)
    text = " ".join(line.strip() for block in blocks for line in block)
    assert all(width(line) <= columns for block in blocks for line in block)
    for code, severity in set(kinds):
        count = kinds.count((code, severity))
        together = severity is Severity.ADVICE and count > 1
        assert text.count(f"{severity} {code}:") == (1 if together else count)
        assert not together or f"{code}: so ({count} times)" in text
