"""`cpd scheme` as it is typed."""

import pytest

from cpdkit.cli.main import run
from cpdkit.cli.scheme import COMMANDS


def test_its_commands(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["scheme", "--help"]) == 0
    said = capsys.readouterr().out
    assert all(name in said and told in said for name, told in COMMANDS.items())
