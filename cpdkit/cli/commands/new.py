"""`cpd new`: record an activity in one line, or question by question."""

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
from cpdkit.cli.options import dry_write_option, edit_option, journal_option, option, output_options
from cpdkit.errors import UsageError
from cpdkit.text.terminal import printable

if TYPE_CHECKING:
    from cpdkit.journal.member import Member
    from cpdkit.journal.new_record import NewActivity
    from cpdkit.journal.record_writer import Plain
    from cpdkit.text.files import Disk
    from cpdkit.text.yaml import MappingNode, ScalarNode, SequenceNode


@dataclass(frozen=True, slots=True)
class ActivityOptions:
    """The activity, as typed in the options of `cpd new`; None or empty for what is not given."""

    title: str
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
    fields: tuple[str, ...] = ()
    like: str | None = None
    folder: str | None = None
    template: str | None = None


@click.command()
@click.argument("title", nargs=-1)
@option("-t", "--type", "type", metavar="TYPE", help="Type: training, work-experience, academic-study, "
        "volunteering, event or self-study.", shell_complete=complete_words(TYPES))  # fmt: skip
@option("-d", "--date", "start", metavar="DATE", help="Date: 2026-03-14, yesterday, friday, 14 March. Default: today.")
@option("--end", metavar="DATE", help="Last date, if it took several days.")
@option("--hours", metavar="TIME", help="Time spent: 1.5, 1h30 or 90 min.")
@option("-p", "--provider", metavar="NAME", help="Who provided it.")
@option("--location", metavar="PLACE", help="Where it took place.")
@option("--role", metavar="TEXT", help="Your role, such as speaker.")
@option("--objective", "objectives", metavar="ID", multiple=True, help="Objective that it leads to. "
        "Repeatable.", shell_complete=complete_objectives)  # fmt: skip
@option(
    "-c",
    "--competence",
    "competences",
    metavar="CODE",
    multiple=True,
    help="Competence: A1, or A1:P with a level. Repeatable.",
)
@option("--topic", "topics", metavar="TEXT", multiple=True, help="Topic. Repeatable.")
@option(
    "--status",
    metavar="STATUS",
    help="Status: done, in-progress, planned or draft.",
    shell_complete=complete_words(STATUSES),
)
@option("--planned", is_flag=True, help="Record it as planned.")
@option("--set", "fields", metavar="FIELD=VALUE", multiple=True, help="Set any other field. Repeatable.")
@option("--like", metavar="ID", help="Copy the title and other fields from this activity.", shell_complete=complete_ids)
@option("--folder", metavar="NAME", help="Folder under activities/. Default: as set in cpd.yaml, or the year.")
@option(
    "--template", metavar="NAME", help="Questions of the reflection: iet, gibbs, kolb, star, cibse, none or your own."
)
@edit_option
@journal_option
@dry_write_option
@output_options
def new(
    title: tuple[str, ...],
    edit: bool | None,
    journal: Path | None,
    dry_run: bool,
    console: Console,
    **values: Any,
) -> int:
    """Record an activity.

    Give at least a TITLE. Without one, cpd asks one question at a time.

    A missing type and missing hours are taken from similar past activities, and each one is reported. If there are
    none, the activity is saved as a draft, which does not count.

    If your editor opens and you do not change the file, nothing is recorded.

    \b
    cpd new "IET lecture: grid storage" --date yesterday --hours 1h30
    cpd new "Relay course" --like relay-settings --date friday
    """
    from cpdkit.cli.exits import FINE
    from cpdkit.cli.new_records import edit_draft, show_draft, write_draft
    from cpdkit.journal.naming import resolve_id
    from cpdkit.journal.new_record import new_activity, read_example
    from cpdkit.journal.paths import find, names_in
    from cpdkit.text.clock import today
    from cpdkit.text.files import Disk

    options = ActivityOptions(" ".join(title), **values)
    disk = Disk(os.path.realpath(find(journal)))
    member, ignore = _member(disk)
    paths = tuple(names_in(disk.root, "activities", ignore))
    like = read_example(disk, resolve_id(options.like, paths)) if options.like else None
    on_terminal = is_terminal(sys.stdin) and is_terminal(sys.stderr)
    if not options.title and not like:
        if not on_terminal:
            raise UsageError("TITLE is missing", 'name the activity: cpd new "IET lecture: grid storage" --hours 1h30')
        options = _asked_for(options)

    def make_draft(taken: Sequence[str]) -> NewActivity:
        return new_activity(
            disk,
            member,
            (*paths, *taken),
            field_values(options),
            today(),
            like=like,
            template=options.template or "",
            folder=None if options.folder is None else _folder(options.folder, member),
        )

    draft = make_draft(()) if dry_run else write_draft(Path(disk.root), make_draft)
    for sentence in draft.remarks:
        console.say(printable(sentence))
    if dry_run:
        show_draft(draft, console)
    else:
        edit_draft(Path(disk.root), draft, edit, on_terminal, console)
    return FINE


def field_values(options: ActivityOptions) -> dict[str, Plain]:
    """Return the fields of the record that the options give. Raises UsageError."""
    from cpdkit.dates.days import parse_day
    from cpdkit.text.clock import today

    status = "planned" if options.planned else options.status or ""
    values: dict[str, Plain] = {"title": options.title} if options.title else {}
    for name, day in (("start", options.start), ("end", options.end)):
        if day:
            values[name] = parse_day(day, today(), ahead=status == "planned").isoformat()
    for name in ("type", "hours", "provider", "location", "role"):
        if text := getattr(options, name):
            values[name] = text
    if status:
        values["status"] = status
    for name in ("objectives", "topics"):
        if items := getattr(options, name):
            values[name] = list(items)
    if options.competences:
        parts = [each.partition(":") for each in options.competences]
        values["competences"] = [{code: level} if level else code for code, _, level in parts]
    return values | _other_fields(options.fields)


def _other_fields(words: Sequence[str]) -> dict[str, Plain]:
    """Return the values of `FIELD=VALUE` for any other field, written as for `cpd set`. Raises UsageError."""
    from cpdkit.journal.edit import parse_change, typed_yaml
    from cpdkit.journal.records import ACTIVITY
    from cpdkit.text.faults import Unreadable
    from cpdkit.text.yaml import parse

    values: dict[str, Plain] = {}
    for word in words:
        change = parse_change(word, ACTIVITY)
        try:
            front = parse(f"k: {typed_yaml(ACTIVITY.known.get(change.name), change.value)}\n")
        except Unreadable as error:
            raise UsageError(f"{word}: {error.faults[0].message}", error.faults[0].hint) from None
        values[change.name] = _plain(front.values["k"])
    return values


def _plain(node: ScalarNode | SequenceNode | MappingNode) -> Plain:
    from cpdkit.text.yaml import ScalarNode, SequenceNode

    if isinstance(node, ScalarNode):
        return node.value
    if isinstance(node, SequenceNode):
        return [_plain(each) for each in node.items]
    return {name: _plain(each) for name, each in node.values.items()}


def _member(disk: Disk) -> tuple[Member | None, tuple[str, ...]]:
    """Return the journal's member and its ignored paths, without reading a record."""
    from cpdkit.journal.member import read_member
    from cpdkit.journal.paths import MEMBER_FILE
    from cpdkit.text.faults import Unreadable
    from cpdkit.text.front_matter import FRONT_LIMIT
    from cpdkit.text.source import decode

    # cpd check reports problems in cpd.yaml; they do not stop the recording.
    with suppress(Unreadable):
        member, ignore, _ = read_member(decode(MEMBER_FILE, disk.read(MEMBER_FILE, FRONT_LIMIT)[0]))
        return member, ignore
    return None, ()


def _folder(name: str, member: Member | None) -> str:
    """Return a folder under `activities/`. Raises UsageError for one that is elsewhere or ignored."""
    from cpdkit.journal.paths import passed_over, skipper

    parts = [part for part in name.replace("\\", "/").removeprefix("activities/").split("/") if part not in ("", ".")]
    path = "/".join(["activities", *parts, "a.md"])
    if ".." in parts or name.startswith("/") or any(not part.isprintable() for part in parts):
        raise UsageError(
            f'"{name}" is not a folder under activities/', "write the name of a folder there, such as 2026"
        )
    if passed_over(path, skipper(member.ignore if member else ())):
        raise UsageError(f'the journal ignores the folder "{name}"', "choose another folder")
    return "/".join(parts)


def _asked_for(options: ActivityOptions) -> ActivityOptions:
    """Ask the questions one by one; an empty answer gives no value."""

    def ask(question: str, default: str | None = "") -> str:
        return click.prompt(question, default=default, show_default=bool(default), err=True, prompt_suffix=" ")

    title = ask("What did you do?", None)
    start = options.start or ask("When? (2026-03-14, yesterday)", "today")
    with _completing(TYPES):
        kind = options.type or ask("What type? (training, event …; leave empty to use similar activities)")
    hours = options.hours or ask("How long did it take? (1h30, 90 min; leave empty to use similar activities)")
    provider = options.provider or ask("Who provided it? (optional)")
    return replace(options, title=title, start=start, type=kind, hours=hours, provider=provider)


@contextmanager
def _completing(words: Sequence[str]) -> Iterator[None]:
    """Complete these words at TAB, if readline is available."""
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
