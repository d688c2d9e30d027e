from junitparser import Failure, JUnitXml
from lxml import etree

from cpdkit.checks.formats.junit import render
from tests.checks.formats.problems import BASE, CHECKED, CLEAN, many


def read(text: str) -> JUnitXml:
    return JUnitXml.fromstring(text.encode("utf-8"))


def test_a_reader_counts_what_was_found() -> None:
    report = read(render(CHECKED, BASE))
    assert (report.tests, report.failures, report.errors) == (7, 4, 0)
    report.update_statistics()
    assert (report.tests, report.failures, report.errors) == (7, 4, 0)


def test_each_file_is_a_suite_and_each_problem_a_test() -> None:
    suites = list(read(render(CHECKED, BASE)))
    assert [suite.name for suite in suites][:2] == ["cpd check", f"journal/{CHECKED.diagnostics[0].path}"]
    (case,) = suites[1]
    assert case.name == "CPD204 date does not exist"
    (failure,) = case.result
    assert isinstance(failure, Failure)
    assert failure.type == "error"
    assert failure.message.startswith("2026-02-30 is not a {day}; 100%: ")
    assert failure.message.endswith('write <"2026-02-28"> & more')
    assert failure.text.splitlines()[1] == "  4 │ start: 2026-02-30"


def test_advice_passes_and_says_something() -> None:
    (case,) = list(read(render(CHECKED, BASE)))[5]
    assert (case.is_passed, case.system_out.splitlines()[0]) == (
        True,
        "journal/evidence/plain.pdf: advice CPD504: no activity names this file",
    )


def test_a_clean_journal_is_one_test_that_passed() -> None:
    (suite,) = read(render(CLEAN, BASE))
    assert [case.name for case in suite] == ["61 activities checked: no problems"]


def test_tests_of_one_name_are_told_apart() -> None:
    _, suite = read(render(many(errors=3), BASE))
    names = [case.name for case in suite]
    assert names[1] == f"{names[0]} (2)"
    assert len(set(names)) == 3


def test_a_strict_parser_takes_every_character() -> None:
    etree.fromstring(render(CHECKED, BASE).encode("utf-8"), etree.XMLParser(recover=False, resolve_entities=False))
