"""`cpd report`: documents from the selected activities."""

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
    """`--strict`, and something could not be read."""

    def __init__(self, unread: int) -> None:
        super().__init__(f"{counted(unread, 'activity', 'activities')} could not be read, so no report was made")
        self.hint = "mend what is named above, or leave --strict out"


@click.command()
@click.argument("kind", required=False)
@option(
    "-o",
    "--output",
    "outputs",
    metavar="FILE",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Where to write; the suffix says the format. Repeatable.",
)
@option("--out", metavar="DIR", type=click.Path(path_type=Path), help="The folder to write to, made if need be.")
@option("--codes/--no-codes", default=None, help="Show or hide competences; without it as cpd.yaml says.")
@option("--strict", is_flag=True, help="Make no report when an activity can't be read.")
@option("--builtin-templates", is_flag=True, help="Leave the journal's own templates out.")
@option("--list", "only_list", is_flag=True, help="List the kinds of report.")
@option("--eject", is_flag=True, help="Copy the kind's template into the journal, to start your own from.")
@journal_option
@format_options
@selection_options("the kind's own, else cpd.yaml's, else the CPD year of the newest done activity")
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
    """Compile a document of a KIND from the selected activities.

    There are summary, detailed, annual-review, competences and development-plan, and those that you make; --list says
    what is in each. Without -o and --format: DOCX and PDF in the current folder, named by member, kind and period.

    \b
    cpd report detailed --period 2026 --to docx,pdf --out reports
    cpd report summary --from 2025-04 --to 2026-03 -o summary.pdf
    """  # fmt: skip
    from cpdkit.documents.make import NoMember, ReportRequest, make
    from cpdkit.documents.pandoc import untested
    from cpdkit.documents.report_files import format_of
    from cpdkit.documents.templating.templates import load_templates
    from cpdkit.history.origin import origin_of
    from cpdkit.journal.load import load
    from cpdkit.journal.paths import find
    from cpdkit.text.clock import document_day
    from cpdkit.text.write import make_folder

    if only_list:
        return _list_kinds(journal, builtin_templates, console)
    if not kind:
        raise UsageError("say which report, such as cpd report summary", "cpd report --list lists them all")
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
        raise UsageError(f"cpd report {template.name} is about competences too", "leave --no-codes out")
    selection = _select(records, choice.within(template.period), console)
    origin, epoch = origin_of(records, selection)
    files = _files(outputs, out, formats, member.name, kind, selection)
    for path in files:
        make_folder(path.parent)
    for sentence in untested([format_of(path) for path in files]):
        console.warn(f"cpd: {sentence}")
    with_codes = member.codes if codes is None else codes
    with console.working("compiling the report"):
        request = ReportRequest(kind, files, origin, epoch, with_codes, not builtin_templates, document_day())
        result = make(records, selection, request)
    warn_of_problems(console, records.root, result.diagnostics)
    for path in result.files:
        console.show(printable(str(path)))
    worst = min((each.severity for each in result.diagnostics), default=Severity.ADVICE)
    return PROBLEMS if records.unread or worst is Severity.ERROR else FINE


def _list_kinds(journal: Path | None, builtin: bool, console: Console) -> int:
    """Print the kinds; those of the journal too where there is one."""
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
        own = " (the journal’s own)" if kind.own else ""
        console.show(f"{kind.name:<{columns}}  {kind.description}{own}")
    return FINE


def _eject_template(journal: Path | None, kind: str, console: Console) -> int:
    """Copy our template of a kind into the journal, and print its path."""
    from cpdkit.documents.templating.labels import DEFAULT_LANGUAGE
    from cpdkit.documents.templating.templates import eject_template, load_templates
    from cpdkit.journal.paths import find

    root = find(journal)
    console.show(printable(str(eject_template(load_templates(DEFAULT_LANGUAGE, root), kind, root))))
    return FINE


def _select(records: Journal, choice: SelectionOptions, console: Console) -> Selection:
    """What the options choose; a filter that nothing in the journal has is named, since it is most often mistyped."""
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
    """The files to write: those named with -o, and one for each format, named by whose and of when the report is."""
    from cpdkit.documents.report_files import file_name

    formats = formats or (() if outputs else DEFAULT_FORMATS)
    names = (file_name(member, kind, selection.period.slug, each) for each in formats)
    return (*outputs, *((folder or Path()) / name for name in names))
