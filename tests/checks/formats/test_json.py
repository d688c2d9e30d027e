import json
from typing import Any

from jsonschema import Draft202012Validator

from cpdkit.checks.formats import json as whole
from cpdkit.checks.formats.json import render, render_lines
from tests.checks.formats.problems import BASE, CHECKED, CLEAN

TEXT = {"type": "string"}
COUNT = {"type": "integer", "minimum": 0}


def exactly(**properties: Any) -> dict[str, Any]:
    """An object with these keys and no other."""
    return {
        "type": "object",
        "properties": properties,
        "required": sorted(properties),
        "additionalProperties": False,
    }


SEVERITY = {"enum": ["error", "warning", "advice"]}
SPAN = exactly(line=COUNT, column=COUNT, end_line=COUNT, end_column=COUNT)
EDITS = {"type": "array", "items": exactly(span=SPAN, new=TEXT)}
FIX = exactly(title=TEXT, safe={"type": "boolean"}, edits=EDITS)
DIAGNOSTIC = exactly(
    path=TEXT,
    file=TEXT,
    span={"anyOf": [SPAN, {"type": "null"}]},
    code={"type": "string", "pattern": "^CPD[0-9]{3}$"},
    severity=SEVERITY,
    message=TEXT,
    note=TEXT,
    hint=TEXT,
    source=TEXT,
    fix={"anyOf": [FIX, {"type": "null"}]},
)
DOCUMENT = exactly(
    version={"const": 1},
    journal=TEXT,
    activities=COUNT,
    files=COUNT,
    counts=exactly(error=COUNT, warning=COUNT, advice=COUNT, fixable=COUNT),
    codes={"type": "array", "items": exactly(code=TEXT, severity=SEVERITY, title=TEXT, count=COUNT, fixable=COUNT)},
    diagnostics={"type": "array", "items": DIAGNOSTIC},
)


def test_the_shape_is_the_documented_one() -> None:
    for checked in (CHECKED, CLEAN):
        Draft202012Validator(DOCUMENT).validate(json.loads(render(checked, BASE)))


def test_what_it_says() -> None:
    document = json.loads(render(CHECKED, BASE))
    assert (document["journal"], document["activities"], document["files"]) == ("journal", 61, 70)
    assert document["counts"] == {"error": 3, "warning": 1, "advice": 2, "fixable": 1}
    first = document["diagnostics"][0]
    assert (first["path"], first["file"]) == (CHECKED.diagnostics[0].path, f"journal/{CHECKED.diagnostics[0].path}")
    assert first["span"] == {"line": 4, "column": 8, "end_line": 4, "end_column": 18}
    assert first["fix"]["edits"][0]["new"] == "2026-02-28"
    assert document["diagnostics"][4]["span"] is None


def test_it_is_ascii_without_a_half_of_a_character() -> None:
    expected = render(CHECKED, BASE)
    assert expected.isascii()
    json.loads(expected)["diagnostics"][2]["path"].encode("utf-8")
    assert json.loads(expected)["diagnostics"][2]["path"] == r"activities/bad\udcff.md"


def test_each_line_is_a_diagnostic_of_the_document() -> None:
    lines = [json.loads(line) for line in render_lines(CHECKED, BASE).splitlines()]
    assert lines == json.loads(whole.render(CHECKED, BASE))["diagnostics"]


def test_nothing_found_is_nothing_said() -> None:
    assert render_lines(CLEAN, BASE) == ""
