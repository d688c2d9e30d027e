"""Reading only what is named gives for it what reading everything gives."""

import os
from pathlib import Path

import pytest

from cpdkit.errors import NoJournal, UsageError
from cpdkit.journal.loading import load
from cpdkit.journal.partial import load_some, path_in

GOOD = "---\ntitle: {}\ntype: event\nstart: 2026-03-14\nhours: 2\n---\n\nText.\n"
BAD = "---\ntitle: t\ntype: event\nstart: 2026-02-30\nhours: 2\n---\n"
FILES = {
    "cpd.yaml": "name: Angharad\nnonsense: 1\nignore: [activities/old/]\n",
    "activities/2026/a.md": GOOD.format("a"),
    "activities/2026/b.md": BAD,
    "activities/2026/notes.txt": "read by nothing",
    "activities/2025/c.md": GOOD.format("c"),
    "activities/old/d.md": GOOD.format("d"),
    "plan/grid.md": "---\ntitle: Grid\n---\n",
    "plan/broken.md": "no front matter",
    "evidence/deep/certificate.pdf": "%PDF",
    "reviews/2025.md": "---\nyear: 2025\n---\n\nText.\n",
    "notes/idea.md": "read by nothing",
}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("journal")
    for name, text in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


@pytest.mark.parametrize(
    ("wanted", "titles", "paths"),
    [
        (["activities/2026/a.md"], ["a"], []),
        (["activities/2026/b.md"], [], ["activities/2026/b.md"]),
        (["activities/2026"], ["a"], ["activities/2026/b.md", "activities/2026/notes.txt"]),
        (["activities/2025", "activities/2026/a.md"], ["c", "a"], []),
        (["activities"], ["c", "a"], ["activities/2026/b.md", "activities/2026/notes.txt"]),
        (["activities/2026/a.md", "activities/2026/a.md"], ["a"], []),
        (["plan/broken.md"], [], ["plan/broken.md"]),
        (["reviews/2025.md"], [], []),
        (["cpd.yaml"], [], ["cpd.yaml"]),
        (["notes/idea.md"], [], ["notes/idea.md"]),
        (["evidence/deep/certificate.pdf"], [], []),
    ],
)
def test_only_the_wanted_is_read_and_judged(root: Path, wanted: list[str], titles: list[str], paths: list[str]) -> None:
    part = load_some(root, wanted)
    assert sorted(each.title for each in part.activities) == sorted(titles)
    assert sorted({each.path for each in part.diagnostics}) == paths


def test_what_records_point_to_is_there_all_the_same(root: Path) -> None:
    part = load_some(root, ["activities/2026/a.md"])
    assert list(part.objectives) == ["grid"]
    assert part.evidence == {"deep/certificate.pdf"}
    assert part.unread == ("plan/broken.md",)


def test_all_parts_together_say_what_the_whole_says(root: Path) -> None:
    whole = load(root)
    parts = load_some(root, ["activities", "plan", "career", "reviews", "evidence", "cpd.yaml", "notes"])
    assert parts.activities == whole.activities
    assert parts.objectives == whole.objectives
    assert parts.unread == whole.unread
    assert {(each.path, each.code) for each in parts.diagnostics} >= {
        (each.path, each.code) for each in whole.diagnostics if each.path != "notes"
    }


def test_a_folder_without_a_member_file_is_no_journal(tmp_path: Path) -> None:
    with pytest.raises(NoJournal):
        load_some(tmp_path, ["a.md"])


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
    (root / "activities" / "linked.md").symlink_to("/etc/hostname")
    try:
        assert path_in(root, root / "activities" / "linked.md") == "activities/linked.md"
        part = load_some(root, ["activities/linked.md"])
    finally:
        (root / "activities" / "linked.md").unlink()
    assert [each.code for each in part.diagnostics] == ["CPD114"]


@pytest.mark.parametrize("path", ["nowhere.md", ".."])
def test_a_path_that_is_not_in_the_journal_is_refused(root: Path, path: str) -> None:
    with pytest.raises(UsageError):
        path_in(root, root / path)
