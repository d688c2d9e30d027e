"""`cpd scheme`: the schemes that there are, what one asks, and a copy of one to change."""

import click

from cpdkit.cli.lazy import LazyGroup

COMMANDS = {
    "eject": "Copy a shipped scheme into the journal, to change it.",
    "list": "List the schemes that there are.",
    "show": "Show what a scheme asks.",
}


@click.group(cls=LazyGroup, package="cpdkit.cli.schemes", table=COMMANDS)
def scheme() -> None:
    """Show the CPD rules of professional bodies, as far as they are known, and where from.

    Each is a small file of data. One of your own under `schemes/` adds to them, or takes the place of one with its id.
    """
