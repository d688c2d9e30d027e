import pytest

from cpdkit.journal.links import is_elsewhere, links, path_of, place_of


@pytest.mark.parametrize(
    ("address", "elsewhere"),
    [("https://example.org", True), ("mailto:a@b", True), ("#x", True), ("", True), ("a.md", False), ("//x", True)],
)
def test_addresses_of_the_journal(address: str, elsewhere: bool) -> None:
    assert is_elsewhere(address) is elsewhere


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("b.md", "activities/2026/b.md"),
        ("../b.md", "activities/b.md"),
        ("../../plan/./x.md", "plan/x.md"),
        ("../../../x", None),
        ("/etc/passwd", None),
        ("a\\b", None),
        ("../..", ""),
    ],
)
def test_where_an_address_leads(address: str, place: str | None) -> None:
    assert place_of("activities/2026/a.md", address) == place


def test_a_link_has_the_span_of_its_address() -> None:
    body = "a [b](c%20d.md#e) ![f](<g h.png>) [i]\n\n[i]: j.md\n`[k](l)`\n"
    found = list(links(body))
    assert [(body[each.start : each.stop], each.image) for each in found] == [
        ("c%20d.md#e", False),
        ("g h.png", True),
        ("j.md", False),
    ]
    assert path_of(found[0].address) == "c d.md"
