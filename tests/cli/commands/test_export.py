from pathlib import Path

import pytest

from cpdkit.cli.commands.export import export_journal
from cpdkit.cli.console import Console
from cpdkit.cli.main import run
from cpdkit.exchange.exports.registry import ExportOptions, Format
from cpdkit.journal.selection import SelectionOptions
from tests.program import activity


def test_what_could_not_be_read_is_told_and_counted(journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (journal / "activities/bad.md").write_text("---\ntitle: A\n---\n")
    code = export_journal(
        journal,
        SelectionOptions(topics=("none",)),
        ExportOptions(Format.JSONL),
        Console(),
        out=None,
        force=False,
        dry_run=False,
    )
    said = capsys.readouterr().err
    assert code == 1
    assert "bad.md" in said
    assert "no activity has the topic none" in said
    assert "0 activities exported · 1 not asked for · 1 could not be read" in said


def test_a_text_that_a_cell_cannot_hold_is_told(journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = journal / "activities/good.md"
    good.write_text(good.read_text() + "x" * 40_000)
    options = ExportOptions(Format.XLSX)
    assert (
        export_journal(journal, SelectionOptions(), options, Console(), out=Path("a.xlsx"), force=False, dry_run=False)
        == 0
    )
    assert "activities/good.md has a text longer than a cell can hold" in capsys.readouterr().err


def test_a_file_is_written_once_and_its_name_printed(journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    args = ["export", "--out", "cpd.csv", "--journal", str(journal)]
    assert run(args) == 0
    said = capsys.readouterr()
    assert (said.out, said.err) == ("cpd.csv\n", "1 activity exported\n")
    before = Path("cpd.csv").read_bytes()
    assert run([*args, "--bom"]) == 1
    assert "already there" in capsys.readouterr().err
    assert Path("cpd.csv").read_bytes() == before
    assert run([*args, "--bom", "--force"]) == 0
    assert Path("cpd.csv").read_bytes() == b"\xef\xbb\xbf" + before


def test_without_a_file_the_data_goes_to_stdout(journal: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(["export", "--format", "csv", "--layout", "rics", "--journal", str(journal)]) == 0
    assert capsysbinary.readouterr().out.startswith(b'"Learning objective","Date"')


def test_a_command_without_a_format_is_refused(journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["export", "--journal", str(journal)]) == 2
    assert "csv, xlsx, json" in capsys.readouterr().err


def test_dry_run_writes_nothing(journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (journal / "activities/secret.md").write_text(activity("A secret", confidential="true"))
    assert run(["export", "--out", "cpd.xlsx", "--dry-run", "--journal", str(journal)]) == 0
    said = "1 activity would be exported to cpd.xlsx · 1 confidential one left out: --confidential takes it too\n"
    assert capsys.readouterr().err == said
    assert not Path("cpd.xlsx").exists()
