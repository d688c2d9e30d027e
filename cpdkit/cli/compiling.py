"""What `cpd report` does once its options are read: load, select, make, and say what came of it."""

from dataclasses import dataclass
from pathlib import Path

from cpdkit.checks.outputs.paths import base_of_person
from cpdkit.checks.outputs.text import told
from cpdkit.cli.console import Console
from cpdkit.cli.exits import FINE, PROBLEMS
from cpdkit.diagnostics import Severity
from cpdkit.documents.make import Made, NoMember, Order, make
from cpdkit.documents.report.kinds import Kind, eject_template, load_templates
from cpdkit.documents.report.labels import DEFAULT_LANGUAGE
from cpdkit.documents.report.outputs import file_name, format_of
from cpdkit.documents.tested import untested
from cpdkit.errors import CpdError, NoJournal, UsageError
from cpdkit.history.origin import origin_of
from cpdkit.journal.choice import Choice, resolve
from cpdkit.journal.loading import Journal, find, load
from cpdkit.journal.period import Period
from cpdkit.journal.records import Member
from cpdkit.journal.selection import Selection, select, unmatched
from cpdkit.text.cells import printable
from cpdkit.text.clock import document_day
from cpdkit.text.writing import make_folder

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


def compile_report(place: Path | None, choice: Choice, asked: Asked, console: Console) -> int:
    """Make one report of the journal at `place` (None: the nearest)."""
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
        order = Order(asked.kind, files, origin, epoch, codes, not asked.builtin_templates, document_day())
        made = make(journal, selection, order)
    return _told(journal, made, console)


def _kind(journal: Journal, member: Member, asked: Asked) -> Kind:
    """The kind of report that is asked for. Raises UsageError where there is none, or it makes no sense so."""
    kind = load_templates(member.language, None if asked.builtin_templates else journal.root).kind(asked.kind)
    if kind.always_codes and asked.codes is False:
        raise UsageError(f"cpd report {kind.name} is about competences too", "leave --no-codes out")
    return kind


def _tell_unread(journal: Journal, console: Console, strict: bool) -> None:
    """What could not be read, at its place. Raises NotStrictlyReadable."""
    errors = [each for each in journal.diagnostics if each.severity is Severity.ERROR]
    if errors:
        console.warn(told(errors, console.colour, place=base_of_person(journal.root, Path.cwd()).path))
    if strict and journal.unread:
        raise NotStrictlyReadable(len(journal.unread))


def _told(journal: Journal, made: Made, console: Console) -> int:
    """Say what was made, and what a reader of it will miss."""
    if made.diagnostics:
        console.warn(told(made.diagnostics, console.colour, place=base_of_person(journal.root, Path.cwd()).path))
    for path in made.files:
        console.show(printable(str(path)))
    worst = min((each.severity for each in made.diagnostics), default=Severity.ADVICE)
    return PROBLEMS if journal.unread or worst is Severity.ERROR else FINE


def list_kinds(journal: Path | None, builtin: bool, console: Console) -> int:
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


def eject_kind(place: Path | None, kind: str, console: Console) -> int:
    """Our template of a kind, copied into the journal."""
    root = find(place)
    written = eject_template(load_templates(DEFAULT_LANGUAGE, root), kind, root)
    console.show(printable(str(written)))
    return FINE


def _selected(journal: Journal, choice: Choice, console: Console) -> Selection:
    """What the options choose; a filter that nothing in the journal has is said, since it is most often mistyped."""
    period, filters = resolve(journal, choice)
    for sentence in unmatched(filters, journal.activities):
        console.say(f"cpd: {printable(sentence)}")
    unread = [path for path in journal.unread if path.startswith("activities/")]
    return select(journal.activities, len(unread), period, filters)


def _outputs(member: Member, asked: Asked, period: Period) -> tuple[Path, ...]:
    """The files to write: those named with -o, and one for each format, named by whose and of when the report is."""
    formats = asked.formats or (() if asked.outputs else DEFAULT_FORMATS)
    folder = asked.folder or Path()
    return (*asked.outputs, *(folder / file_name(member.name, asked.kind, period.slug, each) for each in formats))
