from dataclasses import replace

import pytest

from cpdkit.checks.outputs.wording import activities_checked, counted, sentence, sound, worst_first
from cpdkit.diagnostics import Diagnostic, Severity
from tests.checks.outputs.problems import EVERY, many

PLAIN = Diagnostic("a.md", None, "CPD204", Severity.ERROR, "so", "start: x")


def test_a_sentence_has_all_that_is_said() -> None:
    assert sentence(replace(PLAIN, note="why", hint="mend it")) == "so; why; mend it"
    assert sentence(PLAIN) == "so"


@pytest.mark.parametrize(("text", "said"), [("abc", "abc"), ("東", "東"), ("a\udcffb", r"a\udcffb")])
def test_what_utf8_can_not_write_is_an_escape(text: str, said: str) -> None:
    assert sound(text) == said


def test_counts() -> None:
    assert counted(many(2, 1, 2).diagnostics) == "2 errors, 1 warning, 2 pieces of advice"
    assert counted(()) == ""
    assert (activities_checked(1), activities_checked(1_234)) == ("1 activity checked", "1,234 activities checked")


def test_the_worst_come_first_and_else_the_order_stays() -> None:
    assert [each.severity for each in worst_first(EVERY)] == [0, 0, 0, 1, 2, 2]
    assert worst_first(EVERY)[:3] == [EVERY[0], EVERY[2], EVERY[3]]
