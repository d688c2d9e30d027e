import pytest

from cpdkit.exchange.import_headings import REPEATABLE, TARGETS, TYPE_WORDS, layout_of, plain_heading, target_of
from cpdkit.exchange.layouts import LAYOUTS
from cpdkit.journal.records import ACTIVITY, TYPES


@pytest.mark.parametrize(
    ("heading", "target"),
    [("Title", "title"), ("Date(s)", "start"), ("Dates", "days"),
     ("Time (hours)", "hours"), ("Duration (mins)", "minutes"),
     ("UK-SPEC", "competences"), ("What did you learn?", "reflection"), ("follow_up", "follow-up"),
     ("CPD Hours", "hours"),
     ("Zebra", ""), ("", ""), ("start", "start"), ("signed-off-on", "signed-off-on")],
)  # fmt: skip
def test_what_a_heading_means(heading: str, target: str) -> None:
    assert target_of(heading) == target


def test_every_word_leads_to_a_field_or_target() -> None:
    names = {each.name for each in ACTIVITY.fields} | set(TARGETS)
    for name in names - {"skip"}:
        assert target_of(name) == name
    assert set(REPEATABLE) <= names
    assert set(TYPE_WORDS.values()) <= set(TYPES.options)
    assert all(plain_heading(word) == plain_heading(plain_heading(word)) for word in TYPE_WORDS)


@pytest.mark.parametrize("name", list(LAYOUTS))
def test_the_tables_of_professional_bodies_are_known_by_their_headings(name: str) -> None:
    headings = [each.header for each in LAYOUTS[name].columns]
    found = layout_of([*reversed(headings), "Another"])
    assert found
    assert found.id == name
    assert layout_of(headings[:-1]) is None
