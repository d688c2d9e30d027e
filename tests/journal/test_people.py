"""`people.yaml`: what is read from it, and where its errors are."""

from datetime import date

import pytest

from cpdkit.journal.people import NOBODY, People, Person, read_people
from cpdkit.journal.records import ReportingLine
from cpdkit.text.source import decode

WHOLE = """\
people:
  - id: margaret
    name: Margaret Oyelaran
    role: Head of protection
    organisation: Gridwise Ltd
    registration: CEng FIET
    registration-number: "0498127"
    registered-until: 2027-12-31
    reports-to: [rhodri, {to: me, start: 2021-04-01, end: 2025-08-31, dotted: true}]
    start: 2021-04-01
    end: 2026-08-31
    count: 11
    email: m.oyelaran@gridwise.example
    phone: "+44 113 000000"
    knows: My manager since May 2023
    supporter: true
    referee: true
  - {id: siôn.2_b-c, name: Siôn Ap Rhys}
x-source: the intranet
"""


def read(text: str | bytes) -> tuple[People | None, list[tuple[str, str]]]:
    """Return the people in a text, and the line, column and code of each problem."""
    people, found = read_people(decode("people.yaml", text if isinstance(text, bytes) else text.encode()))
    return people, [(each.location.removeprefix("people.yaml:"), each.code) for each in found]


def person(fields: str) -> Person:
    """Return the only person, who has these fields in addition to ID and name."""
    people, found = read(f"people:\n  - {{id: m, name: M, {fields}}}\n")
    assert people and not found
    return people.people[0]


def test_every_field_of_a_person() -> None:
    people, found = read(WHOLE)
    assert people and not found
    margaret = Person(
        id="margaret",
        name="Margaret Oyelaran",
        role="Head of protection",
        organisation="Gridwise Ltd",
        registration="CEng FIET",
        registration_number="0498127",
        registered_until=date(2027, 12, 31),
        reports_to=(
            ReportingLine("rhodri"),
            ReportingLine("me", date(2021, 4, 1), date(2025, 8, 31), dotted=True),
        ),
        start=date(2021, 4, 1),
        end=date(2026, 8, 31),
        count="11",
        email="m.oyelaran@gridwise.example",
        phone="+44 113 000000",
        knows="My manager since May 2023",
        supporter=True,
        referee=True,
    )
    assert people.people == (margaret, Person("siôn.2_b-c", "Siôn Ap Rhys"))
    assert people.own == {"x-source": "the intranet"}
    assert people.spans["people.1"].line == 18


def test_a_person_by_the_id() -> None:
    people, _ = read(WHOLE)
    assert people and people.with_id("margaret") is people.people[0]
    assert people.with_id("Margaret") is people.with_id("me") is NOBODY.with_id("margaret") is None


@pytest.mark.parametrize(
    ("written", "lines"),
    [
        ("helen", (ReportingLine("helen"),)),
        ("[helen, me]", (ReportingLine("helen"), ReportingLine("me"))),
        ("{to: me, dotted: true}", (ReportingLine("me", dotted=True),)),
        ("[{to: me, dotted: false}]", (ReportingLine("me"),)),
        ("[{to: helen, end: 2020-12-31}, {to: me, start: 2021-01-01}]",
         (ReportingLine("helen", end=date(2020, 12, 31)), ReportingLine("me", date(2021, 1, 1)))),
        ("[]", ()),
        ("", ()),
    ],
)  # fmt: skip
def test_reporting_lines(written: str, lines: tuple[ReportingLine, ...]) -> None:
    assert person(f"reports-to: {written}").reports_to == lines


@pytest.mark.parametrize(
    ("fields", "day", "is_there"),
    [
        ("role: Engineer", "1990-01-01", True),
        ("start: 2021-04-01", "2021-03-31", False),
        ("start: 2021-04-01", "2021-04-01", True),
        ("end: 2021-04-01", "2021-04-01", True),
        ("end: 2021-04-01", "2021-04-02", False),
        ("start: 2021-04-01, end: 2021-04-01", "2021-04-01", True),
    ],
)
def test_the_first_and_the_last_day_are_in_the_role(fields: str, day: str, is_there: bool) -> None:
    assert person(fields).is_there_on(date.fromisoformat(day)) is is_there


@pytest.mark.parametrize(
    ("fields", "day", "holds"),
    [
        ("to: me", "1990-01-01", True),
        ("to: me, start: 2021-04-01", "2021-03-31", False),
        ("to: me, start: 2021-04-01", "2021-04-01", True),
        ("to: me, end: 2021-04-01", "2021-04-01", True),
        ("to: me, end: 2021-04-01", "2021-04-02", False),
    ],
)
def test_the_first_and_the_last_day_are_in_the_line(fields: str, day: str, holds: bool) -> None:
    assert person(f"reports-to: {{{fields}}}").reports_to[0].holds_on(date.fromisoformat(day)) is holds


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", [("1:1", "CPD201")]),
        ("people:\n", [("1:1", "CPD201")]),
        ("people: []\n", [("1:1", "CPD201")]),
        ("persons:\n  - {id: m, name: M}\n", [("1:1", "CPD212"), ("1:1", "CPD201")]),
        ("people: margaret\n", [("1:9", "CPD203")]),
        ("people: {id: m, name: M}\n", [("1:9", "CPD203")]),
        ("people: [margaret]\n", [("1:10", "CPD203")]),
        ("people: [null]\n", [("1:10", "CPD203")]),
        ("- {id: m, name: M}\n", [("1:1", "CPD139")]),
        ("people:\n  - name: M\n", [("2:5", "CPD201")]),
        ("people:\n  - id: m\n", [("2:5", "CPD201")]),
        ('people:\n  - {id: m, name: ""}\n', [("2:13", "CPD201")]),
        ("people:\n  - {id: m oyelaran, name: M}\n", [("2:10", "CPD203")]),
        ("people:\n  - {id: -m, name: M}\n", [("2:10", "CPD203")]),
        (f"people:\n  - {{id: {'m' * 65}, name: M}}\n", [("2:10", "CPD203")]),
        ("people:\n  - {name: 山田太郎, id: a b}\n", [("2:22", "CPD203")]),
        ("people:\n  - {id: m, name: M, colour: red}\n", [("2:22", "CPD212")]),
        ("people:\n  - {id: m, full-name: M}\n", [("2:13", "CPD212")]),
        ("people:\n  - {id: m, name: M, manager: me}\n", [("2:22", "CPD212")]),
        ("people:\n  - {id: m, id: n, name: M}\n", [("2:13", "CPD134")]),
        ('people:\n  - {id: m, name: "M\\nN"}\n', [("2:19", "CPD210")]),
        ("people:\n  - {id: m, name: M, supporter: yes}\n", [("2:33", "CPD209")]),
        ("people:\n  - {id: m, name: M, count: 0}\n", [("2:29", "CPD215")]),
        ("people:\n  - {id: m, name: M, count: six}\n", [("2:29", "CPD215")]),
        ("people:\n  - {id: m, name: M, reports-to: [[helen]]}\n", [("2:35", "CPD203")]),
        ("people:\n  - {id: m, name: M, reports-to: {dotted: true}}\n", [("2:35", "CPD201")]),
        ("people:\n  - {id: m, name: M, reports-to: {to: a, dotted: maybe}}\n", [("2:50", "CPD209")]),
        ("people:\n  - {id: m, name: M, reports-to: {to: a, until: 2020-01-01}}\n", [("2:42", "CPD212")]),
    ],
)
def test_errors_have_a_line_and_a_column(text: str, found: list[tuple[str, str]]) -> None:
    assert read(text) == (None, found)


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ("start: 2021", [("2:29", "CPD205")]),
        ("start: 2021-04", [("2:29", "CPD205")]),
        ("end: 2025-08", [("2:27", "CPD205")]),
        ("registered-until: 2026", [("2:40", "CPD205")]),
        ("reports-to: {to: a, start: 2021-04}", [("2:49", "CPD205")]),
        ("end: present", [("2:27", "CPD205")]),
        ("start: 01/04/2021", [("2:29", "CPD205")]),
        ("start: 2021-04, end: 2025", [("2:29", "CPD205"), ("2:43", "CPD205")]),
        ("start: 2025-04-01, end: 2025-03-31", [("2:46", "CPD214")]),
        ("reports-to: {to: a, start: 2025-04-01, end: 2025-03-31}", [("2:66", "CPD214")]),
    ],
)
def test_a_date_has_a_day(fields: str, found: list[tuple[str, str]]) -> None:
    assert read(f"people:\n  - {{id: m, name: M, {fields}}}\n") == (None, found)


@pytest.mark.parametrize(
    ("ids", "found"),
    [
        ("a b", []),
        ("a A", []),
        ("a a", [("3:8", "CPD223")]),
        ("a b a a", [("4:8", "CPD223"), ("5:8", "CPD223")]),
        ("me", [("2:8", "CPD223")]),
        ("me me", [("2:8", "CPD223"), ("3:8", "CPD223")]),
    ],
)
def test_an_id_has_one_person(ids: str, found: list[tuple[str, str]]) -> None:
    people, problems = read("people:\n" + "".join(f"- {{id: {name}, name: M}}\n" for name in ids.split()))
    assert (people is None, problems) == (bool(found), found)


def test_the_place_of_a_second_id() -> None:
    text = "people:\n  - {id: a, name: A}\n  - name: B\n    id: a\n"
    assert read(text) == (None, [("4:9", "CPD223")])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("\ufeffpeople:\r\n  - {id: m o, name: M}\r\n", [("1:1", "CPD117"), ("2:10", "CPD203")]),
        ("people:\n\t- {id: m, name: M}\n", [("2:1", "CPD122")]),
        ("people:\n  - &a {id: m, name: M}\n  - *a\n", [("2:5", "CPD130"), ("3:5", "CPD131")]),
        ('people: !!python/object/apply:os.system ["ls"]\n', [("1:9", "CPD132")]),
        ("people:\n  - {<<: {id: m}, name: M}\n", [("2:6", "CPD133")]),
        ("people:\n  - {id: m, name: M}\n---\npeople: []\n", [("3:1", "CPD135")]),
        (f"people: {'[' * 2000}{']' * 2000}\n", [("1:21", "CPD136")]),
        ('people:\n  - {id: m, name: "M\\u0007"}\n', [("2:19", "CPD104")]),
    ],
)
def test_hostile_yaml(text: str, found: list[tuple[str, str]]) -> None:
    assert read(text) == (None, found)
