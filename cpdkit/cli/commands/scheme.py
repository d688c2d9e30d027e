"""`cpd scheme`: list the schemes, show the rules of one, or copy one to change it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cpdkit.cli.built_in import eject_file, vocabulary_with
from cpdkit.cli.console import Console
from cpdkit.cli.exits import FINE
from cpdkit.cli.global_options import global_options
from cpdkit.cli.main import Group
from cpdkit.cli.options import format_option, journal_option, option, output_options
from cpdkit.cli.tables import hand_out, json_text, table_lines
from cpdkit.errors import UsageError
from cpdkit.text.terminal import printable

if TYPE_CHECKING:
    from cpdkit.journal.list_columns import Row
    from cpdkit.schemes.rules import Scheme


@click.group(cls=Group)
@global_options
def scheme(**_given: Any) -> int:
    """Show the CPD rules of professional bodies.

    Each scheme is a YAML file with its rules and their source. You can add your own schemes under schemes/ in your
    journal. A scheme there replaces the one of cpdkit with the same ID.

    \b
    cpd scheme list
    cpd scheme show iet
    """
    return FINE


@scheme.command("list", short_help="List the available schemes.")
@format_option
@journal_option
@output_options
def list_(output_format: str, journal: Path | None, console: Console) -> int:
    """List the available schemes: the built-in ones, and those under schemes/ in your journal."""
    words = vocabulary_with(journal)
    schemes = [scheme for name in words.scheme_ids if (scheme := words.scheme(name))]
    rows: list[Row] = [
        {
            "id": each.id,
            "body": each.body,
            "title": each.title,
            "followed": each.id in words.followed,
            "from": each.path or "shipped",
        }
        for each in schemes
    ]
    if output_format == "json":
        hand_out(console, json_text(rows))
    else:
        shown: list[Row] = [
            row | {"followed": "yes" if row["followed"] else "", "from": scheme.path or "built in"}
            for row, scheme in zip(rows, schemes, strict=True)
        ]
        console.page("\n".join(table_lines(shown, console.columns, colour=console.colour)))
    return FINE


@scheme.command(short_help="Show the rules of a scheme.")
@click.argument("name", metavar="ID")
@journal_option
@output_options
def show(name: str, journal: Path | None, console: Console) -> int:
    """Show the rules of a scheme.

    It also shows the source of the rules, the date of the last check, and anything uncertain.
    """
    words = vocabulary_with(journal)
    scheme = words.scheme(name)
    if scheme is None:
        raise UsageError(f'unknown scheme "{name}"', f"available schemes: {', '.join(words.scheme_ids)}")
    console.page("\n".join(map(printable, _lines(scheme))))
    return FINE


@scheme.command(short_help="Copy a built-in scheme into your journal, to change it.")
@click.argument("name", metavar="ID")
@journal_option
@option("--dry-run", is_flag=True, help="Show the file without writing it.")
@output_options
def eject(name: str, journal: Path | None, dry_run: bool, console: Console) -> int:
    """Copy a built-in scheme into schemes/ in your journal.

    Change the copy there. It replaces the built-in scheme.
    """
    from cpdkit.schemes.data_files import SCHEMES

    return eject_file(SCHEMES, name, journal, dry_run, console)


def _lines(scheme: Scheme) -> Iterator[str]:
    from cpdkit.dates.day_words import day_text
    from cpdkit.schemes.summary import rules_lines

    name = ": ".join(filter(None, (scheme.body, scheme.title)))
    yield f"{name} ({scheme.id})" if name else scheme.id
    yield from rules_lines(scheme)
    for label, text in (("note", scheme.note), ("uncertain", scheme.unsure), ("audit", scheme.audit)):
        if text:
            yield f"{label}: {' '.join(text.split())}"
    if scheme.source:
        checked = f", read on {day_text(scheme.checked)}" if scheme.checked else ""
        yield f"source: {scheme.source}{checked}"
