import json

from cpdkit.checks.formats import NAMES
from cpdkit.checks.formats.registry import FORMATS, OF_REPOSITORY
from tests.checks.formats.problems import BASE, CHECKED


def test_every_name_has_its_format() -> None:
    assert set(NAMES) == {"text", *FORMATS}
    assert set(FORMATS) > OF_REPOSITORY


def test_every_format_carries_every_problem_in_utf8() -> None:
    for name, shown in FORMATS.items():
        said = shown(CHECKED, BASE)
        said.encode("utf-8")
        assert all(each.code in said for each in CHECKED.diagnostics), name
    assert len(json.loads(FORMATS["json"](CHECKED, BASE))["diagnostics"]) == len(CHECKED.diagnostics)
