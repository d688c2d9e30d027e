"""`cpd lsp`: the language server that an editor starts."""

import os
import signal
import sys
from typing import BinaryIO

import click

from cpdkit.cli.console import is_terminal


@click.command()
@click.option(
    "--stdio", is_flag=True, expose_value=False, help="Speak over standard input and output, as it does anyway."
)
def lsp() -> int:
    """Serve an editor: problems while typing, completion, explanations, fixes.

    An editor starts this and speaks the Language Server Protocol with it; docs/how-to/use-in-an-editor.md has the settings.
    """
    from cpdkit.cli.exits import FINE, PROBLEMS
    from cpdkit.errors import UsageError

    if is_terminal(sys.stdin):
        raise UsageError(
            "an editor starts cpd lsp and speaks with it", "docs/how-to/use-in-an-editor.md says how to set yours up"
        )
    from cpdkit.editor.server import serve

    # It has nothing to clean up, and would wait for the editor's next message first.
    for number in {signal.SIGINT, signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM)}:
        signal.signal(number, signal.SIG_DFL)
    return FINE if serve(sys.stdin.buffer, own_stdout()) else PROBLEMS


def own_stdout() -> BinaryIO:
    """Standard output for the protocol alone: whatever else is printed goes to standard error from now on."""
    kept = os.dup(1)
    os.dup2(2, 1)
    return os.fdopen(kept, "wb")
