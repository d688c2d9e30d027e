"""`cpd new qualification`: record a degree, a certificate, a licence or an exam."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cpdkit.cli.console import Console
from cpdkit.cli.options import dry_write_option, edit_option, journal_option, option, output_options
from cpdkit.errors import UsageError

if TYPE_CHECKING:
    from cpdkit.journal.new_career import NewFile
    from cpdkit.journal.record_writer import Plain

EXAMPLE = 'cpd new qualification "MEng Electrical Engineering" --institution "University of Leeds" --awarded 2016-07'


@click.command("qualification")
@click.argument("title", nargs=-1)
@option("--kind", metavar="WORD", help="Kind: degree, certificate, licence or exam.")
@option("-i", "--institution", metavar="NAME", help="Who awarded it.")
@option("--start", metavar="DATE", help="When you began: 2012-09, 'September 2012' or a date.")
@option("--awarded", metavar="DATE", help="When it was awarded: 2016, 2016-07, 'July 2016' or a date.")
@option("--expires", metavar="DATE", help="The last day: a date, a month or a year.")
@option("--grade", metavar="TEXT", help="Grade or class.")
@option("--number", metavar="TEXT", help="Number of the certificate or licence.")
@option("--accreditation", metavar="TEXT", help="Accreditation, such as 'accredited by the IET for CEng'.")
@option("-c", "--competence", "competences", metavar="CODE", multiple=True, help="Competence: A1, or A1:P. Repeatable.")
@option("--evidence", metavar="FILE", multiple=True, help="File under evidence/, or web address. Repeatable.")
@edit_option
@journal_option
@dry_write_option
@output_options
def qualification(
    title: tuple[str, ...],
    kind: str | None,
    start: str | None,
    awarded: str | None,
    expires: str | None,
    competences: tuple[str, ...],
    evidence: tuple[str, ...],
    edit: bool | None,
    journal: Path | None,
    dry_run: bool,
    console: Console,
    **texts: str | None,
) -> int:
    """Record a degree, a certificate, a licence or an exam, as a file under qualifications/.

    Without --awarded, it is still in progress. cpd todo, cpd status and cpd check remind you of one that expires.

    \b
    cpd new qualification "MEng Electrical Engineering" --kind degree --awarded 2016-07
    cpd new qualification "First aid at work" --awarded "March 2026" --expires 2029-03
    """
    from cpdkit.cli.exits import FINE
    from cpdkit.cli.new_records import edit_draft, show_draft, write_draft
    from cpdkit.cli.settings import settings_of
    from cpdkit.journal.new_career import new_qualification
    from cpdkit.journal.objectives import parse_claims
    from cpdkit.journal.paths import find, list_journal
    from cpdkit.text.files import Disk

    words = " ".join(title).strip()
    if not words:
        raise UsageError("TITLE is missing", EXAMPLE)
    root = Path(os.path.realpath(find(journal)))
    settings = settings_of(root)
    values: dict[str, Plain] = {"title": words, **{name: text.strip() for name, text in texts.items() if text}}
    if kind:
        values["kind"] = kind_named(kind)
    for name, text in (("start", start), ("awarded", awarded), ("expires", expires)):
        if text:
            values[name] = part_of_date(text, settings.day)
    if competences:
        values["competences"] = parse_claims(competences)
    if evidence:
        values["evidence"] = [each.removeprefix("evidence/") for each in evidence]

    def make_draft(taken: Sequence[str]) -> NewFile:
        return new_qualification([*list_journal(Disk(str(root))).records["qualifications"], *taken], values)

    if dry_run:
        show_draft(make_draft(()), console)
        return FINE
    edit_draft(root, write_draft(root, make_draft), bool(edit), False, console)
    return FINE


def kind_named(text: str) -> str:
    """Return the kind of qualification that a word means. Raise UsageError."""
    from cpdkit.journal.records import QUALIFICATION_KINDS

    word = text.strip().casefold()
    begun = [each for each in QUALIFICATION_KINDS.options if word and each.startswith(word)]
    near = begun[0] if len(begun) == 1 else QUALIFICATION_KINDS.nearest(text)
    if not near:
        raise UsageError(f'"{text}" is not a kind of qualification', "use degree, certificate, licence or exam")
    return near


def part_of_date(text: str, day_of: Callable[[str], date]) -> str:
    """Return a year, a month or a date in the form of the files. Raise UsageError."""
    from cpdkit.dates.partial import days_of_part
    from cpdkit.exchange.partial_dates import part_named

    if days_of_part(text.strip()):
        return text.strip()
    return part_named(text) or day_of(text).isoformat()
