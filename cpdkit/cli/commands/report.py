"""`cpd report`: create documents from the selected activities."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cpdkit.cli.console import Console, warn_of_errors, warn_of_problems
from cpdkit.cli.exits import FINE, PROBLEMS
from cpdkit.cli.options import format_options, journal_option, option, output_options, selection_options
from cpdkit.diagnostics import Severity
from cpdkit.errors import CpdError, NoJournal, UsageError
from cpdkit.text.terminal import printable
from cpdkit.text.wording import counted

if TYPE_CHECKING:
    from cpdkit.journal.load import Journal
    from cpdkit.journal.selection import Selection, SelectionOptions

DEFAULT_FORMATS = ("docx", "pdf")


class NotStrictlyReadable(CpdError):
    """With `--strict`, an activity could not be read."""

    def __init__(self, unread: int) -> None:
        super().__init__(f"no report written: cannot read {counted(unread, 'activity', 'activities')}")
        self.hint = "fix the problems above, or remove --strict"


@click.command()
@click.argument("kind", required=False)
@option(
    "-o",
    "--output",
    "outputs",
    metavar="FILE",
    multiple=True,
    type=click.Path(path_type=Path),
    help="File to write; its suffix sets the format. Repeatable.",
)
@option(
    "--out",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Folder to write to. It is created if it does not exist.",
)
@option("--codes/--no-codes", default=None, help="Print competences, or not. Default: as set in cpd.yaml.")
@option("--strict", is_flag=True, help="Write no report if an activity cannot be read.")
@option("--builtin-templates", is_flag=True, help="Use only the templates of cpdkit, not those of the journal.")
@option("--list", "only_list", is_flag=True, help="List the kinds of report.")
@option("--eject", is_flag=True, help="Copy the template of this KIND into the journal, to change it.")
@journal_option
@format_options
@selection_options("that of the KIND, then that in cpd.yaml, then the CPD year of your newest done activity")
@output_options
def report(
    kind: str | None,
    outputs: tuple[Path, ...],
    out: Path | None,
    formats: tuple[str, ...],
    codes: bool | None,
    strict: bool,
    builtin_templates: bool,
    only_list: bool,
    eject: bool,
    journal: Path | None,
    choice: SelectionOptions,
    console: Console,
) -> int:
    """Create a report as DOCX, PDF, HTML, ODT or Markdown.

    KIND is summary, detailed, annual-review, competences, development-plan or one of your own. --list describes each.

    By default, cpdkit writes a DOCX and a PDF file into the current folder. Their names contain your name, the kind
    and the period.

    \b
    cpd report detailed --period 2026 --to docx,pdf --out reports
    cpd report summary --from 2025-04 --to 2026-03 -o summary.pdf
    """  # fmt: skip
    from cpdkit.documents.make import NoMember, ReportRequest, make
    from cpdkit.documents.pandoc import untested
    from cpdkit.documents.report_files import format_of
    from cpdkit.documents.templating.templates import load_templates
    from cpdkit.history.git import has_repository
    from cpdkit.history.origin import origin_of
    from cpdkit.journal.load import load
    from cpdkit.journal.paths import find
    from cpdkit.text.clock import document_day
    from cpdkit.text.process import find_program
    from cpdkit.text.write import make_folder

    if only_list:
        return _list_kinds(journal, builtin_templates, console)
    if not kind:
        raise UsageError("KIND is missing", "name a kind, such as cpd report summary; list all with cpd report --list")
    if eject:
        return _eject_template(journal, kind, console)
    for path in outputs:
        format_of(path)
    records = load(find(journal))
    warn_of_errors(console, records.root, records.diagnostics)
    if strict and records.unread:
        raise NotStrictlyReadable(len(records.unread))
    member = records.member
    if member is None:
        raise NoMember
    template = load_templates(member.language, None if builtin_templates else records.root).kind(kind)
    if template.always_codes and codes is False:
        raise UsageError(f"{template.name} always shows competences", "remove --no-codes")
    selection = _select(records, choice.within(template.period), console)
    origin, epoch = origin_of(records, selection)
    if not origin.commit and has_repository(records.root) and not find_program("git"):
        console.say("git is not installed, so the report shows no commit")
    files = _files(outputs, out, formats, member.name, kind, selection)
    for path in files:
        make_folder(path.parent)
    for sentence in untested([format_of(path) for path in files]):
        console.warn(f"cpd: {sentence}")
    with_codes = member.codes if codes is None else codes
    with console.working("creating the report"):
        request = ReportRequest(kind, files, origin, epoch, with_codes, not builtin_templates, document_day())
        result = make(records, selection, request)
    warn_of_problems(console, records.root, result.diagnostics)
    for path in result.files:
        console.show(printable(str(path)))
    worst = min((each.severity for each in result.diagnostics), default=Severity.ADVICE)
    return PROBLEMS if records.unread or worst is Severity.ERROR else FINE


def _list_kinds(journal: Path | None, builtin: bool, console: Console) -> int:
    """Print the kinds of report, also those of the journal if there is one."""
    from cpdkit.documents.templating.labels import DEFAULT_LANGUAGE
    from cpdkit.documents.templating.templates import load_templates
    from cpdkit.journal.paths import find

    try:
        root = find(journal)
    except NoJournal:
        if journal is not None:
            raise
        root = None
    kinds = load_templates(DEFAULT_LANGUAGE, None if builtin else root).kinds
    columns = max(len(kind.name) for kind in kinds)
    for kind in kinds:
        own = " (from your journal)" if kind.own else ""
        console.show(printable(f"{kind.name:<{columns}}  {kind.description}{own}"))
    return FINE


def _eject_template(journal: Path | None, kind: str, console: Console) -> int:
    """Copy the built-in template of a kind into the journal and print its path."""
    from cpdkit.documents.templating.labels import DEFAULT_LANGUAGE
    from cpdkit.documents.templating.templates import eject_template, load_templates
    from cpdkit.journal.paths import find

    root = find(journal)
    console.show(printable(str(eject_template(load_templates(DEFAULT_LANGUAGE, root), kind, root))))
    return FINE


def _select(records: Journal, choice: SelectionOptions, console: Console) -> Selection:
    """Return the selection. Report a filter that nothing in the journal matches: it is probably mistyped."""
    from cpdkit.journal.selection import resolve, select, unmatched

    period, filters = resolve(records, choice)
    for sentence in unmatched(filters, records.activities):
        console.say(f"cpd: {printable(sentence)}")
    return select(records.activities, sum(path.startswith("activities/") for path in records.unread), period, filters)


def _files(
    outputs: Sequence[Path],
    folder: Path | None,
    formats: Sequence[str],
    member: str,
    kind: str,
    selection: Selection,
) -> tuple[Path, ...]:
    """Return the files to write: those of -o, and one for each format, named after member, kind and period."""
    from cpdkit.documents.report_files import file_name

    formats = formats or (() if outputs else DEFAULT_FORMATS)
    names = (file_name(member, kind, selection.period.slug, each) for each in formats)
    return (*outputs, *((folder or Path()) / name for name in names))
