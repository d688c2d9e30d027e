"""The people around the owner on a date: above, below, peers, and those with dotted lines."""

from datetime import date

import pytest

from cpdkit.journal.member import Member
from cpdkit.journal.people import NOBODY, People, Person
from cpdkit.journal.records import Post, ReportingLine
from cpdkit.journal.reporting import Colleague, Organisation, Report, organisation_on, post_on

DAY = date(2026, 11, 24)
MEMBER = Member("Angharad Llywelyn", post_nominals="MEng MIET")


def lines_of(words: str) -> tuple[ReportingLine, ...]:
    """Return the lines in `helen (tomasz)`; those in brackets are dotted."""
    return tuple(ReportingLine(word.strip("()"), dotted=word.startswith("(")) for word in words.split())


def people_of(**lines: str) -> People:
    """Return people with these IDs and lines."""
    return People(tuple(Person(name, name.title(), reports_to=lines_of(words)) for name, words in lines.items()))


def post_of(
    lines: str = "", start: date = date(2023, 5, 2), end: date | None = None, path: str = "career/a.md"
) -> Post:
    return Post(
        id="a", path=path, role="Engineer", employer="Gridwise Ltd", start=start, end=end, reports_to=lines_of(lines)
    )


def around(people: People, *posts: Post, day: date = DAY, levels: int = 3) -> Organisation:
    return organisation_on(MEMBER, people, posts, day, levels)


def shown(organisation: Organisation) -> str:
    return " ".join(each.id for each in organisation.colleagues)


def lines(organisation: Organisation) -> list[str]:
    """Return the lines as `ben > me`; `ben : me` is a dotted one."""
    return [f"{each.person} {':' if each.dotted else '>'} {each.to}" for each in organisation.reports]


LADDER = people_of(
    a4="", a3="a4", a2="a3", a1="a2", peer="a1", uncle="a2", niece="peer", b1="me", b2="b1", b3="b2", b4="b3"
)


@pytest.mark.parametrize(
    ("levels", "names", "omitted"),
    [
        (3, "me a3 a2 a1 peer b1 b2 b3", 4),
        (2, "me a2 a1 peer b1 b2", 6),
        (1, "me a1 peer b1", 8),
    ],
)
def test_so_many_levels_above_and_below(levels: int, names: str, omitted: int) -> None:
    organisation = around(LADDER, post_of("a1"), levels=levels)
    assert (shown(organisation), organisation.omitted) == (names, omitted)
    ends = {end for each in organisation.reports for end in (each.person, each.to)}
    assert ends == set(names.split())


def test_who_is_above_below_and_a_peer() -> None:
    people = people_of(
        rhodri="", margaret="rhodri", tomasz="margaret", aoife="me", kit="aoife", stranger="", other="stranger"
    )
    organisation = around(people, post_of("margaret"))
    assert shown(organisation) == "me rhodri margaret tomasz aoife kit"
    assert lines(organisation) == [
        "me > margaret",
        "margaret > rhodri",
        "tomasz > margaret",
        "aoife > me",
        "kit > aoife",
    ]
    assert organisation.omitted == 0


@pytest.mark.parametrize(
    ("post", "people", "names", "reports"),
    [
        ("(helen)", people_of(helen=""), "me helen", ["me : helen"]),
        ("", people_of(team="(me)"), "me team", ["team : me"]),
        # A dotted line makes nobody a peer, and brings nobody else.
        ("helen", people_of(helen="", ben="(helen)"), "me helen", ["me > helen"]),
        ("(helen)", people_of(helen="rhodri", rhodri="", kit="helen"), "me helen", ["me : helen"]),
        ("", people_of(team="(me)", kit="team"), "me team", ["team : me"]),
        # A line between two people who are in the diagram is drawn.
        ("helen", people_of(helen="", ben="helen (me)"), "me helen ben", ["me > helen", "ben > helen", "ben : me"]),
        ("h t", people_of(h="", t="", ben="t"), "me h t ben", ["me > h", "me > t", "ben > t"]),
    ],
)
def test_dotted_lines(post: str, people: People, names: str, reports: list[str]) -> None:
    organisation = around(people, post_of(post))
    assert (shown(organisation), lines(organisation)) == (names, reports)


@pytest.mark.parametrize(
    ("post", "people", "names", "reports"),
    [
        ("a", people_of(a="b", b="a"), "me a b", ["me > a", "a > b", "b > a"]),
        ("a", people_of(a="me"), "me a", ["me > a", "a > me"]),
        ("a", people_of(a="a"), "me a", ["me > a"]),
        ("me a", people_of(a=""), "me a", ["me > a"]),
    ],
)
def test_a_circle_ends(post: str, people: People, names: str, reports: list[str]) -> None:
    organisation = around(people, post_of(post))
    assert (shown(organisation), lines(organisation)) == (names, reports)


def test_a_line_to_somebody_unknown_is_omitted() -> None:
    organisation = around(people_of(helen="nobody", ben="nobody (me)"), post_of("helne helen"))
    assert lines(organisation) == ["me > helen", "ben : me"]


@pytest.mark.parametrize(
    ("day", "names", "reports"),
    [
        ("2020-12-31", "me old", ["me > old"]),
        ("2021-01-01", "me new", ["me > new"]),
        ("2023-06-30", "me new ben", ["me > new", "ben > me"]),
        ("2023-07-01", "me new ben", ["me > new", "ben > new"]),
        ("2024-07-01", "me new", ["me > new"]),
    ],
)
def test_the_people_and_lines_of_the_date(day: str, names: str, reports: list[str]) -> None:
    people = People(
        (
            Person("old", "Old", end=date(2020, 12, 31)),
            Person("new", "New", start=date(2021, 1, 1)),
            Person(
                "ben",
                "Ben",
                start=date(2023, 6, 1),
                end=date(2024, 6, 30),
                reports_to=(ReportingLine("me", end=date(2023, 6, 30)), ReportingLine("new", date(2023, 7, 1))),
            ),
        )
    )
    post = post_of("old new", start=date(2015, 1, 1))
    organisation = around(people, post, day=date.fromisoformat(day))
    assert (shown(organisation), lines(organisation)) == (names, reports)


OLD = post_of("old", date(2017, 9, 4), date(2023, 4, 28), "career/2017.md")
NEW = post_of("new", date(2023, 5, 2), None, "career/2023.md")
SECOND = post_of("second", date(2023, 5, 2), None, "career/2023-second.md")


@pytest.mark.parametrize(
    ("day", "post"),
    [
        ("2017-09-03", None),
        ("2017-09-04", OLD),
        ("2023-04-28", OLD),
        ("2023-04-29", None),
        ("2023-05-02", NEW),
        ("2030-01-01", NEW),
    ],
)
def test_the_post_of_a_date(day: str, post: Post | None) -> None:
    assert post_on([NEW, OLD], date.fromisoformat(day)) is post


def test_of_several_posts_the_one_that_began_last() -> None:
    evening = post_of("", date(2020, 1, 1), None, "career/2020.md")
    assert post_on([evening, OLD], date(2021, 1, 1)) is evening
    assert post_on([OLD, evening], date(2021, 1, 1)) is evening
    assert post_on([NEW, SECOND], DAY) is post_on([SECOND, NEW], DAY)


def test_each_post_has_its_own_managers() -> None:
    people = people_of(old="", new="", peer="old")
    before, now = (around(people, OLD, NEW, day=day) for day in (date(2020, 1, 1), DAY))
    assert (shown(before), before.post) == ("me old peer", OLD)
    assert (shown(now), now.post) == ("me new", NEW)


def test_without_a_post_those_below_remain() -> None:
    organisation = around(people_of(ben="me", helen=""))
    assert (organisation.post, shown(organisation), lines(organisation)) == (None, "me ben", ["ben > me"])


@pytest.mark.parametrize("people", [NOBODY, people_of(helen="", ben="helen")])
def test_an_organisation_of_nobody_else(people: People) -> None:
    organisation = around(people, post_of("nobody"))
    assert organisation.is_empty
    assert organisation.colleagues == (Colleague("me", "Angharad Llywelyn", "Engineer", "", "MEng MIET"),)
    assert not around(people_of(ben="me")).is_empty


def test_an_owner_who_cannot_be_read() -> None:
    assert organisation_on(None, NOBODY, [], DAY).colleagues == (Colleague("me", "me"),)


def test_what_a_box_shows() -> None:
    people = People(
        (
            Person("same", "A", "Head", "Gridwise Ltd", "CEng FIET", reports_to=lines_of("me")),
            Person("else", "B", "Head", "Pentir Ltd", reports_to=lines_of("(me)"), count="6"),
        )
    )
    organisation = around(people, post_of())
    assert organisation.named("same") == Colleague("same", "A", "Head", "", "CEng FIET")
    assert organisation.named("else") == Colleague("else", "B", "Head", "Pentir Ltd", "", 6)
    assert organisation.reports == (Report("same", "me"), Report("else", "me", dotted=True))
    assert around(people).named("same").organisation == "Gridwise Ltd"
