"""`cpd rename` in a journal under git."""

from pathlib import Path

import pytest

from cpdkit.cli.main import run
from tests.cli.commands.conftest import staged


@pytest.mark.parametrize(
    ("name", "new_name", "path"),
    [
        ("2026-03-14-a", "", "activities/2026/2026-03-14-relay-course.md"),
        ("plan/plan.md", "Grid storage", "plan/grid-storage.md"),
        ("evidence/x.pdf", "certificate", "evidence/certificate.pdf"),
    ],
)
def test_renamed_with_what_names_it(
    linked: Path, name: str, new_name: str, path: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["rename", name, *([new_name] if new_name else [])]) == 0
    assert capsys.readouterr().out == f"{path}\n"
    assert [line[0] for line in staged(linked)] == ["R"]
