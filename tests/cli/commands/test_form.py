"""`cpd form list`, `cpd form show` and `cpd form eject`."""

import json
from pathlib import Path

import pytest

from cpdkit.cli.commands.form import form
from cpdkit.cli.main import run
from cpdkit.schemes.data_files import FORMS, shipped_ids, shipped_text
from tests.journal.folders import journal_of

Captured = pytest.CaptureFixture[str]


def test_the_list(tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["form", "list", "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [row["id"] for row in rows] == list(shipped_ids(FORMS))
    assert {row["id"]: row["for"] for row in rows}["iet-ceng"] == "CEng"
    assert run(["form", "list"]) == 0
    shown = capsys.readouterr().out
    assert all(name in shown for name in shipped_ids(FORMS))


def test_without_a_journal_the_shipped_ones_are_shown(
    tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["form", "show", "iet-ceng"]) == 0
    assert "Career history: at most 3,000 characters a post, at most 5 pages" in capsys.readouterr().out
    assert run(["form", "show", "iet-ceng", "--journal", "nowhere"]) == 2


@pytest.mark.parametrize(
    "args", [["show", "x"], ["eject", "x"], ["show"], ["eject"], ["show", "../iet-ceng"], ["eject", "../schemes/iet"]]
)
def test_refused(tmp_path: Path, args: list[str], capsys: Captured) -> None:
    root = str(journal_of(tmp_path, {}).root)
    assert run(["form", *args, "--journal", root]) == 2
    assert capsys.readouterr().err.startswith("cpd: ")
    assert not (tmp_path / "forms").exists()


def test_one_that_is_copied_takes_the_shipped_ones_place(tmp_path: Path, capsys: Captured) -> None:
    journal_of(tmp_path, {})
    eject = ["form", "eject", "ice", "--journal", str(tmp_path)]
    assert run([*eject, "--dry-run"]) == 0
    assert capsys.readouterr().out.rstrip("\n") == shipped_text(FORMS, "ice").text.rstrip("\n")
    assert not (tmp_path / "forms").exists()
    assert run(eject) == 0
    assert capsys.readouterr().out == "forms/ice.yaml\n"
    copy = tmp_path / "forms/ice.yaml"
    assert copy.read_text("utf-8") == shipped_text(FORMS, "ice").text
    copy.write_text(copy.read_text("utf-8").replace("words: 5000", "words: 3000"), "utf-8")
    assert run(eject) == 1
    assert "words: 3000" in copy.read_text("utf-8")
    capsys.readouterr()
    assert run(["form", "show", "ice", "--journal", str(tmp_path)]) == 0
    assert "at most 3,000 words" in capsys.readouterr().out
    assert run(["check", "--quiet", "--journal", str(tmp_path)]) == 0


def test_a_folder_that_is_a_link_is_not_written_to(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    journal_of(tmp_path / "j", {})
    (tmp_path / "j/forms").symlink_to(outside)
    assert run(["form", "eject", "ice", "--journal", str(tmp_path / "j")]) == 1
    assert list(outside.iterdir()) == []


def test_its_commands(capsys: Captured) -> None:
    assert run(["form", "--help"]) == 0
    text = capsys.readouterr().out
    assert all(name in text and (each.short_help or "") in text for name, each in form.commands.items())
