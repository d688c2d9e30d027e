import pytest

from cpdkit.schemes.data_files import FRAMEWORKS, shipped_ids, shipped_text
from cpdkit.schemes.frameworks import read_framework, shipped_frameworks
from cpdkit.schemes.vocabulary import Vocabulary
from cpdkit.text.source import Source

HEAD = "id: firm\ntitle: Skills of our firm\ncompetences:\n"


def codes_of(text: str) -> list[tuple[str, str]]:
    framework, found = read_framework(Source("frameworks/firm.yaml", text))
    assert (framework is None) == bool(found)
    return [(each.location.removeprefix("frameworks/firm.yaml:"), each.code) for each in found]


@pytest.mark.parametrize(
    ("name", "count", "lacks"),
    [("uk-spec-ceng", 17, ""), ("uk-spec-ieng", 17, ""), ("uk-spec-engtech", 15, "B3 C4")],
)
def test_uk_spec_has_as_many_competences_as_it_should(name: str, count: int, lacks: str) -> None:
    titles = shipped_frameworks()[name].titles
    assert len([code for code in titles if len(code) == 2]) == count
    assert not set(lacks.split()) & set(titles)
    assert {code[0] for code in titles} == set("ABCDE") == {code for code in titles if len(code) == 1}


@pytest.mark.parametrize("name", shipped_ids(FRAMEWORKS))
def test_the_shipped_frameworks_are_right_and_say_where_they_are_from(name: str) -> None:
    framework, found = read_framework(shipped_text(FRAMEWORKS, name))
    assert found == []
    assert framework
    assert framework.id == name
    assert framework.source
    assert framework.checked
    assert framework.unsure
    if name.startswith("uk-spec"):
        assert all(each.parent == each.code[0] for each in framework.competences if len(each.code) > 1)
    assert all(len(each.title) <= 60 for each in framework.competences)


def test_a_journal_without_frameworks_has_those_of_uk_spec() -> None:
    """E1 of Engineers Australia is another competence."""
    assert Vocabulary().competences["E1"] == shipped_frameworks()["uk-spec-ceng"].titles["E1"]
    assert "unaware" not in Vocabulary().levels
    assert "unaware" in Vocabulary(named=("apm-competences",)).levels


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("  - {code: K, title: Switchgear}\n  - {code: K1, title: Oil, parent: K}\n", []),
        ("  - {code: 1.1, title: Switchgear}\n", []),
        ("  - {code: K1, title: Oil, parent: K}\n", [("4:36", "CPD707")]),
        ("  - {code: K, title: Oil}\n  - {code: K, title: Gas}\n", [("5:12", "CPD707")]),
        ("  - {code: K, title: Oil, parent: K}\n", [("4:35", "CPD707")]),
        (
            "  - {code: K, title: Oil, parent: L}\n  - {code: L, title: Gas, parent: K}\n",
            [("4:35", "CPD707"), ("5:35", "CPD707")],
        ),
        ("  - {code: K 1, title: Oil}\n", [("4:12", "CPD211")]),
        ("  - {code: K}\n", [("4:6", "CPD201")]),
        ("  - {code: K, title: Oil, level: 3}\n", [("4:27", "CPD212")]),
        ("  K: Oil\n", [("4:3", "CPD203")]),
    ],
)
def test_a_framework_holds_together(text: str, found: list[tuple[str, str]]) -> None:
    assert codes_of(HEAD + text) == found


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("title: Firm\ncompetences: [{code: K, title: Oil}]\n", ["CPD201"]),
        ("id: our firm\ntitle: Firm\ncompetences: [{code: K, title: Oil}]\n", ["CPD707"]),
        ("id: firm\ntitle: Firm\n", ["CPD201"]),
        ("id: firm\ntitle: Firm\ncompetences: []\n", ["CPD201"]),
        ("id: firm\ntitle: Firm\nchecked: today\ncompetences: [{code: K, title: Oil}]\n", ["CPD205"]),
        ("- K\n", ["CPD139"]),
    ],
)
def test_what_a_framework_needs(text: str, codes: list[str]) -> None:
    assert [code for _, code in codes_of(text)] == codes


def test_its_own_fields_are_kept() -> None:
    framework, _ = read_framework(Source("frameworks/firm.yaml", HEAD + "  - {code: K, title: Oil}\nx-level: 3\n"))
    assert framework
    assert framework.own == {"x-level": "3"}
    assert framework.path == "frameworks/firm.yaml"
