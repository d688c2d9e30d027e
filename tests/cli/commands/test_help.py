"""`cpd help`: the same text as --help, and a manual page that roff reads without a warning."""

import shutil
import subprocess

import pytest

from cpdkit.cli.main import COMMANDS, run

Captured = pytest.CaptureFixture[str]


@pytest.mark.parametrize(
    ("words", "command"),
    [
        ([], []),
        (["list"], ["list"]),
        (["ls"], ["list"]),
        (["plan", "done"], ["plan", "done"]),
        (["import"], ["import"]),
    ],
)
def test_it_is_the_help_of_the_command(words: list[str], command: list[str], capsys: Captured) -> None:
    assert run(["help", *words]) == 0
    shown = capsys.readouterr()
    assert run([*command, "--help"]) == 0
    assert capsys.readouterr() == shown


@pytest.mark.parametrize("words", [["nothing"], ["plan", "nothing"], ["list", "2024"], ["--man", "list"]])
def test_what_is_not_a_command(words: list[str], capsys: Captured) -> None:
    assert run(["help", *words]) == 2
    assert capsys.readouterr().out == ""


def test_the_manual_page_has_every_command(capsys: Captured) -> None:
    assert run(["help", "--man"]) == 0
    page = capsys.readouterr().out
    assert page.isascii()
    assert [name for name in COMMANDS if f"\n.SS cpd {name} " not in page] == []
    assert "\n.SS cpd plan review " in page
    assert not [line for line in page.splitlines() if line.startswith("'")]
    groff = shutil.which("groff")
    if groff is None:
        pytest.skip("groff is not installed")
    done = subprocess.run([groff, "-man", "-ww", "-Tutf8"], input=page.encode(), capture_output=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"cpd help report" in done.stdout
