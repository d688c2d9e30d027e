"""A problem is what it says: two alike are one."""

from cpdkit.documents.problems import Problem


def test_two_alike_are_one() -> None:
    assert len({Problem("CPD902", "x"), Problem("CPD902", "x"), Problem("CPD902", "x", line=2)}) == 2
