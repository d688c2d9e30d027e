"""`cpd init`: existing files stay, and a second run is refused."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from cpdkit.cli.main import run
from cpdkit.journal.load import load
from cpdkit.journal.member import Member
from cpdkit.schemes.bodies import bodies
from tests.cli.terminal import CTRL_C, on_terminal

Captured = pytest.CaptureFixture[str]


def test_nothing_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "Makefile").write_text("mine\n")
    assert run(["init", str(tmp_path), "--name", "A"]) == 0
    assert (tmp_path / "Makefile").read_text() == "mine\n"
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert run(["init", str(tmp_path), "--name", "B"]) == 2
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    assert run(["init", str(tmp_path / "new"), "--name", "A", "--git", "--dry-run"]) == 0
    assert not (tmp_path / "new").exists()


def test_no_repository_inside_another(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    assert run(["init", str(tmp_path / "new"), "--name", "A", "--git"]) == 0
    assert (tmp_path / "new/cpd.yaml").exists()
    assert not (tmp_path / "new/.git").exists()


def test_a_new_journal_is_clean_and_takes_a_record(tmp_path: Path, capsys: Captured) -> None:
    folder = tmp_path / "my cpd"
    assert run(["init", str(folder), "--name", "Angharad Llywelyn", "--body", "IET", "--git"]) == 0
    shown = capsys.readouterr()
    assert shown.out.splitlines()[0].endswith("cpd.yaml")
    assert (folder / ".git").is_dir()
    assert (
        run(["new", "Relays", "--hours", "1", "--type", "event", "--template", "none", "--journal", str(folder)]) == 0
    )
    assert run(["check", "--journal", str(folder), "--exit-zero"]) == 0
    assert "scheme" in (folder / "cpd.yaml").read_text() and "- iet" in (folder / "cpd.yaml").read_text()


@pytest.mark.skipif(sys.platform == "win32", reason="make and a shell")
def test_make_report_works_in_it(tmp_path: Path) -> None:
    folder = tmp_path / "cpd"
    assert run(["init", str(folder), "--name", "A"]) == 0
    program = tmp_path / "bin" / "cpd"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -P -m cpdkit "$@" --format md\n')
    program.chmod(0o755)
    path = f"{program.parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(["make", "report"], cwd=folder, env={**os.environ, "PATH": path}, capture_output=True)
    assert done.returncode == 0, done.stderr
    assert len(list((folder / "build").glob("*.md"))) == 2


@pytest.mark.parametrize("args", [(), ("--name", "A", "--scheme", "nothing"), ("--name", "A", "--year-start", "13-01")])
def test_what_stops_it_leaves_nothing(tmp_path: Path, args: tuple[str, ...]) -> None:
    assert run(["init", str(tmp_path / "new"), *args]) == 2
    assert not (tmp_path / "new").exists()


def member_of(folder: Path) -> Member:
    member = load(folder).member
    assert member is not None
    return member


@pytest.mark.parametrize(
    ("body", "written", "schemes"),
    [
        ("Institution of Civil Engineers", "ICE", ("ice",)),
        ("iet", "IET", ("iet",)),
        ("the IMechE", "IMechE", ("imeche",)),
        ("Chess Club", "Chess Club", ()),
    ],
)
def test_a_body_sets_its_usual_name_and_its_scheme(
    tmp_path: Path, body: str, written: str, schemes: tuple[str, ...], capsys: Captured
) -> None:
    assert run(["init", str(tmp_path / "J"), "--name", "A", "--body", body, "--no-git"]) == 0
    member = member_of(tmp_path / "J")
    assert [each.body for each in member.memberships] == [written]
    assert tuple(each.scheme for each in member.schemes) == schemes
    assert ("unknown body" in capsys.readouterr().err) is not bool(schemes)


def test_a_scheme_of_ones_own_choice_stays(tmp_path: Path) -> None:
    assert run(["init", str(tmp_path), "--name", "A", "--body", "iet", "--scheme", "engc-code"]) == 0
    assert [each.scheme for each in member_of(tmp_path).schemes] == ["engc-code"]


def test_an_unknown_body_lists_the_known_ones(tmp_path: Path, capsys: Captured) -> None:
    assert run(["init", str(tmp_path), "--name", "A", "--body", "Chess Club", "--quiet"]) == 0
    shown = capsys.readouterr().err
    assert all(each.short in shown for each in bodies())


def test_the_report_prints_the_usual_name(tmp_path: Path) -> None:
    assert run(["init", str(tmp_path / "J"), "--name", "A", "--body", "iet", "--grade", "Member"]) == 0
    made = tmp_path / "a.md"
    assert run(["report", "summary", "--journal", str(tmp_path / "J"), "-o", str(made)]) == 0
    assert "IET Member" in made.read_text()


def test_three_commands_come_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["init", "--name", "A", "--body", "iet"]) == 0
    lines = capsys.readouterr().err.partition("next steps:\n")[2].splitlines()
    commands = [shlex.split(line) for line in lines]
    assert [words[:2] for words in commands] == [["cpd", "new"], ["cpd", "status"], ["cpd", "report"]]
    for words in commands[1:]:
        assert run([*words[1:], *(["--format", "md"] if "report" in words else [])]) == 0


def test_journal_is_no_option_of_it(tmp_path: Path) -> None:
    assert run(["--journal", str(tmp_path), "init", str(tmp_path / "J"), "--name", "A"]) == 2
    assert not (tmp_path / "J").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="a pseudo-terminal")
def test_the_body_is_chosen_from_a_list(tmp_path: Path) -> None:
    number = [each.short for each in bodies()].index("ICE") + 1
    code, shown = on_terminal(
        ["init", str(tmp_path / "J")],
        [
            ("Your name", "Ann\n"),
            ("(optional)", "99\n"),
            ("a name, or nothing", f"{number}\n"),
            ("grade", "Member\n"),
            ("membership number", "\n"),
            ("git repository?", "n\n"),
        ],
    )
    assert code == 0, shown
    member = member_of(tmp_path / "J")
    assert (member.memberships[0].body, member.memberships[0].grade, member.schemes[0].scheme) == (
        "ICE",
        "Member",
        "ice",
    )


QUESTIONS = ("Your name", "(optional)", "grade", "membership number", "git repository?")


@pytest.mark.skipif(sys.platform == "win32", reason="a pseudo-terminal")
@pytest.mark.parametrize("count", range(len(QUESTIONS)))
def test_ctrl_c_at_a_question_creates_nothing(tmp_path: Path, count: int) -> None:
    answers = zip(QUESTIONS, ("Ann\n", "iet\n", "Member\n", "12\n"), strict=False)
    code, shown = on_terminal(["init", str(tmp_path / "J")], [*list(answers)[:count], (QUESTIONS[count], CTRL_C)])
    assert code == 130, shown
    assert "nothing was created" in shown
    assert not (tmp_path / "J").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="a pseudo-terminal")
@pytest.mark.parametrize(("agrees", "body"), [("y", "ICE"), ("n", "institution of civil enginers")])
def test_wrong_answers_are_asked_again(tmp_path: Path, agrees: str, body: str) -> None:
    slip = [("(optional)", "institution of civil enginers\n"), ("Do you mean", f"{agrees}\n")]
    typed = [("Your name", "  \n"), ("Your name", "Ann\n"), *slip, ("grade", "\n"), ("membership number", "\n")]
    code, shown = on_terminal(["init", str(tmp_path / "J"), "--no-git"], typed, columns=40)
    assert code == 0, shown
    assert member_of(tmp_path / "J").memberships[0].body == body
    assert max(len(line) for line in shown.splitlines() if re.match(" +[0-9]+ ", line)) < 40
