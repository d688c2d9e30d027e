"""`cpd report`: create documents from the selected activities."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cpdkit.cli.complete import complete_ids
from cpdkit.cli.console import Console, is_terminal, warn_of_errors, warn_of_problems
from cpdkit.cli.exits import FINE, INTERRUPTED, PROBLEMS
from cpdkit.cli.options import (
    format_options,
    journal_option,
    option,
    output_options,
    renamed_option,
    selection_options,
)
from cpdkit.cli.watch_screen import SEPARATOR, clear, say_gone, say_watching
from cpdkit.diagnostics import Severity
from cpdkit.documents.report_files import LAYOUTS
from cpdkit.errors import CpdError, NoJournal, ToolError, UsageError
from cpdkit.text.terminal import printable
from cpdkit.text.wording import counted

if TYPE_CHECKING:
    from cpdkit.documents.make import ReportRequest
    from cpdkit.documents.templating.templates import Templates
    from cpdkit.journal.load import Journal
    from cpdkit.journal.selection import Selection, SelectionOptions
    from cpdkit.schemes.forms import ApplicationForm
    from cpdkit.schemes.vocabulary import Vocabulary
    from cpdkit.text.files import Disk, Stamp

DEFAULT_FORMATS = ("docx", "pdf")
STDOUT = Path("-")
BINARY = ("docx", "pdf", "odt", "png")


class NotStrictlyReadable(CpdError):
    """With `--strict`, an activity could not be read."""

    def __init__(self, unread: int) -> None:
        super().__init__(f"no report written: cannot read {counted(unread, 'activity', 'activities')}")
        self.hint = "fix the problems above, or remove --strict"


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """The options of `cpd report` that describe the report to make."""

    kind: str
    outputs: tuple[Path, ...]
    folder: Path | None
    formats: tuple[str, ...]
    codes: bool | None
    progress: bool
    order: str
    layout: str | None
    form: str
    supporter: str
    variant: str
    pages: int | None
    sign: bool
    strict: bool
    open_it: bool
    watch: bool
    builtin_templates: bool
    choice: SelectionOptions


@click.command()
@click.argument("kind", required=False)
@option(
    "-o",
    "--output",
    "outputs",
    metavar="FILE",
    multiple=True,
    type=click.Path(path_type=Path),
    help="File to write; its suffix sets the format. Repeatable. - is standard output.",
)
@renamed_option(
    "--into",
    "folder",
    old="--out",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Folder to write to. It is created if it does not exist.",
)
@option("--open", "open_it", is_flag=True, help="Open the report when it is written: the PDF, or the first file.")
@option("--watch", is_flag=True, help="Write the report again whenever a file changes, until Ctrl-C.")
@option(
    "--activity",
    "activities",
    metavar="ID",
    multiple=True,
    help="Only this activity, of any year. Repeatable.",
    shell_complete=complete_ids,
)
@option("--sign", is_flag=True, help="Add a declaration, with room for signatures.")
@option("--codes/--no-codes", default=None, help="Print competences, or not. Default: as set in cpd.yaml.")
@option("--progress/--no-progress", default=True, help="Print the requirements of your schemes, or not.")
@option(
    "--order",
    type=click.Choice(("newest", "oldest")),
    default="newest",
    show_default=True,
    help="Order of the activities: newest or oldest first.",
)
@option(
    "--layout",
    type=click.Choice(LAYOUTS),
    help="Activities in detail: full, compact (about three to a page), or form (a page for each). Default: that of the "
    "KIND.",
)
@option("--form", metavar="ID", default="", help="Form of an application. Default: as set in cpd.yaml.")
@option("--supporter", metavar="ID", default="", help="Only the form of this supporter, by the ID in people.yaml.")
@option("--variant", metavar="NAME", default="", help="Variant of the CV, from cpd.yaml.")
@option(
    "--pages",
    type=click.IntRange(1, 99),
    help="Most pages of a CV. What it omits to fit is listed; what is a highlight stays.",
)
@option("--strict", is_flag=True, help="Write no report if an activity cannot be read.")
@option("--builtin-templates", is_flag=True, help="Use only the templates of cpdkit, not those of the journal.")
@option("--list", "only_list", is_flag=True, help="List the kinds of report.")
@option(
    "--eject",
    is_flag=True,
    help="Copy the template of this KIND into the journal, to change it; or a style file, such as look/page.css.",
)
@journal_option
@format_options
@selection_options("that of the KIND, then that in cpd.yaml, then the CPD year of your newest done activity")
@output_options
def report(
    kind: str | None, only_list: bool, eject: bool, journal: Path | None, console: Console, **options: Any
) -> int:
    """Create a report as DOCX, PDF, HTML, ODT or Markdown.

    KIND is summary, detailed, annual-review, competences, development-plan, application, supporter-form,
    accountability, cv, academic-cv or one of your own. --list describes each.
    PERIOD is the same as --period.

    By default, cpdkit writes a DOCX and a PDF file into the current folder. Their names contain your name, the kind
    and the period.

    \b
    cpd report detailed 2026 --format docx,pdf --into reports
    cpd report summary --from 2025-04 --to 2026-03 -o summary.pdf
    cpd report application --form iet-ceng
    cpd report cv --pages 2
    cpd report summary --format md -o -
    """
    from cpdkit.journal.paths import find

    if only_list:
        return _list_kinds(journal, options["builtin_templates"], console)
    if not kind or _is_year(kind):
        example = f"cpd report summary {kind}" if kind else "cpd report summary"
        raise UsageError("KIND is missing", f"name a kind, such as {example}; list all with cpd report --list")
    if eject:
        return _eject_template(journal, kind, console)
    given = ReportOptions(kind, **options)
    refuse_contradictions(given)
    root = find(journal)
    if given.watch:
        return _watch(root, given, console)
    files, code = _make(root, given, console)
    if given.open_it:
        _open(files)
    return code


def refuse_contradictions(options: ReportOptions) -> None:
    """Raise UsageError for outputs that are not possible, or not together."""
    from cpdkit.documents.report_files import format_of

    for path in options.outputs:
        if path != STDOUT:
            format_of(path)
    if STDOUT not in options.outputs:
        return
    others = {"--open": options.open_it, "--watch": options.watch, "--into": options.folder}
    for name in (name for name, is_given in others.items() if is_given):
        raise UsageError(f"-o - and {name} cannot be combined", "remove one of them")
    if len(options.outputs) > 1:
        raise UsageError("-o - and other files cannot be combined", "write the files with a second command")
    if len(options.formats) != 1:
        given = counted(len(options.formats), "format")
        raise UsageError(f"standard output needs one format, not {given}", "name one, such as --format html")
    if options.formats[0] in BINARY and is_terminal(sys.stdout):
        name = options.formats[0].upper()
        raise UsageError(f"cannot show {name} on a terminal", "name a file with -o, or use --format md")


def _make(root: Path, options: ReportOptions, console: Console) -> tuple[tuple[Path, ...], int]:
    """Make the report once and print its files; return them, and the exit code."""
    from cpdkit.documents.make import compose
    from cpdkit.documents.make import make as write_report
    from cpdkit.documents.pandoc import untested
    from cpdkit.documents.report_files import format_of
    from cpdkit.journal.load import load
    from cpdkit.text.write import make_folder

    records = load(root)
    warn_of_errors(console, records.root, records.diagnostics)
    if options.strict and records.unread:
        raise NotStrictlyReadable(len(records.unread))
    selection, request = _request(records, options, console)
    if options.variant:
        _say_hidden(records, selection, request, console)
    if options.pages:
        request = _fitted(records, selection, request, options.pages, console)
    for sentence in untested([format_of(path) for path in request.outputs]):
        console.warn(f"cpd: {sentence}")
    if STDOUT in options.outputs:
        with console.working("creating the report"):
            (data,), diagnostics = compose(records, selection, request)
        console.hand_over(data)
        files: tuple[Path, ...] = ()
    else:
        for path in request.outputs:
            make_folder(path.parent)
        with console.working("creating the report"):
            result = write_report(records, selection, request)
        files, diagnostics = result.files, result.diagnostics
    warn_of_problems(console, records.root, diagnostics)
    for path in files:
        console.show(printable(str(path)))
    worst = min((each.severity for each in diagnostics), default=Severity.ADVICE)
    return files, PROBLEMS if records.unread or worst is Severity.ERROR else FINE


def _request(records: Journal, options: ReportOptions, console: Console) -> tuple[Selection, ReportRequest]:
    """Return what to make a report of, and how."""
    from cpdkit.documents.make import NoMember, ReportRequest
    from cpdkit.documents.templating.templates import load_templates
    from cpdkit.history.git import has_repository
    from cpdkit.history.origin import origin_of
    from cpdkit.text.clock import document_day
    from cpdkit.text.process import find_program

    member = records.member
    if member is None:
        raise NoMember
    own = not options.builtin_templates
    templates = load_templates(member.language, records.root if own else None)
    template = templates.kind(options.kind)
    if template.always_codes and options.codes is False:
        raise UsageError(f"{template.name} always shows competences", "remove --no-codes")
    selection = _select(records, options.choice.within(template.period), console, needs_activities=not template.undated)
    origin, epoch = origin_of(records, selection, whole=template.undated)
    if not origin.commit and has_repository(records.root) and not find_program("git"):
        console.say("git is not installed, so the report shows no commit")
    codes = member.codes if options.codes is None else options.codes
    files = _files(options, member.name, "" if template.undated else selection.period.slug)
    return selection, ReportRequest(
        options.kind,
        files,
        origin,
        epoch,
        codes,
        own,
        document_day(),
        options.progress,
        options.order == "oldest",
        options.sign,
        options.layout or template.layout,
        _form(records, options, templates),
        options.supporter,
        options.variant,
    )


def _form(records: Journal, options: ReportOptions, templates: Templates) -> ApplicationForm | None:
    """Return the form of an application; None for another kind. Refuse options that have no effect, or no meaning."""
    from cpdkit.documents.kinds.cv import variant_named
    from cpdkit.schemes.vocabulary import vocabulary_in

    uses = templates.names(options.kind, ("application", "supporting", "cv"))
    needed = {
        "--form": (options.form, {"application", "supporting"}),
        "--supporter": (options.supporter, {"supporting"}),
        "--variant": (options.variant, {"cv"}),
        "--pages": (options.pages, {"cv"}),
    }
    for name, (value, kinds) in needed.items():
        if value and not uses & kinds:
            raise UsageError(f"{name} has no effect on {options.kind}", f"remove {name}")
    choices = records.member.cv if records.member else None
    if options.variant and not variant_named(choices, options.variant):
        names = ", ".join(each.name for each in choices.variants) if choices else ""
        hint = f"available variants: {names}" if names else "add it to cv: variants: in cpd.yaml"
        raise UsageError(f'the CV has no variant "{options.variant}"', hint)
    supporters = [each.id for each in records.people.people if each.supporter]
    if options.supporter and options.supporter not in supporters:
        hint = f"supporters in people.yaml: {', '.join(supporters)}" if supporters else "write supporter: true there"
        raise UsageError(f'people.yaml has no supporter "{options.supporter}"', hint)
    if not uses & {"application", "supporting"}:
        return None
    return form_named(vocabulary_in(records), records, options.form)


def unknown_form(words: Vocabulary, name: str) -> UsageError:
    """Return the error for a form that is not there, or cannot be read."""
    available = f"available forms: {', '.join(words.form_ids)}"
    hint = "a file under forms/ has an error; run cpd check" if words.own.lacks("forms") else available
    return UsageError(f'unknown form "{name}"', hint)


def form_named(words: Vocabulary, records: Journal, name: str) -> ApplicationForm:
    """Return the form of an ID, or the one in cpd.yaml. Raise UsageError."""
    choices = records.member.application if records.member else None
    name = name or (choices.form if choices else "")
    if not name:
        hint = "add --form ID, or application: {form: ID} to cpd.yaml; cpd form list lists them"
        raise UsageError("the application has no form", hint)
    form = words.form(name)
    if form is None:
        raise unknown_form(words, name)
    return form


def _say_hidden(records: Journal, selection: Selection, request: ReportRequest, console: Console) -> None:
    """Print what the variant of a CV omits."""
    from cpdkit.documents.cv_pages import hidden

    for name in hidden(records, selection, request):
        console.say(printable(f"cpd: omitted by the variant {request.variant}: {name}"))


def _fitted(
    records: Journal, selection: Selection, request: ReportRequest, pages: int, console: Console
) -> ReportRequest:
    """Return the request of a CV that has at most so many pages; list what it omits for that."""
    from cpdkit.documents.cv_pages import fitted

    with console.working("fitting the CV"):
        result = fitted(records, selection, request, pages)
    for each in result.omitted:
        console.warn(printable(f"cpd: omitted to fit: {each.words}"))
    if result.omitted:
        count = counted(len(result.omitted), "item")
        console.warn(f"cpd: {count} omitted; allow more pages, or write highlight: true to an activity that must stay")
    if result.pages > pages:
        console.warn(f"cpd: the CV still has {counted(result.pages, 'page')}; shorten its texts")
    if any(path.suffix.lower() == ".docx" for path in request.outputs):
        console.say("cpd: the pages are those of the PDF; Word may break pages at other places")
    return replace(request, omit=frozenset(each.name for each in result.omitted))


def _files(options: ReportOptions, member: str, period: str) -> tuple[Path, ...]:
    """Return the files to write: those of -o, and one for each format, named after member, kind and period.

    For standard output, it is a name that only has the format.
    """
    from cpdkit.documents.report_files import file_name

    formats = options.formats or (() if options.outputs else DEFAULT_FORMATS)
    if STDOUT in options.outputs:
        return (Path(f"report.{formats[0]}"),)
    names = (file_name(member, options.kind, period, each) for each in formats)
    return (*options.outputs, *((options.folder or Path()) / name for name in names))


def _open(files: Collection[Path]) -> None:
    """Open the PDF of a report, or its first file. Raises ToolError."""
    from cpdkit.text.process import open_in_viewer

    path = next((each for each in files if each.suffix.lower() == ".pdf"), *list(files)[:1])
    if not has_display(os.environ):
        raise ToolError(
            "the viewer", f"cannot open {path}: there is no display", "copy the file to where you can open it"
        )
    open_in_viewer(path)


def has_display(environment: Mapping[str, str]) -> bool:
    """Return whether a program with a window can start; on Linux and BSD, a variable names the display."""
    if sys.platform in ("win32", "darwin"):
        return True
    return any(environment.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME"))


def _watch(root: Path, options: ReportOptions, console: Console) -> int:
    """Make the report now and after every change of the journal, until Ctrl-C."""
    from cpdkit.journal.watch import outcomes
    from cpdkit.text.files import Disk

    watched = _WatchedReport(Disk(os.path.realpath(root)), options, console)
    try:
        for outcome in outcomes(watched.disk, watched.look, watched.is_own):
            if isinstance(outcome, NoJournal):
                say_gone(outcome, console)
    except KeyboardInterrupt:
        return INTERRUPTED
    raise AssertionError


class _WatchedReport:
    """A report that is made again and again, and the files that it is made of."""

    def __init__(self, disk: Disk, options: ReportOptions, console: Console) -> None:
        self.disk = disk
        self.options = options
        self.console = console
        self.own: set[str] = set()
        self.stamps: dict[str, Stamp | None] | None = None
        self.is_opened = not options.open_it

    def is_own(self, path: str) -> bool:
        """Return whether a path is of a document that this command wrote, or of its folder."""
        return path in self.own

    def look(self, certain: bool) -> bool | None:
        """Make the report if a file has changed; the first time, raise a UsageError."""
        before, self.stamps = self.stamps, self.stamps_now()
        if not certain and before is not None and self.stamps == self.without_own(before):
            return None
        self.begin(is_first=before is None)
        try:
            self.make()
        except UsageError as error:
            if before is None or isinstance(error, NoJournal):
                raise
            self.tell(error)
        except CpdError as error:
            self.tell(error)
        say_watching(self.console)
        return True

    def stamps_now(self) -> dict[str, Stamp | None]:
        from cpdkit.journal.paths import list_journal, skipper
        from cpdkit.text.files import list_tree

        paths = list_tree(self.disk.root, "", skipper(list_journal(self.disk).ignore)).files
        return self.without_own({path: self.disk.stamp(path) for path in paths})

    def without_own(self, stamps: Mapping[str, Stamp | None]) -> dict[str, Stamp | None]:
        return {path: stamp for path, stamp in stamps.items() if not self.is_own(f"{self.disk.root}/{path}")}

    def begin(self, *, is_first: bool) -> None:
        if self.console.columns:
            clear(self.console)
        elif not is_first:
            self.console.show(SEPARATOR)

    def make(self) -> None:
        files, _ = _make(Path(self.disk.root), self.options, self.console)
        for path in (Path(os.path.realpath(each)) for each in files):
            self.own |= {str(path), str(path.parent)}
        if not self.is_opened:
            self.is_opened = True
            _open(files)

    def tell(self, error: CpdError) -> None:
        """Print what stopped the report; the watch goes on."""
        lines = [f"cpd: {printable(str(error))}", *(f"     {printable(line)}" for line in error.hint.splitlines())]
        self.console.warn("\n".join(lines))


def _is_year(word: str) -> bool:
    """Return whether a word starts with a year, as a period does and the name of a kind does not."""
    return len(word) >= 4 and word[:4].isdigit()


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


def _select(records: Journal, choice: SelectionOptions, console: Console, *, needs_activities: bool) -> Selection:
    """Return the selection. Report a filter that nothing matches, probably mistyped, and why it has no activity."""
    from cpdkit.journal.list_columns import footer
    from cpdkit.journal.selection import resolve, select, unmatched

    period, filters = resolve(records, choice)
    for sentence in unmatched(filters, records.activities):
        console.say(f"cpd: {printable(sentence)}")
    unread = sum(path.startswith("activities/") for path in records.unread)
    selection = select(records.activities, unread, period, filters)
    if needs_activities and not selection.included:
        console.say(f"the report has {footer((), selection.omitted, period.words)}")
    return selection
