"""The body that a person means, however they write its name."""

import pytest

from cpdkit.journal.member import Member, Membership
from cpdkit.schemes.bodies import (
    bodies,
    body_named,
    is_in,
    is_of_profession,
    nearest_body,
    scheme_of_body,
    suggested,
)
from cpdkit.schemes.rules import Scheme
from cpdkit.schemes.scheme_file import shipped_scheme, shipped_schemes

EVERY = [scheme for name in shipped_schemes() if (scheme := shipped_scheme(name))]


@pytest.mark.parametrize(
    ("text", "short", "scheme"),
    [
        ("iet", "IET", "iet"),
        ("I.E.T.", "IET", "iet"),
        ("the iet", "IET", "iet"),
        ("Institution of Engineering & Technology", "IET", "iet"),
        ("Institution of Civil Engineers", "ICE", "ice"),
        ("INSTITUTION OF CIVIL ENGINEERS (ICE)", "ICE", "ice"),
        ("imeche", "IMechE", "imeche"),
        ("BCS, The Chartered Institute for IT", "BCS", "bcs"),
        ("engineers ireland", "Engineers Ireland", "engineers-ireland"),
        ("pmi-pmp", "PMI", "pmi-pmp"),
        ("PMI", "PMI", "pmi-pmp"),
    ],
)
def test_a_name_in_any_form(text: str, short: str, scheme: str) -> None:
    body = body_named(text)
    assert body is not None
    assert (body.short, body.scheme) == (short, scheme)


@pytest.mark.parametrize("text", ["", "the", "Institution", "civil", "ie", "()", "Łódź"])
def test_other_words_are_no_body(text: str) -> None:
    assert body_named(text) is None


def test_every_body_is_found_by_each_of_its_names() -> None:
    for body in bodies():
        assert {body_named(name) for name in (body.short, body.name, body.scheme, body.name.upper())} == {body}
    second = body_named("bcs-citp")
    assert second
    assert (second.scheme, second.name) == ("bcs-citp", "BCS, The Chartered Institute for IT")


def test_a_slip_has_a_suggestion() -> None:
    near = nearest_body("Institution of Mechanical Engineer")
    assert near is not None
    assert near.short == "IMechE"
    assert nearest_body("Chess Club") is None


@pytest.mark.parametrize("text", ["iet", "IET", "Iet", "I.E.T.", "the IET"])
def test_a_short_name_or_an_id_means_a_scheme(text: str) -> None:
    scheme = scheme_of_body(text)
    assert scheme is not None
    assert scheme.abbreviation == "IET"


@pytest.mark.parametrize("text", ["Institution of Civil Engineers", "Institution of Civil Engineers (ICE)", "IETF", ""])
def test_a_full_name_or_another_body_is_no_short_name(text: str) -> None:
    assert scheme_of_body(text) is None


def suggestions(letters: str = "", *memberships: Membership) -> tuple[list[str], tuple[str, ...]]:
    found, unknown = suggested(Member("A", post_nominals=letters, memberships=memberships), EVERY)
    return [each.scheme.id for each in found], unknown


@pytest.mark.parametrize(
    ("letters", "ids"),
    [
        ("", []),
        ("BSc CEng MIET", ["engc-code", "iet"]),
        ("C.Eng.", []),
        ("MBCS, CITP", ["bcs", "bcs-citp"]),
        ("FRICS", ["rics"]),
        ("MICEX", []),
        ("Pr Tech Eng", ["za-ecsa"]),
    ],
)
def test_letters_suggest_schemes(letters: str, ids: list[str]) -> None:
    assert suggestions(letters) == (ids, ())


def test_memberships_suggest_schemes_by_any_name_and_by_their_grade() -> None:
    body = Membership("the Institution of Civil Engineers (ICE)")
    assert suggestions("", body, Membership("Engineering Council", "CEng")) == (["engc-code", "ice"], ())
    assert suggestions("", Membership("Chess Club", "MIET"), Membership("Chess Club")) == (["iet"], ("Chess Club",))


def test_a_membership_is_the_reason_before_letters() -> None:
    member = Member("A", post_nominals="MIET", memberships=(Membership("IET"),))
    (found,), _ = suggested(member, EVERY)
    assert found.reason == "membership of IET"
    (found,), _ = suggested(Member("A", post_nominals="FIET MIET"), EVERY)
    assert found.reason == "letters MIET, FIET"


@pytest.mark.parametrize(
    ("country", "wanted", "expected"),
    [
        ("United Kingdom", "uk", True),
        ("United Kingdom", " U.K. ", True),
        ("United Kingdom", "Northern Ireland", True),
        ("United Kingdom", "Ireland", False),
        ("Ireland", "Éire", True),
        ("New Zealand", "NZ", True),
        ("United States", "u.s.a.", True),
        ("international", "Atlantis", True),
        ("international", "international", True),
        ("Australia", "austria", False),
        ("", "uk", False),
    ],
)
def test_a_scheme_is_of_a_country_by_its_usual_names(country: str, wanted: str, expected: bool) -> None:
    assert is_in(Scheme("a", country=country), wanted) is expected


@pytest.mark.parametrize(
    ("wanted", "expected"), [("engineer", True), ("Project", True), ("management", True), ("law", False)]
)
def test_a_scheme_is_of_a_profession_by_the_beginning_of_a_word(wanted: str, expected: bool) -> None:
    assert is_of_profession(Scheme("a", professions=("engineering", "project management")), wanted) is expected
