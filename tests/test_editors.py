"""The settings in docs/how-to/use-in-an-editor.md work in the editors, and find the problems that there are."""

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from cpdkit.diagnostics import Severity
from cpdkit.editor.actions import FIX_ALL
from tests.program import cpd, make_journal

PAGE = (Path(__file__).resolve().parents[1] / "docs" / "how-to" / "use-in-an-editor.md").read_text("utf-8")
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(kind: str) -> list[str]:
    return [text for name, text in BLOCK.findall(PAGE) if name == kind]


def settings(key: str) -> Any:
    """The JSON block that has a key."""
    return next(found for text in blocks("json") if key in (found := json.loads(text)))


def test_the_settings_of_vs_code_start_the_server_and_fix_on_saving() -> None:
    found = settings("glspc.server.command")
    assert [found["glspc.server.command"], *found["glspc.server.commandArguments"]] == ["cpd", "lsp"]
    assert FIX_ALL in found["[markdown]"]["editor.codeActionsOnSave"]


def test_the_task_of_vs_code_reads_every_problem(tmp_path: Path) -> None:
    files = {
        "activities/wrong day.md": "---\ntitle: x\ntype: evnt\nstart: 2026-02-30\nhours: 1\n---\n",
        "activities/empty.md": "",
        "notes.txt": "",
    }
    (task,) = settings("tasks")["tasks"]
    done = cpd(*task["args"], cwd=make_journal(tmp_path, files))
    found = [read for line in done.out.splitlines() if (read := matched(task["problemMatcher"], line))]
    assert {(each["file"], each.get("line"), each["code"]) for each in found} >= {
        ("activities/wrong day.md", "3", "CPD208"),
        ("activities/wrong day.md", "4", "CPD204"),
        ("activities/empty.md", None, "CPD108"),
        ("notes.txt", None, "CPD801"),
    }
    assert {each["severity"] for each in found} <= {str(each) for each in Severity}
    assert len(found) == len(re.findall(r"^\S.* CPD\d+: ", done.out, re.MULTILINE))


def matched(matchers: list[dict[str, Any]], line: str) -> dict[str, str]:
    """What the first problem matcher that fits takes from a line."""
    for matcher in matchers:
        pattern = matcher["pattern"]
        if match := re.search(pattern["regexp"], line):
            return {name: match[group] for name, group in pattern.items() if isinstance(group, int)}
    return {}


def test_the_settings_of_helix_name_the_server() -> None:
    (text,) = blocks("toml")
    found = tomllib.loads(text)
    assert found["language-server"]["cpdkit"] == {"command": "cpd", "args": ["lsp"]}
    assert all("cpdkit" in each["language-servers"] for each in found["language"])


@pytest.mark.parametrize(("kind", "signs"), [("lua", "{}"), ("elisp", "()")])
def test_what_programs_an_editor_is_whole(kind: str, signs: str) -> None:
    for text in blocks(kind):
        plain = re.sub(r"'[^'\n]*'|\"[^\"\n]*\"", "", text) if kind == "lua" else re.sub(r"\"[^\"]*\"", "", text)
        assert plain.count(signs[0]) == plain.count(signs[1]) > 0
