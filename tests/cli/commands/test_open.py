"""`cpd open` with editors that are real scripts."""

from pathlib import Path

import pytest

from cpdkit.cli.main import run


@pytest.mark.parametrize(
    ("editor", "code", "message"),
    [
        ("sed -i s/good/great/", 0, ""),
        ("sed -i s/03-14/03-32/", 1, "2026-03-32 is not a date"),
        ("rm", 0, ""),
        ("false", 4, "false failed with code 1"),
    ],
)
def test_the_file_is_opened_and_looked_at_afterwards(
    journal: Path,
    editor: str,
    code: int,
    message: str,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("GIT_EDITOR", editor)
    assert run(["open", "good", "--journal", str(journal)]) == code
    assert message in capfd.readouterr().err
    place = journal / "activities/good.md"
    assert place.exists() == (editor != "rm")
    if code == 0 and place.exists():
        assert "A great lecture" in place.read_text()


def test_the_member_opens_too(
    journal: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GIT_EDITOR", "echo")
    assert run(["open", "cpd.yaml", "--journal", str(journal)]) == 0
    assert capfd.readouterr().out == f"{journal}/cpd.yaml\n"
