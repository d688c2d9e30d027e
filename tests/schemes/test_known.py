import pytest

from cpdkit.schemes.known import FOLDER, read_scheme, shipped_scheme, shipped_schemes
from cpdkit.schemes.reading import shipped_text
from cpdkit.schemes.rules import Scheme
from cpdkit.text.source import Source


@pytest.mark.parametrize("name", shipped_schemes())
def test_the_shipped_schemes_are_right_and_say_where_they_are_from(name: str) -> None:
    scheme, found = read_scheme(shipped_text(FOLDER, name))
    assert found == []
    assert scheme
    assert scheme.id == name
    assert scheme.body
    assert scheme.source
    assert scheme.checked
    assert scheme.rules
    assert all(len(each.title) <= 28 for rules in scheme.rules for each in rules.requirements)


def test_the_iet_takes_small_files_only() -> None:
    scheme = shipped_scheme("iet")
    assert scheme
    assert (scheme.evidence_limit, scheme.path) == (500_000, "")
    assert scheme.label == "iet (Institution of Engineering and Technology)"


@pytest.mark.parametrize(
    ("text", "scheme", "codes"),
    [
        ("id: firm\n", Scheme("firm", path="schemes/x.yaml"), []),
        ("id: firm\nrequirements: [{total: 30}]\n", None, ["CPD212", "CPD201", "CPD201"]),
        ("id: firm\nrulez: 1\n", None, ["CPD212"]),
        ("id: firm\nevidence-limit: 1.5\n", Scheme("firm", evidence_limit=1_500_000, path="schemes/x.yaml"), []),
        ("id: firm\ntopics: [a, b]\n", Scheme("firm", topics=("a", "b"), path="schemes/x.yaml"), []),
        ("title: Firm\n", None, ["CPD201"]),
        ("id: our firm\n", None, ["CPD706"]),
        ("id:\n", None, ["CPD201"]),
        ("id: firm\nchecked: 2026-02-30\n", None, ["CPD204"]),
        ("id: firm\nevidence-limit: large\n", None, ["CPD215"]),
        ("id: {\n", None, ["CPD125"]),
    ],
)
def test_a_scheme_has_an_id_and_what_the_table_knows(text: str, scheme: Scheme | None, codes: list[str]) -> None:
    read, found = read_scheme(Source("schemes/x.yaml", text))
    assert read == scheme
    assert [each.code for each in found] == codes


def test_there_is_no_such_scheme() -> None:
    assert shipped_scheme("../frameworks/uk-spec-ceng") is None
    assert Scheme("firm").label == "firm"
