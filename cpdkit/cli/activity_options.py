"""The activity that the options of `cpd new` describe: its values, its texts, and the new file for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cpdkit.errors import UsageError

if TYPE_CHECKING:
    from cpdkit.cli.settings import Settings
    from cpdkit.journal.member import Member
    from cpdkit.journal.new_record import NewActivity
    from cpdkit.journal.record_writer import Plain
    from cpdkit.journal.records import Activity
    from cpdkit.text.files import Disk
    from cpdkit.text.yaml import MappingNode, ScalarNode, SequenceNode

QUESTIONS = {
    "learned": "What did you learn?",
    "went-well": "What went well?",
    "differently": "What could have been done differently?",
    "needs": "Did it meet your needs?",
    "impact": "How has it impacted the way you work?",
    "follow-up": "Any follow-up actions?",
}
"""The options that answer a question of the IET's."""


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
    notes: tuple[str, ...] = ()
    file: str | None = None
    answers: tuple[str, ...] = ()
    learned: str | None = None
    went_well: str | None = None
    differently: str | None = None
    needs: str | None = None
    impact: str | None = None
    follow_up: str | None = None

    def question_answers(self) -> tuple[tuple[str, str], ...]:
        """Return the questions and answers of the options. Raises UsageError."""
        if not (self.answers or any(getattr(self, name.replace("-", "_")) for name in QUESTIONS)):
            return ()
        from cpdkit.actions.reflect import parse_answer

        named = ((question, getattr(self, name.replace("-", "_"))) for name, question in QUESTIONS.items())
        return (*((question, text) for question, text in named if text), *map(parse_answer, self.answers))


@dataclass(frozen=True, slots=True)
class Recording:
    """The journal that an activity is recorded in: its owner, the paths of its activities, and the one to copy."""

    disk: Disk
    member: Member | None
    paths: tuple[str, ...]
    like: Activity | None
    settings: Settings

    @classmethod
    def of(cls, root: str, options: ActivityOptions) -> Recording:
        """Return the journal at `root`. Raises UsageError for an activity to copy that cannot be found or read."""
        from cpdkit.cli.settings import Settings, read_owner
        from cpdkit.journal.new_record import read_example
        from cpdkit.journal.paths import names_in
        from cpdkit.text.files import Disk

        disk = Disk(root)
        member, ignore = read_owner(disk)
        paths = tuple(names_in(disk.root, "activities", ignore))
        like = read_example(disk, _path_to_copy(disk, options.like, paths)) if options.like else None
        return cls(disk, member, paths, like, Settings.of(member))

    @property
    def root(self) -> Path:
        return Path(self.disk.root)

    def draft(self, options: ActivityOptions) -> NewActivity:
        """Return the new file. Raises UsageError."""
        from cpdkit.journal.new_record import new_activity

        draft = new_activity(
            self.disk,
            self.member,
            self.paths,
            field_values(options, self.settings),
            self.settings.today,
            like=self.like,
            template=options.template or "",
            folder=None if options.folder is None else _folder(options.folder, self.member),
            note="\n\n".join(options.notes),
        )
        answers = options.question_answers()
        if not answers:
            return draft
        from cpdkit.actions.new import with_answers
        from cpdkit.actions.reflect import reflection_model

        return with_answers(draft, answers, reflection_model(self.disk, options.template or ""))


def _path_to_copy(disk: Disk, name: str, paths: Sequence[str]) -> str:
    """Return the activity that a part of a name or title means. Raises UsageError."""
    from cpdkit.cli.record_choice import chosen

    return chosen(disk, name, paths, "activity")


def field_values(options: ActivityOptions, settings: Settings) -> dict[str, Plain]:
    """Return the fields of the record that the options give. Raises UsageError."""
    status = "planned" if options.planned else options.status or ""
    values: dict[str, Plain] = {"title": options.title} if options.title else {}
    start, end = (
        settings.day(day, ahead=status == "planned").isoformat() if day else "" for day in (options.start, options.end)
    )
    values |= {name: day for name, day in (("start", start), ("end", end)) if day}
    if options.type:
        from cpdkit.journal.new_record import type_named

        values["type"] = type_named(options.type).value
    if options.hours:
        values["hours"] = settings.hours(options.hours, start, end)
    for name in ("provider", "location", "role"):
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
    from cpdkit.journal.edit import DESCRIPTION, parse_change, typed_yaml
    from cpdkit.journal.records import ACTIVITY
    from cpdkit.text.faults import Unreadable
    from cpdkit.text.yaml import parse

    values: dict[str, Plain] = {}
    for word in words:
        change = parse_change(word, ACTIVITY)
        if change.name == DESCRIPTION:
            raise UsageError("the description is not a field", "use --note TEXT for the text of the activity")
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
