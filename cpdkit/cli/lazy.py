"""A click group whose commands are imported only when they run.

`--help` and completion of a command's name are answered from a table of short helps, so they cost no import.
"""

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


class NoSuchCommand(click.UsageError):
    """A word stands where a command should; `hint` names the nearest one."""

    def __init__(self, name: str, known: Mapping[str, str], ctx: click.Context) -> None:
        from difflib import get_close_matches

        super().__init__(f'there is no command "{name}"', ctx)
        near = get_close_matches(name.lower(), known, n=1)
        self.hint = f"did you mean {ctx.command_path} {near[0]}?" if near else f"{ctx.command_path} --help lists them"


class LazyGroup(click.Group):
    """Commands `name` found as the object `name` of the module `package.name`; `table` maps names to short helps."""

    def __init__(self, *args: Any, package: str, table: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.package = package
        self.table = table

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.table:
            return None
        held = vars(import_module(f"{self.package}.{cmd_name}"))
        # A name that Python has already ends in an underscore there.
        command: click.Command = held[cmd_name] if cmd_name in held else held[f"{cmd_name}_"]
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in self.table and not ctx.resilient_parsing:
            raise NoSuchCommand(args[0], self.table, ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(self.table.items()))

    def shell_complete(self, ctx: click.Context, incomplete: str) -> "list[CompletionItem]":
        from click.shell_completion import CompletionItem

        named = [CompletionItem(name, help=said) for name, said in self.table.items() if name.startswith(incomplete)]
        # Past click.Group, whose own would import every command that fits.
        return named + click.Command.shell_complete(self, ctx, incomplete)
