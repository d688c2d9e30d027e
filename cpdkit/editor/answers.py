"""The answers to an editor's questions: each finds the document and its journal, and asks the module that knows."""

from collections.abc import Callable, Sequence
from pathlib import Path

from lsprotocol import types as lsp

from cpdkit.checks.fixes import fixable, fixed_text
from cpdkit.diagnostics import Diagnostic
from cpdkit.editor import actions as acting
from cpdkit.editor import definition as finding
from cpdkit.editor import symbols
from cpdkit.editor.complete import completions
from cpdkit.editor.documents import Desk, Document
from cpdkit.editor.hover import hover
from cpdkit.editor.journal_facts import Known
from cpdkit.editor.journals import Watched
from cpdkit.editor.page import Page
from cpdkit.editor.positions import Text
from cpdkit.journal.load import RECORD_LIMIT
from cpdkit.text.faults import Unreadable
from cpdkit.text.files import Disk

MOST_READ = 1_000
"""So many files are read to say where exactly a name stands in them; of the others the top is shown."""
START = lsp.Range(lsp.Position(0, 0), lsp.Position(0, 0))


class Answers:
    """What is answered from the desk as it is. What lies outside a journal has no answer."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.versioned = False
        self.nested = False

    def learn(self, capabilities: lsp.ClientCapabilities) -> None:
        """Take in what the editor can."""
        edits = capabilities.workspace.workspace_edit if capabilities.workspace else None
        self.versioned = bool(edits and edits.document_changes)
        document = capabilities.text_document
        outline = document.document_symbol if document else None
        self.nested = bool(outline and outline.hierarchical_document_symbol_support)

    def complete(self, params: lsp.CompletionParams) -> lsp.CompletionList | None:
        """What may be written here."""
        document = self.document(params.text_document)
        if document is None:
            return None
        return lsp.CompletionList(
            False, completions(document.page, *document.text.place(params.position), known_of(document))
        )

    def hover(self, params: lsp.HoverParams) -> lsp.Hover | None:
        """What this is."""
        document = self.document(params.text_document)
        if document is None:
            return None
        known = known_of(document)
        return hover(document.page, *document.text.place(params.position), known, problems(document))

    def actions(self, params: lsp.CodeActionParams) -> list[lsp.CodeAction] | None:
        """What can be done about the problems here."""
        document = self.document(params.text_document)
        if document is None or document.watched is None:
            return None
        only = [str(getattr(kind, "value", kind)) for kind in params.context.only or ()]
        found, edit_of = problems(document), self.edit_of(document)
        some = acting.actions(document.page, params.range, found, only, edit_of)
        if acting.wants_fix_all(only) and any(map(fixable, found)):
            some += acting.fix_all(document.page, mended(document.watched, document), only, edit_of)
        return some

    def definition(self, params: lsp.DefinitionParams) -> lsp.Location | None:
        """The file that is named here."""
        document = self.document(params.text_document)
        known = known_of(document) if document else None
        if document is None or document.watched is None or known is None:
            return None
        path = finding.definition(document.page, *document.text.place(params.position), known)
        return lsp.Location(self.desk.uri_of(document.watched)(path), START) if path else None

    def references(self, params: lsp.ReferenceParams) -> list[lsp.Location] | None:
        """The activities that name what is named here, or this objective."""
        document = self.document(params.text_document)
        known = known_of(document) if document else None
        if document is None or document.watched is None or known is None:
            return None
        named = finding.named_at(document.page, *document.text.place(params.position), known)
        if named is None:
            return []
        uri_of, pages = self.desk.uri_of(document.watched), self.pages(document.watched)
        paths = finding.naming(*named, known)
        near = {path: page for path in paths[:MOST_READ] if (page := pages(path))}
        return [
            lsp.Location(uri_of(path), finding.place_in(near[path], *named) if path in near else START)
            for path in paths
        ]

    def document_symbols(
        self, params: lsp.DocumentSymbolParams
    ) -> Sequence[lsp.DocumentSymbol] | Sequence[lsp.SymbolInformation] | None:
        """The fields and headings of a document."""
        document = self.document(params.text_document)
        if document is None:
            return None
        found = symbols.document_symbols(document.page)
        return found if self.nested else symbols.flat(found, document.uri)

    def workspace_symbols(self, params: lsp.WorkspaceSymbolParams) -> list[lsp.WorkspaceSymbol]:
        """The records of all journals that fit a query."""
        return [
            symbol
            for watched in self.desk.journals
            if watched.known
            for symbol in symbols.workspace_symbols(params.query, watched.known, self.desk.uri_of(watched))
        ]

    def links(self, params: lsp.DocumentLinkParams) -> list[lsp.DocumentLink] | None:
        """The files and addresses that a document's fields name."""
        document = self.document(params.text_document)
        known = known_of(document) if document else None
        if document is None or document.watched is None or known is None:
            return None
        return list(finding.links(document.page, known, self.desk.uri_of(document.watched)))

    def document(self, named: lsp.TextDocumentIdentifier) -> Document | None:
        """The document, if it is open and lies in a journal."""
        document = self.desk.document(named.uri)
        return document if document and document.watched else None

    def edit_of(self, document: Document) -> acting.EditOf:
        """How edits of a document are sent: for the version that they were made for, where the editor knows that."""

        def versioned(edits: Sequence[lsp.TextEdit]) -> lsp.WorkspaceEdit:
            one = lsp.OptionalVersionedTextDocumentIdentifier(document.uri, document.version)
            return lsp.WorkspaceEdit(document_changes=[lsp.TextDocumentEdit(one, list(edits))])

        def plain(edits: Sequence[lsp.TextEdit]) -> lsp.WorkspaceEdit:
            return lsp.WorkspaceEdit({document.uri: list(edits)})

        return versioned if self.versioned else plain

    def pages(self, watched: Watched) -> Callable[[str], Page | None]:
        """The files of a journal as they are now, by path; None for one that can't be read."""
        disk: Disk = watched.session.disk

        def page(path: str) -> Page | None:
            try:
                data, _ = disk.read(path, RECORD_LIMIT)
            except Unreadable:
                return None
            return Page(path, Text(data.decode("utf-8", "replace"), self.desk.encoding))

        return page


def known_of(document: Document) -> Known | None:
    """What is known of a document's journal; None before its first check is over."""
    return document.watched.known if document.watched else None


def problems(document: Document) -> tuple[Diagnostic, ...]:
    """The problems of a document as it is now."""
    watched = document.watched
    if watched is None or watched.known is None:
        return ()
    watched.judge(document.path)
    return watched.known.diagnostics(document.path)


def mended(watched: Watched, document: Document) -> bytes:
    """A document's bytes with every safe fix made."""
    return fixed_text(Path(watched.root), document.path, dict(watched.session.over))
