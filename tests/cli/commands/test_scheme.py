"""`cpd scheme` below its commands."""

import json
from pathlib import Path

import pytest

from cpdkit.cli.commands.scheme import eject_scheme, scheme, show_list, show_one
from cpdkit.cli.console import Console
from cpdkit.cli.main import run
from cpdkit.errors import CannotWrite, UsageError
from tests.journal.folders import GOOD, journal_of

Captured = pytest.CaptureFixture[str]


def test_one_that_is_copied_takes_the_shipped_ones_place(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    journal_of(tmp_path, {"activities/a.md": GOOD, "cpd.yaml": "name: A\nschemes: [rics]\n"})
    eject_scheme(tmp_path, "rics", True, Console())
    assert not (tmp_path / "schemes").exists()
    eject_scheme(tmp_path, "rics", False, Console())
    with pytest.raises(CannotWrite, match="already there"):
        eject_scheme(tmp_path, "rics", False, Console())
    capsysbinary.readouterr()
    show_list(tmp_path, "json", Console())
    rows = {row["id"]: row for row in json.loads(capsysbinary.readouterr().out)}
    assert (rows["rics"]["from"], rows["rics"]["followed"], rows["iet"]["from"]) == (
        "schemes/rics.yaml",
        True,
        "shipped",
    )


def test_what_one_asks(tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    show_one(None, "iet", Console())
    said = capsys.readouterr().out
    assert "  hours in the year: 30 h" in said
    assert "not certain: the pages disagree" in said
    assert "checked on 23 November 2026" in said
    with pytest.raises(UsageError, match='no scheme "x"'):
        show_one(None, "x", Console())
    with pytest.raises(UsageError, match='no shipped scheme "x"'):
        eject_scheme(None, "x", False, Console())


def test_its_commands(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["scheme", "--help"]) == 0
    said = capsys.readouterr().out
    assert all(
        name in said and told in said
        for name, told in ((name, each.short_help or "") for name, each in scheme.commands.items())
    )


def test_as_it_is_typed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["scheme", "list", "--journal", "journal"]) == 0
    assert "Institution of Engineering and Technology" in capsys.readouterr().out
