"""Every code is explained in full, and its examples really have that problem."""

import json
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdkit.checks.explain import (
    ACTIVITY,
    CHECK_CATALOGUE,
    COLUMNS,
    EXAMPLE_FILES,
    THEMES,
    Explanation,
    Section,
    as_data,
    as_list,
    as_markdown,
    as_text,
    example_diagnostics,
    example_files,
    explanation,
    explanations,
    field_chunks,
    merged_fields,
    printed_lines,
    sections,
)
from cpdkit.checks.fixes import apply_fixes
from cpdkit.checks.registry import CODES
from cpdkit.diagnostics import Diagnostic, Severity, Span
from cpdkit.documents.explained import OF_DOCUMENTS
from cpdkit.text.terminal import width
from tools.docs.diagnostics import index

EVERY = explanations(OF_DOCUMENTS)
SHOWN = [each for each in EVERY if each.wrong and each.checked]


def of_each(explanations: list[Explanation] | tuple[Explanation, ...]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("each", explanations, ids=[each.code for each in explanations])


def codes_of(diagnostics: tuple[Diagnostic, ...]) -> set[str]:
    return {one.code for one in diagnostics}


def again(each: Explanation, text: str, member: str = "") -> tuple[Diagnostic, ...]:
    """Check the journal of the wrong example, with this text instead of the example."""
    beside = {**each.beside, **each.wrong_beside}
    if member:
        cpd_yaml = example_files(each.where, each.wrong, beside, each.without)["cpd.yaml"]
        beside["cpd.yaml"] = f"{cpd_yaml.rstrip()}\n{member}\n"
    return example_diagnostics(each.where, text, beside, each.without)


@of_each(EVERY)
def test_every_code_is_explained_in_full(each: Explanation) -> None:
    assert each.what and each.why
    assert each.what[-1] in ".:" and each.why.rstrip()[-1] in ".?"
    assert bool(each.shown) != bool(each.wrong)
    assert bool(each.wrong) == bool(each.right)
    assert each.where in EXAMPLE_FILES
    assert each.code[:4] in THEMES


def test_nothing_is_explained_that_is_no_code() -> None:
    files = [(path, CHECK_CATALOGUE) for path in sorted(CHECK_CATALOGUE.path.iterdir())]
    for path, catalogue in [*files, (OF_DOCUMENTS.path, OF_DOCUMENTS)]:
        texts = tomllib.loads(path.read_text("utf-8"))
        assert set(texts) <= set(catalogue.codes), path.name
        assert catalogue is OF_DOCUMENTS or all(path.name == f"{code[:4]}xx.toml" for code in texts)


@of_each(SHOWN)
def test_what_is_wrong_gives_its_code_and_no_other(each: Explanation) -> None:
    assert codes_of(each.diagnostics) == {each.code}


@of_each(SHOWN)
def test_what_is_right_gives_none(each: Explanation) -> None:
    assert example_diagnostics(each.where, each.right, {**each.beside, **each.right_beside}, each.without) == ()


@of_each([each for each in SHOWN if any(one.fix for one in each.diagnostics)])
def test_the_fix_that_is_told_of_mends_it(each: Explanation) -> None:
    files = example_files(each.where, each.wrong, {**each.beside, **each.wrong_beside}, each.without)
    for path in {one.path for one in each.diagnostics}:
        after, applied = apply_fixes(
            files[path].encode(), [one for one in each.diagnostics if one.path == path], unsafe=True
        )
        assert applied
        files[path] = after.decode()
    assert each.code not in codes_of(example_diagnostics("fields", "", files))


@of_each([each for each in SHOWN if each.may_be_set])
def test_what_may_be_turned_off_can(each: Explanation) -> None:
    if each.where == "cpd.yaml":
        assert again(each, f"{each.wrong}\nchecks: {{{each.code}: off}}\n") == ()
    else:
        assert again(each, each.wrong, f"checks: {{{each.code}: off}}") == ()


@of_each([each for each in SHOWN if "accepted:" in as_text(each)])
def test_what_may_be_accepted_can(each: Explanation) -> None:
    (path,) = {one.path for one in each.diagnostics}
    files = example_files(each.where, each.wrong, {**each.beside, **each.wrong_beside}, each.without)
    head, fence, rest = files[path].partition("\n")
    files[path] = f"{head}{fence}accepted: {{{each.code}: it is a test}}\n{rest}"
    assert each.code not in codes_of(example_diagnostics("fields", "", files))


@of_each(EVERY)
def test_the_text_fits_a_terminal(each: Explanation) -> None:
    lines = as_text(each).split("\n")
    assert lines[0] == f"{each.code} · {each.severity} · {each.title}"
    assert [line for line in lines if width(line) > COLUMNS or not line.isprintable()] == []
    assert "\n\n\n" not in as_text(each)


@of_each(EVERY)
def test_the_markdown_has_a_title_and_a_heading_for_each_section(each: Explanation) -> None:
    lines = as_markdown(each).split("\n")
    assert lines[0] == f"# {each.code}: {each.title}"
    headings = [section.heading for section in sections(each) if section.heading]
    assert [line for line in lines if line.startswith("## ")] == [f"## {heading}" for heading in headings]


def test_the_index_has_a_row_for_every_code() -> None:
    lines = index(EVERY).split("\n")
    for each in EVERY:
        assert lines.count(f"| [{each.code}]({each.code}.md) | {each.severity} | {each.title} |") == 1


def test_the_list_is_by_theme() -> None:
    text = as_list(EVERY)
    assert text.startswith("CPD1xx reading a file\n  CPD101  error    file is not UTF-8\n")
    assert all(f"\n  {each.code}  {each.severity}" in text for each in EVERY)
    assert all(width(line) <= COLUMNS for line in text.split("\n"))


def test_one_code_has_the_explanation_of_the_whole_list() -> None:
    assert explanation("CPD306") == next(each for each in EVERY if each.code == "CPD306")
    assert explanation("CPD904", OF_DOCUMENTS).title == OF_DOCUMENTS.codes["CPD904"].title
    with pytest.raises(KeyError):
        explanation("CPD904")
    assert [each.code for each in explanations()] == list(CODES)


def test_the_docstring_of_a_rule_is_its_explanation() -> None:
    assert explanation("CPD310").what.startswith("A done activity cannot be in the future.")


def test_the_data_is_json() -> None:
    data = json.loads(json.dumps(as_data(explanation("CPD306"))))
    assert (data["code"], data["severity"], data["settable"], data["fix"]) == ("CPD306", "warning", True, None)
    assert data["wrong"].startswith("title: ")


@pytest.mark.parametrize(
    ("code", "answer"),
    [
        ("CPD306", "No. Only you"),
        ("CPD118", "Yes. `cpd check --fix` deletes the spaces."),
        ("CPD110", "Yes, but review the change. `cpd check --unsafe-fix` closes it with ---."),
    ],
)
def test_whether_it_can_be_fixed(code: str, answer: str) -> None:
    assert section(code, "Can cpd fix it?").prose.startswith(answer)


def section(code: str, heading: str) -> Section:
    (found,) = (each for each in sections(explanation(code, OF_DOCUMENTS)) if each.heading == heading)
    return found


def test_what_a_check_prints_is_cut_and_wrapped() -> None:
    span = Span(2, 1, 2, 3)
    diagnostic = Diagnostic("a.md", span, "CPD306", Severity.WARNING, "word " * 30, "x" * 90, "", "hint " * 30)
    first, *rest = printed_lines(diagnostic)
    assert first.startswith("a.md:2:1: warning CPD306: word")
    assert any(line == "  2 │ " + "x" * 69 + "…" for line in rest)
    assert rest[-1].startswith("    │    hint")
    assert all(width(line) <= COLUMNS - 4 for line in (first, *rest))


@pytest.mark.parametrize(
    ("code", "answer", "lines"),
    [
        ("CPD204", "No.", []),
        ("CPD801", "Yes. Change its severity in cpd.yaml", ["checks: {CPD801: off}"]),
        ("CPD306", "Yes. Give", ["accepted: {CPD306: the reason why it is intended}", "checks: {CPD306: off}"]),
        ("CPD904", "cpdkit reports it when it makes a document", []),
    ],
)
def test_whether_it_can_be_kept(code: str, answer: str, lines: list[str]) -> None:
    keep = section(code, "Can you accept it?")
    assert keep.prose.startswith(answer)
    assert keep.lines.splitlines() == lines


UNCHANGED = {where: file.fields for where, file in EXAMPLE_FILES.items()}
UNCHANGED["body"] = EXAMPLE_FILES["body"].body
UNCHANGED["file"] = example_files("fields", "", {})["activities/relay-course.md"]


@pytest.mark.parametrize("where", EXAMPLE_FILES)
def test_what_surrounds_an_example_is_clean(where: str) -> None:
    assert example_diagnostics(where, UNCHANGED[where], {}) == ()


@pytest.mark.parametrize(
    ("lines", "without", "wanted"),
    [
        ("", (), "a: 1\nb: 2\n"),
        ("b: 3", (), "a: 1\nb: 3\n"),
        ("c: 3\n", (), "a: 1\nb: 2\nc: 3\n"),
        ("a: 3\nb: 4\n", (), "a: 3\nb: 4\n"),
        ("c: 3\nc: 4\n", (), "a: 1\nb: 2\nc: 3\nc: 4\n"),
        ("", ("a",), "b: 2\n"),
        ("a:\n  - 1\n  - 2\n", ("b",), "a:\n  - 1\n  - 2\n"),
        ("a:\n- 1\n# two\n- 2\n", (), "a:\n- 1\n# two\n- 2\nb: 2\n"),
        ("b 3", (), "a: 1\nb 3\n"),
        ("[a, b]: 3", (), "a: 1\nb: 2\n[a, b]: 3\n"),
    ],
)
def test_merged(lines: str, without: tuple[str, ...], wanted: str) -> None:
    assert merged_fields("a: 1\nb: 2\n", lines, without) == wanted


@given(st.text(alphabet="ab: -#[\n", min_size=1).map(lambda text: f"{text}\n"))
def test_chunks_lose_no_line(text: str) -> None:
    assert "".join(chunk for _, chunk in field_chunks(text)) == text


def test_files_beside_win() -> None:
    files = example_files("fields", "title: Other", {"cpd.yaml": "name: Else\n", "evidence/a.pdf": ""})
    assert set(files) == {"cpd.yaml", "activities/relay-course.md", "evidence/a.pdf"}
    assert files["cpd.yaml"] == "name: Else\n"
    assert files["activities/relay-course.md"].startswith("---\ntitle: Other\ntype: training\n")


def test_an_objective_is_served() -> None:
    assert "objectives: [grid-storage]" in example_files("plan", "", {})["activities/relay-course.md"]
    assert "objectives" not in ACTIVITY
