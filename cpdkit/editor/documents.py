"""The state of the editor: its open documents, the journals they belong to, and the diagnostics that it shows."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from lsprotocol import types as lsp

from cpdkit.editor.diagnostics import UriOf, lsp_diagnostics
from cpdkit.editor.journals import OpenJournal, OpenJournals, journal_in, path_of, same_uri, uri_of
from cpdkit.editor.outline import JournalFile
from cpdkit.editor.positions import UTF_16, Text


@dataclass
class Document:
    """One open document. `journal` is its journal and `path` its path there; None and empty outside a journal."""

    uri: str
    version: int | None
    text: Text
    journal: OpenJournal | None = None
    path: str = ""

    _file: JournalFile | None = None

    @property
    def file(self) -> JournalFile:
        """Return the document as a file of its journal, computed once for each text."""
        if self._file is None or self._file.text is not self.text or self._file.path != self.path:
            self._file = JournalFile(self.path, self.text)
        return self._file


class EditorState:
    """All that the server keeps between messages."""

    def __init__(self) -> None:
        self.encoding = UTF_16
        self.documents: dict[str, Document] = {}
        self.journals = OpenJournals()
        self.folders: dict[str, str | None] = {}
        self.published: dict[str, list[lsp.Diagnostic]] = {}

    def open(self, uri: str, version: int | None, text: str) -> Document:
        """Open a document and return it."""
        document = Document(uri, version, Text(text, self.encoding))
        self.documents[same_uri(uri)] = document
        self.assign_journal(document)
        return document

    def document(self, uri: str) -> Document | None:
        """Return a document if it is open."""
        return self.documents.get(same_uri(uri))

    def change(
        self, uri: str, version: int | None, changes: Iterable[lsp.TextDocumentContentChangeEvent]
    ) -> Document | None:
        """Apply changes to a document's text, in order."""
        document = self.document(uri)
        if document is None:
            return None
        for change in changes:
            if isinstance(change, lsp.TextDocumentContentChangePartial):
                document.text = document.text.changed(change.range, change.text)
            else:
                document.text = Text(change.text, self.encoding)
        document.version = version
        if document.journal:
            document.journal.overlay(document.path, document.text)
        return document

    def close(self, uri: str) -> Document | None:
        """Close a document: from now on its file on disk counts."""
        document = self.documents.pop(same_uri(uri), None)
        if document and document.journal:
            document.journal.overlay(document.path, None)
        return document

    def assign_journal(self, document: Document) -> None:
        """Find the journal that a document belongs to. It may change when a cpd.yaml is added or removed."""
        path = path_of(document.uri)
        journal, inside = (self.journals.of(path) if path else None) or (None, "")
        if document.journal and document.journal is not journal:
            document.journal.overlay(document.path, None)
        document.journal, document.path = journal, inside
        if journal:
            journal.overlay(inside, document.text)

    def add_folder(self, uri: str) -> OpenJournal | None:
        """Open a folder; return the journal in it or around it, if there is one."""
        path = path_of(uri)
        root = journal_in(path) if path else None
        self.folders[uri] = root
        return self.journals.at(root) if root else None

    def reassign_documents(self) -> list[Document]:
        """Find all journals again: a cpd.yaml may have been added or removed. Return documents that changed journal."""
        for uri in tuple(self.folders):
            self.add_folder(uri)
        before = [(document, document.journal) for document in self.documents.values()]
        for document, _ in before:
            self.assign_journal(document)
        return [document for document, journal in before if document.journal is not journal]

    def drop_folder(self, uri: str) -> list[OpenJournal]:
        """Close a folder; return the journals that no open folder or document belongs to any more."""
        self.folders = {each: root for each, root in self.folders.items() if same_uri(each) != same_uri(uri)}
        kept = {id(self.journals.at(root)) for root in self.folders.values() if root}
        kept |= {id(document.journal) for document in self.documents.values() if document.journal}
        return [journal for journal in self.journals if id(journal) not in kept]

    def documents_of(self, journal: OpenJournal) -> dict[str, Document]:
        """Return the open documents of one journal, by path."""
        return {document.path: document for document in self.documents.values() if document.journal is journal}

    def uri_of(self, journal: OpenJournal) -> UriOf:
        """Return a function that returns the URI of a path in a journal, in the editor's spelling if it is open."""
        documents = self.documents_of(journal)
        return lambda path: documents[path].uri if path in documents else uri_of(f"{journal.root}/{path}")

    def changed_reports(
        self, journal: OpenJournal, paths: Sequence[str] | None = None
    ) -> Iterator[lsp.PublishDiagnosticsParams]:
        """Yield the diagnostics of a journal's files (all, or those in `paths`) that changed since the last report."""
        facts = journal.facts
        documents, uri_of_path = self.documents_of(journal), self.uri_of(journal)
        gone = set(journal.published) if paths is None else set()
        for path in sorted(facts.paths | documents.keys()) if facts and paths is None else paths or ():
            document = documents.get(path)
            uri = uri_of_path(path)
            file = document.file if document else None
            diagnostics = (
                lsp_diagnostics(facts.diagnostics(path), file, facts, uri_of_path, self.encoding) if facts else []
            )
            gone.discard(same_uri(uri))
            yield from self._report(journal, uri, diagnostics, document)
        for key in sorted(gone):
            yield from self._report(journal, journal.published[key], [], None)

    def _report(
        self, journal: OpenJournal, uri: str, diagnostics: list[lsp.Diagnostic], document: Document | None
    ) -> Iterator[lsp.PublishDiagnosticsParams]:
        """Record the diagnostics of one file as published; yield them if they changed."""
        key = same_uri(uri)
        if self.published.get(key, []) == diagnostics:
            return
        if diagnostics:
            self.published[key] = diagnostics
            journal.published[key] = uri
        else:
            self.published.pop(key, None)
            journal.published.pop(key, None)
        yield lsp.PublishDiagnosticsParams(uri, diagnostics, document.version if document else None)
