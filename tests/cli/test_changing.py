from pathlib import Path

import pytest

from cpdkit.cli.changing import patches_of
from cpdkit.errors import NoJournal
from tests.journal.folders import GOOD, MEMBER, write


def test_each_file_is_patched_once(tmp_path: Path) -> None:
    write(tmp_path, "cpd.yaml", MEMBER)
    write(tmp_path, "activities/relay.md", GOOD)
    (patch,) = patches_of(tmp_path, ("hours=1", "relay", "activities/relay.md", "location=Leeds"))
    assert (patch.path, patch.before) == ("activities/relay.md", GOOD.encode())
    assert patch.after == GOOD.replace("hours: 2\n", "hours: 1\nlocation: Leeds\n").encode()


def test_there_has_to_be_a_journal(tmp_path: Path) -> None:
    with pytest.raises(NoJournal):
        patches_of(tmp_path, ("relay", "hours=1"))
