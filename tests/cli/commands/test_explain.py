"""`cpd explain`: the forms of a code, the output formats, and unknown codes."""

import json

import click
import pytest

from cpdkit.checks.explain import as_list, as_markdown, as_text, explanation, explanations
from cpdkit.checks.registry import CODES
from cpdkit.cli.commands.explain import code_of, complete_codes, explain
from cpdkit.cli.main import run
from cpdkit.documents.codes import CODES as OF_DOCUMENTS_CODES
from cpdkit.documents.explained import OF_DOCUMENTS

Captured = pytest.CaptureFixture[str]


@pytest.mark.parametrize("word", ["CPD301", "cpd301", "301", " Cpd301 "])
def test_a_code_as_people_type_it(word: str, capsys: Captured) -> None:
    assert run(["explain", word]) == 0
    assert capsys.readouterr().out == as_text(explanation("CPD301")) + "\n"


@pytest.mark.parametrize("word", ["CPD3", "3", "cpd3xx", "3XX"])
def test_a_family_is_listed(word: str, capsys: Captured) -> None:
    assert run(["explain", word]) == 0
    assert capsys.readouterr().out == as_list(each for each in explanations() if each.code.startswith("CPD3")) + "\n"


def test_alone_it_lists_all(capsys: Captured) -> None:
    assert run(["explain"]) == 0
    assert capsys.readouterr().out == as_list(explanations(OF_DOCUMENTS)) + "\n"


def test_several_codes_are_explained_once_each(capsys: Captured) -> None:
    assert run(["explain", "301", "CPD904", "301"]) == 0
    both = as_text(explanation("CPD301")), as_text(explanation("CPD904", OF_DOCUMENTS))
    assert capsys.readouterr().out == "\n\n\n".join(both) + "\n"


def test_json_is_an_array(capsys: Captured) -> None:
    assert run(["explain", "301", "CPD9", "--format", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert [each["code"] for each in data] == ["CPD301", *OF_DOCUMENTS_CODES]


def test_markdown_of_all_has_every_page(capsys: Captured) -> None:
    assert run(["explain", "--format", "markdown"]) == 0
    assert capsys.readouterr().out == "\n".join(map(as_markdown, explanations(OF_DOCUMENTS)))


def test_markdown_of_one_is_its_page(capsys: Captured) -> None:
    assert run(["explain", "--format", "markdown", "301"]) == 0
    assert capsys.readouterr().out == as_markdown(explanation("CPD301"))


@pytest.mark.parametrize(
    ("word", "near"), [("CPD399", "CPD317"), ("3999", "CPD3"), ("CDP301", "CPD301"), ("CPD0", ""), ("hours", "")]
)
def test_an_unknown_code_names_the_nearest(word: str, near: str, capsys: Captured) -> None:
    assert run(["explain", word]) == 2
    shown = capsys.readouterr()
    assert (shown.out, near in shown.err) == ("", True)


@pytest.mark.parametrize(("start", "least"), [("", 100), ("CPD3", 8), ("cpd30", 6), ("3", 8), ("CPD901", 1), ("x", 0)])
def test_a_shell_completes_codes(start: str, least: int) -> None:
    items = complete_codes(click.Context(explain), explain.params[0], start)
    assert len(items) >= least
    assert all(item.value.startswith(code_of(start)) for item in items)
    assert all(item.help in {rule.title for rule in (*CODES.values(), *OF_DOCUMENTS_CODES.values())} for item in items)
