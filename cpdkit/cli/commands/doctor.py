"""`cpd doctor`: what is installed, what is tested, what is missing."""

from __future__ import annotations

import locale
import os
import shlex
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import click

from cpdkit.actions.doctor import Level, Sign
from cpdkit.cli.console import Console
from cpdkit.cli.exits import FINE, USAGE
from cpdkit.cli.options import form_option, journal_option, option, output_options
from cpdkit.cli.tables import BOLD, hand_out, json_text, styled
from cpdkit.errors import NoJournal, ToolError
from cpdkit.text.terminal import pad, printable, width, wrap

COMPLETION = "_CPD_COMPLETE"
START_FILES = {
    "bash": (".bashrc", ".bash_profile", ".profile", ".bash_completion"),
    "zsh": (".zshrc", ".zprofile", ".zshenv"),
    "fish": (".config/fish/completions/cpd.fish", ".config/fish/config.fish"),
}
"""What each shell that has completion reads at its start, below the home folder; a new line goes into the first."""
LIMIT = 2**20


def surroundings(console: Console, environment: Mapping[str, str] = os.environ) -> tuple[Sign, ...]:
    """The editor, the completion and the terminal."""
    return (of_editor(environment), of_completion(environment), *of_terminal(console, environment))


def of_editor(environment: Mapping[str, str]) -> Sign:
    """The editor that cpd new and cpd open would open, and whether there is such a program."""

    from cpdkit.actions.doctor import note, ok
    from cpdkit.cli.editor import WAY_OUT, NoEditor, editor_of

    try:
        editor = editor_of(environment)
        program = (shlex.split(editor) or [editor])[0]
    except NoEditor as error:
        return note("editor", "nothing names one, and there is no terminal to open one on", error.hint)
    except ValueError:
        return note("editor", f"{editor}: a quotation mark in it is not closed", WAY_OUT)
    if shutil.which(program, path=environment.get("PATH")):
        return ok("editor", editor)
    return note("editor", f"{editor}: there is no program {program}", WAY_OUT)


def of_completion(environment: Mapping[str, str]) -> Sign:
    """Whether the user's shell completes cpd's words."""

    from cpdkit.actions.doctor import note, ok

    shell = Path(environment.get("SHELL", "")).name
    if shell not in START_FILES:
        return ok("completion", f"there is none for {shell}" if shell else "no $SHELL is named")
    home, (first, *_) = Path(environment.get("HOME") or os.sep), START_FILES[shell]
    if any(_speaks_of_it(home / name) for name in START_FILES[shell]):
        return ok("completion", f"{shell} is told of it")
    line = f"{COMPLETION}={shell}_source cpd"
    line = f"{line} | source" if shell == "fish" else f'eval "$({line})"'
    return note("completion", f"{shell} is not told of it", f"into ~/{first}: {line}")


def of_terminal(console: Console, environment: Mapping[str, str]) -> Iterator[Sign]:
    """What the terminal takes."""

    from cpdkit.actions.doctor import note, ok

    spoken = locale.getencoding()
    size = f"{console.columns} columns" if console.columns else "no terminal"
    colour = "in colour" if console.colour else "without colour"
    if spoken.casefold().replace("-", "") == "utf8":
        yield ok("terminal", f"{size}, {colour}, UTF-8")
    else:
        way = "set LANG to a locale such as en_GB.UTF-8; on Windows: chcp 65001"
        yield note("terminal", f"{size}, {colour}, {spoken}; cpdkit writes UTF-8", way)
    if day := environment.get("CPD_TODAY", "").strip():
        yield note("today", f"$CPD_TODAY says {day}, whatever the clock says", "unset CPD_TODAY")


def _speaks_of_it(place: Path) -> bool:
    from cpdkit.text.faults import Unreadable
    from cpdkit.text.files import read_bytes

    try:
        return COMPLETION.encode() in read_bytes(str(place.resolve()), LIMIT)[0]
    except (OSError, RuntimeError, Unreadable):
        return False


COLUMNS = 80
COLOURS = {Level.OK: "32", Level.NOTE: "33", Level.MISSING: "31"}
WIDEST = max(map(len, Level))
BESIDE = 2 + WIDEST + 2
Groups = Mapping[str, Sequence[Sign]]


def examine(place: Path | None, output_format: str, console: Console) -> int:
    """Print all that was looked at; gives the exit code."""

    from cpdkit.actions.doctor import lacks, programs

    root, of_journal = _journal(place)
    with console.working("looking"):
        groups = {"programs": programs(root), "surroundings": surroundings(console), "journal": of_journal}
    if output_format == "json":
        hand_out(console, json_text(data_of(groups)))
    else:
        console.show("\n".join(lines_of(groups, console.columns or COLUMNS, console.colour)))
        console.say(_summary(groups))
    if lacks([*groups["programs"], *groups["surroundings"]]):
        return ToolError.exit_code
    return USAGE if lacks(of_journal) else FINE


def clean_up(place: Path | None, dry_run: bool, console: Console) -> int:
    """Remove the leftovers that hold nothing of their own. Raises NoJournal, CannotWrite."""

    from cpdkit.actions.leftovers import clear, leftovers
    from cpdkit.journal.load import find
    from cpdkit.text.clock import now

    root = find(place).resolve()
    done = clear(root, leftovers(root, now()), dry_run=dry_run)
    console.show("\n".join(printable(path) for path in done.removed))
    for path in done.kept:
        console.warn(
            f"{printable(path)} is kept: no other file holds what it does. Look at it, then rename or delete it"
        )
    for path in done.young:
        console.say(f"{printable(path)} is kept: it is less than an hour old, and may be in use")
    count = f"{len(done.removed)} {'file' if len(done.removed) == 1 else 'files'}"
    nothing = "nothing to remove" if done.kept or done.young else "no run was interrupted: there is nothing to remove"
    console.say(f"{count} {'would be removed' if dry_run else 'removed'}" if done.removed else nothing)
    return FINE


def data_of(groups: Groups) -> dict[str, object]:
    """All as plain data: `missing` is whether something that is needed is, then each group as a list."""

    from cpdkit.actions.doctor import lacks

    every = [sign for some in groups.values() for sign in some]
    return {"missing": lacks(every), **{name: [_sign_data(each) for each in some] for name, some in groups.items()}}


def lines_of(groups: Groups, columns: int, colour: bool) -> list[str]:
    """All for a terminal: a line each, broken at its width, and below it what to do."""
    wide = max(width(sign.name) for some in groups.values() for sign in some)
    lines: list[str] = []
    for name, some in groups.items():
        lines += [""] if lines else []
        lines.append(styled(name.capitalize(), BOLD, wanted=colour))
        lines += [line for sign in some for line in _sign_lines(sign, wide, columns, colour)]
    return lines


def _sign_data(sign: Sign) -> dict[str, str]:
    return {"name": sign.name, "level": sign.level, "said": sign.said, "way_out": sign.way_out}


def _sign_lines(sign: Sign, wide: int, columns: int, colour: bool) -> list[str]:
    level = styled(pad(sign.level, WIDEST), COLOURS[sign.level], wanted=colour)
    indent = BESIDE + wide + 2
    first, *more = wrap(printable(sign.said), max(columns - indent, 1))
    way = wrap(f"→ {printable(sign.way_out)}", columns - BESIDE) if sign.way_out else []
    below = [*(" " * indent + line for line in more), *(" " * BESIDE + line for line in way)]
    return [f"  {level}  {pad(sign.name, wide)}  {first}".rstrip(), *below]


def _journal(place: Path | None) -> tuple[Path | None, tuple[Sign, ...]]:
    """The journal's folder, and all about it; a journal that was named and isn't there is missing."""

    from cpdkit.actions.doctor import found_by, journal_signs, missing, note
    from cpdkit.actions.leftovers import leftovers
    from cpdkit.journal.load import find
    from cpdkit.text.clock import now

    try:
        root = find(place).resolve()
    except NoJournal as error:
        named = place or os.environ.get("CPD_JOURNAL")
        way = "name another with --journal DIR, or start one: cpd init my-cpd"
        if not named:
            return None, (note("place", f"none in {error.where} or above it", "start one: cpd init my-cpd"),)
        return None, (missing("place", f"{error}, {found_by(place, error.where)}", way),)
    at = now()
    return root, journal_signs(root, found_by(place, root), leftovers(root, at), at)


def _summary(groups: Groups) -> str:
    levels = [sign.level for some in groups.values() for sign in some]
    lost, noted = levels.count(Level.MISSING), levels.count(Level.NOTE)
    notes = f"{noted} {'note' if noted == 1 else 'notes'}" if noted else ""
    if lost:
        return f"missing: {lost}" + (f"; {notes}" if notes else "")
    return f"all that is needed is here{f'; {notes}' if notes else ''}"


@click.command()
@option("--clean", is_flag=True, help="Remove what an interrupted run left, if it holds nothing of its own.")
@form_option
@journal_option
@option("--dry-run", is_flag=True, help="With --clean: say what would be removed, and remove nothing.")
@output_options
def doctor(clean: bool, output_format: str, journal: Path | None, dry_run: bool, console: Console) -> int:
    """Say what is installed, what is tested, what is missing and how to get it.

    Each line is ok, a note, or missing: what is missing is needed, and the line below says how to get it. Of the
    journal, if there is one, it says where it is and why that one, whether it can be read, and what git has of it.
    Nothing is fetched, nothing in the journal is run, and without --clean nothing is changed.

    --clean removes files called .cpdkit-….tmp that are older than an hour and whose content stands in a file beside
    them or in the newest commit. Any other may be the only copy of something: it is named, and stays.

    \b
    cpd doctor
    cpd doctor --format json
    cpd doctor --clean --dry-run

    Exits with 4 where something that is needed is missing or broken, with 2 where the journal that is named isn't one.
    """
    from cpdkit.errors import UsageError

    if clean:
        return clean_up(journal, dry_run, console)
    if dry_run:
        raise UsageError("--dry-run is for --clean", "without --clean nothing is changed")
    return examine(journal, output_format, console)
