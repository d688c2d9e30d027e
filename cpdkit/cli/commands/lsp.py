"""`cpd lsp`: the language server that an editor starts."""

import os
import signal
import sys
from typing import BinaryIO

import click

from cpdkit.cli.console import is_terminal


@click.command()
@click.option(
    "--stdio", is_flag=True, expose_value=False, help="Use standard input and output. This is always the case."
)
def lsp() -> int:
    """Start the language server for your editor.

    Your editor runs this command. It then shows problems while you type, completion, explanations and fixes.
    docs/how-to/use-in-an-editor.md has the settings for your editor.
    """
    from cpdkit.cli.exits import FINE, PROBLEMS
    from cpdkit.errors import UsageError

    if is_terminal(sys.stdin):
        raise UsageError(
            "cpd lsp does not run on a terminal: your editor starts it",
            "set up your editor as docs/how-to/use-in-an-editor.md shows",
        )
    from cpdkit.editor.server import serve

    # There is nothing to clean up, and a handler would run only after the editor's next message.
    for number in {signal.SIGINT, signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM)}:
        signal.signal(number, signal.SIG_DFL)
    return FINE if serve(sys.stdin.buffer, own_stdout()) else PROBLEMS


def own_stdout() -> BinaryIO:
    """Return standard output for the protocol only. From now on, other output goes to standard error."""
    kept = os.dup(1)
    os.dup2(2, 1)
    return os.fdopen(kept, "wb")
