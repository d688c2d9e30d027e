import pytest

from cpdkit.checks.policy import settled, unneeded
from cpdkit.diagnostics import Diagnostic, Severity

WARNING, ADVICE, ERROR = Severity.WARNING, Severity.ADVICE, Severity.ERROR


def problem(code: str, severity: Severity) -> Diagnostic:
    return Diagnostic("a.md", None, code, severity, "so")


@pytest.mark.parametrize(
    ("checks", "accepted", "kept"),
    [
        ({}, (), [ERROR, WARNING, ADVICE]),
        ({"CPD310": None}, (), [ERROR, ADVICE]),
        ({"CPD310": ADVICE}, (), [ERROR, ADVICE, ADVICE]),
        ({"CPD31": ERROR}, (), [ERROR, ERROR, ERROR]),
        ({"CPD3": None, "CPD311": WARNING}, (), [ERROR, WARNING]),
        ({"CPD31": None, "CPD3": ERROR}, (), [ERROR]),
        ({}, ("CPD311",), [ERROR, WARNING]),
        ({"CPD311": ERROR}, ("CPD311",), [ERROR, WARNING]),
        ({"CPD2": None}, ("CPD204",), [ERROR, WARNING, ADVICE]),
    ],
)
def test_settings(checks: dict[str, Severity | None], accepted: tuple[str, ...], kept: list[Severity]) -> None:
    found = [problem("CPD204", ERROR), problem("CPD310", WARNING), problem("CPD311", ADVICE)]
    assert [each.severity for each in settled(found, checks, accepted)] == kept


def test_what_is_not_touched_stays_the_same_object() -> None:
    each = problem("CPD310", WARNING)
    assert settled([each], {"CPD310": WARNING})[0] is each


@pytest.mark.parametrize(
    ("accepted", "left"),
    [((), set()), (("CPD310",), set()), (("CPD310", "CPD404"), {"CPD404"}), (("CPD204",), {"CPD204"})],
)
def test_what_is_accepted_and_not_found(accepted: tuple[str, ...], left: set[str]) -> None:
    assert unneeded(accepted, [problem("CPD310", WARNING), problem("CPD311", ADVICE)]) == left
