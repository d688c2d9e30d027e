"""Each command that `cpd` suggests can be copied into a shell, whatever the files of the journal are called."""

import shlex
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cpdkit.cli.main import run
from tests.journal.folders import FIELDS, MEMBER, record, write

SUGGESTING = """
plan review · plan done NAME --action Ask · plan done NAME · todo · done NAME · done planned · done ahead --hours 1
done past --hours 1 --date 2026-03-01 · merge NAME planned · new T --like bad · plan review --year 2025
plan done closed · set closed status=open
"""
NAMES = [
    "o$(touch X)",
    "o`touch X`",
    "o;touch X",
    "o'touch X",
    'o"x',
    "o x",
    "o&x",
    "o|x",
    "o>x",
    "oŵ",
    "o#x",
    "o~x",
    "o*x",
]


def journal(root: Path, name: str) -> None:
    planned = FIELDS.replace("hours: 2\n", "status: planned\n")
    files = {
        "cpd.yaml": MEMBER,
        f"activities/2026-03-14-{name}-planned.md": record(planned),
        f"activities/{name}-ahead.md": record(planned.replace("2026-03-14", "2027-01-01")),
        f"activities/{name}-past.md": record(planned),
        f"activities/{name}-bad.md": "---\n",
        f"activities/{name}.md": record(FIELDS + "provider: A\n"),
        f"plan/{name}.md": record("title: O\nstart: 2026-01-01\nby: 2026-02-01\nactions: [{action: Ask Helen}]\n"),
        f"plan/closed-{name}.md": record("title: C\nstart: 2026-01-01\nby: 2026-02-01\nstatus: achieved\n"),
        f"reviews/{name}.md": "---\n",
    }
    for path, text in files.items():
        write(root, path, text)


def check_commands(root: Path, name: str, command: str, printed: str) -> None:
    """Each suggestion that has the name in it is one word of a shell."""
    for line in printed.splitlines():
        words = line.partition("cpd ")[2]
        if name not in words and shlex.quote(name)[1:-1] not in words:
            continue
        parts = shlex.split(words)
        assert any(name in part for part in parts), line
        assert not (root / "X").exists()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("command", SUGGESTING.strip().replace("\n", " · ").split(" · "))
def test_suggested_commands_are_quoted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: str, name: str
) -> None:
    monkeypatch.setenv("CPD_TODAY", "2026-11-24")
    monkeypatch.chdir(tmp_path)
    journal(tmp_path, name)
    run([name if word == "NAME" else word for word in command.split()])
    shown = capsys.readouterr()
    check_commands(tmp_path, name, command, shown.out + shown.err)


def test_the_folder_of_a_new_journal_is_quoted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["init", "a $(touch X)", "--name", "A", "--no-git"]) == 0
    assert "cd 'a $(touch X)'" in capsys.readouterr().err


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.text(st.sampled_from("ab$`'\"; &|()<>#~*?!\\ŵ"), min_size=3, max_size=12))
def test_any_name_of_an_objective(
    tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    name = f"x{name.strip()}x"
    with pytest.MonkeyPatch.context() as patch:
        root = tmp_path_factory.mktemp("journal")
        patch.setenv("CPD_TODAY", "2026-11-24")
        patch.chdir(root)
        journal(root, name)
        assert run(["plan", "review"]) == 0
    lines = [line.strip() for line in capsys.readouterr().out.splitlines() if line.startswith("  cpd ")]
    assert [shlex.split(line) for line in lines[:3]] == [
        ["cpd", "plan", "review", "--postpone", f"{name}=DATE"],
        ["cpd", "plan", "done", name],
        ["cpd", "plan", "done", name, "--dropped", "--note", "…"],
    ]
