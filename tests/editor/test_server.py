"""The real server, spoken to by an editor over pipes."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types as lsp
from pygls.lsp.server import LanguageServer

from cpdkit.editor import server as module
from cpdkit.editor.documents import EditorState
from cpdkit.editor.server import Answers, Protocol, folders_of, make_server
from tests.editor.client import CAPABILITIES, Client, edited
from tests.editor.sample_journal import COURSE, FILES
from tests.journal.folders import FIELDS, GOOD, MEMBER, record, write

WHOLE = {"start": {"line": 0, "character": 0}, "end": {"line": 99, "character": 0}}
MISSPELT = record(FIELDS.replace("title", "tittle"))
OTHER = "title: A day of switching\ntype: event\nstart: 2026-07-01\nhours: 3\n"
OTHER_BODY = """
A day in the control room with a switching schedule of forty steps, read back one by one.

## Reflection

### What did you learn?

To write each step so that whoever carries it out can stop after it, and to say aloud what I expect to see before it.
"""
MISNAMED = ("CPD212",)
INVALID_PARAMS = -32602


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place: Path = tmp_path_factory.mktemp("workspace")
    for path, text in FILES.items():
        write(place, path, text)
    write(place, "activities/2026/bad.md", MISSPELT)
    return place


@pytest.fixture(scope="module")
def client(root: Path) -> Iterator[Client]:
    client = Client(root)
    client.until(lambda: client.told)  # the first check of the journal has ended
    yield client
    assert client.close() == 0
    assert client.logged == []
    assert "Traceback" not in client.stderr


def actions(client: Client, uri: str, **context: Any) -> list[Any]:
    params = {"textDocument": {"uri": uri}, "range": WHOLE, "context": {"diagnostics": [], **context}}
    found: list[Any] = client.ask("textDocument/codeAction", params)
    return found


def test_it_says_what_it_can(client: Client) -> None:
    able = client.server["capabilities"]
    assert able["positionEncoding"] == "utf-16"
    assert able["textDocumentSync"]["change"] == 2
    assert able["codeActionProvider"]["codeActionKinds"] == ["quickfix", "source.fixAll.cpdkit"]
    assert client.server["serverInfo"]["name"] == "cpdkit"


def test_it_asks_to_be_told_of_files_that_change(client: Client) -> None:
    client.until(lambda: client.asked)
    (wanted,) = (each for each in client.asked if each["method"] == "client/registerCapability")
    assert wanted["params"]["registrations"][0]["method"] == "workspace/didChangeWatchedFiles"


def test_files_that_are_not_open_are_told_of(client: Client, root: Path) -> None:
    assert client.codes((root / "activities/2026/bad.md").as_uri(), *MISNAMED) == list(MISNAMED)


def test_problems_come_while_typing_at_the_editors_columns(client: Client, root: Path) -> None:
    path = root / "activities/2026/typed.md"
    fields = (
        'title: "👍"\r\ntype: event\r\nsigned-off: {by: 👩‍🔧 Jo, on: 2026-02-30}\r\nstart: 2026-01-01\r\nhours: 2\r\n'
    )
    uri = client.open(path, record(fields).replace("\r\n", "\n").replace("\n", "\r\n"))
    client.codes(uri, "CPD204")
    (found,) = client.told[uri]
    assert found["range"] == {"start": {"line": 3, "character": 31}, "end": {"line": 3, "character": 41}}
    assert (found["severity"], found["source"]) == (1, "cpdkit")
    client.change(uri, 2, ((3, 39), (3, 41), "20"), ((1, 8), (1, 10), "Switch"))
    client.codes(uri)
    assert client.versions[uri] == 2
    client.change(uri, 3, ((2, 6), (2, 11), "evnt"))
    client.codes(uri, "CPD208")
    client.tell("textDocument/didClose", {"textDocument": {"uri": uri}})
    client.codes(uri)


def test_fixes_are_made_by_an_editor(client: Client, root: Path) -> None:
    path = write(root, "activities/2026/fixed.md", MISSPELT)
    uri = client.open(path, version=4)
    client.codes(uri, *MISNAMED)
    fix, *_ = actions(client, uri, only=["quickfix"])
    (change,) = fix["edit"]["documentChanges"]
    assert change["textDocument"] == {"uri": uri, "version": 4}
    assert edited(MISSPELT, change["edits"]) == GOOD
    assert fix["title"] == 'Rename it to "title"'


def test_edits_come_without_a_version_for_an_editor_that_takes_none(root: Path) -> None:
    client = Client(root, capabilities={**CAPABILITIES, "workspace": {}})
    uri = client.open(root / "activities/2026/plain.md", MISSPELT, version=4)
    client.codes(uri, *MISNAMED)
    fix, fix_all = actions(client, uri)
    assert list(fix["edit"]["changes"]) == list(fix_all["edit"]["changes"]) == [uri]
    assert edited(MISSPELT, fix_all["edit"]["changes"][uri]) == GOOD
    assert client.close() == 0


def test_all_fixes_are_made_at_once(client: Client, root: Path) -> None:
    text = record("title: a\ntype: Training\nstart: 2026-03-14\nhours: 2\nlocaton: 👍\n").replace("\n", "\r\n")
    uri = client.open(root / "activities/2026/all.md", text)
    client.codes(uri, "CPD208", "CPD212")
    (fix,) = actions(client, uri, only=["source.fixAll"])
    (change,) = fix["edit"]["documentChanges"]
    after = text.replace("Training", "training").replace("localton", "location").replace("locaton", "location")
    assert edited(text, change["edits"]) == after


def test_a_problem_is_accepted_with_a_reason(client: Client, root: Path) -> None:
    text = record(FIELDS.replace("Relay course", "Course"))
    uri = client.open(root / "activities/2026/accepted.md", text)
    client.codes(uri, "CPD406")
    accept = next(each for each in actions(client, uri) if each["title"].startswith("Accept CPD406"))
    after = edited(text, accept["edit"]["documentChanges"][0]["edits"])
    client.change(uri, 2, after.replace('CPD406: ""', "CPD406: it is called that"))
    client.codes(uri)


def test_values_are_proposed_in_a_text_that_is_broken(client: Client, root: Path) -> None:
    uri = client.open(root / "activities/2026/new.md", "---\ntitle: 👍 x\ncompetences: [A1, \ntype: \n")
    client.codes(uri, "CPD110")
    assert client.labels(uri, 2, 18)[0] == "B2"
    assert "A1" not in client.labels(uri, 2, 18)
    assert client.labels(uri, 3, 6)[0] == "training"
    assert client.labels(uri, 4, 0)[0] == "start"


def test_things_tell_what_they_are(client: Client, root: Path) -> None:
    uri = client.open(root / COURSE)
    line = FILES[COURSE].split("\n").index("objectives: [grid]")
    expected = client.at("hover", uri, line, 15)["contents"]["value"]
    assert expected.startswith(r"**Understand \*storage\***")
    assert client.at("hover", uri, line, 2)["contents"]["value"].startswith("**objectives**")
    assert client.at("hover", uri, 20, 0) is None


def test_names_lead_to_files_and_back(client: Client, root: Path) -> None:
    uri, plan = client.open(root / COURSE), client.open(root / "plan/grid.md")
    line = FILES[COURSE].split("\n").index("objectives: [grid]")
    assert client.at("definition", uri, line, 15)["uri"] == plan
    back = client.at("references", plan, 1, 3, context={"includeDeclaration": False})
    assert uri in [each["uri"] for each in back]
    linked = client.ask("textDocument/documentLink", {"textDocument": {"uri": uri}})
    assert [each["target"] for each in linked] == [plan, (root / "evidence/certificate.pdf").as_uri()]


def test_references_stand_where_files_say_them_now(client: Client, root: Path) -> None:
    """The open text counts, not the file that has another."""
    talk = "activities/2026/2026-05-02-talk.md"
    text = FILES[talk].replace("objectives: [grid]", "topics: [wind]\nobjectives: [grid]")
    uri = client.open(root / talk, text)
    client.codes(uri)
    line = text.split("\n").index("objectives: [grid]")

    def references() -> list[tuple[str, int]]:
        answer = client.at("references", uri, line, 13, context={"includeDeclaration": False})
        return [(each["uri"], each["range"]["start"]["line"]) for each in answer]

    assert (uri, line) in references()
    assert ((root / COURSE).as_uri(), FILES[COURSE].split("\n").index("objectives: [grid]")) in references()
    client.tell("textDocument/didClose", {"textDocument": {"uri": uri}})


def test_there_are_lists_to_jump_in(client: Client, root: Path) -> None:
    uri = client.open(root / COURSE)
    found = client.ask("textDocument/documentSymbol", {"textDocument": {"uri": uri}})
    assert [each["name"] for each in found][-1] == "Reflection"
    assert [each["name"] for each in found[-1]["children"]] == ["What did you learn?"]
    records = client.ask("workspace/symbol", {"query": "understand"})
    assert [each["name"] for each in records] == ["Understand *storage*"]


def test_what_changes_on_the_disk_is_judged_when_the_editor_tells(client: Client, root: Path) -> None:
    path = root / "activities/2026/outside.md"
    write(root, "activities/2026/outside.md", MISSPELT)
    changed = {"changes": [{"uri": path.as_uri(), "type": 1}]}
    client.tell("workspace/didChangeWatchedFiles", changed)
    client.codes(path.as_uri(), *MISNAMED)
    path.unlink()
    client.tell("workspace/didChangeWatchedFiles", changed)
    client.codes(path.as_uri())


def test_a_new_objective_counts_before_it_is_saved(client: Client, root: Path) -> None:
    uri = client.open(root / "activities/2026/aims.md", record(OTHER + "objectives: [brand-new]\n", OTHER_BODY))
    client.codes(uri, "CPD503")
    client.open(root / "plan/brand-new.md", record("title: Something new\n", ""))
    client.codes(uri)


def test_files_outside_any_journal_are_left_alone(client: Client, tmp_path: Path) -> None:
    uri = client.open(tmp_path / "README.md", MISSPELT)
    for question in ("completion", "hover", "definition"):
        assert client.at(question, uri, 1, 1) is None
    assert client.at("references", uri, 1, 1, context={"includeDeclaration": False}) is None
    for question in ("documentSymbol", "documentLink"):
        assert client.ask(f"textDocument/{question}", {"textDocument": {"uri": uri}}) is None
    assert actions(client, uri) is None
    assert uri not in client.told


def test_before_the_first_check_only_fields_are_proposed(tmp_path: Path) -> None:
    for path, text in FILES.items():
        write(tmp_path, path, text)
    state = EditorState()
    document = state.open((tmp_path / COURSE).as_uri(), 1, FILES[COURSE])
    answers, identifier, place = Answers(state), lsp.TextDocumentIdentifier(document.uri), lsp.Position(1, 1)
    assert answers.definition(lsp.DefinitionParams(identifier, place)) is None
    assert answers.links(lsp.DocumentLinkParams(identifier)) is None
    assert answers.workspace_symbols(lsp.WorkspaceSymbolParams("")) == []
    assert answers.actions(lsp.CodeActionParams(identifier, lsp.Range(place, place), lsp.CodeActionContext([]))) == []
    proposed = answers.complete(lsp.CompletionParams(identifier, place))
    assert proposed
    assert proposed.items


def test_a_second_journal_is_served_beside_the_first(client: Client, tmp_path: Path) -> None:
    write(tmp_path, "cpd.yaml", MEMBER)
    bad = write(tmp_path, "plan/aim.md", record("status: open\n", "")).as_uri()
    folder = {"uri": tmp_path.as_uri(), "name": "second"}
    client.tell("workspace/didChangeWorkspaceFolders", {"event": {"added": [folder], "removed": []}})
    client.codes(bad, "CPD201")
    client.tell("workspace/didChangeWorkspaceFolders", {"event": {"added": [], "removed": [folder]}})
    client.codes(bad)


def test_a_journal_may_come_and_go(tmp_path: Path) -> None:
    client = Client(tmp_path)
    uri = client.open(write(tmp_path, "activities/a.md", MISSPELT))
    assert client.at("hover", uri, 1, 1) is None
    member = write(tmp_path, "cpd.yaml", MEMBER)
    client.tell("workspace/didChangeWatchedFiles", {"changes": [{"uri": member.as_uri(), "type": 1}]})
    client.codes(uri, *MISNAMED)
    member.unlink()
    client.tell("workspace/didChangeWatchedFiles", {"changes": [{"uri": member.as_uri(), "type": 3}]})
    client.codes(uri)
    assert client.close() == 0


def test_it_counts_as_the_editor_does(root: Path) -> None:
    client = Client(capabilities={**CAPABILITIES, "general": {"positionEncodings": ["utf-8", "utf-16"]}})
    assert client.server["capabilities"]["positionEncoding"] == "utf-8"
    uri = client.open(root / "activities/2026/utf8.md", record(FIELDS + "signed-off: {by: é👍, on: 2026-02-30}\n"))
    client.codes(uri, "CPD204")
    assert client.told[uri][0]["range"]["start"]["character"] == 29
    assert client.close() == 0


def test_an_editor_that_goes_away_without_a_word_is_no_success(tmp_path: Path) -> None:
    assert Client(tmp_path).end() == 1


def test_an_end_without_a_shutdown_is_no_success(tmp_path: Path) -> None:
    client = Client(tmp_path)
    client.tell("exit", None)
    assert client.end() == 1


def test_a_message_that_makes_no_sense_ends_nothing(root: Path) -> None:
    client = Client(root)
    assert client.process.stdin
    client.process.stdin.write(b"Content-Length: 3\r\n\r\n{{{")
    client.process.stdin.flush()
    client.tell(
        "textDocument/didChange", {"textDocument": {"uri": "file:///no.md", "version": 1}, "contentChanges": []}
    )
    # Its report on a file means that it has read the journal.
    assert client.codes((root / "activities/2026/bad.md").as_uri(), *MISNAMED) == list(MISNAMED)
    assert client.ask("workspace/symbol", {"query": "relay"})[0]["name"] == "Relay course"
    assert client.logged
    assert client.close() == 0


def test_a_position_that_makes_no_sense_is_an_error(root: Path) -> None:
    client = Client(root)
    uri = client.open(root / COURSE)
    for line, character in (
        (-1, 0), (0, -5), ("a", 0), (0, None), (2**40, 0), (2**31, 0), (0, 2**31), (1.5, 0), (0, 0.5), (1e300, 0),
        ([], 0), (0, {}), (True, 0), ("1", 0),
    ):  # fmt: skip
        place = {"line": line, "character": character}
        document = {"textDocument": {"uri": uri}}
        stretch = {"range": {"start": {"line": 0, "character": 0}, "end": place}, "context": {"diagnostics": []}}
        for method, params in (("hover", {"position": place}), ("codeAction", stretch)):
            answer = client.response(f"textDocument/{method}", document | params)
            assert answer["error"]["code"] == INVALID_PARAMS, (method, place, answer)
    assert client.at("hover", uri, 1, 2)
    assert client.close() == 0


def test_a_position_past_the_end_is_the_end(client: Client, root: Path) -> None:
    uri = client.open(root / COURSE)
    assert client.at("hover", uri, 99_999, 99_999) is None
    assert client.at("hover", uri, 1, 99_999) == client.at("hover", uri, 1, len("title: Relay course"))


def test_a_bug_in_an_answer_is_logged_and_ends_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    server, sent = make_server(), list[str]()
    monkeypatch.setattr(server, "window_log_message", lambda params: sent.append(params.message))

    def broken(params: str) -> None:
        raise RuntimeError(f"a bug with {params}")

    module.on(server, "cpd/broken")(broken)
    assert server.protocol.fm.features["cpd/broken"]("this") is None
    assert sent == ["cpd lsp: cpd/broken failed: RuntimeError: a bug with this"]


def test_one_folder_of_an_older_editor_counts_too() -> None:
    params = lsp.InitializeParams(lsp.ClientCapabilities(), root_uri="file:///a")
    assert folders_of(params) == ["file:///a"]
    assert folders_of(lsp.InitializeParams(lsp.ClientCapabilities())) == []


def test_the_files_of_a_good_record_have_no_news(client: Client, root: Path) -> None:
    uri = client.open(root / "activities/2026/good.md", GOOD.replace("Relay course", "Relays, part two"))
    client.change(uri, 2, ((1, 7), (1, 13), "relays"))
    client.labels(uri, 1, 1)
    assert client.told.get(uri, []) == []
    assert json.dumps(client.versions.get(uri)) in ("null", "1", "2")


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
