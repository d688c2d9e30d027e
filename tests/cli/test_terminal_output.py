"""What reaches a terminal from a journal full of control characters, in every command; a pipe gets all of it."""

import io
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdkit.cli.console import Console, print_text
from cpdkit.cli.main import run
from cpdkit.text.terminal import safe_for_terminal
from tests.journal.folders import BODY, MEMBER, record, write

STYLE = re.compile(r"\x1b\[(?:0|1|2|3[1236]|1;3[15])m")
DANGER = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]")
MARK = "PAINTED"
EVIL = f"x\x1b]52;c;aGk=\x07\x1b[31m{MARK}\x1b[8m\x9b2J\u202e\u2066\rz"
COMMANDS = """
check · check --format json · check --format jsonl · check --format github · check --format gitlab
check --format sarif · check --format junit · check --statistics · check --diff · check --fix · status --explain
status --format json · todo · todo --format json · plan · plan review · plan --format json · list
list --format csv · list --format yaml · list --format json · list --format jsonl · list --by folder · totals
totals --by folder · totals --by topic · competences · doctor · search PAINTED · show a · show a --format json
reflect --list · export --format csv · export --format json · export --format jsonl · export --format ics
schema · schema member · report --list · report summary --format md --out out · report nonsense · scheme list
scheme show own · explain CPD204 · explain CPD999 · move a · move a New --dry-run · move a New
rename a new --dry-run · retype event training · set a hours=3 --dry-run · set PAINTED hours=3 · done PAINTED
merge a b --dry-run · attach a PAINTED · show PAINTED · new PAINTED --dry-run · plan new PAINTED --dry-run
import table.csv --dry-run · import table.csv · unknown · list --type PAINTED · show nothing
"""


class Terminal(io.TextIOWrapper):
    """A stream that says that it is a terminal, and what it got."""

    def __init__(self) -> None:
        super().__init__(io.BytesIO(), "utf-8", "backslashreplace", newline="", write_through=True)

    def isatty(self) -> bool:
        return True

    @property
    def text(self) -> str:
        assert isinstance(self.buffer, io.BytesIO)
        return self.buffer.getvalue().decode("utf-8")


def terminals(monkeypatch: pytest.MonkeyPatch) -> tuple[Terminal, Terminal]:
    """Put terminals in the place of stdout and stderr. In a fixture, pytest would replace them again."""
    streams = Terminal(), Terminal()
    monkeypatch.setattr("sys.stdout", streams[0])
    monkeypatch.setattr("sys.stderr", streams[1])
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "100")
    return streams


@pytest.fixture
def hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A journal with control characters in the names of files, and as escapes in values, which YAML decodes."""
    quoted = '"' + EVIL.encode("unicode_escape").decode() + '"'
    fields = (
        f"type: event\nstart: 2026-03-14\nhours: 2\nprovider: {quoted}\ntopics: [{quoted}]\nobjectives: [{quoted}]\n"
    )
    name = EVIL.replace("/", "")
    files = {
        "cpd.yaml": f"{MEMBER}schemes: [{{scheme: iet}}, {{scheme: own}}]\nx-own: {quoted}\n",
        "activities/a.md": record(f"title: Plain\n{fields}evidence: [{quoted}]\n", BODY + EVIL),
        "activities/b.md": record(f"title: {quoted}\n{fields}"),
        "activities/c.md": f"---\ntitle: {EVIL}\ntype: Event \nfield{EVIL}: 1\n---\n",
        f"activities/{name}/{name}.md": record(f"title: T\n{fields}status: planned\n"),
        f"activities/{name}.md": record("title: T\ntype: Event\nstart: 2026-03-14\nhours: 2\n"),
        f"activities/{name}.txt": "x",
        f"plan/{name}.md": record("title: O\nstart: 2026-01-01\nby: 2026-02-01\n"),
        "plan/o.md": record(f"title: {quoted}\nstart: 2026-01-01\nby: 2026-02-01\nactions: [{{action: {quoted}}}]\n"),
        f"evidence/{name}.pdf": "x",
        f"schemes/{name}.yaml": "title: x\n",
        "schemes/own.yaml": f"title: {quoted}\nunit: hours\nrequirements: [{{id: a, title: {quoted}, at-least: 3}}]\n",
        f"templates/{name}.md.j2": f"{{# {EVIL} #}}\n",
        "templates/own.md.j2": f"{{# {EVIL} #}}\n{{{{ 1/0 }}}}",
        "table.csv": f"Date,Title,Type,Hours{EVIL!r}\n2026-01-01,A {EVIL},event,2\n",
    }
    for path, text in files.items():
        write(tmp_path, path, text)
    monkeypatch.setenv("CPD_TODAY", "2026-11-24")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def commands() -> list[str]:
    return COMMANDS.strip().replace("\n", " · ").split(" · ")


@pytest.mark.parametrize("colour", ["always", "never"])
@pytest.mark.parametrize("command", commands())
def test_a_terminal_gets_no_control_characters(
    hostile: Path, monkeypatch: pytest.MonkeyPatch, command: str, colour: str
) -> None:
    terminal = terminals(monkeypatch)
    words = [EVIL if word == MARK else word for word in command.split()]
    takes_colour = words[0] not in ("unknown", "lsp")
    run([*words, "--color", colour] if takes_colour else words)
    for stream in terminal:
        plain = STYLE.sub("", stream.text).replace("\r\x1b[2K", "")
        assert not DANGER.search(plain.replace("\r\n", "\n")), repr(plain)
        assert f"\x1b[31m{MARK}" not in stream.text, repr(stream.text)
        assert colour == "always" or "\x1b" not in plain
    assert "".join(stream.text for stream in terminal)


@given(st.text(st.one_of(st.characters(), st.sampled_from("\x1b[]m01;38\x07\x9b\u202e\r\n\t")), max_size=40))
def test_any_text_is_safe(text: str) -> None:
    shown = safe_for_terminal(text)
    assert not DANGER.search(STYLE.sub("", shown))
    assert safe_for_terminal(shown) == shown
    if not DANGER.search(text) and not re.search("[\ud800-\udfff]", text):
        assert shown == text


@pytest.mark.parametrize("text", ["\x1b[31mred\x1b[0m", EVIL, "a\tb\r\nc\n"])
def test_a_pipe_gets_the_text_as_it_is(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    Console(colour=True).show(text)
    assert capsys.readouterr().out == text + "\n"


def test_a_result_for_a_program_is_shown_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = terminals(monkeypatch)
    Console().hand_over("é\x1b[2J\u202e\n".encode() + b"\xff\n")
    assert terminal[0].text == "é\\e[2J\\u202e\n\\xff\n"


def test_instructions_for_the_terminal_are_kept() -> None:
    terminal = Terminal()
    print_text("\x1b[2J\x1b[1mx\x1b[0m", terminal, before="\x1b[H", end="")
    assert terminal.text == "\x1b[H\\e[2J\x1b[1mx\x1b[0m"
