import sys
import threading
from pathlib import Path

import pytest

from cpdkit.text.write import Busy, alone

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such locks")


@posix
def test_one_waits_for_the_other(tmp_path: Path) -> None:
    order = []
    inside, go = threading.Event(), threading.Event()

    def first() -> None:
        with alone(tmp_path):
            inside.set()
            go.wait(10)
            order.append("first")

    def second() -> None:
        with alone(tmp_path):
            order.append("second")

    threads = [threading.Thread(target=first), threading.Thread(target=second)]
    threads[0].start()
    inside.wait(10)
    threads[1].start()
    with pytest.raises(Busy, match="another cpd is writing"), alone(tmp_path, patience=0):
        order.append("never")
    go.set()
    for each in threads:
        each.join(10)
    assert order == ["first", "second"]


@posix
def test_the_lock_goes_with_an_error_and_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="x"), alone(tmp_path):
        raise ValueError("x")
    with alone(tmp_path, patience=0):
        assert not list(tmp_path.iterdir())


def test_a_folder_that_is_not_there_is_for_the_writing_to_tell(tmp_path: Path) -> None:
    with alone(tmp_path / "none", patience=0):
        assert not list(tmp_path.iterdir())
