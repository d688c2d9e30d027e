from pathlib import Path

import pytest
from lsprotocol import types as lsp

from cpdkit.editor.answers import Answers, known_of, mended, problems
from cpdkit.editor.documents import Desk, Document
from tests.editor.desks import COURSE, FILES
from tests.journal.folders import FIELDS, record, write


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """The journal of `desks.FILES`, with a course open whose title is misspelt."""
    for path, text in FILES.items():
        write(tmp_path, path, text)
    desk = Desk()
    desk.open((tmp_path / COURSE).as_uri(), 7, FILES[COURSE].replace("title", "tittle"))
    return desk


def course(desk: Desk, *, check: bool = True) -> Document:
    (document,) = desk.documents.values()
    assert document.watched
    if check:
        document.watched.known = document.watched.check()
    return document


def at(document: Document, said: str) -> tuple[lsp.TextDocumentIdentifier, lsp.Position]:
    index = document.text.source.index(said)
    return lsp.TextDocumentIdentifier(document.uri), document.text.position(*document.text.place_at(index))


def actions(answers: Answers, document: Document) -> list[lsp.CodeAction]:
    context = lsp.CodeActionContext([])
    where = lsp.Range(lsp.Position(0, 0), lsp.Position(99, 0))
    return answers.actions(lsp.CodeActionParams(lsp.TextDocumentIdentifier(document.uri), where, context)) or []


def test_edits_are_for_the_version_they_were_made_for(desk: Desk) -> None:
    answers, document = Answers(desk), course(desk)
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


def test_all_fixes_are_offered_beside_the_one(desk: Desk) -> None:
    document = course(desk)
    assert [each.title for each in actions(Answers(desk), document)] == [
        "Rename it to title", "Fix all that is safe to fix"
    ]  # fmt: skip
    assert document.watched
    assert mended(document.watched, document) == FILES[COURSE].encode()


def test_references_stand_where_files_say_them_now(desk: Desk) -> None:
    document = course(desk)
    found = Answers(desk).references(lsp.ReferenceParams(lsp.ReferenceContext(False), *at(document, "Gridwise")))
    assert found
    assert [(each.uri.rpartition("/")[2], each.range.start.line) for each in found] == [("2026-05-02-talk.md", 5)]
    (watched,) = desk.journals
    document.text = type(document.text)(FILES[COURSE])
    desk.hold(document)
    watched.known = watched.check()
    found = Answers(desk).references(lsp.ReferenceParams(lsp.ReferenceContext(False), *at(document, "grid]")))
    assert found
    assert [each.uri for each in found][1] == document.uri


def test_nothing_is_answered_before_the_check_that_needs_it(desk: Desk) -> None:
    document, answers = course(desk, check=False), Answers(desk)
    assert known_of(document) is None
    assert problems(document) == ()
    assert answers.definition(lsp.DefinitionParams(*at(document, "grid]"))) is None
    assert answers.links(lsp.DocumentLinkParams(lsp.TextDocumentIdentifier(document.uri))) is None
    assert answers.workspace_symbols(lsp.WorkspaceSymbolParams("")) == []
    found = answers.complete(lsp.CompletionParams(*at(document, "tittle")))
    assert found
    assert found.items


def test_nothing_is_answered_outside_a_journal(tmp_path: Path) -> None:
    desk = Desk()
    uri = desk.open(write(tmp_path, "a.md", record(FIELDS)).as_uri(), 1, record(FIELDS)).uri
    answers, named, place = Answers(desk), lsp.TextDocumentIdentifier(uri), lsp.Position(1, 1)
    assert answers.complete(lsp.CompletionParams(named, place)) is None
    assert answers.hover(lsp.HoverParams(named, place)) is None
    assert answers.references(lsp.ReferenceParams(lsp.ReferenceContext(False), named, place)) is None
    assert answers.document_symbols(lsp.DocumentSymbolParams(named)) is None
    assert actions(answers, desk.documents[uri]) == []


def test_a_file_that_can_not_be_read_is_no_page(desk: Desk) -> None:
    document = course(desk)
    assert document.watched
    pages = Answers(desk).pages(document.watched)
    assert pages("plan/nowhere.md") is None
    page = pages("plan/grid.md")
    assert page
    assert page.outline.values_of(("by",)) == ["2026-12-31"]
