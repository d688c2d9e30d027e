import pytest

from cpdkit.journal.ignoring import passed_over, skipper


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
    ("path", "passed"),
    [("activities/drafts/a.md", True), ("activities/a.md", False), ("activities/.old/a.md", True), ("a.md", False)],
)
def test_a_file_in_a_folder_that_is_passed_over_is_too(path: str, passed: bool) -> None:
    assert passed_over(path, skipper(["drafts/"])) is passed
