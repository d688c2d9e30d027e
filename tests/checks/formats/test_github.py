"""Read back as GitHub's runner reads a line (actions/runner, ActionCommand.TryParseV2)."""

from typing import NamedTuple

import pytest

from cpdkit.checks.engine import CheckResult
from cpdkit.checks.formats.github import SHOWN, render
from tests.checks.formats.problems import BASE, CHECKED, CLEAN, many


class Read(NamedTuple):
    command: str
    properties: dict[str, str]
    message: str


def read(line: str) -> Read:
    assert line.startswith("::")
    end = line.index("::", 2)
    command, _, rest = line[2:end].partition(" ")
    pairs = (pair.split("=", 1) for pair in rest.split(","))
    properties = {
        name: unescaped(expected, {"%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ","}) for name, expected in pairs
    }
    return Read(command, properties, unescaped(line[end + 2 :], {"%0D": "\r", "%0A": "\n"}))


def unescaped(text: str, escapes: dict[str, str]) -> str:
    for escape, character in escapes.items():
        text = text.replace(escape, character)
    return text.replace("%25", "%")


def lines(checked: CheckResult) -> list[Read]:
    return [read(line) for line in render(checked, BASE).split("\n")]


def test_place_and_message_arrive() -> None:
    first = lines(CHECKED)[0]
    assert first.command == "error"
    path = "journal/activities/2026/a, b: 100% 東京.md"
    assert first.properties == {
        "title": "CPD204", "file": path, "line": "4", "col": "8", "endLine": "4", "endColumn": "18",
    }  # fmt: skip
    assert first.message.startswith(f"{path}:4:8: CPD204 2026-02-30 is not a {{day}}; 100%: February 2026 ends")


def test_errors_come_first_then_warnings_then_advice() -> None:
    assert [each.command for each in lines(CHECKED)] == ["error"] * 3 + ["warning"] + ["notice"] * 2


def test_nothing_in_a_journal_is_a_command_or_steers_a_terminal() -> None:
    expected = render(CHECKED, BASE)
    assert len(expected.splitlines()) == len(CHECKED.diagnostics)
    assert all(line.startswith(("::error ", "::warning ", "::notice ")) for line in expected.splitlines())
    assert "\x1b" not in expected
    expected.encode("utf-8")


def test_a_problem_of_a_whole_file_and_one_over_several_lines_have_no_end_column() -> None:
    by_file = {each.properties["file"]: each.properties for each in lines(CHECKED)}
    assert "line" not in by_file["journal/evidence/plain.pdf"]
    assert {"line", "col"} <= set(by_file["journal/cpd.yaml"])
    assert "endColumn" not in by_file["journal/cpd.yaml"]
    assert by_file["journal/plan/mark.md"]["col"] == "1"


@pytest.mark.parametrize(
    ("checked", "rest"),
    [
        (many(10, 10, 10), ""),
        (many(11, 0, 0), "1 error"),
        (many(12, 11, 3), "2 errors, 1 warning"),
        (many(0, 0, 11), "2 pieces of advice"),
        (many(11, 0, 10), "1 error, 1 piece of advice"),
    ],
)
def test_what_is_not_shown_is_counted_where_it_is_seen(checked: CheckResult, rest: str) -> None:
    found = lines(checked)
    notices = [each for each in found if each.command == "notice"]
    reported = [each.message for each in notices[:SHOWN] if "Not shown" in each.message]
    assert len(found) == len(checked.diagnostics) + bool(rest)
    if rest:
        (message,) = reported
        assert message.endswith(f"Not shown next to the files: {rest} (see the log)")
        assert message.startswith("61 activities checked: ")
    else:
        assert reported == []


def test_nothing_found_is_nothing_said() -> None:
    assert render(CLEAN, BASE) == ""
