"""`cpd init`: a journal to start with."""

from pathlib import Path
from typing import Any

import click

from cpdkit.cli.console import Console
from cpdkit.cli.options import dry_write_option, option, output_options


@click.command()
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path(path_type=Path))
@option("--name", metavar="NAME", help="Your name, as reports print it.")
@option("--body", metavar="NAME", help="Your professional body, such as IET.")
@option("--grade", metavar="GRADE", help="Your grade there, such as Member.")
@option("--number", metavar="NUMBER", help="Your membership number.")
@option("--scheme", metavar="ID", help="The CPD scheme to be measured by, such as iet.")
@option("--year-start", metavar="MM-DD", default="01-01", show_default=True, help="The CPD year's first day.")
@option("--git/--no-git", default=None, help="Make a git repository, or don't.")
@dry_write_option
@output_options
def init(folder: Path, dry_run: bool, console: Console, **said: Any) -> int:
    """Start a journal in DIR, the current folder where none is named.

    On a terminal it asks what it needs to know: cpd init my-cpd. Options answer beforehand. Nothing that is there
    already is written over.
    """
    from cpdkit.cli.initing import Asked, started

    return started(folder, Asked(**said), dry_run, console)
