from lsprotocol import types as lsp
from pygls.lsp.server import LanguageServer

from cpdkit.editor.syncing import Protocol


def test_documents_are_the_servers_own_to_keep() -> None:
    server, got = LanguageServer("a", "1", protocol_cls=Protocol), list[str]()

    @server.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)
    def changed(params: lsp.DidChangeTextDocumentParams) -> None:
        got.append(params.text_document.uri)

    named = lsp.VersionedTextDocumentIdentifier(2, "file:///a.md")
    params = lsp.DidChangeTextDocumentParams(named, [])
    builtin = server.protocol.fm.builtin_features[lsp.TEXT_DOCUMENT_DID_CHANGE]
    ((handler, args, _),) = list(builtin(params))
    handler(*args)
    assert got == ["file:///a.md"]
    assert list(server.protocol.fm.builtin_features[lsp.TEXT_DOCUMENT_DID_OPEN](params)) == []
