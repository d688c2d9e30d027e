"""The page of commands is what the commands say of themselves."""

from pathlib import Path

import pytest

from cpdkit.cli.commands import plan, scheme
from cpdkit.cli.describe import commands_page
from cpdkit.cli.main import COMMANDS

PAGE = Path(__file__).resolve().parents[2] / "docs/commands.md"


def test_the_page_is_fresh(request: pytest.FixtureRequest) -> None:
    page = commands_page()
    if request.config.getoption("--update-golden"):
        PAGE.write_text(page, encoding="utf-8")
    assert PAGE.read_text("utf-8") == page


def test_every_command_is_on_it() -> None:
    page = commands_page()
    assert [line for line in page.splitlines() if line.startswith("## cpd ")] == [f"## cpd {name}" for name in COMMANDS]
    assert [line for line in page.splitlines() if line.startswith("### cpd ")] == [
        f"### cpd {group} {name}"
        for group, one in (("plan", plan.COMMANDS), ("scheme", sorted(scheme.scheme.commands)))
        for name in one
    ]
    assert all(len(line) <= 120 for line in page.splitlines())
