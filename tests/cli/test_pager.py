"""Long results go to the user's pager on a terminal, and never elsewhere."""

import os
import struct
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from cpdkit.cli.pager import fits, pager_of
from tests.journal.folders import FIELDS, MEMBER, record, write
from tests.program import PROGRAM, cpd, environment

fcntl = pytest.importorskip("fcntl")
pty = pytest.importorskip("pty")
termios = pytest.importorskip("termios")
XTERM = {"TERM": "xterm"}


@pytest.mark.parametrize(
    ("variables", "pager"),
    [
        ({"PAGER": "more -s"}, "more -s"),
        ({"PAGER": "more", "CPD_PAGER": "bat"}, "bat"),
        ({"PAGER": "more", "CPD_PAGER": ""}, ""),
        ({"PAGER": ""}, ""),
        ({"PAGER": " cat "}, ""),
        ({"PAGER": "more", "TERM": "dumb"}, ""),
        ({"GIT_PAGER": "more", "PAGER": "less -R"}, "less -R"),
    ],
)
def test_only_the_environment_names_the_pager(variables: dict[str, str], pager: str) -> None:
    assert pager_of(XTERM | variables) == pager


@pytest.mark.parametrize(
    ("text", "fitting"),
    [
        ("a", True),
        ("a\n" * 8, True),
        ("a\n" * 9, False),
        ("x" * 20 * 9, True),
        ("x" * 20 * 9 + "x", False),
        ("東" * 91, False),
    ],
)
def test_a_text_fits_with_a_line_for_the_prompt(text: str, fitting: bool) -> None:
    assert fits(text, 20, 10) is fitting


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    root = tmp_path / "journal"
    write(root, "cpd.yaml", MEMBER)
    for number in range(30):
        fields = FIELDS.replace("Relay course", f"Relay course {number}")
        write(root, f"activities/a{number:02}.md", record(fields))
    return root


def on_terminal(*args: str, env: Mapping[str, str], stdout: int | None = None) -> str:
    """What `cpd` prints on a terminal of 80 by 24."""
    above, below = pty.openpty()
    fcntl.ioctl(below, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    given = environment({"COLUMNS": None, "LINES": None, **XTERM, **env})
    child = subprocess.Popen(
        [*PROGRAM, *args], stdin=below, stdout=below if stdout is None else stdout, stderr=below, env=given
    )
    os.close(below)
    printed = b""
    while True:
        try:
            data = os.read(above, 4096)
        except OSError:
            break
        if not data:
            break
        printed += data
    os.close(above)
    assert child.wait(60) == 0, printed
    return printed.decode().replace("\r\n", "\n")


@pytest.mark.parametrize("command", ["list", "search relay", "totals --by provider", "explain"])
def test_what_is_longer_than_the_terminal_is_paged(journal: Path, command: str) -> None:
    args = [*command.split(), *([] if command.startswith("explain") else ["--journal", str(journal)])]
    printed = on_terminal(*args, env={"PAGER": "sed s/^/paged:/"})
    assert ("paged:" in printed) is (command != "totals --by provider")
    assert "…" not in printed or command != "list"


@pytest.mark.parametrize("pager", ["", "cat", "no-such-pager-at-all"])
def test_without_a_pager_all_is_printed(journal: Path, pager: str) -> None:
    printed = on_terminal("list", "--journal", str(journal), env={"CPD_PAGER": pager})
    assert printed.count("Relay course") == 30


def test_a_pager_that_is_closed_early_is_no_error(journal: Path) -> None:
    printed = on_terminal("list", "--journal", str(journal), env={"PAGER": "head -3"})
    assert printed.count("Relay course") == 2


def test_a_journal_cannot_name_the_pager(journal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mark = journal.parent / "ran"
    subprocess.run(["git", "init", "--quiet", str(journal)], check=True)
    subprocess.run(["git", "-C", str(journal), "config", "core.pager", f"touch {mark}; cat"], check=True)
    write(journal, "less", f"#!/bin/sh\ntouch {mark}\n").chmod(0o755)
    monkeypatch.chdir(journal)
    on_terminal("list", env={"CPD_PAGER": "sed s/^/paged:/"})
    assert not mark.exists()


def test_nothing_is_paged_or_cut_in_a_pipe(journal: Path) -> None:
    long = "A lecture on " + "very " * 40 + "long titles"
    write(journal, "activities/long.md", record(FIELDS.replace("Relay course", long) + "status: planned\n"))
    env = {"PAGER": "sed s/^/paged:/", "COLUMNS": "80", **XTERM}
    for command in (["list", "--status", "planned"], ["todo", "--all"], ["totals", "--by", "provider"]):
        done = cpd(*command, "--journal", journal, env=env)
        assert "paged:" not in done.out
        assert "…" not in done.out
        assert long in done.out or command[0] == "totals"
