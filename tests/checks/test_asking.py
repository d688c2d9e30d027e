"""A context that notes what it is asked, and gives the same answers."""

from datetime import date
from pathlib import Path

import pytest

from cpdkit.checks.asking import Asked, Asking, Changes, _AskedDisk, noted
from cpdkit.checks.rule import Context
from cpdkit.journal.records import Member
from cpdkit.text.files import Disk
from tests.journal.folders import write

DAY = date(2026, 11, 23)
MEMBER = Member("Angharad Llywelyn")


def context(root: Path, member: Member | None = MEMBER, evidence: tuple[str, ...] = ("a.pdf",)) -> Context:
    return Context(DAY, member, frozenset({"x"}), frozenset(evidence), Disk(str(root)))


def test_nothing_asked_is_nothing_noted(tmp_path: Path) -> None:
    assert noted(Asking(context(tmp_path))) == Asked()


def test_values_and_names_are_noted(tmp_path: Path) -> None:
    asking = Asking(context(tmp_path))
    assert isinstance(asking, Context)
    assert asking.day == DAY
    assert "a.pdf" in asking.evidence
    assert "b.pdf" not in asking.evidence
    assert noted(asking) == Asked(frozenset({"day"}), frozenset({("evidence", "a.pdf"), ("evidence", "b.pdf")}))


WAYS = {
    "sorted": lambda names: sorted(names) == ["a.pdf"],
    "len": lambda names: len(names) == 1,
    "union": lambda names: names | {"b"} == {"a.pdf", "b"},
    "taken from another": lambda names: {"a.pdf", "b"} - names == {"b"},
    "a method": lambda names: names.issubset({"a.pdf"}),
    "equality": lambda names: names == {"a.pdf"},
    "truth": bool,
    "any": lambda names: any(name == "a.pdf" for name in names),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_set_looked_at_in_another_way_is_noted_whole(tmp_path: Path, way: str) -> None:
    asking = Asking(context(tmp_path))
    assert WAYS[way](asking.evidence)
    assert "evidence" in noted(asking).values or ("evidence", "a.pdf") in noted(asking).names
    assert Changes(context(tmp_path), context(tmp_path, evidence=())).concern(noted(asking))


def test_of_the_member_the_values_that_were_looked_at_are_noted(tmp_path: Path) -> None:
    asking = Asking(context(tmp_path))
    member = asking.member
    assert isinstance(member, Member)
    assert (member.name, member.checks) == ("Angharad Llywelyn", {})
    asked = noted(asking)
    assert asked.values == {"member", "member.name", "member.checks"}
    other = Member("Angharad Llywelyn", email="a@b.example")
    assert not Changes(context(tmp_path), context(tmp_path, other)).concern(asked)
    assert Changes(context(tmp_path), context(tmp_path, Member("Angharad"))).concern(asked)
    assert Changes(context(tmp_path), context(tmp_path, None)).concern(asked)
    assert Changes(context(tmp_path, None), context(tmp_path)).concern(Asked(frozenset({"member"})))
    assert Asking(context(tmp_path, None)).member is None


def test_files_asked_for_are_noted_as_they_were(tmp_path: Path) -> None:
    write(tmp_path, "a.md", "abc")
    asking = Asking(context(tmp_path))
    assert asking.disk.exists("a.md")
    assert not asking.disk.exists("b.md")
    assert asking.disk.read("a.md", 10)[0] == b"abc"
    plain = Disk(str(tmp_path))
    assert noted(asking).files == (("a.md", plain.stamp("a.md")), ("b.md", None))
    assert asking.disk.added == ()


def test_every_way_to_ask_a_disk_is_noted() -> None:
    """What a disk is taught later has to be taught to this one too."""
    own = {name for name in vars(Disk) if not name.startswith("_")}
    assert own - set(vars(_AskedDisk)) == {"root", "exists"}, "exists asks for the stamp"
