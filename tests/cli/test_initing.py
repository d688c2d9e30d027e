"""What is there already stays, and a second start is refused."""

from pathlib import Path

import pytest

from cpdkit.cli.console import Console
from cpdkit.cli.initing import Asked, started
from cpdkit.errors import UsageError


def test_nothing_is_written_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "Makefile").write_text("mine\n")
    assert started(tmp_path, Asked(name="A"), False, Console()) == 0
    assert (tmp_path / "Makefile").read_text() == "mine\n"
    assert "Makefile is there already, and was left as it is" in capsys.readouterr().err
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    with pytest.raises(UsageError, match="there is a journal"):
        started(tmp_path, Asked(name="B"), False, Console())
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_a_dry_run_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert started(tmp_path / "new", Asked(name="A", git=True), True, Console()) == 0
    assert "cpd.yaml" in capsys.readouterr().out
    assert not (tmp_path / "new").exists()


def test_no_repository_inside_another(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / ".git").mkdir()
    assert started(tmp_path / "new", Asked(name="A", git=True), False, Console()) == 0
    assert not (tmp_path / "new/.git").exists()
    assert "lies in a git repository already" in capsys.readouterr().err
