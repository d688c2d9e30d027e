"""`cpd doctor` as it is typed."""

import json
import os
import time
from pathlib import Path

import pytest

from cpdkit.cli import doctoring
from cpdkit.cli.main import run
from tests.journal.folders import write
from tests.program import cpd

NAME = ".cpdkit-0123456789abcdef.tmp"


def test_the_whole_page(journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["doctor", "--journal", str(journal)]) == 0
    out, err = capsys.readouterr()
    lines = out.splitlines()
    assert [line for line in lines if line and line[0] != " "] == ["Programs", "Surroundings", "Journal"]
    assert any(line.startswith("  ok       Pandoc       3.9, as tested") for line in lines)
    assert err.startswith("all that is needed is here")
    assert "\x1b" not in out


def test_the_shape_of_the_data(journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["doctor", "--journal", str(journal), "--format", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert list(data) == ["missing", "programs", "surroundings", "journal"]
    assert data["missing"] is False
    assert data["journal"][0] == {
        "name": "place",
        "level": "ok",
        "said": f"{journal}: named by --journal",
        "way_out": "",
    }


def test_what_is_needed_and_missing_ends_with_4(journal: Path) -> None:
    done = cpd("doctor", "--journal", journal, env={"CPD_PANDOC": "/nowhere/pandoc"})
    assert done.code == 4
    assert "  missing  Pandoc       pandoc was not found at /nowhere/pandoc" in done.out
    assert "  ok       Typst" in done.out
    assert done.err.startswith("missing: 1")


def test_a_journal_that_is_named_and_is_none_ends_with_2(journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["doctor", "--journal", str(journal / "activities")]) == 2
    assert "missing  place" in capsys.readouterr().out
    assert run(["doctor"]) == 0
    assert "note     place" in capsys.readouterr().out


def test_only_clean_removes_and_only_what_is_old(
    journal: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(journal, f"activities/{NAME}", (journal / "activities/good.md").read_bytes())
    write(journal, f"plan/{NAME}", "only here")
    words = ["doctor", "--journal", str(journal), "--clean"]
    assert run(words) == 0
    assert capsys.readouterr().err.count("less than an hour old") == 2
    monkeypatch.setattr(doctoring, "now", lambda: time.time() + 7200)
    assert run([*words, "--dry-run"]) == 0
    out, err = capsys.readouterr()
    assert (out, err.splitlines()[-1]) == (f"activities/{NAME}\n", "1 file would be removed")
    assert run(words[:-1]) == 0
    assert f"2 files of interrupted runs: activities/{NAME}," in " ".join(capsys.readouterr().out.split())
    assert run(words) == 0
    assert capsys.readouterr() == (
        f"activities/{NAME}\n",
        f"plan/{NAME} is kept: no other file holds what it does. Look at it, then rename or delete it\n"
        "1 file removed\n",
    )
    assert os.listdir(journal / "activities") == ["good.md"]  # noqa: PTH208
    assert run(["doctor", "--dry-run"]) == 2
