from pathlib import Path

import pytest

from cpdkit.cli.main import run
from tests.program import activity


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
