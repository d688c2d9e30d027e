"""Make the page of all commands from their help."""

from collections.abc import Iterator

import click

from cpdkit.cli.commands.new import OTHERS, NewCommand
from cpdkit.cli.main import COMMANDS, cpd

WIDTH = 80
_HEAD = """\
# Commands

Generated from `cpd COMMAND --help`. The help of `cpd` explains where it looks for the journal, and how `CPD_…`
variables set defaults.
"""


def page() -> str:
    """Return the help of the program and of every command, each under its heading."""
    parts = [("cpd", _help(cpd, None, "cpd"))]
    with click.Context(cpd, info_name="cpd", terminal_width=WIDTH, **cpd.context_settings) as parent:
        for name in COMMANDS:
            command = cpd.get_command(parent, name)
            if command:
                parts.append((f"cpd {name}", _help(command, parent, name)))
                parts += _below(command, parent, name)
    return _HEAD + "".join(f"\n{_level(title)} {title}\n\n```text\n{text}\n```\n" for title, text in parts)


def _below(command: click.Command, parent: click.Context, name: str) -> Iterator[tuple[str, str]]:
    """Yield the commands of a group, and the other kinds of record of `cpd new`, each with its help."""
    if isinstance(command, NewCommand):
        for subname in OTHERS:
            yield f"cpd {name} {subname}", _help(command.other(subname), parent, f"{name} {subname}")
    if isinstance(command, click.Group):
        with click.Context(command, parent=parent, info_name=name, terminal_width=WIDTH) as ctx:
            for subname in command.list_commands(ctx):
                if subcommand := command.get_command(ctx, subname):
                    yield f"cpd {name} {subname}", _help(subcommand, ctx, subname)


def _level(title: str) -> str:
    """Return the level of a heading in `#` signs: a subcommand is one level below its group."""
    return "#" * max(title.count(" ") + 1, 2)


def _help(command: click.Command, parent: click.Context | None, name: str) -> str:
    settings = {**command.context_settings, "terminal_width": WIDTH}
    with click.Context(command, parent=parent, info_name=name, **settings) as ctx:
        return command.get_help(ctx).rstrip()
