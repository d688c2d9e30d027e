import pytest

from cpdkit.journal.records import Member, SchemeMembership
from cpdkit.schemes.frameworks import Ability, Framework
from cpdkit.schemes.own import Own
from cpdkit.schemes.rules import Scheme
from cpdkit.schemes.vocabulary import Vocabulary, vocabulary_of

FIRM = Framework("firm", "Our firm", (Ability("K1", "Switchgear"), Ability("A1", "Ours")))
OFFICIAL = Framework("uk-spec-ceng", "The official words", (Ability("A1", "Official"),))


def words(*named: str, own: Own | None = None) -> Vocabulary:
    return Vocabulary(own or Own(), named)


@pytest.mark.parametrize(
    ("known", "unknown"),
    [
        (words(), {"A6", "b9"}),
        (words("uk-spec-engtech"), {"A6", "b9", "B3", "K1", "SFIA-PROG"}),
        (words(own=Own({"firm": FIRM})), {"A6", "b9", "SFIA-PROG"}),
        (words("firm", own=Own({"firm": FIRM})), {"A6", "b9", "B3", "SFIA-PROG"}),
        (words("firm"), set()),
        (words("uk-spec-ceng", own=Own(unread=("frameworks/x.yaml",))), set()),
        (words("uk-spec-ceng", own=Own(unread=("schemes/x.yaml",))), {"A6", "b9", "K1", "SFIA-PROG"}),
    ],
)
def test_which_codes_are_unknown(known: Vocabulary, unknown: set[str]) -> None:
    assert {code for code in ("A1", "A6", "b9", "B3", "K1", "SFIA-PROG") if known.is_unknown(code)} == unknown


def test_the_owners_framework_takes_the_place_of_a_shipped_one() -> None:
    known = words(own=Own({"uk-spec-ceng": OFFICIAL}))
    assert known.frameworks["uk-spec-ceng"].title == "The official words"
    assert known.competences["A1"] == "Official"
    assert words("firm", "uk-spec-ceng", own=Own({"firm": FIRM})).competences["A1"] == "Ours"


def test_the_schemes_of_a_member() -> None:
    own = Own(schemes={"firm": Scheme("firm", topics=("storage",), evidence_limit=9), "ice": Scheme("ice")})
    member = Member("A", schemes=(SchemeMembership("iet"), SchemeMembership("firm"), SchemeMembership("gone")))
    known = vocabulary_of(member, own)
    assert [each.id for each in known.schemes] == ["iet", "firm"]
    assert known.themes == {"storage"}
    assert known.narrowest == own.schemes["firm"]
    assert known.scheme("ice") == Scheme("ice")
    assert {"iet", "firm", "ice"} <= set(known.scheme_ids)


def test_without_a_member_nothing_is_named() -> None:
    known = vocabulary_of(None, Own())
    assert known == Vocabulary()
    assert (known.schemes, known.narrowest, known.themes) == ((), None, frozenset())


def test_vocabularies_that_say_the_same_are_equal() -> None:
    member = Member("A", frameworks=("uk-spec-ceng",), topics=("ethics",))
    assert vocabulary_of(member, Own()) == vocabulary_of(
        Member("B", frameworks=("uk-spec-ceng",), topics=("ethics",)), Own()
    )
    assert vocabulary_of(member, Own()) != vocabulary_of(member, Own({"firm": FIRM}))
