"""`cpd list`: the selection in every format."""

import csv
import io
import json
from pathlib import Path

import pytest
import yaml

from cpdkit.cli.main import run
from tests.program import activity, make_journal

FILES = {
    "activities/2026/a.md": activity("Grid", hours="1.5", topics="[safety, storage]"),
    "activities/2026/b.md": activity("Relay", start="2026-02-01", type="training", topics="[safety]"),
    "activities/2026/p.md": activity("Soon", start="2026-12-01", status="planned"),
}


def listed(root: Path, form: str = "table", columns: str = "title,hours", sort: str = "title", by: str = "") -> int:
    where = ["list", "--journal", str(root), "--period", "2026", "--format", form]
    return run([*where, "--columns", columns, "--sort", sort, *(["--group-by", by] if by else [])])


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_journal(tmp_path, FILES)


def test_a_table_and_its_footer(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert listed(root) == 0
    assert capsys.readouterr() == (
        "title           hours\nA good lecture      1\nGrid              1.5\nRelay               1\n",
        "3 activities · 3.5 h · 1 January – 31 December 2026\nomitted: 1 planned (--status planned)\n",
    )


def test_groups_in_a_table(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert listed(root, by="topics") == 0
    assert capsys.readouterr().out.split("\n\n") == [
        "title           hours",
        "safety  2 · 2.5 h\nGrid              1.5\nRelay               1",
        "storage  1 · 1.5 h\nGrid              1.5",
        "none  1 · 1 h\nA good lecture      1\n",
    ]


def test_data_and_groups_of_data(root: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    def data(form: str, by: str = "") -> str:
        assert listed(root, form, by=by) == 0
        return capsysbinary.readouterr().out.decode()

    rows = [{"title": "A good lecture", "hours": 1}, {"title": "Grid", "hours": 1.5}, {"title": "Relay", "hours": 1}]
    assert json.loads(data("json")) == yaml.safe_load(data("yaml")) == rows
    assert [json.loads(line) for line in data("jsonl").splitlines()] == rows
    groups = [
        {"group": "event", "count": 2, "minutes": 150, "activities": rows[:2]},
        {"group": "training", "count": 1, "minutes": 60, "activities": rows[2:]},
    ]
    assert json.loads(data("json", "type")) == yaml.safe_load(data("yaml", "type")) == groups
    table = list(csv.DictReader(io.StringIO(data("csv", "type"))))
    assert [(row["group"], row["title"]) for row in table] == [
        ("event", "A good lecture"),
        ("event", "Grid"),
        ("training", "Relay"),
    ]


def test_nothing_to_list_and_a_file_that_cannot_be_read(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "activities/bad.md").write_bytes(b"\xff")
    assert run(["list", "--journal", str(root), "--period", "1999", "--group-by", "type"]) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "0 activities · 0 h" in shown.err
    assert "1 that cannot be read (see cpd check)" in shown.err


def test_the_options_reach_the_list(journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    where = ["list", "--journal", str(journal)]
    assert run([*where, "--sort", "-hours", "--group-by", "type", "--quiet"]) == 0
    assert capsys.readouterr() == (
        "id    start       hours  type   title\n\nevent  1 · 1 h\ngood  2026-03-14      1  event  A good lecture\n",
        "",
    )
    assert run([*where, "--format", "json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["id"], row["path"], row["minutes"]) == ("good", "activities/good.md", 60)


@pytest.mark.parametrize("words", [["--columns", "nope"], ["--sort", "-nope"], ["--group-by", "nope"]])
def test_an_unknown_column(journal: Path, words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["list", "--journal", str(journal), *words]) == 2
    assert "nope" in capsys.readouterr().err
