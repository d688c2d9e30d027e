"""Which record a command means: the one with a part of a name or title, or one chosen from a list on a terminal."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cpdkit.cli.console import Console, columns_of
from cpdkit.errors import UsageError
from cpdkit.journal.naming import NoMatch, SeveralMatch, id_of, narrowed, resolve_id
from cpdkit.journal.paths import list_journal
from cpdkit.journal.reader import RECORD_KINDS, Record
from cpdkit.text.files import Disk
from cpdkit.text.terminal import cut, printable

if TYPE_CHECKING:
    from cpdkit.cli.conversation import Conversation

MOST_SHOWN = 10
"""How many records a list shows at once."""
COLUMNS = 80
EXAMPLE = "relay-course"
_DATED = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

Offered = Callable[[Record], bool]
"""Whether a record is offered if the command has no ID."""


def activity_named(root: Path, name: str, offered: Offered | None = None, *, example: str = EXAMPLE) -> str:
    """Return the path of the activity that a name means. Ask on a terminal if the name is empty or not enough.

    `offered` limits what is offered for an empty name; `example` is what could follow the command. Raises UsageError
    if there is no terminal, and nothing or several activities match; NoJournal.
    """
    disk = Disk(str(root))
    return chosen(disk, name, list_journal(disk).records["activities"], "activity", offered, example=example)


def objective_named(root: Path, name: str, offered: Offered | None = None) -> str:
    """Return the path of the objective that a name means, as `activity_named` does."""
    disk = Disk(str(root))
    return chosen(disk, name, list_journal(disk).records["plan"], "objective", offered)


def record_named(root: Path, name: str, *others: str) -> str:
    """Return the path of the record that a name means, of any kind, or of one of the other files by its path."""
    if name in others:
        return name
    disk = Disk(str(root))
    records = list_journal(disk).records
    return chosen(disk, name, [path for folder in RECORD_KINDS for path in records[folder]], "record")


def asked(what: str, question: str, hint: str) -> str:
    """Return a missing word of the command, typed on a terminal. Raises UsageError without a terminal or an answer."""
    from cpdkit.cli.conversation import Stop, conversation

    terminal = conversation(Console())
    try:
        answer = terminal.ask_line(question, "", str, optional=True) if terminal else ""
    except Stop:
        answer = ""
    if not answer:
        raise UsageError(f"{what} is missing", hint)
    return answer


def chosen(
    disk: Disk,
    name: str,
    paths: Sequence[str],
    what: str,
    offered: Offered | None = None,
    *,
    missing: str = "ID",
    example: str = EXAMPLE,
) -> str:
    """Return the one of these paths that a name means, as `activity_named` does; `what` is the word for them."""
    from cpdkit.actions.record_file import titles_of
    from cpdkit.cli.conversation import conversation

    problem: UsageError
    try:
        if name:
            return resolve_id(name, paths, what, titles_of(disk, paths))
        problem = UsageError(f"{missing} is missing", f"name the {what}: {_command()} {example}")
    except (SeveralMatch, NoMatch) as error:
        problem = error
    terminal = conversation(Console())
    if terminal is None:
        raise problem
    records = _Records(disk)
    candidates = _candidates(problem, name, records, paths, offered)
    if not candidates:
        raise problem if name else UsageError(f"there is no {what} to choose from", f"see {_command()} --help")
    similar = isinstance(problem, NoMatch)
    end = ", but these are similar:" if similar else ":"
    terminal.tell(f"{printable(str(problem))}{end}" if name else f"Which {what}?")
    return _Choice(terminal, records, what).of(candidates, ranked=similar)


def _candidates(
    problem: UsageError, name: str, records: _Records, paths: Sequence[str], offered: Offered | None
) -> Sequence[str]:
    """Return the records to choose from: all that match, those similar to a name, or those that are offered."""
    if isinstance(problem, SeveralMatch):
        return problem.paths
    if name:
        return narrowed(name, records.names(paths))
    return [path for path in paths if offered is None or records.fits(path, offered)]


def _command() -> str:
    return click.get_current_context().command_path


class _Choice:
    """A numbered list on a terminal. A number chooses, other words narrow the list, an empty line cancels."""

    def __init__(self, terminal: Conversation, records: _Records, what: str) -> None:
        self.terminal = terminal
        self.records = records
        self.what = what

    def of(self, paths: Sequence[str], *, ranked: bool = False) -> str:
        """Return the chosen path. `ranked` keeps the order; otherwise the newest come first. Raises UsageError."""
        paths = paths if ranked else sorted(paths, key=lambda path: (self.records.day(path), path), reverse=True)
        self.show(paths)
        while True:
            answer = self.ask()
            if answer.isdecimal() and 1 <= int(answer) <= len(paths[:MOST_SHOWN]):
                return paths[int(answer) - 1]
            fewer = narrowed(answer, self.records.names(paths))
            if len(fewer) == 1:
                return fewer[0]
            if not fewer:
                self.terminal.tell(printable(f'nothing here matches "{answer}"'))
            elif len(fewer) == len(paths):
                self.terminal.tell(printable(f'all of them match "{answer}"'))
            else:
                paths = fewer
                self.show(paths)

    def show(self, paths: Sequence[str]) -> None:
        """Print the first of the records, with their numbers."""
        shown = [self.records.line(path) for path in paths[:MOST_SHOWN]]
        columns = columns_of(sys.stderr) or COLUMNS
        for number, (path, line) in enumerate(zip(paths, shown, strict=False), start=1):
            same = f"  {id_of(path)}" if shown.count(line) > 1 else ""
            self.terminal.tell(cut(f"{number:>3}  {printable(line + same)}", columns))
        if len(paths) > MOST_SHOWN:
            self.terminal.tell(f"     and {len(paths) - MOST_SHOWN:,} more")

    def ask(self) -> str:
        """Return the line that was typed. Raises UsageError for an empty line and for Ctrl-D."""
        from cpdkit.cli.conversation import Stop

        try:
            answer = self.terminal.ask_line("Type a number, or more letters (Return cancels).", "", str, optional=True)
        except Stop:
            answer = ""
        if not answer:
            raise UsageError(f"no {self.what} chosen", "nothing was changed")
        return answer


class _Records:
    """Records, each read when it is needed, and once."""

    def __init__(self, disk: Disk) -> None:
        self.disk = disk
        self.read: dict[str, Record | None] = {}

    def record(self, path: str) -> Record | None:
        """Return a record; None if it cannot be read."""
        from cpdkit.journal.load import read_file

        if path not in self.read:
            self.read[path] = read_file(self.disk, path, RECORD_KINDS[path.partition("/")[0]])[0]
        return self.read[path]

    def fits(self, path: str, offered: Offered) -> bool:
        record = self.record(path)
        return record is not None and offered(record)

    def day(self, path: str) -> str:
        """Return the date at the beginning of a file's name, otherwise the first day of the record."""
        if match := _DATED.match(id_of(path)):
            return match[0]
        record = self.record(path)
        return str(getattr(record, "start", None) or getattr(record, "year", ""))

    def title(self, path: str) -> str:
        from cpdkit.journal.search import title_of

        record = self.record(path)
        return title_of(record) if record else f"{id_of(path)} (cannot be read)"

    def line(self, path: str) -> str:
        """Return a record in one line: its date, title, and status if it is not done."""
        record = self.record(path)
        status = str(getattr(record, "status", "done"))
        note = "" if status in ("done", "open") else f"  ({status})"
        return f"{self.day(path):10}  {self.title(path)}{note}"

    def names(self, paths: Sequence[str]) -> dict[str, str]:
        """Return all that a person may write of each record."""
        return {path: f"{id_of(path)} {self.title(path)}" for path in paths}
