"""`cpd list` as it is typed."""

import json
from pathlib import Path

import pytest

from cpdkit.cli.main import run


def test_the_options_reach_the_list(journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    where = ["list", "--journal", str(journal)]
    assert run([*where, "--sort", "-hours", "--group-by", "type", "--quiet"]) == 0
    assert capsys.readouterr() == (
        "start       hours  type   title\n\nevent  1 · 1 h\n2026-03-14      1  event  A good lecture\n",
        "",
    )
    assert run([*where, "--format", "json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["id"], row["path"], row["minutes"]) == ("good", "activities/good.md", 60)


@pytest.mark.parametrize("words", [["--columns", "nope"], ["--sort", "-nope"], ["--group-by", "nope"]])
def test_a_column_that_there_is_not(journal: Path, words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["list", "--journal", str(journal), *words]) == 2
    assert 'cpd: there is no column "nope"' in capsys.readouterr().err
