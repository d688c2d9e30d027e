from pathlib import Path

import pytest

from cpdkit.editor.places import below, journal_above, journal_in, path_of, same_uri, uri_of


@pytest.mark.parametrize(
    ("uri", "path"),
    [
        ("file:///home/a/b.md", "/home/a/b.md"),
        ("file:///home/a%20b/%C3%A9%3B%23.md", "/home/a b/é;#.md"),
        ("file:///home/a;b.md", "/home/a;b.md"),
        ("file:///home/%FF.md", "/home/\udcff.md"),
        ("file:///home/../a.md", "/a.md"),
        ("untitled:Untitled-1", None),
        ("vscode-remote://ssh/home/a.md", None),
        ("file:///a%00b.md", None),
        ("file://[", None),
        ("", None),
    ],
)
def test_an_address_names_a_file_or_none(uri: str, path: str | None) -> None:
    assert path_of(uri) == path


@pytest.mark.parametrize("path", ["/home/a b/é.md", "/tmp/50%;#?.md", "/x/\udcff.md"])
def test_paths_come_back_from_their_addresses(path: str) -> None:
    assert path_of(uri_of(path)) == path


def test_spellings_of_one_address_are_the_same() -> None:
    assert same_uri("file:///a%20b(c).md") == same_uri("file:///a%20b%28c%29.md")


def test_the_nearest_journal_above_a_file_counts(tmp_path: Path) -> None:
    inner = tmp_path / "journal" / "activities"
    inner.mkdir(parents=True)
    (tmp_path / "journal" / "cpd.yaml").write_text("name: A\n")
    assert journal_above(str(inner / "a.md")) == str(tmp_path / "journal")
    assert journal_above(str(tmp_path / "a.md")) is None
    assert journal_above(str(tmp_path / "cpd.yaml")) == str(tmp_path)
    assert journal_in(str(tmp_path)) == str(tmp_path / "journal")
    assert journal_in(str(inner)) == str(tmp_path / "journal")
    assert journal_in(str(tmp_path / "nowhere")) is None


@pytest.mark.parametrize(
    ("path", "inside"), [("/j/plan/a.md", "plan/a.md"), ("/j/..a.md", "..a.md"), ("/k/a.md", None), ("/j", None)]
)
def test_a_path_is_named_from_its_journal(path: str, inside: str | None) -> None:
    assert below("/j", path) == inside
