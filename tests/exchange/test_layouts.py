import pytest

from cpdkit.exchange.layouts import LAYOUTS, CellFormat, Layout
from cpdkit.journal.records import ACTIVITY
from cpdkit.journal.values import ActivityType, Skill

KNOWN = {each.name for each in ACTIVITY.fields} | {"folder", "description", "reflection"}


def test_the_bodies_have_as_many_columns_as_their_logs() -> None:
    counted = {name: len(each.columns) for name, each in LAYOUTS.items()}
    assert counted == {"ice": 7, "rics": 6, "mycareerpath": 5, "engineers-ireland": 4, "career-manager": 8}


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=lambda each: each.id)
def test_every_column_shows_fields_that_there_are(layout: Layout) -> None:
    assert layout.title and layout.source
    assert {name for each in layout.columns for name in each.fields} <= KNOWN
    assert len({each.header for each in layout.columns}) == len(layout.columns)
    for each in layout.columns:
        assert bool(each.words) == (each.format is CellFormat.WORD)


def test_every_value_has_a_word() -> None:
    words = [each.words for layout in LAYOUTS.values() for each in layout.columns if each.format is CellFormat.WORD]
    assert {frozenset(each) for each in words} == {
        frozenset(ActivityType),
        frozenset(Skill),
        frozenset(("true", "false")),
    }
