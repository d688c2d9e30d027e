import sys
from pathlib import Path

import pytest

from cpdkit.text.swapping import swap


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such call")
def test_two_files_change_places(tmp_path: Path) -> None:
    one, other = tmp_path / "ŵ 1", tmp_path / "2"
    one.write_text("one")
    other.write_text("other")
    if swap(one, other):
        assert (one.read_text(), other.read_text()) == ("other", "one")
    else:
        assert (one.read_text(), other.read_text()) == ("one", "other")


def test_where_one_is_missing_nothing_happens(tmp_path: Path) -> None:
    (tmp_path / "one").write_text("one")
    assert not swap(tmp_path / "one", tmp_path / "none")
    assert not swap(tmp_path / "one", tmp_path / "no\0ne")
    assert [path.name for path in tmp_path.iterdir()] == ["one"]
