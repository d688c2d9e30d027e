"""The root of the command line: the table of commands, and one run from arguments to exit code."""

import os
import re
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from keyword import iskeyword
from typing import TYPE_CHECKING, Any

import click

from cpdkit import __version__
from cpdkit.cli.exits import USAGE, exit_code_of
from cpdkit.cli.global_options import as_arguments, global_options

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

COMMANDS_PACKAGE = "cpdkit.cli.commands"


class NoSuchCommand(click.UsageError):
    """A word is not the name of a command; `hint` names the right command, or the nearest one."""

    def __init__(self, name: str, known: Mapping[str, str], ctx: click.Context) -> None:
        """`known` maps the words that people type to what they mean, from the name of the command on."""
        super().__init__(f'unknown command "{name}"', ctx)
        meant = _meant(name, known)
        self.hint = (
            f"did you mean {ctx.command_path} {meant}?"
            if meant
            else f"list the commands with {ctx.command_path} --help"
        )


def _meant(name: str, known: Mapping[str, str]) -> str:
    """Return the command line that a word probably means, without the program's name; empty for any other word."""
    from difflib import get_close_matches

    word = name.lower()
    near = [word] if word in known else get_close_matches(word, known, n=1)
    if near:
        return known[near[0]]
    if "new" in known and " " in name.strip():
        from cpdkit.text.shell import quote

        return f"new {quote(name)}"
    return f"list {name}" if "list" in known and re.fullmatch(r"[0-9]{4}[\w.-]*", name) else ""


class Group(click.Group):
    """A group of commands: it hands on the global options, takes other words for its commands, and suggests one.

    `aliases` maps words to the commands that they run, `meant` words to the command lines that they suggest.
    """

    def __init__(
        self,
        *args: Any,
        aliases: Mapping[str, str] | None = None,
        meant: Mapping[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.aliases = aliases or {}
        self.meant = meant or {}

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name, *rest = args
        names = self.list_commands(ctx)
        if name not in names and self.aliases.get(name) in names:
            name = self.aliases[name]
        if name not in names and not ctx.resilient_parsing:
            aliases = {word: each for word, each in self.aliases.items() if each in names}
            raise NoSuchCommand(name, {**self.meant, **aliases, **{each: each for each in names}}, ctx)
        _, command, _ = super().resolve_command(ctx, [name])
        return name, command, [*as_arguments(ctx, command), *rest] if command else rest


class LazyGroup(Group):
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
    "application": "Prepare an application for registration.",
    "attach": "Attach evidence to an activity.",
    "check": "Check the journal and list its problems.",
    "competences": "Show the evidence for each competence, and the gaps.",
    "completion": "Print the script that completes cpd in your shell.",
    "config": "Show your settings, and where each comes from.",
    "deadlines": "List your deadlines, and write them as a calendar.",
    "delete": "Delete records; cpd undo puts them back.",
    "doctor": "Check that cpdkit and its tools are set up.",
    "done": "Mark a planned activity or a draft as done.",
    "edit": "Edit a record in your editor, then check it.",
    "explain": "Explain what a problem code means and how to fix it.",
    "export": "Export activities as a table, data or a calendar, or your CV.",
    "form": "Show what bodies ask for with an application.",
    "help": "Show the help of a command.",
    "import": "Import activities from a table, a calendar, notes or JSON.",
    "inbox": "Turn the lines of your inbox into drafts.",
    "init": "Create a journal.",
    "list": "List activities.",
    "lsp": "Start the language server for your editor.",
    "merge": "Merge two records into one.",
    "move": "Move activities to another folder.",
    "new": "Record an activity.",
    "open": "Edit a record (another name of edit).",
    "plan": "Show your progress towards each objective.",
    "reflect": "Write missing reflections, one question at a time.",
    "rename": "Rename a file and update the links to it.",
    "report": "Create a report as DOCX, PDF, HTML, ODT or Markdown.",
    "retype": "Change activities from one type to another.",
    "schema": "Write JSON Schemas for editors and validators.",
    "scheme": "Find, show and compare the CPD rules of professional bodies.",
    "search": "Search all records for words.",
    "set": "Change fields of activities.",
    "show": "Show one record.",
    "status": "Show your progress against each scheme.",
    "todo": "List what needs your attention.",
    "totals": "Add up hours by type, month, topic and more.",
    "undo": "Undo the last change that a command made.",
}
SECTIONS = {
    "Start here": ("init", "help", "doctor"),
    "Record": ("new", "inbox", "done", "reflect", "attach", "import"),
    "Look": ("list", "show", "search", "open", "totals", "todo"),
    "Documents": ("report", "application", "form"),
    "Plan and standing": ("plan", "status", "deadlines", "competences", "scheme"),
    "Keep": ("check", "explain", "edit", "set", "retype", "rename", "move", "merge", "delete", "undo"),
    "Share": ("export",),
    "Tools": ("config", "completion", "schema", "lsp"),
}
"""The commands as `cpd --help` groups them."""
ALIASES = {
    "add": "new", "log": "new", "record": "new",
    "ls": "list", "cat": "show", "view": "show", "find": "search", "grep": "search", "stats": "totals",
    "mv": "move", "rm": "delete", "remove": "delete",
    "lint": "check", "validate": "check", "verify": "check",
}  # fmt: skip
"""Words that run a command: what other programs call the same thing."""
MEANT = {
    "create": "new", "entry": "new", "start": "init", "setup": "init",
    "finish": "done", "complete": "done", "upload": "attach", "evidence": "attach",
    "history": "list", "activities": "list", "sum": "totals", "hours": "totals", "tasks": "todo", "agenda": "todo",
    "build": "report", "make": "report", "generate": "report", "print": "report", "pdf": "report", "docx": "report",
    "summary": "report summary", "detailed": "report detailed", "annual-review": "report annual-review",
    "csv": "export csv", "xlsx": "export xlsx", "json": "export json", "ics": "export ics",
    "progress": "status", "standing": "status",
    "reminders": "deadlines", "due": "deadlines", "calendar": "deadlines",
    "objectives": "plan", "goals": "plan", "review": "plan review",
    "cv": "report cv", "resume": "report cv", "ceng": "application status", "apply": "application status",
    "diagram": "report accountability", "forms": "form list", "pack": "application pack",
    "bodies": "scheme list", "schemes": "scheme list", "frameworks": "competences",
    "update": "set", "change": "set", "settings": "config", "configure": "config", "commands": "help",
    "man": "help --man", "completions": "completion", "version": "--version",
}  # fmt: skip
"""Words that suggest a command line, because the command does not do exactly the same."""
VERSION = "--version"
COMPLETION = "_CPD_COMPLETE"
EPILOG = "\n\n".join(
    (
        "cpdkit uses the journal that --journal or $CPD_JOURNAL names. Without them, it looks for cpd.yaml in the "
        "current folder, in the folders above, and in ./journal.",
        "The options above work before and after the command: cpd list --journal DIR --quiet.",
        "Environment variables set defaults: $CPD_PERIOD sets --period for all commands, $CPD_REPORT_PERIOD for "
        "cpd report. Separate values with commas.",
        "Start with cpd init my-cpd. cpd help COMMAND explains a command.",
    )
)


class Program(LazyGroup):
    """The program itself. `cpd version` is `cpd --version`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        return super().parse_args(ctx, [VERSION] if args == ["version"] else args)


@click.group(
    "cpd",
    cls=Program,
    table=COMMANDS,
    sections=SECTIONS,
    aliases=ALIASES,
    meant=MEANT,
    epilog=EPILOG,
    invoke_without_command=True,
    context_settings={"auto_envvar_prefix": "CPD", "help_option_names": ["-h", "--help"]},
)
@global_options
@click.version_option(__version__, "-V", VERSION, prog_name="cpdkit", message="%(prog)s %(version)s")
def cpd(**_given: Any) -> int:
    """Record your professional development, check it, and create reports from it."""
    ctx = click.get_current_context()
    if ctx.invoked_subcommand is None:
        from cpdkit.cli.console import print_text

        print_text(ctx.get_help(), sys.stderr)
    return USAGE


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

        if instruction.startswith("powershell_"):
            from cpdkit.cli.powershell import register

            register()
        return shell_complete(cpd, {}, "cpd", COMPLETION, instruction)
    with cpd.make_context("cpd", args) as ctx:
        code = cpd.invoke(ctx)
    return code if isinstance(code, int) else 0
