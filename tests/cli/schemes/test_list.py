import pytest

from cpdkit.cli.main import run


def test_as_it_is_typed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["scheme", "list", "--journal", "journal"]) == 0
    assert "Institution of Engineering and Technology" in capsys.readouterr().out
