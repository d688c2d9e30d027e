"""A group that imports a command only when it runs."""

import sys

import click
import pytest

from cpdkit.cli.lazy import LazyGroup, NoSuchCommand

GROUP = LazyGroup("tool", package="tests.cli.nowhere", table={"first": "Say one.", "second": "Say two."})


def test_help_and_completion_import_nothing() -> None:
    ctx = click.Context(GROUP, info_name="tool")
    assert "  first   Say one." in GROUP.get_help(ctx)
    assert [(item.value, item.help) for item in GROUP.shell_complete(ctx, "s")] == [("second", "Say two.")]
    assert "tests.cli.nowhere" not in sys.modules


def test_a_command_is_imported_when_it_is_asked_for() -> None:
    group = LazyGroup("cpd", package="cpdkit.cli", table={"check": "Check."})
    command = group.get_command(click.Context(group), "check")
    assert command is not None
    assert command.name == "check"


def test_only_names_in_the_table_are_commands() -> None:
    group = LazyGroup("cpd", package="cpdkit.cli", table={})
    assert group.get_command(click.Context(group), "console") is None


@pytest.mark.parametrize(("typed", "hint"), [("frist", "did you mean tool first?"), ("x", "tool --help lists them")])
def test_an_unknown_command_names_the_nearest(typed: str, hint: str) -> None:
    ctx = click.Context(GROUP, info_name="tool")
    with pytest.raises(NoSuchCommand) as raised:
        GROUP.resolve_command(ctx, [typed])
    assert raised.value.hint == hint
