"""What the user's own git says, and nobody else's."""

import os
import subprocess
from pathlib import Path

import pytest

from cpdkit.history.identity import said_by_user
from tests.tools import needs


def test_only_the_users_own_configuration_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git = needs("git")
    there = {"PATH": os.environ["PATH"], "HOME": str(tmp_path / "home"), "GIT_CONFIG_NOSYSTEM": "1"}
    (tmp_path / "home").mkdir()
    for args in (["init", "-q"], ["config", "user.name", "Stranger"]):
        subprocess.run([git, *args], cwd=tmp_path, check=True)
    monkeypatch.chdir(tmp_path)
    assert said_by_user("user.name", there) == ""
    subprocess.run([git, "config", "--global", "user.name", "Angharad Ŵyn"], env=there, check=True)
    assert said_by_user("user.name", there) == "Angharad Ŵyn"
    assert said_by_user("user.email", there) == ""


def test_a_git_that_is_missing_broken_or_of_this_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert said_by_user("user.name", {"PATH": str(tmp_path)}) == ""
    place = tmp_path / "git"
    place.write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\nexit 3\n")
    place.chmod(0o755)
    monkeypatch.chdir(tmp_path)
    assert said_by_user("user.name", {"PATH": "."}) == ""
    assert not (tmp_path / "ran").exists()
    assert said_by_user("user.name", {"PATH": str(tmp_path)}) == ""
