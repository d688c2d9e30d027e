import json
from dataclasses import replace

from jsonschema import Draft202012Validator

from cpdkit.checks.formats.gitlab import render
from cpdkit.diagnostics import Span
from tests.checks.formats.problems import BASE, CHECKED, CLEAN

# What GitLab's documentation requires of an issue.
REPORT = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "location", "severity"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": "^(?!\\./|/)"},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}


def test_it_is_what_gitlab_documents() -> None:
    for checked in (CHECKED, CLEAN):
        Draft202012Validator(REPORT).validate(json.loads(render(checked, BASE)))
    assert json.loads(render(CLEAN, BASE)) == []


def test_what_it_says() -> None:
    first, second, *_ = json.loads(render(CHECKED, BASE))
    assert first["location"] == {"path": f"journal/{CHECKED.diagnostics[0].path}", "lines": {"begin": 4}}
    assert first["description"].startswith("CPD204: 2026-02-30 is not a {day}; 100%")
    assert (first["severity"], second["severity"]) == ("critical", "major")


def test_each_is_known_again_when_lines_move() -> None:
    moved = replace(CHECKED, diagnostics=tuple(
        replace(each, span=Span(each.span.line + 3, 1, each.span.line + 3, 2) if each.span else None)
        for each in CHECKED.diagnostics
    ))  # fmt: skip
    marks = [each["fingerprint"] for each in json.loads(render(CHECKED, BASE))]
    assert marks == [each["fingerprint"] for each in json.loads(render(moved, BASE))]
    assert len(set(marks)) == len(marks)
