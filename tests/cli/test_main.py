"""The command line as a process: version, help, completion, streams."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import click
import pytest

from cpdkit import __version__
from cpdkit.cli.main import ALIASES, COMMANDS, MEANT, SECTIONS, LazyGroup, NoSuchCommand, run
from tests.program import make_journal


def cpd(args: Sequence[str], **environment: str) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(
        [sys.executable, "-m", "cpdkit", *args], capture_output=True, timeout=60, env={**os.environ, **environment}
    )


def test_the_version_is_printed_to_stdout() -> None:
    done = cpd(["--version"])
    assert (done.returncode, done.stdout, done.stderr) == (0, f"cpdkit {__version__}\n".encode(), b"")


def test_help_lists_every_command_and_explains_how_the_journal_is_found(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == 0
    text = capsys.readouterr().out
    assert [name for name in COMMANDS if f"\n  {name} " in text] == list(COMMANDS)
    assert "$CPD_JOURNAL" in text
    assert sorted(name for names in SECTIONS.values() for name in names) == list(COMMANDS)


def test_help_fits_a_terminal_of_80_columns(capsys: pytest.CaptureFixture[str]) -> None:
    for name in COMMANDS:
        run([name, "--help"])
    assert max(map(len, capsys.readouterr().out.splitlines())) <= 80


def test_without_arguments_the_help_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "\n  check " in shown.err


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["chekc"], 'cpd: unknown command "chekc"\n     did you mean cpd check?\n'),
        (["zzz"], 'cpd: unknown command "zzz"\n     list the commands with cpd --help\n'),
        (["check", "--jornal", "x"], "cpd: unknown option --jornal\n     did you mean --journal?\n"),
        (["check", "--xyzzy"], "cpd: unknown option --xyzzy\n     see cpd check --help\n"),
        (
            ["check", "--color", "red"],
            'cpd: unknown value "red" for --color\n     use auto, always or never\n',
        ),
    ],
)
def test_the_error_for_a_mistyped_line_has_a_remedy(
    args: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(args) == 2
    shown = capsys.readouterr()
    assert (shown.out, shown.err) == ("", message)


@pytest.mark.parametrize("flag", [["-V"], ["--version"], ["version"]])
def test_every_way_to_ask_for_the_version(flag: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(flag) == 0
    assert capsys.readouterr().out == f"cpdkit {__version__}\n"


@pytest.mark.parametrize("word", sorted(word for word, name in ALIASES.items() if name in COMMANDS))
def test_another_word_for_a_command_runs_it(word: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert word not in COMMANDS
    assert run([word, "--help"]) == 0
    assert capsys.readouterr().out.startswith(f"Usage: cpd {ALIASES[word]} ")


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("zzzz", ""),
        ("buid", "cpd report"),
        ("Build", "cpd report"),
        ("detailed", "cpd report detailed"),
        ("lst", "cpd list"),
        ("lss", "cpd list"),
        ("2024", "cpd list 2024"),
        ("2026-03", "cpd list 2026-03"),
        ("IET lecture", "cpd new 'IET lecture'"),
        ("settings", "cpd config"),
        ("man", "cpd help --man"),
        ("review", "cpd plan review"),
    ],
)
def test_a_wrong_command_is_answered_with_the_right_one(
    words: str, answer: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([words]) == 2
    hint = capsys.readouterr().err.splitlines()[1].strip()
    assert hint == (f"did you mean {answer}?" if answer else "list the commands with cpd --help")


def test_every_suggested_command_exists() -> None:
    assert {line.split()[0] for line in MEANT.values()} <= {*COMMANDS, "--version"}
    assert not MEANT.keys() & {*COMMANDS, *ALIASES}


@pytest.mark.parametrize(
    ("args", "asked"),
    [
        (["--journal", "J", "list"], ["list", "--journal", "J"]),
        (["--journal=J", "-q", "--color", "never", "list", "2026"], ["list", "2026", "--journal", "J", "-q"]),
        (["--journal", "nowhere", "list", "--journal", "J"], ["list", "--journal", "J"]),
        (["--journal", "J", "plan"], ["plan", "--journal", "J"]),
        (["--journal", "J", "plan", "new", "A", "--dry-run"], ["plan", "new", "A", "--dry-run", "--journal", "J"]),
        (
            ["plan", "--journal", "J", "-q", "new", "A", "--dry-run"],
            ["plan", "new", "A", "-q", "--dry-run", "--journal", "J"],
        ),
        (["--journal", "J", "scheme", "list"], ["scheme", "list", "--journal", "J"]),
        (["scheme", "--journal", "J", "list"], ["scheme", "list", "--journal", "J"]),
        (["--journal", "J", "explain", "CPD204"], ["explain", "CPD204"]),
    ],
)
def test_global_options_work_before_and_after_the_command(
    args: list[str], asked: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CPD_TODAY", "2026-11-23")
    make_journal(tmp_path / "J")
    codes = run(args), capsys.readouterr()
    assert codes == (run(asked), capsys.readouterr())
    assert codes[0] == 0


def test_a_global_option_before_the_command_wins_over_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CPD_JOURNAL", str(tmp_path / "nowhere"))
    assert run(["--journal", str(make_journal(tmp_path)), "config", "journal"]) == 0
    assert capsys.readouterr().out == f"{tmp_path}\n"


@pytest.mark.parametrize(("args", "command"), [([], "cpd"), (["scheme"], "cpd scheme")])
def test_a_group_without_a_command_shows_its_help(
    args: list[str], command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(args) == 2
    lines = capsys.readouterr().err.splitlines()
    assert lines[0].startswith(f"Usage: {command} ")
    assert len(lines) > 5


@pytest.mark.parametrize(
    ("words", "position", "offered"),
    [("cpd ", "1", set(COMMANDS)), ("cpd ch", "1", {"check"}), ("cpd check --jo", "2", {"--journal"})],
)
def test_a_shell_completes_commands_and_options(words: str, position: str, offered: set[str]) -> None:
    done = cpd([], _CPD_COMPLETE="bash_complete", COMP_WORDS=words, COMP_CWORD=position)
    assert {line.partition(",")[2] for line in done.stdout.decode().split()} == offered


def test_a_shell_gets_its_completion_script() -> None:
    done = cpd([], _CPD_COMPLETE="zsh_source")
    assert b"#compdef cpd" in done.stdout


def test_output_is_utf8_in_every_environment() -> None:
    done = cpd(["żółw"], PYTHONIOENCODING="ascii")
    assert 'unknown command "żółw"' in done.stderr.decode()


def test_a_name_that_is_not_text_is_shown_as_an_escape() -> None:
    done = cpd([os.fsdecode(b"caf\xe9")])
    assert (done.returncode, b'"caf\\udce9"' in done.stderr) == (2, True)


GROUP = LazyGroup("tool", table={"first": "Say one.", "second": "Say two."})


def test_help_and_completion_import_nothing() -> None:
    ctx = click.Context(GROUP, info_name="tool")
    assert "  first   Say one." in GROUP.get_help(ctx)
    assert [(item.value, item.help) for item in GROUP.shell_complete(ctx, "s")] == [("second", "Say two.")]
    assert "tests.cli.nowhere" not in sys.modules


def test_a_command_is_imported_when_it_is_called() -> None:
    group = LazyGroup("cpd", table={"check": "Check."})
    command = group.get_command(click.Context(group), "check")
    assert command is not None
    assert command.name == "check"


def test_only_names_in_the_table_are_commands() -> None:
    group = LazyGroup("cpd", table={})
    assert group.get_command(click.Context(group), "console") is None


@pytest.mark.parametrize(
    ("typed", "hint"), [("frist", "did you mean tool first?"), ("x", "list the commands with tool --help")]
)
def test_an_unknown_command_names_the_nearest(typed: str, hint: str) -> None:
    ctx = click.Context(GROUP, info_name="tool")
    with pytest.raises(NoSuchCommand) as raised:
        GROUP.resolve_command(ctx, [typed])
    assert raised.value.hint == hint
