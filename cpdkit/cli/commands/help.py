"""`cpd help`: the help of the program or of a command, or all of it as a manual page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cpdkit.cli.console import Console
from cpdkit.cli.options import option, output_options
from cpdkit.errors import UsageError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


def complete_commands(ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the commands that start with the incomplete word, below those that are already written."""
    from click.shell_completion import CompletionItem

    below = command_context(ctx.find_root(), ctx.params.get("words") or ())
    names = below.command.list_commands(below) if isinstance(below.command, click.Group) else []
    return [CompletionItem(name) for name in names if name.startswith(incomplete)]


@click.command("help")
@click.argument("words", metavar="[COMMAND]...", nargs=-1, shell_complete=complete_commands)
@option("--man", is_flag=True, help="Print a manual page of all commands, for man.")
@output_options
def help_(words: tuple[str, ...], man: bool, console: Console) -> int:
    """Show the help of a command.

    Without a COMMAND, it lists all commands.

    \b
    cpd help report
    cpd help plan new
    cpd help --man
    """
    from cpdkit.cli.exits import FINE

    root = click.get_current_context().find_root()
    if not man:
        console.show(command_context(root, words).get_help())
        return FINE
    if words:
        raise UsageError("--man and COMMAND cannot be combined", "remove one of them: the page has all commands")
    from cpdkit.cli.man_page import man_page

    console.show(man_page(root))
    return FINE


def command_context(ctx: click.Context, words: tuple[str, ...]) -> click.Context:
    """Return the context of the command that the words below a context name. Raises NoSuchCommand, UsageError."""
    for word in words:
        if not isinstance(ctx.command, click.Group):
            raise UsageError(f"{ctx.command_path} has no commands", f"write cpd help {ctx.command_path[4:]}")
        name, command, _ = ctx.command.resolve_command(ctx, [word])
        if command is None:  # only while a shell completes the line
            break
        ctx = click.Context(command, parent=ctx, info_name=name, **command.context_settings)
    return ctx
