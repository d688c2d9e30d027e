from pathlib import Path

import pytest
from lsprotocol import types as lsp

from cpdkit.editor.documents import Document, EditorState
from cpdkit.editor.server import Answers
from tests.editor.sample_journal import COURSE, FILES
from tests.journal.folders import FIELDS, record, write


@pytest.fixture
def state(tmp_path: Path) -> EditorState:
    """The journal of `sample_journal.FILES`, with a course open whose title is misspelt."""
    for path, text in FILES.items():
        write(tmp_path, path, text)
    state = EditorState()
    state.open((tmp_path / COURSE).as_uri(), 7, FILES[COURSE].replace("title", "tittle"))
    return state


def course(state: EditorState, *, check: bool = True) -> Document:
    (document,) = state.documents.values()
    assert document.journal
    if check:
        document.journal.facts = document.journal.check()
    return document


def at(document: Document, said: str) -> tuple[lsp.TextDocumentIdentifier, lsp.Position]:
    index = document.text.source.index(said)
    return lsp.TextDocumentIdentifier(document.uri), document.text.position(*document.text.place_at(index))


def actions(answers: Answers, document: Document) -> list[lsp.CodeAction]:
    context = lsp.CodeActionContext([])
    where = lsp.Range(lsp.Position(0, 0), lsp.Position(99, 0))
    return answers.actions(lsp.CodeActionParams(lsp.TextDocumentIdentifier(document.uri), where, context)) or []


def test_edits_are_for_the_version_they_were_made_for(state: EditorState) -> None:
    answers, document = Answers(state), course(state)
    edit = actions(answers, document)[0].edit
    assert edit
    assert edit.changes
    assert list(edit.changes) == [document.uri]
    can = lsp.ClientCapabilities(
        workspace=lsp.WorkspaceClientCapabilities(
            workspace_edit=lsp.WorkspaceEditClientCapabilities(document_changes=True)
        )
    )
    answers.learn(can)
    edit = actions(answers, document)[0].edit
    assert edit
    assert edit.document_changes
    assert edit.document_changes[0].text_document.version == 7  # type: ignore[union-attr]


def test_all_fixes_are_offered_beside_the_one(state: EditorState) -> None:
    document = course(state)
    assert [each.title for each in actions(Answers(state), document)] == [
        "Rename it to title", "Fix all that is safe to fix"
    ]  # fmt: skip


def test_references_stand_where_files_say_them_now(state: EditorState) -> None:
    document = course(state)
    found = Answers(state).references(lsp.ReferenceParams(lsp.ReferenceContext(False), *at(document, "Gridwise")))
    assert found
    assert [(each.uri.rpartition("/")[2], each.range.start.line) for each in found] == [("2026-05-02-talk.md", 5)]
    (journal,) = state.journals
    state.change(document.uri, 8, [lsp.TextDocumentContentChangeWholeDocument(FILES[COURSE])])
    journal.facts = journal.check()
    found = Answers(state).references(lsp.ReferenceParams(lsp.ReferenceContext(False), *at(document, "grid]")))
    assert found
    assert [each.uri for each in found][1] == document.uri


def test_nothing_is_answered_before_the_check_that_needs_it(state: EditorState) -> None:
    document, answers = course(state, check=False), Answers(state)
    assert answers.definition(lsp.DefinitionParams(*at(document, "grid]"))) is None
    assert answers.links(lsp.DocumentLinkParams(lsp.TextDocumentIdentifier(document.uri))) is None
    assert answers.workspace_symbols(lsp.WorkspaceSymbolParams("")) == []
    found = answers.complete(lsp.CompletionParams(*at(document, "tittle")))
    assert found
    assert found.items


def test_nothing_is_answered_outside_a_journal(tmp_path: Path) -> None:
    state = EditorState()
    uri = state.open(write(tmp_path, "a.md", record(FIELDS)).as_uri(), 1, record(FIELDS)).uri
    answers, named, place = Answers(state), lsp.TextDocumentIdentifier(uri), lsp.Position(1, 1)
    assert answers.complete(lsp.CompletionParams(named, place)) is None
    assert answers.hover(lsp.HoverParams(named, place)) is None
    assert answers.references(lsp.ReferenceParams(lsp.ReferenceContext(False), named, place)) is None
    assert answers.document_symbols(lsp.DocumentSymbolParams(named)) is None
    assert actions(answers, state.documents[uri]) == []
