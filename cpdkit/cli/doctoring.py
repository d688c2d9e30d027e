"""What `cpd doctor` says."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from cpdkit.cli.console import Console
from cpdkit.cli.exits import FINE, USAGE
from cpdkit.cli.surroundings import surroundings
from cpdkit.cli.tables import BOLD, hand_out, json_text, styled
from cpdkit.errors import NoJournal, ToolError
from cpdkit.journal.loading import find
from cpdkit.text.cells import pad, printable, width, wrap
from cpdkit.text.clock import now
from cpdkit.upkeep.health import Level, Sign, lacks, missing, note
from cpdkit.upkeep.installed import programs
from cpdkit.upkeep.leftovers import clear, leftovers
from cpdkit.upkeep.standing import found_by, journal_signs

COLUMNS = 80
COLOURS = {Level.OK: "32", Level.NOTE: "33", Level.MISSING: "31"}
WIDEST = max(map(len, Level))
BESIDE = 2 + WIDEST + 2
Groups = Mapping[str, Sequence[Sign]]


def examine(place: Path | None, form: str, console: Console) -> int:
    """Print all that was looked at; gives the exit code."""
    root, of_journal = _journal(place)
    with console.working("looking"):
        groups = {"programs": programs(root), "surroundings": surroundings(console), "journal": of_journal}
    if form == "json":
        hand_out(console, json_text(data_of(groups)))
    else:
        console.show("\n".join(lines_of(groups, console.columns or COLUMNS, console.colour)))
        console.say(_summary(groups))
    if lacks([*groups["programs"], *groups["surroundings"]]):
        return ToolError.exit_code
    return USAGE if lacks(of_journal) else FINE


def clean_up(place: Path | None, dry_run: bool, console: Console) -> int:
    """Remove the leftovers that hold nothing of their own. Raises NoJournal, CannotWrite."""
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
