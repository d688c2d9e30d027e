"""`cpd import` as it is typed: an exported journal comes back."""

from pathlib import Path

import pytest

from cpdkit.cli.main import run
from cpdkit.journal.loading import load

Captured = pytest.CaptureFixture[str]


def test_out_and_in_gives_the_same_journal(tmp_path: Path, capsys: Captured) -> None:
    data, copy = tmp_path / "cpd.json", tmp_path / "copy"
    assert run(["export", "--journal", "journal", "--format", "json", "--confidential", "--out", str(data)]) == 0
    assert run(["import", str(data), "--journal", str(copy)]) == 0
    before, after = load(Path("journal")), load(copy)
    assert [each.path for each in after.activities] == [each.path for each in before.activities]
    assert [each.body.strip() for each in after.activities] == [each.body.strip() for each in before.activities]
    assert (after.objectives.keys(), len(after.posts), len(after.reviews)) == (before.objectives.keys(), 2, 2)
    assert after.member and before.member and after.member.full_name == before.member.full_name
    capsys.readouterr()
    assert run(["import", str(data), "--journal", str(copy)]) == 0
    shown = capsys.readouterr()
    assert (shown.out, shown.err) == ("", "0 files written, 85 were there already\n")
