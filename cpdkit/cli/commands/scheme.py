"""`cpd scheme`: the schemes that there are, what one asks, and a copy of one to change."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cpdkit.cli.console import Console
from cpdkit.cli.exits import FINE
from cpdkit.cli.options import form_option, journal_option, option, output_options
from cpdkit.cli.tables import hand_out, json_text, table_lines
from cpdkit.errors import NoJournal, UsageError
from cpdkit.text.terminal import printable

if TYPE_CHECKING:
    from cpdkit.journal.list_columns import Row
    from cpdkit.schemes.rules import Scheme
    from cpdkit.schemes.vocabulary import Vocabulary


@click.group()
def scheme() -> None:
    """Show the CPD rules of professional bodies, as far as they are known, and where from.

    Each is a small file of data. One of your own under `schemes/` adds to them, or takes the place of one with its id.
    """


@scheme.command("list", short_help="List the schemes that there are.")
@form_option
@journal_option
@output_options
def list_(output_format: str, journal: Path | None, console: Console) -> int:
    """List the schemes that there are: shipped ones, and those under schemes/ of the journal."""
    words = _vocabulary(journal)
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
        shown: list[Row] = [row | {"followed": "yes" if row["followed"] else ""} for row in rows]
        console.show("\n".join(table_lines(shown, console.columns, colour=console.colour)))
    return FINE


@scheme.command(short_help="Show what a scheme asks.")
@click.argument("name", metavar="ID")
@journal_option
@output_options
def show(name: str, journal: Path | None, console: Console) -> int:
    """Show what the scheme ID asks, where that was read and when, and what is not certain of it."""
    words = _vocabulary(journal)
    scheme = words.scheme(name)
    if scheme is None:
        raise UsageError(f'there is no scheme "{name}"', f"there are: {', '.join(words.scheme_ids)}")
    console.show("\n".join(map(printable, _lines(scheme))))
    return FINE


@scheme.command(short_help="Copy a shipped scheme into the journal, to change it.")
@click.argument("name", metavar="ID")
@journal_option
@option("--dry-run", is_flag=True, help="Show the file, and write nothing.")
@output_options
def eject(name: str, journal: Path | None, dry_run: bool, console: Console) -> int:
    """Copy the shipped scheme ID into schemes/ of the journal, where it takes the shipped one's place."""
    from cpdkit.journal.paths import find
    from cpdkit.schemes.data_files import shipped_text
    from cpdkit.schemes.scheme_file import FOLDER, shipped_schemes
    from cpdkit.text.write import below, write_new

    if name not in shipped_schemes():
        raise UsageError(f'there is no shipped scheme "{name}"', f"there are: {', '.join(shipped_schemes())}")
    text = shipped_text(FOLDER, name).text
    if dry_run:
        console.show(text.rstrip("\n"))
        return FINE
    path = f"{FOLDER}/{name}.yaml"
    write_new({below(find(journal).resolve(), path): text.encode()})
    console.show(path)
    return FINE


def _vocabulary(journal: Path | None) -> Vocabulary:
    """The schemes of a journal; where there is none, the shipped ones."""
    from cpdkit.journal.load import load
    from cpdkit.journal.paths import find
    from cpdkit.schemes.vocabulary import Vocabulary, vocabulary_in

    try:
        return vocabulary_in(load(find(journal)))
    except NoJournal:
        if journal is not None:
            raise
        return Vocabulary()


def _lines(scheme: Scheme) -> Iterator[str]:
    from cpdkit.dates.day_words import day_text
    from cpdkit.schemes.summary import rules_lines

    yield f"{scheme.id}: {scheme.body}{', ' if scheme.title else ''}{scheme.title}"
    yield from rules_lines(scheme)
    for name, text in (("note", scheme.note), ("not certain", scheme.unsure), ("looked at", scheme.audit)):
        if text:
            yield f"{name}: {' '.join(text.split())}"
    if scheme.source:
        checked = f", checked on {day_text(scheme.checked)}" if scheme.checked else ""
        yield f"source: {scheme.source}{checked}"
