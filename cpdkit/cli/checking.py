"""What `cpd check` does once its options are read: find the journal, mend if asked to, check, say what was found."""

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cpdkit.checks.chosen import Chosen, codes_in
from cpdkit.checks.engine import Checked, check_journal
from cpdkit.checks.outputs import text
from cpdkit.checks.outputs.paths import base_of_person, base_of_repository
from cpdkit.checks.outputs.statistics import statistics, table
from cpdkit.cli.console import Console, columns_of
from cpdkit.cli.exits import FINE, PROBLEMS
from cpdkit.diagnostics import Severity
from cpdkit.errors import UsageError
from cpdkit.journal.listing import path_below, path_in
from cpdkit.journal.loading import MEMBER_FILE, RECORD_LIMIT, find
from cpdkit.text.cells import printable
from cpdkit.text.writing import make_folder, write_atomically

STDIN = STDOUT = Path("-")
WITH_STATISTICS = ("text", "json")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line asks for. `fix` and `unsafe` also say what `diff` shows."""

    paths: tuple[Path, ...] = ()
    chosen: Chosen = field(default_factory=Chosen)
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
    ) -> "Asked":
        """The options as click gives them. Raises UsageError for those that don't go together."""
        chosen = Chosen(codes_in(select), codes_in(ignore), Severity[severity.upper()])
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
    for option in (name for name, given in beside.items() if given):
        raise UsageError(f"--watch and {option} don't go together", "leave one of the two out")


def check_as_asked(place: Path | None, asked: Asked, console: Console) -> int:
    """Check the journal at `place` (None: the nearest) and say what was found; the exit code."""
    if asked.stdin is not None:
        return _check_stdin(place, asked, asked.stdin, console)
    root = root_of(asked.paths, place)
    wanted = wanted_in(root, asked.paths)
    if asked.watch:
        from cpdkit.cli.watching import watch

        return watch(root, wanted, asked.chosen, console)
    if asked.diff:
        return _show_diff(root, wanted, asked, console)
    if asked.mends:
        _mend(root, wanted, asked, console)
    return tell(root, check_journal(root, wanted), asked, console)


def tell(root: Path, checked: Checked, asked: Asked, console: Console) -> int:
    """Say what a check found, as asked; the exit code. `root` is the journal as it was named."""
    found = len(checked.diagnostics)
    checked = asked.chosen.of(checked)
    if asked.form != "text":
        from cpdkit.checks.outputs.formats import FORMATS, OF_REPOSITORY

        base = (base_of_repository if asked.form in OF_REPOSITORY else base_of_person)(root, Path.cwd())
        _give(FORMATS[asked.form](checked, base), asked, console)
    else:
        _give_text(root, checked, asked, console)
    console.say(_summary(checked, found - len(checked.diagnostics), asked, console))
    worst = min((each.severity for each in checked.diagnostics), default=Severity.ADVICE)
    return PROBLEMS if worst <= Severity.WARNING and not asked.exit_zero else FINE


def _give_text(root: Path, checked: Checked, asked: Asked, console: Console) -> None:
    base = base_of_person(root, Path.cwd())
    colour, columns = (False, 0) if asked.output else (console.colour, console.columns)
    if asked.statistics:
        said = table(statistics(checked.diagnostics), columns)
    else:
        said = text.told(checked.diagnostics, colour, columns, base.path)
    if asked.output:
        _give(said, asked, console)
    else:
        console.show(said)


def _give(said: str, asked: Asked, console: Console) -> None:
    """A result for a program, to stdout or to the file that was named; an empty one is empty."""
    data = f"{said}\n".encode("utf-8", "surrogateescape") if said else b""
    if asked.output:
        make_folder(asked.output.parent)
        write_atomically(asked.output, data)
    else:
        console.hand_over(data)


def _summary(checked: Checked, hidden: int, asked: Asked, console: Console) -> str:
    said = text.summary(checked, columns_of(sys.stderr), hidden)
    below = console.columns and checked.diagnostics and asked.form == "text" and not asked.output
    return f"\n{said}" if below else said


def _check_stdin(place: Path | None, asked: Asked, named: Path, console: Console) -> int:
    """The text on standard input, judged as if it were the file's."""
    root = root_of((named,), place)
    path = path_below(root, named)
    if not path or named.is_dir():
        raise UsageError(f"{named} is a folder", "--stdin-filename names the file that the text is for")
    # One byte more than is read of a file, so that a text that is too long is told as one.
    data = sys.stdin.buffer.read(RECORD_LIMIT + 1) if sys.stdin is not None else b""
    return tell(root, check_journal(root, (path,), over={path: data}), asked, console)


def _mend(root: Path, wanted: Sequence[str], asked: Asked, console: Console) -> None:
    """Write what can be mended, and say how much that was."""
    from cpdkit.checks.fixing import plan_fixes, write_fixes

    patches = plan_fixes(root, wanted, asked.unsafe, chosen=asked.chosen.takes)
    write_fixes(root, patches)
    if patches:
        mended = sum(len(each.applied) for each in patches)
        console.say(f"{_many(mended, 'problem')} mended in {_many(len(patches), 'file')}")


def _show_diff(root: Path, wanted: Sequence[str], asked: Asked, console: Console) -> int:
    """What `--fix` would change."""
    from cpdkit.checks.fixing import diff, plan_fixes

    patches = plan_fixes(root, wanted, asked.unsafe, chosen=asked.chosen.takes)
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
    first = Path(os.path.abspath(paths[0])) if paths and not journal else None  # noqa: PTH100  a link is not followed
    above = (first, *first.parents) if first else ()
    return next((place for place in above if (place / MEMBER_FILE).exists()), None) or find(journal)


def wanted_in(root: Path, paths: Sequence[Path]) -> tuple[str, ...]:
    """The paths as the journal names them; none where the whole of it is wanted."""
    named = tuple(path_in(root, path) for path in paths)
    return named if all(named) else ()


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"


_COLOURS = {"+": "32", "-": "31", "@": "36"}


def _painted(line: str, colour: bool) -> str:
    """A line of a diff for a terminal, where what the file holds must not steer it."""
    said = printable(line.replace("\t", text.TAB))
    code = _COLOURS.get(line[:1])
    return f"\x1b[{code}m{said}\x1b[0m" if colour and code else said
