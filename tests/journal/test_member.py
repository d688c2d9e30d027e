from datetime import date

import pytest

from cpdkit.journal.member import Employment, Member, Membership, SchemeMembership, SchemeStatus, read_member
from cpdkit.text.source import decode
from tests.journal.reader import messages

WHOLE = """\
name: Angharad Llywelyn
honours: Dr
post-nominals: MEng MIET
email: angharad@example.org
memberships: [{body: IET, grade: Member, number: "1100 234567", since: 2018}, RICS]
employment:
  - {role: Engineer, employer: Gridwise, start: 2019-09-01, end: 2023-04-30}
schemes:
  - {scheme: iet, start: 2018-09-01, statuses: [{status: active, start: 2018-09-01}, retired]}
  - rics
language: cy
paper: letter
cpd-year: 04-01
period: last year
codes: false
ignore: ["notes/**"]
print: [x-cost, x-course fee]
x-tax-code: 0123456
"""


def member_of(text: str | bytes) -> tuple[Member | None, tuple[str, ...], list[tuple[str, str, str]]]:
    member, ignore, found = read_member(decode("cpd.yaml", text if isinstance(text, bytes) else text.encode()))
    return member, ignore, messages(found)


def test_every_field_of_a_member() -> None:
    member, ignore, found = member_of(WHOLE)
    assert (found, ignore) == ([], ("notes/**",))
    assert member == Member(
        name="Angharad Llywelyn",
        honours="Dr",
        post_nominals="MEng MIET",
        email="angharad@example.org",
        memberships=(Membership("IET", "Member", "1100 234567", "2018"), Membership("RICS")),
        employment=(Employment("Engineer", "Gridwise", date(2019, 9, 1), date(2023, 4, 30)),),
        schemes=(
            SchemeMembership(
                "iet", date(2018, 9, 1), (SchemeStatus("active", date(2018, 9, 1)), SchemeStatus("retired"))
            ),
            SchemeMembership("rics"),
        ),
        language="cy",
        paper="letter",
        year_start=(4, 1),
        default_period="last year",
        codes=False,
        ignore=("notes/**",),
        printed=("x-cost", "x-course fee"),
        own={"x-tax-code": "0123456"},
        spans=member.spans if member else {},
    )


def test_a_name_is_enough() -> None:
    member, ignore, found = member_of("name: A\n")
    assert member is not None
    assert (member.name, member.year_start, member.paper, ignore, found) == ("A", (1, 1), "a4", (), [])
    assert member.spans["name"].column == 7


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ("CPD201", "", "write name: Angharad Llywelyn")),
        ("name: A\npapr: a4\n", ("CPD212", 'did you mean "paper"?', "")),
        ("name: A\npaper: A4\n", ("CPD208", 'did you mean "a4"?', "use a4 or letter")),
        ("name: A\nlanguage: English\n", ("CPD701", "", "write a tag such as en-GB or cy")),
        ("name: A\ncpd-year: 02-29\n", ("CPD702", "", "write month-day, such as 04-01 for 1 April")),
        ("name: A\ncpd-year: 04-31\n", ("CPD702", "", "write month-day, such as 04-01 for 1 April")),
        ("name: A\nmemberships: [{grade: Member}]\n", ("CPD201", "", "write body: IET")),
        ("name: A\nname: B\n", ("CPD134", "first on line 1", "keep the one that is right")),
        *(
            (
                f"name: A\nprint: [x-cost, {name}]\n",
                ("CPD203", "", "write the names of your own fields, such as x-cost"),
            )
            for name in ("cost", "x-", "x-imported", "x-followed-up")
        ),
        (b"name: A\x07\n", ("CPD104", "", "delete it; if you cannot select it, retype the word")),
        (
            "name: A\nemployment: [{role: B, start: 2020-01-01, end: 2019-01-01}]\n",
            ("CPD214", "", "swap the two dates, or correct one of them"),
        ),
    ],
)
def test_an_error_in_cpd_yaml_costs_the_member(text: str | bytes, expected: tuple[str, str, str]) -> None:
    member, _, found = member_of(text)
    assert (member, found) == (None, [expected])


@pytest.mark.parametrize("first", ["01-01", "02-28", "04-30", "12-31", "10-01"])
def test_every_day_that_all_years_have_can_start_the_cpd_year(first: str) -> None:
    member, _, found = member_of(f"name: A\ncpd-year: {first}\n")
    assert found == []
    assert member is not None
    assert member.year_start == tuple(int(part) for part in first.split("-"))


def test_a_period_is_tried() -> None:
    member, _, found = member_of("name: A\nperiod: 03/04/2026\n")
    assert member is None
    assert [code for code, _, _ in found] == ["CPD703"]


def test_what_to_ignore_is_known_although_something_else_is_wrong() -> None:
    assert member_of('name: A\nignore: ["notes/**"]\npapr: a4\n')[1] == ("notes/**",)
