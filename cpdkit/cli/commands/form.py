"""`cpd form`: list the forms of professional bodies, show the parts of one, or copy one to change it."""

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
from cpdkit.text.terminal import printable

if TYPE_CHECKING:
    from cpdkit.journal.list_columns import Row
    from cpdkit.schemes.forms import ApplicationForm


@click.group(cls=Group)
@global_options
def form(**_given: Any) -> int:
    """Show what professional bodies ask for with an application for registration.

    Each form is a YAML file with its parts, their limits and their sources. You can add your own forms under forms/ in
    your journal. A form there replaces the one of cpdkit with the same ID.

    \b
    cpd form list
    cpd form show iet-ceng
    """
    return FINE


@form.command("list", short_help="List the available forms.")
@format_option
@journal_option
@output_options
def list_(output_format: str, journal: Path | None, console: Console) -> int:
    """List the available forms: the built-in ones, and those under forms/ in your journal."""
    words = vocabulary_with(journal)
    forms = [each for name in words.form_ids if (each := words.form(name))]
    rows: list[Row] = [
        {
            "id": each.id,
            "body": each.abbreviation or each.body,
            "for": each.category,
            "title": each.title,
            "from": each.path or "built in",
        }
        for each in forms
    ]
    if output_format == "json":
        hand_out(console, json_text(rows))
    else:
        console.page("\n".join(table_lines(rows, console.columns, colour=console.colour)))
    return FINE


@form.command(short_help="Show the parts of a form, with their limits and sources.")
@click.argument("name", metavar="ID")
@journal_option
@output_options
def show(name: str, journal: Path | None, console: Console) -> int:
    """Show the parts of a form in its order, with their limits.

    It also shows the source of each limit, the date of the last check, and anything uncertain.
    """
    from cpdkit.cli.commands.report import unknown_form

    words = vocabulary_with(journal)
    found = words.form(name)
    if found is None:
        raise unknown_form(words, name)
    console.page("\n".join(map(printable, _lines(found))))
    return FINE


@form.command(short_help="Copy a built-in form into your journal, to change it.")
@click.argument("name", metavar="ID")
@journal_option
@option("--dry-run", is_flag=True, help="Show the file without writing it.")
@output_options
def eject(name: str, journal: Path | None, dry_run: bool, console: Console) -> int:
    """Copy a built-in form into forms/ in your journal.

    Change the copy there. It replaces the built-in form.
    """
    from cpdkit.schemes.data_files import FORMS

    return eject_file(FORMS, name, journal, dry_run, console)


def _lines(form: ApplicationForm) -> Iterator[str]:
    from cpdkit.dates.day_words import day_text

    yield f"{form.body}: {form.title} ({form.id})" if form.body else f"{form.title} ({form.id})"
    if form.limits:
        yield f"the whole document: {', '.join(form.limits)}"
    for number, part in enumerate(form.parts, start=1):
        optional = "" if part.required else " (optional)"
        limits = ", ".join(part.limits)
        yield f"{number:>2}. {part.title}{optional}" + (f": {limits}" if limits else "")
        for label, text in (("", part.note), ("source: ", part.source), ("uncertain: ", part.unsure)):
            if text:
                yield f"    {label}{' '.join(text.split())}"
    for label, text in (("note", form.note), ("uncertain", form.unsure)):
        if text:
            yield f"{label}: {' '.join(text.split())}"
    if form.source:
        checked = f", read on {day_text(form.checked)}" if form.checked else ""
        yield f"source: {form.source}{checked}"
