from dataclasses import replace

from cpdkit.checks.formats.common import fingerprints
from tests.checks.formats.test_common import PLAIN


def test_fingerprints_tell_equal_problems_apart_and_ignore_indentation() -> None:
    one, two = fingerprints([PLAIN, PLAIN])
    assert one != two
    assert fingerprints([replace(PLAIN, source="  start: x")]) == [one]
    assert fingerprints([replace(PLAIN, source="start: y")]) != [one]
    assert len(one) == 32
