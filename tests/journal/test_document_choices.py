"""The sections look, application and cv of cpd.yaml: their values, and their errors at line and column."""

from pathlib import Path

import pytest

from cpdkit.diagnostics import Diagnostic
from cpdkit.journal.document_choices import ApplicationChoices, CvChoices, CvVariant, LookChoices, Publication
from cpdkit.journal.member import Member, read_member
from cpdkit.text.source import decode
from tests.checks.checking import located_codes

WHOLE = """\
name: Angharad Llywelyn
look:
  title: CPD record
  logo: templates/logo.png
  letterhead: [Gridwise Ltd, "1 Wharf Road, Leeds"]
  accent: 1F4E79
  font: Source Sans 3
application:
  form: iet-ceng
  confirmed: [fee]
cv:
  headline: Senior protection engineer
  profile: |
    Nine years in test.

    Writes rules.
  location: Bangor, Wales
  links: [https://example.org/a]
  skills: {Protection: [distance, grading], Tools: OMICRON}
  languages: {Welsh: first language, English: }
  interests: [brass band]
  publications:
    - {title: Six years blind, publisher: Protection North, date: 2025-06, url: https://example.org/p}
    - Distance relays
  variants:
    - {name: consultant, headline: Consultant, profile: Short., topics: [relays], skills: [grading], omit: [interests]}
    - {name: academic}
"""


def member_of(text: str) -> tuple[Member | None, list[Diagnostic]]:
    member, _, found = read_member(decode("cpd.yaml", text.encode()))
    return member, found


def test_every_field() -> None:
    member, found = member_of(WHOLE)
    assert (member is not None, found) == (True, [])
    assert member is not None
    assert member.look == LookChoices(
        "CPD record", "templates/logo.png", ("Gridwise Ltd", "1 Wharf Road, Leeds"), "1F4E79", "Source Sans 3"
    )
    assert member.application == ApplicationChoices("iet-ceng", confirmed=("fee",))
    assert member.cv == CvChoices(
        headline="Senior protection engineer",
        profile="Nine years in test.\n\nWrites rules.",
        location="Bangor, Wales",
        links=("https://example.org/a",),
        skills=(("Protection", ("distance", "grading")), ("Tools", ("OMICRON",))),
        languages=(("Welsh", "first language"), ("English", "")),
        interests=("brass band",),
        publications=(
            Publication("Six years blind", "Protection North", "2025-06", "https://example.org/p"),
            Publication("Distance relays"),
        ),
        variants=(
            CvVariant("consultant", "Consultant", "Short.", ("relays",), (("", ("grading",)),), ("interests",)),
            CvVariant("academic"),
        ),
    )


@pytest.mark.parametrize("section", ["", "look:\napplication:\ncv:\n"])
def test_no_section_is_needed(section: str) -> None:
    member, found = member_of(f"name: A\n{section}")
    assert member is not None
    assert (member.look, member.application, member.cv, found) == (None, None, None, [])


def test_an_empty_section_has_the_defaults() -> None:
    member, found = member_of("name: A\nlook: {}\ncv: {}\n")
    assert member is not None
    assert (member.look, member.cv, found) == (LookChoices(), CvChoices(), [])


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("look: blue", ("CPD203", 2, 7)),
        ("look: [a]", ("CPD203", 2, 7)),
        ("look:\n  accent: red", ("CPD203", 3, 11)),
        ('look:\n  accent: "#12345"', ("CPD203", 3, 11)),
        ("look:\n  logo: ../logo.png", ("CPD203", 3, 9)),
        ("look:\n  logo: /home/logo.png", ("CPD203", 3, 9)),
        ("look:\n  logo: https://example.org/logo.png", ("CPD203", 3, 9)),
        ("look:\n  logo: logo.svg", ("CPD203", 3, 9)),
        ('look:\n  font: "A; B"', ("CPD203", 3, 9)),
        ("application: iet-ceng", ("CPD203", 2, 14)),
        ("application: {}", ("CPD201", 2, 14)),
        ("application: {form: [a]}", ("CPD203", 2, 21)),
        ("cv: text", ("CPD203", 2, 5)),
        ("cv:\n  headline: [a]", ("CPD203", 3, 13)),
        ('cv:\n  headline: "a\\nb"', ("CPD210", 3, 13)),
        ("cv:\n  headline: a\n  headline: b", ("CPD134", 4, 3)),
        ("cv:\n  skills: {A: [[b]]}", ("CPD203", 3, 16)),
        ("cv:\n  languages: {Welsh: [a]}", ("CPD203", 3, 22)),
        ("cv:\n  interests: {a: b}", ("CPD203", 3, 14)),
        ("cv:\n  publications:\n    - {publisher: A}", ("CPD201", 4, 8)),
        ("cv:\n  publications:\n    - title: A\n      date: June", ("CPD205", 5, 13)),
        ("cv:\n  variants: consultant", ("CPD203", 3, 13)),
        ("cv:\n  variants:\n    - {headline: A}", ("CPD201", 4, 8)),
    ],
)
def test_an_error_has_its_line_and_column(lines: str, expected: tuple[str, int, int]) -> None:
    member, found = member_of(f"name: A\n{lines}\n")
    places = [(each.code, each.span.line, each.span.column) for each in found if each.span]
    assert (member, places) == (None, [expected])


@pytest.mark.parametrize(
    ("lines", "line", "column", "word"),
    [
        ("looks: {accent: '#123456'}", 2, 1, "look"),
        ("look:\n  accnt: '#123456'", 3, 3, "accent"),
        ("look:\n  colour: '#123456'", 3, 3, "accent"),
        ("look:\n  typeface: Lato", 3, 3, "font"),
        ("application:\n  frm: iet-ceng", 3, 3, "form"),
        ("application:\n  form: iet-ceng\n  done: [fee]", 4, 3, "confirmed"),
        ("resume: {headline: A}", 2, 1, "cv"),
        ("cv:\n  headlin: A", 3, 3, "headline"),
        ("cv:\n  summary: A", 3, 3, "profile"),
        ("cv:\n  hobbies: [a]", 3, 3, "interests"),
        ("cv:\n  publications:\n    - title: A\n      doi: 10.1/x", 5, 7, "url"),
        ("cv:\n  variants:\n    - name: a\n      tags: [x]", 5, 7, "topics"),
        ("cv:\n  variants:\n    - name: a\n      hide: [x]", 5, 7, "omit"),
    ],
)
def test_an_unknown_field_has_a_suggestion(lines: str, line: int, column: int, word: str) -> None:
    _, found = member_of(f"name: A\n{lines}\n")
    ((code, span, note),) = [(each.code, each.span, each.note) for each in found if each.code == "CPD212"]
    assert span is not None
    assert (code, span.line, span.column, f'"{word}"' in note) == ("CPD212", line, column, True)


def test_a_field_without_a_similar_name_lists_the_fields() -> None:
    _, (fault,) = member_of("name: A\ncv: {photo: me.png}\n")
    assert [name for name in ("headline", "profile", "variants") if name not in fault.hint] == []


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("{Protection: [distance, grading]}", (("Protection", ("distance", "grading")),)),
        ("{Protection: distance}", (("Protection", ("distance",)),)),
        ("[distance, grading]", (("", ("distance", "grading")),)),
        ("distance", (("", ("distance",)),)),
        ("{2026: [5]}", (("2026", ("5",)),)),
    ],
)
def test_the_shapes_of_skills(value: str, expected: object) -> None:
    member, found = member_of(f"name: A\ncv: {{skills: {value}}}\n")
    assert member is not None
    assert member.cv is not None
    assert (member.cv.skills, found) == (expected, [])


@pytest.mark.parametrize("day", ["2025", "2025-06", "2025-06-12"])
def test_the_date_of_a_publication_is_a_year_a_month_or_a_day(day: str) -> None:
    member, found = member_of(f"name: A\ncv: {{publications: [{{title: B, date: {day}}}]}}\n")
    assert member is not None
    assert member.cv is not None
    assert ([each.date for each in member.cv.publications], found) == ([day], [])


@pytest.mark.parametrize("logo", ["logo.png", "templates/look/Logo.JPG", "a b/ŵ.webp", "x.jpeg"])
def test_a_logo_is_a_picture_in_the_journal(logo: str) -> None:
    member, found = member_of(f"name: A\nlook: {{logo: {logo}}}\n")
    assert (member is not None, found) == (True, [])


def test_the_check_has_the_place(tmp_path: Path) -> None:
    text = "name: A\ncv:\n  variants:\n    - name: short\n      omitt: [interests]\n"
    assert ("cpd.yaml:5:7", "CPD212") in located_codes(tmp_path, {"cpd.yaml": text})


def test_places_count_characters_after_wide_ones(tmp_path: Path) -> None:
    text = "\ufeffname: A\r\ncv: {profile: 東京 👷, headlin: B}\r\n"
    assert ("cpd.yaml:2:21", "CPD212") in located_codes(tmp_path, {"cpd.yaml": text})
