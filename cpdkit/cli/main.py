"""The command line's root: the table of commands, and one run from arguments to an exit code."""

import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from keyword import iskeyword
from typing import TYPE_CHECKING, Any

import click

from cpdkit import __version__
from cpdkit.cli.exits import USAGE, exit_code_of

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

COMMANDS_PACKAGE = "cpdkit.cli.commands"


class NoSuchCommand(click.UsageError):
    """A word stands where a command should; `hint` names the nearest one."""

    def __init__(self, name: str, known: Mapping[str, str], ctx: click.Context) -> None:
        from difflib import get_close_matches

        super().__init__(f'there is no command "{name}"', ctx)
        near = get_close_matches(name.lower(), known, n=1)
        self.hint = f"did you mean {ctx.command_path} {near[0]}?" if near else f"{ctx.command_path} --help lists them"


class LazyGroup(click.Group):
    """Commands found as the object `name` of the module `cpdkit.cli.commands.PREFIXname`.

    `table` maps names to short helps. A name that is a word of Python ends in an underscore there.
    """

    def __init__(self, *args: Any, table: Mapping[str, str], prefix: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.table = table
        self.prefix = prefix

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.table:
            return None
        module = f"{self.prefix}{cmd_name}"
        names = vars(import_module(f"{COMMANDS_PACKAGE}.{module}{'_' if iskeyword(module) else ''}"))
        command: click.Command = names[cmd_name] if cmd_name in names else names[f"{cmd_name}_"]
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

        named = [CompletionItem(name, help=text) for name, text in self.table.items() if name.startswith(incomplete)]
        # Past click.Group, whose own would import every command that fits.
        return named + click.Command.shell_complete(self, ctx, incomplete)


COMMANDS = {
    "attach": "Copy evidence into the journal, and link it to an activity.",
    "check": "Say what is wrong in the journal, and where.",
    "competences": "Show what evidences each competence, and the gaps.",
    "doctor": "Say what is installed, what is tested, and what is missing.",
    "done": "Say that a planned activity happened.",
    "explain": "Say what a code means, why it matters, and what is right.",
    "export": "Write activities as a table, data or a calendar.",
    "import": "Take in activities: tables, calendars, notes, a journal as JSON.",
    "init": "Start a journal.",
    "list": "List the selected activities.",
    "lsp": "Serve an editor: problems while typing, completion, explanations, fixes.",
    "merge": "Merge one record into another.",
    "move": "Move activities into another folder.",
    "new": "Record an activity.",
    "open": "Open a record in your editor.",
    "plan": "Show how far each objective has come.",
    "reflect": "Write the reflections that are missing, one question at a time.",
    "rename": "Give a file another name, with all that points to it.",
    "report": "Compile a document from the selected activities.",
    "retype": "Make activities of one type another's.",
    "schema": "Write JSON Schemas for editors and validators.",
    "scheme": "Show the CPD rules of professional bodies.",
    "search": "Find the records that hold some words.",
    "set": "Change fields of activities.",
    "show": "Show one record.",
    "status": "Say where you stand in each scheme.",
    "todo": "Show what waits for you, and the command that settles each.",
    "totals": "Add up the hours by type, month, topic and the like.",
}
COMPLETION = "_CPD_COMPLETE"
EPILOG = (
    "The journal is --journal DIR, else $CPD_JOURNAL, else the nearest folder upwards that holds cpd.yaml, else "
    "./journal. $CPD_PERIOD sets the default of --period for every command, $CPD_REPORT_PERIOD for one, and so for "
    "any option; values of a repeatable one are parted by commas."
)


@click.group(
    "cpd",
    cls=LazyGroup,
    table=COMMANDS,
    epilog=EPILOG,
    invoke_without_command=True,
    context_settings={"auto_envvar_prefix": "CPD", "help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, prog_name="cpdkit", message="%(prog)s %(version)s")
@click.pass_context
def cpd(ctx: click.Context) -> None:
    """Keep a journal of professional development, check it, and compile reports from it."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help(), err=True)
        ctx.exit(USAGE)


def run(args: Sequence[str]) -> int:
    """Run one command line (without the program's name); return the exit code. Only KeyboardInterrupt leaves it."""
    speak_utf8()
    return exit_code_of(lambda: perform(list(args)), args)


def speak_utf8() -> None:
    """Make both streams UTF-8 whatever the locale; a broken file name is shown as an escape, never an error."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def perform(args: list[str]) -> int:
    """Complete for a shell that asks for it, else run the command; commands return their exit code."""
    instruction = os.environ.get(COMPLETION)
    if instruction:
        from click.shell_completion import shell_complete

        return shell_complete(cpd, {}, "cpd", COMPLETION, instruction)
    with cpd.make_context("cpd", args) as ctx:
        code = cpd.invoke(ctx)
    return code if isinstance(code, int) else 0
