"""Organisations of many shapes, for the tests of the diagram."""

import random
from collections.abc import Iterable
from datetime import date
from itertools import pairwise

from cpdkit.journal.reporting import Colleague, Organisation, Report

DAY = date(2026, 11, 24)
NAMES = ("Bo Li", "Angharad Llywelyn", "Helen Ostrowska-Featherstonehaugh", "山田太郎", "فاطمة الزهراء", "Đỗ Thị Ánh")
ROLES = ("Technician", "Senior protection engineer", "Head of protection and control systems", "")
LETTERS = ("", "CEng FIET", "EUR ING CEng MIET FIMechE")


def organisation_of(lines: Iterable[str], colleagues: Iterable[Colleague] = ()) -> Organisation:
    """Return the organisation of lines such as `ben > me` and `ben : helen`, a dotted one."""
    reports = [Report(person, to, mark == ":") for person, mark, to in map(str.split, lines)]
    known = {each.id: each for each in colleagues}
    names = dict.fromkeys(["me", *(end for each in reports for end in (each.to, each.person)), *known])
    return Organisation(
        DAY, None, tuple(known.get(name) or Colleague(name, name.title()) for name in names), tuple(reports)
    )


def star(people: int, random_: random.Random) -> Iterable[str]:
    """All report to the owner."""
    return [f"p{number} > me" for number in range(1, people)]


def peers(people: int, random_: random.Random) -> Iterable[str]:
    """The owner and all others report to the same manager."""
    return ["me > p1", *(f"p{number} > p1" for number in range(2, people))]


def chain(people: int, random_: random.Random) -> Iterable[str]:
    """Each reports to the previous one; the owner is somewhere in the middle."""
    names = [f"p{number}" for number in range(1, people)]
    names.insert(random_.randrange(people), "me")
    return [f"{person} > {to}" for to, person in pairwise(names)]


def tree(people: int, random_: random.Random) -> Iterable[str]:
    """Each reports to somebody before them, some by a dotted line."""
    names = ["p1", "me", *(f"p{number}" for number in range(2, people))]
    marks = ">>>>>:"
    return [f"{name} {random_.choice(marks)} {random_.choice(names[:at])}" for at, name in enumerate(names) if at]


def matrix(people: int, random_: random.Random) -> Iterable[str]:
    """A tree whose people also have up to six more lines, up or down."""
    names = ["me", *(f"p{number}" for number in range(1, people))]
    more = {tuple(random_.sample(names, 2)) for _ in range(random_.randint(1, 6))}
    return [*tree(people, random_), *(f"{one} {random_.choice('::>')} {other}" for one, other in sorted(more))]


def forest(people: int, random_: random.Random) -> Iterable[str]:
    """Several managers without a common one; the first is the owner, who directs the second."""
    names = ["me", *(f"p{number}" for number in range(1, people))]
    bosses = names[: max(1, people // 6)]
    below = [f"{name} > {random_.choice(bosses)}" for name in names if name not in bosses]
    return [*below, *(f"{other} : me" for other in bosses[1:2])]


SHAPES = {made.__name__: made for made in (star, peers, chain, tree, matrix, forest)}


def generated(shape: str, seed: int, people: int = 0) -> Organisation:
    """Return an organisation of a shape, of 2 to 40 people or so many."""
    random_ = random.Random(f"{shape} {seed}")
    count = people or random_.randint(2, 40)
    colleagues = [
        Colleague(
            name, random_.choice(NAMES), random_.choice(ROLES), "", random_.choice(LETTERS), random_.choice((1, 1, 7))
        )
        for name in ("me", *(f"p{number}" for number in range(1, count)))
    ]
    return organisation_of(SHAPES[shape](count, random_), colleagues)
