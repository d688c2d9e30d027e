"""What `cpd export` does once its options are read: load, select, write, and say what came of it."""

import sys
from dataclasses import replace
from pathlib import Path

from cpdkit.checks.outputs.paths import base_of_person
from cpdkit.checks.outputs.text import told
from cpdkit.cli.console import Console, is_terminal
from cpdkit.cli.exits import FINE, PROBLEMS
from cpdkit.diagnostics import Severity
from cpdkit.errors import CannotWrite, UsageError
from cpdkit.exchange.exporting import Order, chosen, cut_short, exported_bytes
from cpdkit.history.origin import origin_of
from cpdkit.journal.choice import Choice
from cpdkit.journal.loading import Journal, find, load
from cpdkit.journal.selection import Selection, unmatched
from cpdkit.text.cells import printable
from cpdkit.text.writing import make_folder, write_atomically, write_new


def export_journal(
    place: Path | None, choice: Choice, order: Order, console: Console, *, out: Path | None, force: bool, dry_run: bool
) -> int:
    """Export the activities chosen of the journal at `place` (None: the nearest) to a file or to stdout."""
    if out and not force and out.exists():
        raise CannotWrite(out, "a file of that name is already there", "choose another name, or give --force")
    if out is None and order.format.is_binary and not dry_run and is_terminal(sys.stdout):
        raise UsageError(f"{order.format} is nothing for a terminal to show", "name a file with --out")
    journal = load(find(place))
    _tell_unread(journal, console)
    selection = chosen(journal, choice)
    for sentence in unmatched(selection.filters, journal.activities):
        console.say(f"cpd: {printable(sentence)}")
    data = _made(journal, selection, order, console)
    if not dry_run:
        _hand_out(data, out, console, force=force)
    console.say(_summary(selection, out, dry_run=dry_run))
    return PROBLEMS if journal.unread else FINE


def _made(journal: Journal, selection: Selection, order: Order, console: Console) -> bytes:
    activities = [each.activity for each in selection.included]
    order = replace(order, epoch=origin_of(journal, selection)[1])
    for path in cut_short(activities, order):
        console.warn(f"cpd: {printable(path)} has a text longer than a cell can hold, so it is cut; csv has all of it")
    return exported_bytes(journal, activities, order)


def _hand_out(data: bytes, out: Path | None, console: Console, *, force: bool) -> None:
    if out is None:
        console.hand_over(data)
        return
    if force:
        make_folder(out.parent)
        write_atomically(out, data)
    else:
        write_new({out: data})
    console.show(printable(str(out)))


def _tell_unread(journal: Journal, console: Console) -> None:
    """What could not be read, and so can't be exported, at its place."""
    errors = [each for each in journal.diagnostics if each.severity is Severity.ERROR]
    if errors:
        console.warn(told(errors, console.colour, place=base_of_person(journal.root, Path.cwd()).path))


def _summary(selection: Selection, out: Path | None, *, dry_run: bool) -> str:
    """`61 activities exported · 2 confidential ones left out: --confidential takes them too`."""
    left = selection.left_out
    count = len(selection.included)
    would = "would be " if dry_run else ""
    where = f" to {printable(str(out))}" if dry_run and out else ""
    said = [f"{count} {'activity' if count == 1 else 'activities'} {would}exported{where}"]
    if left.confidential:
        ones = "1 confidential one" if left.confidential == 1 else f"{left.confidential} confidential ones"
        said.append(f"{ones} left out: --confidential takes {'it' if left.confidential == 1 else 'them'} too")
    if others := left.total - left.confidential - left.unread:
        said.append(f"{others} not asked for")
    if left.unread:
        said.append(f"{left.unread} could not be read")
    return " · ".join(said)
