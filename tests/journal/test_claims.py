"""Claims: their fields, the records that evidence them, and problems at their places."""

from pathlib import Path

import pytest

from cpdkit.journal.records import Claim, ClaimEvidence
from cpdkit.journal.values import Competence
from cpdkit.schemes.application import evidence_of, named_achievement
from tests.journal.folders import journal_of, record
from tests.journal.reader import record_of


def claim(fields: str) -> Claim:
    found, problems = record_of(record(fields.replace(": \n", ":\n"), "\nI led.\n"), "claims")
    assert problems == []
    assert isinstance(found, Claim)
    return found


@pytest.mark.parametrize(
    ("text", "competences"),
    [
        ("[B1]", (Competence("B1"),)),
        ("B1", (Competence("B1"),)),
        ("[B1, C2]", (Competence("B1"), Competence("C2"))),
        ("{B1: P, C2: SP}", (Competence("B1", "P"), Competence("C2", "SP"))),
        ("\n  - B1\n  - C2", (Competence("B1"), Competence("C2"))),
    ],
)
def test_competences(text: str, competences: tuple[Competence, ...]) -> None:
    assert claim(f"competences: {text}\n").competences == competences


@pytest.mark.parametrize(
    ("text", "evidence"),
    [
        ("a", (ClaimEvidence("a"),)),
        ("[a, b]", (ClaimEvidence("a"), ClaimEvidence("b"))),
        ("{id: a}", (ClaimEvidence("a"),)),
        ("[a, {id: b, achievement: 118 schemes}]", (ClaimEvidence("a"), ClaimEvidence("b", "118 schemes"))),
        ("\n  - id: b\n    achievement: Tŷ Newydd", (ClaimEvidence("b", "Tŷ Newydd"),)),
        ("[]", ()),
    ],
)
def test_evidence(text: str, evidence: tuple[ClaimEvidence, ...]) -> None:
    assert claim(f"competences: [B1]\nevidenced-by: {text}\n").evidenced_by == evidence


@pytest.mark.parametrize(
    ("fields", "name"),
    [("competences: [B1, C2]\n", "B1, C2"), ("competences: [B1]\ntitle: The trip\n", "B1: The trip")],
)
def test_what_a_person_calls_it(fields: str, name: str) -> None:
    found = claim(fields)
    assert (found.name, found.body) == (name, "\nI led.\n")


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ("", ("1:1", "CPD201")),
        ("competences: []\n", ("2:1", "CPD201")),
        ("competences: [B1]\nevidence: [a]\n", ("3:1", "CPD212")),
        ("competences: [B1]\nevidenced-by: [{achievement: w}]\n", ("3:17", "CPD201")),
        ("competences: [B1]\nevidenced-by: [a, {id: b, words: w}]\n", ("3:27", "CPD212")),
        ("competences: [B1]\nevidenced-by: [[a]]\n", ("3:16", "CPD203")),
        ("competences: [B1]\ntitle: [T]\n", ("3:8", "CPD203")),
    ],
)
def test_problems_at_their_places(fields: str, found: tuple[str, str]) -> None:
    value, problems = record_of(record(fields, ""), "claims")
    assert value is None
    assert [(each.location.partition(":")[2], each.code) for each in problems] == [found]


def test_a_code_twice_is_a_warning() -> None:
    value, problems = record_of(record("competences: [B1, B1]\n", ""), "claims")
    assert isinstance(value, Claim)
    assert value.competences == (Competence("B1"),)
    assert [(each.location.partition(":")[2], each.code) for each in problems] == [("2:19", "CPD216")]


def test_evidence_is_found_by_its_id_in_any_case() -> None:
    found = claim("competences: [B1]\nevidenced-by: [Course, other]\n")
    known = {"course": "activities/2026/course.md"}
    assert [(each.id, path) for each, path in evidence_of(found, known)] == [
        ("Course", "activities/2026/course.md"),
        ("other", ""),
    ]


ACHIEVEMENTS = "\n## Achievements\n\n- Tested 118 **schemes**. (B3: SP)\n- Wrote a study\n  of a ring.\n"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("118", "Tested 118"),
        ("TESTED", "Tested 118"),
        ("study of a ring", "Wrote a study"),
        ("e", None),
        ("B3", None),
        ("nothing", None),
    ],
)
def test_an_achievement_by_its_words(tmp_path: Path, words: str, found: str | None) -> None:
    post = record("role: R\nemployer: E\nstart: 2020-01-01\n", ACHIEVEMENTS)
    (read,) = journal_of(tmp_path, {"career/x.md": post}).posts
    achievement = named_achievement(read, words)
    assert (achievement.text[: len(found)] if achievement and found else achievement) == found
