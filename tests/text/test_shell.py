"""Words of suggested commands, as each shell reads them."""

import re
import shlex
import subprocess
import sys
from types import SimpleNamespace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cpdkit.text import shell
from cpdkit.text.shell import quote

WORDS = st.text(st.sampled_from("ab é$`'\";&|()<>{}@#~*?!%^,\\\n\u201c\u2019"), max_size=12)


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shell, "sys", SimpleNamespace(platform="win32"))


def as_programs_split(line: str) -> list[str]:
    """The arguments that a program of Windows makes of its command line (CommandLineToArgvW)."""
    words, word, quoted, at = [], "", False, 0
    while at < len(line):
        slashes = len(line[at:]) - len(line[at:].lstrip("\\"))
        at += slashes
        if line[at : at + 1] == '"':
            word += "\\" * (slashes // 2)
            if slashes % 2:
                word += '"'
            elif quoted and line[at + 1 : at + 2] == '"':
                word, at = word + '"', at + 1
            else:
                quoted = not quoted
        else:
            word += "\\" * slashes
            if line[at : at + 1] == " " and not quoted:
                words, word = [*words, word], ""
            else:
                word += line[at : at + 1]
        at += 1
    return [*words, word]


def outside_quotes(line: str) -> str:
    """What cmd.exe reads as commands: each double quote begins or ends what it does not."""
    return "".join(line.split('"')[::2])


@pytest.mark.skipif(sys.platform == "win32", reason="a shell of POSIX")
@given(word=WORDS)
def test_a_shell_of_posix_reads_one_word(word: str) -> None:
    assert shlex.split(quote(word)) == [word]
    if word.isascii():
        assert subprocess.check_output(["/bin/sh", "-c", f"printf %s {quote(word)}"]) == word.encode()


@given(word=WORDS)
@example(word="C:\\my folder\\")
@example(word='a" & calc & "')
@example(word="a & calc")
@pytest.mark.usefixtures("windows")
def test_no_shell_of_windows_reads_a_command(word: str) -> None:
    quoted = quote(word)
    if quoted != word:
        assert not set(outside_quotes(quoted)) & set("&|<>^() \n")
        # PowerShell reads `$` and a backtick inside double quotes, unless a backtick is before them.
        assert re.sub("`.", "", quoted) == re.sub("`[`$\u201c\u201d\u201e]", "", quoted)
        assert "$" not in re.sub("`.", "", quoted)
    else:
        assert re.fullmatch(r"[\w./\\:+-]+", word, re.ASCII)


@given(word=WORDS.filter(lambda word: not set(word) & set("`$\u201c")))
@pytest.mark.usefixtures("windows")
def test_a_program_of_windows_gets_the_word(word: str) -> None:
    line = quote(word)
    assert as_programs_split(line) == [word] or '\\"' in word


@pytest.mark.parametrize(
    ("word", "quoted"),
    [
        ("relay-settings", "relay-settings"),
        (r"activities\2026\a.md", r"activities\2026\a.md"),
        ("a b", '"a b"'),
        ("a,b", '"a,b"'),  # a list of two words to PowerShell
        ("it's", '"it\'s"'),
        ("$(calc)", '"`$(calc)"'),
        ("", '""'),
        ("C:\\my cpd\\", '"C:\\my cpd\\\\"'),
    ],
)
@pytest.mark.usefixtures("windows")
def test_words_for_windows(word: str, quoted: str) -> None:
    assert quote(word) == quoted
