"""`cpd report`: documents from the selected activities."""

from pathlib import Path

import click

from cpdkit.checks.report import told
from cpdkit.cli.console import Console
from cpdkit.cli.exits import FINE, PROBLEMS
from cpdkit.cli.options import format_options, journal_option, option, output_options, selection_options
from cpdkit.diagnostics import Severity
from cpdkit.documents.kinds import eject_template, load_templates
from cpdkit.documents.labels import DEFAULT_LANGUAGE
from cpdkit.documents.make import Made, NoMember, Order, make
from cpdkit.documents.outputs import file_name
from cpdkit.errors import CpdError, NoJournal, UsageError
from cpdkit.history.origin import origin_of
from cpdkit.journal.choice import Choice, resolve
from cpdkit.journal.loading import Journal, find, load
from cpdkit.journal.period import Period
from cpdkit.journal.records import Member
from cpdkit.journal.selection import Selection, select, unmatched
from cpdkit.text.writing import make_folder

DEFAULT_FORMATS = ("docx", "pdf")


class NotStrictlyReadable(CpdError):
    """`--strict`, and something could not be read."""

    def __init__(self, unread: int) -> None:
        what = "1 activity" if unread == 1 else f"{unread} activities"
        super().__init__(f"{what} could not be read, so no report was made")
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
@option("--list", "listed", is_flag=True, help="List the kinds of report.")
@option("--eject", is_flag=True, help="Copy the kind's template into the journal, to start your own from.")
@journal_option
@format_options
@selection_options
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
    choice: Choice,
    console: Console,
) -> int:
    """Compile a document of a KIND, such as summary or detailed, from the selected activities.

    Without -o and --format: DOCX and PDF in the current folder, named by member, kind and period.
    """  # fmt: skip
    if listed:
        return _list(journal, builtin_templates, console)
    if not kind:
        raise UsageError("say which report, such as cpd report summary", "cpd report --list lists them all")
    held = load(find(journal))
    if eject:
        return _eject(held, kind, console)
    _tell_unread(held, console, strict)
    if held.member is None:
        raise NoMember
    selection = _selected(held, choice, console)
    origin, epoch = origin_of(held, selection)
    files = _outputs(held.member, kind, selection.period, formats, out, outputs)
    for path in files:
        make_folder(path.parent)
    order = Order(kind, files, origin, epoch, held.member.codes if codes is None else codes, not builtin_templates)
    with console.working("compiling the report"):
        made = make(held, selection, order)
    return _told(held, made, console)


def _tell_unread(journal: Journal, console: Console, strict: bool) -> None:
    """What could not be read, at its place. Raises NotStrictlyReadable."""
    errors = [each for each in journal.diagnostics if each.severity is Severity.ERROR]
    if errors:
        console.warn(told(errors, console.colour))
    if strict and journal.unread:
        raise NotStrictlyReadable(len(journal.unread))


def _told(journal: Journal, made: Made, console: Console) -> int:
    """Say what was made, and what a reader of it will miss."""
    if made.diagnostics:
        console.warn(told(made.diagnostics, console.colour))
    for path in made.files:
        console.show(str(path))
    worst = min((each.severity for each in made.diagnostics), default=Severity.ADVICE)
    return PROBLEMS if journal.unread or worst is Severity.ERROR else FINE


def _list(journal: Path | None, builtin: bool, console: Console) -> int:
    """The kinds; those of the journal too where there is one."""
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


def _eject(journal: Journal, kind: str, console: Console) -> int:
    """Our template of a kind, copied into the journal."""
    written = eject_template(load_templates(DEFAULT_LANGUAGE, journal.root), kind, journal.root)
    console.show(str(written))
    return FINE


def _selected(journal: Journal, choice: Choice, console: Console) -> Selection:
    """What the options choose; a filter that nothing in the journal has is said, since it is most often mistyped."""
    period, filters = resolve(journal, choice)
    for sentence in unmatched(filters, journal.activities):
        console.say(f"cpd: {sentence}")
    unread = [path for path in journal.unread if path.startswith("activities/")]
    return select(journal.activities, len(unread), period, filters)


def _outputs(
    member: Member, kind: str, period: Period, formats: tuple[str, ...], folder: Path | None, given: tuple[Path, ...]
) -> tuple[Path, ...]:
    """The files to write: those named with -o, and one for each format, named by whose and of when the report is."""
    named = () if given and not formats else formats or DEFAULT_FORMATS
    where = folder or Path()
    return (*given, *(where / file_name(member.name, kind, period.slug, suffix) for suffix in named))
