"""The language server: it receives the editor's messages and passes them to the modules of this folder."""

import asyncio
import logging
from collections.abc import Callable, Iterator, Sequence
from functools import wraps
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException, JsonRpcInvalidParams
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol, lsp_method

from cpdkit import __version__
from cpdkit.checks.fixes import fixable, fixed_text
from cpdkit.diagnostics import Diagnostic
from cpdkit.editor import actions, definition, symbols
from cpdkit.editor.actions import FIX_ALL, EditOf
from cpdkit.editor.complete import TRIGGERS, completions
from cpdkit.editor.documents import Document, EditorState
from cpdkit.editor.hover import hover
from cpdkit.editor.journals import CheckQueue, JournalFacts, OpenJournal
from cpdkit.editor.outline import JournalFile
from cpdkit.editor.positions import Text
from cpdkit.journal.load import RECORD_LIMIT
from cpdkit.text.faults import Unreadable

MOST_READ = 1_000
"""Maximum number of files read to find the place of a name in them; for other files the top is returned."""
START = lsp.Range(lsp.Position(0, 0), lsp.Position(0, 0))


class Answers:
    """Answers to an editor's requests about a place, a document or all journals; None outside a journal."""

    def __init__(self, state: EditorState) -> None:
        self.state = state
        self.has_versioned_edits = False
        self.has_nested_symbols = False

    def learn(self, capabilities: lsp.ClientCapabilities) -> None:
        """Record the editor's capabilities."""
        edits = capabilities.workspace.workspace_edit if capabilities.workspace else None
        self.has_versioned_edits = bool(edits and edits.document_changes)
        document = capabilities.text_document
        outline = document.document_symbol if document else None
        self.has_nested_symbols = bool(outline and outline.hierarchical_document_symbol_support)

    def complete(self, params: lsp.CompletionParams) -> lsp.CompletionList | None:
        """Return the completions at a place."""
        document = self._document(params.text_document)
        if document is None or document.journal is None:
            return None
        place = document.text.place(params.position)
        return lsp.CompletionList(False, completions(document.file, *place, document.journal.facts))

    def hover(self, params: lsp.HoverParams) -> lsp.Hover | None:
        """Return the hover text for a place."""
        document = self._document(params.text_document)
        if document is None or document.journal is None:
            return None
        place = document.text.place(params.position)
        return hover(document.file, *place, document.journal.facts, _diagnostics(document, document.journal))

    def actions(self, params: lsp.CodeActionParams) -> list[lsp.CodeAction] | None:
        """Return the code actions for the problems in a range of a document."""
        document = self._document(params.text_document)
        if document is None or document.journal is None:
            return None
        journal = document.journal
        only = [str(getattr(kind, "value", kind)) for kind in params.context.only or ()]
        diagnostics, edit_of = _diagnostics(document, journal), self._edit_of(document)
        quick_fixes = actions.actions(document.file, params.range, diagnostics, only, edit_of)
        if not actions.wants_fix_all(only) or not any(map(fixable, diagnostics)):
            return quick_fixes
        fixed = fixed_text(Path(journal.root), document.path, dict(journal.session.over))
        return [*quick_fixes, *actions.fix_all(document.file, fixed, only, edit_of)]

    def definition(self, params: lsp.DefinitionParams) -> lsp.Location | None:
        """Return the file that the value at a place names."""
        document, journal, facts = self._checked_document(params.text_document)
        if document is None or journal is None or facts is None:
            return None
        path = definition.definition(document.file, *document.text.place(params.position), facts)
        return lsp.Location(self.state.uri_of(journal)(path), START) if path else None

    def references(self, params: lsp.ReferenceParams) -> list[lsp.Location] | None:
        """Return the activities that share the value at a place, or that are linked to this objective."""
        document, journal, facts = self._checked_document(params.text_document)
        if document is None or journal is None or facts is None:
            return None
        named = definition.named_at(document.file, *document.text.place(params.position), facts)
        if named is None:
            return []
        uri_of, paths = self.state.uri_of(journal), definition.naming(*named, facts)
        files = {path: file for path in paths[:MOST_READ] if (file := self._read_file(journal, path))}
        return [
            lsp.Location(uri_of(path), definition.range_of_value(files[path], *named) if path in files else START)
            for path in paths
        ]

    def document_symbols(
        self, params: lsp.DocumentSymbolParams
    ) -> Sequence[lsp.DocumentSymbol] | Sequence[lsp.SymbolInformation] | None:
        """Return the fields and headings of a document."""
        document = self._document(params.text_document)
        if document is None:
            return None
        nested = symbols.document_symbols(document.file)
        return nested if self.has_nested_symbols else symbols.flat(nested, document.uri)

    def workspace_symbols(self, params: lsp.WorkspaceSymbolParams) -> list[lsp.WorkspaceSymbol]:
        """Return the records of all journals that match a query."""
        return [
            symbol
            for journal in self.state.journals
            if journal.facts
            for symbol in symbols.workspace_symbols(params.query, journal.facts, self.state.uri_of(journal))
        ]

    def links(self, params: lsp.DocumentLinkParams) -> list[lsp.DocumentLink] | None:
        """Return links for the files and addresses in a document's fields."""
        document, journal, facts = self._checked_document(params.text_document)
        if document is None or journal is None or facts is None:
            return None
        return list(definition.links(document.file, facts, self.state.uri_of(journal)))

    def _document(self, identifier: lsp.TextDocumentIdentifier) -> Document | None:
        """Return a document if it is open and belongs to a journal."""
        document = self.state.document(identifier.uri)
        return document if document and document.journal else None

    def _checked_document(
        self, identifier: lsp.TextDocumentIdentifier
    ) -> tuple[Document | None, OpenJournal | None, JournalFacts | None]:
        """Return a document, its journal, and the facts on that; the facts are None before the first check ends."""
        document = self._document(identifier)
        journal = document.journal if document else None
        return document, journal, journal.facts if journal else None

    def _edit_of(self, document: Document) -> EditOf:
        """Return a function that wraps edits of a document, with its version if the editor supports that."""

        def versioned(edits: Sequence[lsp.TextEdit]) -> lsp.WorkspaceEdit:
            one = lsp.OptionalVersionedTextDocumentIdentifier(document.uri, document.version)
            return lsp.WorkspaceEdit(document_changes=[lsp.TextDocumentEdit(one, list(edits))])

        def plain(edits: Sequence[lsp.TextEdit]) -> lsp.WorkspaceEdit:
            return lsp.WorkspaceEdit({document.uri: list(edits)})

        return versioned if self.has_versioned_edits else plain

    def _read_file(self, journal: OpenJournal, path: str) -> JournalFile | None:
        """Return a file of a journal as it is now; None if it can't be read."""
        try:
            data, _ = journal.session.disk.read(path, RECORD_LIMIT)
        except Unreadable:
            return None
        return JournalFile(path, Text(data.decode("utf-8", "replace"), self.state.encoding))


def _diagnostics(document: Document, journal: OpenJournal) -> tuple[Diagnostic, ...]:
    """Return the diagnostics of a document as it is now; none before the first check of its journal."""
    if journal.facts is None:
        return ()
    journal.check_file(document.path)
    return journal.facts.diagnostics(document.path)


POSITION = {"line", "character"}


def _numbers_of_places(params: Any) -> Iterator[Any]:
    """Yield the lines and characters of all positions in a message. The library would round fractions."""
    inside = [params]
    while inside:
        each = inside.pop()
        if isinstance(each, dict):
            yield from (each[name] for name in POSITION if each.keys() >= POSITION)
            inside += each.values()
        elif isinstance(each, list):
            inside += each


def _is_number(value: object) -> bool:
    return type(value) is int and 0 <= value < 2**31


class Protocol(LanguageServerProtocol):
    """The protocol, with documents handled only by this server: pygls's own documents split lines differently."""

    def structure_message(self, data: dict[str, Any]) -> Any:
        """Read a message. Answer a request that can't be read with an error; the library would not answer."""
        try:
            if not all(map(_is_number, _numbers_of_places(data.get("params")))):
                raise JsonRpcInvalidParams("a line or a character is not a number from 0 to 2147483647")
            return super().structure_message(data)
        except JsonRpcException as error:
            if "id" in data and "method" in data:
                self._send_response(data["id"], error=error.to_response_error())
            raise

    def _own_handler(self, method: str, params: Any) -> Iterator[Any]:
        handler = self.fm.features.get(method)
        if handler is not None:
            yield handler, (params,), None

    @lsp_method(lsp.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: lsp.DidOpenTextDocumentParams) -> Iterator[Any]:
        """Call this server's handler only."""
        yield from self._own_handler(lsp.TEXT_DOCUMENT_DID_OPEN, params)

    @lsp_method(lsp.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: lsp.DidChangeTextDocumentParams) -> Iterator[Any]:
        """Call this server's handler only."""
        yield from self._own_handler(lsp.TEXT_DOCUMENT_DID_CHANGE, params)

    @lsp_method(lsp.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: lsp.DidCloseTextDocumentParams) -> Iterator[Any]:
        """Call this server's handler only."""
        yield from self._own_handler(lsp.TEXT_DOCUMENT_DID_CLOSE, params)


log = logging.getLogger(__name__)
TYPING_SECONDS = 0.15
"""Time without typing before the document is checked."""
RESTING_SECONDS = 0.8
"""Time without typing before the whole journal is checked."""
WATCHED_FILES = (
    "**/{cpd,people}.yaml",
    "**/{activities,plan,career,reviews,qualifications,claims,evidence,schemes,frameworks,forms}/**",
)
Params = TypeVar("Params")
Answer = TypeVar("Answer")


class Server(LanguageServer):
    """The server of one editor. `shut_down` means that the editor requested the end, so that the end is normal."""

    def __init__(self) -> None:
        super().__init__("cpdkit", __version__, protocol_cls=Protocol)
        self.state = EditorState()
        self.answers = Answers(self.state)
        self.checks = CheckQueue(self.journal_checked)
        self.shut_down = False
        self._timers: dict[int, asyncio.TimerHandle] = {}

    def journal_checked(self, journal: OpenJournal, facts: JournalFacts | None) -> None:
        """Publish the result of a check, after checking the open documents again with what was typed meanwhile."""
        journal.facts = facts
        for path in self.state.documents_of(journal):
            journal.check_file(path)
        self.publish(journal)
        if facts is None:
            self.state.journals.forget(journal)

    def publish(self, journal: OpenJournal, paths: Sequence[str] | None = None) -> None:
        """Send the diagnostics that changed since they were last sent."""
        for report in self.state.changed_reports(journal, paths):
            self.text_document_publish_diagnostics(report)

    def document_changed(self, document: Document) -> None:
        """Check an opened or changed document soon, and its journal when the user stops typing."""
        journal = document.journal
        if journal is None:
            return
        timer = self._timers.pop(id(document), None)
        if timer:
            timer.cancel()
        if journal.facts is not None:
            loop = asyncio.get_running_loop()
            self._timers[id(document)] = loop.call_later(TYPING_SECONDS, self.check, document)
        self.checks.schedule(journal, RESTING_SECONDS if journal.facts else 0)

    def check(self, document: Document) -> None:
        """Check one document separately and publish its diagnostics."""
        self._timers.pop(id(document), None)
        if document.journal and document.journal.check_file(document.path):
            self.publish(document.journal, [document.path])

    def report_server_error(self, error: Exception, source: Any) -> None:
        """Send an error to the editor's log; the library would show it in a window."""
        log.error("%s: %s", getattr(source, "__name__", source), error)
        self.window_log_message(lsp.LogMessageParams(lsp.MessageType.Error, f"cpd lsp: {error}"))


def make_server() -> Server:
    """Return the server with its handlers."""
    server = Server()
    _add_lifecycle_handlers(server)
    _add_document_handlers(server)
    _add_file_handlers(server)
    _add_answers(server)
    return server


def serve(stdin: BinaryIO, stdout: BinaryIO) -> bool:
    """Serve one editor until it ends or disconnects; return whether it requested the end."""
    server = make_server()
    server.start_io(stdin, stdout)
    return server.shut_down


def on(server: Server, method: str, options: Any = None) -> Callable[[Callable[[Params], Answer]], None]:
    """Return a decorator that registers a handler for a method. An error in it is logged and answered with None."""

    def register(handler: Callable[[Params], Answer]) -> None:
        @wraps(handler)
        def guarded(params: Params) -> Answer | None:
            try:
                return handler(params)
            except Exception as error:
                log.exception("%s failed", method)
                message = f"cpd lsp: {method} failed: {type(error).__name__}: {error}"
                server.window_log_message(lsp.LogMessageParams(lsp.MessageType.Error, message))
                return None

        server.feature(method, options)(guarded)

    return register


def _add_lifecycle_handlers(server: Server) -> None:
    """Handle start, shutdown and changes of the open folders."""
    state = server.state

    @on(server, lsp.INITIALIZE)
    def initialize(params: lsp.InitializeParams) -> None:
        state.encoding = str(getattr(server.workspace.position_encoding, "value", server.workspace.position_encoding))
        server.answers.learn(params.capabilities)
        for uri in folders_of(params):
            state.add_folder(uri)

    @on(server, lsp.INITIALIZED)
    def initialized(_: lsp.InitializedParams) -> None:
        _watch_files(server)
        for journal in state.journals:
            server.checks.schedule(journal, 0)

    @on(server, lsp.SHUTDOWN)
    def shutdown(_: None) -> None:
        server.shut_down = True

    @on(server, lsp.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)
    def folders_changed(params: lsp.DidChangeWorkspaceFoldersParams) -> None:
        for folder in params.event.added:
            journal = state.add_folder(folder.uri)
            if journal:
                server.checks.schedule(journal, 0)
        for folder in params.event.removed:
            for journal in state.drop_folder(folder.uri):
                journal.facts = None
                server.publish(journal)
                state.journals.forget(journal)


def folders_of(params: lsp.InitializeParams) -> list[str]:
    """Return the URIs of the folders that an editor has open."""
    if params.workspace_folders:
        return [each.uri for each in params.workspace_folders]
    return [params.root_uri] if params.root_uri else []


def _watch_files(server: Server) -> None:
    """Ask the editor to report changed files, if it can."""
    workspace = server.client_capabilities.workspace
    watches = workspace.did_change_watched_files if workspace else None
    if watches and watches.dynamic_registration:
        globs = [lsp.FileSystemWatcher(pattern) for pattern in WATCHED_FILES]
        options = lsp.DidChangeWatchedFilesRegistrationOptions(globs)
        registration = lsp.Registration("files", lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
        server.client_register_capability(lsp.RegistrationParams([registration]))


def _add_document_handlers(server: Server) -> None:
    """Handle documents that are opened, changed, saved and closed."""
    state = server.state

    @on(server, lsp.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: lsp.DidOpenTextDocumentParams) -> None:
        identifier = params.text_document
        server.document_changed(state.open(identifier.uri, identifier.version, identifier.text))

    @on(server, lsp.TEXT_DOCUMENT_DID_CHANGE)
    def changed(params: lsp.DidChangeTextDocumentParams) -> None:
        identifier = params.text_document
        document = state.change(identifier.uri, identifier.version, params.content_changes)
        if document:
            server.document_changed(document)

    @on(server, lsp.TEXT_DOCUMENT_DID_SAVE)
    def saved(params: lsp.DidSaveTextDocumentParams) -> None:
        document = state.document(params.text_document.uri)
        if document:
            _reassign_documents(server)
        if document and document.journal:
            server.checks.schedule(document.journal, TYPING_SECONDS)

    @on(server, lsp.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: lsp.DidCloseTextDocumentParams) -> None:
        document = state.close(params.text_document.uri)
        if document and document.journal:
            server.checks.schedule(document.journal, TYPING_SECONDS)


def _add_file_handlers(server: Server) -> None:
    """Handle files that change on the disk."""

    @on(server, lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def files_changed(_: lsp.DidChangeWatchedFilesParams) -> None:
        _reassign_documents(server)
        for journal in server.state.journals:
            server.checks.schedule(journal, TYPING_SECONDS)


def _reassign_documents(server: Server) -> None:
    """Check the documents that now belong to another journal: a cpd.yaml may have been added or removed."""
    for document in server.state.reassign_documents():
        server.document_changed(document)


def _add_answers(server: Server) -> None:
    """Register the answers to requests."""
    answers = server.answers
    on(server, lsp.TEXT_DOCUMENT_COMPLETION, lsp.CompletionOptions(trigger_characters=list(TRIGGERS)))(answers.complete)
    on(server, lsp.TEXT_DOCUMENT_HOVER)(answers.hover)
    kinds = [lsp.CodeActionKind.QuickFix, FIX_ALL]
    on(server, lsp.TEXT_DOCUMENT_CODE_ACTION, lsp.CodeActionOptions(kinds))(answers.actions)
    on(server, lsp.TEXT_DOCUMENT_DEFINITION)(answers.definition)
    on(server, lsp.TEXT_DOCUMENT_REFERENCES)(answers.references)
    on(server, lsp.TEXT_DOCUMENT_DOCUMENT_SYMBOL)(answers.document_symbols)
    on(server, lsp.WORKSPACE_SYMBOL)(answers.workspace_symbols)
    on(server, lsp.TEXT_DOCUMENT_DOCUMENT_LINK, lsp.DocumentLinkOptions())(answers.links)
