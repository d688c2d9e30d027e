"""The people of `people.yaml`: managers, colleagues, supporters and referees, and who reports to whom."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated

from cpdkit.diagnostics import Diagnostic, Span
from cpdkit.journal.compound_types import Entries, One
from cpdkit.journal.date_types import Day
from cpdkit.journal.declarations import Field, Fields, declared, read_fields
from cpdkit.journal.field_types import Flag, Line, Matching
from cpdkit.journal.file_problems import Problems
from cpdkit.journal.front_matter_warnings import note_warnings
from cpdkit.journal.records import ME, REPORTS_TO, ReportingLine
from cpdkit.journal.spans import Spans
from cpdkit.text.faults import Unreadable
from cpdkit.text.source import Source, odd_characters
from cpdkit.text.yaml import MappingNode, SequenceNode, parse

_ID = Matching(
    "word (`margaret`)", r"[^\W_][\w.-]{0,63}", "CPD203", "an ID", "write one word, such as margaret or m.oyelaran"
)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the owner's career. `start` and `end` are the first and the last day in the role.

    `registration` is as printed (`CEng FIET`); with `count`, the entry stands for that many people, such as a team.
    """

    # fmt: off
    id: Annotated[str, Field("id", _ID, required=True, example="margaret", note="how other entries name this person")]
    name: Annotated[str, Field(
        "name", Line(), required=True, example="Margaret Oyelaran", note="of a team, its name", meant=("full-name",),
    )]
    role: Annotated[str, Field("role", Line(), example="Head of protection", meant=("title", "job", "position"))] = ""
    organisation: Annotated[str, Field(
        "organisation", Line(), example="Gridwise Ltd", meant=("organization", "employer", "company"),
    )] = ""
    registration: Annotated[str, Field(
        "registration", Line(), example="CEng FIET", note="printed in the diagram", meant=("post-nominals", "grade"),
    )] = ""
    registration_number: Annotated[str, Field(
        "registration-number", Line(), example='"512345"', meant=("number", "membership-number"),
    )] = ""
    registered_until: Annotated[date | None, Field(
        "registered-until", Day(), example="2026-12-31", note="the last day of the registration",
        meant=("registration-expires", "expires"),
    )] = None
    reports_to: Annotated[tuple[ReportingLine, ...], Field(
        "reports-to", REPORTS_TO, example="[helen, {to: me, dotted: true}]", note="whom they report to; `me` is you",
        meant=("manager", "line-manager"),
    )] = ()
    start: Annotated[date | None, Field("start", Day(), example="2021-04-01", meant=("from", "since"))] = None
    end: Annotated[date | None, Field("end", Day(), example="2025-08-31", note="the last day", meant=("until",))] = None
    count: Annotated[str, Field(
        "count", Matching("whole number", r"[1-9][0-9]{0,4}", "CPD215", "a whole number", "write a number such as 11"),
        example="11", note="how many people the entry stands for, such as a team", meant=("people", "size"),
    )] = ""
    email: Annotated[str, Field("email", Line(), example="m.oyelaran@gridwise.example", meant=("mail", "e-mail"))] = ""
    phone: Annotated[str, Field("phone", Line(), example='"+44 113 000000"', meant=("telephone",))] = ""
    knows: Annotated[str, Field(
        "knows", Line(), example="my manager since May 2023",
        note="how you know each other, for a supporter or referee", meant=("relation", "relationship"),
    )] = ""
    supporter: Annotated[bool, Field(
        "supporter", Flag(), example="true", note="supports your application for registration", meant=("sponsor",),
    )] = False
    referee: Annotated[bool, Field(
        "referee", Flag(), example="true", note="a referee of your CV", meant=("reference",),
    )] = False
    # fmt: on

    def is_there_on(self, day: date) -> bool:
        """Return whether the person was in the role on a date."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


PERSON = declared(Person, "person")
PEOPLE = Fields(
    "people",
    (
        Field(
            "people",
            Entries(One(PERSON, accepts="`{id, name, role, …}`")),
            required=True,
            example="[{id: margaret, name: Margaret Oyelaran}]",
        ),
    ),
    own=True,
)


@dataclass(frozen=True, slots=True)
class People:
    """The entries of `people.yaml`, in its order."""

    path = "people.yaml"
    body = ""

    people: tuple[Person, ...] = ()
    own: Mapping[str, str] = field(default_factory=dict)
    spans: Mapping[str, Span] = field(default_factory=dict)

    def with_id(self, name: str) -> Person | None:
        """Return the person of an ID, or None."""
        return next((each for each in self.people if each.id == name), None)


NOBODY = People()


def read_people(source: Source) -> tuple[People | None, list[Diagnostic]]:
    """Return the people in a text (None if it has an error) and all problems."""
    to = Problems(source)
    to.faults(odd_characters(source, len(source.text)))
    if to.errors:
        return None, to.diagnostics
    try:
        mapping = parse(source.text)
    except Unreadable as error:
        to.faults(error.faults)
        return None, to.diagnostics
    note_warnings(source.text, mapping, PEOPLE, to)
    values = read_fields(PEOPLE, mapping, to)
    _check_ids(values.get("people") or (), mapping, to)
    return (None if to.errors else People(spans=Spans(source.text, {}), **values)), to.diagnostics


def _check_ids(people: tuple[Person | None, ...], mapping: MappingNode, to: Problems) -> None:
    """Report an ID that two people have, and one that means the owner."""
    node = mapping.values.get("people")
    items = node.items if isinstance(node, SequenceNode) else []
    seen: set[str] = set()
    for person, item in zip(people, items, strict=False):
        if person is None or not isinstance(item, MappingNode):
            continue
        if person.id == ME:
            to.add("CPD223", item.values["id"], f"{ME} is you, not another person", hint="choose another ID")
        elif person.id in seen:
            to.add("CPD223", item.values["id"], f"two people have the ID {person.id}", hint="change one of them")
        seen.add(person.id)
