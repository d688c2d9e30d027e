import json

from cpdkit.checks.outputs import json as whole
from cpdkit.checks.outputs.jsonl import shown
from tests.checks.outputs.problems import BASE, CHECKED, CLEAN


def test_each_line_is_a_diagnostic_of_the_document() -> None:
    lines = [json.loads(line) for line in shown(CHECKED, BASE).splitlines()]
    assert lines == json.loads(whole.shown(CHECKED, BASE))["diagnostics"]


def test_nothing_found_is_nothing_said() -> None:
    assert shown(CLEAN, BASE) == ""
