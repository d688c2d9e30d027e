"""A new file in the editor, and how its path is shown."""

import sys
from pathlib import Path

import pytest

from cpdkit.cli.keeping import kept, shown


@pytest.mark.parametrize(
    ("does", "is_kept", "there"),
    [
        ("pass", False, False),
        ("open(sys.argv[1], 'w').write('b')", True, True),
        ("os.remove(sys.argv[1])", True, False),
    ],
)
def test_only_what_was_left_as_it_was_goes(
    tmp_path: Path, does: str, is_kept: bool, there: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_EDITOR", f'"{sys.executable}" -c "import os, sys; {does}"')
    (tmp_path / "a.md").write_bytes(b"a")
    assert kept(str(tmp_path), "a.md", b"a") is is_kept
    assert (tmp_path / "a.md").exists() is there


def test_a_path_is_as_short_as_it_can_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path.resolve()
    monkeypatch.chdir(root)
    assert shown(str(root), "plan/a\x1b.md") == str(Path("plan/a\\e.md"))
    (root / "other").mkdir()
    monkeypatch.chdir(root / "other")
    assert shown(str(root), "plan/a.md") == str(root / "plan/a.md")
