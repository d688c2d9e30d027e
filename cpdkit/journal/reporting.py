"""Who reports to whom on a date: the people around the owner, for the accountability diagram.

A diagram has two or three levels above and below, the peers, and the people directed without being managed. Source:
"Supporting document guidance for Career Manager applications", theiet.org.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cpdkit.journal.member import Member
from cpdkit.journal.people import People, Person
from cpdkit.journal.records import ME, Post, ReportingLine

LEVELS = 3


@dataclass(frozen=True, slots=True)
class Colleague:
    """One box of the diagram. `count` is the number of people that it stands for, 1 for a person."""

    id: str
    name: str
    role: str = ""
    organisation: str = ""
    registration: str = ""
    count: int = 1


@dataclass(frozen=True, slots=True)
class Report:
    """Somebody who reports to somebody, by their IDs. `dotted`: directed, but not managed."""

    person: str
    to: str
    dotted: bool = False


@dataclass(frozen=True, slots=True)
class Organisation:
    """The people around the owner on a date, and their reporting lines. `post` is the owner's post on that date.

    The owner is the colleague with the ID `me`. `omitted` counts the people who are linked to them by reporting lines
    on the date, but too far away for the diagram.
    """

    day: date
    post: Post | None
    colleagues: tuple[Colleague, ...]
    reports: tuple[Report, ...]
    omitted: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether nobody but the owner is in it."""
        return len(self.colleagues) < 2

    def named(self, name: str) -> Colleague:
        """Return the colleague of an ID."""
        return next(each for each in self.colleagues if each.id == name)


def organisation_on(
    member: Member | None, people: People, posts: Sequence[Post], day: date, levels: int = LEVELS
) -> Organisation:
    """Return the people around the owner on a date, of so many levels above and below."""
    post = post_on(posts, day)
    there = {each.id: each for each in people.people if each.is_there_on(day)}
    lines = list(_lines(there, post, day))
    shown = _around(lines, levels)
    colleagues = [_owner(member, post), *(_colleague(there[name], post) for name in there if name in shown)]
    reports = tuple(each for each in lines if each.person in shown and each.to in shown)
    return Organisation(day, post, tuple(colleagues), reports, len(_linked(lines) - shown))


def post_on(posts: Sequence[Post], day: date) -> Post | None:
    """Return the post that the owner had on a date; of several, the one that began last."""
    there = [each for each in posts if each.start <= day and (each.end is None or day <= each.end)]
    return max(there, key=lambda each: (each.start, each.path), default=None)


def _lines(there: Mapping[str, Person], post: Post | None, day: date) -> Iterator[Report]:
    """Yield the reporting lines of a date between people who were there."""
    sources: list[tuple[str, Sequence[ReportingLine]]] = [(ME, post.reports_to)] if post else []
    sources += [(each.id, each.reports_to) for each in there.values()]
    for name, lines in sources:
        there_then = (line for line in lines if line.holds_on(day) and (line.to == ME or line.to in there))
        yield from dict.fromkeys(Report(name, line.to, line.dotted) for line in there_then if line.to != name)


def _around(lines: Sequence[Report], levels: int) -> set[str]:
    """Return the IDs of the people to show: those above, the peers, those below, and those directed by dotted lines."""
    above, level = {ME}, {ME}
    for _ in range(levels):
        level = {each.to for each in lines if each.person in level and not each.dotted} - above
        above |= level
    managers = {each.to for each in lines if each.person == ME and not each.dotted}
    peers = {each.person for each in lines if each.to in managers and not each.dotted}
    below, level = {ME}, {ME}
    for _ in range(levels):
        level = {each.person for each in lines if each.to in level and not each.dotted} - below
        below |= level
    directed = {each.person for each in lines if each.to == ME} | {each.to for each in lines if each.person == ME}
    return above | peers | below | directed


def _linked(lines: Sequence[Report]) -> set[str]:
    """Return the IDs of all people that reporting lines link to the owner."""
    linked: set[str] = set()
    waiting = {ME}
    while waiting:
        linked |= waiting
        ends = {end for each in lines if {each.person, each.to} & waiting for end in (each.person, each.to)}
        waiting = ends - linked
    return linked


def _owner(member: Member | None, post: Post | None) -> Colleague:
    name, letters = (member.name, member.post_nominals) if member else ("", "")
    return Colleague(ME, name or ME, post.role if post else "", "", letters)


def _colleague(person: Person, post: Post | None) -> Colleague:
    elsewhere = post is None or person.organisation != post.employer
    return Colleague(
        person.id,
        person.name,
        person.role,
        person.organisation if elsewhere else "",
        person.registration,
        int(person.count or 1),
    )
