"""One record's file: found by a part of its name, read, refused."""

from pathlib import Path

import pytest

from cpdkit.actions.record_file import find_activity, find_objective, record_path
from cpdkit.errors import UsageError
from cpdkit.journal.edit import Refused
from cpdkit.journal.paths import list_journal
from cpdkit.text.files import Disk
from tests.journal.folders import GOOD, journal_of, record, write

PATH = "activities/2026/2026-03-14-relay-course.md"


def test_only_the_one_that_is_meant_is_read(tmp_path: Path) -> None:
    journal_of(tmp_path, {PATH: GOOD, "activities/broken.md": b"\xff"})
    file = find_activity(tmp_path, "relay")
    assert (file.path, file.data, file.record.title) == (PATH, GOOD.encode(), "Relay course")
    assert file.patches(file.data) == []
    assert file.patches(b"new")[0].after == b"new"
    with pytest.raises(Refused, match="the file is not UTF-8"):
        find_activity(tmp_path, "broken")
    with pytest.raises(UsageError, match='no activity matches "nothing"'):
        find_activity(tmp_path, "nothing")


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    journal_of(tmp_path, {PATH: GOOD})
    (tmp_path / PATH).unlink()
    (tmp_path / PATH).symlink_to(write(tmp_path, "elsewhere.md", GOOD))
    with pytest.raises(UsageError, match="no activity matches"):
        find_activity(tmp_path, "relay")


def test_an_objective_is_found_among_the_objectives(tmp_path: Path) -> None:
    journal_of(tmp_path, {"plan/relay-tests.md": record("title: Relays\n"), "activities/relay.md": record()})
    file = find_objective(tmp_path, "relay")
    assert (file.path, file.record.title) == ("plan/relay-tests.md", "Relays")
    with pytest.raises(UsageError, match='no objective matches "x"'):
        find_objective(tmp_path, "x")


def test_which_record_of_all_is_named(tmp_path: Path) -> None:
    journal_of(tmp_path, dict.fromkeys(("activities/2026-lecture.md", "plan/lecture.md", "reviews/2025.md"), ""))
    listing = list_journal(Disk(str(tmp_path)))
    assert record_path(listing, "lecture") == "plan/lecture.md"
    assert record_path(listing, "2025") == "reviews/2025.md"
    assert record_path(listing, "cpd.yaml", "cpd.yaml") == "cpd.yaml"
    with pytest.raises(UsageError, match="matches 2 files"):
        record_path(listing, "ctur")
    with pytest.raises(UsageError, match="no record matches"):
        record_path(listing, "../../etc/passwd")
