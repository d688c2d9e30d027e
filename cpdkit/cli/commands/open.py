"""`cpd open`: another name of `cpd edit`."""

import click

from cpdkit.cli.commands.edit import edit

open_ = click.Command(
    "open", params=edit.params, callback=edit.callback, help="Edit a record. This is another name of cpd edit."
)
