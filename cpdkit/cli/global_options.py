"""The options of every command, which work before and after its name, each declared once.

Only light imports: `cpd --help` lists these options too.
"""

import os
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

if TYPE_CHECKING:
    from pathlib import Path

Command = Callable[..., int]
Decorator = Callable[[Command], Command]


class Option(click.Option):
    """An option with a default from the environment: the variable for one command, then the one for all."""

    def resolve_envvar_value(self, ctx: click.Context) -> str | None:
        name = variable_name(self)
        own = os.environ.get(f"{ctx.auto_envvar_prefix}_{name}")
        return own or super().resolve_envvar_value(ctx) or os.environ.get(f"CPD_{name}") or None

    def value_from_envvar(self, ctx: click.Context) -> str | Sequence[str] | None:
        if not self.multiple:
            value: str | Sequence[str] | None = super().value_from_envvar(ctx)
            return value
        values = self.resolve_envvar_value(ctx)
        return None if values is None else [part.strip() for part in values.split(",") if part.strip()]


def variable_name(option: click.Option) -> str:
    """Return the option's long name as in an environment variable: `--follow-up` → `FOLLOW_UP`."""
    return max(option.opts, key=len).lstrip("-").replace("-", "_").upper()


def option(*declaration: str, **settings: Any) -> Decorator:
    """Return `click.option` with defaults from the environment."""
    return click.option(*declaration, cls=Option, **settings)


def _as_path(_ctx: click.Context, _param: click.Parameter, value: str | None) -> "Path | None":
    from pathlib import Path

    return None if value is None else Path(value)


journal_option = option(
    "--journal",
    metavar="DIR",
    type=click.Path(),
    callback=_as_path,
    help="Folder of the journal, which contains cpd.yaml.",
)
color_option = option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="When to use colour. auto: on a terminal, unless NO_COLOR is set.",
)
quiet_option = option("-q", "--quiet", is_flag=True, help="Print only results and errors.")
NAMES = ("journal", "color", "quiet")
"""The parameters of the options above, in the order of the help."""


def global_options(command: Command) -> Command:
    """Add the global options to a group, which hands them on to its commands."""
    return journal_option(color_option(quiet_option(command)))


def given(ctx: click.Context) -> dict[str, Any]:
    """Return the global options that were written before the name of a command."""
    return {name: ctx.params[name] for name in NAMES if is_typed(ctx, name)}


def is_typed(ctx: click.Context, name: str) -> bool:
    """Return whether a parameter is on the command line, and not from the environment or its default."""
    return ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE


def as_arguments(ctx: click.Context, command: click.Command) -> list[str]:
    """Return the global options of a group as arguments of its command. The others are omitted."""
    names = {each.name for each in command.params}
    words: list[str] = []
    for name, value in given(ctx).items():
        if name in names:
            words += [f"--{name}"] if value is True else [f"--{name}", str(value)]
    return words
