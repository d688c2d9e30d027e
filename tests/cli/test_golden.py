"""Every command prints what its transcript in tests/golden/commands shows."""

from pathlib import Path

import pytest

from cpdkit.cli.main import COMMANDS
from tests.transcripts import parse, perform

FOLDER = Path(__file__).resolve().parents[1] / "golden" / "commands"
FILES = sorted(FOLDER.glob("*.txt"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_transcript_is_what_is_printed(path: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    text = path.read_text("utf-8")
    now = perform(text, tmp_path)
    if request.config.getoption("--update-golden"):
        path.write_text(now, encoding="utf-8")
        return
    assert now == text, "pytest --update-golden writes it again"


def test_every_command_has_a_transcript() -> None:
    assert {path.stem for path in FILES} == {"cpd", *COMMANDS} - {"lsp"}
    for path in FILES:
        commands = [step.line for step in parse(path.read_text("utf-8")) if step.line.startswith("$ cpd ")]
        assert path.stem == "cpd" or sum(f" {path.stem}" in line for line in commands) >= len(commands) / 2, path.stem
