"""The files of a journal: all of them, or chosen ones with the files that records refer to."""

import os
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pathspec import GitIgnoreSpec

from cpdkit.errors import NoJournal, UsageError
from cpdkit.journal.paths import Listing, ignored_in, list_journal, names_in, passed_over, path_below, path_in, skipper
from cpdkit.text.files import Disk
from tests.journal.folders import GOOD, MEMBER, write

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
    ("wanted", "activities", "reported"),
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
def test_only_chosen_files_are_listed_and_reported(
    root: Path, wanted: tuple[str, ...], activities: list[str], reported: list[str]
) -> None:
    part = listed(root, wanted)
    assert list(part.records["activities"]) == activities
    assert [each.path for each in part.diagnostics] == reported


def test_what_records_point_to_is_there_all_the_same(root: Path) -> None:
    part = listed(root, ("activities/2026/a.md",))
    assert part.records["plan"] == PLAN
    assert part.objectives == {"grid", "broken"}
    assert part.evidence == {"deep/certificate.pdf"}


def test_all_parts_together_are_the_whole(root: Path) -> None:
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


def test_a_path_on_another_drive_is_not_in_the_journal(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def on_windows(*_: object) -> str:
        raise ValueError("path is on mount 'D:', start on mount 'C:'")

    monkeypatch.setattr(os.path, "relpath", on_windows)
    with pytest.raises(UsageError, match="is not in the journal"):
        path_below(root, root / "a.md")


@pytest.mark.skipif(os.name != "posix", reason="links need rights elsewhere")
def test_a_journal_reached_by_a_link_is_the_same_and_a_linked_file_is_reported(root: Path, tmp_path: Path) -> None:
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


@pytest.mark.parametrize(
    ("path", "folder", "skipped"),
    [
        (".git", True, True),
        ("activities/.DS_Store", False, True),
        ("README.md", False, True),
        ("README", False, True),
        ("LICENSE.txt", False, True),
        ("Makefile", False, True),
        ("build", True, True),
        ("build", False, False),
        ("activities/2026/README.md", False, True),
        ("activities/README-writing-course.md", False, False),
        ("activities/build", True, False),
        ("activities/Makefile", False, False),
        ("cpd.yaml", False, False),
        ("notes.txt", False, False),
    ],
)
def test_what_is_always_passed_over(path: str, folder: bool, skipped: bool) -> None:
    assert skipper(())(path, path.rpartition("/")[2], folder) is skipped


@pytest.mark.parametrize(
    ("pattern", "path", "folder", "skipped"),
    [
        ("notes/**", "notes/a.md", False, True),
        ("notes/**", "notes/a/b.md", False, True),
        ("notes/**", "notes", True, True),
        ("notes/**", "notes", False, False),
        ("notes/**", "other/notes/a.md", False, False),
        ("notes/", "notes", True, True),
        ("notes/", "notes", False, False),
        ("notes/", "activities/notes", True, True),
        ("/notes", "notes", False, True),
        ("./notes.txt", "notes.txt", False, True),
        ("*.bak", "activities/2026/a.bak", False, True),
        ("*.bak", "a.bak.md", False, False),
        ("activities/*.txt", "activities/a.txt", False, True),
        ("activities/*.txt", "activities/2026/a.txt", False, False),
        ("activities/**/draft-*", "activities/draft-a.md", False, True),
        ("activities/**/draft-*", "activities/2026/draft-a.md", False, True),
        ("a?.md", "plan/ab.md", False, True),
        ("a.md", "plan/abmd", False, False),
        ("*", "cpd.yaml", False, False),
        ("  ", "a", False, False),
    ],
)
def test_the_owners_patterns(pattern: str, path: str, folder: bool, skipped: bool) -> None:
    assert skipper([pattern])(path, path.rpartition("/")[2], folder) is skipped


@pytest.mark.parametrize(
    ("patterns", "path", "skipped"),
    [
        (["notes/*", "!notes/keep.md"], "notes/keep.md", False),
        (["notes/*", "!notes/keep.md"], "notes/other.md", True),
        (["draft-[0-9].md"], "activities/draft-1.md", True),
        (["draft-[0-9].md"], "activities/draft-x.md", False),
        (["a**z.md"], "plan/a-to-z.md", True),
        (["a**z.md"], "a/z.md", False),
        (["#notes"], "#notes", False),
        ([r"\#notes"], "#notes", True),
        (["!", "a.md"], "a.md", True),
        (["\\"], "\\", False),
    ],
)
def test_the_patterns_are_those_of_git(patterns: list[str], path: str, skipped: bool) -> None:
    assert skipper(patterns)(path, path.rpartition("/")[2], False) is skipped


def test_a_folder_that_is_passed_over_keeps_what_is_in_it_out() -> None:
    assert passed_over("notes/keep.md", skipper(["notes/", "!notes/keep.md"]))


@pytest.mark.parametrize(
    ("path", "passed"),
    [("activities/drafts/a.md", True), ("activities/a.md", False), ("activities/.old/a.md", True), ("a.md", False)],
)
def test_a_file_in_a_folder_that_is_passed_over_is_too(path: str, passed: bool) -> None:
    assert passed_over(path, skipper(["drafts/"])) is passed


PIECES = ("a", "b", "*", "*", "/", "**/", "/**", "/**/", "?", "[ab]")
NAMES = st.lists(st.text("ab", min_size=1, max_size=4), min_size=1, max_size=5).map("/".join)


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=9).map("".join), st.lists(NAMES, max_size=8))
@settings(max_examples=500, deadline=None)
def test_a_bounded_pattern_matches_what_the_same_pattern_of_pathspec_matches(pattern: str, paths: list[str]) -> None:
    plain = GitIgnoreSpec.from_lines([pattern])
    for path in paths:
        assert skipper([pattern])(path, "x", False) is plain.match_file(path)
        assert skipper([pattern])(path, "x", True) is plain.match_file(f"{path}/")


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("*a" * 40 + "*b", "a" * 255),
        ("**/" * 50 + "b", "a/" * 2000 + "a"),
        ("/".join(["**/a"] * 30) + "/b", "a/" * 2000 + "a"),
        ("*/" * 30 + "**/*a*b*c/**/b", "a/" * 2000 + "a"),
        ("**/*" * 20 + "x", "ab/" * 1300 + "a"),
        ("*?" * 40 + "*b", "a" * 255),
        ("[a-z]*" * 40 + "1", "a" * 255),
    ],
)
def test_no_pattern_needs_time_without_bound(pattern: str, path: str) -> None:
    skip = skipper([pattern])
    started = time.process_time()
    assert not skip(path, "x", False)
    assert time.process_time() - started < 1
