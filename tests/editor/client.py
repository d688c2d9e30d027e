"""An editor of a few lines: it starts the real server, speaks the protocol through pipes, and waits for answers."""

import json
import os
import queue
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

from lsprotocol.types import Position, Range

from cpdkit.editor.positions import Text

SECONDS = 30
"""How long an answer may take on a busy machine before the test fails."""
CAPABILITIES = {
    "general": {"positionEncodings": ["utf-16"]},
    "workspace": {
        "workspaceEdit": {"documentChanges": True},
        "didChangeWatchedFiles": {"dynamicRegistration": True},
        "workspaceFolders": True,
    },
    "textDocument": {"documentSymbol": {"hierarchicalDocumentSymbolSupport": True}},
}


class Client:
    """One editor with one server."""

    def __init__(self, *folders: Path, today: str = "2026-11-23", capabilities: Any = CAPABILITIES) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "cpdkit", "lsp", "--stdio"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "CPD_TODAY": today},
        )
        self.told: dict[str, list[dict[str, Any]]] = {}
        self.versions: dict[str, Any] = {}
        self.asked: list[dict[str, Any]] = []
        self.logged: list[str] = []
        self._answers: dict[int, queue.Queue[dict[str, Any]]] = {}
        self._number = 0
        self._news = threading.Condition()
        threading.Thread(target=self._listen, daemon=True).start()
        named = [{"uri": folder.as_uri(), "name": folder.name} for folder in folders]
        self.server = self.ask(
            "initialize",
            {"processId": None, "rootUri": None, "capabilities": capabilities, "workspaceFolders": named or None},
        )
        self.tell("initialized", {})

    def ask(self, method: str, params: Any = None) -> Any:
        """The answer to a question; an error of the protocol fails the test."""
        answer = self.response(method, params)
        assert "error" not in answer, answer
        return answer["result"]

    def response(self, method: str, params: Any = None) -> dict[str, Any]:
        """The response to a question, which may be an error."""
        self._number += 1
        answer = self._answers[self._number] = queue.Queue()
        self._send({"id": self._number, "method": method, "params": params})
        return answer.get(timeout=SECONDS)

    def tell(self, method: str, params: Any) -> None:
        self._send({"method": method, "params": params})

    def open(self, path: Path, text: str | None = None, version: int = 1) -> str:
        """Open a file, with another text than it has where one is given; its address."""
        uri = path.as_uri()
        expected = path.read_bytes().decode() if text is None else text
        item = {"uri": uri, "languageId": "markdown", "version": version, "text": expected}
        self.tell("textDocument/didOpen", {"textDocument": item})
        return uri

    def change(self, uri: str, version: int, *changes: Any) -> None:
        """Change a document: a whole text, or (start, end, new) with (line, character) pairs."""
        sent = [each if isinstance(each, str) else _stretch(*each) for each in changes]
        parts = [{"text": each} if isinstance(each, str) else each for each in sent]
        self.tell("textDocument/didChange", {"textDocument": {"uri": uri, "version": version}, "contentChanges": parts})

    def at(self, method: str, uri: str, line: int, character: int, **more: Any) -> Any:
        """The answer to a question about a place."""
        where = {"textDocument": {"uri": uri}, "position": {"line": line, "character": character}}
        return self.ask(f"textDocument/{method}", {**where, **more})

    def labels(self, uri: str, line: int, character: int) -> list[str]:
        """What is proposed at a place."""
        return [each["label"] for each in self.at("completion", uri, line, character)["items"]]

    def codes(self, uri: str, *wanted: str) -> list[str]:
        """Return the codes reported for a file, once they are the wanted ones."""
        self.until(lambda: sorted(each["code"] for each in self.told.get(uri, [])) == sorted(wanted))
        return [each["code"] for each in self.told.get(uri, [])]

    def until(self, true: Any) -> None:
        """Wait until a message of the server has made it true."""
        with self._news:
            assert self._news.wait_for(true, timeout=SECONDS), self.told

    def close(self) -> int:
        """End the server as an editor does; its exit code."""
        self.ask("shutdown")
        self.tell("exit", None)
        return self.end()

    def end(self) -> int:
        """Close the pipes; the exit code."""
        assert self.process.stdin
        assert self.process.stdout
        assert self.process.stderr
        self.process.stdin.close()
        code = self.process.wait(SECONDS)
        self.process.stdout.close()
        self.stderr = self.process.stderr.read().decode()
        self.process.stderr.close()
        return code

    def _send(self, message: dict[str, Any]) -> None:
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(data), data))
        self.process.stdin.flush()

    def _listen(self) -> None:
        stream = self.process.stdout
        assert stream
        while header := stream.readline():
            length = int(header.split(b":")[1])
            while stream.readline().strip():
                pass
            self._take(json.loads(stream.read(length)))

    def _take(self, message: dict[str, Any]) -> None:
        method, params = message.get("method"), message.get("params")
        with self._news:
            if method == "textDocument/publishDiagnostics":
                self.told[params["uri"]] = params["diagnostics"]
                self.versions[params["uri"]] = params.get("version")
            elif method == "window/logMessage":
                self.logged.append(params["message"])
            elif method:
                self.asked.append(message)
            self._news.notify_all()
        if method and "id" in message:
            # The test may have closed the pipe meanwhile.
            with suppress(OSError, ValueError):
                self._send({"id": message["id"], "result": None})
        elif "id" in message:
            self._answers[message["id"]].put(message)


def _stretch(start: tuple[int, int], end: tuple[int, int], new: str) -> dict[str, Any]:
    return {"range": {"start": _place(start), "end": _place(end)}, "text": new}


def _place(pair: tuple[int, int]) -> dict[str, int]:
    return {"line": pair[0], "character": pair[1]}


def edited(text: str, edits: list[dict[str, Any]], encoding: str = "utf-16") -> str:
    """A text with the edits that a server sent, made as an editor makes them: all in the text as it was."""
    now = Text(text, encoding)
    placed = sorted(edits, key=lambda each: (each["range"]["start"]["line"], each["range"]["start"]["character"]))
    for each in reversed(placed):
        now = now.changed(Range(Position(**each["range"]["start"]), Position(**each["range"]["end"])), each["newText"])
    return now.source
