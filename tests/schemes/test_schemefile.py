"""The file of a scheme."""

from cpdkit.schemes.schemefile import scheme_in
from cpdkit.text.source import Source


def test_from_text_to_scheme() -> None:
    text = "id: firm\nbody: Our firm\nevidence-limit: 0.5\nrequirements: [{id: total, title: hours, at-least: 3}]\n"
    scheme, found = scheme_in(Source("schemes/firm.yaml", text))
    assert (found, scheme and (scheme.id, scheme.evidence_limit, scheme.path)) == (
        [],
        ("firm", 500_000, "schemes/firm.yaml"),
    )
    assert scheme
    assert [each.id for each in scheme.rules[0].requirements] == ["total"]


def test_a_scheme_with_an_error_is_none() -> None:
    scheme, found = scheme_in(Source("schemes/firm.yaml", "id: our firm\n"))
    assert scheme is None
    assert [each.code for each in found] == ["CPD706"]
