from pathlib import Path

import pytest

from cpdkit.cli.console import Console
from cpdkit.cli.restoring import restore
from cpdkit.errors import UsageError
from tests.journal.folders import GOOD, journal_of


def test_what_is_there_is_left_and_the_rest_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    journal_of(tmp_path, {"activities/a.md": GOOD})
    files = {"activities/a.md": GOOD.encode(), "activities/x/b.md": GOOD.encode()}
    assert restore(files, tmp_path, False, Console()) == 0
    shown = capsys.readouterr()
    assert (shown.out, shown.err) == ("activities/x/b.md\n", "1 file written, 1 were there already\n")
    with pytest.raises(UsageError, match="other content"):
        restore({"activities/a.md": b"x"}, tmp_path, False, Console())
