"""`cpd reflect` where there is no terminal: lists, JSON, and answers as options."""

import json
from pathlib import Path

import pytest

from cpdkit.cli.main import run
from tests.journal.folders import BODY, FIELDS, GOOD, MEMBER, record, write

DONE, BARE = "activities/2026-03-14-relay-course.md", "activities/2026-04-02-storage.md"


@pytest.fixture
def journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for path, text in {"cpd.yaml": MEMBER, DONE: GOOD, BARE: record(FIELDS.replace("03-14", "04-02"), "")}.items():
        write(tmp_path, path, text)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CPD_TODAY", "2026-11-24")
    return tmp_path


def test_what_waits_is_listed(journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["reflect"]) == 0
    waiting = "2026-04-02  2026-04-02-storage  6 questions\n"
    assert capsys.readouterr() == (waiting, "1 activity waits for a reflection\n")
    assert run(["reflect", "storage", "--model", "what-so-what-now-what"]) == 0
    assert capsys.readouterr().out == waiting.replace("6 q", "3 q") + "  What?\n  So what?\n  Now what?\n"
    assert run(["reflect", "relay"]) == 0
    assert capsys.readouterr() == ("", "every reflection is written\n")
    assert run(["reflect", "--format", "json"]) == 0
    assert [each["id"] for each in json.loads(capsys.readouterr().out)] == ["2026-04-02-storage"]


def test_answers_are_put_in(journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["reflect", "relay", "--answer", "What went well?=All.", "--later", "And then."]
    assert run([*words, "--dry-run"]) == 0
    assert "+All.\n" in capsys.readouterr().out
    assert (journal / DONE).read_text() == GOOD
    assert run(words) == 0
    new = "\n### What went well?\n\nAll.\n\n### Later, 24 November 2026\n\nAnd then.\n"
    assert (journal / DONE).read_text() == record(body=BODY + new)
    assert capsys.readouterr().err == f"{DONE} changed\n"
    assert run(words) == 0
    assert capsys.readouterr().err == "nothing to change\n"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--later", "x"], 2, "it is not said which activity"),
        (["relay", "--answer", "x"], 2, "answers no question"),
        (["relay", "--answer", "What did you learn=x"], 2, "has an answer already"),
        (["relay", "--later", "# x"], 1, "would change the text around it"),
        (["--model", "x"], 2, 'there is no template "x"'),
    ],
)
def test_what_is_refused(
    journal: Path, words: list[str], code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["reflect", *words]) == code
    assert said in capsys.readouterr().err
    assert (journal / DONE).read_text() == GOOD
