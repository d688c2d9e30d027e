"""The manual page of the program, in roff, from the help of its commands."""

import re
from collections.abc import Iterator

import click

from cpdkit import __version__
from cpdkit.cli.exits import BUG, FINE, INTERRUPTED, PROBLEMS, USAGE
from cpdkit.errors import ToolError

EXIT_CODES = {
    FINE: "No problems.",
    PROBLEMS: "Problems found.",
    USAGE: "The command line is wrong, or there is no journal.",
    BUG: "A bug in cpdkit.",
    ToolError.exit_code: "Another program is missing or failed.",
    INTERRUPTED: "Interrupted.",
}
_BEFORE_UNWRAPPED = "\b"
"""How the help of a command marks a paragraph whose lines stay as they are."""


def man_page(root: click.Context) -> str:
    """Return the manual page of the program at `root`: each command below its group."""
    return "\n".join(_lines(root)) + "\n"


def _lines(root: click.Context) -> Iterator[str]:
    yield f'.TH CPD 1 "" "cpdkit {__version__}" "User Commands"'
    yield from (".SH NAME", rf"cpd \- {_escaped(root.command.get_short_help_str(200).rstrip('.'))}")
    yield from (".SH SYNOPSIS", r"\fBcpd\fR [OPTIONS] COMMAND [ARGS]...")
    yield ".SH DESCRIPTION"
    yield from _paragraphs(root.command.epilog or "")
    yield ".SH OPTIONS"
    yield from _options(root)
    assert isinstance(root.command, click.Group)
    for heading, names in getattr(root.command, "sections", {}).items():
        yield f".SH {_escaped(heading).upper()}"
        for name in names:
            yield from _command(root, name)
    yield ".SH EXIT STATUS"
    for code, meaning in EXIT_CODES.items():
        yield from (".TP", str(code), _escaped(meaning))
    yield from (".SH FILES", ".TP", "cpd.yaml", "Your details and settings. The folder of this file is the journal.")


def _command(parent: click.Context, name: str) -> Iterator[str]:
    """Yield a command, then the commands below it."""
    assert isinstance(parent.command, click.Group)
    command = parent.command.get_command(parent, name)
    assert command is not None
    ctx = click.Context(command, parent=parent, info_name=name)
    usage = " ".join(command.collect_usage_pieces(ctx))
    yield rf".SS {_escaped(ctx.command_path)} {_escaped(usage)}"
    yield from _paragraphs(command.help or "")
    yield from _options(ctx)
    if isinstance(command, click.Group):
        for below in command.list_commands(ctx):
            yield from _command(ctx, below)


def _options(ctx: click.Context) -> Iterator[str]:
    for param in ctx.command.get_params(ctx):
        record = param.get_help_record(ctx)
        if record and record[1]:
            yield from (".TP", rf"\fB{_escaped(record[0])}\fR", _escaped(record[1]))


def _paragraphs(text: str) -> Iterator[str]:
    """Yield the paragraphs of a help text; those with examples or lists keep their lines."""
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        lines = [line.strip() for line in paragraph.splitlines()]
        yield ".PP"
        if lines[0] == _BEFORE_UNWRAPPED:
            yield from (".nf", *map(_escaped, lines[1:]), ".fi")
        else:
            yield _escaped(" ".join(lines))


def _escaped(text: str) -> str:
    """Return a text that roff prints as it is. At the start of a line, a dot or a quote would be an instruction."""
    plain = text.replace("\\", r"\e").replace("-", r"\-")
    plain = "".join(letter if letter.isascii() else rf"\[u{ord(letter):04X}]" for letter in plain)
    return rf"\&{plain}" if plain.startswith((".", "'")) else plain
