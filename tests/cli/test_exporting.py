from pathlib import Path

import pytest

from cpdkit.cli.console import Console
from cpdkit.cli.exporting import export_journal
from cpdkit.exchange.exporting import Format, Order
from cpdkit.journal.choice import Choice


def test_what_could_not_be_read_is_told_and_counted(journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (journal / "activities/bad.md").write_text("---\ntitle: A\n---\n")
    code = export_journal(
        journal, Choice(topics=("none",)), Order(Format.JSONL), Console(), out=None, force=False, dry_run=False
    )
    said = capsys.readouterr().err
    assert code == 1
    assert "bad.md" in said
    assert "no activity has the topic none" in said
    assert "0 activities exported · 1 not asked for · 1 could not be read" in said


def test_a_text_that_a_cell_cannot_hold_is_told(journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = journal / "activities/good.md"
    good.write_text(good.read_text() + "x" * 40_000)
    order = Order(Format.XLSX)
    assert export_journal(journal, Choice(), order, Console(), out=Path("a.xlsx"), force=False, dry_run=False) == 0
    assert "activities/good.md has a text longer than a cell can hold" in capsys.readouterr().err
