"""`cpd report`: documents from the selected activities."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cpdkit.cli.console import Console
from cpdkit.cli.exits import FINE, PROBLEMS
from cpdkit.cli.options import format_options, journal_option, option, output_options, selection_options
from cpdkit.diagnostics import Severity
from cpdkit.errors import CpdError, NoJournal, UsageError
from cpdkit.text.terminal import printable

if TYPE_CHECKING:
    from cpdkit.dates.period import Period
    from cpdkit.documents.make import ReportResult
    from cpdkit.documents.templating.templates import ReportKind
    from cpdkit.journal.load import Journal
    from cpdkit.journal.member import Member
    from cpdkit.journal.selection import Selection, SelectionOptions


DEFAULT_FORMATS = ("docx", "pdf")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the options ask for besides the selection. `codes` is None where cpd.yaml decides."""

    kind: str
    outputs: tuple[Path, ...]
    formats: tuple[str, ...]
    folder: Path | None
    codes: bool | None
    strict: bool
    builtin_templates: bool


class NotStrictlyReadable(CpdError):
    """`--strict`, and something could not be read."""

    def __init__(self, unread: int) -> None:
        what = "1 activity" if unread == 1 else f"{unread} activities"
        super().__init__(f"{what} could not be read, so no report was made")
        self.hint = "mend what is named above, or leave --strict out"


def compile_report(place: Path | None, choice: SelectionOptions, asked: Asked, console: Console) -> int:
    """Make one report of the journal at `place` (None: the nearest)."""

    from cpdkit.documents.file_names import format_of
    from cpdkit.documents.make import NoMember, ReportRequest, make
    from cpdkit.documents.pandoc import untested
    from cpdkit.history.origin import origin_of
    from cpdkit.journal.load import find, load
    from cpdkit.text.clock import document_day
    from cpdkit.text.write import make_folder

    for path in asked.outputs:
        format_of(path)
    journal = load(find(place))
    _tell_unread(journal, console, asked.strict)
    if journal.member is None:
        raise NoMember
    kind = _kind(journal, journal.member, asked)
    selection = _selected(journal, choice.within(kind.period), console)
    origin, epoch = origin_of(journal, selection)
    files = _outputs(journal.member, asked, selection.period)
    for path in files:
        make_folder(path.parent)
    for sentence in untested([format_of(path) for path in files]):
        console.warn(f"cpd: {sentence}")
    codes = journal.member.codes if asked.codes is None else asked.codes
    with console.working("compiling the report"):
        order = ReportRequest(asked.kind, files, origin, epoch, codes, not asked.builtin_templates, document_day())
        made = make(journal, selection, order)
    return _told(journal, made, console)


def _kind(journal: Journal, member: Member, asked: Asked) -> ReportKind:
    """The kind of report that is asked for. Raises UsageError where there is none, or it makes no sense so."""

    from cpdkit.documents.templating.templates import load_templates

    kind = load_templates(member.language, None if asked.builtin_templates else journal.root).kind(asked.kind)
    if kind.always_codes and asked.codes is False:
        raise UsageError(f"cpd report {kind.name} is about competences too", "leave --no-codes out")
    return kind


def _tell_unread(journal: Journal, console: Console, strict: bool) -> None:
    """What could not be read, at its place. Raises NotStrictlyReadable."""

    from cpdkit.checks.formats.common import base_of_person
    from cpdkit.checks.formats.text import diagnostics_text

    errors = [each for each in journal.diagnostics if each.severity is Severity.ERROR]
    if errors:
        console.warn(diagnostics_text(errors, console.colour, path_of=base_of_person(journal.root, Path.cwd()).path))
    if strict and journal.unread:
        raise NotStrictlyReadable(len(journal.unread))


def _told(journal: Journal, made: ReportResult, console: Console) -> int:
    """Say what was made, and what a reader of it will miss."""

    from cpdkit.checks.formats.common import base_of_person
    from cpdkit.checks.formats.text import diagnostics_text

    if made.diagnostics:
        console.warn(
            diagnostics_text(made.diagnostics, console.colour, path_of=base_of_person(journal.root, Path.cwd()).path)
        )
    for path in made.files:
        console.show(printable(str(path)))
    worst = min((each.severity for each in made.diagnostics), default=Severity.ADVICE)
    return PROBLEMS if journal.unread or worst is Severity.ERROR else FINE


def list_kinds(journal: Path | None, builtin: bool, console: Console) -> int:
    """The kinds; those of the journal too where there is one."""

    from cpdkit.documents.templating.labels import DEFAULT_LANGUAGE
    from cpdkit.documents.templating.templates import load_templates
    from cpdkit.journal.load import find

    try:
        root = find(journal)
    except NoJournal:
        if journal is not None:
            raise
        root = None
    kinds = load_templates(DEFAULT_LANGUAGE, None if builtin else root).kinds
    width = max(len(kind.name) for kind in kinds)
    for kind in kinds:
        own = " (the journal’s own)" if kind.own else ""
        console.show(f"{kind.name:<{width}}  {kind.description}{own}")
    return FINE


def eject_kind(place: Path | None, kind: str, console: Console) -> int:
    """Our template of a kind, copied into the journal."""

    from cpdkit.documents.templating.labels import DEFAULT_LANGUAGE
    from cpdkit.documents.templating.templates import eject_template, load_templates
    from cpdkit.journal.load import find

    root = find(place)
    written = eject_template(load_templates(DEFAULT_LANGUAGE, root), kind, root)
    console.show(printable(str(written)))
    return FINE


def _selected(journal: Journal, choice: SelectionOptions, console: Console) -> Selection:
    """What the options choose; a filter that nothing in the journal has is said, since it is most often mistyped."""

    from cpdkit.journal.selection import resolve, select, unmatched

    period, filters = resolve(journal, choice)
    for sentence in unmatched(filters, journal.activities):
        console.say(f"cpd: {printable(sentence)}")
    unread = [path for path in journal.unread if path.startswith("activities/")]
    return select(journal.activities, len(unread), period, filters)


def _outputs(member: Member, asked: Asked, period: Period) -> tuple[Path, ...]:
    """The files to write: those named with -o, and one for each format, named by whose and of when the report is."""

    from cpdkit.documents.file_names import file_name

    formats = asked.formats or (() if asked.outputs else DEFAULT_FORMATS)
    folder = asked.folder or Path()
    return (*asked.outputs, *(folder / file_name(member.name, asked.kind, period.slug, each) for each in formats))


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
@option("--list", "listed", is_flag=True, help="List the kinds of report.")
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
    listed: bool,
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
    from cpdkit.errors import UsageError

    if listed:
        return list_kinds(journal, builtin_templates, console)
    if not kind:
        raise UsageError("say which report, such as cpd report summary", "cpd report --list lists them all")
    if eject:
        return eject_kind(journal, kind, console)
    return compile_report(
        journal, choice, Asked(kind, outputs, formats, out, codes, strict, builtin_templates), console
    )
