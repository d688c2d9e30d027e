"""The names of a journal: all of them, or those that are wanted and what records point to."""

import os
from pathlib import Path

import pytest

from cpdkit.errors import NoJournal, UsageError
from cpdkit.journal.listing import Listing, list_journal, path_below, path_in
from cpdkit.text.files import Disk
from tests.journal.folders import GOOD

FILES = {
    "cpd.yaml": "name: Angharad\nnonsense: 1\nignore: [activities/old/]\n",
    "activities/2026/a.md": GOOD,
    "activities/2026/b.md": GOOD,
    "activities/2026/notes.txt": "read by nothing",
    "activities/2025/c.md": GOOD,
    "activities/old/d.md": GOOD,
    "plan/grid.md": "---\ntitle: Grid\n---\n",
    "plan/broken.md": "no front matter",
    "evidence/deep/certificate.pdf": "%PDF",
    "reviews/2025.md": "---\nyear: 2025\n---\n\nText.\n",
    "notes/idea.md": "read by nothing",
}
PLAN = ("plan/broken.md", "plan/grid.md")


def listed(root: Path, wanted: tuple[str, ...] = (), over: dict[str, bytes] | None = None) -> Listing:
    return list_journal(Disk(os.path.realpath(root), over), wanted)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("journal")
    for name, text in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


@pytest.mark.parametrize(
    ("wanted", "activities", "told"),
    [
        (("activities/2026/a.md",), ["activities/2026/a.md"], []),
        (("activities/2026",), ["activities/2026/a.md", "activities/2026/b.md"], ["activities/2026/notes.txt"]),
        (("activities/2025", "activities/2026/a.md"), ["activities/2025/c.md", "activities/2026/a.md"], []),
        (("activities/2026/a.md", "activities/2026/a.md"), ["activities/2026/a.md"], []),
        (("activities/old/d.md",), [], []),
        (("plan/broken.md",), [], []),
        (("cpd.yaml",), [], ["cpd.yaml"]),
        (("notes/idea.md",), [], ["notes/idea.md"]),
        (("evidence/deep/certificate.pdf",), [], []),
    ],
)
def test_only_the_wanted_is_listed_and_told(
    root: Path, wanted: tuple[str, ...], activities: list[str], told: list[str]
) -> None:
    part = listed(root, wanted)
    assert list(part.records["activities"]) == activities
    assert [each.path for each in part.diagnostics] == told


def test_what_records_point_to_is_there_all_the_same(root: Path) -> None:
    part = listed(root, ("activities/2026/a.md",))
    assert part.records["plan"] == PLAN
    assert part.objectives == {"grid", "broken"}
    assert part.evidence == {"deep/certificate.pdf"}


def test_all_parts_together_hold_what_the_whole_holds(root: Path) -> None:
    whole = listed(root)
    parts = listed(root, ("activities", "plan", "reviews", "evidence", "cpd.yaml", "notes"))
    assert parts.records == whole.records
    assert (parts.evidence, parts.unread, parts.ignore) == (whole.evidence, whole.unread, whole.ignore)
    assert sorted(each.path for each in parts.diagnostics) == sorted(each.path for each in whole.diagnostics)


def test_a_text_that_is_not_a_file_yet_is_listed(root: Path) -> None:
    over = {"activities/2026/new.md": b"", "plan/new.md": b"", "notes/new.md": b""}
    assert "activities/2026/new.md" in listed(root, (), over).records["activities"]
    part = listed(root, ("activities/2026/new.md",), over)
    assert part.records["activities"] == ("activities/2026/new.md",)
    assert part.records["plan"] == PLAN


def test_a_member_text_is_read_in_place_of_the_file(root: Path) -> None:
    listing = listed(root, (), {"cpd.yaml": b"name: Other"})
    assert listing.member
    assert (listing.member.name, "notes" in [each.path for each in listing.diagnostics]) == ("Other", True)


def test_a_folder_without_a_member_file_is_no_journal(tmp_path: Path) -> None:
    with pytest.raises(NoJournal):
        listed(tmp_path, ("a.md",))


@pytest.mark.parametrize(
    ("path", "named"),
    [
        ("activities/2026/a.md", "activities/2026/a.md"),
        ("activities/2026/", "activities/2026"),
        ("activities/../plan/grid.md", "plan/grid.md"),
        (".", ""),
    ],
)
def test_a_path_is_named_as_the_journal_does(
    root: Path, path: str, named: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(root)
    assert path_in(root, Path(path)) == named
    assert path_in(root, root / path) == named


@pytest.mark.skipif(os.name != "posix", reason="links need rights elsewhere")
def test_a_journal_behind_a_link_is_the_same_and_a_linked_file_is_reported(root: Path, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(root)
    assert path_in(link, link / "plan" / "grid.md") == "plan/grid.md"
    assert path_in(root, link / "plan" / "grid.md") == "plan/grid.md"
    (tmp_path / "linked.md").symlink_to("/etc/hostname")
    assert path_in(tmp_path, tmp_path / "linked.md") == "linked.md"


def test_a_path_need_not_be_there_to_be_named(root: Path) -> None:
    assert path_below(root, root / "activities" / "new.md") == "activities/new.md"
    with pytest.raises(UsageError):
        path_below(root, root.parent / "new.md")


@pytest.mark.parametrize("path", ["nowhere.md", ".."])
def test_a_path_that_is_not_in_the_journal_is_refused(root: Path, path: str) -> None:
    with pytest.raises(UsageError):
        path_in(root, root / path)


def test_a_text_over_a_file_that_is_passed_over_stays_out(root: Path) -> None:
    over = {"activities/.hidden.md": b"", "activities/drafts/a.md": b"", "cpd.yaml": b"name: A\nignore: [drafts/]"}
    assert not {"activities/.hidden.md", "activities/drafts/a.md"} & set(listed(root, (), over).records["activities"])
