"""`cpd deadlines`: list what ends or is due, and write it as a calendar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING

import click

from cpdkit.cli.console import Console, warn_of_errors
from cpdkit.cli.options import format_option, journal_option, option, output_options
from cpdkit.cli.tables import FAINT, hand_out, json_text, styled
from cpdkit.errors import CannotWrite, UsageError
from cpdkit.text.terminal import limited, pad, printable, width

if TYPE_CHECKING:
    from cpdkit.actions.deadlines import Deadline

ALARMS = (14, 1)
"""Days before a deadline on which a calendar reminds its owner."""
MOST_ALARM = 366
LEAST_TITLE = 24
STDOUT = Path("-")


@click.command()
@option("--until", "until", metavar="DATE", default="", help="Only deadlines up to this date.")
@option("-o", "--output", "out", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False),
        help="Calendar file to write, such as cpd.ics; - for standard output.")  # fmt: skip
@option("--alarm", "alarms", metavar="DAYS", type=click.IntRange(0, MOST_ALARM), multiple=True,
        help="Days before a deadline to be reminded in the calendar. Repeatable. Default: 14 and 1.")  # fmt: skip
@option("--force", is_flag=True, help="Overwrite an existing file.")
@option("--confidential", is_flag=True, help="Include confidential qualifications.")
@format_option
@journal_option
@output_options
def deadlines(
    until: str,
    out: Path | None,
    alarms: tuple[int, ...],
    force: bool,
    confidential: bool,
    output_format: str,
    journal: Path | None,
    console: Console,
) -> int:
    """List your deadlines, the earliest first.

    \b
    - ends of the periods of your schemes, with what is missing
    - last days to record and to declare
    - objectives and their actions
    - the review of the CPD year
    - qualifications that expire

    With -o, it writes them as a calendar that you can import or subscribe to. Each event keeps its identity, so a new
    file updates the old events.

    \b
    cpd deadlines
    cpd deadlines --until 2027-03-31
    cpd deadlines -o build/cpd.ics --alarm 30 --alarm 7
    """
    from cpdkit.actions.deadlines import deadlines as deadlines_in
    from cpdkit.actions.deadlines import schemes_without_start
    from cpdkit.cli.exits import FINE, PROBLEMS
    from cpdkit.dates.days import parse_day
    from cpdkit.journal.load import load
    from cpdkit.journal.paths import find
    from cpdkit.schemes.vocabulary import vocabulary_in
    from cpdkit.text.clock import today

    if alarms and out is None:
        raise UsageError("--alarm needs a calendar", "add -o cpd.ics")
    if out and out != STDOUT and not force and out.exists():
        raise CannotWrite(out, "the file already exists", "choose another name, or overwrite it with --force")
    on = today()
    last = parse_day(until, on) if until else date.max
    records = load(find(journal))
    warn_of_errors(console, records.root, records.diagnostics)
    public = records if confidential else records.without_confidential()
    vocabulary = vocabulary_in(records)
    found = [each for each in deadlines_in(public, vocabulary, on) if each.day <= last]
    for scheme in schemes_without_start(records, vocabulary):
        console.say(f"cpd: {scheme} needs your start date; add start: to the scheme in cpd.yaml")
    if out:
        _write(found, on, alarms or ALARMS, out, console)
    elif output_format == "json":
        hand_out(console, json_text(data_of(found, on)))
    else:
        console.page("\n".join(_lines(found, on, console.columns, console.colour)))
        if not found:
            console.say("no deadlines")
    return PROBLEMS if records.unread else FINE


def data_of(found: Sequence[Deadline], on: date) -> dict[str, object]:
    """Return the deadlines as plain data with ISO dates; `days_left` is less than 0 for those that have passed."""
    return {
        "today": on.isoformat(),
        "deadlines": [
            {
                "kind": each.cause,
                "day": each.day.isoformat(),
                "days_left": each.days_left(on),
                "title": each.title,
                "note": each.note,
                "path": each.path,
            }
            for each in found
        ],
    }


def _lines(found: Sequence[Deadline], on: date, columns: int, colour: bool) -> list[str]:
    """Return each deadline on a line; on a terminal, a long title is wrapped and a long note is cut."""
    from cpdkit.actions.deadlines import days_words

    left = [days_words(each.days_left(on)) for each in found]
    left_columns = max(map(width, left), default=0)
    room = max(columns - left_columns - 14, LEAST_TITLE) if columns else 0
    lines = []
    for each, words in zip(found, left, strict=True):
        title = printable(each.title)
        first, *rest = wrap(title, room) if room else [title]
        lines.append(f"{each.day}  {pad(words, left_columns)}  {first}")
        lines += [" " * (left_columns + 14) + line for line in rest]
        if each.note:
            note = limited(printable(each.note), room)
            lines.append(" " * (left_columns + 14) + styled(note, FAINT, enabled=colour))
    return lines


def _write(found: Sequence[Deadline], on: date, alarms: Sequence[int], out: Path, console: Console) -> None:
    from cpdkit.actions.deadlines import days_words
    from cpdkit.exchange.exports.ics import Reminder, reminders_bytes
    from cpdkit.text.wording import counted
    from cpdkit.text.write import make_folder, write_atomically

    reminders = [
        Reminder(each.key, each.day, f"{each.title} ({days_words(each.days_left(on))})", each.note) for each in found
    ]
    data = reminders_bytes(reminders, on, alarms)
    if out == STDOUT:
        console.hand_over(data)
        return
    make_folder(out.parent)
    write_atomically(out, data)
    console.show(printable(str(out)))
    console.say(f"{counted(len(found), 'deadline')} written")
