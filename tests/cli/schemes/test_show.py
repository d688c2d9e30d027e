import pytest

from cpdkit.cli.main import run


def test_as_it_is_typed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["scheme", "show", "riba", "--journal", "journal"]) == 0
    assert "half structured: at least 1/2" in capsys.readouterr().out
