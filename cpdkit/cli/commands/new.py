"""`cpd new`: an activity recorded in one line, or question by question."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cpdkit.cli.complete import STATUSES, TYPES, complete_ids, complete_objectives, complete_words
from cpdkit.cli.console import Console, is_terminal
from cpdkit.cli.options import dry_write_option, journal_option, option, output_options
from cpdkit.errors import CannotWrite, UsageError
from cpdkit.text.terminal import printable

if TYPE_CHECKING:
    from cpdkit.journal.member import Member
    from cpdkit.journal.new_record import Captured
    from cpdkit.journal.record_writer import Plain
    from cpdkit.journal.records import Activity
    from cpdkit.text.files import Disk
    from cpdkit.text.yaml import Mapping, Scalar
    from cpdkit.text.yaml import Sequence as Items

_TRIES = 20
"""How often a name that somebody else took in the meantime is made anew."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the options of `cpd new` say; empty where they say nothing."""

    title: str
    journal: Path | None
    dry_run: bool
    type: str | None = None
    start: str | None = None
    end: str | None = None
    hours: str | None = None
    provider: str | None = None
    location: str | None = None
    role: str | None = None
    objectives: tuple[str, ...] = ()
    competences: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    status: str | None = None
    planned: bool = False
    others: tuple[str, ...] = ()
    like: str | None = None
    folder: str | None = None
    template: str | None = None
    edit: bool | None = None


@dataclass(frozen=True, slots=True)
class _Place:
    """A journal as far as a new activity needs it: no record of it is read."""

    disk: Disk
    member: Member | None
    paths: tuple[str, ...]


def recorded(asked: Asked, console: Console) -> int:
    """Record one activity and print its path. Raises UsageError, NoJournal, CannotWrite."""

    from cpdkit.cli.editor import kept, shown
    from cpdkit.journal.naming import identified
    from cpdkit.journal.new_record import found_like

    place = _place(asked.journal)
    like = found_like(place.disk, identified(asked.like, place.paths)) if asked.like else None
    on_terminal = is_terminal(sys.stdin) and is_terminal(sys.stderr)
    if not asked.title and not like:
        if not on_terminal:
            raise UsageError("say what it was", 'cpd new "IET lecture: grid storage" --hours 1h30')
        asked = _asked_for(asked)
    if asked.dry_run:
        made = _captured(place, asked, like)
        _tell(made, console)
        console.show(f"{printable(made.path)}\n{made.data.decode()}".rstrip("\n"))
        return 0
    made = _written(place, asked, like)
    _tell(made, console)
    opens = asked.edit if asked.edit is not None else on_terminal and is_terminal(sys.stdout)
    if opens and not kept(place.disk.root, made.path, made.data):
        console.say("left as it was, so it is not recorded")
        return 0
    console.show(shown(place.disk.root, made.path))
    return 0


def values_of(asked: Asked) -> dict[str, Plain]:
    """The fields that the options give, as a record has them. Raises UsageError."""

    from cpdkit.dates.days import parse_day
    from cpdkit.text.clock import today

    day = today()
    status = "planned" if asked.planned else asked.status or ""
    values: dict[str, Plain] = {"title": asked.title} if asked.title else {}
    for name, said in (("start", asked.start), ("end", asked.end)):
        if said:
            values[name] = parse_day(said, day, ahead=status == "planned").isoformat()
    words = ("type", "hours", "provider", "location", "role")
    values |= {name: said for name in words if (said := getattr(asked, name))}
    values |= {"status": status} if status else {}
    values |= {name: list(said) for name in ("objectives", "topics") if (said := getattr(asked, name))}
    if asked.competences:
        values["competences"] = _claims(asked.competences)
    return values | _others(asked.others)


def _claims(said: Sequence[str]) -> Plain:
    """`A1` or `A1:P`, several times: codes, with levels where one has one."""
    parts = [each.partition(":") for each in said]
    return [{code: level} if level else code for code, _, level in parts]


def _others(said: Sequence[str]) -> dict[str, Plain]:
    """`field=value` for any other field, as `cpd set` takes it."""

    from cpdkit.journal.edit import parse_change, written
    from cpdkit.journal.records import ACTIVITY
    from cpdkit.text.faults import Unreadable
    from cpdkit.text.yaml import parse

    values: dict[str, Plain] = {}
    for each in said:
        change = parse_change(each, ACTIVITY)
        try:
            front = parse(f"k: {written(ACTIVITY.known.get(change.name), change.value)}\n")
        except Unreadable as error:
            raise UsageError(f"{each}: {error.faults[0].message}", error.faults[0].hint) from None
        values[change.name] = _plain(front.values["k"])
    return values


def _plain(node: Scalar | Items | Mapping) -> Plain:
    from cpdkit.text.yaml import Scalar
    from cpdkit.text.yaml import Sequence as Items

    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Items):
        return [_plain(each) for each in node.items]
    return {name: _plain(each) for name, each in node.values.items()}


def _place(journal: Path | None) -> _Place:
    from cpdkit.journal.member import read_member
    from cpdkit.journal.paths import MEMBER_FILE, find, names_in
    from cpdkit.text.faults import Unreadable
    from cpdkit.text.files import Disk
    from cpdkit.text.front_matter import FRONT_LIMIT
    from cpdkit.text.source import decode

    disk = Disk(os.path.realpath(find(journal)))
    member: Member | None = None
    ignore: tuple[str, ...] = ()
    # What is wrong with cpd.yaml is for cpd check to say; an activity can be recorded all the same.
    with suppress(Unreadable):
        member, ignore, _ = read_member(decode(MEMBER_FILE, disk.read(MEMBER_FILE, FRONT_LIMIT)[0]))
    return _Place(disk, member, tuple(names_in(disk.root, "activities", ignore)))


def _captured(place: _Place, asked: Asked, like: Activity | None) -> Captured:
    from cpdkit.journal.new_record import capture
    from cpdkit.text.clock import today

    folder = None if asked.folder is None else _folder(asked.folder, place)
    return capture(
        place.disk, place.member, place.paths, values_of(asked), today(),
        like=like, template=asked.template or "", folder=folder,
    )  # fmt: skip


def _folder(said: str, place: _Place) -> str:
    """A folder below `activities/`. Raises UsageError for one that lies elsewhere or is not read."""

    from cpdkit.journal.paths import passed_over, skipper

    parts = [part for part in said.replace("\\", "/").removeprefix("activities/").split("/") if part not in ("", ".")]
    path = "/".join(["activities", *parts, "a.md"])
    if ".." in parts or said.startswith("/") or any(not part.isprintable() for part in parts):
        raise UsageError(f'"{said}" is no folder below activities/', "write its name alone, such as 2026")
    if passed_over(path, skipper(place.member.ignore if place.member else ())):
        raise UsageError(f'the journal passes over "{said}"', "choose another folder")
    return "/".join(parts)


def _written(place: _Place, asked: Asked, like: Activity | None) -> Captured:
    """The new file, under the next free name where another program was quicker."""

    from cpdkit.text.write import below, write_new

    for _ in range(_TRIES):
        made = _captured(place, asked, like)
        target = below(Path(place.disk.root), made.path)
        try:
            write_new({target: made.data})
            return made
        except CannotWrite:
            if not os.path.lexists(target):
                raise
            place = replace(place, paths=(*place.paths, made.path))
    raise CannotWrite(target, "all its names are taken")


def _tell(made: Captured, console: Console) -> None:
    for sentence in made.remarks:
        console.say(printable(sentence))


def _asked_for(asked: Asked) -> Asked:
    """The questions, one by one; an empty answer leaves a field out."""
    title = click.prompt("What was it", err=True)
    start = asked.start or click.prompt("When", default="today", err=True)
    with _completing(TYPES):
        kind = asked.type or click.prompt("Type (empty: guessed)", default="", show_default=False, err=True)
    hours = asked.hours or click.prompt("Hours (1h30; empty: guessed)", default="", show_default=False, err=True)
    provider = asked.provider or click.prompt("Who gave it (may be empty)", default="", show_default=False, err=True)
    return replace(asked, title=title, start=start, type=kind, hours=hours, provider=provider)


@contextmanager
def _completing(words: Sequence[str]) -> Iterator[None]:
    """With TAB for these words, where the terminal's library can do that."""
    try:
        import readline
    except ImportError:
        yield
        return
    before = readline.get_completer()
    readline.set_completer(lambda text, state: [*(word for word in words if word.startswith(text)), None][state])
    readline.parse_and_bind("tab: complete")
    try:
        yield
    finally:
        readline.set_completer(before)


@click.command()
@click.argument("title", nargs=-1)
@option("-t", "--type", "type", metavar="TYPE", help="training, work-experience, academic-study, volunteering, event "
        "or self-study.", shell_complete=complete_words(TYPES))  # fmt: skip
@option("-d", "--date", "start", metavar="DAY", help="2026-03-14, yesterday, friday, 14 March; else today.")
@option("--end", metavar="DAY", help="The last day, where it took several.")
@option("--hours", metavar="TIME", help="1.5, 1h30 or 90 min.")
@option("-p", "--provider", metavar="NAME", help="Who gave it.")
@option("--location", metavar="PLACE", help="Where it was.")
@option("--role", metavar="TEXT", help="Your part in it, such as speaker.")
@option("--objective", "objectives", metavar="ID", multiple=True, help="What it leads to, a file under plan/. "
        "Repeatable.", shell_complete=complete_objectives)  # fmt: skip
@option(
    "-c", "--competence", "competences", metavar="CODE", multiple=True, help="A1, or A1:P with a level. Repeatable."
)
@option("--topic", "topics", metavar="TEXT", multiple=True, help="A topic. Repeatable.")
@option("--status", metavar="STATUS", help="done, planned …", shell_complete=complete_words(STATUSES))
@option("--planned", is_flag=True, help="It is still to come.")
@option("--set", "others", metavar="FIELD=VALUE", multiple=True, help="Any other field. Repeatable.")
@option("--like", metavar="ID", help="Take title, type, provider … from this one.", shell_complete=complete_ids)
@option("--folder", metavar="NAME", help="The folder below activities/; else as cpd.yaml says, else the year.")
@option("--template", metavar="NAME", help="The questions: iet, gibbs, kolb, star, cibse, none …")  # fmt: skip
@option("--edit/--no-edit", default=None, help="Open your editor, or don't; else it opens on a terminal.")
@journal_option
@dry_write_option
@output_options
def new(title: tuple[str, ...], journal: Path | None, dry_run: bool, console: Console, **given: Any) -> int:
    """Record an activity, and print where.

    Only a TITLE is needed: cpd new "IET lecture: grid storage" --date yesterday --hours 1h30. Type and hours that you
    don't say are guessed from your own past, and what was guessed is said. Without a TITLE it asks, question by
    question. If you leave the file as it was in the editor, nothing is recorded.
    """

    return recorded(Asked(" ".join(title), journal, dry_run, **given), console)
