"""Names without reading: what is listed, and what the owner passes over."""

from pathlib import Path

import pytest

from cpdkit.journal.finding import ignored_in, names_in
from cpdkit.journal.listing import list_journal
from cpdkit.text.files import Disk
from tests.journal.folders import MEMBER, write

NAMED = ("a.md", "2026/b.md", "2026/notes/c.md", "2026/.hidden.md", "2026/README.md", "d.txt", "old/e.md")


@pytest.mark.parametrize(
    ("member", "patterns"),
    [
        (MEMBER, []),
        (MEMBER + "x-note: we ignore nothing\n", []),
        (MEMBER + "ignore:\n  - notes/  # mine\n\n  # and\n  - 'old/**'\nperiod: 2026\n", ["notes/", "old/**"]),
        ("ignore:\r\n  - old/\r\n" + MEMBER, ["old/"]),
        (MEMBER + "ignore: [old/]\n", None),
        (MEMBER + '"ignore": [old/]\n', None),
        (MEMBER + "{ignore: [old/]}\n", None),
        (MEMBER + "ignore:\n  - &it old/\n  - *it\n", None),
        (MEMBER + "ignore:\n  - old/ and\n    more\n", None),
        (MEMBER + "ignore:\n  - a#b\n", None),
    ],
)
def test_the_patterns_are_those_that_the_reader_finds(tmp_path: Path, member: str, patterns: list[str] | None) -> None:
    write(tmp_path, "cpd.yaml", member)
    assert ignored_in(member) == patterns
    if patterns is not None:
        assert tuple(patterns) == list_journal(Disk(str(tmp_path))).ignore


def test_the_names_are_those_of_the_listing(tmp_path: Path) -> None:
    write(tmp_path, "cpd.yaml", MEMBER + "ignore:\n  - old/\n")
    for name in NAMED:
        write(tmp_path, f"activities/{name}", b"\xff")
    names = names_in(str(tmp_path), "activities", ["old/"])
    assert tuple(names) == list_journal(Disk(str(tmp_path))).records["activities"]
    assert names == ["activities/2026/b.md", "activities/2026/notes/c.md", "activities/a.md"]


def test_a_linked_folder_is_not_looked_into(tmp_path: Path) -> None:
    write(tmp_path, "elsewhere/secret.md", "")
    (tmp_path / "activities").symlink_to(tmp_path / "elsewhere")
    assert names_in(str(tmp_path), "activities") == names_in(str(tmp_path), "plan") == []
