"""The body that a person means, however they write its name."""

import pytest

from cpdkit.schemes.bodies import bodies, body_named, nearest_body, scheme_of_body


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
