"""`cpd check`: every problem of the journal, at its place."""

from pathlib import Path
from typing import Any

import click

from cpdkit.checks.outputs import NAMES
from cpdkit.cli.console import Console
from cpdkit.cli.options import Command, decorated, journal_option, option, output_options, repeatable

OPTIONS = (
    repeatable("select", "select", "CODES", "Only these codes, or those that begin so: CPD204, or CPD3,CPD4."),
    repeatable("ignore", "ignore", "CODES", "Leave these codes out."),
    option(
        "--severity",
        type=click.Choice(["error", "warning", "advice"]),
        default="advice",
        show_default=True,
        help="The least that is shown.",
    ),
    option("--fix", is_flag=True, help="Mend what can be mended without a doubt, and say what is left."),
    option("--unsafe-fix", is_flag=True, help="Mend also what needs an eye afterwards."),
    option(
        "--diff", is_flag=True, help="Show what --fix (or --unsafe-fix, beside it) would change, and change nothing."
    ),
    option("--format", "form", type=click.Choice(NAMES), default="text", show_default=True, help="How to say it."),
    option(
        "-o", "--output", metavar="FILE", type=click.Path(path_type=Path), help="Where to write instead of to stdout."
    ),
    option("--statistics", is_flag=True, help="Count the codes instead of listing the problems."),
    option("--exit-zero", is_flag=True, help="Exit with 0 whatever is found."),
    option("--watch", is_flag=True, help="Stay, and check again whenever a file changes, until Ctrl-C."),
    option(
        "--stdin-filename",
        metavar="PATH",
        type=click.Path(path_type=Path),
        help="The file in the journal that - stands for; it need not be there yet.",
    ),
)


def check_options(command: Command) -> Command:
    """The options of this command alone."""
    return decorated(command, OPTIONS)


@click.command()
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(path_type=Path))
@journal_option
@check_options
@output_options
def check(paths: tuple[Path, ...], journal: Path | None, console: Console, **given: Any) -> int:
    """Say what is wrong in the journal, and where.

    With PATHs, only in these files and folders; - is a text on standard input.

    Exits with 1 where an error or a warning is shown, with 0 where nothing or only advice is; with --diff, with 1 where
    something would change.
    """
    from cpdkit.cli.checking import Asked, check_as_asked

    return check_as_asked(journal, Asked.from_options(paths, **given), console)
