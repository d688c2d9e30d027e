"""`cpd merge` as it is typed."""

import pytest

from cpdkit.cli.main import run

Captured = pytest.CaptureFixture[str]
TWO = ("merge", "relay-settings-level-2", "relay-b-retest", "--journal", "journal", "--dry-run")


def test_as_it_is_typed(capsys: Captured) -> None:
    assert run([*TWO, "--prefer", "first"]) == 0
    shown = capsys.readouterr()
    assert "+++ b/activities/2026/2026-03-02-relay-settings-level-2.md" in shown.out
    assert "left out: title: " in shown.err


def test_contradictions_and_the_way_out(capsys: Captured) -> None:
    assert run(list(TWO)) == 2
    said = capsys.readouterr().err
    assert "the two differ in" in said
    assert "--prefer first" in said
