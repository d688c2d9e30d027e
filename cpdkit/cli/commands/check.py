"""`cpd check`: list the problems of the journal, with their places."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cpdkit.checks.formats import NAMES
from cpdkit.cli.console import Console, columns_of
from cpdkit.cli.exits import FINE, INTERRUPTED, PROBLEMS
from cpdkit.cli.options import journal_option, option, output_options, repeatable
from cpdkit.cli.tables import styled
from cpdkit.diagnostics import Severity
from cpdkit.errors import UsageError
from cpdkit.text.terminal import printable
from cpdkit.text.wording import plural

if TYPE_CHECKING:
    from cpdkit.checks.engine import CheckResult
    from cpdkit.checks.policy import DiagnosticFilter
    from cpdkit.dates.period import Period
    from cpdkit.diagnostics import Diagnostic

STDIN = STDOUT = Path("-")
WITH_STATISTICS = ("text", "json")
OF_APPLICATION = ("CPD61", "CPD62", "CPD63", "CPD520")
"""The codes of `cpd application check`."""
DIFF_COLOURS = {"+": "32", "-": "31", "@": "36"}


@dataclass(frozen=True, slots=True)
class CheckOptions:
    """The options of `cpd check`, under their names on the command line."""

    paths: tuple[Path, ...]
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    severity: str
    period: str
    every: bool
    fix: bool
    unsafe_fix: bool
    diff: bool
    output_format: str
    output: Path | None
    statistics: bool
    exit_zero: bool
    watch: bool
    stdin_filename: Path | None

    @property
    def file(self) -> Path | None:
        """The file to write; None for standard output."""
        return None if self.output == STDOUT else self.output


@click.command()
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(path_type=Path))
@journal_option
@repeatable("select", "select", "CODES", "Only these codes or groups, such as CPD204 or CPD3,CPD4.")
@repeatable("ignore", "ignore", "CODES", "Ignore these codes or groups.")
@option(
    "--severity",
    type=click.Choice(["error", "warning", "advice"]),
    default="advice",
    show_default=True,
    help="Minimum severity to show: this one and worse.",
)
# $CPD_PERIOD is not a default here: it would hide the problems of other years.
@click.option(
    "--period", metavar="PERIOD", default="", help="Only the activities of this period, such as 2026 or cpd-year."
)
@option("--all", "every", is_flag=True, help="Show each piece of advice, also those that many files have in common.")
@option("--fix", is_flag=True, help="Apply safe fixes and list the remaining problems.")
@option("--unsafe-fix", is_flag=True, help="Also apply fixes that you should review.")
@option("--diff", is_flag=True, help="Show what --fix or --unsafe-fix would change, without changing it.")
@option("--format", "output_format", type=click.Choice(NAMES), default="text", show_default=True, help="Output format.")
@option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Write to this file instead of standard output.",
)
@option("--statistics", is_flag=True, help="Count the problems by code instead of listing them.")
@option("--exit-zero", is_flag=True, help="Exit with 0 even if there are problems.")
@option("--watch", is_flag=True, help="Check again whenever a file changes, until Ctrl-C.")
@option(
    "--stdin-filename",
    metavar="PATH",
    type=click.Path(path_type=Path),
    help="Path in the journal of the text on standard input. The file does not have to exist.",
)
@output_options
def check(journal: Path | None, console: Console, **options: Any) -> int:
    """Check the journal and list its problems.

    PATH limits the check to a file or folder. A year or a month without such a file is the same as
    --period. Use - to check one file from standard input.

    Errors come last, next to the summary. If several places have the same piece of advice, it takes one line.

    \b
    cpd check
    cpd check activities/2026 --select CPD2
    cpd check --period 2026 --all
    cpd check --fix

    The exit code is 1 if an error or a warning is shown, and 0 if not. With --diff, it is 1 if a file would change.
    """
    from cpdkit.checks.engine import check_journal
    from cpdkit.checks.policy import DiagnosticFilter, codes_in
    from cpdkit.journal.paths import path_in

    given = with_lone_period(CheckOptions(**options))
    shown = DiagnosticFilter(codes_in(given.select), codes_in(given.ignore), Severity[given.severity.upper()])
    refuse_contradictions(given)
    if given.stdin_filename is not None:
        return _check_stdin(given.stdin_filename, journal, given, shown, console)
    root = root_of(given.paths, journal)
    paths = tuple(path_in(root, path) for path in given.paths)
    paths = paths if all(paths) else ()  # the folder of the journal means all files
    period = _period(root, given.period)
    if given.watch:
        return _watch(root, paths, given, shown, console)
    if given.diff:
        return _show_diff(root, paths, given, shown, console)
    if given.fix or given.unsafe_fix:
        _fix(root, paths, given, shown, console)
    return _report(root, check_journal(root, paths, period=period), given, shown, console)


def report_application(root: Path, form: str, output_format: str, more: Sequence[Diagnostic], console: Console) -> int:
    """Check the application for registration on a form, print its problems and `more`, and return the exit code."""
    from cpdkit.checks.engine import check_journal
    from cpdkit.checks.policy import DiagnosticFilter, codes_in

    options = CheckOptions(
        (), OF_APPLICATION, (), "advice", "", True, False, False, False, output_format, None, False, False, False, None
    )  # fmt: skip
    result = check_journal(root, form=form)
    shown = DiagnosticFilter(codes_in(OF_APPLICATION), (), Severity.ADVICE)
    errors = (each for each in result.diagnostics if each.severity is Severity.ERROR)
    result = replace(result, diagnostics=(*more, *errors, *shown.of(result.diagnostics)))
    return _report(root, result, options, DiagnosticFilter((), (), Severity.ADVICE), console)


def with_lone_period(options: CheckOptions) -> CheckOptions:
    """Return the options with a path as their period if it is one, such as 2026, and no file has that name."""
    from cpdkit.dates.period import parse_period
    from cpdkit.text.clock import today

    lone = str(options.paths[0]) if len(options.paths) == 1 else ""
    if options.period or not lone[:1].isdecimal() or os.path.lexists(lone):
        return options
    try:
        parse_period(lone, today())
    except UsageError:
        return options
    return replace(options, paths=(), period=lone)


def refuse_contradictions(options: CheckOptions) -> None:
    """Raise UsageError for options that cannot be combined."""
    if options.watch:
        _refuse_with_watch(options)
    if STDIN in options.paths:
        if len(options.paths) > 1:
            raise UsageError(
                "- (standard input) and other paths cannot be combined", "check the other paths separately"
            )
        if options.stdin_filename is None:
            hint = "give the path that it has in the journal: --stdin-filename activities/2026/lecture.md"
            raise UsageError("the text on standard input has no file name", hint)
        if options.fix or options.unsafe_fix or options.diff:
            raise UsageError("cannot fix a text on standard input", "name the file instead of -")
    elif options.stdin_filename is not None:
        raise UsageError(
            "--stdin-filename needs the path -", "read standard input with: cpd check - --stdin-filename PATH"
        )
    output_format = options.output_format
    if options.diff and (output_format != "text" or options.statistics):
        name = "--statistics" if options.statistics else "--format"
        raise UsageError(f"--diff and {name} cannot be combined", "remove one of them")
    if options.statistics and output_format not in WITH_STATISTICS:
        raise UsageError(
            f"--statistics and --format {output_format} cannot be combined",
            "use --format json, which always contains the counts",
        )


def _refuse_with_watch(options: CheckOptions) -> None:
    """Raise UsageError for options that cannot be combined with --watch."""
    others = {
        "-": STDIN in options.paths,
        "--fix": options.fix,
        "--unsafe-fix": options.unsafe_fix,
        "--diff": options.diff,
        "--output": options.file,
        "--statistics": options.statistics,
        f"--format {options.output_format}": options.output_format != "text",
    }
    for name in (name for name, is_given in others.items() if is_given):
        raise UsageError(f"--watch and {name} cannot be combined", "remove one of them")


def root_of(paths: Sequence[Path], journal: Path | None) -> Path:
    """Return the journal of `--journal`, or the one that contains the first path, or the one found from here.

    Raises NoJournal.
    """
    from cpdkit.journal.paths import MEMBER_FILE, find

    first = Path(os.path.abspath(paths[0])) if paths and not journal else None  # noqa: PTH100  a link is not followed
    above = (first, *first.parents) if first else ()
    return next((place for place in above if (place / MEMBER_FILE).exists()), None) or find(journal)


def _check_stdin(
    file: Path, journal: Path | None, options: CheckOptions, shown: DiagnosticFilter, console: Console
) -> int:
    """Check the text on standard input as the text of the file."""
    from cpdkit.checks.engine import check_journal
    from cpdkit.journal.load import RECORD_LIMIT
    from cpdkit.journal.paths import path_below

    root = root_of((file,), journal)
    path = path_below(root, file)
    if not path or file.is_dir():
        raise UsageError(f"{file} is a folder", "give --stdin-filename the path of a file")
    # Read one byte more than of a file, so that a text that is too long is reported.
    data = sys.stdin.buffer.read(RECORD_LIMIT + 1) if sys.stdin is not None else b""
    return _report(
        root,
        check_journal(root, (path,), over={path: data}, period=_period(root, options.period)),
        options,
        shown,
        console,
    )


def _period(root: Path, text: str) -> Period | None:
    """Return the period that a text names; None if it is empty. Raises UsageError."""
    from cpdkit.dates.period import parse_period
    from cpdkit.journal.paths import MEMBER_FILE, list_journal
    from cpdkit.text.clock import today
    from cpdkit.text.files import Disk

    if not text:
        return None
    member = list_journal(Disk(os.path.realpath(root)), (MEMBER_FILE,)).member
    return parse_period(text, today(), member.year_start if member else (1, 1))


def _watch(root: Path, paths: Sequence[str], options: CheckOptions, shown: DiagnosticFilter, console: Console) -> int:
    from cpdkit.cli.watch_screen import watch_checks

    try:
        watch_checks(root, paths, _period(root, options.period), options.every, shown, console)
    except KeyboardInterrupt:
        return INTERRUPTED
    raise AssertionError


def _chooser(
    root: Path, paths: Sequence[str], options: CheckOptions, shown: DiagnosticFilter
) -> Callable[[Diagnostic], bool]:
    """Return a function that returns whether the options select a diagnostic, also by its period."""
    from cpdkit.checks.engine import check_journal, is_activity

    if not options.period:
        return shown.takes
    outside = check_journal(root, paths, period=_period(root, options.period)).outside
    return lambda each: is_activity(each.path) and each.path not in outside and shown.takes(each)


def _fix(root: Path, paths: Sequence[str], options: CheckOptions, shown: DiagnosticFilter, console: Console) -> None:
    from cpdkit.checks.fixes import plan_fixes, write_fixes

    patches = plan_fixes(root, paths, options.unsafe_fix, is_chosen=_chooser(root, paths, options, shown))
    write_fixes(root, patches)
    if patches:
        fixed = sum(len(each.applied) for each in patches)
        console.say(f"{_counted(fixed, 'problem')} fixed in {_counted(len(patches), 'file')}")


def _show_diff(
    root: Path, paths: Sequence[str], options: CheckOptions, shown: DiagnosticFilter, console: Console
) -> int:
    from cpdkit.checks.fixes import diff, plan_fixes
    from cpdkit.checks.formats.common import base_of_person

    patches = plan_fixes(root, paths, options.unsafe_fix, is_chosen=_chooser(root, paths, options, shown))
    base = base_of_person(root, Path.cwd())
    text = diff(each._replace(path=base.path(each.path)) for each in patches).removesuffix("\n")
    if console.columns and not options.file:
        console.show("\n".join(_diff_line(line, console.colour) for line in text.split("\n")))
    else:
        _write(text, options.file, console)
    fixed = sum(len(each.applied) for each in patches)
    would = f"would fix {_counted(fixed, 'problem')} in {_counted(len(patches), 'file')}"
    console.say(would if patches else "nothing to fix")
    return PROBLEMS if patches and not options.exit_zero else FINE


def _diff_line(line: str, colour: bool) -> str:
    """Return a line of a diff for a terminal, without control characters."""
    from cpdkit.checks.formats.text import TAB

    code = DIFF_COLOURS.get(line[:1], "")
    return styled(printable(line.replace("\t", TAB)), code, enabled=colour and bool(code))


def _report(root: Path, result: CheckResult, options: CheckOptions, shown: DiagnosticFilter, console: Console) -> int:
    """Print the result of a check, or write it to the output file; return the exit code."""
    from cpdkit.checks.formats.common import base_of_person, base_of_repository
    from cpdkit.checks.formats.text import summary

    every = len(result.diagnostics)
    result = replace(result, diagnostics=shown.of(result.diagnostics))
    if options.output_format != "text":
        from cpdkit.checks.formats.registry import FORMATS, OF_REPOSITORY

        base_of = base_of_repository if options.output_format in OF_REPOSITORY else base_of_person
        _write(FORMATS[options.output_format](result, base_of(root, Path.cwd())), options.file, console)
    elif options.file:
        _write(_text(root, result, options, False, 0), options.file, console)
    else:
        console.show(_text(root, result, options, console.colour, console.columns))
    is_below = console.columns and result.diagnostics and options.output_format == "text" and not options.file
    hidden = every - len(result.diagnostics) + result.omitted
    is_complete = options.every or options.statistics or options.output_format != "text"
    text = summary(result, columns_of(sys.stderr), hidden, every=is_complete)
    console.say(f"\n{text}" if is_below else text)
    worst = min((each.severity for each in result.diagnostics), default=Severity.ADVICE)
    return PROBLEMS if worst <= Severity.WARNING and not options.exit_zero else FINE


def _text(root: Path, result: CheckResult, options: CheckOptions, colour: bool, columns: int) -> str:
    from cpdkit.checks.formats import statistics as counts
    from cpdkit.checks.formats.common import base_of_person
    from cpdkit.checks.formats.text import overview

    if options.statistics:
        return counts.table(counts.statistics(result.diagnostics), columns)
    path_of = base_of_person(root, Path.cwd()).path
    blocks = overview(result.diagnostics, options.every, colour, columns, path_of)
    return "\n".join(line for block in blocks for line in block)


def _write(text: str, file: Path | None, console: Console) -> None:
    """Write a result for a program, to stdout or a file; an empty result writes no line."""
    from cpdkit.text.write import make_folder, write_atomically

    data = f"{text}\n".encode("utf-8", "surrogateescape") if text else b""
    if file:
        make_folder(file.parent)
        write_atomically(file, data)
    else:
        console.hand_over(data)


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {plural(count, noun)}"
