"""The root of the command line: the table of commands, and one run from arguments to exit code."""

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
    """A word is not the name of a command; `hint` names the nearest one."""

    def __init__(self, name: str, known: Mapping[str, str], ctx: click.Context) -> None:
        from difflib import get_close_matches

        super().__init__(f'unknown command "{name}"', ctx)
        near = get_close_matches(name.lower(), known, n=1)
        self.hint = (
            f"did you mean {ctx.command_path} {near[0]}?"
            if near
            else f"list the commands with {ctx.command_path} --help"
        )


class LazyGroup(click.Group):
    """A group that imports a command only when it runs: the object `name` of `cpdkit.cli.commands.PREFIXname`.

    `table` maps names to short helps, `sections` headings to names. In Python, a name that is a keyword gets an
    underscore at the end.
    """

    def __init__(
        self,
        *args: Any,
        table: Mapping[str, str],
        prefix: str = "",
        sections: Mapping[str, Sequence[str]] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.table = table
        self.prefix = prefix
        self.sections = sections or {"Commands": list(table)}

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
        columns = max(map(len, self.table), default=0)
        for heading, names in self.sections.items():
            with formatter.section(heading):
                formatter.write_dl([(name.ljust(columns), self.table[name]) for name in names])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> "list[CompletionItem]":
        from click.shell_completion import CompletionItem

        named = [CompletionItem(name, help=text) for name, text in self.table.items() if name.startswith(incomplete)]
        # Skip the method of click.Group, which would import every command that matches.
        return named + click.Command.shell_complete(self, ctx, incomplete)


COMMANDS = {
    "attach": "Attach evidence to an activity.",
    "check": "Check the journal and list its problems.",
    "competences": "Show the evidence for each competence, and the gaps.",
    "doctor": "Check that cpdkit and its tools are set up.",
    "done": "Mark a planned activity as done.",
    "explain": "Explain what a problem code means and how to fix it.",
    "export": "Export activities as a table, data or a calendar.",
    "import": "Import activities from a table, a calendar, notes or JSON.",
    "inbox": "Turn the lines of your inbox into drafts.",
    "init": "Create a journal.",
    "list": "List activities.",
    "lsp": "Start the language server for your editor.",
    "merge": "Merge two records into one.",
    "move": "Move activities to another folder.",
    "new": "Record an activity.",
    "open": "Open a record in your editor.",
    "plan": "Show your progress towards each objective.",
    "reflect": "Write missing reflections, one question at a time.",
    "rename": "Rename a file and update the links to it.",
    "report": "Create a report as DOCX, PDF, HTML, ODT or Markdown.",
    "retype": "Change activities from one type to another.",
    "schema": "Write JSON Schemas for editors and validators.",
    "scheme": "Show the CPD rules of professional bodies.",
    "search": "Search all records for words.",
    "set": "Change fields of activities.",
    "show": "Show one record.",
    "status": "Show your progress against each scheme.",
    "todo": "List what needs your attention.",
    "totals": "Add up hours by type, month, topic and more.",
}
SECTIONS = {
    "Record": ("init", "new", "inbox", "done", "reflect", "attach", "import"),
    "Review": ("status", "todo", "plan", "competences", "check", "explain"),
    "Find": ("list", "search", "show", "open", "totals"),
    "Report": ("report", "export"),
    "Change": ("set", "retype", "rename", "move", "merge"),
    "Set up": ("scheme", "schema", "lsp", "doctor"),
}
"""The commands as `cpd --help` groups them."""
COMPLETION = "_CPD_COMPLETE"
EPILOG = "\n\n".join(
    (
        "cpdkit uses the journal that --journal or $CPD_JOURNAL names. Without them, it looks for cpd.yaml in the "
        "current folder, in the folders above, and in ./journal.",
        "Environment variables set defaults: $CPD_PERIOD sets --period for all commands, $CPD_REPORT_PERIOD for "
        "cpd report. Separate values with commas.",
        "Start with: cpd init my-cpd",
    )
)


@click.group(
    "cpd",
    cls=LazyGroup,
    table=COMMANDS,
    sections=SECTIONS,
    epilog=EPILOG,
    invoke_without_command=True,
    context_settings={"auto_envvar_prefix": "CPD", "help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, prog_name="cpdkit", message="%(prog)s %(version)s")
@click.pass_context
def cpd(ctx: click.Context) -> None:
    """Record your professional development, check it, and create reports from it."""
    if ctx.invoked_subcommand is None:
        from cpdkit.cli.console import print_text

        print_text(ctx.get_help(), sys.stderr)
        ctx.exit(USAGE)


def run(args: Sequence[str]) -> int:
    """Run one command line (without the program's name) and return the exit code. Raise only KeyboardInterrupt."""
    speak_utf8()
    return exit_code_of(lambda: perform(list(args)), args)


def speak_utf8() -> None:
    """Make both streams UTF-8 in any locale. A broken file name is printed with escapes and raises no error."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def perform(args: list[str]) -> int:
    """Answer a shell's request for completion, or run the command. Return the exit code."""
    instruction = os.environ.get(COMPLETION)
    if instruction:
        from click.shell_completion import shell_complete

        return shell_complete(cpd, {}, "cpd", COMPLETION, instruction)
    with cpd.make_context("cpd", args) as ctx:
        code = cpd.invoke(ctx)
    return code if isinstance(code, int) else 0
