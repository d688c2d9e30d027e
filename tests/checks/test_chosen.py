from pathlib import Path

import pytest

from cpdkit.checks.chosen import Chosen, codes_in
from cpdkit.checks.engine import Checked
from cpdkit.diagnostics import Diagnostic, Severity
from cpdkit.errors import UsageError

FOUND = tuple(
    Diagnostic("a.md", None, code, severity, "so")
    for code, severity in (
        ("CPD121", Severity.ERROR),
        ("CPD204", Severity.ERROR),
        ("CPD311", Severity.ADVICE),
        ("CPD801", Severity.WARNING),
    )
)


@pytest.mark.parametrize(
    ("chosen", "codes"),
    [
        (Chosen(), "121 204 311 801"),
        (Chosen(select=("CPD2", "CPD801")), "204 801"),
        (Chosen(ignore=("CPD1", "CPD2")), "311 801"),
        (Chosen(select=("CPD",), ignore=("CPD204",)), "121 311 801"),
        (Chosen(least=Severity.WARNING), "121 204 801"),
        (Chosen(least=Severity.ERROR, ignore=("CPD1",)), "204"),
    ],
)
def test_what_is_chosen(chosen: Chosen, codes: str) -> None:
    left = chosen.of(Checked(Path(), FOUND, 4, 5))
    assert " ".join(each.code.removeprefix("CPD") for each in left.diagnostics) == codes
    assert (left.activities, left.files) == (4, 5)


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        ([], ()),
        (["CPD204"], ("CPD204",)),
        (["cpd2, CPD311,", "CPD2"], ("CPD2", "CPD311")),
    ],
)
def test_codes_are_read_from_lists_with_commas(said: list[str], codes: tuple[str, ...]) -> None:
    assert codes_in(said) == codes


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("CDP204", "did you mean CPD204?"),
        ("204", "did you mean CPD204?"),
        ("E2", "did you mean CPD2?"),
        ("CPD999", "cpd explain lists all codes"),
        ("cheese", "cpd explain lists all codes"),
    ],
)
def test_a_code_that_there_is_not(word: str, hint: str) -> None:
    with pytest.raises(UsageError) as error:
        codes_in([word])
    assert str(error.value) == f"there is no code {word.upper()}"
    assert error.value.hint == hint
