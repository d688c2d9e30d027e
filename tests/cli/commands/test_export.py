"""`cpd export`: the selection, the files it writes, and what it omits."""

import json
from pathlib import Path

import pytest

from cpdkit.cli.main import run
from tests.journal.folders import FIELDS, journal_of, record
from tests.program import activity

Captured = pytest.CaptureFixture[str]


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        ([], ["old", "planned"]),
        (["--confidential"], ["old", "planned", "secret"]),
        (["--period", "2026", "--status", "done", "--confidential"], ["secret"]),
        (["--to", "2000-01-01"], ["old"]),
    ],
)
def test_confidential_activities_are_omitted_by_default(
    tmp_path: Path, options: list[str], ids: list[str], capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    files = {
        "activities/old.md": record(FIELDS.replace("2026", "1999")),
        "activities/planned.md": record(FIELDS + "status: planned\n"),
        "activities/secret.md": record(FIELDS + "confidential: true\n"),
        "cpd.yaml": "name: A\nperiod: 2026\n",
    }
    journal_of(tmp_path, files)
    assert run(["export", "--format", "jsonl", "--journal", str(tmp_path), *options]) == 0
    paths = [json.loads(line)["path"] for line in capsysbinary.readouterr().out.splitlines()]
    assert paths == [f"activities/{name}.md" for name in ids]


def test_what_could_not_be_read_is_named(journal: Path, capsys: Captured) -> None:
    (journal / "activities/bad.md").write_text("---\ntitle: A\n---\n")
    assert run(["export", "--format", "jsonl", "--topic", "none", "--journal", str(journal)]) == 1
    assert "bad.md" in capsys.readouterr().err


def test_a_text_that_a_cell_cannot_hold_is_named(journal: Path, capsys: Captured) -> None:
    good = journal / "activities/good.md"
    good.write_text(good.read_text() + "x" * 40_000)
    assert run(["export", "--out", "a.xlsx", "--journal", str(journal)]) == 0
    assert "activities/good.md" in capsys.readouterr().err


def test_a_file_is_written_once_and_its_name_printed(journal: Path, capsys: Captured) -> None:
    args = ["export", "--out", "cpd.csv", "--journal", str(journal)]
    assert run(args) == 0
    assert capsys.readouterr().out == "cpd.csv\n"
    before = Path("cpd.csv").read_bytes()
    assert run([*args, "--bom"]) == 1
    assert Path("cpd.csv").read_bytes() == before
    assert run([*args, "--bom", "--force"]) == 0
    assert Path("cpd.csv").read_bytes() == b"\xef\xbb\xbf" + before


def test_without_a_file_the_data_goes_to_stdout(journal: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(["export", "--format", "csv", "--layout", "rics", "--journal", str(journal)]) == 0
    assert capsysbinary.readouterr().out.startswith(b'"Learning objective","Date"')


def test_a_command_without_a_format_is_refused(journal: Path, capsys: Captured) -> None:
    assert run(["export", "--journal", str(journal)]) == 2
    assert capsys.readouterr().out == ""


def test_dry_run_writes_nothing(journal: Path) -> None:
    (journal / "activities/secret.md").write_text(activity("A secret", confidential="true"))
    assert run(["export", "--out", "cpd.xlsx", "--dry-run", "--journal", str(journal)]) == 0
    assert not Path("cpd.xlsx").exists()
