"""The completion scripts of the shells, run in the shells that are installed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cpdkit.cli.commands.completion import SHELLS
from cpdkit.cli.main import run
from tests.program import make_journal

Captured = pytest.CaptureFixture[str]
CHECKS = {
    "bash": ["bash", "-n"],
    "zsh": ["zsh", "-n"],
    "fish": ["fish", "--no-execute"],
    "powershell": [
        "pwsh", "-NoProfile", "-Command",
        "$e = $null; [void][System.Management.Automation.Language.Parser]::ParseFile($args[0], [ref]$null, [ref]$e); "
        "exit $e.Count",
    ],
}  # fmt: skip
"""Commands that read a script without running it."""
IN_BASH = """
eval "$(cpd completion bash)"
COMP_WORDS=(cpd "$@"); COMP_CWORD=$(( ${#COMP_WORDS[@]} - 1 ))
_cpd_completion cpd
printf '%s\n' "${COMPREPLY[@]}"
"""


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_is_one_of_the_shell(shell: str, tmp_path: Path, capsys: Captured) -> None:
    assert run(["completion", shell]) == 0
    script = tmp_path / "cpd.ps1"
    script.write_text(capsys.readouterr().out, encoding="utf-8")
    program = shutil.which(CHECKS[shell][0])
    if program is None:
        pytest.skip(f"{shell} is not installed")
    subprocess.run([program, *CHECKS[shell][1:], str(script)], check=True, timeout=60)


@pytest.mark.skipif(shutil.which("bash") is None or sys.platform == "win32", reason="bash")
@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (["ch"], ["check"]),
        (["show", "lect"], ["2026-03-14-a-lecture"]),
        (["--journal", "J", "show", "lect"], ["2026-03-14-a-lecture"]),
        (["completion", "p"], ["powershell"]),
        (["help", "plan", "rev"], ["review"]),
        (["plan", "--jour"], ["--journal"]),
    ],
)
def test_bash_completes(tmp_path: Path, words: list[str], offered: list[str]) -> None:
    env = installed_in(tmp_path)
    command = ["bash", "--norc", "-c", IN_BASH, "bash", *words]
    done = subprocess.run(command, env=env, cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert done.stdout.split() == offered, done.stderr


def installed_in(tmp_path: Path) -> dict[str, str]:
    """Return an environment with the program `cpd`, and a journal that is also in the folder J."""
    make_journal(tmp_path / "J", {"activities/2026-03-14-a-lecture.md": b"\xff"})
    program = tmp_path / "bin" / "cpd"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -P -m cpdkit "$@"\n')
    program.chmod(0o755)
    path = f"{program.parent}{os.pathsep}{os.environ['PATH']}"
    return {**os.environ, "PATH": path, "CPD_JOURNAL": str(tmp_path / "J")}


@pytest.mark.skipif(shutil.which("fish") is None, reason="fish")
@pytest.mark.parametrize(
    ("line", "offered"), [("cpd comple", "completion"), ("cpd --journal J show lect", "2026-03-14-a-lecture")]
)
def test_fish_completes(tmp_path: Path, line: str, offered: str) -> None:
    env = installed_in(tmp_path)
    code = f"cpd completion fish | source; complete --do-complete '{line}'"
    done = subprocess.run(["fish", "--no-config", "-c", code], env=env, cwd=tmp_path, capture_output=True, text=True)
    assert [each.split("\t")[0] for each in done.stdout.splitlines()] == [offered], done.stderr


@pytest.mark.parametrize(
    ("before", "word", "offered"),
    [
        ("cpd", "comple", ["completion\tPrint the script that completes cpd in your shell."]),
        ("cpd\nshow", "LECT", ["2026-03-14-a-lecture\t2026-03-14-a-lecture"]),
        ("cpd\ncompletion", None, [f"{shell}\t{shell}" for shell in SHELLS]),
        ("cpd\nreport\nsummary\n--out", "x", []),
    ],
)
def test_powershell_gets_a_word_and_its_help_a_line(
    tmp_path: Path, before: str, word: str | None, offered: list[str], monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    make_journal(tmp_path, {"activities/2026-03-14-a-lecture.md": b"\xff", "activities/evil';rm.md": b""})
    monkeypatch.setenv("CPD_JOURNAL", str(tmp_path))
    monkeypatch.setenv("_CPD_COMPLETE", "powershell_complete")
    monkeypatch.setenv("COMP_WORDS", before)
    monkeypatch.delenv("COMP_CWORD", raising=False)
    if word is not None:
        monkeypatch.setenv("COMP_CWORD", word)
    assert run([]) == 0
    assert capsys.readouterr().out.split("\n")[:-1] == (offered or [""])


@pytest.mark.parametrize("name", ["pwsh", "PowerShell"])
def test_the_names_of_powershell(name: str, capsys: Captured) -> None:
    assert run(["completion", name]) == 0
    assert "Register-ArgumentCompleter" in capsys.readouterr().out
