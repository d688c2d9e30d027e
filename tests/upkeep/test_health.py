"""How what was looked at is found."""

from cpdkit.upkeep.health import Level, lacks, missing, note, ok


def test_only_what_is_needed_can_be_missing() -> None:
    signs = [ok("a", "is here"), note("b", "is odd", "mend it"), missing("c", "is gone", "get it")]
    assert [each.level for each in signs] == [Level.OK, Level.NOTE, Level.MISSING]
    assert (lacks(signs), lacks(signs[:2]), lacks([])) == (True, False, False)
