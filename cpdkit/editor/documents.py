"""What an editor has on its desk: the open documents, the journals they belong to, and what was told of each file."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from lsprotocol import types as lsp

from cpdkit.editor.diagnostics import UriOf, reports
from cpdkit.editor.journals import Journals, Watched, journal_in, path_of, same_uri, uri_of
from cpdkit.editor.page import Page
from cpdkit.editor.positions import UTF_16, Text


@dataclass
class Document:
    """One open document. `watched` is its journal and `path` its name there; None and empty outside any."""

    uri: str
    version: int | None
    text: Text
    watched: Watched | None = None
    path: str = ""

    _page: Page | None = None

    @property
    def page(self) -> Page:
        """The document as a file of its journal; made once for each text."""
        if self._page is None or self._page.text is not self.text or self._page.path != self.path:
            self._page = Page(self.path, self.text)
        return self._page


class Desk:
    """All that the server keeps between two messages."""

    def __init__(self) -> None:
        self.encoding = UTF_16
        self.documents: dict[str, Document] = {}
        self.journals = Journals()
        self.folders: dict[str, str | None] = {}
        self.told: dict[str, list[lsp.Diagnostic]] = {}

    def open(self, uri: str, version: int | None, text: str) -> Document:
        """A document is opened."""
        document = Document(uri, version, Text(text, self.encoding))
        self.documents[same_uri(uri)] = document
        self.home(document)
        return document

    def document(self, uri: str) -> Document | None:
        """An open document."""
        return self.documents.get(same_uri(uri))

    def change(
        self, uri: str, version: int | None, changes: Iterable[lsp.TextDocumentContentChangeEvent]
    ) -> Document | None:
        """A document's text is changed, one stretch after the other."""
        document = self.document(uri)
        if document is None:
            return None
        for change in changes:
            if isinstance(change, lsp.TextDocumentContentChangePartial):
                document.text = document.text.changed(change.range, change.text)
            else:
                document.text = Text(change.text, self.encoding)
        document.version = version
        self.hold(document)
        return document

    def close(self, uri: str) -> Document | None:
        """A document is closed: from now on its file counts."""
        document = self.documents.pop(same_uri(uri), None)
        if document and document.watched:
            document.watched.hold(document.path, None)
        return document

    def home(self, document: Document) -> None:
        """Find the journal that a document belongs to; that may change as cpd.yaml comes and goes."""
        path = path_of(document.uri)
        found = self.journals.of(path) if path else None
        if document.watched and (found is None or found[0] is not document.watched):
            document.watched.hold(document.path, None)
        document.watched, document.path = found or (None, "")
        self.hold(document)

    def hold(self, document: Document) -> None:
        """Let a document's text count in place of its file."""
        if document.watched:
            document.watched.hold(document.path, document.text)

    def add_folder(self, uri: str) -> Watched | None:
        """A folder is opened; the journal in it or around it, if there is one."""
        path = path_of(uri)
        root = journal_in(path) if path else None
        self.folders[uri] = root
        return self.journals.watch(root) if root else None

    def look_again(self) -> list[Document]:
        """Find every folder's and document's journal anew: a cpd.yaml may have come or gone. Those that moved."""
        for uri in tuple(self.folders):
            self.add_folder(uri)
        before = [(document, document.watched) for document in self.documents.values()]
        for document, _ in before:
            self.home(document)
        return [document for document, watched in before if document.watched is not watched]

    def drop_folder(self, uri: str) -> list[Watched]:
        """A folder is closed; the journals that nothing open belongs to any more."""
        self.folders = {each: root for each, root in self.folders.items() if same_uri(each) != same_uri(uri)}
        kept = {id(self.journals.watch(root)) for root in self.folders.values() if root}
        kept |= {id(each.watched) for each in self.documents.values() if each.watched}
        return [each for each in self.journals if id(each) not in kept]

    def in_journal(self, watched: Watched) -> dict[str, Document]:
        """The open documents of one journal, by path."""
        return {each.path: each for each in self.documents.values() if each.watched is watched}

    def uri_of(self, watched: Watched) -> UriOf:
        """From a path in a journal to its address, as the editor spells it where it has the file open."""
        opened = self.in_journal(watched)
        return lambda path: opened[path].uri if path in opened else uri_of(f"{watched.root}/{path}")

    def news(self, watched: Watched, paths: Sequence[str] | None = None) -> Iterator[lsp.PublishDiagnosticsParams]:
        """What is to be told of a journal's files (all, or those named): only where it differs from what was told."""
        known = watched.known
        opened, uri = self.in_journal(watched), self.uri_of(watched)
        before = set(watched.told) if paths is None else set()
        for path in sorted(known.paths | opened.keys()) if known and paths is None else paths or ():
            document = opened.get(path)
            address = uri(path)
            page = document.page if document else None
            found = reports(known.diagnostics(path), page, known, uri, self.encoding) if known else []
            before.discard(same_uri(address))
            yield from self._told(watched, address, found, document)
        for address in sorted(before):
            yield from self._told(watched, watched.told[address], [], None)

    def _told(
        self, watched: Watched, uri: str, found: list[lsp.Diagnostic], document: Document | None
    ) -> Iterator[lsp.PublishDiagnosticsParams]:
        key = same_uri(uri)
        if self.told.get(key, []) == found:
            return
        if found:
            self.told[key] = found
            watched.told[key] = uri
        else:
            self.told.pop(key, None)
            watched.told.pop(key, None)
        yield lsp.PublishDiagnosticsParams(uri, found, document.version if document else None)
