"""`cpd application`: check the application for registration, show how far it is, and pack the files to send."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cpdkit.cli.console import Console, warn_of_errors
from cpdkit.cli.exits import FINE, PROBLEMS
from cpdkit.cli.global_options import global_options
from cpdkit.cli.main import Group
from cpdkit.cli.options import format_option, journal_option, option, output_options
from cpdkit.cli.tables import BOLD, hand_out, json_text, styled
from cpdkit.text.terminal import limited, pad, printable, width
from cpdkit.text.wording import counted

if TYPE_CHECKING:
    from cpdkit.documents.make import PageCount
    from cpdkit.journal.load import Journal
    from cpdkit.schemes.application import ApplicationStatus, PartStatus
    from cpdkit.schemes.forms import ApplicationForm

form_option = option("--form", metavar="ID", default="", help="Form of the application. Default: as set in cpd.yaml.")
MOST_TEXTS = 12
"""How many counted texts of a part are listed."""


@click.group(cls=Group)
@global_options
def application(**_given: Any) -> int:
    """Prepare an application for professional registration, such as CEng.

    Its form is one of cpd form list. Name it in cpd.yaml, as application: {form: iet-ceng}, or with --form. The
    document itself is made by cpd report application.

    \b
    cpd application status
    cpd application check
    cpd application pack -o to-send
    """
    return FINE


@application.command(short_help="Check the application against its form.")
@form_option
@format_option
@journal_option
@output_options
def check(form: str, output_format: str, journal: Path | None, console: Console) -> int:
    """Check the application against its form.

    It finds missing parts, and texts and documents that are too long. It finds statements without evidence, competences
    without a statement, gaps between posts and expired registrations. It also marks sentences that hide what you did.

    If cpd.yaml names the form, cpd check finds the same, except for the pages.
    """
    from cpdkit.actions.application import application_pages, page_problems
    from cpdkit.cli.commands.check import report_application

    records, chosen = _chosen(journal, form, console)
    with console.working("counting the pages"):
        problems = tuple(page_problems(chosen, application_pages(records, chosen)))
    return report_application(records.root, chosen.id, output_format, problems, console)


@application.command(short_help="Show which parts are done, and what to do next.")
@form_option
@format_option
@journal_option
@output_options
def status(form: str, output_format: str, journal: Path | None, console: Console) -> int:
    """Show which parts of the application are done, words and pages against the limits, and what to do next."""
    from cpdkit.actions.application import application_pages, part_pages
    from cpdkit.schemes.application import application_status, records_of
    from cpdkit.schemes.vocabulary import vocabulary_in
    from cpdkit.text.clock import today

    records, chosen = _chosen(journal, form, console)
    parts = records_of(records, today())
    framework = vocabulary_in(records).frameworks.get(chosen.framework_for(parts.category))
    with console.working("counting the pages"):
        pages = application_pages(records, chosen)
    result = application_status(chosen, framework, parts, part_pages(chosen, pages))
    if output_format == "json":
        hand_out(console, json_text(data_of(result, pages)))
    else:
        console.page("\n".join(status_lines(result, pages, console.columns, colour=console.colour)))
    return FINE


@application.command(short_help="Write the application and each upload as a file.")
@option(
    "-o",
    "--output",
    "folder",
    metavar="DIR",
    required=True,
    type=click.Path(path_type=Path),
    help="Folder to write to. It is created if it does not exist.",
)
@form_option
@journal_option
@output_options
def pack(folder: Path, form: str, journal: Path | None, console: Console) -> int:
    """Write the application and each upload as its own file, named as the form asks, and list what is missing.

    The certificates of your qualifications are joined into one PDF. Each supporter gets a form of which only section 1
    is filled in. contents.md lists the files, their sizes, and what is missing or too large.
    """
    from cpdkit.actions.application import CONTENTS, pack_folder, packed, require_free, require_own_folder
    from cpdkit.text.write import make_folder, write_all

    records, chosen = _chosen(journal, form, console)
    require_own_folder(records.root, folder)
    with console.working("making the files"):
        result = packed(records, chosen)
    require_free(folder, result.files)
    make_folder(folder)
    write_all(pack_folder(result.files, folder))
    for name in result.files:
        console.show(printable(str(folder / name)))
    for each in (*result.omitted, *result.missing):
        console.warn(printable(f"cpd: {each}"))
    if result.missing:
        console.warn(f"cpd: see {printable(str(folder / CONTENTS))} for what is missing")
    return PROBLEMS if result.missing else FINE


def _chosen(journal: Path | None, name: str, console: Console) -> tuple[Journal, ApplicationForm]:
    """Return the journal, and the form of that ID or the one in cpd.yaml. Raise UsageError, NoJournal."""
    from cpdkit.cli.commands.report import form_named
    from cpdkit.journal.load import load
    from cpdkit.journal.paths import find
    from cpdkit.schemes.vocabulary import vocabulary_in

    records = load(Path(os.path.realpath(find(journal))))
    warn_of_errors(console, records.root, records.diagnostics)
    return records, form_named(vocabulary_in(records), records, name)


# --- what is printed ---


def status_lines(result: ApplicationStatus, pages: PageCount, columns: int = 0, *, colour: bool = False) -> list[str]:
    """Return the parts with their states, the counted texts, and what to do next."""
    form = result.form
    limit = f" of at most {form.pages}" if form.pages else ""
    lines = [
        styled(printable(form.title), BOLD, enabled=colour),
        f"{result.done} of {len(result.parts)} parts done, {counted(pages.pages, 'page')}{limit}",
        "",
    ]
    titles = min(max((width(printable(each.part.title)) for each in result.parts), default=0), 44)
    for each in result.parts:
        title = pad(limited(printable(each.part.title), titles), titles)
        lines.append(limited(f"  {pad(each.state, 8)}  {title}  {printable(each.has)}".rstrip(), columns))
        lines += [limited(f"            {line}", columns) for line in _texts(each, pages, form)]
    if result.unclaimed:
        codes = ", ".join(each.code for each in result.unclaimed)
        total = result.claimed + len(result.unclaimed)
        lines += ["", f"{result.claimed} of {total} competences have a statement; without: {printable(codes)}"]
    steps = [f"{each.part.title}: {each.next}" for each in result.parts if each.next and each.state not in _FINISHED]
    if form.pages and pages.pages > form.pages:
        steps.append(f"shorten the application from {pages.pages} to {counted(form.pages, 'page')}")
    if result.claimed and result.unclaimed and not any("cpd new claim" in step for step in steps):
        steps.append(f"run cpd new claim {result.unclaimed[0].code}")
    return [*lines, "", *(["next:", *(f"  {printable(step)}" for step in steps)] if steps else ["nothing to do next"])]


_FINISHED = ("done", "optional")


def _texts(each: PartStatus, pages: PageCount, form: ApplicationForm) -> Iterator[str]:
    """Yield the counts of a part against its limits."""
    from cpdkit.actions.application import part_pages

    part = each.part
    if part.pages and (length := part_pages(form, pages)[part.name]):
        yield f"{length:.1f} of at most {counted(part.pages, 'page')}"
    if not (part.characters or part.words or part.least_words):
        return
    for text in each.texts[:MOST_TEXTS]:
        counts = [f"{text.size.characters:,} of at most {part.characters:,} characters"] if part.characters else []
        counts += [f"{text.size.words:,} of at most {part.words:,} words"] if part.words else []
        if part.least_words:
            counts.append(
                f"at least {part.least_words:,} words"
                if part.words
                else f"{text.size.words:,} of at least {part.least_words:,} words"
            )
        yield f"{printable(text.name)}: {', '.join(counts)}"
    if len(each.texts) > MOST_TEXTS:
        yield f"and {len(each.texts) - MOST_TEXTS} more"


def data_of(result: ApplicationStatus, pages: PageCount) -> dict[str, object]:
    """Return the same as plain data."""
    from cpdkit.actions.application import part_pages

    lengths = part_pages(result.form, pages)
    return {
        "form": result.form.id,
        "title": result.form.title,
        "pages": pages.pages,
        "pages_allowed": result.form.pages or None,
        "parts": [
            {
                "part": each.part.name,
                "title": each.part.title,
                "state": str(each.state),
                "has": each.has,
                "next": each.next,
                "pages": round(lengths[each.part.name], 2),
                "texts": [
                    {"path": text.path, "name": text.name, "characters": text.size.characters, "words": text.size.words}
                    for text in each.texts
                ],
            }
            for each in result.parts
        ],
        "unclaimed": [each.code for each in result.unclaimed],
    }
