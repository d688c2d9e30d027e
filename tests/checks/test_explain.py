"""Every code is explained in full, and what the explanations claim is so: they are tried, not read."""

import json
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdkit.checks.explain import (
    ACTIVITY,
    COLUMNS,
    EXAMPLE_PLACES,
    OF_CHECKS,
    PLACES,
    THEMES,
    Explanation,
    as_data,
    as_list,
    as_markdown,
    as_page,
    as_text,
    chunks,
    explained,
    explanation,
    files_of,
    found_in,
    mending,
    merged,
    said_of,
    staying,
)
from cpdkit.checks.explain import EXAMPLE_PLACES as FILES
from cpdkit.checks.fixes import apply_fixes
from cpdkit.checks.registry import CODES
from cpdkit.diagnostics import Diagnostic, Fix, Severity, Span
from cpdkit.documents.problems import OF_DOCUMENTS
from cpdkit.text.terminal import width

EVERY = explained(OF_DOCUMENTS)
SHOWN = [each for each in EVERY if each.wrong and each.checked]


def of_each(some: list[Explanation] | tuple[Explanation, ...]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("each", some, ids=[each.code for each in some])


def codes_of(found: tuple[Diagnostic, ...]) -> set[str]:
    return {one.code for one in found}


def again(each: Explanation, text: str, member: str = "") -> tuple[Diagnostic, ...]:
    """What a check says of the wrong example's journal with this text in the example's place."""
    beside = {**each.beside, **each.wrong_beside}
    if member:
        cpd_yaml = files_of(each.where, each.wrong, beside, each.without)["cpd.yaml"]
        beside["cpd.yaml"] = f"{cpd_yaml.rstrip()}\n{member}\n"
    return found_in(each.where, text, beside, each.without)


@of_each(EVERY)
def test_every_code_is_explained_in_full(each: Explanation) -> None:
    assert each.what and each.why
    assert each.what[-1] in ".:" and each.why.rstrip()[-1] in ".?"
    assert bool(each.shown) != bool(each.wrong)
    assert bool(each.wrong) == bool(each.right)
    assert each.where in PLACES
    assert each.code[:4] in THEMES


def test_every_place_of_an_example_can_be_made() -> None:
    assert set(PLACES) == set(FILES)


def test_nothing_is_explained_that_is_no_code() -> None:
    places = [(path, OF_CHECKS) for path in sorted(OF_CHECKS.place.iterdir())] + [(OF_DOCUMENTS.place, OF_DOCUMENTS)]
    for path, catalogue in places:
        said = tomllib.loads(path.read_text("utf-8"))
        assert set(said) <= set(catalogue.codes), path.name
        assert catalogue is OF_DOCUMENTS or all(path.name == f"{code[:4]}xx.toml" for code in said)


@of_each(SHOWN)
def test_what_is_wrong_gives_its_code_and_no_other(each: Explanation) -> None:
    assert codes_of(each.found) == {each.code}


@of_each(SHOWN)
def test_what_is_right_gives_none(each: Explanation) -> None:
    assert found_in(each.where, each.right, {**each.beside, **each.right_beside}, each.without) == ()


@of_each([each for each in SHOWN if any(one.fix for one in each.found)])
def test_the_fix_that_is_told_of_mends_it(each: Explanation) -> None:
    files = files_of(each.where, each.wrong, {**each.beside, **each.wrong_beside}, each.without)
    for path in {one.path for one in each.found}:
        after, applied = apply_fixes(files[path].encode(), [one for one in each.found if one.path == path], unsafe=True)
        assert applied
        files[path] = after.decode()
    assert each.code not in codes_of(found_in("fields", "", files))


@of_each([each for each in SHOWN if each.may_be_set])
def test_what_may_be_turned_off_can(each: Explanation) -> None:
    if each.where == "cpd.yaml":
        assert again(each, f"{each.wrong}\nchecks: {{{each.code}: off}}\n") == ()
    else:
        assert again(each, each.wrong, f"checks: {{{each.code}: off}}") == ()


@of_each([each for each in SHOWN if "accepted:" in staying(each, each.found)[1]])
def test_what_may_be_accepted_can(each: Explanation) -> None:
    (path,) = {one.path for one in each.found}
    files = files_of(each.where, each.wrong, {**each.beside, **each.wrong_beside}, each.without)
    head, fence, rest = files[path].partition("\n")
    files[path] = f"{head}{fence}accepted: {{{each.code}: it is a test}}\n{rest}"
    assert each.code not in codes_of(found_in("fields", "", files))


@of_each(EVERY)
def test_the_text_fits_a_terminal(each: Explanation) -> None:
    lines = as_text(each).split("\n")
    assert lines[0] == f"{each.code} · {each.severity} · {each.title}"
    assert [line for line in lines if width(line) > COLUMNS or not line.isprintable()] == []
    assert "\n\n\n" not in as_text(each)


def test_the_page_has_a_heading_and_a_row_for_every_code() -> None:
    lines = as_page(EVERY).split("\n")
    for each in EVERY:
        assert lines.count(f"### {each.code}") == 1
        assert f"| [{each.code}](#{each.code.lower()}) | {each.severity} | {each.title} |" in lines


def test_the_list_is_by_theme() -> None:
    text = as_list(EVERY)
    assert text.startswith("CPD1xx reading a file\n  CPD101  error    the file is not UTF-8\n")
    assert all(f"\n  {each.code}  {each.severity}" in text for each in EVERY)
    assert all(width(line) <= COLUMNS for line in text.split("\n"))


def test_one_code_is_what_all_say_of_it() -> None:
    assert explanation("CPD306") == next(each for each in EVERY if each.code == "CPD306")
    assert explanation("CPD904", OF_DOCUMENTS).title == OF_DOCUMENTS.codes["CPD904"].title
    with pytest.raises(KeyError):
        explanation("CPD904")
    assert [each.code for each in explained()] == list(CODES)


def test_a_rule_says_what_in_its_docstring() -> None:
    assert explanation("CPD310").what.startswith("What is done, or in progress, can't lie in the future")


def test_the_data_is_json() -> None:
    data = json.loads(json.dumps(as_data(explanation("CPD306"))))
    assert (data["code"], data["severity"], data["settable"], data["fix"]) == ("CPD306", "warning", True, None)
    assert data["wrong"].startswith("title: ")


@pytest.mark.parametrize(
    ("fix", "told"),
    [
        (None, "No: only you know what is right."),
        (Fix("write it", ()), "Yes: `cpd check --fix` would write it."),
        (Fix("write it", (), safe=False), "Yes, but look at it: `cpd check --unsafe-fix` would write it."),
    ],
)
def test_mending(fix: Fix | None, told: str) -> None:
    assert mending(Diagnostic("a.md", None, "CPD306", Severity.WARNING, "so", fix=fix)) == told


def test_what_a_check_says_is_cut_and_wrapped() -> None:
    span = Span(2, 1, 2, 3)
    told = Diagnostic("a.md", span, "CPD306", Severity.WARNING, "word " * 30, "x" * 90, "", "hint " * 30)
    first, *rest = said_of(told)
    assert first.startswith("a.md:2:1: warning CPD306: word")
    assert any(line == "  2 │ " + "x" * 69 + "…" for line in rest)
    assert rest[-1].startswith("    │    hint")
    assert all(width(line) <= COLUMNS - 4 for line in (first, *rest))


@pytest.mark.parametrize(
    ("code", "told", "lines"),
    [
        ("CPD204", "No:", ""),
        ("CPD801", "Yes. In cpd.yaml", "checks: {CPD801: off}"),
        ("CPD306", "Yes. In the file", "accepted: {CPD306: why it is right as it is}\nchecks: {CPD306: off}"),
        ("CPD904", "It is told when a document is made", ""),
    ],
)
def test_whether_it_may_stay(code: str, told: str, lines: str) -> None:
    each = explanation(code, OF_DOCUMENTS)
    prose, typed = staying(each, each.found)
    assert prose.startswith(told)
    assert typed == lines
    assert told in as_markdown(each)


UNCHANGED = {where: place.fields for where, place in EXAMPLE_PLACES.items()}
UNCHANGED["body"] = EXAMPLE_PLACES["body"].body
UNCHANGED["file"] = files_of("fields", "", {})["activities/relay-course.md"]


@pytest.mark.parametrize("where", EXAMPLE_PLACES)
def test_what_surrounds_an_example_is_clean(where: str) -> None:
    assert found_in(where, UNCHANGED[where], {}) == ()


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
    assert merged("a: 1\nb: 2\n", lines, without) == wanted


@given(st.text(alphabet="ab: -#[\n", min_size=1).map(lambda text: f"{text}\n"))
def test_chunks_lose_no_line(text: str) -> None:
    assert "".join(told for _, told in chunks(text)) == text


def test_files_beside_win() -> None:
    files = files_of("fields", "title: Other", {"cpd.yaml": "name: Else\n", "evidence/a.pdf": ""})
    assert set(files) == {"cpd.yaml", "activities/relay-course.md", "evidence/a.pdf"}
    assert files["cpd.yaml"] == "name: Else\n"
    assert files["activities/relay-course.md"].startswith("---\ntitle: Other\ntype: training\n")


def test_an_objective_is_served() -> None:
    assert "objectives: [grid-storage]" in files_of("plan", "", {})["activities/relay-course.md"]
    assert "objectives" not in ACTIVITY
