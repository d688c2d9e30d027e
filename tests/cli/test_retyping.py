"""What `cpd retype` plans."""

from pathlib import Path

from cpdkit.cli.retyping import retyped
from cpdkit.journal.choice import Choice
from tests.journal.folders import GOOD, journal_of


def test_what_can_not_be_read_is_told_and_stays(tmp_path: Path) -> None:
    journal_of(tmp_path, {"activities/a.md": GOOD, "activities/b.md": "no front matter"})
    root, patches, remarks = retyped(tmp_path, "training", "event", Choice(folders=("2013",)))
    assert (root, patches) == (tmp_path.resolve(), ())
    assert "2013" in remarks[0]
    assert remarks[1] == "activities that could not be read and stay as they are: 1; cpd check says why"
    assert [each.path for each in retyped(tmp_path, "training", "event", Choice())[1]] == ["activities/a.md"]
