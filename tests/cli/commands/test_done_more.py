"""`cpd done` as a whole program would be used."""

from pathlib import Path

import pytest

from cpdkit.cli.main import run
from tests.journal.folders import BODY, MEMBER, record, write

PATH = "activities/2026/2026-12-08-relay-retest.md"
PLANNED = record("title: Retest\ntype: training\nstart: 2026-12-08\nstatus: planned\n", BODY)


@pytest.fixture
def journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write(tmp_path, "cpd.yaml", MEMBER)
    write(tmp_path, PATH, PLANNED)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CPD_TODAY", "2026-11-24")
    return tmp_path


RENAME = "cpd rename 2026-12-08-relay-retest"


def test_it_is_done_and_told_so(journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["done", "retest", "--hours", "1h30", "--date", "yesterday", "location=Leeds", "--dry-run"]) == 0
    shown = capsys.readouterr()
    assert "-status: planned\n" in shown.out
    assert f"{PATH} would be done: 1.5 h, 23 November 2026" in shown.err
    assert (journal / PATH).read_text() == PLANNED
    assert run(["done", "retest", "--hours", "1h30", "--date", "yesterday", "location=Leeds"]) == 0
    told = f"{PATH} is done: 1.5 h, 23 November 2026\nits name still says 2026-12-08: {RENAME}\n"
    assert capsys.readouterr().err == told
    new = "title: Retest\ntype: training\nstart: 2026-11-23\nhours: 1h30\nlocation: Leeds\n"
    assert (journal / PATH).read_text() == record(new, BODY)


def test_a_second_time_it_is_done_already(journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(journal, PATH, PLANNED.replace("status: planned", "hours: 1"))
    assert run(["done", "retest"]) == 0
    assert capsys.readouterr().err == f"{PATH} is done already\n"
    assert run(["done", "retest", "--hours", "2"]) == 2
    assert "cpd set 2026-12-08-relay-retest changes its fields" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["retest"], "it is not said how long it took"),
        (["retest", "--hours", "1:30"], "write 1h30"),
        (["retest", "--hours", "1", "--date", "2026"], '"2026" is more than one day'),
        (["retest", "--hours", "1", "titel=x"], "did you mean title?"),
        (["retest", "--hours", "1", "--reflect", "--model", "x"], 'there is no template "x"'),
    ],
)
def test_what_can_not_be_done_changes_nothing(
    journal: Path, words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["done", *words]) == 2
    assert said in capsys.readouterr().err
    assert (journal / PATH).read_text() == PLANNED
