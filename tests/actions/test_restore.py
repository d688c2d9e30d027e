"""An exported journal's files written where they are missing."""

from pathlib import Path

import pytest

from cpdkit.actions.restore import plan_restore, restore
from cpdkit.errors import NoJournal, UsageError
from tests.journal.folders import GOOD, MEMBER, journal_of


def test_what_is_there_is_left_and_the_rest_written(tmp_path: Path) -> None:
    journal_of(tmp_path, {"activities/a.md": GOOD})
    files = {"cpd.yaml": b"name: Another\n", "activities/a.md": GOOD.encode(), "activities/x/b.md": GOOD.encode()}
    plan = plan_restore(tmp_path, files)
    assert (list(plan.files), plan.there) == (["activities/x/b.md"], 1)
    restore(tmp_path, plan)
    assert (tmp_path / "activities/x/b.md").read_text() == GOOD
    assert (tmp_path / "cpd.yaml").read_text() == MEMBER


def test_other_content_stops_all(tmp_path: Path) -> None:
    journal_of(tmp_path, {"activities/a.md": GOOD})
    with pytest.raises(UsageError, match="different content"):
        plan_restore(tmp_path, {"activities/a.md": b"x", "activities/b.md": b"x"})


def test_a_new_journal_needs_its_member(tmp_path: Path) -> None:
    with pytest.raises(NoJournal):
        plan_restore(tmp_path, {"activities/a.md": b"x"})
    plan = plan_restore(tmp_path / "new", {"activities/a.md": GOOD.encode(), "cpd.yaml": MEMBER.encode()})
    restore(tmp_path / "new", plan)
    assert (tmp_path / "new/cpd.yaml").exists()
