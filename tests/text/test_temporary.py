"""A folder for the work of another program: private, removed afterwards, and never the reason of a failure."""

import os
import shutil
from pathlib import Path

import pytest

from cpdkit.text import temporary
from cpdkit.text.temporary import private_folder


def test_the_folder_is_private_and_disappears() -> None:
    with private_folder() as folder:
        (folder / "inside").mkdir()
        (folder / "inside" / "file").write_bytes(b"x")
        assert os.name == "nt" or folder.stat().st_mode & 0o077 == 0
    assert not folder.exists()


def test_it_disappears_also_after_an_error() -> None:
    with pytest.raises(ValueError, match="inside"), private_folder() as folder:
        raise ValueError("inside")
    assert not folder.exists()


@pytest.mark.parametrize("failures", [1, 3])
def test_a_folder_that_is_held_for_a_moment_disappears_later(failures: int, monkeypatch: pytest.MonkeyPatch) -> None:
    left = [failures]
    remove = shutil.rmtree

    def held(path: Path, **options: bool) -> None:
        left[0] -= 1
        if left[0] < 0:
            remove(path, **options)

    monkeypatch.setattr(temporary.shutil, "rmtree", held)
    monkeypatch.setattr(temporary.time, "sleep", lambda _seconds: None)
    with private_folder() as folder:
        pass
    assert not folder.exists()


def test_a_folder_that_stays_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(temporary.shutil, "rmtree", lambda path, **options: None)
    monkeypatch.setattr(temporary.time, "sleep", lambda _seconds: None)
    with private_folder() as folder:
        pass
    monkeypatch.undo()
    assert folder.exists()
    shutil.rmtree(folder)
