"""`cpd doctor`: check the installed programs, the environment and the journal."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import click

from cpdkit.actions.doctor import Finding, Level
from cpdkit.cli.console import Console
from cpdkit.cli.global_options import is_typed
from cpdkit.cli.options import format_option, journal_option, option, output_options
from cpdkit.cli.tables import BOLD, hand_out, json_text, styled
from cpdkit.errors import NoJournal, ToolError, UsageError
from cpdkit.text.terminal import pad, printable, width, wrap
from cpdkit.text.wording import counted

COLUMNS = 80
COLOURS = {Level.OK: "32", Level.NOTE: "33", Level.MISSING: "31"}
LEVEL_COLUMNS = max(map(len, Level))
INDENT = 2 + LEVEL_COLUMNS + 2
HEADINGS = {"programs": "Programs", "surroundings": "Environment", "journal": "Journal"}
Groups = Mapping[str, Sequence[Finding]]


@click.command()
@option("--clean", is_flag=True, help="Remove temporary files of an interrupted command if nothing would be lost.")
@format_option
@journal_option
@option("--dry-run", is_flag=True, help="With --clean: show what would be removed, without removing it.")
@output_options
def doctor(clean: bool, output_format: str, journal: Path | None, dry_run: bool, console: Console) -> int:
    """Check that cpdkit and its tools are set up.

    It checks the programs that cpdkit needs, your environment and your journal. Each line is ok, a note or missing.
    The line below a problem shows how to fix it.

    It shows which journal is used and why, whether its files can be read, and which are committed. It downloads
    nothing, runs nothing from the journal and, without --clean, changes nothing.

    --clean removes temporary files (.cpdkit-….tmp) that an interrupted command left. Each must be more
    than an hour old, and its content must also be in a file next to it or in the newest commit. Other temporary files
    may be the only copy of something, so they are listed and kept.

    \b
    cpd doctor
    cpd doctor --format json
    cpd doctor --clean --dry-run

    The exit code is 4 if a required program is missing or broken, and 2 if the given folder is not a journal.
    """
    from cpdkit.actions.doctor import is_lacking, of_completion, of_terminal, of_today, programs
    from cpdkit.cli.exits import FINE, USAGE

    if clean:
        return _clean_up(journal, dry_run, console)
    if dry_run:
        raise UsageError("--dry-run needs --clean", "remove --dry-run: without --clean nothing is changed")
    root, of_journal = _journal(journal)
    with console.working("checking"):
        terminal = of_terminal(console.columns, console.colour)
        surroundings = (of_editor(os.environ), of_completion(os.environ), terminal, *of_today(os.environ))
        groups = {"programs": programs(root), "surroundings": surroundings, "journal": of_journal}
    if output_format == "json":
        hand_out(console, json_text(data_of(groups)))
    else:
        console.show("\n".join(lines_of(groups, console.columns or COLUMNS, console.colour)))
        console.say(_summary(groups))
    if is_lacking([*groups["programs"], *groups["surroundings"]]):
        return ToolError.exit_code
    return USAGE if is_lacking(of_journal) else FINE


def data_of(groups: Groups) -> dict[str, object]:
    """Return all findings as plain data: whether anything required is `missing`, then each group as a list."""
    from cpdkit.actions.doctor import is_lacking

    findings = [each for group in groups.values() for each in group]
    return {"missing": is_lacking(findings), **{name: list(map(_data, group)) for name, group in groups.items()}}


def lines_of(groups: Groups, columns: int, colour: bool) -> list[str]:
    """Return the lines of all findings, wrapped, each with what to do below it."""
    name_columns = max(width(each.name) for group in groups.values() for each in group)
    lines: list[str] = []
    for name, group in groups.items():
        lines += [""] if lines else []
        lines.append(styled(HEADINGS.get(name, name), BOLD, enabled=colour))
        lines += [line for each in group for line in _finding_lines(each, name_columns, columns, colour)]
    return lines


def of_editor(environment: Mapping[str, str]) -> Finding:
    """Return the editor that cpd new and cpd edit would start, and whether the program exists."""
    from cpdkit.actions.doctor import note, ok
    from cpdkit.cli.editor import EDITOR_HINT, NoEditor, editor_of, words_of
    from cpdkit.text.process import find_program

    try:
        editor = editor_of(environment)
        program = words_of(editor)[0]
    except NoEditor as error:
        return note("editor", "no editor is set, and there is no terminal for the default one", error.hint)
    except ValueError:
        return note("editor", f"{editor}: a quotation mark is not closed", EDITOR_HINT)
    if find_program(program, environment.get("PATH")) or find_program(editor, environment.get("PATH")):
        return ok("editor", editor)
    return note("editor", f"{editor}: cannot find the program {program}", EDITOR_HINT)


def _clean_up(journal: Path | None, dry_run: bool, console: Console) -> int:
    """Remove temporary files whose content is also elsewhere. Raises NoJournal, CannotWrite."""
    from cpdkit.actions.leftovers import clear, leftovers
    from cpdkit.cli.exits import FINE
    from cpdkit.journal.paths import find
    from cpdkit.text.clock import now

    root = find(journal).resolve()
    cleared = clear(root, leftovers(root, now()), dry_run=dry_run)
    console.show("\n".join(printable(path) for path in cleared.removed))
    for path in cleared.kept:
        console.warn(
            f"kept {printable(path)}: it may be the only copy of its content; check it, then rename or delete it"
        )
    for path in cleared.young:
        console.say(f"kept {printable(path)}: it is less than an hour old and may be in use")
    if cleared.removed:
        console.say(f"{'would remove' if dry_run else 'removed'} {counted(len(cleared.removed), 'file')}")
    else:
        kept = cleared.kept or cleared.young
        console.say("nothing to remove" if kept else "nothing to remove: no temporary files found")
    return FINE


def _journal(named: Path | None) -> tuple[Path | None, tuple[Finding, ...]]:
    """Return the journal's folder and the findings on it. A journal that was named must exist."""
    from cpdkit.actions.doctor import journal_findings, missing, note, why_this_journal
    from cpdkit.actions.leftovers import leftovers
    from cpdkit.journal.paths import find
    from cpdkit.text.clock import now

    typed = named if is_typed(click.get_current_context(), "journal") else None
    try:
        root = find(named).resolve()
    except NoJournal as error:
        if not (named or os.environ.get("CPD_JOURNAL")):
            return None, (note("place", f"no journal in {error.where} or above it", "create one: cpd init my-cpd"),)
        remedy = "name another with --journal DIR, or create one: cpd init my-cpd"
        return None, (missing("place", f"{error}, {why_this_journal(typed, error.where)}", remedy),)
    at = now()
    return root, journal_findings(root, why_this_journal(typed, root), leftovers(root, at), at)


def _data(finding: Finding) -> dict[str, str]:
    return {"name": finding.name, "level": finding.level, "text": finding.text, "remedy": finding.remedy}


def _finding_lines(finding: Finding, name_columns: int, columns: int, colour: bool) -> Iterator[str]:
    level = styled(pad(finding.level, LEVEL_COLUMNS), COLOURS[finding.level], enabled=colour)
    indent = INDENT + name_columns + 2
    first, *more = wrap(printable(finding.text), max(columns - indent, 1))
    yield f"  {level}  {pad(finding.name, name_columns)}  {first}".rstrip()
    yield from (" " * indent + line for line in more)
    if finding.remedy:
        yield from (" " * INDENT + line for line in wrap(f"→ {printable(finding.remedy)}", columns - INDENT))


def _summary(groups: Groups) -> str:
    levels = [each.level for group in groups.values() for each in group]
    lost, noted = levels.count(Level.MISSING), levels.count(Level.NOTE)
    notes = f"; {counted(noted, 'note')}" if noted else ""
    return f"{lost} missing{notes}" if lost else f"nothing is missing{notes}"
