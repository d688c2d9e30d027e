"""One activity's file: found by a part of its name, read, refused."""

from pathlib import Path

import pytest

from cpdkit.actions.activity_file import hold
from cpdkit.errors import UsageError
from cpdkit.journal.edit import Refused
from tests.journal.folders import GOOD, journal_of, write

PATH = "activities/2026/2026-03-14-relay-course.md"


def test_only_the_one_that_is_meant_is_read(tmp_path: Path) -> None:
    journal_of(tmp_path, {PATH: GOOD, "activities/broken.md": b"\xff"})
    held = hold(tmp_path, "relay")
    assert (held.path, held.data, held.activity.title) == (PATH, GOOD.encode(), "Relay course")
    assert held.patches(held.data) == []
    assert held.patches(b"new")[0].after == b"new"
    with pytest.raises(Refused, match="the file is not UTF-8"):
        hold(tmp_path, "broken")
    with pytest.raises(UsageError, match='there is no activity "nothing"'):
        hold(tmp_path, "nothing")


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    journal_of(tmp_path, {PATH: GOOD})
    (tmp_path / PATH).unlink()
    (tmp_path / PATH).symlink_to(write(tmp_path, "elsewhere.md", GOOD))
    with pytest.raises(UsageError, match="there is no activity"):
        hold(tmp_path, "relay")
