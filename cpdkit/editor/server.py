"""The language server: messages to calls, and answers to messages. What the answers are is worked out elsewhere."""

import asyncio
import logging
from collections.abc import Callable, Iterator, Sequence
from functools import wraps
from typing import Any, BinaryIO, TypeVar

from lsprotocol import types as lsp
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol, lsp_method

from cpdkit import __version__
from cpdkit.editor.actions import FIX_ALL
from cpdkit.editor.answers import Answers
from cpdkit.editor.complete import TRIGGERS
from cpdkit.editor.documents import Desk, Document
from cpdkit.editor.journal_facts import Known
from cpdkit.editor.journals import Checks, Watched


class Protocol(LanguageServerProtocol):
    """What is opened, changed and closed goes to the server's handlers alone."""

    def _handed_on(self, method: str, params: Any) -> Iterator[Any]:
        handler = self.fm.features.get(method)
        if handler is not None:
            yield handler, (params,), None

    @lsp_method(lsp.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: lsp.DidOpenTextDocumentParams) -> Iterator[Any]:
        """A document is opened."""
        yield from self._handed_on(lsp.TEXT_DOCUMENT_DID_OPEN, params)

    @lsp_method(lsp.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: lsp.DidChangeTextDocumentParams) -> Iterator[Any]:
        """A document is changed."""
        yield from self._handed_on(lsp.TEXT_DOCUMENT_DID_CHANGE, params)

    @lsp_method(lsp.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: lsp.DidCloseTextDocumentParams) -> Iterator[Any]:
        """A document is closed."""
        yield from self._handed_on(lsp.TEXT_DOCUMENT_DID_CLOSE, params)


log = logging.getLogger(__name__)
TYPING_SECONDS = 0.15
"""How long typing rests before the one file is judged, and before the whole journal is."""
RESTING_SECONDS = 0.8
WATCHED_FILES = ("**/cpd.yaml", "**/{activities,plan,career,reviews,evidence,schemes,frameworks}/**")
Params = TypeVar("Params")
Answer = TypeVar("Answer")


class Server(LanguageServer):
    """One editor's server. `shut_down` says that it was asked to end, so that its end is no accident."""

    def __init__(self) -> None:
        super().__init__("cpdkit", __version__, protocol_cls=Protocol)
        self.desk = Desk()
        self.answers = Answers(self.desk)
        self.checks = Checks(self.checked)
        self.shut_down = False
        self._timers: dict[int, asyncio.TimerHandle] = {}

    def checked(self, watched: Watched, known: Known | None) -> None:
        """Tell what a check found; what was typed meanwhile is judged anew."""
        watched.known = known
        for path in self.desk.in_journal(watched):
            watched.judge(path)
        self.tell(watched)
        if known is None:
            self.desk.journals.forget(watched)

    def tell(self, watched: Watched, paths: Sequence[str] | None = None) -> None:
        """Send the diagnostics that differ from those sent before."""
        for news in self.desk.news(watched, paths):
            self.text_document_publish_diagnostics(news)

    def typed(self, document: Document) -> None:
        """A document was opened or changed: judge it soon, and its journal when typing rests."""
        watched = document.watched
        if watched is None:
            return
        timer = self._timers.pop(id(document), None)
        if timer:
            timer.cancel()
        if watched.known is not None:
            loop = asyncio.get_running_loop()
            self._timers[id(document)] = loop.call_later(TYPING_SECONDS, self.judge, document)
        self.checks.soon(watched, RESTING_SECONDS if watched.known else 0)

    def judge(self, document: Document) -> None:
        """Judge one document by itself and tell what it has."""
        self._timers.pop(id(document), None)
        if document.watched and document.watched.judge(document.path):
            self.tell(document.watched, [document.path])

    def report_server_error(self, error: Exception, source: Any) -> None:
        """What the library would show in a window goes to the editor's log."""
        log.error("%s: %s", getattr(source, "__name__", source), error)
        self.window_log_message(lsp.LogMessageParams(lsp.MessageType.Error, f"cpd lsp: {error}"))


def make_server() -> Server:
    """The server with its handlers."""
    server = Server()
    _of_life(server)
    _of_documents(server)
    _of_files(server)
    _of_questions(server)
    return server


def serve(stdin: BinaryIO, stdout: BinaryIO) -> bool:
    """Serve one editor until it ends or goes away; whether it had asked for the end."""
    server = make_server()
    server.start_io(stdin, stdout)
    return server.shut_down


def on(server: Server, method: str, options: Any = None) -> Callable[[Callable[[Params], Answer]], None]:
    """Let a function answer a method. A bug in it is logged, and the answer is that there is none."""

    def register(handler: Callable[[Params], Answer]) -> None:
        @wraps(handler)
        def guarded(params: Params) -> Answer | None:
            try:
                return handler(params)
            except Exception as error:
                log.exception("%s failed", method)
                told = f"cpd lsp: {method} failed: {type(error).__name__}: {error}"
                server.window_log_message(lsp.LogMessageParams(lsp.MessageType.Error, told))
                return None

        server.feature(method, options)(guarded)

    return register


def _of_life(server: Server) -> None:
    """Beginning and end, and the folders that are open."""
    desk = server.desk

    @on(server, lsp.INITIALIZE)
    def initialize(params: lsp.InitializeParams) -> None:
        desk.encoding = str(getattr(server.workspace.position_encoding, "value", server.workspace.position_encoding))
        server.answers.learn(params.capabilities)
        for uri in folders_of(params):
            desk.add_folder(uri)

    @on(server, lsp.INITIALIZED)
    def initialized(_: lsp.InitializedParams) -> None:
        _watch_files(server)
        for watched in desk.journals:
            server.checks.soon(watched, 0)

    @on(server, lsp.SHUTDOWN)
    def shutdown(_: None) -> None:
        server.shut_down = True

    @on(server, lsp.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)
    def folders_changed(params: lsp.DidChangeWorkspaceFoldersParams) -> None:
        for folder in params.event.added:
            watched = desk.add_folder(folder.uri)
            if watched:
                server.checks.soon(watched, 0)
        for folder in params.event.removed:
            for watched in desk.drop_folder(folder.uri):
                watched.known = None
                server.tell(watched)
                desk.journals.forget(watched)


def folders_of(params: lsp.InitializeParams) -> list[str]:
    """The addresses of the folders that an editor has open."""
    if params.workspace_folders:
        return [each.uri for each in params.workspace_folders]
    return [params.root_uri] if params.root_uri else []


def _watch_files(server: Server) -> None:
    """Ask the editor to tell of files that change, where it can."""
    workspace = server.client_capabilities.workspace
    watches = workspace.did_change_watched_files if workspace else None
    if watches and watches.dynamic_registration:
        globs = [lsp.FileSystemWatcher(pattern) for pattern in WATCHED_FILES]
        options = lsp.DidChangeWatchedFilesRegistrationOptions(globs)
        one = lsp.Registration("files", lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
        server.client_register_capability(lsp.RegistrationParams([one]))


def _of_documents(server: Server) -> None:
    """What is open and what is typed."""
    desk = server.desk

    @on(server, lsp.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: lsp.DidOpenTextDocumentParams) -> None:
        one = params.text_document
        server.typed(desk.open(one.uri, one.version, one.text))

    @on(server, lsp.TEXT_DOCUMENT_DID_CHANGE)
    def changed(params: lsp.DidChangeTextDocumentParams) -> None:
        one = params.text_document
        document = desk.change(one.uri, one.version, params.content_changes)
        if document:
            server.typed(document)

    @on(server, lsp.TEXT_DOCUMENT_DID_SAVE)
    def saved(params: lsp.DidSaveTextDocumentParams) -> None:
        document = desk.document(params.text_document.uri)
        if document:
            _look_again(server)
        if document and document.watched:
            server.checks.soon(document.watched, TYPING_SECONDS)

    @on(server, lsp.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: lsp.DidCloseTextDocumentParams) -> None:
        document = desk.close(params.text_document.uri)
        if document and document.watched:
            server.checks.soon(document.watched, TYPING_SECONDS)


def _of_files(server: Server) -> None:
    """What changes on the disk."""

    @on(server, lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def files_changed(_: lsp.DidChangeWatchedFilesParams) -> None:
        _look_again(server)
        for watched in server.desk.journals:
            server.checks.soon(watched, TYPING_SECONDS)


def _look_again(server: Server) -> None:
    """A cpd.yaml may have come or gone: judge the documents that belong elsewhere now."""
    for document in server.desk.look_again():
        server.typed(document)


def _of_questions(server: Server) -> None:
    """What an editor asks of a place, a document or all journals."""
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
