"""`cpd check`: every problem of the journal, at its place."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cpdkit.checks.formats import NAMES
from cpdkit.cli.console import Console, columns_of
from cpdkit.cli.exits import FINE, INTERRUPTED, PROBLEMS
from cpdkit.cli.options import Command, decorated, journal_option, option, output_options, repeatable
from cpdkit.diagnostics import Diagnostic, Severity
from cpdkit.errors import NoJournal, UsageError
from cpdkit.text.terminal import printable

if TYPE_CHECKING:
    from cpdkit.checks.engine import CheckResult
    from cpdkit.checks.formats.common import Base
    from cpdkit.checks.policy import DiagnosticFilter

CLEAR = "\x1b[H\x1b[2J\x1b[3J"
SEPARATOR = "─" * 40
LINES_BELOW = 4
"""Lines of a terminal that the summary takes, with the word on what is waited for."""


def watch(root: Path, wanted: Sequence[str], chosen: DiagnosticFilter, console: Console) -> int:
    """Check the journal at `root` whenever it changes and say what was found, until Ctrl-C; the exit code.

    Of `wanted` paths alone, where there are some.
    """

    from cpdkit.checks.formats.common import base_of_person
    from cpdkit.checks.session import Session
    from cpdkit.checks.watch import check_results

    base = base_of_person(root, Path.cwd())
    try:
        for number, outcome in enumerate(check_results(Session(root))):
            if isinstance(outcome, NoJournal):
                tell_of_no_journal(outcome, console)
                continue
            found = of_paths(outcome, wanted)
            shown = replace(found, diagnostics=chosen.of(found.diagnostics))
            hidden = len(found.diagnostics) - len(shown.diagnostics)
            if console.columns:
                redraw(shown, hidden, base, console)
            else:
                add_block(shown, hidden, base, console, number > 0)
    except KeyboardInterrupt:
        return INTERRUPTED
    raise AssertionError


def of_paths(checked: CheckResult, wanted: Sequence[str]) -> CheckResult:
    """What was found in some files and folders; all of it where none are named."""
    if not wanted:
        return checked
    within = tuple(f"{path}/" for path in wanted)
    found = (each for each in checked.diagnostics if each.path in wanted or each.path.startswith(within))
    return replace(checked, diagnostics=tuple(found))


def tell_of_no_journal(error: NoJournal, console: Console) -> None:
    """That there is nothing to check for now."""
    if console.columns:
        click.echo(CLEAR, nl=False, color=True)
    console.warn(f"{error}; waiting for it to return")


def add_block(checked: CheckResult, hidden: int, base: Base, console: Console, below: bool) -> None:
    """One check under the one before."""

    from cpdkit.checks.formats import text

    if below:
        console.show(SEPARATOR)
    console.show(text.diagnostics_text(checked.diagnostics, console.colour, 0, base.path))
    sys.stdout.flush()
    console.say(text.summary(checked, 0, hidden))


def redraw(checked: CheckResult, hidden: int, base: Base, console: Console) -> None:
    """One check in the place of the one before, as much of it as there is room for."""

    from cpdkit.checks.formats import text

    said = [text.diagnostic_lines(each, console.colour, console.columns, base.path) for each in worst_first(checked)]
    room = shutil.get_terminal_size().lines - LINES_BELOW
    lines, left = fitted(said, room)
    if left:
        lines.append(f"… and {left:,} more; cpd check lists them all")
    click.echo(CLEAR + "".join(f"{line}\n" for line in lines), nl=False, color=True)
    console.say(("\n" if lines else "") + text.summary(checked, console.columns, hidden))
    console.say(f"{datetime.now():%H:%M:%S} · waiting for changes · Ctrl-C ends")


def worst_first(checked: CheckResult) -> list[Diagnostic]:
    """The problems with errors first: where the list is cut, they are not what is lost."""
    return sorted(checked.diagnostics, key=attrgetter("severity"))


def fitted(said: Sequence[Sequence[str]], room: int) -> tuple[list[str], int]:
    """The lines of as many problems as there is room for, at least of one, and how many are left out."""
    lines: list[str] = []
    for number, each in enumerate(said):
        if lines and len(lines) + len(each) > room:
            return lines, len(said) - number
        lines += each
    return lines, 0


STDIN = STDOUT = Path("-")
WITH_STATISTICS = ("text", "json")


def every_code() -> DiagnosticFilter:
    """The choice that leaves no code out."""
    from cpdkit.checks.policy import DiagnosticFilter

    return DiagnosticFilter()


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line asks for. `fix` and `unsafe` also say what `diff` shows."""

    paths: tuple[Path, ...] = ()
    chosen: DiagnosticFilter = field(default_factory=every_code)
    form: str = "text"
    output: Path | None = None
    statistics: bool = False
    exit_zero: bool = False
    fix: bool = False
    unsafe: bool = False
    diff: bool = False
    watch: bool = False
    stdin: Path | None = None

    @classmethod
    def from_options(
        cls,
        paths: tuple[Path, ...],
        select: Sequence[str],
        ignore: Sequence[str],
        severity: str,
        unsafe_fix: bool,
        stdin_filename: Path | None,
        output: Path | None,
        **rest: Any,
    ) -> Asked:
        """The options as click gives them. Raises UsageError for those that don't go together."""

        from cpdkit.checks.policy import DiagnosticFilter, codes_in

        chosen = DiagnosticFilter(codes_in(select), codes_in(ignore), Severity[severity.upper()])
        file = None if output == STDOUT else output
        asked = cls(paths, chosen, unsafe=unsafe_fix, stdin=stdin_filename, output=file, **rest)
        refuse_contradictions(asked)
        return asked

    @property
    def mends(self) -> bool:
        """Whether files are to be changed."""
        return (self.fix or self.unsafe) and not self.diff


def refuse_contradictions(asked: Asked) -> None:
    """Raise UsageError for options of which one would go unheard."""
    if asked.watch:
        refuse_beside_watch(asked)
    if STDIN in asked.paths:
        if len(asked.paths) > 1:
            raise UsageError("- stands for standard input, so no other path goes with it", "check the others apart")
        if asked.stdin is None:
            hint = "name it: --stdin-filename activities/2026/lecture.md; it need not be there yet"
            raise UsageError("which file does the text on standard input stand for?", hint)
        if asked.fix or asked.unsafe or asked.diff:
            raise UsageError("a text on standard input can't be mended", "name the file instead of -")
    elif asked.stdin is not None:
        raise UsageError("--stdin-filename goes with - only", "cpd check - --stdin-filename PATH reads standard input")
    if asked.diff and (asked.form != "text" or asked.statistics):
        option = "--statistics" if asked.statistics else "--format"
        raise UsageError(f"--diff shows a diff, so {option} has nothing to say", "leave one of the two out")
    if asked.statistics and asked.form not in WITH_STATISTICS:
        raise UsageError(f"--statistics has no {asked.form} form", "take --format json, which always holds the counts")


def refuse_beside_watch(asked: Asked) -> None:
    """Raise UsageError for options that a check without end has no use for."""
    beside = {
        "-": STDIN in asked.paths,
        "--fix": asked.fix,
        "--unsafe-fix": asked.unsafe,
        "--diff": asked.diff,
        "--output": asked.output,
        "--statistics": asked.statistics,
        f"--format {asked.form}": asked.form != "text",
    }
    for other in (name for name, given in beside.items() if given):
        raise UsageError(f"--watch and {other} don't go together", "leave one of the two out")


def check_as_asked(place: Path | None, asked: Asked, console: Console) -> int:
    """Check the journal at `place` (None: the nearest) and say what was found; the exit code."""

    from cpdkit.checks.engine import check_journal

    if asked.stdin is not None:
        return _check_stdin(place, asked, asked.stdin, console)
    root = root_of(asked.paths, place)
    wanted = wanted_in(root, asked.paths)
    if asked.watch:
        return watch(root, wanted, asked.chosen, console)
    if asked.diff:
        return _show_diff(root, wanted, asked, console)
    if asked.mends:
        _mend(root, wanted, asked, console)
    return tell(root, check_journal(root, wanted), asked, console)


def tell(root: Path, checked: CheckResult, asked: Asked, console: Console) -> int:
    """Say what a check found, as asked; the exit code. `root` is the journal as it was named."""

    from cpdkit.checks.formats.common import base_of_person, base_of_repository

    found = len(checked.diagnostics)
    checked = replace(checked, diagnostics=asked.chosen.of(checked.diagnostics))
    if asked.form != "text":
        from cpdkit.checks.formats.registry import FORMATS, OF_REPOSITORY

        base = (base_of_repository if asked.form in OF_REPOSITORY else base_of_person)(root, Path.cwd())
        _give(FORMATS[asked.form](checked, base), asked, console)
    else:
        _give_text(root, checked, asked, console)
    console.say(_summary(checked, found - len(checked.diagnostics), asked, console))
    worst = min((each.severity for each in checked.diagnostics), default=Severity.ADVICE)
    return PROBLEMS if worst <= Severity.WARNING and not asked.exit_zero else FINE


def _give_text(root: Path, checked: CheckResult, asked: Asked, console: Console) -> None:
    from cpdkit.checks.formats import text
    from cpdkit.checks.formats.common import base_of_person
    from cpdkit.checks.formats.statistics import statistics, table

    base = base_of_person(root, Path.cwd())
    colour, columns = (False, 0) if asked.output else (console.colour, console.columns)
    if asked.statistics:
        said = table(statistics(checked.diagnostics), columns)
    else:
        said = text.diagnostics_text(checked.diagnostics, colour, columns, base.path)
    if asked.output:
        _give(said, asked, console)
    else:
        console.show(said)


def _give(said: str, asked: Asked, console: Console) -> None:
    """A result for a program, to stdout or to the file that was named; an empty one is empty."""

    from cpdkit.text.write import make_folder, write_atomically

    data = f"{said}\n".encode("utf-8", "surrogateescape") if said else b""
    if asked.output:
        make_folder(asked.output.parent)
        write_atomically(asked.output, data)
    else:
        console.hand_over(data)


def _summary(checked: CheckResult, hidden: int, asked: Asked, console: Console) -> str:
    from cpdkit.checks.formats import text

    said = text.summary(checked, columns_of(sys.stderr), hidden)
    below = console.columns and checked.diagnostics and asked.form == "text" and not asked.output
    return f"\n{said}" if below else said


def _check_stdin(place: Path | None, asked: Asked, named: Path, console: Console) -> int:
    """The text on standard input, judged as if it were the file's."""

    from cpdkit.checks.engine import check_journal
    from cpdkit.journal.load import RECORD_LIMIT
    from cpdkit.journal.paths import path_below

    root = root_of((named,), place)
    path = path_below(root, named)
    if not path or named.is_dir():
        raise UsageError(f"{named} is a folder", "--stdin-filename names the file that the text is for")
    # One byte more than is read of a file, so that a text that is too long is told as one.
    data = sys.stdin.buffer.read(RECORD_LIMIT + 1) if sys.stdin is not None else b""
    return tell(root, check_journal(root, (path,), over={path: data}), asked, console)


def _mend(root: Path, wanted: Sequence[str], asked: Asked, console: Console) -> None:
    """Write what can be mended, and say how much that was."""
    from cpdkit.checks.fixes import plan_fixes, write_fixes

    patches = plan_fixes(root, wanted, asked.unsafe, is_chosen=asked.chosen.takes)
    write_fixes(root, patches)
    if patches:
        mended = sum(len(each.applied) for each in patches)
        console.say(f"{_many(mended, 'problem')} mended in {_many(len(patches), 'file')}")


def _show_diff(root: Path, wanted: Sequence[str], asked: Asked, console: Console) -> int:
    """What `--fix` would change."""

    from cpdkit.checks.fixes import diff, plan_fixes
    from cpdkit.checks.formats.common import base_of_person

    patches = plan_fixes(root, wanted, asked.unsafe, is_chosen=asked.chosen.takes)
    base = base_of_person(root, Path.cwd())
    said = diff(each._replace(path=base.path(each.path)) for each in patches).removesuffix("\n")
    if console.columns and not asked.output:
        console.show("\n".join(_painted(line, console.colour) for line in said.split("\n")))
    else:
        _give(said, asked, console)
    mended = sum(len(each.applied) for each in patches)
    would = f"{_many(len(patches), 'file')} would change, with {_many(mended, 'problem')} mended"
    console.say(would if patches else "nothing would change")
    return PROBLEMS if patches and not asked.exit_zero else FINE


def root_of(paths: Sequence[Path], journal: Path | None) -> Path:
    """The journal that is named; else, with paths, the one that holds the first; else the one found from here."""

    from cpdkit.journal.load import MEMBER_FILE, find

    first = Path(os.path.abspath(paths[0])) if paths and not journal else None  # noqa: PTH100  a link is not followed
    above = (first, *first.parents) if first else ()
    return next((place for place in above if (place / MEMBER_FILE).exists()), None) or find(journal)


def wanted_in(root: Path, paths: Sequence[Path]) -> tuple[str, ...]:
    """The paths as the journal names them; none where the whole of it is wanted."""

    from cpdkit.journal.paths import path_in

    named = tuple(path_in(root, path) for path in paths)
    return named if all(named) else ()


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"


_COLOURS = {"+": "32", "-": "31", "@": "36"}


def _painted(line: str, colour: bool) -> str:
    """A line of a diff for a terminal, where what the file holds must not steer it."""

    from cpdkit.checks.formats import text

    said = printable(line.replace("\t", text.TAB))
    code = _COLOURS.get(line[:1])
    return f"\x1b[{code}m{said}\x1b[0m" if colour and code else said


OPTIONS = (
    repeatable("select", "select", "CODES", "Only these codes, or those that begin so: CPD204, or CPD3,CPD4."),
    repeatable("ignore", "ignore", "CODES", "Leave these codes out."),
    option(
        "--severity",
        type=click.Choice(["error", "warning", "advice"]),
        default="advice",
        show_default=True,
        help="The least that is shown.",
    ),
    option("--fix", is_flag=True, help="Mend what can be mended without a doubt, and say what is left."),
    option("--unsafe-fix", is_flag=True, help="Mend also what needs an eye afterwards."),
    option(
        "--diff", is_flag=True, help="Show what --fix (or --unsafe-fix, beside it) would change, and change nothing."
    ),
    option("--format", "form", type=click.Choice(NAMES), default="text", show_default=True, help="How to say it."),
    option(
        "-o", "--output", metavar="FILE", type=click.Path(path_type=Path), help="Where to write instead of to stdout."
    ),
    option("--statistics", is_flag=True, help="Count the codes instead of listing the problems."),
    option("--exit-zero", is_flag=True, help="Exit with 0 whatever is found."),
    option("--watch", is_flag=True, help="Stay, and check again whenever a file changes, until Ctrl-C."),
    option(
        "--stdin-filename",
        metavar="PATH",
        type=click.Path(path_type=Path),
        help="The file in the journal that - stands for; it need not be there yet.",
    ),
)


def check_options(command: Command) -> Command:
    """The options of this command alone."""
    return decorated(command, OPTIONS)


@click.command()
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(path_type=Path))
@journal_option
@check_options
@output_options
def check(paths: tuple[Path, ...], journal: Path | None, console: Console, **given: Any) -> int:
    """Say what is wrong in the journal, and where.

    With PATHs, only in these files and folders; - is a text on standard input.

    Exits with 1 where an error or a warning is shown, with 0 where nothing or only advice is; with --diff, with 1 where
    something would change.
    """

    return check_as_asked(journal, Asked.from_options(paths, **given), console)
