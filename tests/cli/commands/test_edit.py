"""`cpd edit` with editors that are real scripts, on a real terminal."""

from pathlib import Path

import pytest

from cpdkit.cli.main import run
from tests.cli.terminal import on_terminal

Captured = pytest.CaptureFixture[str]


@pytest.mark.parametrize("command", ["edit", "open"])
@pytest.mark.parametrize(
    ("editor", "code", "message"),
    [
        ("sed -i s/good/great/", 0, ""),
        ("sed -i s/03-14/03-32/", 1, "CPD204"),
        ("sed -i 's/^hours/hour/'", 1, "hours"),
        ("rm", 0, ""),
        ("false", 4, "false failed with code 1"),
    ],
)
def test_the_file_is_checked_afterwards(
    journal: Path, command: str, editor: str, code: int, message: str, monkeypatch: pytest.MonkeyPatch, capfd: Captured
) -> None:
    monkeypatch.setenv("GIT_EDITOR", editor)
    assert run([command, "good", "--journal", str(journal)]) == code
    assert message in capfd.readouterr().err
    assert (journal / "activities/good.md").exists() == (editor != "rm")
    assert not (journal / ".trash").exists()


def test_the_member_is_checked_too(journal: Path, monkeypatch: pytest.MonkeyPatch, capfd: Captured) -> None:
    monkeypatch.setenv("GIT_EDITOR", "sed -i s/name/nmae/")
    assert run(["edit", "cpd.yaml", "--journal", str(journal)]) == 1
    assert "cpd.yaml:1" in capfd.readouterr().err


@pytest.mark.parametrize(("answers", "code"), [("y", 0), ("\n", 0), ("n", 1)])
def test_it_offers_to_edit_again(journal: Path, tmp_path: Path, answers: str, code: int) -> None:
    editor = tmp_path / "editor"
    editor.write_text(
        '#!/bin/sh\nif grep -q 03-32 "$1"; then sed -i s/03-32/03-15/ "$1"; else sed -i s/03-14/03-32/ "$1"; fi\n'
    )
    editor.chmod(0o755)
    typed = [("Edit it again? [Y/n]:", f"{answers.strip()}\n")]
    ended, shown = on_terminal(["edit", "good", "--journal", str(journal)], typed, {"GIT_EDITOR": str(editor)})
    assert ended == code
    assert shown.count("Edit it again?") == 1
    assert ("03-15" in (journal / "activities/good.md").read_text()) is (code == 0)
