"""The types of fields: what each accepts, and its messages and hints."""

from datetime import date

import pytest

from cpdkit.journal.date_types import Day, Year, YearOrDay
from cpdkit.journal.field_types import Choice, FieldType, Flag, Hours, Items, Line, Matching, Number, Text
from cpdkit.journal.records import TYPES
from cpdkit.journal.values import ActivityType
from tests.journal.reader import messages, value_of

LETTERS = Matching("letters", "[a-z]+", "CPD701", "a word", "write a word")
LIST = Items(Line(), "list of text")


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (Line(), "  words  ", "words"),
        (Line(), '"a\\tb"', "a b"),
        (Line(), "no", "no"),
        (Line(), ">-\n  two\n  lines", "two lines"),
        (Text(), "|\n  two\n  lines", "two\nlines"),
        (LETTERS, "abc", "abc"),
        (Day(), "2026-03-14", date(2026, 3, 14)),
        (YearOrDay(), "2018", "2018"),
        (YearOrDay(), "2018-09-01", "2018-09-01"),
        (Year(), "2026", 2026),
        (Hours(), "1h30", 90),
        (Hours(), "1.5", 90),
        (Number(), "3", "3"),
        (Number(), "1.50", "1.50"),
        (Flag(), "true", True),
        (Flag(), "false", False),
        (TYPES, "self-study", ActivityType.SELF_STUDY),
        (Choice(("a4", "letter")), "a4", "a4"),
        (LIST, "[a, b]", ("a", "b")),
        (LIST, "a", ("a",)),
        (LIST, "[]", ()),
        (LIST, "['a, b']", ("a, b",)),
    ],
)
def test_what_is_read(kind: FieldType, text: str, value: object) -> None:
    assert value_of(kind, text) == (value, [])


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        (Line(), "[a]", ("CPD203", "", "write a single value")),
        (Line(), "{a: b}", ("CPD203", "", "write a single value")),
        (Line(), "|\n  a\n  b", ("CPD210", "", "move long text below the front matter")),
        (Line(), '"a\\x07"', ("CPD104", "", "delete the escape")),
        (LETTERS, "ABC", ("CPD701", "", "write a word")),
        (Day(), "[2026-03-14]", ("CPD203", "", "write the date as year-month-day, such as 2026-03-14")),
        (YearOrDay(), "since then", ("CPD205", "", "write the date as year-month-day, such as 2026-03-14")),
        (Year(), "26", ("CPD215", "", "write four digits, such as 2026")),
        (Hours(), "1,5", ("CPD207", "", "write 1.5")),
        (Hours(), "1:30", ("CPD207", "", "write 1h30")),
        (Hours(), "two", ("CPD207", "", "write 1.5, 1h30 or 90 min")),
        (Hours(), "-1", ("CPD207", "", "write 1.5, 1h30 or 90 min")),
        (Hours(), "[1]", ("CPD203", "", "write a single value")),
        (Number(), "1,5", ("CPD215", "", "write 1.5")),
        (Number(), "-1", ("CPD215", "", "write a number such as 3 or 1.5")),
        (Flag(), "yes", ("CPD209", "", "write true")),
        (Flag(), "No", ("CPD209", "", "write false")),
        (Flag(), "True", ("CPD209", "", "write true")),
        (Flag(), "maybe", ("CPD209", "", "write true or false")),
        (LIST, "a, b", ("CPD217", "", "write [a, b]")),
        (LIST, "[a, b, a]", ("CPD216", "", "delete one of them")),
        (LIST, "[a, '']", ("CPD213", "", "delete it")),
        (LIST, "['']", ("CPD213", "", "delete it")),
        (LIST, "[a, [b]]", ("CPD203", "", "write a single value")),
    ],
)
def test_what_is_refused(kind: FieldType, text: str, expected: tuple[str, str, str]) -> None:
    assert messages(value_of(kind, text)[1]) == [expected]


def test_a_direction_character_by_an_escape_is_noted_and_read() -> None:
    value, found = value_of(Line(), '"a\\u202eb"')
    assert value == "a\u202eb"
    assert [each.code for each in found] == ["CPD106"]


def test_repeated_and_empty_items_are_omitted() -> None:
    assert value_of(LIST, "[a, '', b, a]")[0] == ("a", "b")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("seminar", "event"),
        ("Courses", "training"),
        ("Training", "training"),
        ("self study", "self-study"),
        ("work_experience", "work-experience"),
        ("trainning", "training"),
        ("MSc", "academic-study"),
        ("zzz", ""),
    ],
)
def test_the_type_that_was_probably_meant(text: str, meant: str) -> None:
    assert TYPES.nearest(text) == meant
    (found,) = value_of(TYPES, text)[1]
    assert (found.code, found.note) == ("CPD208", f'did you mean "{meant}"?' if meant else "")
    assert found.hint.startswith("use training, work-experience")
