import pytest

from cpdkit.cli.main import run


def test_as_it_is_typed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["scheme", "eject", "riba", "--dry-run", "--journal", "journal"]) == 0
    assert "id: riba" in capsys.readouterr().out
