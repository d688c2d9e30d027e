from pathlib import Path

import pytest
from lsprotocol import types as lsp

from cpdkit.editor.documents import EditorState
from cpdkit.editor.journals import below, journal_above, journal_in, path_of, same_uri, uri_of
from tests.journal.folders import FIELDS, GOOD, MEMBER, record, write

BAD = record("tittle: x\n" + FIELDS)


def change(start: tuple[int, int], end: tuple[int, int], text: str) -> lsp.TextDocumentContentChangePartial:
    return lsp.TextDocumentContentChangePartial(lsp.Range(lsp.Position(*start), lsp.Position(*end)), text)


def state_with_journal(root: Path) -> tuple[EditorState, str]:
    write(root, "cpd.yaml", MEMBER)
    return EditorState(), write(root, "activities/a b.md", GOOD).as_uri()


def reports(state: EditorState, *paths: str) -> list[tuple[str, list[object]]]:
    (journal,) = state.journals
    changed = state.changed_reports(journal, paths or None)
    return [(report.uri, [each.code for each in report.diagnostics]) for report in changed]


def checked(state: EditorState) -> list[tuple[str, list[object]]]:
    (journal,) = state.journals
    journal.facts = journal.check()
    return reports(state)


def test_changes_are_made_one_after_the_other(tmp_path: Path) -> None:
    state, uri = state_with_journal(tmp_path)
    state.open(uri, 1, "a\r\n👍b\x0c\u2028\r\nc")
    document = state.change(
        uri, 2, [change((1, 2), (1, 3), "xy"), change((1, 2), (1, 3), ""), change((2, 1), (2, 1), "!")]
    )
    assert document
    assert (document.text.source, document.version) == ("a\r\n👍y\x0c\u2028\r\nc!", 2)
    document = state.change(uri, 3, [lsp.TextDocumentContentChangeWholeDocument("new")])
    assert document
    assert (document.text.source, document.file.text.source) == ("new", "new")
    assert state.change("file:///other.md", 1, []) is None


def test_only_what_differs_from_what_was_told_is_told(tmp_path: Path) -> None:
    state, uri = state_with_journal(tmp_path)
    document = state.open(uri, 1, BAD)
    assert document.path == "activities/a b.md"
    assert checked(state) == [(uri, ["CPD212"])]
    assert checked(state) == []
    state.change(uri, 2, [lsp.TextDocumentContentChangeWholeDocument(GOOD)])
    (journal,) = state.journals
    journal.check_file("activities/a b.md")
    assert reports(state, "activities/a b.md") == [(uri, [])]
    assert reports(state, "activities/a b.md") == []


def test_the_address_is_spelled_as_the_editor_does(tmp_path: Path) -> None:
    state, uri = state_with_journal(tmp_path)
    write(tmp_path, "activities/a b.md", BAD)
    odd = uri.replace("activities", "%61ctivities")
    state.open(odd, 1, BAD)
    assert checked(state) == [(odd, ["CPD212"])]
    assert state.document(uri) is state.document(odd)
    state.close(uri)
    assert checked(state) == []


def test_a_closed_document_is_what_its_file_is(tmp_path: Path) -> None:
    state, uri = state_with_journal(tmp_path)
    state.open(uri, 1, BAD)
    assert checked(state) == [(uri, ["CPD212"])]
    state.close(uri)
    assert checked(state) == [(uri, [])]
    assert state.close(uri) is None


def test_a_document_outside_any_journal_is_left_alone(tmp_path: Path) -> None:
    state = EditorState()
    for uri in (write(tmp_path, "a.md", BAD).as_uri(), "untitled:1"):
        assert state.open(uri, 1, BAD).journal is None
    assert list(state.journals) == []


def test_documents_move_as_a_journal_comes_and_goes(tmp_path: Path) -> None:
    state = EditorState()
    assert state.add_folder(tmp_path.as_uri()) is None
    document = state.open(write(tmp_path, "activities/a.md", BAD).as_uri(), 1, BAD)
    assert state.reassign_documents() == []
    write(tmp_path, "cpd.yaml", MEMBER)
    assert state.reassign_documents() == [document]
    assert document.journal
    (tmp_path / "cpd.yaml").unlink()
    assert state.reassign_documents() == [document]
    assert document.journal is None


def test_a_journal_is_dropped_when_nothing_of_it_is_open(tmp_path: Path) -> None:
    state, uri = state_with_journal(tmp_path)
    folder = tmp_path.as_uri()
    assert state.add_folder(folder)
    state.open(uri, 1, GOOD)
    assert state.drop_folder(folder) == []
    state.close(uri)
    assert state.drop_folder(folder) == list(state.journals)


def test_a_journal_that_went_has_no_problems(tmp_path: Path) -> None:
    state, uri = state_with_journal(tmp_path)
    state.open(uri, 1, BAD)
    assert checked(state)
    (tmp_path / "cpd.yaml").unlink()
    assert checked(state) == [(uri, [])]


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
