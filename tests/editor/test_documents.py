from pathlib import Path

import pytest
from lsprotocol import types as lsp

from cpdkit.editor.documents import Desk
from cpdkit.editor.journals import below, journal_above, journal_in, path_of, same_uri, uri_of
from tests.journal.folders import FIELDS, GOOD, MEMBER, record, write

BAD = record("tittle: x\n" + FIELDS)


def change(start: tuple[int, int], end: tuple[int, int], text: str) -> lsp.TextDocumentContentChangePartial:
    return lsp.TextDocumentContentChangePartial(lsp.Range(lsp.Position(*start), lsp.Position(*end)), text)


def journal(root: Path) -> tuple[Desk, str]:
    write(root, "cpd.yaml", MEMBER)
    return Desk(), write(root, "activities/a b.md", GOOD).as_uri()


def news(desk: Desk, *paths: str) -> list[tuple[str, list[object]]]:
    (watched,) = desk.journals
    found = desk.news(watched, paths or None)
    return [(each.uri, [one.code for one in each.diagnostics]) for each in found]


def checked(desk: Desk) -> list[tuple[str, list[object]]]:
    (watched,) = desk.journals
    watched.known = watched.check()
    return news(desk)


def test_changes_are_made_one_after_the_other(tmp_path: Path) -> None:
    desk, uri = journal(tmp_path)
    desk.open(uri, 1, "a\r\n👍b\x0c\u2028\r\nc")
    document = desk.change(
        uri, 2, [change((1, 2), (1, 3), "xy"), change((1, 2), (1, 3), ""), change((2, 1), (2, 1), "!")]
    )
    assert document
    assert (document.text.source, document.version) == ("a\r\n👍y\x0c\u2028\r\nc!", 2)
    document = desk.change(uri, 3, [lsp.TextDocumentContentChangeWholeDocument("new")])
    assert document
    assert (document.text.source, document.page.text.source) == ("new", "new")
    assert desk.change("file:///other.md", 1, []) is None


def test_only_what_differs_from_what_was_told_is_told(tmp_path: Path) -> None:
    desk, uri = journal(tmp_path)
    document = desk.open(uri, 1, BAD)
    assert document.path == "activities/a b.md"
    assert checked(desk) == [(uri, ["CPD212"])]
    assert checked(desk) == []
    desk.change(uri, 2, [lsp.TextDocumentContentChangeWholeDocument(GOOD)])
    (watched,) = desk.journals
    watched.judge("activities/a b.md")
    assert news(desk, "activities/a b.md") == [(uri, [])]
    assert news(desk, "activities/a b.md") == []


def test_the_address_is_spelled_as_the_editor_does(tmp_path: Path) -> None:
    desk, uri = journal(tmp_path)
    write(tmp_path, "activities/a b.md", BAD)
    odd = uri.replace("activities", "%61ctivities")
    desk.open(odd, 1, BAD)
    assert checked(desk) == [(odd, ["CPD212"])]
    assert desk.document(uri) is desk.document(odd)
    desk.close(uri)
    assert checked(desk) == []


def test_a_closed_document_is_what_its_file_is(tmp_path: Path) -> None:
    desk, uri = journal(tmp_path)
    desk.open(uri, 1, BAD)
    assert checked(desk) == [(uri, ["CPD212"])]
    desk.close(uri)
    assert checked(desk) == [(uri, [])]
    assert desk.close(uri) is None


def test_a_document_outside_any_journal_is_left_alone(tmp_path: Path) -> None:
    desk = Desk()
    for uri in (write(tmp_path, "a.md", BAD).as_uri(), "untitled:1"):
        assert desk.open(uri, 1, BAD).watched is None
    assert list(desk.journals) == []


def test_documents_move_as_a_journal_comes_and_goes(tmp_path: Path) -> None:
    desk = Desk()
    assert desk.add_folder(tmp_path.as_uri()) is None
    document = desk.open(write(tmp_path, "activities/a.md", BAD).as_uri(), 1, BAD)
    assert desk.look_again() == []
    write(tmp_path, "cpd.yaml", MEMBER)
    assert desk.look_again() == [document]
    assert document.watched
    (tmp_path / "cpd.yaml").unlink()
    assert desk.look_again() == [document]
    assert document.watched is None


def test_a_journal_is_dropped_when_nothing_of_it_is_open(tmp_path: Path) -> None:
    desk, uri = journal(tmp_path)
    folder = tmp_path.as_uri()
    assert desk.add_folder(folder)
    desk.open(uri, 1, GOOD)
    assert desk.drop_folder(folder) == []
    desk.close(uri)
    assert desk.drop_folder(folder) == list(desk.journals)


def test_a_journal_that_went_has_no_problems(tmp_path: Path) -> None:
    desk, uri = journal(tmp_path)
    desk.open(uri, 1, BAD)
    assert checked(desk)
    (tmp_path / "cpd.yaml").unlink()
    assert checked(desk) == [(uri, [])]


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
