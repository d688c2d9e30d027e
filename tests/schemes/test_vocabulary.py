"""The words of a journal: what is shipped, the owner's own files, and which of them count."""

from pathlib import Path

import pytest

from cpdkit.dates.period import Period
from cpdkit.errors import UsageError
from cpdkit.journal.load import load
from cpdkit.journal.member import Member, SchemeMembership
from cpdkit.journal.selection import Filters, select
from cpdkit.schemes.data_files import FILE_LIMIT
from cpdkit.schemes.frameworks import Ability, Framework
from cpdkit.schemes.rules import Scheme
from cpdkit.schemes.vocabulary import Own, Vocabulary, frameworks_for, read_own, vocabulary_in, vocabulary_of
from cpdkit.text.files import Disk
from tests.journal.folders import FIELDS, journal_of, record

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


OWN_FILE = "id: firm\ntitle: Our firm\ncompetences:\n  - {code: K1, title: Switchgear}\n"


@pytest.mark.parametrize(("codes", "chosen"), [("[K1, A1, K9]", "firm"), ("[A1, A2]", "uk-spec-ceng")])
def test_the_framework_that_covers_most_claims(codes: str, chosen: str, tmp_path: Path) -> None:
    files = {"activities/a.md": record(FIELDS + f"competences: {codes}\n"), "frameworks/firm.yaml": OWN_FILE}
    journal_of(tmp_path, files)
    journal = load(tmp_path)
    vocabulary = vocabulary_in(journal)
    included = select(journal.activities, 0, Period(), Filters()).included
    (found,) = frameworks_for(vocabulary, included)
    assert found.id == chosen or found.titles.keys() >= {"A1", "A2"}
    assert [each.id for each in frameworks_for(vocabulary, included, ("firm", "firm"))] == ["firm"]
    with pytest.raises(UsageError):
        frameworks_for(vocabulary, included, ("nil",))


BYTES = b"id: firm\ntitle: Our firm\ncompetences: [{code: K, title: Oil}]\n"


def own(files: dict[str, bytes]) -> Own:
    return read_own(Disk("/nowhere", files), sorted(files))


def test_each_folder_has_its_own() -> None:
    found = own({"frameworks/a.yaml": BYTES, "schemes/a.yaml": b"id: firm\n", "templates/a.yaml": b"["})
    assert (set(found.frameworks), set(found.schemes)) == ({"firm"}, {"firm"})
    assert (found.unread, found.diagnostics) == ((), ())


def test_what_cannot_be_read_is_noted_and_remembered() -> None:
    found = own({"frameworks/a.yaml": b"[", "schemes/sub/b.yaml": b"", "schemes/c.yaml": b"id: c\n"})
    assert found.unread == ("frameworks/a.yaml", "schemes/sub/b.yaml")
    assert found.lacks("frameworks")
    assert not found.lacks("templates")
    assert [(each.path, each.code) for each in found.diagnostics] == [
        ("frameworks/a.yaml", "CPD125"),
        ("schemes/sub/b.yaml", "CPD201"),
    ]


def test_a_file_that_is_too_large_not_utf8_or_gone(tmp_path: Path) -> None:
    (tmp_path / "schemes").mkdir()
    (tmp_path / "schemes" / "large.yaml").write_bytes(b"# " * FILE_LIMIT)
    disk = Disk(str(tmp_path), {"schemes/latin.yaml": b"id: caf\xe9"})
    found = read_own(disk, ["schemes/gone.yaml", "schemes/large.yaml", "schemes/latin.yaml"])
    assert found.unread == ("schemes/gone.yaml", "schemes/large.yaml", "schemes/latin.yaml")
    codes = [(each.path, each.code) for each in found.diagnostics]
    assert codes[1:] == [("schemes/large.yaml", "CPD111"), ("schemes/latin.yaml", "CPD101")]


def test_of_two_with_one_id_the_first_is_used() -> None:
    found = own({"frameworks/a.yaml": BYTES, "frameworks/b.yaml": BYTES.replace(b"Our", b"Your")})
    assert found.frameworks["firm"].title == "Our firm"
    assert [(each.location, each.code) for each in found.diagnostics] == [("frameworks/b.yaml", "CPD707")]
    schemes = own({"schemes/a.yaml": b"id: x\n", "schemes/b.yaml": b"id: x\n"})
    assert [(each.location, each.code) for each in schemes.diagnostics] == [("schemes/b.yaml", "CPD706")]


def test_other_files_are_noted() -> None:
    found = own({"frameworks/a.yml": BYTES, "schemes/notes.txt": b""})
    assert [(each.path, each.code) for each in found.diagnostics] == [
        ("frameworks/a.yml", "CPD801"),
        ("schemes/notes.txt", "CPD801"),
    ]
    assert found.diagnostics[0].hint == "rename it to a.yaml"


def test_what_was_noted_makes_no_other_vocabulary() -> None:
    assert own({"schemes/notes.txt": b""}) == Own()
