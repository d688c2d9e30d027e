import re
from datetime import date

import pytest

from cpdkit.diagnostics import Fix
from cpdkit.journal.field_types import (
    HOW,
    Choice,
    Day,
    Flag,
    Hours,
    Items,
    Kind,
    Line,
    Matching,
    Number,
    Text,
    Year,
    YearOrDay,
    either,
    instead,
    is_plural,
    is_slip,
    quoted,
    read_day,
    renamed,
    swapped,
    without_item,
)
from cpdkit.journal.fields import TYPES
from cpdkit.journal.problems import Problems
from cpdkit.journal.records import ActivityType
from cpdkit.text.edits import apply
from cpdkit.text.source import Source, decode
from cpdkit.text.yaml import Scalar, Sequence, parse
from tests.journal.reader import told, value_of

LETTERS = Matching("letters", re.compile("[a-z]+"), "CPD701", "a word", "write a word")
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
def test_what_is_read(kind: Kind, text: str, value: object) -> None:
    assert value_of(kind, text) == (value, [])


@pytest.mark.parametrize(
    ("kind", "text", "said"),
    [
        (Line(), "[a]", ("CPD203", "", "write one value")),
        (Line(), "{a: b}", ("CPD203", "", "write one value")),
        (Line(), "|\n  a\n  b", ("CPD210", "", "long text belongs below the front matter")),
        (Line(), '"a\\x07"', ("CPD104", "", "take the escape out")),
        (LETTERS, "ABC", ("CPD701", "", "write a word")),
        (Day(), "[2026-03-14]", ("CPD203", "", "write the day as year-month-day, such as 2026-03-14")),
        (YearOrDay(), "since then", ("CPD205", "", "write the day as year-month-day, such as 2026-03-14")),
        (Year(), "26", ("CPD215", "", "write it with four digits, such as 2026")),
        (Hours(), "1,5", ("CPD207", "", "write 1.5 with a full stop")),
        (Hours(), "1:30", ("CPD207", "", "write 1h30")),
        (Hours(), "two", ("CPD207", "", "write 1.5, 1h30 or 90 min")),
        (Hours(), "-1", ("CPD207", "", "write 1.5, 1h30 or 90 min")),
        (Hours(), "[1]", ("CPD203", "", "write one value")),
        (Number(), "1,5", ("CPD215", "", "write 1.5")),
        (Number(), "-1", ("CPD215", "", "write digits, such as 3 or 1.5")),
        (Flag(), "yes", ("CPD209", "", "write true")),
        (Flag(), "No", ("CPD209", "", "write false")),
        (Flag(), "True", ("CPD209", "", "write true")),
        (Flag(), "maybe", ("CPD209", "", "write true or false")),
        (LIST, "a, b", ("CPD217", "", "write [a, b]")),
        (LIST, "[a, b, a]", ("CPD216", "", "delete one of the two")),
        (LIST, "[a, '']", ("CPD213", "", "delete it")),
        (LIST, "['']", ("CPD213", "", "delete it")),
        (LIST, "[a, [b]]", ("CPD203", "", "write one value")),
    ],
)
def test_what_is_refused(kind: Kind, text: str, said: tuple[str, str, str]) -> None:
    assert told(value_of(kind, text)[1]) == [said]


def test_a_direction_character_by_an_escape_is_noted_and_read() -> None:
    value, found = value_of(Line(), '"a\\u202eb"')
    assert value == "a\u202eb"
    assert [each.code for each in found] == ["CPD106"]


def test_repeated_and_empty_items_are_left_out() -> None:
    assert value_of(LIST, "[a, '', b, a]")[0] == ("a", "b")


@pytest.mark.parametrize(
    ("said", "meant"),
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
def test_the_type_that_was_probably_meant(said: str, meant: str) -> None:
    assert TYPES.nearest(said) == meant
    (found,) = value_of(TYPES, said)[1]
    assert (found.code, found.note) == ("CPD208", f"did you mean {meant}?" if meant else "")
    assert found.hint.startswith("it is one of training, work-experience")


@pytest.mark.parametrize(
    ("text", "shown"), [("a-b", "a-b"), ("a b", '"a b"'), ("1,5", "1,5"), ("x" * 50, "x" * 39 + "…"), ("", '""')]
)
def test_a_value_as_a_message_quotes_it(text: str, shown: str) -> None:
    assert quoted(text).strip('"') == shown.strip('"')


def test_either() -> None:
    assert [either(("a",)), either(("a", "b")), either(("a", "b", "c"))] == ["a", "a or b", "a, b or c"]


def day_of(text: str) -> tuple[date | None, list[tuple[str, str, str]]]:
    source = decode("a.md", f'a: "{text}"\n'.encode())
    to = Problems(source)
    node = parse(source.text).values["a"]
    assert isinstance(node, Scalar)
    return read_day(node, to), told(to.found)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-03-14", date(2026, 3, 14)),
        ("2024-02-29", date(2024, 2, 29)),
        (" 2026-03-14 ", date(2026, 3, 14)),
        ("1900-01-01", date(1900, 1, 1)),
        ("2100-12-31", date(2100, 12, 31)),
    ],
)
def test_a_day(text: str, day: date) -> None:
    assert day_of(text) == (day, [])


@pytest.mark.parametrize(
    ("text", "code", "note", "hint"),
    [
        ("2026-02-30", "CPD204", "February 2026 ends on the 28th", ""),
        ("2026-04-31", "CPD204", "April 2026 ends on the 30th", ""),
        ("2026-01-32", "CPD204", "January 2026 ends on the 31st", ""),
        ("2026-01-00", "CPD204", "a month starts on the 1st", ""),
        ("2026-14-03", "CPD204", "there is no month 14", "did you mean 2026-03-14?"),
        ("2026-14-31", "CPD204", "there is no month 14", ""),
        ("0000-01-01", "CPD204", "there is no year 0", ""),
        ("30/02/2026", "CPD204", "February 2026 ends on the 28th", HOW),
        ("99/99/2026", "CPD204", "no month has that number", HOW),
        ("14/03/2026", "CPD205", "", "write 2026-03-14"),
        ("03/14/2026", "CPD205", "", "write 2026-03-14"),
        ("03/03/2026", "CPD205", "", "write 2026-03-03"),
        ("03/04/2026", "CPD205", "3 April or 4 March 2026?", "write 2026-04-03 or 2026-03-04"),
        ("3.4.26", "CPD205", "3 April or 4 March 2026?", "write 2026-04-03 or 2026-03-04"),
        ("2026-3-4", "CPD205", "", "write 2026-03-04"),
        ("2026/03/14", "CPD205", "", "write 2026-03-14"),
        ("20260314", "CPD205", "", "write 2026-03-14"),
        ("14 March 2026", "CPD205", "", "write 2026-03-14"),
        ("Sat, 14th Mar 2026", "CPD205", "", "write 2026-03-14"),
        ("March 14, 2026", "CPD205", "", "write 2026-03-14"),
        ("2026", "CPD205", "", f"a whole day is needed: {HOW}"),
        ("2026-03", "CPD205", "", f"a whole day is needed: {HOW}"),
        ("yesterday", "CPD205", "", HOW),
        ("2026-W11-6", "CPD205", "", HOW),
        ("٢٠٢٦-٠٣-١٤", "CPD205", "", HOW),
        ("2026-03-14T10:00", "CPD206", "", "write 2026-03-14"),
        ("2026-03-14 10:00:00Z", "CPD206", "", "write 2026-03-14"),
        ("1899-12-31", "CPD304", "", "look at the year"),
        ("2101-01-01", "CPD304", "", "look at the year"),
        ("0206-03-14", "CPD304", "", "look at the year"),
    ],
)
def test_what_is_no_day_is_refused_with_what_it_may_mean(text: str, code: str, note: str, hint: str) -> None:
    assert day_of(text) == (None, [(code, note, hint)])


def made(text: str, fix: Fix | None) -> str | None:
    return apply(text.encode(), fix.edits).decode() if fix else None


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("a: b\n", "a: x\n"),
        ("a: 'b'  # c\n", "a: x  # c\n"),
        ("a:\n  b\n", "a:\n  x\n"),
        ("a:\n", None),
        ("a: b\n  c\n", None),
        ("a: |\n  b\n", None),
        ("a: [b]\n", None),
    ],
)
def test_another_value_in_its_place(text: str, after: str | None) -> None:
    assert made(text, instead(parse(text).values["a"], "x")) == after


def test_a_name_and_a_title() -> None:
    fix = renamed(parse("titel: b\n").keys["titel"], "title")
    assert fix is not None
    assert (fix.title, made("titel: b\n", fix)) == ("rename it to title", "title: b\n")


@pytest.mark.parametrize(
    ("text", "after"), [("a: 2\nb: '1'\n", "a: 1\nb: 2\n"), ("a: [2]\nb: 1\n", None), ("a: 1\n  2\nb: 1\n", None)]
)
def test_two_swapped(text: str, after: str | None) -> None:
    values = parse(text).values
    fix = swapped(values["a"], values["b"])
    assert made(text, fix) == after
    assert fix is None or not fix.safe


@pytest.mark.parametrize(
    ("text", "number", "after"),
    [
        ("a: [b, c, d]\n", 0, "a: [c, d]\n"),
        ("a: [b, c, d]\n", 1, "a: [b, d]\n"),
        ("a: [b, c , d]\n", 2, "a: [b, c]\n"),
        ("a: [b]\n", 0, None),
        ("a: [b, # why\n  c]\n", 1, None),
        ("a: [b,\n  c]\n", 0, None),
        ("a:\n  - b\n  - c\n", 1, "a:\n  - b\n"),
        ("a:\n  - b\n  - c # why\n", 1, None),
        ("a:\n  - b\n  -\n  - c\n", 1, "a:\n  - b\n  - c\n"),
        ("a:\n  - b\n  -\n", 1, "a:\n  - b\n"),
        ("a:\n  - b\n  - c\n    d\n", 1, None),
        ("a:\n- b\n- ''\n", 1, "a:\n- b\n"),
    ],
)
def test_an_item_taken_out(text: str, number: int, after: str | None) -> None:
    node = parse(text).values["a"]
    assert isinstance(node, Sequence)
    assert made(text, without_item(node.items, number, Source("a.md", text))) == after


@pytest.mark.parametrize(
    ("word", "meant", "is_it"),
    [
        ("provder", "provider", True),
        ("proviider", "provider", True),
        ("providr", "provider", True),
        ("prvoider", "provider", True),
        ("providet", "provider", True),
        ("titel", "title", True),
        ("title", "title", False),
        ("tilte2", "title", False),
        ("provdr", "provider", False),
        ("rule", "role", False),
        ("place", "plate", True),
        ("", "title", False),
    ],
)
def test_one_slip(word: str, meant: str, is_it: bool) -> None:
    assert is_slip(word, meant) is is_it


def test_a_plural() -> None:
    assert is_plural("topic", "topics")
    assert is_plural("topics", "topic")
    assert not is_plural("topic", "tropics")
